"""Reads .xls workbooks with xlrd, which knows merged cells and hidden rows of the old format."""

from __future__ import annotations

import io
from typing import Any

import xlrd

from gongkai.catalogue.importing.grid import Opened, Refused, Span, lay_out
from gongkai.catalogue.importing.symbols import plain


def read_xls(data: bytes) -> Opened:
    """One grid a sheet. Raises Refused for hidden parts, passwords and broken files."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except Exception as error:  # xlrd raises IndexError, struct.error, AssertionError ... on broken files
        if "encrypted" in str(error).lower():
            raise Refused("文件有打开密码。请在 Excel 中去掉密码（文件 → 信息 → 保护工作簿），保存后再导入。") from None
        raise Refused("文件已经损坏，或不是 Excel 存的，打不开。请用 Excel 打开，另存为 .xlsx 再导入。") from error
    opened = Opened()
    for sheet in book.sheets():
        spans = _spans(book, sheet)
        if not spans:
            continue
        if sheet.visibility:
            raise Refused(f"工作表“{sheet.name}”是隐藏的，不知道该不该导入。请取消隐藏，或删去它再导入。")
        _check_hidden(sheet, spans)
        opened.grids.append(lay_out(f"工作表“{sheet.name}”", spans))
    if not opened.grids:
        raise Refused("里面的工作表都是空的。")
    return opened


def _spans(book: Any, sheet: Any) -> list[Span]:
    sizes = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    covered = {
        (r, c)
        for top, bottom, left, right in sheet.merged_cells
        for r in range(top, min(bottom, sheet.nrows))
        for c in range(left, min(right, sheet.ncols))
        if (r, c) != (top, left)
    }
    spans = []
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            text = _text(book, sheet, row, column)
            if text.strip() and (row, column) not in covered:
                rows, columns = sizes.get((row, column), (1, 1))
                spans.append(Span(text, row, column, rows, columns))
    return spans


def _text(book: Any, sheet: Any, row: int, column: int) -> str:
    cell = sheet.cell(row, column)
    value = cell.value
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#错误"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    font = book.font_list[book.xf_list[cell.xf_index].font_index].name if cell.xf_index is not None else None
    return plain(str(value), font)


def _check_hidden(sheet: Any, spans: list[Span]) -> None:
    rows = sorted({s.row + 1 for s in spans if (info := sheet.rowinfo_map.get(s.row)) and info.hidden})
    if rows:
        shown = "、".join(map(str, rows[:5])) + (" 等" if len(rows) > 5 else "")
        raise Refused(
            f"工作表“{sheet.name}”有隐藏的行（第 {shown} 行），不知道该不该导入。请取消隐藏（或取消筛选），或删去它们再导入。"
        )
    columns = sorted({s.column for s in spans if (info := sheet.colinfo_map.get(s.column)) and info.hidden})
    if columns:
        shown = "、".join(xlrd.colname(c) for c in columns[:5])
        raise Refused(f"工作表“{sheet.name}”有隐藏的列（{shown} 列），不知道该不该导入。请取消隐藏，或删去它们再导入。")
