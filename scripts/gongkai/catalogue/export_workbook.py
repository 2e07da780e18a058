"""The workbook of a catalogue as counties print it: a sheet for each field.

The same catalogue gives the same bytes, whenever it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from gongkai.catalogue import layout
from gongkai.catalogue.book import HEAD, LEFT, MIDDLE, NOTE, TITLE, Book, Page
from gongkai.catalogue.exporting import (
    LEVEL1,
    LEVEL2,
    NOTES,
    NUMBER,
    Column,
    Rows,
    absent_fields,
    cells,
    columns,
)
from gongkai.catalogue.workbook_text import lines
from gongkai.model import Catalogue, Entry, Field, Profile

FIRST_ROW = 4
"""The first row of entries as readers count; the title and two rows of headers stand above."""
_FIRST = FIRST_ROW - 1
_LINE, _TALLEST = 13.5, 400.0


def workbook_bytes(catalogue: Catalogue, rows: Rows, profile: Profile | None = None) -> bytes:
    """The workbook: a list of the fields, a sheet for each of them, and the fields that do not apply."""
    whose = profile.full_name if profile else ""
    title = f"{whose}基层政务公开标准目录"
    book = Book(title, whose)
    index = book.page("目录")
    pages = [book.page(f"{field.id} {field.name}") for field, _ in rows]
    _index_page(index, title, rows, pages)
    for page, (field, entries) in zip(pages, rows, strict=True):
        _field_page(page, field, entries, profile)
    _absent_page(book.page("未涉及领域"), catalogue)
    return book.content()


def _field_page(page: Page, field: Field, entries: Sequence[Entry], profile: Profile | None) -> None:
    shown = columns(entries)
    _title(page, layout.TITLE.format(name=field.name), shown)
    _headers(page, shown)
    for n, entry in enumerate(entries):
        found = cells(entry, n + 1, profile)
        texts = [found.get(column, "") for column in shown]
        for k, (column, text) in enumerate(zip(shown, texts, strict=True)):
            if column is not LEVEL1:
                page.text(_FIRST + n, k, text, LEFT if column.text else MIDDLE)
        page.height(_FIRST + n, _height(texts, shown))
    _level1(page, entries, shown.index(LEVEL1))
    page.frozen(_FIRST, shown.index(LEVEL2) + 1)
    page.printed(1, _FIRST - 1)


def _title(page: Page, title: str, shown: Sequence[Column]) -> None:
    page.merged((0, 0), (0, len(shown) - 1), title, TITLE)
    page.height(0, 30)
    page.sizes(column.width for column in shown)


def _headers(page: Page, shown: Sequence[Column]) -> None:
    """Two rows of headers: columns with one header are merged downwards, those of one head side by side."""
    for k, column in enumerate(shown):
        if column.sub:
            page.text(2, k, column.sub, HEAD)
        else:
            page.merged((1, k), (2, k), column.head, HEAD)
    for head, same in groupby(enumerate(shown), key=lambda pair: pair[1].head):
        places = [k for k, column in same if column.sub]
        if places:
            page.merged((1, places[0]), (1, places[-1]), head, HEAD)
    page.height(2, 30)


def _level1(page: Page, entries: Sequence[Entry], column: int) -> None:
    """The level-1 groups, each one cell beside all of its rows."""
    row = _FIRST
    for _, group in groupby(entries, key=lambda e: (e.level1_id, e.level1)):
        below = row + len(same := list(group))
        page.merged((row, column), (below - 1, column), same[0].level1, MIDDLE)
        row = below


def _height(texts: Sequence[str], shown: Sequence[Column]) -> float:
    """The height that the fullest cell takes; level-1 cells are merged and may be taller than their row."""
    found = (lines(text, column.width) for text, column in zip(texts, shown, strict=True) if column is not LEVEL1)
    return min(_LINE * max(found, default=1) + 6, _TALLEST)


def _index_page(page: Page, title: str, rows: Rows, pages: Sequence[Page]) -> None:
    shown = [NUMBER, Column("领域编号", width=10), Column("领域", width=40), Column("条目数", width=10)]
    shown.append(Column("其中待核", width=10))
    _title(page, title, shown)
    for k, column in enumerate(shown):
        page.text(1, k, column.head, HEAD)
    for n, ((field, entries), target) in enumerate(zip(rows, pages, strict=True), 1):
        waiting = sum(not e.confirmed for e in entries)
        for k, text in enumerate((str(n), field.id, field.name, str(len(entries)), str(waiting))):
            page.text(n + 1, k, text, MIDDLE)
        page.link(n + 1, 2, field.name, target, MIDDLE)
    for n, note in enumerate(NOTES, len(rows) + 3):
        page.merged((n, 0), (n, len(shown) - 1), note, NOTE)
        page.height(n, 30)
    page.frozen(2, 0)
    page.printed(1, 1)


def _absent_page(page: Page, catalogue: Catalogue) -> None:
    shown = [Column("领域编号", width=10), Column("领域", width=30), Column("情况说明", width=100, text=True)]
    _title(page, "未涉及领域", shown)
    for k, column in enumerate(shown):
        page.text(1, k, column.head, HEAD)
    for n, texts in enumerate(absent_fields(catalogue), 2):
        for k, (column, text) in enumerate(zip(shown, texts, strict=True)):
            page.text(n, k, text, LEFT if column.text else MIDDLE)
        page.height(n, _height(texts, shown))
    page.frozen(2, 0)
    page.printed(1, 1)
