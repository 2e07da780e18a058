"""Published in time? Drafts: due soon, or overdue already (R6.1, 条例 Art. 26)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding, Item, UnknownYear, WorkCalendar
from gongkai.rules.deadline import codes
from gongkai.rules.deadline.limits import Binding, binding_limit, next_working_day, shortest
from gongkai.rules.kind import by_item_and_day

SOON = 5
"""Working days before its last day on which a draft is said to be due soon."""


@by_item_and_day
def published_in_time(dataset: Dataset) -> Iterator[Finding]:
    """R6.1: from the day the item was formed to the day it was published."""
    for item in dataset.items:
        start = item.formed_on
        if start is None or not _judged(dataset, item):
            continue
        if item.draft:
            yield from _draft(dataset, item, start)
        elif start < item.published_on <= dataset.today:
            entry = dataset.entry_in_force(item)
            if not item.time_limit and (item.published_on - start).days < shortest(entry):
                continue  # in time whichever limit binds
            limit = binding_limit(item, entry)
            if not limit.after_approval and not limit.after_document:  # they have their own rules
                yield from late(dataset, item, limit, start)


def _judged(dataset: Dataset, item: Item) -> bool:
    """Neither statements, nor interpretations (they have their own rule), nor what was formed by somebody else."""
    return (
        item.statement is None
        and item.interprets is None
        and dataset.catalogue.find(item.entry_id) is not None
        and not from_elsewhere(dataset, item)
    )


def from_elsewhere(dataset: Dataset, item: Item) -> bool:
    """Whether the item is a reprint: its day of formation says nothing about when the township got it (R1.1)."""
    for name in (item.source, item.publisher):
        if name and name not in dataset.profile.unit_by_name and dataset.profile.name not in name:
            return True
    return False


def late(dataset: Dataset, item: Item, limit: Binding, start: dt.date) -> Iterator[Finding]:
    """What there is to say on an item published under ``limit``, counted from ``start``."""
    calendar, published, place = dataset.calendar, item.published_on, item.place("published_on")
    if (published - start).days < limit.n:  # no way of counting makes that late
        return
    try:
        if not limit.kept(start, published, calendar):
            yield from _after(item, limit, start, calendar)
        elif dataset.settings.first_day.publish and not limit.kept(start, published, calendar, first_day=True):
            due = limit.due(start, calendar, first_day=True)
            values = {"start": start, "published": published, "due": due, "limit": limit.text}
            yield codes.FIRST_DAY.at(place, field="published_on", **values)
    except UnknownYear as unknown:
        yield not_computable(item, "published_on", limit, start, unknown)


def not_computable(item: Item, key: str, limit: Binding, start: dt.date, unknown: UnknownYear) -> Finding:
    """A limit that runs into a year whose arrangement is not published."""
    what = f"从 {start} 起 {limit.span}的期限"
    return codes.NOT_COMPUTABLE.at(item.place(key), field=key, what=what, year=unknown.year)


def _after(item: Item, limit: Binding, start: dt.date, calendar: WorkCalendar) -> Iterator[Finding]:
    place, published, due = item.place("published_on"), item.published_on, limit.due(start, calendar)
    if limit.after_approval and published <= next_working_day(due, calendar):
        yield codes.DAY_OFF.at(place, field="published_on", due=due, published=published, limit=limit.text)
        return
    passed = limit.passed(start, published, calendar)
    kind = codes.LATE_BUDGET if limit.after_approval else codes.LATE
    values = {"start": start, "published": published, "passed": passed, "due": due}
    yield kind.at(place, field="published_on", limit=limit.text, **values)


def _draft(dataset: Dataset, item: Item, start: dt.date) -> Iterator[Finding]:
    """How much time is left for a draft."""
    limit = binding_limit(item, dataset.entry_in_force(item))
    if limit.after_approval or limit.after_document or start > dataset.today:
        return
    calendar, today, place = dataset.calendar, dataset.today, item.place("formed_on")
    try:
        due = limit.due(start, calendar, first_day=dataset.settings.first_day.publish)
        values = {"start": start, "limit": limit.text, "due": due, "today": today}
        if today > due:
            yield codes.OVERDUE.at(place, field="formed_on", **values)
        elif (left := calendar.after(today, due)) <= SOON:
            yield codes.DUE_SOON.at(place, field="formed_on", left=left, **values)
    except UnknownYear as unknown:
        yield not_computable(item, "formed_on", limit, start, unknown)


RULES = (published_in_time,)
