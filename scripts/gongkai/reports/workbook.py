"""The one way to a workbook of a report: tables with title, frozen header, filter and A4 print settings; same content, same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import Cell as BookCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.catalogue.exporting import safe_cell, without_times
from gongkai.catalogue.workbook_text import clean, lines, sheet_name
from gongkai.reports.sheet import Cell, Column, Link, Share, Sheet

_A4 = 9
_LINE, _TALLEST = 14.0, 400.0
_HEAD_FILL = "E7EEF5"
_MOST_LINKS, _LONGEST_ADDRESS = 65_530, 2079
"""What Excel takes on a sheet; beyond that the text stands without its link."""
_SHEET_FILE = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_QUOTES = {'"': "&quot;"}
_DAY_ZERO = dt.date(1899, 12, 30).toordinal()


def workbook_bytes(title: str, whose: str, sheets: Iterable[Sheet]) -> bytes:
    """The workbook called ``title``, of the organ ``whose``. Names of sheets are made sound and unique in their order."""
    book = Workbook()
    book.remove(book.worksheets[0])
    styles = _Styles(book)
    used: set[str] = set()
    writers = [_Writer(book.create_sheet(sheet_name(sheet.name, used)), sheet, styles) for sheet in sheets]
    for writer in writers:
        writer.write()
    book.properties.creator = clean(whose) or "gongkai"
    book.properties.title = clean(title)
    out = io.BytesIO()
    book.save(out)
    return without_times(_with_rows(out.getvalue(), writers))


def _with_rows(data: bytes, writers: Sequence[_Writer]) -> bytes:
    """The workbook with the rows and links of its sheets, in their order, put in.

    openpyxl makes everything but the rows below the headers: a cell object for each of a hundred thousand cells takes
    several times as long as their text.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if found := _SHEET_FILE.fullmatch(info.filename):
                writer = writers[int(found[1]) - 1]
                content = _DIMENSION.sub(b"", content).replace(b"</sheetData>", writer.rows() + b"</sheetData>")
                if writer.links:
                    content = content.replace(b"<printOptions", _links(writer.links) + b"<printOptions")
                    new.writestr(f"xl/worksheets/_rels/sheet{found[1]}.xml.rels", _targets(writer.links))
            new.writestr(info.filename, content)
    return out.getvalue()


def _links(links: Mapping[str, str]) -> bytes:
    """The links of a sheet, by the places of their cells."""
    inside = []
    for n, (place, target) in enumerate(links.items(), 1):
        sheet = escape(f"'{target[1:]}'!A1", _QUOTES)
        where = f'location="{sheet}"' if target.startswith("#") else f'r:id="rId{n}"'
        inside.append(f'<hyperlink ref="{place}" {where}/>')
    return f'<hyperlinks xmlns:r="{_RELATIONS}">{"".join(inside)}</hyperlinks>'.encode()


def _targets(links: Mapping[str, str]) -> bytes:
    """Where the links of a sheet lead that leave the workbook."""
    listed = (
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/hyperlink" Target="{escape(target, _QUOTES)}" TargetMode="External"/>'
        for n, target in enumerate(links.values(), 1)
        if not target.startswith("#")
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(listed)}</Relationships>'.encode()


def csv_bytes(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One table as Excel opens it without asking: UTF-8 with BOM, days as YYYY-MM-DD; no cell starts a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(f"{c.group}-{c.head}" if c.group else c.head for c in columns)
    for row in rows:
        writer.writerow(as_text(cell) for cell in row)
    return out.getvalue().encode("utf-8-sig")


def as_text(cell: Cell) -> str:
    """A cell as a line of text shows it; text that a spreadsheet would take for a formula gets a quotation mark before it."""
    if cell is None:
        return ""
    if isinstance(cell, Link):
        return safe_cell(cell.text)
    if isinstance(cell, Share):
        return f"{cell.value:.1%}"
    return safe_cell(cell) if isinstance(cell, str) else str(cell)


class _Styles:
    """The styles of a book. Looking one up by its name is slow, so each is looked up once."""

    def __init__(self, book: Workbook) -> None:
        thin = Side(style="thin", color="000000")
        box = Border(left=thin, right=thin, top=thin, bottom=thin)
        middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
        left = Alignment(horizontal="left", vertical="center", wrap_text=True)
        plain, bold = Font(name="宋体", size=10), Font(name="宋体", size=10, bold=True)
        fill = PatternFill("solid", fgColor=_HEAD_FILL)
        self._ready: dict[tuple[str, str, str], Any] = {}
        self._ids: dict[tuple[str, str, str], int] = {}
        self._scratch = book.create_sheet()
        book.remove(self._scratch)
        self._named = {
            "标题": NamedStyle("公开栏标题", font=Font(name="黑体", size=16), alignment=middle),
            "说明": NamedStyle("公开栏说明", font=plain, alignment=left),
            "表头": NamedStyle("公开栏表头", font=bold, alignment=middle, border=box, fill=fill),
            "居中": NamedStyle("公开栏居中", font=plain, alignment=middle, border=box),
            "文字": NamedStyle("公开栏文字", font=plain, alignment=left, border=box),
            "合计": NamedStyle("公开栏合计", font=bold, alignment=middle, border=box),
        }
        for style in self._named.values():
            book.add_named_style(style)

    def of(self, name: str, number_format: str = "General", shade: str = "") -> Any:
        """What makes a cell look like ``name``, written so, painted so."""
        key = (name, number_format, shade)
        if key not in self._ready:
            cell: Any = BookCell(self._scratch, row=1, column=1)
            cell.style = self._named[name].name
            cell.number_format = number_format
            if shade:
                cell.fill = PatternFill("solid", fgColor=shade)
            self._ready[key], self._ids[key] = cell._style, cell.style_id
        return self._ready[key]

    def number(self, name: str, number_format: str = "General", shade: str = "") -> int:
        """The number of that style in the file."""
        key = (name, number_format, shade)
        if key not in self._ids:
            self.of(*key)
        return self._ids[key]


class _Writer:
    """Writes one sheet: what openpyxl has of it, the rows below the headers as ``xml``, the ``links`` by their places."""

    def __init__(self, out: Worksheet, sheet: Sheet, styles: _Styles) -> None:
        self._out, self._sheet, self._styles = out, sheet, styles
        self._last = len(sheet.columns)
        self._letters = [get_column_letter(k) for k in range(1, self._last + 1)]
        self.xml: list[str] = []
        self.links: dict[str, str] = {}

    def rows(self) -> bytes:
        """The rows below the headers, as they stand in the file."""
        return "".join(self.xml).encode("utf-8")

    def write(self) -> None:
        """Title, headers, rows, notes, and how all of it is seen and printed."""
        sheet = self._sheet
        self._line(1, sheet.title, "标题", 30)
        if sheet.lead:
            self._line(2, sheet.lead, "说明", 20)
        self._headers()
        first = sheet.head_row + 1
        for n, row in enumerate(sheet.rows):
            self._row(first + n, row, total=n in sheet.totals)
        self._seen(first + len(sheet.rows) - 1)
        width = sum(column.width for column in sheet.columns)
        for n, note in enumerate(sheet.notes, first + len(sheet.rows) + 1):
            height = _LINE * lines(note, width) + 4
            self.xml += (f'<row r="{n}" ht="{height}" customHeight="1">', self._cell(n, 0, note, "说明"), "</row>")
            self._merge_across(n)
        self._printed()

    def _line(self, row: int, text: str, style: str, height: float) -> None:
        self._put(row, 1, text, style)
        self._merge_across(row)
        self._out.row_dimensions[row].height = height

    def _merge_across(self, row: int) -> None:
        if self._last > 1:
            self._out.merged_cells.add(f"A{row}:{self._letters[-1]}{row}")

    def _headers(self) -> None:
        row, columns = self._sheet.head_row, self._sheet.columns
        grouped = any(column.group for column in columns)
        for k, column in enumerate(columns, 1):
            self._out.column_dimensions[self._letters[k - 1]].width = column.width
            self._put(row, k, column.head, "表头")
            if grouped:
                self._put(row - 1, k, "", "表头")
        self._out.row_dimensions[row].height = max(lines(c.head, c.width) for c in columns) * _LINE + 8
        for group, same in groupby(enumerate(columns, 1), key=lambda pair: pair[1].group):
            places = [k for k, _ in same]
            if group:
                self._put(row - 1, places[0], group, "表头")
                if len(places) > 1:
                    first, last = (self._letters[k - 1] for k in (places[0], places[-1]))
                    self._out.merged_cells.add(f"{first}{row - 1}:{last}{row - 1}")

    def _put(self, row: int, column: int, text: str, style: str) -> None:
        """Text as text: what starts with ``=`` is no formula."""
        cell: Any = self._out.cell(row, column)
        if text:
            cell.value, cell.data_type = clean(text), "s"
        cell._style = self._styles.of(style, "@" if text else "General")

    def _row(self, row: int, cells: Sequence[Cell], *, total: bool) -> None:
        tallest, written = 1, []
        for k, (cell, column) in enumerate(zip(cells, self._sheet.columns, strict=True)):
            written.append(self._cell(row, k, cell, "合计" if total else "文字" if column.left else "居中"))
            text = cell.text if isinstance(cell, Link) else cell
            if isinstance(text, str) and text:
                tallest = max(tallest, lines(text, column.width))
        height = min(_LINE * tallest + 6, _TALLEST)
        self.xml += (f'<row r="{row}" ht="{height}" customHeight="1">', *written, "</row>")

    def _cell(self, row: int, k: int, value: Cell, style: str) -> str:
        """A cell: a number as a number, a day as a day, text as text."""
        place = f"{self._letters[k]}{row}"
        if isinstance(value, dt.date):
            return f'<c r="{place}" s="{self._styles.number(style, "yyyy-mm-dd")}"><v>{value.toordinal() - _DAY_ZERO}</v></c>'
        if isinstance(value, Share):
            return f'<c r="{place}" s="{self._styles.number(style, "0.0%")}"><v>{value.value!r}</v></c>'
        if isinstance(value, int | float):
            return f'<c r="{place}" s="{self._styles.number(style)}"><v>{value!r}</v></c>'
        if not value:
            return f'<c r="{place}" s="{self._styles.number(style)}"/>'
        if isinstance(value, Link) and len(self.links) < _MOST_LINKS and len(value.target) <= _LONGEST_ADDRESS:
            self.links[place] = clean(value.target)
        text = clean(value.text if isinstance(value, Link) else value)
        number = self._styles.number(style, "@", self._sheet.shades.get(text, ""))
        return f'<c r="{place}" s="{number}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

    def _seen(self, last_row: int) -> None:
        sheet, head = self._sheet, self._sheet.head_row
        self._out.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}{head + 1}"
        if sheet.filtered and sheet.rows:
            self._out.auto_filter.ref = f"A{head}:{self._letters[-1]}{last_row}"

    def _printed(self) -> None:
        out, head = self._out, self._sheet.head_row
        out.page_setup.orientation = "landscape" if self._sheet.landscape else "portrait"
        out.page_setup.paperSize = _A4
        out.page_setup.fitToWidth, out.page_setup.fitToHeight = 1, 0
        out.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        out.print_options.horizontalCentered = True
        out.print_title_rows = f"{head - any(c.group for c in self._sheet.columns)}:{head}"
        footer: Any = out.oddFooter
        footer.center.text = "第 &P 页，共 &N 页"
        for side in ("left", "right", "top", "bottom"):
            setattr(out.page_margins, side, 0.5)
        out.page_margins.header = out.page_margins.footer = 0.25
