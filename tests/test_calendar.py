"""Working days: the tables of R6.3, the vectors and spans of R6.4, and what holds of every calendar."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.catalogue.calendar import library_calendar
from gongkai.gather import gather
from gongkai.model import UnknownYear, WorkCalendar, count_days, days_due
from sites import write_site

CALENDAR = library_calendar()
D = dt.date.fromisoformat

OFF = {
    2024: "1/1 2/10-2/17 4/4-4/6 5/1-5/5 6/10 9/15-9/17 10/1-10/7",
    2025: "1/1 1/28-2/4 4/4-4/6 5/1-5/5 5/31-6/2 10/1-10/8",
    2026: "1/1-1/3 2/15-2/23 4/4-4/6 5/1-5/5 6/19-6/21 9/25-9/27 10/1-10/7",
}
WORKED = {
    2024: "2/4 2/18 4/7 4/28 5/11 9/14 9/29 10/12",
    2025: "1/26 2/8 4/27 9/28 10/11",
    2026: "1/4 2/14 2/28 5/9 9/20 10/10",
}


def days(year: int, text: str) -> set[dt.date]:
    found: set[dt.date] = set()
    for word in text.split():
        first, _, last = word.partition("-")
        ends = [dt.date(year, *map(int, day.split("/"))) for day in (first, last or first)]
        found.update(ends[0] + dt.timedelta(days=n) for n in range((ends[1] - ends[0]).days + 1))
    return found


@pytest.mark.parametrize("year", sorted(OFF))
def test_library_agrees_with_the_published_arrangements(year: int):
    off, worked = days(year, OFF[year]), days(year, WORKED[year])
    day = dt.date(year, 1, 1)
    while day.year == year:
        assert CALENDAR.is_working(day) == (day in worked or (day.weekday() < 5 and day not in off)), day
        day += dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "n", "due", "due_with_first_day"),
    [
        ("2025-01-10", 20, "2025-02-13", "2025-02-12"),
        ("2025-05-30", 3, "2025-06-05", "2025-06-04"),
        ("2025-09-15", 20, "2025-10-17", "2025-10-16"),
        ("2025-12-31", 20, "2026-01-29", "2026-01-28"),
        ("2026-01-30", 20, "2026-03-05", "2026-03-04"),
        ("2026-02-13", 5, "2026-02-27", "2026-02-26"),
        ("2026-04-20", 3, "2026-04-23", "2026-04-22"),
        ("2026-04-30", 3, "2026-05-08", "2026-05-07"),
        ("2024-09-14", 20, "2024-10-18", "2024-10-17"),
    ],
)
def test_vectors(start: str, n: int, due: str, due_with_first_day: str):
    assert CALENDAR.due(D(start), n) == D(due)
    assert CALENDAR.due(D(start), n, first_day=True) == D(due_with_first_day)


@pytest.mark.parametrize(
    ("first", "last", "n"),
    [
        ("2024-09-23", "2024-10-10", 10),
        ("2026-02-28", "2026-03-12", 10),
        ("2025-08-25", "2025-09-08", 11),
        ("2026-03-16", "2026-03-30", 11),
        ("2020-03-11", "2020-03-13", 3),
    ],
)
def test_spans_of_real_notices(first: str, last: str, n: int):
    assert CALENDAR.count(D(first), D(last)) == n


def test_a_year_without_arrangement_is_never_guessed():
    for ask in (
        lambda: CALENDAR.is_working(D("2027-03-01")),
        lambda: CALENDAR.due(D("2026-12-20"), 20),
        lambda: CALENDAR.count(D("2026-12-31"), D("2027-01-01")),
        lambda: CALENDAR.back(D("2027-01-05"), 1),
        lambda: CALENDAR.due(D("2026-12-31"), 1),
    ):
        with pytest.raises(UnknownYear) as unknown:
            ask()
        assert unknown.value.year == 2027
    assert CALENDAR.due(D("2026-12-30"), 1) == D("2026-12-31")


def test_a_gap_between_known_years_is_not_jumped_over():
    gap = WorkCalendar(frozenset({2026, 2028}))
    with pytest.raises(UnknownYear, match="2027"):
        gap.due(D("2026-12-25"), 10)
    with pytest.raises(UnknownYear, match="2027"):
        gap.back(D("2028-01-05"), 10)
    with pytest.raises(UnknownYear, match="2027"):
        gap.count(D("2026-12-25"), D("2028-01-05"))


def test_natural_days_know_no_holidays():
    assert days_due(D("2026-01-22"), 20) == D("2026-02-11")
    assert days_due(D("2026-01-22"), 20, first_day=True) == D("2026-02-10")
    assert count_days(D("2026-10-09"), D("2026-10-15")) == 7
    assert count_days(D("2026-10-09"), D("2026-10-08")) == 0


known_days = st.dates(D("2005-01-01"), D("2026-06-30"))
numbers = st.integers(1, 60)


@given(known_days, numbers)
def test_every_due_day_is_a_working_day_and_counts_back_to_where_it_came_from(start: dt.date, n: int):
    due = CALENDAR.due(start, n)
    assert CALENDAR.is_working(due)
    assert CALENDAR.after(start, due) == n
    assert CALENDAR.back(due, n) <= start
    if CALENDAR.is_working(start):
        assert CALENDAR.back(due, n) == start


@given(known_days, numbers)
def test_first_day_counts_only_when_it_is_worked(start: dt.date, n: int):
    shift = 1 if CALENDAR.is_working(start) else 0
    with_first_day = CALENDAR.due(start, n, first_day=True)
    assert CALENDAR.count(start, with_first_day) == n
    assert CALENDAR.after(with_first_day, CALENDAR.due(start, n)) == shift


@given(known_days, known_days)
def test_counts_add_up(one: dt.date, other: dt.date):
    first, last = sorted((one, other))
    day, n = first, 0
    if (last - first).days < 400:
        while day <= last:
            n += CALENDAR.is_working(day)
            day += dt.timedelta(days=1)
        assert CALENDAR.count(first, last) == n
    assert CALENDAR.count(first, last) == CALENDAR.after(first, last) + CALENDAR.is_working(first)


OWN = """\
years:
  - year: 2027
    source: 国务院办公厅关于2027年部分节假日安排的通知
    off: [2027-01-01至2027-01-03]
    worked: [2027-01-09]
local:
  - because: 自治州人大常委会关于火把节放假的决定
    off: [2026-08-07至2026-08-09]
    worked: [2026-08-15]
"""


def test_the_sites_own_file_adds_a_year_and_local_holidays(tmp_path: Path):
    gathered = gather(write_site(tmp_path, {"catalogue/calendar.yaml": OWN}), D("2026-11-20"))
    assert gathered.findings == []
    assert gathered.dataset is not None
    calendar = gathered.dataset.calendar
    assert calendar.due(D("2026-12-31"), 5) == D("2027-01-08")
    assert calendar.is_working(D("2027-01-09"))
    assert not calendar.is_working(D("2026-08-07"))
    assert calendar.is_working(D("2026-08-15"))
    with pytest.raises(UnknownYear, match="2028"):
        calendar.due(D("2027-12-31"), 1)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2026-02-30", "不存在的日期"),
        ("2026-08-09至2026-08-07", "早于开始日期"),
        ("2026-01-01至2026-12-31", "太长了"),
        ("八月七日", "不合规定的形式"),
    ],
)
def test_wrong_days_are_reported_where_they_stand(tmp_path: Path, text: str, problem: str):
    own = f"local:\n  - because: 决定\n    off: [{text}]\n"
    found = gather(write_site(tmp_path, {"catalogue/calendar.yaml": own}), D("2026-11-20")).findings
    assert [(f.code, f.file, f.line) for f in found] == [("GK321", "catalogue/calendar.yaml", 3)]
    assert problem in found[0].message
