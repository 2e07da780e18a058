"""The page 公开情况: what is there, what is missing, and a heat map of rows and months; one page for each year."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.dataset.periods import span
from gongkai.model import Entry, Item
from gongkai.render import catalogue_urls as urls
from gongkai.render import meta_tags
from gongkai.render.item_page import canonical
from gongkai.render.page import Page, Renderer
from gongkai.render.urls import link_from
from gongkai.reports.coverage import Cell, Coverage, Figures, Kind, Row, State

TITLE = "公开情况"
ADDRESS = "coverage/index.html"
STYLES = "assets/gongkai-coverage.css"
MONTH = 30
"""How wide a month is in the picture; a row is 12 of them."""
SHOWN = 3
MOST_GAPS = 50
"""So many gaps are listed one by one; all of them are in the picture, the workbook and the command's list."""

MARKS = {
    State.PUBLISHED: ("p", "公"),
    State.STATEMENT: ("s", "说"),
    State.LATE: ("l", "迟"),
    State.DUE: ("d", "期"),
    State.MISSING: ("m", "缺"),
    State.NOT_APPLICABLE: ("n", "—"),
}
"""The pattern and the letter of each state: the picture can be read in black and white."""
MEANINGS = {
    State.PUBLISHED: "已按时公开；数字是不定期公开的条目当月公开的条数",
    State.STATEMENT: "没有发生，已发布情况说明",
    State.LATE: "已公开，晚于期限",
    State.DUE: "快到期限，还没有公开",
    State.MISSING: "已过期限，没有公开",
    State.NOT_APPLICABLE: "条目施行以前，或者本镇第一次公开这一类信息以前",
}


class Box(Struct, frozen=True):
    """A cell of the picture: where it begins, how wide it is, its pattern, its letter, what it says, where it leads."""

    x: int
    width: int
    style: str
    letter: str
    words: str
    href: str | None


class Line(Struct, frozen=True):
    """A cell as a row of the table, with the items (title, address) that are on the website."""

    entry: Entry
    village: str
    period: str
    state: str
    due: dt.date | None
    published_on: dt.date | None
    items: list[tuple[str, str]]
    more: int
    href: str


class Brief(Struct, frozen=True):
    """A cell as a line below its row: what there is, and where it leads; ``count`` is how many items are on the website."""

    period: str
    state: str
    due: str
    published_on: str
    count: int
    href: str | None


class Strip(Struct, frozen=True):
    """A row of the picture, and the same as lines. Where two rows of a field are called the same, ``name`` has their groups before it."""

    name: str
    href: str
    boxes: list[Box]
    lines: list[Brief]


class FieldPart(Struct, frozen=True):
    """A field in one year."""

    id: str
    name: str
    strips: list[Strip]
    blank: list[Row]


class Total(Struct, frozen=True):
    """The figures of one field, of one unit or of all."""

    name: str
    href: str | None
    figures: Figures
    filled: int | None = None
    rows: int | None = None


def coverage_url(year: int, today: dt.date) -> str:
    """The page of a year: that of the current one is the page 公开情况 itself."""
    return ADDRESS if year == today.year else f"coverage/{year}.html"


def coverage_pages(renderer: Renderer, found: Coverage) -> Iterator[Page]:
    """The page, and one for each other year in which something was or should have been published."""
    dataset = renderer.dataset
    years = sorted({dataset.today.year, *found.years}, reverse=True)
    shown = {item.file for item in dataset.published}
    for year in years:
        yield _page(renderer, found, shown, year, years)


def _page(renderer: Renderer, found: Coverage, shown: set[str], year: int, years: list[int]) -> Page:
    """The page of ``year``; ``shown`` are the files of the items on the website."""
    dataset = renderer.dataset
    current = year == dataset.today.year
    address = coverage_url(year, dataset.today)
    title = TITLE if current else f"{TITLE}（{year}年）"
    lead = _lead(found) if current else f"{year}年各目录条目的公开情况，截至{dataset.today}。"
    crumbs = [renderer.home_crumb()] + ([] if current else [(TITLE, ADDRESS)])
    parts = list(_parts(shown, found, year))
    missed = list(gaps(found)) if current else []
    content = renderer.fragment(
        "report_coverage",
        address,
        title=title,
        lead=lead,
        breadcrumbs=crumbs,
        current=current,
        year=year,
        years=[(y, coverage_url(y, dataset.today), y == year) for y in years],
        whole=Total("合计", None, found.figures(), found.entries().filled, found.entries().total),
        board_only=found.entries().board_only,
        gaps=[_line(shown, row, cell) for row, cell in missed[:MOST_GAPS]],
        more_gaps=max(len(missed) - MOST_GAPS, 0),
        fields=_field_totals(found, parts) if current else [],
        units=_unit_totals(dataset, found) if current else [],
        parts=parts,
        legend=[(*MARKS[state], state.value, meaning) for state, meaning in MEANINGS.items()],
        months=range(1, 13),
        month=MONTH,
    )
    tags = (
        meta_tags.site_tags(dataset.settings),
        meta_tags.column_tags(title, meta_tags.CATALOGUE, lead),
        canonical(dataset, address),
        f'<link rel="stylesheet" href="{link_from(address)(STYLES)}">',
    )
    return Page(address, "list", title, "\n".join(tags), content, dataset.today.isoformat())


def _lead(found: Coverage) -> str:
    entries, figures = found.entries(), found.figures()
    said = (
        f"截至{found.today}，目录中应在网站公开的{entries.total}个条目，已有信息的{entries.filled}个；"
        f"定期公开应公开{figures.expected}期，已公开{figures.covered}期"
    )
    late = f"（其中晚于期限{figures.late}期）" if figures.late else ""
    rest = [f"{word}{n}期" for word, n in (("缺", figures.missing), ("快到期限的", figures.due)) if n]
    return said + late + ("，" + "，".join(rest) if rest else "") + "。"


def gaps(found: Coverage) -> Iterator[tuple[Row, Cell]]:
    """What is missing, was late or is due soon, in this order, the newest first."""
    order = (State.MISSING, State.DUE, State.LATE)
    cells = [(row, cell) for row, cell in found.expected() if cell.state in order]
    cells.sort(key=lambda pair: pair[0].entry.id)
    cells.sort(key=lambda pair: pair[1].day, reverse=True)
    yield from sorted(cells, key=lambda pair: order.index(pair[1].state))


def _field_totals(found: Coverage, parts: list[FieldPart]) -> list[Total]:
    """The figures of each field, which lead to its part of the page; a field without one to the field's own page."""
    below = {part.id for part in parts}
    totals = []
    for field in found.fields():
        entries = found.entries(field.id)
        href = f"{ADDRESS}#f-{field.id}" if field.id in below else urls.field_url(field.id)
        totals.append(Total(field.name, href, found.figures(field=field.id), entries.filled, entries.total))
    return totals


def _unit_totals(dataset: Dataset, found: Coverage) -> list[Total]:
    """The units that owe something periodic, in the order of the settings."""
    totals = (Total(u.name, urls.unit_url(u.id), found.figures(unit=u.id)) for u in dataset.profile.units)
    return [total for total in totals if total.figures.expected or total.figures.due]


def _parts(shown: set[str], found: Coverage, year: int) -> Iterator[FieldPart]:
    """The fields that have something in ``year``, or rows with nothing at all."""
    for field in found.fields():
        rows = found.by_field[field.id]
        strips = []
        names = Counter(name for name, _ in {(row.entry.level2, row.entry.id) for row in rows})
        for row in rows:
            cells = [cell for cell in row.cells if cell.period.year == year]
            if any(cell.state is not State.NOT_APPLICABLE for cell in cells):
                leads = [_leads(shown, row, cell) for cell in cells]
                boxes = [_box(row, cell, href) for cell, (_, href) in zip(cells, leads, strict=True)]
                lines = [_brief(cell, *lead) for cell, lead in zip(cells, leads, strict=True)]
                strips.append(Strip(_called(row, names), urls.entry_url(row.entry.id), boxes, lines))
        blank = [row for row in rows if row.kind is Kind.BLANK] if year == found.today.year else []
        if strips or blank:
            yield FieldPart(field.id, field.name, strips, blank)


def _called(row: Row, names: Counter[str]) -> str:
    return f"{row.entry.level1}：{row.name}" if names[row.entry.level2] > 1 else row.name


def _on_site(shown: set[str], items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.file in shown]


def _box(row: Row, cell: Cell, href: str | None) -> Box:
    first, last = span(cell.period)
    style, letter = MARKS[cell.state]
    if row.kind is Kind.OCCASIONAL and cell.state is State.PUBLISHED:
        letter = str(len(cell.items))
    x, width = (first.month - 1) * MONTH, (last.month - first.month + 1) * MONTH
    return Box(x, width, style, letter, _words(row, cell), href)


def _leads(shown: set[str], row: Row, cell: Cell) -> tuple[int, str | None]:
    """How many items of a cell are on the website, and where they are: the item itself, or the page of the row."""
    there = _on_site(shown, cell.items)
    return len(there), (there[0].url if len(there) == 1 else urls.entry_url(row.entry.id)) if there else None


def _brief(cell: Cell, count: int, href: str | None) -> Brief:
    due, published = (str(day) if day else "" for day in (cell.due, cell.published_on))
    return Brief(cell.period.label, cell.state.value, due, published, count, href)


def _words(row: Row, cell: Cell) -> str:
    """What a cell says when asked: ``2026年第三季度：已公开，2026-10-13``."""
    said = f"{cell.period.label}：{cell.state.value}"
    if row.kind is Kind.OCCASIONAL:
        return f"{said}，{len(cell.items)}条"
    if cell.published_on:
        said += f"，{cell.published_on}"
    return said + (f"，应在{cell.due}前公开" if cell.due and cell.state is not State.PUBLISHED else "")


def _line(shown: set[str], row: Row, cell: Cell) -> Line:
    there = _on_site(shown, cell.items)
    return Line(
        entry=row.entry,
        village=row.village,
        period=cell.period.label,
        state=cell.state.value,
        due=cell.due,
        published_on=cell.published_on,
        items=[(item.title, item.url) for item in there[:SHOWN]],
        more=len(there) - SHOWN,
        href=urls.entry_url(row.entry.id),
    )
