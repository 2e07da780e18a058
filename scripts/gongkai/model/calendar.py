"""Working days (工作日) of China, with weekends that are moved to be worked (R6.3, R6.4)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from functools import cached_property

from msgspec import Struct

ONE_DAY = dt.timedelta(days=1)


class UnknownYear(LookupError):  # noqa: N818 - the name says what is the matter
    """The holidays of ``year`` are not published, so nothing that runs into it can be computed yet."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the arrangement of holidays of {year} is not known")
        self.year = year


class FirstDay(Struct, frozen=True):
    """Whether the first day counts (R6.5): for limits of publication it does not, in display periods it does."""

    publish: bool = False
    display: bool = True


class WorkCalendar(Struct, frozen=True, dict=True):
    """The working days of the ``years`` whose arrangement is published; of others it says :class:`UnknownYear`.

    ``off`` are the days off beside ordinary weekends, ``worked`` the Saturdays and Sundays that are worked. A working
    day is never guessed from the day of the week alone.
    """

    years: frozenset[int] = frozenset()
    off: frozenset[dt.date] = frozenset()
    worked: frozenset[dt.date] = frozenset()

    @cached_property
    def _days(self) -> tuple[dt.date, ...]:
        """Every working day of the known years, in order."""
        days = []
        for year in sorted(self.years):
            for number in range(dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal() + 1):
                day = dt.date.fromordinal(number)  # the first of all days was a Monday
                if day in self.worked or ((number - 1) % 7 < 5 and day not in self.off):
                    days.append(day)
        return tuple(days)

    def _require(self, first: int, last: int) -> None:
        for year in range(first, last + 1):
            if year not in self.years:
                raise UnknownYear(year)

    def with_days(self, off: frozenset[dt.date], worked: frozenset[dt.date]) -> WorkCalendar:
        """The calendar with some days changed; a year that was not known stays unknown."""
        return WorkCalendar(self.years, (self.off - worked) | off, (self.worked - off) | worked)

    def with_year(self, year: int, off: frozenset[dt.date], worked: frozenset[dt.date]) -> WorkCalendar:
        """The calendar with the published arrangement of ``year`` in the place of what was known of it."""
        kept_off = frozenset(d for d in self.off if d.year != year)
        kept_worked = frozenset(d for d in self.worked if d.year != year)
        return WorkCalendar(self.years | {year}, kept_off, kept_worked).with_days(off, worked)

    def is_working(self, day: dt.date) -> bool:
        """Whether ``day`` is worked."""
        self._require(day.year, day.year)
        n = bisect_left(self._days, day)
        return n < len(self._days) and self._days[n] == day

    def due(self, start: dt.date, n: int, *, first_day: bool = False) -> dt.date:
        """The ``n``-th working day after ``start``; with ``first_day``, ``start`` itself can be the first."""
        counted_from = start if first_day else start + ONE_DAY
        self._require(counted_from.year, counted_from.year)
        found = bisect_left(self._days, counted_from) + n - 1
        year = counted_from.year
        while found >= len(self._days) or self._days[found].year > year:
            year += 1
            self._require(year, year)
        return self._days[found]

    def back(self, end: dt.date, n: int) -> dt.date:
        """The ``n``-th working day before ``end``: from there, ``n`` working days later is ``end``."""
        year = (end - ONE_DAY).year
        self._require(year, year)
        found = bisect_left(self._days, end) - n
        while found < 0 or self._days[found].year < year:
            year -= 1
            self._require(year, year)
        return self._days[found]

    def count(self, first: dt.date, last: dt.date) -> int:
        """How many working days there are from ``first`` to ``last``, both counted."""
        if last < first:
            return 0
        self._require(first.year, last.year)
        return bisect_right(self._days, last) - bisect_left(self._days, first)

    def after(self, start: dt.date, end: dt.date) -> int:
        """How many working days there are after ``start``, up to and with ``end``."""
        return self.count(start + ONE_DAY, end)


def days_due(start: dt.date, n: int, *, first_day: bool = False) -> dt.date:
    """The last of ``n`` natural days (自然日) after ``start``, or from it. They have nothing to do with working days."""
    return start + dt.timedelta(days=n - 1 if first_day else n)


def count_days(first: dt.date, last: dt.date) -> int:
    """How many natural days there are from ``first`` to ``last``, both counted."""
    return max((last - first).days + 1, 0)
