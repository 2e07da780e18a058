"""Reads tables of saved web pages; navigation, dates and footers around them stay out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from gongkai.catalogue.importing.grid import Grid, Opened, Refused, Span, lay_out
from gongkai.catalogue.importing.symbols import plain, symbol_font

_LINES_BEFORE = 12
_BLOCKS = {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "br", "dd", "dt", "caption", "title"}
_SILENT = {"script", "style", "noscript", "template", "head"}
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_CHINESE = {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"}


def read_html(data: bytes) -> Opened:
    """One grid a table that holds no other table. Raises Refused."""
    text = _decoded(data)
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=False))
    except Exception as error:  # lxml's parser errors have many classes
        raise Refused("网页读不下去。请在浏览器中打开，另存为“网页，仅 HTML”再导入。") from error
    opened = Opened()
    before: list[str] = [t for t in (_text(node).strip() for node in root.iter("title")) if t]
    _walk(root, before, opened.grids)
    if not opened.grids:
        raise Refused("网页里没有表格。可能是图片，或表格在另外打开的页面里；请打开表格所在的页面再另存。")
    return opened


def _decoded(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    codec = "gb18030" if name in _CHINESE else "utf-8-sig"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        raise Refused(
            f"网页写明的编码是 {name}，里面的字却不是。请在浏览器中打开，另存为“网页，仅 HTML”（UTF-8 编码）再导入。"
        ) from None
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _walk(root: Any, before: list[str], grids: list[Grid]) -> None:
    """Collect lines of text and tables in the order of the page."""
    for node in _in_order(root):
        if isinstance(node, str):
            before.extend(line.strip() for line in node.splitlines() if line.strip())
            continue
        grid = _grid(node, f"第{len(grids) + 1}张表", before[-_LINES_BEFORE:])
        if any(row.texts for row in grid.rows):
            grids.append(grid)
        before.clear()


def _in_order(element: Any) -> Iterator[Any]:
    """Texts, and tables without a table inside."""
    if not isinstance(element.tag, str) or element.tag in _SILENT or _hidden(element):
        return
    if element.tag == "table" and not any(
        _is_catalogue(inner) for inner in element.iter("table") if inner is not element
    ):
        if (caption := element.find("caption")) is not None:
            yield _text(caption)
        yield element
        return
    if element.tag in _BLOCKS and element.find(".//table") is None:
        yield _text(element)
        return
    if element.text:
        yield element.text
    for child in element:
        yield from _in_order(child)
        if child.tail:
            yield child.tail


def _is_catalogue(table: Any) -> bool:
    words = re.sub(r"\s+", "", table.text_content())
    return "公开依据" in words or "公开时限" in words


def _hidden(element: Any) -> bool:
    return (
        bool(re.search(r"display\s*:\s*none", element.get("style") or "", re.IGNORECASE))
        or element.get("hidden") is not None
    )


def _grid(table: Any, name: str, before: list[str]) -> Grid:
    spans: list[Span] = []
    taken: set[tuple[int, int]] = set()
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for r, row in enumerate(rows):
        if _hidden(row):
            raise Refused(
                f"{name}的第 {r + 1} 行在网页里是隐藏的，不知道该不该导入。请复制看得见的表格到 Excel 再导入。"
            )
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (r, column) in taken:
                column += 1
            height, width = _span(cell, "rowspan", len(rows) - r), _span(cell, "colspan", 200)
            taken |= {(y, column + x) for y in range(r, r + height) for x in range(width)}
            spans.append(Span(_text(cell).strip(), r, column, height, width))
            column += width
    return lay_out(name, spans, before=before, loose=True)


def _span(cell: Any, key: str, most: int) -> int:
    value = (cell.get(key) or "").strip()
    n = int(value) if value.isdigit() and len(value) < 6 else 1
    return max(1, most if key == "rowspan" and n == 0 else min(n, most))


def _text(element: Any) -> str:
    text = "".join(_pieces(element, None))
    return re.sub(r"[ \t]*\n\s*", "\n", re.sub(r"[ \t\r\f\v\u00a0]+", " ", text)).strip()


def _pieces(element: Any, font: str | None) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _SILENT - {"head"} or _hidden(element):
        return
    font = symbol_font(element.get("style") or "") or (element.get("face") if element.tag == "font" else None) or font
    if element.tag == "input" and (element.get("type") or "").lower() in ("checkbox", "radio"):
        yield "☑" if element.get("checked") is not None else "□"
    block = element.tag in _BLOCKS
    if block:
        yield "\n"
    if element.text:
        yield _flat(plain(element.text, font))
    for child in element:
        yield from _pieces(child, font)
        if child.tail:
            yield _flat(plain(child.tail, font))
    if block and element.tag != "br":
        yield "\n"


def _flat(text: str) -> str:
    """A line break in the source of a page is a blank on the page."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))
