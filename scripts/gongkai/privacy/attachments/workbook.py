"""Workbooks: every cell of every sheet, hidden or not, comments, links, names and properties."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import xlrd
from openpyxl.utils import get_column_letter

from gongkai.patterns import regex
from gongkai.privacy.attachments.document import read_parts
from gongkai.privacy.attachments.pieces import Grid, Piece, UncheckableError
from gongkai.privacy.headings import heading_row

_DIGITS = regex(r"\d")


def read_xlsx(data: bytes) -> Iterator[Piece | Grid | tuple[str, bytes]]:
    """Everything in an .xlsx or .xlsm file; what openpyxl does not show is read from the XML parts."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (zipfile.BadZipFile, KeyError):
        raise UncheckableError("文件已损坏，或者不是真正的 Excel 文件") from None
    except (ValueError, TypeError, AttributeError, IndexError, SyntaxError):
        yield from read_parts(data)
        return
    seen: set[str] = set()
    for sheet in book.worksheets:
        for piece in _sheet(sheet):
            if isinstance(piece, Piece):
                seen.add(piece.text)
            yield piece
    for part in read_parts(data, without=re.compile(r"xl/styles")):
        if not (isinstance(part, Piece) and part.text in seen):
            yield part


def _sheet(sheet: Any) -> Iterator[Piece | Grid]:
    hidden_sheet = "（隐藏的工作表）" if sheet.sheet_state != "visible" else ""
    name = f"工作表“{sheet.title}”{hidden_sheet}"
    yield Piece(f"{name}的名称", sheet.title)
    rows = [tuple(cell_text(cell.value) for cell in row) for row in sheet.iter_rows()]
    yield Grid(name, tuple(rows))
    headings = heading_row(rows)
    hidden_columns = _hidden_columns(sheet)
    for n, row in enumerate(sheet.iter_rows()):
        for m, cell in enumerate(row):
            heading = headings[m] if headings and m < len(headings) else ""
            where = f"{name}的 {cell.coordinate} 单元格"
            if rows[n][m]:
                hidden = "（隐藏列）" if cell.column in hidden_columns else ""
                hidden += "（隐藏行）" if sheet.row_dimensions[cell.row].hidden else ""
                yield Piece(where + hidden, rows[n][m], heading, cell=True)
            if cell.comment is not None:
                yield Piece(where + "的批注", cell.comment.text)
            if cell.hyperlink is not None and cell.hyperlink.target:
                yield Piece(where + "的链接", cell.hyperlink.target)


def _hidden_columns(sheet: Any) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            hidden.update(range(dimension.min, min(dimension.max, 16384) + 1))
    return hidden


def cell_text(value: object) -> str:
    """A cell's value as a clerk sees it; whole numbers without a fraction."""
    if value is None or isinstance(value, dt.date | dt.time | dt.timedelta):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e20:
        return str(int(value))
    return str(value)


def read_xls(data: bytes) -> Iterator[Piece | Grid]:
    """Every cell and note of an old .xls file."""
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        raise UncheckableError(
            "加了密码" if "encrypted" in str(error) else "文件已损坏，或者不是真正的 Excel 文件"
        ) from None
    except Exception:
        raise UncheckableError("文件已损坏") from None
    yield Piece("文件属性", book.user_name or "")
    for sheet in book.sheets():
        name = f"工作表“{sheet.name}”" + ("（隐藏的工作表）" if sheet.visibility else "")
        yield Piece(f"{name}的名称", sheet.name)
        rows = [tuple(cell_text(v) for v in sheet.row_values(r)) for r in range(sheet.nrows)]
        yield Grid(name, tuple(rows))
        headings = heading_row(rows)
        for n, row in enumerate(rows):
            for m, text in enumerate(row):
                if text:
                    heading = headings[m] if headings and m < len(headings) else ""
                    yield Piece(f"{name}的 {get_column_letter(m + 1)}{n + 1} 单元格", text, heading, cell=True)
        for (r, c), note in sheet.cell_note_map.items():
            yield Piece(f"{name}的 {get_column_letter(c + 1)}{r + 1} 单元格的批注", note.text)
