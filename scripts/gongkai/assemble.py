"""Render, index, package: everything of the site that MkDocs does not make, written into a folder of its own.

The steps stand in the order in which they run. Nothing here knows MkDocs.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.cache_folder import cache_folder, switched_off
from gongkai.dataset import Dataset
from gongkai.render import catalogue_urls as urls
from gongkai.render import meta_tags
from gongkai.render.catalogue_pages import catalogue_pages
from gongkai.render.columns import column_links
from gongkai.render.feeds import feeds
from gongkai.render.item_page import item_page
from gongkai.render.list_pages import all_listings, pages_of
from gongkai.render.open_data import open_data
from gongkai.render.page import Page, Renderer
from gongkai.render.shell import Shell
from gongkai.render.sitemap import ADDRESS as SITEMAP
from gongkai.render.sitemap import sitemap
from gongkai.render.urls import link_from
from gongkai.reports.site import report_files, report_pages
from gongkai.search.attachments import FileTexts
from gongkai.search.collect import field_record, item_record, page_record
from gongkai.search.index import write_index
from gongkai.search.records import SearchRecord
from gongkai.search.suggest import page_data
from gongkai.writing import write_new


@dataclass(frozen=True, slots=True)
class OrdinaryPage:
    """A page that MkDocs has rendered: a guide, the home page. ``html`` is its content without the theme."""

    url: str
    title: str
    html: str


def assemble(renderer: Renderer, shells: dict[str, Shell], ordinary: Iterable[OrdinaryPage], out: Path) -> int:
    """Write all generated parts of the site into ``out``; gives the number of pages written.

    Raises OSError when the disk does not take it, ``SearchError`` when the index cannot be made.
    """
    dataset = renderer.dataset
    ordinary = list(ordinary)
    records: list[SearchRecord] = []
    addresses: list[tuple[str, str | None]] = [(page.url, None) for page in ordinary]
    pages = 0
    cache = None if switched_off() or not dataset.settings.search else cache_folder(dataset.settings.root, "search")
    texts = FileTexts(cache)
    for page in _pages(renderer, records, texts):
        _write(out / page.url, shells[page.kind].fill(page.title, page.head, page.content).encode("utf-8"))
        addresses.append((page.url, page.lastmod))
        pages += 1
    for source, target in _files(dataset):
        (out / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, out / target)
    for address, content in (*feeds(dataset), *open_data(dataset), *report_files(dataset)):
        _write(out / address, content)
    if dataset.settings.site_url:
        _write(out / SITEMAP, sitemap(dataset.settings.site_url, addresses))
    if dataset.settings.search:
        records += [page_record(p.url, p.title, p.html) for p in ordinary if p.url != urls.HOME]
        records += [field_record(dataset, field) for field in dataset.catalogue.fields]
        write_index(
            records,
            out / "search" / "data",
            engine=dataset.settings.search_engine,
            cache=cache,
            extra=page_data(dataset),
        )
        texts.save()
    return pages


def _pages(renderer: Renderer, records: list[SearchRecord], texts: FileTexts) -> Iterator[Page]:
    request = next(link.href for link in column_links(renderer.dataset) if link.key == "request")
    for item in renderer.dataset.published:
        page, body = item_page(renderer, item, request)
        if renderer.dataset.settings.search:
            records.append(item_record(renderer.dataset, item, body, texts))
        yield page
    for listing in all_listings(renderer):
        yield from pages_of(renderer, listing)
    yield from catalogue_pages(renderer)
    yield from report_pages(renderer)
    if renderer.dataset.settings.search:
        yield _search_page(renderer)


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


def _write(path: Path, content: bytes) -> None:
    try:
        write_new(path, content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, content)
