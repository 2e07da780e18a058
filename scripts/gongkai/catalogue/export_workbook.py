"""The workbook of a catalogue as counties print it: a sheet for each field.

The same catalogue gives the same bytes, whenever it is written.
"""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.catalogue import layout
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
    without_times,
)
from gongkai.model import Catalogue, Entry, Field, Profile

FIRST_ROW = 4
"""The first row of entries; the title and two rows of headers stand above."""
_LINE, _TALLEST = 13.5, 400.0
_A3 = 8
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


def workbook_bytes(catalogue: Catalogue, rows: Rows, profile: Profile | None = None) -> bytes:
    """The workbook: a list of the fields, a sheet for each of them, and the fields that do not apply."""
    book = Workbook()
    for style in _styles():
        book.add_named_style(style)
    index = book.active
    assert isinstance(index, Worksheet)
    whose = profile.full_name if profile else ""
    _index_sheet(index, whose, rows)
    for field, entries in rows:
        _field_sheet(book.create_sheet(_sheet_name(field)), field, entries, profile)
    _absent_sheet(book.create_sheet("未涉及领域"), catalogue)
    book.properties.creator = whose or "gongkai"
    book.properties.title = f"{whose}基层政务公开标准目录"
    out = io.BytesIO()
    book.save(out)
    return without_times(out.getvalue())


def _styles() -> list[NamedStyle]:
    thin = Side(style="thin", color="000000")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    left = Alignment(horizontal="left", vertical="center", wrap_text=True)
    plain, bold = Font(name="宋体", size=10), Font(name="宋体", size=10, bold=True)
    return [
        NamedStyle("目录标题", font=Font(name="黑体", size=16), alignment=middle),
        NamedStyle("目录表头", font=bold, alignment=middle, border=box, fill=PatternFill("solid", fgColor="DDE8F3")),
        NamedStyle("目录文字", font=plain, alignment=left, border=box, number_format="@"),
        NamedStyle("目录居中", font=plain, alignment=middle, border=box, number_format="@"),
        NamedStyle("目录说明", font=plain, alignment=left),
    ]


def _sheet_name(field: Field) -> str:
    return _NOT_IN_SHEET_NAMES.sub(" ", f"{field.id} {field.name}")[:31]


def _put(sheet: Worksheet, row: int, column: int, text: str, style: str) -> None:
    """Text as text: what starts with ``=`` is no formula."""
    cell: Any = sheet.cell(row, column)
    cell.style = style
    if text:
        cell.value = text
        cell.data_type = "s"


def _merge(sheet: Worksheet, first_row: int, last_row: int, first: int, last: int) -> None:
    """One cell out of several; each keeps its own border, as a merged cell is drawn with all of them."""
    sheet.merged_cells.add(f"{get_column_letter(first)}{first_row}:{get_column_letter(last)}{last_row}")


def _field_sheet(sheet: Worksheet, field: Field, entries: Sequence[Entry], profile: Profile | None) -> None:
    shown = columns(entries)
    _title(sheet, layout.TITLE.format(name=field.name), shown)
    _headers(sheet, shown)
    for n, entry in enumerate(entries):
        found = cells(entry, n + 1, profile)
        texts = [found.get(column, "") for column in shown]
        for k, (column, text) in enumerate(zip(shown, texts, strict=True), 1):
            _put(sheet, FIRST_ROW + n, k, text, "目录文字" if column.text else "目录居中")
        sheet.row_dimensions[FIRST_ROW + n].height = _height(texts, shown)
    _merge_level1(sheet, entries, shown.index(LEVEL1) + 1)
    sheet.freeze_panes = f"{get_column_letter(shown.index(LEVEL2) + 2)}{FIRST_ROW}"
    _printed(sheet, f"2:{FIRST_ROW - 1}")


def _title(sheet: Worksheet, title: str, shown: Sequence[Column]) -> None:
    _put(sheet, 1, 1, title, "目录标题")
    _merge(sheet, 1, 1, 1, len(shown))
    sheet.row_dimensions[1].height = 30
    for k, column in enumerate(shown, 1):
        sheet.column_dimensions[get_column_letter(k)].width = column.width


def _headers(sheet: Worksheet, shown: Sequence[Column]) -> None:
    """Two rows of headers: columns with one header are merged downwards, those of one head side by side."""
    for k, column in enumerate(shown, 1):
        _put(sheet, 2, k, column.head, "目录表头")
        _put(sheet, 3, k, column.sub, "目录表头")
        if not column.sub:
            _merge(sheet, 2, 3, k, k)
    for _, same in groupby(enumerate(shown, 1), key=lambda pair: pair[1].head):
        places = [k for k, column in same if column.sub]
        if len(places) > 1:
            for k in places[1:]:
                sheet.cell(2, k).value = None
            _merge(sheet, 2, 2, places[0], places[-1])
    sheet.row_dimensions[3].height = 30


def _merge_level1(sheet: Worksheet, entries: Sequence[Entry], column: int) -> None:
    row = FIRST_ROW
    for _, group in groupby(entries, key=lambda e: (e.level1_id, e.level1)):
        last = row + len(list(group)) - 1
        for below in range(row + 1, last + 1):
            sheet.cell(below, column).value = None
        if last > row:
            _merge(sheet, row, last, column, column)
        row = last + 1


def _height(texts: Sequence[str], shown: Sequence[Column]) -> float:
    """The height that the fullest cell takes; level-1 cells are merged and may be taller than their row."""
    lines = [_lines(text, column.width) for text, column in zip(texts, shown, strict=True) if column is not LEVEL1]
    return min(_LINE * max(lines, default=1) + 6, _TALLEST)


def _lines(text: str, width: int) -> int:
    return sum(max(1, math.ceil(_letters(line) / (width - 1))) for line in text.split("\n"))


def _letters(text: str) -> int:
    return sum(map(_letter, text))


@lru_cache(maxsize=1 << 14)
def _letter(c: str) -> int:
    return 2 if unicodedata.east_asian_width(c) in "WFA" else 1


def _printed(sheet: Worksheet, repeated: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = repeated
    footer: Any = sheet.oddFooter
    footer.center.text = "第 &P 页，共 &N 页"
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, 0.5)
    sheet.page_margins.header = sheet.page_margins.footer = 0.25


def _index_sheet(sheet: Worksheet, whose: str, rows: Rows) -> None:
    sheet.title = "目录"
    shown = [NUMBER, Column("领域编号", width=10), Column("领域", width=40), Column("条目数", width=10)]
    shown.append(Column("其中待核", width=10))
    _title(sheet, f"{whose}基层政务公开标准目录", shown)
    for k, column in enumerate(shown, 1):
        _put(sheet, 2, k, column.head, "目录表头")
    for n, (field, entries) in enumerate(rows, 1):
        waiting = sum(not e.confirmed for e in entries)
        for k, text in enumerate((str(n), field.id, field.name, str(len(entries)), str(waiting)), 1):
            _put(sheet, n + 2, k, text, "目录居中")
        name: Any = sheet.cell(n + 2, 3)
        name.hyperlink = Hyperlink(ref=f"C{n + 2}", location=f"'{_sheet_name(field)}'!A1")
    for n, note in enumerate(NOTES, len(rows) + 4):
        _put(sheet, n, 1, note, "目录说明")
        _merge(sheet, n, n, 1, len(shown))
        sheet.row_dimensions[n].height = 30
    sheet.freeze_panes = "A3"
    _printed(sheet, "2:2")


def _absent_sheet(sheet: Worksheet, catalogue: Catalogue) -> None:
    shown = [Column("领域编号", width=10), Column("领域", width=30), Column("情况说明", width=100, text=True)]
    _title(sheet, "未涉及领域", shown)
    for k, column in enumerate(shown, 1):
        _put(sheet, 2, k, column.head, "目录表头")
    for n, (field_id, name, statement) in enumerate(absent_fields(catalogue), 3):
        for k, text in enumerate((field_id, name, statement), 1):
            _put(sheet, n, k, text, "目录文字" if k == len(shown) else "目录居中")
        sheet.row_dimensions[n].height = _height((field_id, name, statement), shown)
    sheet.freeze_panes = "A3"
    _printed(sheet, "2:2")
