"""A bar for people at a terminal, nothing for anybody else."""

from __future__ import annotations

import io
import itertools
import sys

import pytest

from gongkai import progress


class Terminal(io.StringIO):
    """What stands in for the standard error output of somebody who looks on."""

    def isatty(self) -> bool:
        return True


def test_long_run_shows_how_far_it_has_come_at_a_terminal(monkeypatch: pytest.MonkeyPatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("tqdm.std.time", itertools.count().__next__)  # a second passes whenever the bar looks
    assert list(progress.counted(range(3), "检查信息")) == [0, 1, 2]
    assert "检查信息" in screen.getvalue()
    assert "2/3" in screen.getvalue()


def test_short_run_shows_nothing(monkeypatch: pytest.MonkeyPatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("tqdm.std.time", lambda: 0.0)
    assert list(progress.counted(range(3), "检查信息")) == [0, 1, 2]
    assert "检查信息" not in screen.getvalue()


def test_nothing_is_written_into_a_pipe(capfd: pytest.CaptureFixture[str]):
    assert list(progress.counted(range(3), "检查信息")) == [0, 1, 2]
    assert capfd.readouterr() == ("", "")


def test_program_without_a_standard_error_output_goes_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stderr", None)
    assert list(progress.counted(range(3), "检查信息")) == [0, 1, 2]
