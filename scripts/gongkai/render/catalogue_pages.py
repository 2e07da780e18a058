"""The public catalogue: the whole of it, a page for each field, and overviews of units and years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongkai.dataset import Dataset
from gongkai.model import Entry, Field
from gongkai.render import catalogue_urls as urls
from gongkai.render import meta_tags
from gongkai.render.item_page import canonical
from gongkai.render.page import Breadcrumbs, Page, Renderer


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A row of the catalogue table with what has been published under it."""

    n: int
    entry: Entry
    href: str
    count: int
    newest: dt.date | None
    level1_span: int


@dataclass(frozen=True, slots=True)
class CatalogueField:
    """A field with its rows."""

    field: Field
    href: str
    rows: list[CatalogueRow]


@dataclass(frozen=True, slots=True)
class Card:
    """One entry of an overview."""

    title: str
    href: str
    count: int
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """A field that the township does not deal with."""

    name: str
    statement: str


def absent_fields(dataset: Dataset) -> list[Absent]:
    """The fields that do not apply, by name, with the statement for the public."""
    names = dataset.catalogue.standard_fields
    return [Absent(names.get(n.field_id, n.field_id), n.statement) for n in dataset.catalogue.not_applicable]


def _field_view(dataset: Dataset, field: Field) -> CatalogueField:
    rows: list[CatalogueRow] = []
    for group in field.groups:
        for k, entry in enumerate(group.entries):
            items = dataset.by_entry.get(entry.id, ())
            span = len(group.entries) if k == 0 else 0
            rows.append(
                CatalogueRow(len(rows) + 1, entry, urls.entry_url(entry.id), len(items), dataset.newest(items), span)
            )
    return CatalogueField(field, urls.field_url(field.id), rows)


def _page(
    renderer: Renderer, url: str, fragment: str, title: str, lead: str, crumbs: Breadcrumbs, **context: Any
) -> Page:
    content = renderer.fragment(
        fragment, url, title=title, lead=lead, breadcrumbs=[renderer.home_crumb(), *crumbs], **context
    )
    head = "\n".join(
        (
            meta_tags.site_tags(renderer.dataset.settings),
            meta_tags.column_tags(title, meta_tags.CATALOGUE, lead),
            canonical(renderer.dataset, url),
        )
    )
    return Page(url, "list", title, head, content)


def catalogue_pages(renderer: Renderer) -> Iterator[Page]:
    """The catalogue's index, the page of each field, and the overviews of units and years."""
    dataset = renderer.dataset
    views = [_field_view(dataset, f) for f in dataset.catalogue.fields]
    absent = absent_fields(dataset)
    lead = f"本镇采用的基层政务公开标准目录，共{len(views)}个领域、{sum(len(v.rows) for v in views)}项；点开领域可查看各项的公开内容、依据、时限和已公开信息。"
    yield _page(
        renderer,
        urls.CATALOGUE,
        "catalogue",
        "法定主动公开内容（公开目录）",
        lead,
        [],
        fields=views,
        not_applicable=absent,
    )
    for view in views:
        field = view.field
        yield _page(
            renderer,
            view.href,
            "catalogue",
            field.name,
            field.intro,
            [("公开目录", urls.CATALOGUE)],
            fields=[view],
            not_applicable=[],
            feed=urls.field_feed(field.id) if field.id in dataset.by_field else None,
            items=dataset.by_field.get(field.id, ())[:NEWEST],
        )
    yield _units(renderer)
    yield _years(renderer)


NEWEST = 10


def _units(renderer: Renderer) -> Page:
    dataset = renderer.dataset
    cards = [
        Card(u.name, urls.unit_url(u.id), len(dataset.by_unit.get(u.id, ())), u.duties) for u in dataset.profile.units
    ]
    lead = "按负责公开的单位查看信息，各单位的电话和地址在其页面上。"
    return _page(renderer, urls.UNITS, "overview", "责任单位", lead, [], groups=[(None, cards)])


def _years(renderer: Renderer) -> Page:
    dataset = renderer.dataset
    groups: list[tuple[str | None, list[Card]]] = []
    for year, items in dataset.by_year.items():
        cards = [Card(f"{year}年全年", urls.year_url(year), len(items))]
        cards += [
            Card(f"{m}月", urls.month_url(year, m), len(found))
            for (y, m), found in dataset.by_month.items()
            if y == year
        ]
        groups.append((f"{year}年", cards))
    return _page(renderer, urls.YEARS, "overview", "按年份查看", "按发布的年份和月份查看信息。", [], groups=groups)
