"""Interpretations (政策解读) follow their documents within three working days (R3.5, R6.1)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import NO_DATE, Finding, Item, UnknownYear
from gongkai.rules.deadline import codes

DAYS = 3


def interpreted_in_time(dataset: Dataset) -> Iterator[Finding]:
    """国办发〔2016〕19号: within three working days after the document is public."""
    for item in dataset.items:
        if item.interprets is None or item.published_on == NO_DATE:
            continue
        document = dataset.find(item.interprets.text)
        if document is None or document is item or document.draft or document.published_on == NO_DATE:
            continue
        if (item.published_on - document.published_on).days > DAYS:
            yield from _late(dataset, item, document)


def _late(dataset: Dataset, item: Item, document: Item) -> Iterator[Finding]:
    place, start = item.place("published_on"), document.published_on
    first_day = dataset.settings.first_day.publish
    try:
        due = dataset.calendar.due(start, DAYS, first_day=first_day)
        if item.published_on <= due:
            return
        if first_day and item.published_on <= (other := dataset.calendar.due(start, DAYS)):
            limit = f"政策解读在文件公开后{DAYS}个工作日内发布（不计首日为 {other}）"
            values = {"start": start, "published": item.published_on, "due": due, "limit": limit}
            yield codes.FIRST_DAY.at(place, field="published_on", **values)
            return
        values = {"document": document.title, "start": start, "published": item.published_on, "due": due}
        passed = dataset.calendar.after(start, item.published_on)
        yield codes.LATE_INTERPRETATION.at(place, field="published_on", passed=passed, **values)
    except UnknownYear as unknown:
        what = f"解读从 {start} 起 {DAYS}个工作日的期限"
        yield codes.NOT_COMPUTABLE.at(place, field="published_on", what=what, year=unknown.year)


RULES = (interpreted_in_time,)
