"""Rules about the laws that items cite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import NO_DATE, Finding, Item, Place
from gongkai.rules.inspection import codes
from gongkai.rules.inspection.laws import Citation, citations, may_be_wrong
from gongkai.rules.inspection.places import place_in_body
from gongkai.rules.kind import by_item_and_day

# What residents act on today is judged by the law of today; all else by the law of its own day.
_STANDING = {"办事指南", "机构概况"}


@by_item_and_day
def law_names(dataset: Dataset) -> Iterator[Finding]:
    """R2.8, R8.2: wrong names, wrong numbers, laws that were out of force when the item was made."""
    for item in dataset.items:
        if item.validity != "有效":
            continue
        if may_be_wrong(item.title):
            day = _day(dataset, item)
            for found in citations(item.title, day):
                yield _finding(found, item.place("title"), day)
        if may_be_wrong(item.body):
            day = _day(dataset, item)
            for found in citations(item.body, day):
                yield _finding(found, place_in_body(item, found.start), day)


def _day(dataset: Dataset, item: Item) -> dt.date:
    entry = dataset.catalogue.find(item.entry_id)
    if entry is not None and entry.column_kind in _STANDING:
        return dataset.today
    day = item.formed_on or item.published_on
    return day if day != NO_DATE else dataset.today


def _finding(found: Citation, place: Place, day: dt.date) -> Finding:
    if found.kind == "outdated":
        return codes.LAW_OUTDATED.at(place, cited=found.cited, until=found.until, day=day, successor=found.right)
    if found.kind == "wrong":
        return codes.LAW_NAME_WRONG.at(place, cited=found.cited, right=found.right)
    if found.kind == "number":
        return codes.LAW_NUMBER_WRONG.at(place, name=found.name, right=found.right, cited=found.cited)
    return codes.ORDER_WORDING.at(place, cited=found.cited, right=found.right)


RULES = (law_names,)
