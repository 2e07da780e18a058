"""Normative documents (行政规范性文件) among the items: issued, repealed, in force (R2.3)."""

from __future__ import annotations

import datetime as dt

from gongkai.dataset.dataset import Dataset
from gongkai.model import NO_DATE, Item


def documents(dataset: Dataset) -> list[Item]:
    """The documents themselves: items of the rows for normative documents that are no statements, reprints or interpretations."""
    rows = frozenset(
        entry.id
        for field in dataset.catalogue.fields
        for group in field.groups
        for entry in group.entries
        if entry.level2.endswith("规范性文件")
    )
    name = dataset.profile.name
    return [
        item
        for item in dataset.items
        if item.entry_id in rows
        and not item.draft
        and item.statement is None
        and item.interprets is None
        and (item.source is None or name in item.source)
    ]


def formed(item: Item) -> dt.date:
    """The day of a document: formed, else published."""
    return item.formed_on or item.published_on


def issued_in(dataset: Dataset, year: int) -> list[Item]:
    """The documents formed in ``year``."""
    return [i for i in documents(dataset) if formed(i).year == year and formed(i) != NO_DATE]


def repealed_in(dataset: Dataset, year: int) -> list[Item]:
    """The documents whose force ended in ``year``."""
    return [i for i in documents(dataset) if i.repealed_on is not None and i.repealed_on.year == year]


def valid_at(dataset: Dataset, day: dt.date) -> list[Item]:
    """The documents issued up to ``day`` and not repealed by then; one marked as repealed without a day is none."""
    return [
        i for i in documents(dataset) if formed(i) <= day and (i.repealed_on > day if i.repealed_on else not i.repealed)
    ]
