"""Series: what a periodic row was reported on so far, for the township or for one village, and which periods it still owes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from gongkai.dataset.dataset import Dataset
from gongkai.dataset.periods import Cycle, cycle_of, span, uncovered
from gongkai.model import Entry, Item, Period, WorkCalendar
from gongkai.patterns import regex

VILLAGE_SERIES = 4
"""Lists of one village (its board is where they must hang) make a series on the website from so many periods on."""

_VILLAGE = regex(r"\w{1,8}?(?:村|社区)")


class Series(Struct, frozen=True, dict=True):
    """The items of one periodic row that report on a period; those of each village (as their titles begin) by themselves.

    ``since`` is the day from which periods are expected: the first period reported on, or the adoption of the row.
    """

    entry: Entry
    village: str
    cycle: Cycle
    items: tuple[Item, ...]
    since: dt.date

    @cached_property
    def covered(self) -> list[Period]:
        """The periods reported on."""
        return [item.period for item in self.items if item.period is not None]

    @property
    def newest(self) -> Item:
        """The item published last."""
        return max(self.items, key=lambda i: (i.published_on, i.file))

    @property
    def name(self) -> str:
        """The row, and the village where there is one."""
        return f"{self.entry.level2}，{self.village}" if self.village else self.entry.level2

    @staticmethod
    def end(period: Period) -> dt.date:
        """The last day of a period."""
        return span(period)[1]

    def owed(self, until: dt.date, calendar: WorkCalendar) -> Iterator[tuple[Period, dt.date | None]]:
        """The periods that begin by ``until`` and have nothing, with the day on which each is due (None: not computable yet)."""
        return uncovered(self.covered, self.cycle, self.since, until, calendar)


def series(dataset: Dataset) -> Iterator[Series]:
    """The series of the periodic rows in force, in the order in which their first items stand among the files."""
    found: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in dataset.items:
        if item.period is not None and not item.draft and not item.on_request:
            named = _VILLAGE.match(item.title)
            found[item.entry_id, named[0] if named else ""].append(item)
    for (entry_id, village), items in found.items():
        entry = dataset.catalogue.by_id.get(entry_id)
        cycle = cycle_of(entry) if entry is not None else None
        if entry is None or cycle is None:
            continue
        covered = {item.period for item in items if item.period is not None}
        if village and len(covered) < VILLAGE_SERIES:
            continue
        adopted = dataset.history.first_day(entry_id) or dataset.today
        since = max(min(span(period)[0] for period in covered), adopted)
        yield Series(entry, village, cycle, tuple(items), since)
