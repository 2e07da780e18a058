"""Files with tables as offices hand them out: workbooks, Word documents, pages of county sites."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook


def write_xlsx(path: Path, sheets: dict[str, list[list[Any]]], merges: dict[str, list[str]] | None = None) -> Path:
    """A workbook of ``sheets``."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in (merges or {}).get(name, ()):
            sheet.merge_cells(area)
    book.save(path)
    return path


def write_docx(path: Path, before: list[str], rows: list[list[str | None]]) -> Path:
    """A document with one table. None continues the cell above, ``<`` the cell to the left; ``SYM:F052`` is a symbol."""
    document = Document()
    for line in before:
        document.add_paragraph(line)
    table = document.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text not in (None, "<"):
                _fill(table.cell(r, c), text)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is None:
                table.cell(r - 1, c).merge(table.cell(r, c))
            elif text == "<":
                table.cell(r, c - 1).merge(table.cell(r, c))
    document.save(path)
    return path


def _fill(cell: Any, text: str) -> None:
    for n, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        head, *symbols = line.split("SYM:")
        paragraph.add_run(head)
        for symbol in symbols:
            element = OxmlElement("w:sym")
            element.set(qn("w:font"), "Wingdings 2")
            element.set(qn("w:char"), symbol[:4])
            paragraph.add_run()._r.append(element)
            paragraph.add_run(symbol[4:])


def web_page(title: str, body: str) -> str:
    """A page of a county's site: navigation, dates and buttons around ``body``."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-某县人民政府</title><style>td{{border:1px solid}}</style>
<script>var 目录 = "公开依据";</script></head><body><div id="nav"><a>首页</a> &gt;&gt; <a>政务公开</a> &gt;&gt; 正文</div>
<table class="index"><tr><td>索引号</td><td>0000-2024-001</td><td>发布日期</td><td>2024-08-16</td></tr></table>
<h1>{title}</h1><p>发布日期：2024-08-16 浏览：<span>19</span> 次 【打印】【关闭】</p>{body}<div>主办：某县人民政府办公室　网站标识码 0000000000</div></body></html>"""


def html_table(rows: list[list[Any]]) -> str:
    """A table; a cell is a text, or a text with its attributes."""
    lines = []
    for row in rows:
        cells = [cell if isinstance(cell, tuple) else (cell, "") for cell in row]
        lines.append("<tr>" + "".join(f"<td {attributes}>{_rich(text)}</td>" for text, attributes in cells) + "</tr>")
    return f"<table border=1><tbody>{''.join(lines)}</tbody></table>"


def _rich(text: str) -> str:
    """``\\n`` as paragraphs, ``SYM:P`` as a letter in a symbol font."""
    done = []
    for line in text.split("\n"):
        head, *symbols = line.split("SYM:")
        spans = "".join(
            f"""<span style="font-family:'Wingdings 2'">{s[0]}</span>{html.escape(s[1:])}""" for s in symbols
        )
        done.append(f"<p>{html.escape(head)}{spans}</p>")
    return "\n".join(done)
