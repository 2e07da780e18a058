"""Atom feeds (RFC 4287): one for the site, one for each field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from gongkai.dataset import Dataset
from gongkai.model import Item
from gongkai.render import catalogue_urls as urls
from gongkai.render.urls import relative

ENTRIES = 50
CHINA = dt.timezone(dt.timedelta(hours=8))


def feeds(dataset: Dataset) -> Iterator[tuple[str, tuple[Item, ...], Callable[[], bytes]]]:
    """Address of every feed, the items in it, and what makes its content."""
    name = dataset.settings.site_name
    newest = dataset.published[:ENTRIES]
    yield urls.FEED, newest, partial(_feed, dataset, urls.FEED, name, urls.HOME, newest)
    for field_id, items in sorted(dataset.by_field.items()):
        field, newest = dataset.field(items[0]), items[:ENTRIES]
        url = urls.field_feed(field_id)
        yield url, newest, partial(_feed, dataset, url, f"{name} · {field.name}", urls.field_url(field_id), newest)


def _feed(dataset: Dataset, url: str, title: str, page: str, items: tuple[Item, ...]) -> bytes:
    from feedgen.feed import FeedGenerator  # noqa: PLC0415 - slow to read in, and most builds change no feed

    site = dataset.settings.site_url
    feed = FeedGenerator()
    feed.id(_tag_uri(dataset, url))
    feed.title(title)
    feed.language("zh-CN")
    feed.author({"name": dataset.profile.full_name})
    feed.link(href=site + page if site else relative(url, page), rel="alternate")
    if site:
        feed.link(href=site + url, rel="self")
    feed.updated(_midnight(dataset.newest(items)))
    feed.generator("Gongkailan")
    for item in items:
        entry = feed.add_entry(order="append")
        entry.id(_tag_uri(dataset, item.url, item.published_on))
        entry.title(item.title)
        entry.link(href=site + relative("", item.url) if site else relative(url, item.url))
        entry.updated(_midnight(item.published_on))
        entry.published(_midnight(item.published_on))
        entry.author({"name": item.responsible_unit})
        entry.summary(item.summary or item.title)
        entry.category(term=dataset.field(item).name)
    content: bytes = feed.atom_str(pretty=True)
    return content


def _midnight(day: dt.date | None) -> dt.datetime:
    """Midnight in China of ``day``; a feed without items is as old as the law (条例, in force 2019-05-15)."""
    return dt.datetime.combine(day or dt.date(2019, 5, 15), dt.time(), CHINA)


def _tag_uri(dataset: Dataset, url: str, day: dt.date | None = None) -> str:
    """A permanent id (RFC 4151) that does not depend on where the site is hosted."""
    domain = dataset.profile.marks.domain or "gongkailan.invalid"
    name = dataset.profile.region_code or dataset.profile.name
    return f"tag:{domain},{day or dt.date(2019, 5, 15)}:{name}/{url}"
