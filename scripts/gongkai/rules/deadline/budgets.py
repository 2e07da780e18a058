"""Budgets and final accounts (预决算): twenty natural days after they were approved (预算法 Art. 14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import NO_DATE, Finding, Item
from gongkai.patterns import regex
from gongkai.rules.deadline import codes
from gongkai.rules.deadline.limits import binding_limit
from gongkai.rules.deadline.publishing import late
from gongkai.rules.deadline.spans import approval_day

_YEAR = regex(r"(?<!\d)(20\d{2})年?度?")
LATEST = (10, 20)
"""Final accounts of the year before are approved by the end of September as a rule; then come twenty days (R6.2)."""


def budgets_in_time(dataset: Dataset) -> Iterator[Finding]:
    """The approval's day stands in the text; without it nothing can be said, and that is said."""
    for item in dataset.items:
        if item.statement is not None or item.draft or item.published_on == NO_DATE:
            continue
        entry = dataset.catalogue.find(item.entry_id)
        if entry is None or not [t for t in entry.time_limits if t.counted_from and "批" in t.counted_from]:
            continue
        limit = binding_limit(item, dataset.entry_in_force(item))
        if not limit.after_approval:
            continue
        approved = approval_day(item.body, item.published_on)
        if approved is None:
            yield from _without_day(item)
        elif item.published_on <= dataset.today:
            yield from late(dataset, item, limit, approved)


def _without_day(item: Item) -> Iterator[Finding]:
    latest = item.published_on - dt.timedelta(days=20)
    place = item.place("title")
    year = _year(item)
    if "决算" in item.title and year is not None and item.published_on > dt.date(year + 1, *LATEST):
        yield codes.LATE_ACCOUNTS.at(place, year=year, published=item.published_on, latest=latest)
    else:
        yield codes.NO_APPROVAL_DAY.at(place, latest=latest)


def _year(item: Item) -> int | None:
    """The year that an item reports on: its period, or the one in its title."""
    if item.period is not None:
        return item.period.year
    found = _YEAR.search(item.title)
    return int(found[1]) if found else None


RULES = (budgets_in_time,)
