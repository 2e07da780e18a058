"""The pure middle of the rules on time limits: spans and days in texts, counts of display periods, binding limits."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from gongkai.catalogue.calendar import library_calendar
from gongkai.catalogue.load import standard_field
from gongkai.gather import gather
from gongkai.model import Entry, Item, LimitKind, NoticePeriod
from gongkai.reading.timelimit import parse_time_limit
from gongkai.rules import deadline
from gongkai.rules.deadline.limits import LAW, binding_limit, next_working_day, shortest
from gongkai.rules.deadline.notices import Verdict, counted, judge, right
from gongkai.rules.deadline.spans import NATURAL, WORKING, approval_day, narrow, number, stated_spans
from sites import write_site

D = dt.date.fromisoformat
CALENDAR = library_calendar()
ROW = standard_field("19").entries[0]


@pytest.mark.parametrize(
    ("text", "start", "end", "count", "unit"),
    [
        ("公示期7天,自2025年3月11日起至2025年3月17日止", "2025-03-11", "2025-03-17", 7, NATURAL),
        ("公示期：2024年9月23日至10月10日（10个工作日）", "2024-09-23", "2024-10-10", 10, WORKING),
        ("**公示时间**：自2026年1月15日起至2026年1月21日止，共7个自然日。", "2026-01-15", "2026-01-21", 7, NATURAL),
        ("公告期限为10个工作日，自2026年2月28日至2026年3月12日", "2026-02-28", "2026-03-12", 10, WORKING),
        ("公示七天（2026年3月1日—7日）", "2026-03-01", "2026-03-07", 7, NATURAL),
        ("公示时间为2020-03-11至2020-03-13，共三个工作日", "2020-03-11", "2020-03-13", 3, WORKING),
        ("公示期：2023.06.09-2023.06.19", "2023-06-09", "2023-06-19", None, None),
        ("征求意见时间：2026年３月16日～2026年3月30日", "2026-03-16", "2026-03-30", None, None),
    ],
)
def test_stated_span(text: str, start: str, end: str, count: int | None, unit: str | None):
    (found,) = stated_spans(f"第一行\n{text}\n")
    assert (found.line, found.start, found.end, found.count, found.unit) == (1, D(start), D(end), count, unit)
    assert found.labelled


@pytest.mark.parametrize(
    "text",
    [
        "村级评议名单已于2025年12月25日至31日在各村公示7天",
        "2026年1月1日至6月30日共收到意见3条",
        "公示期：2026年2月30日至3月5日，共5天",
        "公示期满7日内，到便民服务中心领取",
        "办理时间：2026年1月1日至1月31日",
        "电话：0666-5550100",
    ],
)
def test_no_span(text: str):
    assert list(stated_spans(text)) == []


@given(st.text(alphabet="公示期2026年1月至日—~-.,，。共7天个工作自然（）\n ", max_size=120))
def test_any_text_can_be_searched(text: str):
    for found in stated_spans(text):
        assert found.start <= found.end
        assert found.line <= text.count("\n")
    approval_day(text + "批准", D("2026-01-01"))


PIECES = ["公示期", "公告时间：", "2026年3月1日", "3月7日", "7日", "2026.06.09", "至", "～", "—", "-"]
PIECES += ["，共", "7", "天", "工作日", "（", "）", "\n", " "]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_ordinary_lines_are_read_as_lines_with_rare_characters_are(text: str):
    assert list(stated_spans(text)) == list(stated_spans(text.replace("月", "\u2f49")))  # NFKC makes 月 of it


@given(st.text(alphabet="公示期2026年1月至日，：；（）～—–-“”、。《》|# \t\r"))
def test_narrow_is_what_nfkc_makes_of_ordinary_text(text: str):
    assert narrow(text) == unicodedata.normalize("NFKC", text)


@given(st.dates(D("2010-01-01"), D("2026-11-30")), st.integers(0, 60), st.booleans())
def test_a_written_span_is_read_back(start: dt.date, length: int, short: bool):
    end = start + dt.timedelta(days=length)
    last = f"{end.month}月{end.day}日" if short and end.year == start.year else f"{end.year}年{end.month}月{end.day}日"
    text = f"公示期：{start.year}年{start.month}月{start.day}日至{last}，共{length + 1}天。"
    (found,) = stated_spans(text)
    assert (found.start, found.end, found.count, found.unit) == (start, end, length + 1, NATURAL)


@pytest.mark.parametrize(("text", "n"), [("7", 7), ("七", 7), ("十", 10), ("十五", 15), ("二十", 20), ("三十一", 31)])
def test_number(text: str, n: int):
    assert number(text) == n


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年1月22日，示范镇第十九届人民代表大会第九次会议审查批准了2026年镇本级财政预算。", "2026-01-22"),
        ("2026年2月6日，示范镇财政所以示财〔2026〕2号批复2026年部门预算。", "2026-02-06"),
        ("**批复日期**：2026年2月6日", "2026-02-06"),
        ("服务期为2027年1月1日至12月31日，以2027年预算批准为前提", None),
        ("2026年1月22日召开会议。经研究批准。", None),
        ("2026年2月31日批准", None),
        ("没有日期，只说已经批准", None),
    ],
)
def test_approval_day(text: str, day: str | None):
    assert approval_day(text, D("2026-11-20")) == (D(day) if day else None)


@pytest.mark.parametrize(
    ("start", "end", "said", "unit", "verdict"),
    [
        ("2026-10-09", "2026-10-15", 7, NATURAL, Verdict.RIGHT),
        ("2026-10-09", "2026-10-15", 6, NATURAL, Verdict.FIRST_DAY),
        ("2026-10-09", "2026-10-15", 8, NATURAL, Verdict.WRONG),
        ("2024-09-23", "2024-10-10", 10, WORKING, Verdict.RIGHT),
        ("2026-03-16", "2026-03-30", 10, WORKING, Verdict.FIRST_DAY),
        ("2025-08-25", "2025-09-08", 10, WORKING, Verdict.FIRST_DAY),
        ("2026-10-09", "2026-10-15", 7, WORKING, Verdict.WRONG),
        ("2026-10-03", "2026-10-09", 2, WORKING, Verdict.RIGHT),
        ("2026-12-28", "2027-01-05", 7, WORKING, None),
    ],
)
def test_judge(start: str, end: str, said: int, unit: str, verdict: Verdict | None):
    assert judge(said, unit, counted(D(start), D(end), CALENDAR)) is verdict


@given(
    st.dates(D("2025-12-01"), D("2027-01-20")),
    st.integers(0, 20),
    st.integers(0, 22),
    st.sampled_from([(NATURAL,), (WORKING,), (NATURAL, WORKING)]),
    st.booleans(),
)
def test_a_count_is_right_when_it_is_judged_so(
    start: dt.date, length: int, said: int, units: tuple[str, ...], first: bool
):
    days = NoticePeriod(start, start + dt.timedelta(days=length), said)
    verdicts = [judge(said, unit, counted(days.start, days.end, CALENDAR), first_day=first) for unit in units]
    assert right(days, units, CALENDAR, first_day=first) == (Verdict.RIGHT in verdicts)


def test_no_limit_that_binds_is_shorter_than_the_shortest():
    rows = [row for field in ("03", "04", "06", "30") for row in standard_field(field).entries]
    items = [item(title="行政处罚决定书"), item(title="公告")]
    assert all(shortest(row) <= binding_limit(one, row).n for row in rows for one in items)


def test_judge_where_the_first_day_does_not_count():
    days = counted(D("2026-10-09"), D("2026-10-15"), CALENDAR)
    assert judge(6, NATURAL, days, first_day=False) is Verdict.RIGHT
    assert judge(7, NATURAL, days, first_day=False) is Verdict.FIRST_DAY


def entry(text: str) -> Entry:
    return structs.replace(ROW, time_limits=parse_time_limit(text), time_limit_text=text)


def item(**values: Any) -> Item:
    base: dict[str, Any] = {
        "file": "a.md", "address": "a", "title": "名单", "entry_id": "19-02-04", "responsible_unit": "", "unit_id": "",
        "published_on": D("2026-10-09"), "body": "", "body_line": 1, "lines": {},
    }  # fmt: skip
    return Item(**{**base, **values})


@pytest.mark.parametrize(
    ("row", "own", "title", "n", "kind", "by_law"),
    [
        ("信息形成之日起10个工作日内", None, "名单", 10, LimitKind.WORKING_DAYS, False),
        ("信息形成之日起10个工作日内", "5个工作日", "名单", 5, LimitKind.WORKING_DAYS, False),
        ("信息形成之日起10个工作日内", "15个工作日", "名单", 10, LimitKind.WORKING_DAYS, False),
        ("信息形成之日起10个工作日内", "5日内", "名单", 10, LimitKind.WORKING_DAYS, False),
        ("及时公开", None, "名单", 20, LimitKind.WORKING_DAYS, True),
        ("及时公开", "3个工作日", "名单", 3, LimitKind.WORKING_DAYS, False),
        ("", None, "名单", 20, LimitKind.WORKING_DAYS, True),
        ("本级政府财政部门批复后20日内", None, "预算", 20, LimitKind.DAYS, False),
        (
            "信息形成20个工作日内公开；其中行政许可、行政处罚事项应自作出行政决定之日起7个工作日内公示",
            None,
            "行政处罚决定书",
            7,
            LimitKind.WORKING_DAYS,
            False,
        ),
        (
            "信息形成20个工作日内公开；其中行政许可、行政处罚事项应自作出行政决定之日起7个工作日内公示",
            None,
            "检查计划",
            20,
            LimitKind.WORKING_DAYS,
            False,
        ),
        ("现状调查结束后5个工作日内，在村公示栏公开", None, "调查结果", 20, LimitKind.WORKING_DAYS, True),
    ],
)
def test_binding_limit(row: str, own: str | None, title: str, n: int, kind: LimitKind, by_law: bool):
    limit = binding_limit(item(title=title, time_limit=own), entry(row))
    assert (limit.n, limit.kind) == (n, kind)
    assert (LAW in limit.text) == by_law


def test_a_day_off_at_the_end_moves_to_the_next_working_day():
    assert next_working_day(D("2026-10-01"), CALENDAR) == D("2026-10-08")
    assert next_working_day(D("2026-10-10"), CALENDAR) == D("2026-10-10")
    assert next_working_day(D("2027-05-01"), CALENDAR) == D("2027-05-01")


def _text(**head: object) -> str:
    lines = {"title": "最低生活保障对象公示", "entry": "19-02-04", "responsible_unit": "社会事务办公室", **head}
    body = lines.pop("body", "全镇共有最低生活保障对象 27 户 31 人。")
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in lines.items()) + f"---\n{body}\n"


def _codes(folder: Path, today: str, mkdocs: dict[str, Any] | None = None, **items: str) -> list[tuple[str, str]]:
    files = {f"site_src/items/{name}.md": text for name, text in items.items()}
    mine = {t.code for t in deadline.TYPES}
    found = gather(write_site(folder, files, mkdocs=mkdocs), D(today)).findings
    return [(f.code, f.severity.word) for f in found if f.code in mine]


@pytest.mark.parametrize(
    ("formed", "published", "found"),
    [
        ("2026-09-28", "2026-10-16", []),  # the tenth working day
        ("2026-09-28", "2026-10-19", [("GK401", "warning")]),
        ("2026-12-15", "2026-12-31", [("GK401", "warning")]),
        ("2026-12-21", "2027-01-04", [("GK402", "note")]),
        ("2026-12-21", "2026-12-31", []),
    ],
)
def test_published_in_time(tmp_path: Path, formed: str, published: str, found: list[tuple[str, str]]):
    text = _text(formed_on=formed, published_on=published)
    assert _codes(tmp_path, "2027-02-01", a=text) == found


def test_a_reprint_is_not_late(tmp_path: Path):
    text = _text(formed_on="2020-01-02", published_on="2026-10-09", source="云麓县人民政府办公室")
    assert _codes(tmp_path, "2026-11-20", a=text) == []


def test_the_sites_own_way_of_counting_the_first_day(tmp_path: Path):
    text = _text(formed_on="2026-09-28", published_on="2026-10-16")
    mkdocs = {"gongkai": {"first_day": {"publish": "include"}}}
    assert _codes(tmp_path, "2026-11-20", mkdocs, a=text) == [("GK405", "note")]


def test_a_statement_fills_a_period(tmp_path: Path):
    quarter = {"entry": "19-05-01", "formed_on": "2026-04-07"}
    first = _text(**{**quarter, "published_on": "2026-04-10", "period": "2026-Q1"})
    other = _text(**{**quarter, "published_on": "2026-04-10", "period": "2026-H1", "statement": "本期未发生"})
    assert _codes(tmp_path / "a", "2026-07-21", a=first) == [("GK441", "warning")]
    assert _codes(tmp_path / "b", "2026-07-20", a=first) == []
    assert _codes(tmp_path / "c", "2026-07-21", a=first, b=other) == []


@pytest.mark.parametrize(("n", "found"), [(3, []), (4, [("GK441", "warning")])])
def test_lists_of_one_village_make_a_series_after_a_year(tmp_path: Path, n: int, found: list[tuple[str, str]]):
    texts = {
        f"q{q}": _text(
            title=f"松岭村第{q}季度名单",
            entry="19-05-01",
            formed_on="2026-01-05",
            published_on="2026-01-09",
            period=f"2025-Q{q}",
        )
        for q in range(1, n + 1)
    }
    assert _codes(tmp_path, "2026-07-21", **texts) == found
