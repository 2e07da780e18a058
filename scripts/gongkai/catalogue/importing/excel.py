"""Reads .xlsx workbooks."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter, range_boundaries

from gongkai.catalogue.importing.grid import MOST_COLUMNS, MOST_ROWS, Opened, Refused, Span, lay_out
from gongkai.catalogue.importing.symbols import plain

_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)"')
_MOST_MERGED = 1_000_000
_SHOWN = 5


def read_xlsx(data: bytes) -> Opened:
    """One grid a sheet. Raises Refused for hidden parts, formulas never calculated, and broken files."""
    _check_merges(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = load_workbook(BytesIO(data), data_only=True, rich_text=True)
            written = load_workbook(BytesIO(data))
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise Refused(_BROKEN) from error
    opened = Opened()
    for sheet in values.worksheets:
        filled = _filled(sheet)
        if not filled:
            continue
        if sheet.sheet_state != "visible":
            raise Refused(f"工作表“{sheet.title}”是隐藏的，不知道该不该导入。请取消隐藏，或删去它再导入。")
        _check_hidden(sheet, filled)
        _check_formulas(sheet, written[sheet.title])
        opened.grids.append(lay_out(f"工作表“{sheet.title}”", _spans(sheet, filled)))
    if not opened.grids:
        raise Refused("里面的工作表都是空的。")
    return opened


_BROKEN = "文件已经损坏，或不是 Excel 存的，打不开。请用 Excel 或 WPS 打开后另存一份再导入。"


def _check_merges(data: bytes) -> None:
    """The library lays out every merged cell while it loads; one that covers a whole sheet would never end."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        for part in package.infolist():
            if not part.filename.startswith("xl/worksheets/"):
                continue
            area = 0
            try:
                content = package.read(part)
            except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError, RuntimeError) as error:
                raise Refused(_BROKEN) from error
            for match in _MERGE.finditer(content):
                left, top, right, bottom = (n or 1 for n in range_boundaries(match[1].decode()))
                area += (right - left + 1) * (bottom - top + 1)
            if area > _MOST_MERGED:
                raise Refused("合并单元格大得不合情理（合并到了整列或整张表）。请在 Excel 中取消多余的合并再导入。")


def _filled(sheet: Any) -> dict[tuple[int, int], str]:
    """Row and column (from 1) to text of every cell with something in it."""
    found: dict[tuple[int, int], str] = {}
    for (row, column), cell in sheet._cells.items():
        text = _text(cell)
        if text.strip():
            found[row, column] = text
    return found


def _text(cell: Any) -> str:
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    font = cell.font.name if cell.has_style else None
    if isinstance(value, CellRichText):
        runs = ((r.text, r.font.rFont or font) if isinstance(r, TextBlock) else (r, font) for r in value)
        return "".join(plain(str(text), run_font) for text, run_font in runs)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool):
        value = "是" if value else "否"
    return plain(str(value).replace("_x000D_", ""), font)


def _check_hidden(sheet: Any, filled: dict[tuple[int, int], str]) -> None:
    rows = sorted({r for r, _ in filled if sheet.row_dimensions[r].hidden})
    if rows:
        raise Refused(
            f"工作表“{sheet.title}”有隐藏的行（第 {_some(rows)} 行），不知道该不该导入。请取消隐藏（或取消筛选），或删去它们再导入。"
        )
    hidden = {
        n
        for letter, dimension in sheet.column_dimensions.items()
        if dimension.hidden
        for n in range(dimension.min or 0, min(dimension.max or 0, MOST_COLUMNS) + 1)
    }
    columns = sorted({c for _, c in filled if c in hidden})
    if columns:
        letters = _some([get_column_letter(c) for c in columns])
        raise Refused(
            f"工作表“{sheet.title}”有隐藏的列（{letters} 列），不知道该不该导入。请取消隐藏，或删去它们再导入。"
        )


def _check_formulas(sheet: Any, written: Any) -> None:
    """A formula counts as the value that Excel saved with it; one without is refused."""
    cells = sheet._cells
    missing = [
        cell.coordinate
        for place, cell in written._cells.items()
        if getattr(cell, "data_type", "") == "f" and getattr(cells.get(place), "value", None) is None
    ]
    if missing:
        raise Refused(
            f"工作表“{sheet.title}”的 {_some(missing)} 是公式，里面没有算好的结果。请用 Excel 打开、保存一次，或把公式粘贴成值，再导入。"
        )


def _some(places: list[Any]) -> str:
    return "、".join(map(str, places[:_SHOWN])) + (" 等" if len(places) > _SHOWN else "")


def _spans(sheet: Any, filled: dict[tuple[int, int], str]) -> list[Span]:
    last_row, last_column = max(r for r, _ in filled), max(c for _, c in filled)
    spans = []
    merged: set[tuple[int, int]] = set()
    for area in sheet.merged_cells.ranges:
        text = filled.get((area.min_row, area.min_col), "")
        rows = min(area.max_row, last_row) - area.min_row + 1
        columns = min(area.max_col, last_column) - area.min_col + 1
        if text and rows > 0 and columns > 0:
            spans.append(Span(text, area.min_row - 1, area.min_col - 1, rows, columns))
            merged.add((area.min_row, area.min_col))
    spans += [Span(text, r - 1, c - 1) for (r, c), text in sorted(filled.items()) if (r, c) not in merged]
    if last_row > MOST_ROWS or last_column > MOST_COLUMNS:
        far = f"{get_column_letter(last_column)}{last_row}"
        raise Refused(f"工作表“{sheet.title}”在很远的地方（{far} 一带）还有内容。请删去目录以外的内容再导入。")
    return spans
