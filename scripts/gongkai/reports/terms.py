"""The quarters and years that report cards are on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from msgspec import Struct

from gongkai.dataset.periods import period_at, span
from gongkai.model import Period

_WRITTEN = re.compile(r"(20\d\d)(?:年)?(?:[-–]?[Qq]([1-4])|第?([一二三四1-4])季度)?(?:年度|年)?")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}


class Term(Struct, frozen=True):
    """A quarter or a year, from its first to its last day."""

    period: Period

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return span(self.period)[0]

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return span(self.period)[1]

    @property
    def months(self) -> int:
        """How many months it lasts."""
        return 3 if self.period.quarter else 12

    @property
    def before(self) -> Term:
        """The quarter or year before it."""
        return Term(period_at(self.first - dt.timedelta(days=1), self.months))

    def holds(self, day: dt.date) -> bool:
        """Whether ``day`` lies in it."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """``2026-Q3`` or ``2026``."""
        return str(self.period)

    @property
    def label(self) -> str:
        """``2026年第三季度`` or ``2026年``."""
        return self.period.label


def parse_term(text: str) -> Term | None:
    """A term as people write it: ``2026``, ``2026-Q3``, ``2026年第三季度``; None when it is none."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    said = found[2] or found[3]
    quarter = _NUMERALS.get(said) or int(said) if said else None
    return Term(Period(int(found[1]), quarter=quarter))


def last_quarter(today: dt.date) -> Term:
    """The last quarter that is over."""
    return Term(period_at(today, 3)).before


def terms(days: Iterable[dt.date], today: dt.date) -> list[Term]:
    """The quarters and years that some of ``days`` up to ``today`` lie in, newest first, each year before its quarters."""
    by_month = {(day.year, day.month): day for day in days if day <= today}
    found = {Term(period_at(day, months)) for day in by_month.values() for months in (3, 12)}
    return sorted(
        found, key=lambda t: (t.period.year, 5 if t.period.quarter is None else t.period.quarter), reverse=True
    )
