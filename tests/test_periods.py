"""Periods of rows that ask for information every month, quarter, half year or year."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from gongkai.catalogue.calendar import library_calendar
from gongkai.catalogue.load import standard_field
from gongkai.dataset.periods import Cycle, cycle_of, due_day, missing, overlap, period_at, periods, span
from gongkai.model import Entry, Period, UnknownYear
from gongkai.reading.timelimit import parse_time_limit

D = dt.date.fromisoformat
CALENDAR = library_calendar()
ROW = standard_field("19").entries[0]


def row(text: str) -> Entry:
    return structs.replace(ROW, time_limits=parse_time_limit(text), time_limit_text=text)


@pytest.mark.parametrize(
    ("text", "cycle"),
    [
        ("每月公布一次", Cycle(1)),
        ("每季度的首个月20日", Cycle(3, "每季度的首个月20日")),
        ("每季度的首个月20日（集体财务往来较多的，财务收支情况应每月公布一次）", Cycle(3, "每季度的首个月20日")),
        ("半年至少更新1次", Cycle(6)),
        ("每年公开一次", Cycle(12)),
        ("信息形成之日起20个工作日内", None),
        ("每20个工作日更新", None),
    ],
)
def test_cycle(text: str, cycle: Cycle | None):
    assert cycle_of(row(text)) == cycle


@pytest.mark.parametrize(
    ("period", "cycle", "due"),
    [
        (Period(2026, quarter=2), Cycle(3, "每季度的首个月20日"), "2026-07-20"),
        (Period(2025, quarter=4), Cycle(3, "每季度的首个月20日"), "2026-01-20"),
        (Period(2026, month=1), Cycle(1, "每月10日前"), "2026-02-10"),
        (Period(2025), Cycle(12, "6月底前"), "2026-06-30"),
        (Period(2025), Cycle(12, "每年1月31日前"), "2026-01-31"),
        (Period(2025), Cycle(12), "2026-01-29"),
        (Period(2026, quarter=3), Cycle(3), "2026-11-03"),
    ],
)
def test_due_day(period: Period, cycle: Cycle, due: str):
    assert due_day(period, cycle, CALENDAR) == D(due)


def test_due_day_in_a_year_without_arrangement():
    with pytest.raises(UnknownYear):
        due_day(Period(2026), Cycle(12), CALENDAR)


def test_missing_periods():
    quarterly = Cycle(3, "每季度的首个月20日")
    covered = [Period(2025, quarter=1), Period(2025, half=2), Period(2026, month=5)]
    found = missing(covered, quarterly, D("2025-01-01"), D("2026-11-20"), CALENDAR)
    assert [str(p) for p, _ in found] == ["2025-Q2", "2026-Q1", "2026-Q3"]
    assert missing([Period(2025), Period(2026)], quarterly, D("2025-01-01"), D("2026-11-20"), CALENDAR) == []
    assert missing([], Cycle(12), D("2026-01-01"), D("2026-12-31"), CALENDAR) == []


days = st.dates(D("1990-01-01"), D("2090-12-31"))
months = st.sampled_from([1, 3, 6, 12])


@given(days, months)
def test_a_day_lies_in_its_period(day: dt.date, n: int):
    first, last = span(period_at(day, n))
    assert first <= day <= last
    assert first.day == 1
    assert (last + dt.timedelta(days=1)).day == 1


@given(days, st.integers(0, 1500), months)
def test_periods_follow_each_other_without_gap(first: dt.date, length: int, n: int):
    found = list(periods(first, first + dt.timedelta(days=length), n))
    for one, following in itertools.pairwise(found):
        assert span(one)[1] + dt.timedelta(days=1) == span(following)[0]
        assert not overlap(one, following)
    assert overlap(found[0], period_at(first, n))
    assert overlap(found[-1], period_at(first + dt.timedelta(days=length), n))
