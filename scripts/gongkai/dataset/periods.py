"""Periodic entries (按月、季、半年、年公开): which periods there are, and which of them have nothing yet."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from gongkai.model import Entry, LimitKind, LimitRole, Period, TimeLimit, UnknownYear, WorkCalendar
from gongkai.patterns import regex

# Months that a cycle lasts.
CYCLES = {LimitKind.MONTHLY: 1, LimitKind.QUARTERLY: 3, LimitKind.HALF_YEARLY: 6, LimitKind.YEARLY: 12}
WORDS = {1: "每月", 3: "每季度", 6: "每半年", 12: "每年"}
DAYS_AFTER = 20
"""Working days after the end of a period until its information is due, where the row names no day (条例 Art. 26)."""

_DAY_OF_MONTH = regex(r"(?:首个月|每个?月)(?P<day>\d{1,2})[日号]")
_DAY_OF_YEAR = regex(r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|底)?前")


class Cycle(Struct, frozen=True):
    """How often a row asks for information: every ``months`` months; ``day`` is the wording that names a day, if any."""

    months: int
    day: str | None = None

    @property
    def word(self) -> str:
        """``每季度`` and the like."""
        return WORDS[self.months]


def cycle_of(entry: Entry) -> Cycle | None:
    """The cycle of a row; of several the longest, and rules for everything before those with a narrower scope."""
    rules = [t for t in entry.time_limits if t.role is LimitRole.UPDATE and _months(t)]
    general = [t for t in rules if t.applies_to is None]
    if not (chosen := general or rules):
        return None
    rule = max(chosen, key=_months)
    return Cycle(_months(rule), rule.counted_from)


def _months(rule: TimeLimit) -> int:
    months = CYCLES.get(rule.kind, 0) * (rule.n or 0)
    return months if months in WORDS else 0


@lru_cache(maxsize=4096)
def span(period: Period) -> tuple[dt.date, dt.date]:
    """The first and the last day of a period."""
    first, months = 1, 12
    if period.month is not None:
        first, months = period.month, 1
    elif period.quarter is not None:
        first, months = period.quarter * 3 - 2, 3
    elif period.half is not None:
        first, months = period.half * 6 - 5, 6
    last = first + months - 1
    return dt.date(period.year, first, 1), dt.date(period.year, last, calendar.monthrange(period.year, last)[1])


def period_at(day: dt.date, months: int) -> Period:
    """The period of ``months`` months in which ``day`` lies."""
    n = (day.month - 1) // months + 1
    if months == 1:
        return Period(day.year, month=n)
    if months == 3:
        return Period(day.year, quarter=n)
    return Period(day.year, half=n) if months == 6 else Period(day.year)


def periods(first: dt.date, last: dt.date, months: int) -> Iterator[Period]:
    """The periods of ``months`` months from the one in which ``first`` lies to the one in which ``last`` does."""
    while first <= last:
        period = period_at(first, months)
        yield period
        end = span(period)[1]
        if end == dt.date.max:
            return
        first = end + dt.timedelta(days=1)


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods share a day: information on a year covers its quarters, that on a month begins its quarter."""
    (start, end), (other_start, other_end) = span(one), span(other)
    return start <= other_end and other_start <= end


def due_day(period: Period, cycle: Cycle, working_days: WorkCalendar) -> dt.date:
    """The day by which information on ``period`` is due. Raises :class:`~gongkai.model.UnknownYear`.

    每季度的首个月20日 is the 20th of the first month after the quarter, 6月底前 the end of June after the year.
    """
    after = span(period)[1] + dt.timedelta(days=1)
    if cycle.day and (named := _DAY_OF_MONTH.search(cycle.day)):
        return _real(after.year, after.month, int(named["day"]))
    if cycle.day and cycle.months == 12 and (named := _DAY_OF_YEAR.search(cycle.day)):
        month = min(max(int(named["month"]), 1), 12)
        day = int(named["day"]) if named["day"] else 31 if "底" in named[0] else 1
        return _real(after.year, month, day)
    return working_days.due(after, DAYS_AFTER, first_day=True)


def _real(year: int, month: int, day: int) -> dt.date:
    """The day, or the last one of a shorter month."""
    return dt.date(year, month, min(max(day, 1), calendar.monthrange(year, month)[1]))


def uncovered(
    covered: Iterable[Period], cycle: Cycle, since: dt.date, until: dt.date, working_days: WorkCalendar
) -> Iterator[tuple[Period, dt.date | None]]:
    """The periods from ``since`` to ``until`` with nothing in ``covered``, and when each is due: None when that cannot be computed yet."""
    known = list(covered)
    for period in periods(since, until, cycle.months):
        if any(overlap(period, other) for other in known):
            continue
        try:
            yield period, due_day(period, cycle, working_days)
        except UnknownYear:
            yield period, None


def missing(
    covered: Iterable[Period], cycle: Cycle, since: dt.date, today: dt.date, working_days: WorkCalendar
) -> list[tuple[Period, dt.date]]:
    """The periods since ``since`` that are overdue on ``today`` with nothing in ``covered``, and when each was due.

    A period whose day cannot be computed is not overdue.
    """
    owed = uncovered(covered, cycle, since, today, working_days)
    return [(period, due) for period, due in owed if due is not None and due < today]
