"""The public catalogue: the whole of it, a page for each field, one page to print, and overviews of units and years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import Any

from msgspec import Struct

from gongkai.catalogue import exporting, words
from gongkai.catalogue.exporting import Column
from gongkai.dataset import Dataset
from gongkai.model import Entry, Field
from gongkai.render import catalogue_urls as urls
from gongkai.render import meta_tags
from gongkai.render.item_page import canonical
from gongkai.render.open_data import CATALOGUE_CSV, CATALOGUE_JSON, CATALOGUE_XLSX
from gongkai.render.page import Page, Renderer
from gongkai.render.rows import Breadcrumbs

PRINT = "catalogue/print.html"
DOWNLOADS = (("Excel 表格（xlsx）", CATALOGUE_XLSX), ("CSV 表格", CATALOGUE_CSV), ("JSON 数据", CATALOGUE_JSON))


class CatalogueRow(Struct, frozen=True):
    """A row of the catalogue table with what has been published under it.

    ``basis`` is what this township cites, ``rules`` the time limit in words where the table's own words differ.
    """

    n: int
    entry: Entry
    basis: list[str]
    rules: str
    subject: str
    extra: dict[str, str]
    href: str
    count: int
    newest: dt.date | None
    level1_span: int


class CatalogueField(Struct, frozen=True):
    """A field with its rows; ``extra`` are the columns that some rows have beyond the official ones."""

    field: Field
    href: str
    rows: list[CatalogueRow]
    extra: list[str]


class Header(Struct, frozen=True):
    """A header of the table to print, over ``span`` columns or ``depth`` rows."""

    text: str
    span: int = 1
    depth: int = 1


class Cell(Struct, frozen=True):
    """A cell of the table to print, over ``span`` rows; ``text`` cells are set left, the others in the middle."""

    words: str
    text: bool
    heading: bool
    span: int = 1


class Sheet(Struct, frozen=True):
    """A field as the official table prints it; ``widths`` are the columns' shares of the paper in percent."""

    field: Field
    widths: list[str]
    headers: list[list[Header]]
    rows: list[list[Cell]]


class Card(Struct, frozen=True):
    """One entry of an overview."""

    title: str
    href: str
    count: int
    note: str | None = None


class Absent(Struct, frozen=True):
    """A field that the township does not deal with."""

    name: str
    statement: str


def absent_fields(dataset: Dataset) -> list[Absent]:
    """The fields that do not apply, by name, with the statement for the public."""
    names = dataset.catalogue.standard_fields
    return [Absent(names.get(n.field_id, n.field_id), n.statement) for n in dataset.catalogue.not_applicable]


def _basis(entry: Entry, dataset: Dataset) -> list[str]:
    return [b.label + words.superseded_words(b) for b in words.cited(entry, dataset.profile)]


def _row(dataset: Dataset, n: int, entry: Entry, span: int) -> CatalogueRow:
    items = dataset.by_entry.get(entry.id, ())
    rules = words.limits_words(entry.time_limits)
    return CatalogueRow(
        n=n,
        entry=entry,
        basis=_basis(entry, dataset),
        rules="" if rules == entry.time_limit_text else rules,
        subject=words.subject(entry),
        extra=dict(entry.extra),
        href=urls.entry_url(entry.id),
        count=len(items),
        newest=dataset.newest(items),
        level1_span=span,
    )


def _field_view(dataset: Dataset, field: Field) -> CatalogueField:
    rows: list[CatalogueRow] = []
    for group in field.groups:
        for k, entry in enumerate(group.entries):
            rows.append(_row(dataset, len(rows) + 1, entry, len(group.entries) if k == 0 else 0))
    extra = list(dict.fromkeys(label for row in rows for label in row.extra))
    return CatalogueField(field, urls.field_url(field.id), rows, extra)


def _page(
    renderer: Renderer, url: str, fragment: str, title: str, lead: str, crumbs: Breadcrumbs, **context: Any
) -> Page:
    """A page; ``style`` in ``context`` is its own style sheet."""
    style = context.pop("style", None)
    content = renderer.fragment(
        fragment, url, title=title, lead=lead, breadcrumbs=[renderer.home_crumb(), *crumbs], **context
    )
    head = "\n".join(
        (
            meta_tags.site_tags(renderer.dataset.settings),
            meta_tags.column_tags(title, meta_tags.CATALOGUE, lead),
            canonical(renderer.dataset, url),
            *([f"<style>{style}</style>"] if style else ()),
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
        full=False,
        fields=views,
        not_applicable=absent,
        print_page=PRINT,
        downloads=DOWNLOADS,
    )
    yield _print_page(renderer, absent)
    for view in views:
        field = view.field
        yield _page(
            renderer,
            view.href,
            "catalogue",
            field.name,
            field.intro,
            [("公开目录", urls.CATALOGUE)],
            full=True,
            style=_widths(len(view.extra)),
            fields=[view],
            not_applicable=[],
            print_page=PRINT,
            downloads=DOWNLOADS,
            feed=urls.field_feed(field.id) if field.id in dataset.by_field else None,
            items=dataset.by_field.get(field.id, ())[:NEWEST],
        )
    yield _units(renderer)
    yield _years(renderer)


NEWEST = 10
PRINT_STYLE = """
.gk-whole .gk-table.gk-table table { table-layout: fixed; width: 118rem; }
.gk-whole .gk-table.gk-table :is(th, td) { min-width: 0; max-width: none; white-space: pre-line; overflow-wrap: anywhere; }
.gk-whole thead th, .gk-whole .gk-mid { text-align: center; vertical-align: middle; }
@media print {
  @page whole { size: landscape; margin: 10mm 10mm 14mm; @bottom-center { content: "第 " counter(page) " 页，共 " counter(pages) " 页"; font-size: 9pt; } }
  body:has(.gk-whole) { page: whole; }
  .gk-whole { font-size: 9pt; line-height: 1.35; }
  .gk-whole h2 { font-size: 12pt; text-align: center; margin: 12pt 0 4pt; }
  .gk-whole .gk-contents { display: none; }
  .gk-whole .gk-table.gk-table table { width: 100%; font-size: 7.5pt; line-height: 1.3; }
  .gk-whole .gk-table.gk-table :is(th, td) { padding: 1.5pt 2pt; }
}
"""


def _widths(extra: int) -> str:
    """How wide the wordy columns of a field page are on paper, when added columns stand behind them."""
    if not extra:
        return ""
    wide, channels = (
        f":is(:nth-last-child({10 + extra}), :nth-last-child({9 + extra}))",
        f":nth-last-child({6 + extra})",
    )
    rules = (" { width: auto; }", f"{wide} {{ width: 18%; }}", f"{channels} {{ width: 13%; }}")
    return "@media print { " + " ".join(f".gk-full.gk-full.gk-full td{rule}" for rule in rules) + " }"


def _print_page(renderer: Renderer, absent: list[Absent]) -> Page:
    """The whole catalogue on one page, as counties print it."""
    dataset = renderer.dataset
    sheets = [_sheet(dataset, field, entries) for field, entries in exporting.rows_of(dataset.catalogue)]
    lead = f"{dataset.profile.full_name}采用的基层政务公开标准目录全文，共{len(sheets)}个领域、{sum(len(s.rows) for s in sheets)}项，可打印、可下载。"
    return _page(
        renderer,
        PRINT,
        "catalogue_print",
        "基层政务公开标准目录（全本）",
        lead,
        [("公开目录", urls.CATALOGUE)],
        style=PRINT_STYLE,
        sheets=sheets,
        notes=exporting.NOTES,
        not_applicable=absent,
        downloads=DOWNLOADS,
    )


def _sheet(dataset: Dataset, field: Field, entries: Sequence[Entry]) -> Sheet:
    shown = exporting.columns(entries)
    spans = [len(list(group)) for _, group in groupby(entries, key=lambda e: (e.level1_id, e.level1))]
    level1_span = dict(zip(accumulate(spans, initial=0), spans, strict=False))
    rows: list[list[Cell]] = []
    for n, entry in enumerate(entries):
        found = exporting.cells(entry, n + 1, dataset.profile)
        found[exporting.BASIS] = "\n".join(_basis(entry, dataset))
        rows.append(
            [
                Cell(
                    found.get(column, ""),
                    column.text,
                    column in (exporting.LEVEL1, exporting.LEVEL2),
                    level1_span[n] if column == exporting.LEVEL1 else 1,
                )
                for column in shown
                if column != exporting.LEVEL1 or n in level1_span
            ]
        )
    whole = sum(column.width for column in shown)
    return Sheet(field, [f"{100 * column.width / whole:.2f}" for column in shown], _headers(shown), rows)


def _headers(shown: Sequence[Column]) -> list[list[Header]]:
    """The two rows of headers."""
    upper: list[Header] = []
    for head, group in groupby(shown, key=lambda column: column.head):
        below = list(group)
        upper.append(Header(head, len(below)) if below[0].sub else Header(head, depth=2))
    return [upper, [Header(column.sub) for column in shown if column.sub]]


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
