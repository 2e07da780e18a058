"""The rectification list: what is found, solved and found again is appended, and nothing is ever rewritten."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from gongkai.cli.main import main
from gongkai.gather import gather
from gongkai.model import Finding
from gongkai.model.rectification import RECTIFICATION_FILE, Event, Happening, ProblemText
from gongkai.reading.rectification import append_events, line_of, read_problems
from gongkai.reports.rectification import new_events
from gongkai.reports.rectification_sheet import rectification_workbook
from sites import ITEM, ROOT, write_site

LATE = ITEM.replace("formed_on: 2026-09-28", "formed_on: 2026-08-03")
"""An item that was published late: one warning, GK401."""


def rectify(config: Path, *arguments: str, day: str = "2026-11-20") -> int:
    return main(["rectify", "-f", str(config), "--today", day, *arguments])


def lines(config: Path) -> list[dict[str, Any]]:
    text = (config.parent / RECTIFICATION_FILE).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def late(tmp_path: Path) -> Path:
    return write_site(tmp_path, {"site_src/items/a.md": LATE})


def put_right(config: Path, text: str = ITEM) -> None:
    (config.parent / "site_src/items/a.md").write_text(text, "utf-8")


def test_problem_is_recorded_with_its_unit_basis_demand_and_day(late: Path, capsys: pytest.CaptureFixture[str]):
    assert rectify(late) == 1
    finding = gather(late, dt.date(2026, 11, 20)).findings[0]
    assert lines(late) == [
        {
            "on": "2026-11-20",
            "id": "20261120-001",
            "event": "opened",
            "code": "GK401",
            "severity": "warning",
            "file": "site_src/items/a.md",
            "line": finding.line,
            "field": "published_on",
            "problem": finding.message,
            "basis": finding.rule,
            "unit": "社会事务办公室",
            "demand": finding.hint,
            "due": "2026-11-25",  # three working days later: Monday to Wednesday
        }
    ]
    out = capsys.readouterr().out
    assert "新发现 1 项：\n  20261120-001 site_src/items/a.md:6 " in out
    assert "共 1 项，已完成 0 项，未完成 1 项，逾期 0 项。" in out


def test_second_run_on_the_same_day_adds_nothing(late: Path, capsys: pytest.CaptureFixture[str]):
    rectify(late)
    files = (late.parent / RECTIFICATION_FILE, late.parent / "reports/整改清单.xlsx")
    before = [path.read_bytes() for path in files]
    capsys.readouterr()
    assert rectify(late) == 1
    assert [path.read_bytes() for path in files] == before
    assert "与上次相比没有变化。" in capsys.readouterr().out


def test_solved_and_come_back_are_appended_under_the_same_number(late: Path):
    rectify(late, day="2026-11-20")
    first = (late.parent / RECTIFICATION_FILE).read_bytes()
    put_right(late)
    assert rectify(late, day="2026-11-24") == 0
    second = (late.parent / RECTIFICATION_FILE).read_bytes()
    put_right(late, LATE)
    assert rectify(late, day="2026-12-01") == 1
    third = (late.parent / RECTIFICATION_FILE).read_bytes()
    assert second.startswith(first)
    assert third.startswith(second)
    told = [(e["on"], e["id"], e["event"], e.get("due")) for e in lines(late)]
    assert told == [
        ("2026-11-20", "20261120-001", "opened", "2026-11-25"),
        ("2026-11-24", "20261120-001", "solved", None),
        ("2026-12-01", "20261120-001", "returned", "2026-12-04"),
    ]


def test_problem_that_moves_down_its_file_is_the_same(late: Path):
    rectify(late)
    put_right(late, LATE.replace("entry:", "keywords: [低保]\nentry:"))
    rectify(late, day="2026-11-23")
    assert len(lines(late)) == 1


def test_problem_whose_words_name_the_day_is_the_same_a_week_later(tmp_path: Path):
    draft = ITEM.replace("2026年第三季度最低生活保障对象公示", "示范镇2026年工作动态")
    items = {f"site_src/items/{n}.md": draft.replace("动态", f"动态{n}") for n in range(60)}
    config = write_site(tmp_path, items)
    rectify(config, day="2026-11-20")
    stale = [e for e in lines(config) if e["code"] == "GK801"]
    rectify(config, day="2026-11-27")
    assert len(stale) == 1
    assert len(lines(config)) == len({e["id"] for e in lines(config)})
    assert [e["on"] for e in lines(config) if e["code"] == "GK801"] == ["2026-11-20"]


def test_nothing_is_solved_in_a_file_that_cannot_be_read(late: Path):
    rectify(late)
    put_right(late, "---\ntitle: [\n---\n")
    rectify(late, day="2026-11-23")
    assert [e["event"] for e in lines(late) if e["id"] == "20261120-001"] == ["opened"]


def test_what_went_with_its_file_or_by_a_setting_says_so(tmp_path: Path):
    files = {"site_src/items/a.md": LATE, "site_src/items/b.md": LATE.replace("第三季度", "第二季度")}
    config = write_site(tmp_path, files)
    rectify(config)
    (tmp_path / "site_src/items/a.md").unlink()
    rectify(config, day="2026-11-23")
    assert [e["text"] for e in lines(config) if e["event"] == "solved"] == ["文件已经删除或改名"]
    write_site(tmp_path, mkdocs={"gongkai": {"rules": {"GK401": {"level": "off", "reason": "县里统一核过"}}}})
    rectify(config, day="2026-11-24")
    assert lines(config)[-1]["text"] == "本站设置不再检查 GK401：县里统一核过"


def test_note_is_appended_and_shown(late: Path):
    rectify(late)
    assert rectify(late, "--note", "20261120-001", "已与县民政局核对", day="2026-11-23") == 1
    assert lines(late)[-1] == {"on": "2026-11-23", "id": "20261120-001", "event": "note", "text": "已与县民政局核对"}
    sheet = load_workbook(late.parent / "reports/整改清单.xlsx")["未完成"]
    assert sheet.cell(4, 11).value == "2026-11-23 已与县民政局核对"


def test_note_on_an_unknown_number_is_wrong_usage(late: Path, capsys: pytest.CaptureFixture[str]):
    assert rectify(late, "--note", "20261120-009", "说明") == 2
    assert "整改清单里没有编号“20261120-009”" in capsys.readouterr().err
    assert not (late.parent / RECTIFICATION_FILE).exists()


def test_dry_run_writes_nothing(late: Path, capsys: pytest.CaptureFixture[str]):
    before = sorted(late.parent.rglob("*"))
    assert rectify(late, "--dry-run") == 0
    assert sorted(late.parent.rglob("*")) == before
    assert "新发现 1 项" in capsys.readouterr().out


def test_damaged_list_is_told_of_and_left_alone(late: Path, capsys: pytest.CaptureFixture[str]):
    rectify(late)
    path = late.parent / RECTIFICATION_FILE
    path.write_bytes(path.read_bytes()[:40] + b"\n")
    before = path.read_bytes()
    put_right(late)
    capsys.readouterr()
    assert rectify(late, day="2026-11-24") == 1
    assert path.read_bytes() == before
    out = capsys.readouterr().out
    assert "rectification.jsonl:1 警告 GK870 整改清单的这一行读不懂：不是一行完整的 JSON，可能被截断或改动过。" in out
    assert "没有改动它" in out


def test_missing_end_of_the_last_line_is_made_good(late: Path):
    rectify(late)
    path = late.parent / RECTIFICATION_FILE
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    put_right(late)
    assert rectify(late, day="2026-11-24") == 0
    assert [e["event"] for e in lines(late)] == ["opened", "solved"]


def test_windows_line_ends_and_a_mark_at_the_beginning_do_no_harm(late: Path):
    rectify(late)
    path = late.parent / RECTIFICATION_FILE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    put_right(late)
    assert rectify(late, day="2026-11-24") == 0
    assert [e.happening for e in read_problems(late.parent, pytest.fail)[0].events] == [
        Happening.OPENED,
        Happening.SOLVED,
    ]


def test_workbook_shows_open_solved_and_returned_with_real_days(late: Path):
    rectify(late, day="2026-11-20")
    put_right(late)
    rectify(late, day="2026-11-24")
    put_right(late, LATE)
    rectify(late, day="2026-12-01")
    book = load_workbook(late.parent / "reports/整改清单.xlsx")
    assert book.sheetnames == ["未完成", "已完成", "反复出现", "经过"]
    heads = [c.value for c in book["未完成"][3]]
    assert heads == [
        "序号",
        "编号",
        "问题",
        "所在信息",
        "依据",
        "责任单位",
        "整改要求",
        "发现日期",
        "期限",
        "完成情况",
        "说明",
    ]
    row = dict(zip(heads, (c.value for c in book["未完成"][4]), strict=True))
    assert row["发现日期"] == dt.datetime(2026, 11, 20)
    assert row["期限"] == dt.datetime(2026, 12, 4)
    assert row["完成情况"] == "未完成（反复出现1次）"
    assert book["已完成"].max_row == 3
    assert [[c.value for c in row[:3]] for row in book["经过"].iter_rows(min_row=4)] == [
        [dt.datetime(2026, 11, 20), "20261120-001", "发现"],
        [dt.datetime(2026, 11, 24), "20261120-001", "改好"],
        [dt.datetime(2026, 12, 1), "20261120-001", "再次出现"],
    ]


def test_counts_in_the_workbook_equal_a_plain_count_of_the_file(late: Path):
    more = {f"site_src/items/{n}.md": LATE.replace("第三季度", f"第{n}批") for n in range(5)}
    write_site(late.parent, more)
    rectify(late, day="2026-11-20")
    put_right(late)
    rectify(late, day="2026-11-30")
    state: dict[str, str] = {}
    due: dict[str, str] = {}
    for event in lines(late):
        state[event["id"]] = event["event"]
        due[event["id"]] = event.get("due", due.get(event["id"]))
    still_open = [i for i, event in state.items() if event != "solved"]
    overdue = sum(due[i] < "2026-11-30" for i in still_open)
    lead = load_workbook(late.parent / "reports/整改清单.xlsx")["未完成"].cell(2, 1).value
    figures = (
        f"共{len(state)}项，已完成{len(state) - len(still_open)}项，未完成{len(still_open)}项，其中逾期{overdue}项"
    )
    assert lead.endswith(figures)
    assert (len(state) - len(still_open), overdue) == (1, 5)


def test_workbook_has_the_same_bytes_each_time(late: Path):
    rectify(late)
    dataset = gather(late, dt.date(2026, 11, 20)).dataset
    assert dataset is not None
    problems = read_problems(late.parent, lambda f: None)
    once, again = (rectification_workbook(dataset, problems) for _ in range(2))
    assert once == again
    assert once == (late.parent / "reports/整改清单.xlsx").read_bytes()


def test_formula_in_a_title_stays_text(tmp_path: Path):
    config = write_site(
        tmp_path, {"site_src/items/a.md": LATE.replace("title: 2026年", "title: '=1+1 2026年'\nx: '=2'", 1)}
    )
    rectify(config)
    book = load_workbook(config.parent / "reports/整改清单.xlsx")
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_days_without_calendar_leave_the_day_open(late: Path):
    rectify(late, day="2031-05-06")
    assert lines(late)[0]["due"] is None
    assert load_workbook(late.parent / "reports/整改清单.xlsx")["未完成"].cell(4, 9).value == "待定"


def test_list_in_a_copied_site_goes_on_where_it_was(late: Path, tmp_path: Path):
    rectify(late)
    copy = tmp_path / "副本 站点"
    shutil.copytree(late.parent, copy, ignore=lambda _, names: [n for n in names if n == "副本 站点"])
    rectify(copy / "mkdocs.yml", day="2026-11-23")
    assert lines(copy / "mkdocs.yml") == lines(late)


texts = st.text(min_size=1)
days = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
found = st.builds(
    ProblemText,
    texts,
    texts,
    texts,
    st.integers(1, 9999),
    st.none() | texts,
    texts,
    texts,
    texts,
    texts,
    st.none() | days,
)
opened = st.builds(Event, days, texts, st.just(Happening.OPENED), found, st.text())


def unlined(event: Event) -> Event:
    return Event(event.on, event.id, event.happening, event.found, event.text)


@given(opened)
def test_any_event_is_read_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, event: Event):
    folder = tmp_path_factory.mktemp("list")
    said: list[Finding] = []
    try:
        line_of(event).encode()
    except UnicodeEncodeError:
        return
    append_events(folder, [event])
    problems = read_problems(folder, said.append)
    assert said == []
    assert [unlined(e) for p in problems for e in p.events] == [event]


@given(st.binary())
def test_any_bytes_give_findings_and_no_crash(tmp_path_factory: pytest.TempPathFactory, data: bytes):
    folder = tmp_path_factory.mktemp("list")
    (folder / RECTIFICATION_FILE).write_bytes(data)
    said: list[Finding] = []
    assert read_problems(folder, said.append) == ()
    assert len(said) == sum(bool(line.strip()) for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"))


def test_two_alike_problems_of_one_file_are_two(tmp_path: Path):
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM + "\n此处填写金额。\n\n此处填写日期。\n"})
    gathered = gather(config, dt.date(2026, 11, 20))
    assert gathered.dataset is not None
    alike = [f for f in gathered.findings if f.code == "GK825"]
    assert len(alike) == 2
    assert len(new_events(gathered.dataset, (), alike)) == 2
    rectify(config)
    put_right(config, ITEM + "\n此处填写日期。\n")
    rectify(config, day="2026-11-23")
    solved = [e["id"] for e in lines(config) if e["event"] == "solved"]
    assert [e["problem"] for e in lines(config) if e["id"] in solved and e["event"] == "opened"] == [alike[0].message]


def test_demo_list_is_sound_and_nothing_is_to_be_added():
    gathered = gather(ROOT / "mkdocs.yml", dt.date(2026, 11, 20))
    assert gathered.dataset is not None
    problems = read_problems(ROOT, pytest.fail)
    assert [(p.id, p.solved_on is None, p.returned) for p in problems] == [
        ("20261026-001", False, 0),
        ("20261026-002", False, 0),
        ("20261026-003", False, 1),
    ]
    assert new_events(gathered.dataset, problems, gathered.findings) == []
