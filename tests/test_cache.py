"""What is kept from run to run: the same findings warm and cold, whatever has changed; damaged caches are never believed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from gongkai.cache_folder import FOLDER, OFF, digest
from gongkai.cli.main import main
from gongkai.gather import Gathered, gather
from gongkai.reading.cache import ItemCache
from gongkai.rules.kind import BY_ITEM, BY_ITEM_AND_DAY
from gongkai.rules.registry import RULES
from sites import ITEM, ROOT, write_site
from test_cases import TODAY, load

CASES = sorted((ROOT / "tests" / "cases").glob("*.yaml"))[::3]
FIRST, SECOND = "site_src/items/a.md", "site_src/items/b.md"
OTHER = ITEM.replace("第三季度", "第二季度").replace("2026-09-28", "2026-06-28").replace("2026-10-09", "2026-07-02")


@pytest.fixture(autouse=True)
def _with_cache(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(OFF, raising=False)


def site(folder: Path) -> Path:
    return write_site(folder, {FIRST: ITEM, SECOND: OTHER})


def cold(config: Path) -> Gathered:
    return gather(config, TODAY, cache=False)


def same(warm: Gathered, other: Gathered) -> bool:
    """Whether two runs say the same of the same items."""
    assert warm.dataset is not None
    assert other.dataset is not None
    assert warm.digests == other.digests
    assert warm.context == other.context
    return (warm.findings, warm.dataset.items, warm.dataset.faulty, warm.read, warm.dataset.published) == (
        other.findings,
        other.dataset.items,
        other.dataset.faulty,
        other.read,
        other.dataset.published,
    )


def older(*paths: Path) -> None:
    """Give files the times of an hour ago, so that their times are believed."""
    for path in paths:
        at = path.stat().st_mtime - 3600
        os.utime(path, (at, at))


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


# --- the same findings


@pytest.mark.slow
def test_cases_give_the_same_findings_warm_and_cold(tmp_path: Path):
    """Every third case: what a cold run finds stands in the case and is tested there."""
    differing = []
    for n, path in enumerate(CASES):
        case = load(path)
        folder = tmp_path / str(n)
        folder.mkdir()
        config = write_site(folder, case.get("files"), mkdocs=case.get("mkdocs"), adopted=case.get("adopted"))
        if gather(config, TODAY).findings != gather(config, TODAY).findings:
            differing.append(path.stem)
    assert differing == []


@pytest.mark.slow
def test_rules_marked_as_looking_at_one_item_do_so(tmp_path: Path):
    """The demonstration township's items, each alone in its dataset, give what they give among the others."""
    dataset = cold(ROOT / "mkdocs.yml").dataset
    assert dataset is not None
    later = replace(dataset, today=TODAY.replace(day=27))
    for rule in RULES:
        if rule in BY_ITEM or rule in BY_ITEM_AND_DAY:
            whole = list(rule(dataset))
            assert whole == [f for item in dataset.items for f in rule(replace(dataset, items=(item,)))], rule
        if rule in BY_ITEM:
            assert whole == list(rule(later)), rule


BODIES = (
    "全镇共有最低生活保障对象 27 户 31 人。",
    "联系人手机 13812345678，身份证号 11010519491231002X。",
    "| 村 | 户数 |\n| --- | --- |\n| 甲村 | 2 |\n| 乙村 | 3 |\n| 合计 | 6 |",
    "公示期：2026年10月9日至2026年10月15日，共8个自然日。",
    "| 序号 | 姓名 |\n| --- | --- |\n| 1 | 王小明 |\n| 2 | 李小芳 |",
    "见[另一条](b.md)和[附件](表.xlsx)。",
    "",
)
KEYS = (
    "",
    "draft: true",
    "attachments: [{path: 表.xlsx}]",
    "list_until: 2026-11-01",
    "notice_period: {start: 2026-10-09, end: 2026-10-15, count: 8}",
    "related: [b]",
    "unknown: 1",
    "responsible_unit: 没有的单位",
)
NAMES = ("a", "b", "子 文件夹/c")
STEPS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(KEYS), st.sampled_from(BODIES)),
    st.tuples(st.just("break"), st.sampled_from(NAMES), st.sampled_from([b"", b"\xff\xfe", b"---\ntitle: [\n---\n"])),
    st.tuples(st.just("remove"), st.sampled_from(NAMES)),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("file"), st.sampled_from(["110105194912310029", "11010519491231002X", "27户", ""])),
    st.tuples(st.just("settings"), st.sampled_from(["社会事务办公室", "社会工作办公室", "民政办公室"])),
    st.tuples(st.just("adopt"), st.sampled_from(["[19, 30]", "[19]", "[19, 20, 30]"])),
    st.tuples(st.just("run")),
)


def apply(folder: Path, step: tuple[Any, ...]) -> None:
    """Do to a site what a clerk might."""
    items = folder / "site_src" / "items"
    kind, *rest = step
    path = items / f"{rest[0]}.md" if rest else items
    if kind == "write":
        path.parent.mkdir(exist_ok=True)
        text = ITEM if not rest[1] else ITEM.replace("formed_on", f"{rest[1]}\nformed_on")
        path.write_text(text.rpartition("---\n")[0] + "---\n" + rest[2] + "\n", "utf-8")
    elif kind == "break":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(rest[1])
    elif kind == "remove":
        path.unlink(missing_ok=True)
    elif kind == "rename" and path.is_file():
        target = items / f"{rest[1]}.md"
        target.parent.mkdir(exist_ok=True)
        path.replace(target)
    elif kind == "file":
        (items / "表.xlsx").unlink(missing_ok=True)
        if rest[0]:
            book = Workbook()
            book.active["A1"] = rest[0]
            book.save(items / "表.xlsx")
    elif kind == "settings":
        config = folder / "mkdocs.yml"
        config.write_text(config.read_text("utf-8").replace("社会事务办公室", rest[0]), "utf-8")
    elif kind == "adopt":
        adopted = folder / "catalogue" / "adopted.yaml"
        adopted.write_text(
            f'since: "2024-01-01"\nfields: {rest[0]}\nnot_applicable: []\n'.replace("19", '"19"'), "utf-8"
        )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=8))
def test_warm_run_after_any_changes_says_what_a_cold_one_says(tmp_path_factory, steps: list[tuple[Any, ...]]):
    folder = tmp_path_factory.mktemp("site")
    config = site(folder)
    gather(config, TODAY)
    for step in steps:
        apply(folder, step)
        if step[0] == "run":
            gather(config, TODAY)
    warm, other = gather(config, TODAY), cold(config)
    assert warm.findings == other.findings
    assert (warm.dataset is None) == (other.dataset is None)
    if warm.dataset is not None:
        assert same(warm, other)
    shutil.rmtree(folder)


def test_another_day_is_judged_by_that_day(tmp_path: Path):
    config = site(tmp_path)
    gather(config, TODAY)
    day = TODAY.replace(year=2027)
    assert gather(config, day).findings == gather(config, day, cache=False).findings


def test_attachment_that_goes_is_missed_though_its_item_is_as_it_was(tmp_path: Path):
    text = ITEM.replace("formed_on", "attachments: [{path: 表.csv}]\nformed_on")
    config = write_site(tmp_path, {FIRST: text, "site_src/items/表.csv": "村,户数\n甲村,2\n"})
    assert gather(config, TODAY).errors == 0
    (tmp_path / "site_src/items/表.csv").unlink()
    warm = gather(config, TODAY)
    assert warm.reread == 0
    assert warm.errors == 1
    assert same(warm, cold(config))


def test_number_in_a_changed_attachment_is_found(tmp_path: Path):
    text = ITEM.replace("formed_on", "attachments: [{path: 表.csv}]\nformed_on")
    config = write_site(tmp_path, {FIRST: text, "site_src/items/表.csv": "村,号码\n甲村,2\n"})
    gather(config, TODAY)
    (tmp_path / "site_src/items/表.csv").write_text("村,号码\n甲村,11010519491231002X\n", "utf-8")
    assert gather(config, TODAY).errors >= 1


def test_number_in_an_attachment_of_the_same_size_and_time_is_found_by_the_same_process(tmp_path: Path):
    text = ITEM.replace("formed_on", "attachments: [{path: 表.csv}]\nformed_on")
    config = write_site(tmp_path, {FIRST: text, "site_src/items/表.csv": "村,号码\n甲村,000000000000000000\n"})
    assert gather(config, TODAY).errors == 0
    path = tmp_path / "site_src/items/表.csv"
    before = path.stat()
    path.write_text("村,号码\n甲村,11010519491231002X\n", "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert gather(config, TODAY).errors >= 1


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
