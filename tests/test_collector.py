"""Python's garbage collector rests while a build runs, and only then."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

from gongkai.collector import put_off
from gongkai.gather import gather
from sites import TODAY, write_site


def test_it_is_as_it_was_after_gathering(tmp_path: Path):
    gather(write_site(tmp_path), TODAY)
    assert gc.isenabled()
    gc.disable()
    try:
        with put_off():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_program_that_ends_with_its_check_collects_nothing(tmp_path: Path):
    write_site(tmp_path)
    watched = "import gc; from gongkai.cli.main import main; gc.callbacks.append(lambda *_: print('collected')); main()"
    done = subprocess.run(
        [sys.executable, "-c", watched, "check"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "GONGKAI_TODAY": "2026-11-20"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "检查了 0 条信息" in done.stdout
    assert "collected" not in done.stdout
