"""Every figure of an annual report that items and registers give. Pure: a dataset and a year in, numbers out.

What neither gives (decisions on permits and penalties, fees, training, appraisal) is no figure here; the draft leaves it open.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.dataset.normative import issued_in, repealed_in, valid_at
from gongkai.dataset.requests import Counts, State, clock, part_four, part_three
from gongkai.model import Item, UnknownYear, WorkCalendar
from gongkai.model.request import Request
from gongkai.reports.coverage import coverage
from gongkai.reports.ledger import ledger


class Proactive(Struct, frozen=True):
    """What was published in the year: items on the site by field, and some of them by what they are.

    ``late`` counts those published after their limit among the ``judged``, whose limit can be reckoned (the ledger's).
    """

    published: int
    by_field: tuple[tuple[str, int], ...]
    entries: int
    statements: int
    attachments: int
    judged: int
    late: int
    interpretations: int
    interpretations_late: int
    issued: tuple[Item, ...]
    repealed: tuple[Item, ...]
    in_force: int
    reviewed: int
    lists_ended: int
    fields_kept: int
    entries_kept: int


class Answers(Struct, frozen=True):
    """How the requests answered in the year were answered: in time, days used, fees in 元 and for how many."""

    answered: int
    late: int
    extended: int
    corrected: int
    consulted: int
    longest: int | None
    fees: Decimal
    charged: int


class Figures(Struct, frozen=True):
    """The figures of ``year``. ``part_three`` and ``part_four`` are None without a register; ``until`` is the last day counted."""

    year: int
    until: dt.date
    proactive: Proactive
    part_three: Counts | None
    part_four: tuple[int, ...] | None
    answers: Answers

    @property
    def whole_year(self) -> bool:
        """Whether the year is over."""
        return self.until == dt.date(self.year, 12, 31)


def figures(dataset: Dataset, year: int) -> Figures:
    """The figures of ``year``, up to today while it is not over."""
    until = min(dt.date(year, 12, 31), max(dataset.today, dt.date(year, 1, 1)))
    registers = dataset.registers
    return Figures(
        year,
        until,
        _proactive(dataset, year, until),
        part_three(registers, year, dataset.today) if year in registers.years else None,
        part_four(registers, year, dataset.today) if registers.has_remedies else None,
        _answers(dataset, year, until),
    )


def _proactive(dataset: Dataset, year: int, until: dt.date) -> Proactive:
    shown = [i for i in dataset.by_year.get(year, ()) if i.published_on <= until]
    fields = Counter(dataset.field(i).name for i in shown)
    overdue = {line.item.file: line.overdue for line in ledger(dataset, coverage(dataset), year)}
    judged = [(i, late) for i in shown if (late := overdue.get(i.file)) is not None]
    catalogue = dataset.history.on(until)
    own = list(catalogue.own_entries())
    return Proactive(
        published=len(shown),
        by_field=tuple(sorted(fields.items(), key=lambda pair: (-pair[1], pair[0]))),
        entries=len({i.entry_id for i in shown}),
        statements=sum(i.statement is not None for i in shown),
        attachments=sum(len(i.attachments) for i in shown),
        judged=len(judged),
        late=sum(late for _, late in judged),
        interpretations=sum(i.interprets is not None for i in shown),
        interpretations_late=sum(late for i, late in judged if i.interprets is not None),
        issued=tuple(issued_in(dataset, year)),
        repealed=tuple(repealed_in(dataset, year)),
        in_force=len(valid_at(dataset, until)),
        reviewed=sum(i.review is not None for i in shown),
        lists_ended=sum(
            i.list_until is not None and i.list_until.year == year and i.list_until <= until for i in dataset.items
        ),
        fields_kept=len(catalogue.fields),
        entries_kept=len(own),
    )


def _answers(dataset: Dataset, year: int, until: dt.date) -> Answers:
    done = [
        r for r in dataset.registers.requests if r.answered_on and r.answered_on.year == year and r.answered_on <= until
    ]
    clocks = [clock(r, dataset.calendar, dataset.today) for r in done]
    fees = [Decimal(r.fee) for r in done if r.fee and Decimal(r.fee) > 0]
    return Answers(
        answered=len(done),
        late=sum(c.state is State.LATE for c in clocks),
        extended=sum(r.extended_on is not None for r in done),
        corrected=sum(r.correction_asked is not None for r in done),
        consulted=sum(r.consulted_from is not None for r in done),
        longest=max((d for r in done if (d := _days(r, dataset.calendar)) is not None), default=None),
        fees=sum(fees, Decimal(0)),
        charged=len(fees),
    )


def _days(request: Request, calendar: WorkCalendar) -> int | None:
    """Working days from receipt (or the correction) to the answer; None when the calendar does not know them."""
    start = request.correction_received or request.received
    try:
        return calendar.after(start, request.answered_on) if request.answered_on else None
    except UnknownYear:
        return None
