"""Reads tables of .docx documents from their XML, for ``cell.text`` of the library leaves out symbols and controls."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document

from gongkai.catalogue.importing.grid import Grid, Opened, Refused, Span, lay_out
from gongkai.catalogue.importing.symbols import plain

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHANGES = ("ins", "del", "moveFrom", "moveTo")
_LINES_BEFORE = 8


def read_docx(data: bytes) -> Opened:
    """One grid a table, with the paragraphs above it. Raises Refused."""
    try:
        body = Document(BytesIO(data)).element.body
    except Exception as error:  # python-docx and lxml raise whatever the broken part makes them raise
        raise Refused("文件已经损坏，或不是 Word 存的，打不开。请用 Word 或 WPS 打开后另存一份再导入。") from error
    if any(next(body.iter(_W + tag), None) is not None for tag in _CHANGES):
        raise Refused("文档里有修订痕迹，不知道以改前还是改后为准。请在 Word 中接受或拒绝全部修订，保存后再导入。")
    opened = Opened()
    before: list[str] = []
    for block in _blocks(body):
        if block.tag == _W + "p":
            if text := _text(block).strip():
                before.append(text)
            continue
        grid = _grid(block, f"第{len(opened.grids) + 1}张表", before[-_LINES_BEFORE:])
        if any(row.texts for row in grid.rows):
            opened.grids.append(grid)
        before = []
    if not opened.grids:
        raise Refused("文档里没有表格。如果看上去有，可能是图片或用空格排的，请向发文单位要 Word 或 Excel 原件。")
    return opened


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in their order, also those inside content controls."""
    for child in parent:
        if child.tag in (_W + "p", _W + "tbl"):
            yield child
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "customXml"):
            yield from _blocks(child)


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, through content controls but not into other tables."""
    for child in parent:
        if child.tag == _W + tag:
            yield child
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "customXml"):
            yield from _inside(child, tag)


def _number(element: Any, path: str, default: int) -> int:
    found = element.find("/".join(_W + step for step in path.split("/")))
    value = found.get(_W + "val") if found is not None else None
    return int(value) if value and value.isdigit() else default


def _grid(table: Any, name: str, before: list[str]) -> Grid:
    spans: list[Span] = []
    open_at: dict[int, Span] = {}
    for r, row in enumerate(_inside(table, "tr")):
        column = _number(row, "trPr/gridBefore", 0)
        for cell in _inside(row, "tc"):
            width = max(1, min(_number(cell, "tcPr/gridSpan", 1), 200))
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(_W + "val") != "restart" and column in open_at:
                open_at[column].rows = r - open_at[column].row + 1
            else:
                span = Span("\n".join(_lines(cell)), r, column, 1, width)
                spans.append(span)
                open_at.pop(column, None)
                if merge is not None:
                    open_at[column] = span
            column += width
    return lay_out(name, spans, before=before)


def _lines(cell: Any) -> Iterator[str]:
    for block in _blocks(cell):
        if block.tag == _W + "p":
            yield _text(block)
        else:
            for row in _inside(block, "tr"):
                yield " ".join("\n".join(_lines(inner)) for inner in _inside(row, "tc"))


def _text(element: Any) -> str:
    return "".join(_pieces(element, None)).strip("\n")


def _pieces(element: Any, font: str | None) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == _W + "r":
            yield from _pieces(child, _font(child))
        elif tag == _W + "t":
            yield plain(child.text or "", font)
        elif tag == _W + "sym":
            yield plain(chr(int(child.get(_W + "char") or "20", 16)), child.get(_W + "font"))
        elif tag == _W + "tab":
            yield " "
        elif tag in (_W + "br", _W + "cr"):
            yield "\n"
        elif tag == _W + "checkBox":
            yield "☑" if _checked(child) else "□"
        elif tag == _W + "sdt" and (box := child.find(f"{_W}sdtPr/{_W14}checkbox")) is not None:
            state = box.find(_W14 + "checked")
            yield "☑" if state is not None and state.get(_W14 + "val") in ("1", "true") else "□"
        elif isinstance(tag, str) and tag not in (_FALLBACK, _W + "pPr", _W + "rPr"):
            yield from _pieces(child, font)


def _font(run: Any) -> str | None:
    fonts = run.find(f"{_W}rPr/{_W}rFonts")
    return (fonts.get(_W + "ascii") or fonts.get(_W + "hAnsi")) if fonts is not None else None


def _checked(box: Any) -> bool:
    state = box.find(_W + "checked")
    state = box.find(_W + "default") if state is None else state
    return state is not None and state.get(_W + "val") not in ("0", "false")
