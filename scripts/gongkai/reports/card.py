"""The report card (成绩单): a township, its fields and its units in one quarter or year, beside the one before.

Every figure is a plain count over :class:`~gongkai.reports.facts.Facts` as of their day:

- published: items published in the term, statements among them;
- judged and late: those of which can be said whether they were in time (R6.1); the rate is their share in time;
- median_days: natural days from the day the limit runs from to publication, the middle one of those judged;
- owed: periods that were due in the term (:class:`~gongkai.reports.coverage.Figures`);
- blank: rows for the website under which nothing was published up to the end of the term.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongkai.reports.coverage import Figures, State
from gongkai.reports.facts import Document, Fact, Facts, Owed
from gongkai.reports.terms import Term


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of a township, a field or a unit. Rates and medians are None where there is nothing to count."""

    published: int
    statements: int
    judged: int
    late: int
    median_days: float | None
    owed: Figures
    interpretations: int
    interpretations_judged: int
    interpretations_late: int
    uninterpreted: int
    corrections: int
    rows: int
    blank: int

    @property
    def in_time(self) -> float | None:
        """The share in time of the items that can be judged."""
        return (self.judged - self.late) / self.judged if self.judged else None

    @property
    def interpretations_in_time(self) -> float | None:
        """The share of the interpretations that came within their three working days (R6.1)."""
        judged = self.interpretations_judged
        return (judged - self.interpretations_late) / judged if judged else None


@dataclass(frozen=True)
class Part:
    """A field or unit with its figures, and those of the term before."""

    name: str
    now: Tally
    before: Tally


@dataclass(frozen=True)
class Card:
    """The card of one term. ``silent`` are the units that published nothing in it; ``over`` says whether it is complete."""

    facts: Facts
    term: Term
    whole: Part
    fields: tuple[Part, ...]
    units: tuple[Part, ...]

    @property
    def silent(self) -> tuple[str, ...]:
        """The units that published nothing."""
        return tuple(part.name for part in self.units if not part.now.published)

    @property
    def over(self) -> bool:
        """Whether the term is over."""
        return self.facts.today > self.term.last


def card(facts: Facts, term: Term) -> Card:
    """The card of ``facts`` for ``term``."""
    now, before = slice_of(facts, term), slice_of(facts, term.before)

    def part(name: str, *, field: str | None = None, unit: str | None = None) -> Part:
        return Part(name, tally([now], field=field, unit=unit), tally([before], field=field, unit=unit))

    strangers = dict.fromkeys(i.unit for i in facts.items if i.unit not in facts.units)
    return Card(
        facts,
        term,
        part(facts.township),
        tuple(part(name, field=key) for key, name in facts.fields.items()),
        tuple(part(name, unit=name) for name in (*facts.units, *strangers)),
    )


@dataclass(frozen=True)
class Slice:
    """What of the facts of a township belongs to one term; ``filled`` are the rows with something up to its end."""

    items: tuple[Fact, ...]
    owed: tuple[Owed, ...]
    uninterpreted: tuple[Document, ...]
    rows: dict[str, str]
    filled: frozenset[str]


def slice_of(facts: Facts, term: Term) -> Slice:
    """The part of ``facts`` that belongs to ``term``."""
    first, last = term.first, term.last
    return Slice(
        tuple(i for i in facts.items if first <= i.published_on <= last),
        tuple(o for o in facts.owed if first <= o.day <= last),
        tuple(d for d in facts.uninterpreted if first <= d.published_on <= last),
        facts.rows,
        frozenset(i.entry for i in facts.items if i.published_on <= last),
    )


def tally(slices: Sequence[Slice], *, field: str | None = None, unit: str | None = None) -> Tally:
    """The figures of one or several townships; of one field (by its id) or unit (by its name) only. A unit has no rows."""
    chosen = _chooser(field, unit)
    items = [i for s in slices for i in s.items if chosen(i.field, i.unit)]
    judged = [i for i in items if i.late is not None]
    readings = [i for i in items if i.interpretation]
    days = [i.days for i in judged if i.days is not None]
    rows = [
        entry not in s.filled for s in slices if unit is None for entry, of in s.rows.items() if field in (None, of)
    ]
    return Tally(
        published=len(items),
        statements=sum(i.statement for i in items),
        judged=len(judged),
        late=sum(i.late is True for i in judged),
        median_days=statistics.median(days) if days else None,
        owed=_figures([o.state for s in slices for o in s.owed if chosen(o.field, o.unit)]),
        interpretations=len(readings),
        interpretations_judged=sum(i.late is not None for i in readings),
        interpretations_late=sum(i.late is True for i in readings),
        uninterpreted=sum(chosen(d.field, d.unit) for s in slices for d in s.uninterpreted),
        corrections=sum(i.correction for i in items),
        rows=len(rows),
        blank=sum(rows),
    )


def _chooser(field: str | None, unit: str | None) -> Callable[[str, str], bool]:
    return lambda f, u: (field is None or f == field) and (unit is None or u == unit)


def _figures(states: list[State]) -> Figures:
    order = (State.PUBLISHED, State.STATEMENT, State.LATE, State.DUE, State.MISSING)
    return Figures(*(states.count(state) for state in order))
