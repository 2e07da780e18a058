"""Word files: body, tables, headers, footers, comments, notes, deletions, properties. Direct XML: python-docx shows less."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from gongkai.patterns import regex
from gongkai.privacy.attachments import xmlparts
from gongkai.privacy.attachments.pieces import Grid, Piece, UncheckableError

_PLACES = (
    (regex(r"word/document\d*\.xml$|content\.xml$"), "正文"),
    (regex(r"word/header\d*\.xml$"), "页眉"),
    (regex(r"word/footer\d*\.xml$"), "页脚"),
    (regex(r"(word|ppt|xl)/.*[cC]omments?.*\.xml$"), "批注"),
    (regex(r"word/footnotes\.xml$"), "脚注"),
    (regex(r"word/endnotes\.xml$"), "尾注"),
    (regex(r"docProps/|meta\.xml$"), "文件属性"),
    (regex(r"ppt/slides/slide(\d+)\.xml$"), "第{}张幻灯片"),
    (regex(r"ppt/notesSlides/notesSlide(\d+)\.xml$"), "第{}张幻灯片的备注"),
    (regex(r"\.rels$"), "超链接"),
    (regex(r"Pages/Page_(\d+)/"), "第{}页（从0数起）"),
    (regex(r"(word|ppt|xl)/(charts|diagrams|drawings)/"), "图形文字"),
    (regex(r"xl/pivotCache/"), "数据透视表的缓存"),
    (regex(r"xl/externalLinks/"), "外部链接的缓存"),
    (regex(r"xl/(worksheets|chartsheets|dialogsheets)/"), "工作表的公式、页眉页脚等处"),
    (regex(r"xl/workbook\.xml$"), "工作簿的名称定义"),
    (regex(r"xl/sharedStrings\.xml$"), "已删单元格留下的文字"),
)
_SKIPPED = regex(
    r"(styles|fontTable|settings|webSettings|numbering|theme\d*|calcChain|vbaData|\[Content_Types\])\.xml$|/theme/|_rels/\.rels$"
)


def place_of(part: str) -> str:
    """The Chinese name of a part of an office file."""
    for pattern, name in _PLACES:
        if match := pattern.search(part):
            return name.format(*match.groups()) if "{}" in name else name
    return f"内部部件 {part}"


def read_parts(data: bytes, *, without: re.Pattern[str] | None = None) -> Iterator[Piece | Grid | tuple[str, bytes]]:
    """Texts of every XML part; files embedded in it are given as name and content."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise UncheckableError("文件已损坏") from None
    with archive:
        for name, content in xmlparts.unpack(archive):
            if "/embeddings/" in name or (name.startswith("Doc_") and name.endswith((".zip", ".docx", ".xlsx"))):
                yield name, content
            elif (
                name.endswith((".xml", ".rels", ".vml"))
                and not _SKIPPED.search(name)
                and not (without and without.search(name))
            ):
                root = xmlparts.parse(content)
                if root is not None:
                    where = place_of(name)
                    yield from (Piece(where, text) for text in xmlparts.texts(root))
                    yield from (Grid(where, rows) for rows in _tables(root))


def _tables(root: Any) -> Iterator[tuple[tuple[str, ...], ...]]:
    for table in root.iter():
        if xmlparts.local(table) not in ("tbl", "table"):
            continue
        rows = []
        for row in table.iter():
            if xmlparts.local(row) in ("tr", "table-row"):
                cells = [c for c in row if xmlparts.local(c) in ("tc", "table-cell")]
                rows.append(tuple("".join(_cell_text(c)) for c in cells))
        if rows:
            yield tuple(rows)


def _cell_text(cell: Any) -> Iterator[str]:
    for block in cell.iter():
        if xmlparts.local(block) == "p":
            yield xmlparts.block_text(block)
