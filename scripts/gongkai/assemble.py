"""Render, index, package: everything of the site that MkDocs does not make, as far as it is not what it was.

The steps stand in the order in which they run. Nothing here knows MkDocs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from gongkai.cache_folder import cache_folder, switched_off
from gongkai.collector import put_off
from gongkai.dataset import Dataset
from gongkai.model import Item
from gongkai.progress import counted
from gongkai.render import catalogue_urls as urls
from gongkai.render import meta_tags
from gongkai.render.catalogue_pages import catalogue_pages
from gongkai.render.columns import column_links
from gongkai.render.feeds import feeds
from gongkai.render.item_page import item_page, shown_body
from gongkai.render.keys import Keys
from gongkai.render.list_pages import Listing, all_listings, part_page, parts_of
from gongkai.render.open_data import open_data
from gongkai.render.page import Page, Renderer
from gongkai.render.sitemap import ADDRESS as SITEMAP
from gongkai.render.sitemap import sitemap
from gongkai.render.urls import link_from
from gongkai.search.attachments import FileTexts
from gongkai.search.collect import field_record, item_facets, item_record, page_record
from gongkai.search.index import write_index
from gongkai.search.records import Listed, SearchRecord, listed
from gongkai.search.suggest import page_data
from gongkai.staging import Address, Made, Staging

if TYPE_CHECKING:
    from gongkai.reports.site import SiteReports


class OrdinaryPage(Struct, frozen=True):
    """A page that MkDocs has rendered: a guide, the home page. ``html`` is its content without the theme."""

    url: str
    title: str
    html: str


@put_off()
def assemble(renderer: Renderer, keys: Keys, ordinary: Iterable[OrdinaryPage], staging: Staging) -> None:
    """Make the generated parts of the site in ``staging``, but those that are what they were.

    Raises OSError when the disk does not take it, ``SearchError`` when the index cannot be made.
    """
    dataset = renderer.dataset
    ordinary, copied = list(ordinary), list(_files(dataset))
    key = keys.all([(page.url, page.title, page.html) for page in ordinary], [source for source, _ in copied])
    if not staging.keeps_all(key):
        _make(renderer, keys, ordinary, copied, staging)
        staging.seal(key)


def _make(
    renderer: Renderer,
    keys: Keys,
    ordinary: list[OrdinaryPage],
    copied: list[tuple[Path, str]],
    staging: Staging,
) -> None:
    dataset = renderer.dataset
    reports = lru_cache(maxsize=1)(partial(_reports, dataset))
    cache = None if switched_off() or not dataset.settings.search else cache_folder(dataset.settings.root, "search")
    texts = FileTexts(cache)
    records: list[Listed] = []
    addresses: list[Address] = [(page.url, None) for page in ordinary]
    addresses += _items(renderer, keys, staging, records, texts)
    for listing in all_listings(renderer):
        addresses += _list(renderer, keys, staging, listing)
    addresses += staging.group("catalogue", keys.catalogue, lambda: _filled(keys, catalogue_pages(renderer)))
    addresses += staging.group("reports", keys.everything, lambda: _filled(keys, reports().pages(renderer)))
    if dataset.settings.search:
        addresses += staging.group("search", keys.search_page, lambda: _filled(keys, [_search_page(renderer)]))
    for source, target in copied:
        staging.copy(source, target)
    for url, shown, make in feeds(dataset):
        key = keys.of_items(shown)
        if not staging.keeps(url, key):
            staging.put(url, make(), key)
    staging.group("data", keys.everything, lambda: (Made(*file) for file in open_data(dataset)))
    staging.group("report data", keys.everything, lambda: (Made(*file) for file in reports().files()))
    if dataset.settings.site_url:
        staging.put(SITEMAP, sitemap(dataset.settings.site_url, addresses))
    if dataset.settings.search:
        records += [listed(page_record(p.url, p.title, p.html)) for p in ordinary if p.url != urls.HOME]
        records += [listed(field_record(dataset, field)) for field in dataset.catalogue.fields]
        write_index(
            records,
            staging.under("search/data/"),
            engine=dataset.settings.search_engine,
            cache=cache,
            extra=page_data(dataset),
        )
        texts.save()


def _items(
    renderer: Renderer, keys: Keys, staging: Staging, records: list[Listed], texts: FileTexts
) -> Iterator[Address]:
    """The items' pages, with a search record for each; the record of a page that stays is made when it is asked for."""
    dataset, search = renderer.dataset, renderer.dataset.settings.search
    request = next(link.href for link in column_links(dataset) if link.key == "request")
    for item in counted(dataset.published, "生成页面"):
        key = keys.item(item)
        if staging.keeps(item.url, key):
            if search:
                load = partial(_record, dataset, item, texts)
                known = staging.note(item.url).decode("ascii")
                records.append(Listed(item.url, item.published_on.isoformat(), item_facets(dataset, item), known, load))
        else:
            page, body = item_page(renderer, item, request)
            note = b""
            if search:
                records.append(listed(item_record(dataset, item, body, texts)))
                note = records[-1].digest.encode("ascii")
            staging.put(item.url, _fill(keys, page), key, note)
        yield item.url, item.published_on.isoformat()


def _record(dataset: Dataset, item: Item, texts: FileTexts) -> SearchRecord:
    return item_record(dataset, item, shown_body(dataset, item), texts)


def _list(renderer: Renderer, keys: Keys, staging: Staging, listing: Listing) -> Iterator[Address]:
    """The pages of one list."""
    for part in parts_of(listing, renderer.dataset.settings.page_size):
        key = keys.part(part)
        if not staging.keeps(part.url, key):
            staging.put(part.url, _fill(keys, part_page(renderer, part)), key)
        yield part.url, part.lastmod


def _reports(dataset: Dataset) -> SiteReports:
    from gongkai.reports.site import SiteReports  # noqa: PLC0415 - much to read in, and not needed when nothing has changed

    return SiteReports(dataset)


def _filled(keys: Keys, pages: Iterable[Page]) -> Iterator[Made]:
    return (Made(page.url, _fill(keys, page), page.lastmod) for page in pages)


def _fill(keys: Keys, page: Page) -> bytes:
    return keys.shells[page.kind].fill(page.title, page.head, page.content)


def _search_page(renderer: Renderer) -> Page:
    dataset = renderer.dataset
    link = link_from(urls.SEARCH)
    content = renderer.fragment(
        "search",
        urls.SEARCH,
        root="../",
        fields=[(f.name, link(urls.field_url(f.id))) for f in dataset.catalogue.fields],
        units=[(u.name, link(urls.unit_url(u.id))) for u in dataset.profile.units],
        years=[(f"{y}年", link(urls.year_url(y))) for y in dataset.by_year],
    )
    head = "\n".join(
        (
            meta_tags.site_tags(dataset.settings),
            meta_tags.column_tags("检索", meta_tags.CATALOGUE, "检索本站公开的信息"),
        )
    )
    return Page(urls.SEARCH, "search", "检索", head, content)


def _files(dataset: Dataset) -> Iterator[tuple[Path, str]]:
    """The files that published items show, and where they go. Files of other items stay at home (R5.4)."""
    for item in dataset.published:
        if item.on_request:
            continue
        for target in dataset.files_of(item):
            if target.source is not None:
                yield dataset.settings.docs_dir / target.source, target.url
