"""When each item was due: its limit, the day it runs out on, and whether that was kept. The rules' own way of counting."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.model import NO_DATE, Item, LimitKind, UnknownYear, WorkCalendar
from gongkai.rules.deadline.interpretations import DAYS as INTERPRETATION_DAYS
from gongkai.rules.deadline.limits import Binding, binding_limit, next_working_day
from gongkai.rules.deadline.publishing import from_elsewhere
from gongkai.rules.deadline.spans import approval_day


class Timing(Struct, frozen=True):
    """The limit of an item in words, the day from which it runs and the last day on time; how it was kept.

    ``late`` is None where nothing can be said: no day to count from, a reprint, a statement, a year whose holidays are not
    published, an item that is not out yet.
    """

    limit: str = ""
    start: dt.date | None = None
    due: dt.date | None = None
    late: bool | None = None


NOT_JUDGED = Timing()


class _Known(Struct, frozen=True):
    """A limit with what is asked of it for each item; ``due`` keeps last days by their first ones, for all limits as long."""

    limit: Binding
    span: str
    working: bool
    after_document: bool
    after_approval: bool
    due: dict[dt.date, dt.date | None]

    def last_day(self, start: dt.date, calendar: WorkCalendar) -> dt.date | None:
        """The last day on time; None where that cannot be said."""
        if start not in self.due:
            try:
                self.due[start] = self.limit.due(start, calendar)
            except UnknownYear:
                self.due[start] = None
        return self.due[start]


class Timings:
    """The timings of the items of a dataset, each worked out once."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._found: dict[str, Timing] = {}
        self._limits: dict[tuple[int, str | None, str], _Known] = {}
        self._due: dict[tuple[LimitKind, int], dict[dt.date, dt.date | None]] = defaultdict(dict)
        self._scoped: dict[int, bool] = {}
        self._elsewhere: dict[tuple[str | None, str | None], bool] = {}

    def of(self, item: Item) -> Timing:
        """The timing of ``item``, as the rules of time limits judge it (R6.1): late there is late here."""
        found = self._found.get(item.file)
        if found is None:
            found = self._found[item.file] = self._timing(item)
        return found

    def _timing(self, item: Item) -> Timing:
        dataset = self._dataset
        if item.statement is not None or dataset.catalogue.find(item.entry_id) is None:
            return NOT_JUDGED
        if item.interprets is not None:
            return _interpretation(dataset, item)
        known = self._limit(item)
        if known.after_document:
            return NOT_JUDGED
        if known.after_approval:
            day = item.published_on if item.published_on != NO_DATE else dataset.today
            return self._judged(item, known, approval_day(item.body, day))
        if self._from_elsewhere(item):
            return Timing(known.span)
        return self._judged(item, known, item.formed_on)

    def _limit(self, item: Item) -> _Known:
        """The limit that binds ``item``: the title counts only where a limit of the row has a scope."""
        entry = self._dataset.entry_in_force(item)
        scoped = self._scoped.get(id(entry))
        if scoped is None:
            scoped = self._scoped[id(entry)] = any(limit.applies_to for limit in entry.time_limits)
        key = (id(entry), item.time_limit, item.title if scoped else "")
        if key not in self._limits:
            limit = binding_limit(item, entry)
            working, due = limit.kind is LimitKind.WORKING_DAYS, self._due[limit.kind, limit.n]
            self._limits[key] = _Known(limit, limit.span, working, limit.after_document, limit.after_approval, due)
        return self._limits[key]

    def _from_elsewhere(self, item: Item) -> bool:
        key = (item.source, item.publisher)
        if key not in self._elsewhere:
            self._elsewhere[key] = from_elsewhere(self._dataset, item)
        return self._elsewhere[key]

    def _judged(self, item: Item, known: _Known, start: dt.date | None) -> Timing:
        if start is None:
            return Timing(known.span)
        calendar, published, limit = self._dataset.calendar, item.published_on, known.limit
        due = known.last_day(start, calendar)
        if not _out(self._dataset, item) or published < start:
            return Timing(known.span, start, due)
        try:
            late = published > due if due is not None else not limit.kept(start, published, calendar)
            if known.working and late:
                calendar.after(start, published)  # nothing can be said of a year that is not known
        except UnknownYear:
            return Timing(known.span, start, due)
        if late and known.after_approval and due is not None:  # the last day was off: the next working day will do
            late = published > next_working_day(due, calendar)
        return Timing(known.span, start, due, late)


def _interpretation(dataset: Dataset, item: Item) -> Timing:
    assert item.interprets is not None
    limit = f"文件公开后{INTERPRETATION_DAYS}个工作日"
    document = dataset.find(item.interprets.text)
    if document is None or document is item or document.draft or document.published_on == NO_DATE:
        return Timing(limit)
    start = document.published_on
    try:
        due = dataset.calendar.due(start, INTERPRETATION_DAYS)
        if not _out(dataset, item):
            return Timing(limit, start, due)
        dataset.calendar.after(start, item.published_on)  # as above
    except UnknownYear:
        return Timing(limit, start)
    return Timing(limit, start, due, item.published_on > due)


def _out(dataset: Dataset, item: Item) -> bool:
    """Whether the item is out by today."""
    return not item.draft and item.published_on != NO_DATE and item.published_on <= dataset.today
