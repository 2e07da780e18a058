"""The steps that make the site, in the order in which they run: pages, lists, files, feeds, data, search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.dataset import Dataset
from gongkai.progress import counted
from gongkai.render import catalogue_urls as urls
from gongkai.render import meta_tags
from gongkai.render.catalogue_pages import catalogue_pages
from gongkai.render.columns import column_links
from gongkai.render.feeds import feeds
from gongkai.render.item_page import item_page
from gongkai.render.keys import Keys
from gongkai.render.list_pages import Listing, all_listings, part_page, parts_of
from gongkai.render.open_data import open_data
from gongkai.render.page import OrdinaryPage, Page, Renderer
from gongkai.render.sitemap import ADDRESS as SITEMAP
from gongkai.render.sitemap import sitemap
from gongkai.render.urls import link_from
from gongkai.staging import Address, Made, Staging

if TYPE_CHECKING:
    from gongkai.reports.site import SiteReports
    from gongkai.search.site import SiteIndex


def make_site(
    renderer: Renderer,
    keys: Keys,
    ordinary: list[OrdinaryPage],
    copied: Iterable[tuple[Path, str]],
    staging: Staging,
) -> None:
    """Make in ``staging`` what is not what it was; ``copied`` are files and where they go. Raises as ``assemble`` does."""
    dataset = renderer.dataset
    reports = lru_cache(maxsize=1)(partial(_reports, dataset))
    index = _index(dataset) if dataset.settings.search else None
    addresses: list[Address] = [(page.url, None) for page in ordinary]
    addresses += _items(renderer, keys, staging, index)
    for listing in all_listings(renderer):
        addresses += _list(renderer, keys, staging, listing)
    addresses += staging.group("catalogue", keys.catalogue, lambda: _filled(keys, catalogue_pages(renderer)))
    addresses += staging.group("reports", keys.everything, lambda: _filled(keys, reports().pages(renderer)))
    if index:
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
    if index:
        index.write([page for page in ordinary if page.url != urls.HOME], staging.under("search/data/"))


def _items(renderer: Renderer, keys: Keys, staging: Staging, index: SiteIndex | None) -> Iterator[Address]:
    """The items' pages; the index hears of each, and of a page that stays no more than that it does."""
    request = next(link.href for link in column_links(renderer.dataset) if link.key == "request")
    for item in counted(renderer.dataset.published, "生成页面"):
        key = keys.item(item)
        if staging.keeps(item.url, key):
            if index:
                index.keep(item, staging.note(item.url))
        else:
            page, body = item_page(renderer, item, request)
            note = index.add(item, body) if index else b""
            staging.put(item.url, _fill(keys, page), key, note)
        yield item.url, item.published_on.isoformat()


def _list(renderer: Renderer, keys: Keys, staging: Staging, listing: Listing) -> Iterator[Address]:
    """The pages of one list."""
    for part in parts_of(listing, renderer.dataset.settings.page_size):
        key = keys.part(part)
        if not staging.keeps(part.url, key):
            staging.put(part.url, _fill(keys, part_page(renderer, part)), key)
        yield part.url, part.lastmod


def _reports(dataset: Dataset) -> SiteReports:
    from gongkai.reports.site import SiteReports  # noqa: PLC0415 - much to read in, and not needed where they stay as they are

    return SiteReports(dataset)


def _index(dataset: Dataset) -> SiteIndex:
    from gongkai.search.site import SiteIndex  # noqa: PLC0415 - not every site has a search

    return SiteIndex(dataset)


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
