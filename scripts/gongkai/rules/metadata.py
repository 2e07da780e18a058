"""Rules about the metadata of items: dates in order, a named source, what will not be seen on the website."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import NO_DATE, WEBSITE, WITHHELD, Finding
from gongkai.rules import codes

# R3.2: 本网 and the like name nobody.
_NOBODY = {"本网", "本站", "本网站", "本单位", "网络", "互联网", "未知", "不详", "null", "无"}


def dates_out_of_order(dataset: Dataset) -> Iterator[Finding]:
    """R4.9: nothing is published before it was made."""
    for item in dataset.items:
        if item.formed_on and NO_DATE < item.published_on < item.formed_on:
            yield codes.DATES_OUT_OF_ORDER.at(
                item.place("formed_on"), field="formed_on", formed=item.formed_on, published=item.published_on
            )


def published_in_future(dataset: Dataset) -> Iterator[Finding]:
    """A day of publication still to come is a slip of the pen, or an item that is out too early."""
    for item in dataset.items:
        if item.published_on > dataset.today and not item.draft:
            yield codes.PUBLISHED_IN_FUTURE.at(
                item.place("published_on"), field="published_on", published=item.published_on, today=dataset.today
            )


def nobody_as_source(dataset: Dataset) -> Iterator[Finding]:
    """R3.2, R1.1: ContentSource is the name of a unit; a reprint names where it comes from."""
    for item in dataset.items:
        for key, label, value in (("source", "来源", item.source), ("publisher", "发布机构", item.publisher)):
            if value and value.strip().lower() in _NOBODY:
                yield codes.NOBODY_AS_SOURCE.at(item.place(key), field=key, key=key, label=label, value=value)


def not_on_website(dataset: Dataset) -> Iterator[Finding]:
    """R5.4: what stays off the website does so by rule, and the clerk is told."""
    for item in dataset.items:
        if item.draft or not item.sound or dataset.may_be_published(item):
            continue
        if item.disclosure_class == WITHHELD:
            key, reason = "disclosure_class", "公开属性是“不予公开”"
        elif WEBSITE not in item.channels and "channels" in item.lines:
            key, reason = "channels", "它的公开渠道里没有“政府网站”"
        elif dataset.catalogue.find(item.entry_id) is None:
            since = dataset.history.first_day(item.entry_id)
            key, reason = "entry", f"目录条目 {item.entry_id} 从 {since} 起才施行"
        else:
            entry = dataset.entry(item)
            key, reason = "entry", f"目录条目 {entry.id}（{entry.level2}）的公开渠道里没有“政府网站”"
        yield codes.NOT_ON_WEBSITE.at(item.place(key), field=key, reason=reason)


RULES = (dates_out_of_order, published_in_future, nobody_as_source, not_on_website)
