"""What each unit owes: periods, interpretations, columns and drafts, on the page, in the calendar and in the list."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from icalendar import Calendar

from gongkai.cli.main import main
from gongkai.dataset import Dataset
from gongkai.render.page import Renderer
from gongkai.reports.calendar_file import calendar_bytes
from gongkai.reports.due_page import due_page, public_duties
from gongkai.reports.duties import Duty, Kind, duties
from gongkai.reports.site import SiteReports
from sites import ITEM, ROOT, TODAY, dataset, write_site


def monthly(month: str, published: str, name: str = "") -> str:
    """An item on the monthly row 19-05-03."""
    head = ITEM.replace("19-02-04", "19-05-03").replace("最低生活保障对象公示", f"低保资金发放情况{name}")
    return (
        head.replace("formed_on: 2026-09-28", f"formed_on: {published}")
        .replace("published_on: 2026-10-09", f"published_on: {published}\nperiod: {month}")
        .replace("2026年第三季度", f"{month[:4]}年{int(month[5:])}月")
    )


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A site with a monthly row up to August, a draft, and a document without interpretation."""
    draft = ITEM.replace("published_on: 2026-10-09", "draft: true").replace("2026-09-28", "2026-11-12")
    document = ITEM.replace("19-02-04", "30-04-01").replace("第三季度最低生活保障对象公示", "农村公厕管理办法")
    files = {
        "a": monthly("2026-07", "2026-08-05"),
        "b": monthly("2026-08", "2026-09-04"),
        "draft": draft.replace("第三季度", "第四季度"),
        "document": document.replace("2026-10-09", "2026-11-18").replace("2026-09-28", "2026-11-16"),
    }
    return write_site(tmp_path, {f"site_src/items/{name}.md": text for name, text in files.items()})


def told(found: tuple[Duty, ...]) -> list[tuple[str, str, str]]:
    return [(d.kind.value, d.what, str(d.due)) for d in found]


def test_periods_interpretations_and_drafts_are_owed_in_the_order_of_their_days(config: Path):
    assert told(duties(dataset(config))) == [
        ("定期公开", "低保资金发放信息（2026年9月）", "2026-11-03"),
        ("政策解读", "《2026年农村公厕管理办法》的解读", "2026-11-23"),
        ("草稿待发布", "草稿《2026年第四季度最低生活保障对象公示》", "2026-11-26"),
        ("定期公开", "低保资金发放信息（2026年10月）", "2026-11-27"),
    ]


def test_unit_basis_and_entry_belong_to_the_duty(config: Path):
    duty = next(d for d in duties(dataset(config)) if d.kind is Kind.PERIOD)
    assert (duty.unit.name, duty.entry.id, str(duty.period)) == ("社会事务办公室", "19-05-03", "2026-09")
    assert duty.basis == duty.entry.time_limit_text
    assert duty.overdue(TODAY)


@pytest.mark.parametrize("days", [1, 7, 30, 45])
def test_later_day_moves_exactly_what_falls_due(config: Path, days: int):
    later = TODAY + dt.timedelta(days=days)
    before = {d.key: d for d in duties(dataset(config), days=400) if d.due is not None}
    after = {d.key: d for d in duties(dataset(config, later), days=400 - days) if d.due is not None}
    fell_due = {key for key, d in before.items() if not d.overdue(TODAY) and d.due and d.due < later}
    now_overdue = {key for key, d in after.items() if d.overdue(later)}
    assert now_overdue == fell_due | {key for key, d in before.items() if d.overdue(TODAY)}
    assert {key: d.due for key, d in after.items() if key in before} == {key: d.due for key, d in before.items()}


def test_window_holds_its_last_day_and_not_the_next(config: Path):
    assert "2026-11-27" in [due for _, _, due in told(duties(dataset(config), days=7))]
    assert "2026-11-27" not in [due for _, _, due in told(duties(dataset(config), days=6))]


def test_figures_equal_a_plain_count(config: Path):
    calendar = dataset(config).calendar
    owed = []
    for month in (9, 10):  # July and August are there
        day, left = dt.date(2026, month, 30 if month == 9 else 31), 20
        while left:
            day += dt.timedelta(days=1)
            left -= calendar.is_working(day)
        owed.append(day)
    found = [d.due for d in duties(dataset(config)) if d.kind is Kind.PERIOD]
    assert found == owed


def test_day_in_a_year_without_calendar_is_left_open_and_stands_last(config: Path):
    late = dataset(config, dt.date(2027, 1, 5))
    found = duties(late)
    assert found[-1].due is None
    assert found[-1].what == "低保资金发放信息（2026年12月）"


def test_done_is_owed_no_more(config: Path):
    (config.parent / "site_src/items/c.md").write_text(monthly("2026-09", "2026-11-19"), "utf-8")
    assert "低保资金发放信息（2026年9月）" not in [d.what for d in duties(dataset(config))]


def test_statement_counts_as_done(config: Path):
    text = monthly("2026-09", "2026-11-19").replace("period:", "statement: 本月没有发放。\nperiod:")
    (config.parent / "site_src/items/c.md").write_text(text, "utf-8")
    assert "低保资金发放信息（2026年9月）" not in [d.what for d in duties(dataset(config))]


def test_drafts_are_neither_on_the_page_nor_in_its_calendars(config: Path):
    data = dataset(config)
    pages = [
        page.content + page.head for page in SiteReports(data).pages(Renderer(data)) if page.url.startswith("due/")
    ]
    files = [content.decode() for url, content in SiteReports(data).files() if url.startswith("due")]
    assert len(pages) == 1
    assert len(files) == 1 + len(data.profile.units)
    assert "第四季度" not in "".join((*pages, *files))
    assert len(public_duties(data)) == len(duties(data)) - 1


def due_content(data: Dataset) -> str:
    return due_page(Renderer(data), public_duties(data)).content


def test_page_names_units_days_and_states(config: Path):
    text = re.sub(r"<[^>]+>|\s+", " ", due_content(dataset(config)))
    assert "截至2026-11-20，今后30天内应公开2项，已过期限还没有公开1项。" in text
    assert re.search(r"2026-11-03 +低保资金发放信息（2026年9月） *定期公开， *已过期17天", text)
    assert re.search(r"2026-11-27 +低保资金发放信息（2026年10月） *定期公开，还有7天", text)


def test_page_without_duties_says_so(tmp_path: Path):
    content = due_content(dataset(write_site(tmp_path)))
    assert "今后30天内没有到期应公开的信息。" in content


def test_calendar_is_read_back_by_its_library(config: Path):
    data = dataset(config)
    calendar = Calendar.from_ical(calendar_bytes(data, duties(data), "示范镇近期应公开"))
    assert calendar["X-WR-CALNAME"] == "示范镇近期应公开"
    events = calendar.walk("VEVENT")
    assert [(str(e["SUMMARY"]), e["DTSTART"].dt) for e in events] == [
        (f"应公开：{d.what}", d.due) for d in duties(data) if d.due
    ]
    assert len({str(e["UID"]) for e in events}) == len(events)
    assert all(e.walk("VALARM")[0]["TRIGGER"].dt == dt.timedelta(days=-3, hours=9) for e in events)


def test_calendar_keeps_the_rules_of_lines(config: Path):
    """RFC 5545 3.1: lines end with CRLF, have 75 octets at most, and are folded between characters."""
    data = dataset(config)
    content = calendar_bytes(data, duties(data), "示范镇近期应公开")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    unfolded = content.decode().replace("\r\n ", "")
    begun = re.findall(r"BEGIN:(\w+)", unfolded)
    assert sorted(begun) == sorted(re.findall(r"END:(\w+)", unfolded))
    for event in unfolded.split("BEGIN:VEVENT")[1:]:
        assert all(event.count(f"\r\n{name}") == 1 for name in ("UID:", "DTSTAMP:", "DTSTART;VALUE=DATE:", "SUMMARY:"))


def test_event_keeps_its_uid_the_next_day_and_at_another_address(config: Path):
    def uids(data: Dataset) -> set[str]:
        events = Calendar.from_ical(calendar_bytes(data, duties(data), "x")).walk("VEVENT")
        return {str(event["UID"]) for event in events}

    assert uids(dataset(config)) == uids(dataset(config, TODAY + dt.timedelta(days=1)))


def test_command_lists_drafts_with_their_files(config: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["due", "-f", str(config), "--today", "2026-11-20"]) == 0
    out = capsys.readouterr().out
    assert "  2026-11-26 [草稿待发布] 19-02-04 草稿《2026年第四季度最低生活保障对象公示》（还有 6 天）" in out
    assert "；文件：site_src/items/draft.md" in out
    assert out.endswith("共 4 项，其中已过期 1 项。\n")


def test_command_gives_json(config: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["due", "-f", str(config), "--today", "2026-11-20", "--format", "json", "--unit", "民政所"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {d["unit"] for d in found["duties"]} == {"社会事务办公室"}
    assert [d["overdue"] for d in found["duties"]] == [True, False, False, False]


def test_command_writes_the_same_calendar_twice(config: Path, capsys: pytest.CaptureFixture[str]):
    command = ["due", "-f", str(config), "--today", "2026-11-20", "--ics"]
    assert main(command) == 0
    path = config.parent / "reports/近期应公开.ics"
    before = path.read_bytes()
    assert main(command) == 0
    assert path.read_bytes() == before
    assert "（4 项）" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--unit", "社会事务科"], "没有“社会事务科”这个责任单位，是不是“社会事务办公室”"),
        (["--days", "-1"], "--days 的“-1”应在 0 到 366 之间。"),
        (["-o", "x.ics"], "-o 要和 --ics 一起用"),
        (["--today", "明天"], "--today 的“明天”不是日期"),
    ],
)
def test_wrong_usage_is_explained(config: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str):
    assert main(["due", "-f", str(config), *arguments]) == 2
    assert said in capsys.readouterr().err


def test_demo_owes_something_and_one_honest_gap_is_overdue():
    found = public_duties(dataset(ROOT / "mkdocs.yml"))
    assert [d.what for d in found if d.overdue(TODAY)] == ["低保资金发放信息（2026年5月）"]
    assert len(found) > 1
