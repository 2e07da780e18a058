"""The report card (成绩单): a township, its fields and its units in one quarter or year, beside the one before.

Every figure is a plain count over :class:`~gongkai.reports.facts.Facts` as of their day:

- published: items published in the term, statements among them;
- judged and late: those of which can be said whether they were in time (R6.1); the rate is their share in time;
- median_days: natural days from the day the limit runs from to publication, the middle one of those judged;
- owed: periods that were due in the term (:class:`~gongkai.reports.coverage.Figures`);
- blank: rows for the website under which nothing was published up to the end of the term.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct, field

from gongkai.reports.coverage import Figures, State
from gongkai.reports.facts import Document, Fact, Facts, Owed
from gongkai.reports.terms import Term

Record = TypeVar("Record", Fact, Owed, Document)


class Tally(Struct, frozen=True):
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


class Part(Struct, frozen=True):
    """A field or unit with its figures, and those of the term before."""

    name: str
    now: Tally
    before: Tally


class Card(Struct, frozen=True):
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
    return cards(facts, [term])[0]


def cards(facts: Facts, terms: Sequence[Term]) -> list[Card]:
    """The cards of several terms. What is counted for one is what the next is compared with, so it is counted once."""
    counted = {term: _parts_of(one) for term, one in slices(facts, [*terms, *(t.before for t in terms)]).items()}
    strangers = dict.fromkeys(i.unit for i in facts.items if i.unit not in facts.units)
    fields = [(name, ("field", key)) for key, name in facts.fields.items()]
    units = [(name, ("unit", name)) for name in (*facts.units, *strangers)]

    def made(term: Term) -> Card:
        now, before = counted[term], counted[term.before]

        def part(name: str, key: _Key) -> Part:
            return Part(name, _tally(now, key), _tally(before, key))

        return Card(
            facts,
            term,
            part(facts.township, _WHOLE),
            tuple(part(*one) for one in fields),
            tuple(part(*one) for one in units),
        )

    return [made(term) for term in terms]


# --- counting


class Slice(Struct, frozen=True):
    """What of the facts of a township belongs to one term, counted; ``filled`` are the rows with something up to its end.

    ``items`` are counted by what :data:`_KIND` says, ``owed`` by field, unit and state, ``uninterpreted`` by field and
    unit; ``days`` are those of the judged items of a field and unit.
    """

    items: Counter[_Kind]
    days: dict[tuple[str, str], list[int]]
    owed: Counter[tuple[str, str, State]]
    uninterpreted: Counter[tuple[str, str]]
    rows: dict[str, str]
    filled: frozenset[str]


_Kind = tuple[str, str, bool, bool | None, bool, bool]
_KIND = attrgetter("field", "unit", "statement", "late", "interpretation", "correction")
_OWED = attrgetter("field", "unit", "state")
_DOCUMENT = attrgetter("field", "unit")


def slice_of(facts: Facts, term: Term) -> Slice:
    """The part of ``facts`` that belongs to ``term``."""
    return slices(facts, [term])[term]


def slices(facts: Facts, terms: Iterable[Term]) -> dict[Term, Slice]:
    """The parts of ``facts`` that belong to each of ``terms``, out of one count of the quarters."""
    items = _by_quarter(facts.items, lambda i: i.published_on)
    owed = _by_quarter(facts.owed, lambda o: o.day)
    documents = _by_quarter(facts.uninterpreted, lambda d: d.published_on)
    counted = {n: Counter(map(_KIND, mine)) for n, mine in items.items()}
    begun: dict[str, dt.date] = {}
    for item in facts.items:
        if begun.get(item.entry, dt.date.max) >= item.published_on:
            begun[item.entry] = item.published_on
    found: dict[Term, Slice] = {}
    for term in terms:
        if term in found:
            continue
        last, quarters = term.last, range(_quarter(term.first), _quarter(term.last) + 1)
        days: dict[tuple[str, str], list[int]] = defaultdict(list)
        for n in quarters:
            for i in items.get(n, ()):
                if i.late is not None and i.days is not None:
                    days[i.field, i.unit].append(i.days)
        found[term] = Slice(
            sum((counted[n] for n in quarters if n in counted), Counter()),
            days,
            Counter(map(_OWED, (o for n in quarters for o in owed.get(n, ())))),
            Counter(map(_DOCUMENT, (d for n in quarters for d in documents.get(n, ())))),
            facts.rows,
            frozenset(entry for entry, day in begun.items() if day <= last),
        )
    return found


def _quarter(day: dt.date) -> int:
    """The number of the quarter in which ``day`` lies."""
    return day.year * 4 + (day.month - 1) // 3


def _by_quarter(records: Iterable[Record], day: Callable[[Record], dt.date]) -> dict[int, list[Record]]:
    found: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        found[_quarter(day(record))].append(record)
    return found


class _Sum(Struct):
    """What becomes a tally."""

    published: int = 0
    statements: int = 0
    judged: int = 0
    late: int = 0
    interpretations: int = 0
    interpretations_judged: int = 0
    interpretations_late: int = 0
    corrections: int = 0
    uninterpreted: int = 0
    rows: int = 0
    blank: int = 0
    days: list[int] = field(default_factory=list)
    owed: Counter[State] = field(default_factory=Counter)

    def add(self, n: int, kind: _Kind) -> None:
        """Count ``n`` items of one kind."""
        _, _, statement, late, interpretation, correction = kind
        self.published += n
        self.statements += n * statement
        self.corrections += n * correction
        self.interpretations += n * interpretation
        if late is not None:
            self.judged += n
            self.late += n * late
            self.interpretations_judged += n * interpretation
            self.interpretations_late += n * (interpretation and late)

    def tally(self) -> Tally:
        """The figures."""
        return Tally(
            published=self.published,
            statements=self.statements,
            judged=self.judged,
            late=self.late,
            median_days=statistics.median(self.days) if self.days else None,
            owed=_figures(self.owed),
            interpretations=self.interpretations,
            interpretations_judged=self.interpretations_judged,
            interpretations_late=self.interpretations_late,
            uninterpreted=self.uninterpreted,
            corrections=self.corrections,
            rows=self.rows,
            blank=self.blank,
        )


_Key = tuple[str, str]
_WHOLE = ("whole", "")


def _parts_of(one: Slice) -> dict[_Key, Tally]:
    """The figures of the township, of each field and of each unit of which there is something to count."""
    sums = _sums([one], lambda f, u: (_WHOLE, ("field", f), ("unit", u)), lambda f: (_WHOLE, ("field", f)))
    return {key: found.tally() for key, found in sums.items()}


def _tally(counted: dict[_Key, Tally], key: _Key) -> Tally:
    return counted.get(key) or _Sum().tally()


def tally(slices: Sequence[Slice], *, field: str | None = None, unit: str | None = None) -> Tally:
    """The figures of one or several townships; of one field (by its id) or unit (by its name) only. A unit has no rows."""
    chosen = _sums(
        slices,
        lambda f, u: (_WHOLE,) if field in (None, f) and unit in (None, u) else (),
        lambda f: (_WHOLE,) if field in (None, f) and unit is None else (),
    )
    return chosen[_WHOLE].tally()


def _sums(
    slices: Iterable[Slice], keys: Callable[[str, str], tuple[_Key, ...]], row_keys: Callable[[str], tuple[_Key, ...]]
) -> dict[_Key, _Sum]:
    """The sums under the keys that ``keys`` gives for a field and a unit, ``row_keys`` for the field of a row."""
    sums: dict[_Key, _Sum] = defaultdict(_Sum)
    for one in slices:
        for kind, n in one.items.items():
            for key in keys(kind[0], kind[1]):
                sums[key].add(n, kind)
        for (of, unit), days in one.days.items():
            for key in keys(of, unit):
                sums[key].days += days
        for (of, unit, state), n in one.owed.items():
            for key in keys(of, unit):
                sums[key].owed[state] += n
        for (of, unit), n in one.uninterpreted.items():
            for key in keys(of, unit):
                sums[key].uninterpreted += n
        _add_rows(sums, one, row_keys)
    return sums


def _add_rows(sums: dict[_Key, _Sum], one: Slice, keys: Callable[[str], tuple[_Key, ...]]) -> None:
    for entry, of in one.rows.items():
        for key in keys(of):
            sums[key].rows += 1
            sums[key].blank += entry not in one.filled


def _figures(states: Counter[State]) -> Figures:
    order = (State.PUBLISHED, State.STATEMENT, State.LATE, State.DUE, State.MISSING)
    return Figures(*(states[state] for state in order))
