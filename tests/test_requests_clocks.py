"""The clocks of requests for disclosure (R1.12), and how the annual report counts them: against counts done by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import chinese_calendar
import pytest
from hypothesis import given, strategies

from gongkai.dataset.requests import State, clock, open_requests, part_four, part_three
from gongkai.model import WorkCalendar, annual
from gongkai.model.request import Registers, Remedy, Request
from sites import TODAY


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    first, days = dt.date(2023, 1, 1), 4 * 365 + 1
    every = [first + dt.timedelta(days=n) for n in range(days)]
    off = frozenset(d for d in every if d.weekday() < 5 and not chinese_calendar.is_workday(d))
    worked = frozenset(d for d in every if d.weekday() > 4 and chinese_calendar.is_workday(d))
    return WorkCalendar(frozenset((2023, 2024, 2025, 2026)), off, worked)


def request(received: str, **days: object) -> Request:
    fields = {k: day(v) if isinstance(v, str) and v[:2] == "20" else v for k, v in days.items()}
    return Request("requests/2026.csv", 2, "1", day(received), "自然人", **fields)


@pytest.mark.parametrize(
    ("start", "due"),
    [("2025-01-10", "2025-02-13"), ("2025-09-15", "2025-10-17"), ("2026-01-30", "2026-03-05")],
)
def test_a_reply_is_due_twenty_working_days_after_receipt(calendar: WorkCalendar, start: str, due: str):
    assert clock(request(start), calendar, TODAY).due == day(due)


def test_the_clock_starts_anew_when_the_correction_comes(calendar: WorkCalendar):
    found = clock(
        request("2026-03-04", correction_asked="2026-03-09", correction_received="2026-04-20"), calendar, TODAY
    )
    assert found.due == calendar.due(day("2026-04-20"), 20)


def test_while_the_applicant_has_to_correct_nothing_is_due(calendar: WorkCalendar):
    found = clock(request("2026-03-04", correction_asked="2026-03-09"), calendar, TODAY)
    assert (found.state, found.due) == (State.WAITING, None)


def test_the_days_of_a_consultation_are_not_counted(calendar: WorkCalendar):
    found = clock(request("2026-03-04", consulted_from="2026-03-09", consulted_to="2026-03-20"), calendar, TODAY)
    counted = [
        d for d in _working(calendar, "2026-03-05", "2026-06-30") if not day("2026-03-09") < d <= day("2026-03-20")
    ]
    assert (found.due, found.paused) == (counted[19], 9)


def _working(calendar: WorkCalendar, first: str, last: str) -> Iterator[dt.date]:
    d = day(first)
    while d <= day(last):
        if calendar.is_working(d):
            yield d
        d += dt.timedelta(days=1)


def test_an_open_consultation_stops_the_clock_for_fifteen_working_days_at_most(calendar: WorkCalendar):
    asked = request("2026-10-26", consulted_from="2026-11-02")
    found = clock(asked, calendar, TODAY)
    assert (found.state, found.paused) == (State.CONSULTING, 15)
    assert clock(asked, calendar, day("2026-11-24")).state is State.OPEN
    assert clock(asked, calendar, day("2026-12-15")).state is State.OVERDUE


def test_an_extension_adds_its_days_when_it_was_told_in_time(calendar: WorkCalendar):
    plain = calendar.due(day("2026-03-04"), 20)
    told = clock(request("2026-03-04", extended_on=plain.isoformat(), extension=20), calendar, TODAY)
    late = clock(request("2026-03-04", extended_on="2026-04-07", extension=20), calendar, TODAY)
    assert (told.due, late.due) == (calendar.due(day("2026-03-04"), 40), plain)


def test_no_extension_is_longer_than_twenty_days(calendar: WorkCalendar):
    found = clock(request("2026-03-04", extended_on="2026-03-20", extension=45), calendar, TODAY)
    assert found.due == calendar.due(day("2026-03-04"), 40)


def test_an_answer_on_the_last_day_is_in_time_and_one_after_it_late(calendar: WorkCalendar):
    due = calendar.due(day("2026-03-04"), 20)
    states = [
        clock(request("2026-03-04", answered_on=(due + dt.timedelta(days=n)).isoformat()), calendar, TODAY).state
        for n in (0, 1)
    ]
    assert states == [State.ANSWERED, State.LATE]


def test_a_limit_into_a_year_without_holidays_is_not_guessed(calendar: WorkCalendar):
    found = clock(request("2026-12-20"), calendar, day("2026-12-21"))
    assert (found.due, found.unknown_year) == (None, 2027)


def test_the_most_urgent_request_comes_first(calendar: WorkCalendar):
    asked = (request("2026-11-09"), request("2026-10-30"), request("2026-11-02", correction_asked="2026-11-04"))
    found = open_requests(Registers(asked), calendar, TODAY)
    assert [c.request.received.isoformat() for c in found] == ["2026-10-30", "2026-11-09", "2026-11-02"]


# --- counts: a second, plain count over made-up registers

DAYS = strategies.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))


@strategies.composite
def registers(draw: strategies.DrawFn) -> Registers:
    made = []
    for n in range(draw(strategies.integers(0, 40))):
        received = draw(DAYS)
        answered = draw(
            strategies.none() | strategies.integers(0, 400).map(lambda k, r=received: r + dt.timedelta(days=k))
        )
        outcome = draw(strategies.sampled_from([r.key for r in annual.RESULTS])) if answered else None
        who = draw(strategies.sampled_from(annual.APPLICANTS))
        made.append(Request("requests/2025.csv", n, str(n), received, who, answered_on=answered, outcome=outcome))
    return Registers(tuple(made))


@given(registers(), strategies.sampled_from((2024, 2025, 2026)))
def test_part_three_equals_a_plain_count_and_adds_up(made: Registers, year: int):
    table = part_three(made, year, dt.date(2027, 3, 1))
    for n, who in enumerate(annual.APPLICANTS):
        mine = [r for r in made.requests if r.applicant == who]
        new = sum(r.received.year == year for r in mine)
        before = sum(r.received.year < year and (not r.answered_on or r.answered_on.year >= year) for r in mine)
        done = [r.outcome for r in mine if r.answered_on and r.answered_on.year == year]
        after = sum(r.received.year <= year and (not r.answered_on or r.answered_on.year > year) for r in mine)
        assert (table["new"][n], table["carried-in"][n], table["carried-out"][n]) == (new, before, after)
        assert [table[row.key][n] for row in annual.RESULTS] == [done.count(row.key) for row in annual.RESULTS]
        assert new + before == table["done"][n] + after
    assert all(sum(row[:-1]) == row[-1] for row in table.values())


def test_what_one_year_leaves_over_comes_into_the_next(calendar: WorkCalendar):
    made = Registers((request("2025-12-18", answered_on="2026-01-14", outcome="granted"), request("2025-03-04")))
    assert part_three(made, 2025, TODAY)["carried-out"] == part_three(made, 2026, TODAY)["carried-in"]


def test_a_pending_case_is_counted_each_year_until_it_is_closed():
    case = Remedy("requests/reviews.csv", 2, "行政复议", day("2024-11-06"), day("2025-02-05"), "结果纠正")
    made = Registers((), (case,))
    assert part_four(made, 2024, TODAY)[:5] == (0, 0, 0, 1, 1)
    assert part_four(made, 2025, TODAY)[:5] == (0, 1, 0, 0, 1)
    assert part_four(made, 2026, TODAY)[:5] == (0, 0, 0, 0, 0)
