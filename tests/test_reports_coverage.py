"""Coverage: every figure against a plain count, and what moves with the day."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from gongkai.dataset import Dataset
from gongkai.model import Item, LimitRole
from gongkai.reports.coverage import Coverage, State, coverage
from sites import ITEM, TODAY, dataset, write_site


@pytest.fixture(scope="module")
def found(demo: Dataset) -> Coverage:
    return coverage(demo)


# ---- a second count, written plainly and without the code under test


def months_of(item: Item) -> set[int]:
    """The months, counted from year 0, that an item reports on."""
    period = item.period
    assert period is not None
    if period.month:
        months = [period.month]
    elif period.quarter:
        months = [period.quarter * 3 - 2, period.quarter * 3 - 1, period.quarter * 3]
    elif period.half:
        months = list(range(period.half * 6 - 5, period.half * 6 + 1))
    else:
        months = list(range(1, 13))
    return {period.year * 12 + month - 1 for month in months}


def working_days_after(day: dt.date, n: int, demo: Dataset) -> dt.date:
    while n:
        day += dt.timedelta(days=1)
        n -= demo.calendar.is_working(day)
    return day


LENGTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
ADOPTED = 2024 * 12


def plain_due(named: str, after: dt.date, demo: Dataset) -> dt.date | None:
    """The last day for the period that ends the day before ``after``."""
    if "20日" in named:
        return after.replace(day=20)
    if "1月31日" in named:
        return dt.date(after.year, 1, 31)
    return working_days_after(after - dt.timedelta(days=1), 20, demo) if after.year <= 2026 else None


def plain_state(covering: list[Item], named: bool, due: dt.date | None, end: dt.date, demo: Dataset) -> str:
    if covering:
        first = min(covering, key=lambda i: (i.published_on, i.file))
        limit = (
            working_days_after(first.formed_on, 20, demo) if first.formed_on and not first.statement else dt.date.max
        )
        if first.published_on > limit or (named and due and first.published_on > due):
            return "late"
        return "statement" if all(i.statement for i in covering) else "published"
    if due is None:
        return "due" if end <= demo.today else ""
    if due < demo.today:
        return "missing"
    return "due" if due - demo.today <= dt.timedelta(days=30) else ""


def plain_count(demo: Dataset) -> dict[tuple[str, str, int], str]:
    """Row, unit and first month of every period that counts: published, statement, late, missing or due."""
    counted: dict[tuple[str, str, int], str] = {}
    for entry in demo.catalogue.entries():
        rules = [t for t in entry.time_limits if t.role is LimitRole.UPDATE and t.kind.value in LENGTHS and t.n]
        rules = [t for t in rules if t.applies_to is None] or rules
        items = [i for i in demo.items if i.entry_id == entry.id and i.period and not i.draft and not i.on_request]
        items = [i for i in items if not re.match(r"\w{1,8}?(村|社区)", i.title)]  # no village has a series in the demo
        if not rules or not items:
            continue
        rule = max(rules, key=lambda t: LENGTHS[t.kind.value] * t.n)
        length, named = LENGTHS[rule.kind.value] * rule.n, rule.counted_from or ""
        first = max(min(min(months_of(i)) for i in items), ADOPTED)
        unit = demo.profile.unit_by_name[max(items, key=lambda i: (i.published_on, i.file)).responsible_unit].id
        first -= first % length
        while first <= demo.today.year * 12 + demo.today.month - 1:
            after = dt.date((first + length) // 12, (first + length) % 12 + 1, 1)
            due = plain_due(named, after, demo)
            covering = [i for i in items if months_of(i) & set(range(first, first + length))]
            if state := plain_state(covering, "日" in named, due, after, demo):
                counted[entry.id, unit, first] = state
            first += length
    return counted


def as_counted(found: Coverage) -> dict[tuple[str, str, int], str]:
    listed = {}
    for row, cell in found.expected():
        period = cell.period
        month = period.month or (period.quarter or 0) * 3 - 2 if period.month or period.quarter else 1
        if period.half:
            month = period.half * 6 - 5
        listed[row.entry.id, row.unit or "", period.year * 12 + month - 1] = cell.state.name.lower()
    return listed


@pytest.mark.parametrize("day", [TODAY, dt.date(2026, 11, 30), dt.date(2026, 12, 20), dt.date(2027, 2, 10)])
def test_every_period_of_the_demonstration_is_what_a_plain_count_says(day: dt.date, demo: Dataset):
    site = replace(demo, today=day)
    assert as_counted(coverage(site)) == plain_count(site)


def test_figures_by_field_unit_and_time_are_sums_of_the_plain_count(demo: Dataset, found: Coverage):
    counted = plain_count(demo)

    def tally(keep: Any) -> dict[str, int]:
        states = Counter(state for key, state in counted.items() if keep(*key))
        return {name: states[name] for name in ("published", "statement", "late", "missing", "due")}

    def figures(**chosen: Any) -> dict[str, int]:
        made = found.figures(**chosen)
        return {name: getattr(made, name) for name in ("published", "statement", "late", "missing", "due")}

    assert figures() == tally(lambda *_: True)
    for field in demo.catalogue.fields:
        assert figures(field=field.id) == tally(lambda entry, *_, f=field.id: entry.startswith(f + "-"))
    for unit in demo.profile.units:
        assert figures(unit=unit.id) == tally(lambda _, u, __, name=unit.id: u == name)
    halves = [figures(last=dt.date(2026, 6, 30)), figures(first=dt.date(2026, 7, 1))]
    assert {name: sum(half[name] for half in halves) for name in figures()} == figures()


def test_rows_of_the_demonstration_are_what_a_plain_count_says(demo: Dataset, found: Coverage):
    web = {e.id for e in demo.catalogue.own_entries() if "政府网站" in e.channels}
    filled = {i.entry_id for i in demo.published if i.entry_id in demo.catalogue.by_id}
    assert (found.entries().total, found.entries().filled) == (len(web | filled), len(filled))
    boards = {e.id for e in demo.catalogue.own_entries() if "政府网站" not in e.channels}
    assert found.entries().board_only == len(boards - filled)
    for field in demo.catalogue.fields:
        mine = found.entries(field.id)
        assert mine.filled == sum(entry.startswith(field.id + "-") for entry in filled)


def test_every_published_item_stands_in_a_cell(demo: Dataset, found: Coverage):
    shown = {item.file for row in found.rows for cell in row.cells for item in cell.items}
    assert {item.file for item in demo.published} <= shown


def test_the_demonstration_has_its_three_gaps(found: Coverage):
    told = {
        (row.entry.id, str(cell.period), cell.state)
        for row, cell in found.expected()
        if cell.state in (State.MISSING, State.LATE, State.DUE)
    }
    assert told == {
        ("19-05-03", "2026-05", State.MISSING),
        ("19-05-03", "2026-10", State.DUE),
        ("27-02-03", "2026-Q1", State.LATE),
    }


def test_a_month_later_exactly_what_falls_due_has_moved(demo: Dataset, found: Coverage):
    now, later = as_counted(found), as_counted(coverage(replace(demo, today=dt.date(2026, 12, 20))))
    october, november = 2026 * 12 + 9, 2026 * 12 + 10
    assert {key: state for key, state in later.items() if now.get(key) != state} == {
        ("19-05-03", "shehui", october): "missing",
        ("19-05-03", "shehui", november): "due",
    }
    assert now.keys() <= later.keys()


# ---- small sites


def item(entry: str, period: str, formed: str, published: str, title: str = "", more: str = "") -> str:
    text = ITEM.replace("19-02-04", entry).replace("2026-09-28", formed)
    text = text.replace("published_on: 2026-10-09", f"published_on: {published}\nperiod: {period}{more}")
    return text.replace("2026年第三季度最低生活保障对象公示", title or f"{period}救助慰问情况")


def cells(tmp_path: Path, items: list[str], today: dt.date = TODAY) -> list[tuple[str, str]]:
    files = {f"site_src/items/i{n}.md": text for n, text in enumerate(items)}
    rows = coverage(dataset(write_site(tmp_path, files), today)).rows
    return [(str(c.period), c.state.value) for row in rows if row.entry.id == "19-05-02" for c in row.cells]


def test_a_quarter_named_by_the_row_is_late_the_day_after(tmp_path: Path):
    first = item("19-05-02", "2026-Q1", "2026-04-15", "2026-04-20")
    second = item("19-05-02", "2026-Q2", "2026-07-15", "2026-07-21")
    assert cells(tmp_path, [first, second], dt.date(2026, 7, 31)) == [("2026-Q1", "已公开"), ("2026-Q2", "迟公开")]


def test_what_lies_before_the_first_period_is_not_owed(tmp_path: Path):
    third = item("19-05-02", "2026-Q3", "2026-10-09", "2026-10-12")
    assert cells(tmp_path, [third]) == [("2026-Q1", "不适用"), ("2026-Q2", "不适用"), ("2026-Q3", "已公开")]


def test_a_statement_covers_its_period_and_a_year_covers_its_quarters(tmp_path: Path):
    said = "\nstatement: 本期未发生"
    year = item("19-05-02", "2025", "2026-01-08", "2026-01-12", "2025年救助慰问情况的说明", said)
    assert cells(tmp_path, [year], dt.date(2026, 4, 1)) == [
        *((f"2025-Q{n}", "迟公开") for n in (1, 2, 3)),
        ("2025-Q4", "情况说明"),
        ("2026-Q1", "将到期"),
    ]


def test_a_period_is_due_soon_thirty_days_before_its_last_day(tmp_path: Path):
    first = item("19-05-02", "2026-Q2", "2026-07-08", "2026-07-10")
    due = dt.date(2026, 10, 20)
    for days, expected in ((31, []), (30, ["将到期"]), (0, ["将到期"]), (-1, ["缺"])):
        states = cells(tmp_path, [first], due - dt.timedelta(days=days))
        assert [state for period, state in states if period == "2026-Q3"] == expected


def test_a_period_whose_day_is_not_known_yet_is_due_once_it_is_over(tmp_path: Path):
    texts = {
        f"site_src/items/m{n}.md": item(
            "19-05-03", f"2026-{n:02d}", f"2026-{n:02d}-20", f"2026-{n:02d}-25", f"{n}月发放"
        )
        for n in (10, 11)
    }
    rows = coverage(dataset(write_site(tmp_path, texts), dt.date(2027, 3, 1))).rows
    states = {str(c.period): (c.state, c.due) for row in rows if row.entry.id == "19-05-03" for c in row.cells}
    assert states["2026-12"] == (State.DUE, None)
    assert "2027-03" not in states


def test_no_items_at_all_give_blank_rows_and_no_rate(tmp_path: Path):
    empty = coverage(dataset(write_site(tmp_path)))
    assert empty.figures().rate is None
    assert empty.entries().filled == 0
    assert empty.entries().total > 10


def test_what_is_to_come_out_is_not_there_yet(tmp_path: Path):
    quarters = [
        item("19-05-02", "2026-Q1", "2026-04-08", "2026-04-10"),
        item("19-05-02", "2026-Q2", "2026-07-08", "2026-07-10"),
    ]
    assert cells(tmp_path, quarters, dt.date(2026, 6, 1)) == [("2026-Q1", "已公开")]
