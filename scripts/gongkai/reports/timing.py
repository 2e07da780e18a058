"""When each item was due: its limit, the day it runs out on, and whether that was kept. The rules' own way of counting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.dataset import Dataset
from gongkai.model import NO_DATE, Item, LimitKind, UnknownYear
from gongkai.rules.deadline.interpretations import DAYS as INTERPRETATION_DAYS
from gongkai.rules.deadline.limits import Binding, binding_limit, next_working_day
from gongkai.rules.deadline.publishing import from_elsewhere
from gongkai.rules.deadline.spans import approval_day


@dataclass(frozen=True, slots=True)
class Timing:
    """The limit of an item in words, the day from which it runs and the last day on time; how it was kept.

    ``late`` is None where nothing can be said: no day to count from, a reprint, a statement, a year whose holidays are not
    published, an item that is not out yet. ``taken`` counts the days from ``start`` to publication, in the limit's own unit
    (working or natural days, R6.6).
    """

    limit: str = ""
    start: dt.date | None = None
    due: dt.date | None = None
    late: bool | None = None
    taken: int | None = None
    working_days: bool = True


NOT_JUDGED = Timing()


def timing(dataset: Dataset, item: Item) -> Timing:
    """The timing of ``item``, as the rules of time limits judge it (R6.1): late there is late here."""
    if item.statement is not None or dataset.catalogue.find(item.entry_id) is None:
        return NOT_JUDGED
    if item.interprets is not None:
        return _interpretation(dataset, item)
    limit = binding_limit(item, dataset.entry_in_force(item))
    if limit.after_document:
        return NOT_JUDGED
    if limit.after_approval:
        known = item.published_on if item.published_on != NO_DATE else dataset.today
        return _judged(dataset, item, limit, approval_day(item.body, known))
    if from_elsewhere(dataset, item):
        return Timing(limit.span)
    return _judged(dataset, item, limit, item.formed_on)


def _judged(dataset: Dataset, item: Item, limit: Binding, start: dt.date | None) -> Timing:
    if start is None:
        return Timing(limit.span)
    calendar = dataset.calendar
    working = limit.kind is LimitKind.WORKING_DAYS
    try:
        due: dt.date | None = limit.due(start, calendar)
    except UnknownYear:
        due = None
    if not _out(dataset, item) or item.published_on < start:
        return Timing(limit.span, start, due, working_days=working)
    try:
        late = not limit.kept(start, item.published_on, calendar)
        taken = calendar.after(start, item.published_on) if working else (item.published_on - start).days
    except UnknownYear:
        return Timing(limit.span, start, due, working_days=working)
    if late and limit.after_approval and due is not None:  # the last day was off: the next working day will do
        late = item.published_on > next_working_day(due, calendar)
    return Timing(limit.span, start, due, late, taken, working)


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
        taken = dataset.calendar.after(start, item.published_on)
    except UnknownYear:
        return Timing(limit, start)
    return Timing(limit, start, due, item.published_on > due, taken)


def _out(dataset: Dataset, item: Item) -> bool:
    """Whether the item is out by today."""
    return not item.draft and item.published_on != NO_DATE and item.published_on <= dataset.today
