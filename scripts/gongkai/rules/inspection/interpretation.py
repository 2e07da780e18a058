"""Rule about interpretations that are missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath

from gongkai.dataset import Dataset
from gongkai.model import Finding, Item
from gongkai.rules.inspection import codes

NORMATIVE = "规范性文件"
# The limit itself is three working days (R6.1), counted by the family of deadlines; within a week nothing is missing yet.
GRACE = dt.timedelta(days=7)


def without_interpretation(dataset: Dataset) -> Iterator[Item]:
    """The normative documents in force, of the township's own, that have no interpretation, however new they are."""
    for entry in dataset.catalogue.own_entries():
        if NORMATIVE not in entry.level2:
            continue
        for item in dataset.by_entry.get(entry.id, ()):
            if item.statement or item.repealed or item.interprets or item.source or "解读" in item.title:
                continue
            if item.genre in ("清单", "名单", "情况说明"):
                continue
            if not dataset.interpretations(item) and not any("解读" in o.title for o in dataset.related(item)):
                yield item


def uninterpreted(dataset: Dataset) -> Iterator[Item]:
    """Those of them whose interpretation is missing."""
    return (item for item in without_interpretation(dataset) if dataset.today - item.published_on > GRACE)


def interpretation_missing(dataset: Dataset) -> Iterator[Finding]:
    """R3.5: important policy carries its interpretation."""
    for item in uninterpreted(dataset):
        name = item.document_number or PurePosixPath(item.file).stem
        yield codes.NO_INTERPRETATION.at(
            item.place("title"), field="title", published=item.published_on, today=dataset.today, name=name
        )


RULES = (interpretation_missing,)
