"""Requests for disclosure in time: the clocks of R1.12, and the counts of parts 3 and 4 of the annual report. Pure."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable

from msgspec import Struct

from gongkai.model import UnknownYear, WorkCalendar, annual
from gongkai.model.request import EXTENSION, Registers, Remedy, Request

REPLY_DAYS = 20
"""Working days until the reply (条例 Art. 33)."""
CORRECTION_DAYS = 7
"""Working days until a request that is unclear must be sent back for correction (Art. 30)."""
OPINION_DAYS = 15
"""Working days that a third party, or another maker of the information, has (Art. 32, 34)."""


class State(enum.Enum):
    """How a request stands; the value is what a clerk reads."""

    ANSWERED = "已答复"
    LATE = "已答复（超期）"
    OVERDUE = "超期未答复"
    OPEN = "在办"
    WAITING = "待申请人补正"
    CONSULTING = "征求意见中"


class Clock(Struct, frozen=True):
    """The time of one request.

    ``start`` is the day after which days are counted, ``paused`` the working days that do not count, ``due`` the last day for
    the reply: None while the applicant has to correct the request, or when holidays of ``unknown_year`` are not published.
    ``plain_due`` is ``due`` without the extension. ``left`` counts the working days from today to ``due``, negative when overdue.
    """

    request: Request
    state: State
    start: dt.date
    paused: int = 0
    due: dt.date | None = None
    plain_due: dt.date | None = None
    left: int | None = None
    unknown_year: int | None = None


def clock(request: Request, calendar: WorkCalendar, today: dt.date) -> Clock:
    """The clock of ``request`` as judged on ``today``."""
    start = request.correction_received or request.received
    if request.correction_asked and not request.correction_received:
        return Clock(request, State.ANSWERED if request.answered_on else State.WAITING, start)
    state = State.ANSWERED if request.answered_on else State.OPEN
    try:
        plain = calendar.due(start, REPLY_DAYS)
        extended = request.extension if request.extended_on else None
        paused = _paused(request, calendar, calendar.due(start, REPLY_DAYS + min(extended or 0, EXTENSION)))
        plain = calendar.due(start, REPLY_DAYS + paused)
        due = plain
        # An extension counts only when the applicant was told before the time was over.
        if extended and request.extended_on and request.extended_on <= plain:
            due = calendar.due(start, REPLY_DAYS + min(extended, EXTENSION) + paused)
        state = _state(request, calendar, due, today)
        left = None if request.answered_on else _left(calendar, today, due)
    except UnknownYear as unknown:
        return Clock(request, state, start, unknown_year=unknown.year)
    return Clock(request, state, start, paused, due, plain, left)


def _paused(request: Request, calendar: WorkCalendar, before: dt.date) -> int:
    """Working days spent on asking third parties or other organs (Art. 33 ¶3), as far as they began before the time was over.

    Without an end, at most the fifteen working days after which silence is an answer.
    """
    first = request.consulted_from
    if first is None or first > before:
        return 0
    last = request.consulted_to
    if last is None:
        last = calendar.due(first, OPINION_DAYS)
        if request.answered_on:
            last = min(last, request.answered_on)
    return calendar.after(max(first, request.correction_received or request.received), last)


def _state(request: Request, calendar: WorkCalendar, due: dt.date, today: dt.date) -> State:
    if request.answered_on:
        return State.LATE if request.answered_on > due else State.ANSWERED
    if today > due:
        return State.OVERDUE
    asked = request.consulted_from
    if asked and not request.consulted_to and asked <= today <= calendar.due(asked, OPINION_DAYS):
        return State.CONSULTING
    return State.OPEN


def _left(calendar: WorkCalendar, today: dt.date, due: dt.date) -> int:
    return calendar.after(today, due) if due >= today else -calendar.after(due, today)


def open_requests(registers: Registers, calendar: WorkCalendar, today: dt.date) -> list[Clock]:
    """The clocks of all requests not answered on ``today``, the most urgent first, those without a day last."""
    clocks = [clock(r, calendar, today) for r in registers.requests if r.open_on(today)]
    return sorted(clocks, key=lambda c: (c.due is None, c.due or dt.date.max, c.request.received, c.request.number))


# --- counts

Counts = dict[str, tuple[int, ...]]
"""For each row of part 3 its seven figures."""


def part_three(registers: Registers, year: int, today: dt.date) -> Counts:
    """The table of part 3 for ``year``, up to ``today`` while the year is not over."""
    first, last = dt.date(year, 1, 1), min(dt.date(year, 12, 31), max(today, dt.date(year, 1, 1)))
    requests = registers.requests
    done = [r for r in requests if r.answered_on and first <= r.answered_on <= last]
    table = {
        annual.NEW.key: _by_applicant(r for r in requests if first <= r.received <= last),
        annual.CARRIED_IN.key: _by_applicant(r for r in requests if r.open_on(first - dt.timedelta(days=1))),
    }
    for row in annual.RESULTS:
        table[row.key] = _by_applicant(r for r in done if r.outcome == row.key)
    table[annual.DONE.key] = _by_applicant(done)
    table[annual.CARRIED_OUT.key] = _by_applicant(r for r in requests if r.open_on(last))
    return table


def _by_applicant(requests: Iterable[Request]) -> tuple[int, ...]:
    counts = dict.fromkeys(annual.APPLICANTS, 0)
    for request in requests:
        counts[request.applicant] += 1
    return (*counts.values(), sum(counts.values()))


def part_four(registers: Registers, year: int, today: dt.date) -> tuple[int, ...]:
    """The fifteen figures of part 4: cases closed in ``year`` by result, and those pending at its end (or ``today``)."""
    last = min(dt.date(year, 12, 31), max(today, dt.date(year, 1, 1)))
    figures: list[int] = []
    for kind in annual.REMEDIES:
        counts = dict.fromkeys(annual.REMEDY_RESULTS, 0)
        for case in registers.remedies:
            if case.kind == kind and (result := _result(case, year, last)):
                counts[result] += 1
        figures += [*counts.values(), sum(counts.values())]
    return tuple(figures)


def _result(case: Remedy, year: int, last: dt.date) -> str | None:
    """Under which result a case counts in ``year``; None when it does not."""
    if case.accepted > last or (case.closed and case.closed.year < year):
        return None
    if case.closed is None or case.closed > last:
        return annual.PENDING
    return case.result
