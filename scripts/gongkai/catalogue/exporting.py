"""A catalogue as counties print it: a workbook with a sheet for each field, or one CSV with all of them.

The same catalogue gives the same bytes, whenever it is written.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.catalogue import layout, words
from gongkai.model import Catalogue, Entry, Field, Profile

FIRST_ROW = 4
"""The first row of entries; the title and two rows of headers stand above."""
WAITING = "待核"
NOTES = (
    "公开渠道和载体中，■为必选，□为可选；公开对象、公开方式、公开层级中，√为适用。",
    "序号下面写着“待核”的条目，尚未与正式印发的目录核对。",
)
_STAMP = (1980, 1, 1, 0, 0, 0)
_LINE, _TALLEST = 13.5, 400.0
_A3 = 8
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")

Rows = Sequence[tuple[Field, Sequence[Entry]]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its header, the one under it where there are two, and its width in letters."""

    head: str
    sub: str = ""
    width: int = 7
    text: bool = False

    @property
    def full(self) -> str:
        """Both headers in one, for tables with one header row: ``公开对象-全社会``."""
        return f"{self.head}-{self.sub}" if self.sub else self.head


FIELD = Column(layout.FIELD, width=14)
NUMBER = Column("序号", width=6)
LEVEL1, LEVEL2, LEVEL3 = (Column("公开事项", sub, 15) for sub in ("一级事项", "二级事项", "三级事项"))
ELEMENTS = Column("公开内容（要素）", width=36, text=True)
BASIS = Column("公开依据", width=42, text=True)
LIMIT = Column("公开时限", width=22, text=True)
SUBJECT = Column("公开主体", width=18, text=True)
CHANNELS = Column("公开渠道和载体", width=30, text=True)
AUDIENCE = {
    scope: Column("公开对象", scope, width) for scope, width in ((layout.WHOLE_SOCIETY, 7), (layout.GROUPS, 12))
}
METHODS = {f"{sub}公开": Column("公开方式", sub) for sub in ("主动", "依申请")}
LEVELS = {level: Column("公开层级", level) for level in layout.LEVELS}
ID = Column(layout.ENTRY_ID, width=11)


def rows_of(catalogue: Catalogue, *, everything: bool = False) -> list[tuple[Field, Sequence[Entry]]]:
    """The fields with the rows to be written: the township's own, or with ``everything`` those of the county, too.

    Rows of one level-1 group stand together, as on the pages.
    """
    found: list[tuple[Field, Sequence[Entry]]] = []
    for field in catalogue.fields:
        groups: dict[str, list[Entry]] = {}
        for entry in field.entries if everything else field.own_entries:
            groups.setdefault(entry.level1_id, []).append(entry)
        found.append((field, [entry for group in groups.values() for entry in group]))
    return found


def columns(entries: Iterable[Entry]) -> list[Column]:
    """The official columns, and those that some of ``entries`` have beyond them."""
    entries = list(entries)
    extra = dict.fromkeys(label for e in entries for label, _ in e.extra)
    return [
        NUMBER,
        LEVEL1,
        LEVEL2,
        *([LEVEL3] if any(e.level3 for e in entries) else ()),
        ELEMENTS,
        BASIS,
        LIMIT,
        SUBJECT,
        CHANNELS,
        *AUDIENCE.values(),
        *METHODS.values(),
        *LEVELS.values(),
        *(Column(label, width=16, text=True) for label in extra),
        ID,
    ]


def cells(entry: Entry, n: int, profile: Profile | None) -> dict[Column, str]:
    """What stands in the columns of a row; 待核 stands under its number, so that the form stays the official one."""
    found = {
        NUMBER: str(n) if entry.confirmed else f"{n}\n{WAITING}",
        LEVEL1: entry.level1,
        LEVEL2: entry.level2,
        LEVEL3: entry.level3 or "",
        ELEMENTS: "；\n".join(f"{k}.{element}" for k, element in enumerate(entry.elements, 1)),
        BASIS: "\n".join(basis.label for basis in words.cited(entry, profile)),
        LIMIT: entry.time_limit_text,
        SUBJECT: words.subject(entry),
        CHANNELS: "\n".join(words.channel_lines(entry)),
        ID: entry.id,
    }
    for ticks, chosen in ((AUDIENCE, entry.audience), (METHODS, entry.methods), (LEVELS, entry.levels)):
        found |= {column: layout.TICK if word in chosen else "" for word, column in ticks.items()}
    if found[AUDIENCE[layout.GROUPS]] and entry.audience_groups:
        found[AUDIENCE[layout.GROUPS]] = entry.audience_groups
    found |= {Column(label, width=16, text=True): value for label, value in entry.extra}
    return {column: _NOT_IN_XML.sub("", text) for column, text in found.items()}


# ---- CSV


def csv_bytes(rows: Rows, profile: Profile | None = None) -> bytes:
    """All rows under one header row, as Excel opens it without asking: UTF-8 with BOM; no cell starts a formula."""
    shown = [FIELD, *columns(entry for _, entries in rows for entry in entries)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.full for column in shown)
    for field, entries in rows:
        for n, entry in enumerate(entries, 1):
            found = {FIELD: field.name, **cells(entry, n, profile)}
            writer.writerow(safe_cell(found.get(column, "")) for column in shown)
    return out.getvalue().encode("utf-8-sig")


def safe_cell(text: str) -> str:
    """``text`` for a CSV cell that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


# ---- the workbook


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
    return _without_times(out.getvalue())


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
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


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


def absent_fields(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Id, name and statement of the fields that do not apply."""
    for n in catalogue.not_applicable:
        yield n.field_id, catalogue.standard_fields.get(n.field_id, n.field_id), n.statement


def _without_times(data: bytes) -> bytes:
    """The workbook without any trace of when it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "docProps/core.xml":
                content = _TIMES.sub(b"", content)
            fixed = zipfile.ZipInfo(info.filename, _STAMP)
            fixed.compress_type, fixed.external_attr, fixed.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 0
            new.writestr(fixed, content)
    return out.getvalue()
