"""The one way to a .docx: an A4 document with title, headings, text and tables; the same content gives the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from gongkai.catalogue.exporting import without_times
from gongkai.catalogue.workbook_text import clean, letters
from gongkai.reports.sheet import Cell, Link, Share

SHORT, LONG = Cm(21), Cm(29.7)
MARGIN = Cm(2.2)
TITLE_FONT, HEADING_FONT, TEXT_FONT = "方正小标宋简体", "黑体", "仿宋"
"""The fonts of official papers; where one is not installed, the program that opens the document takes another."""

_NUMBER = re.compile(r"[-+]?[\d.,]+(?:%|个百分点)?|—")


class Paper:
    """A document under work. Everything that is added stands below what was added before."""

    def __init__(self, title: str, whose: str, *, landscape: bool = False) -> None:
        """An empty A4 document called ``title``, of the organ ``whose``."""
        self._docx: DocxDocument = Document()
        self._page(landscape=landscape)
        self._styles()
        properties = self._docx.core_properties
        properties.author, properties.title = clean(whose or "gongkai"), clean(title)
        properties.comments = properties.last_modified_by = ""
        self._numbered_pages()
        paragraph = self._docx.add_paragraph(style="Title")
        paragraph.add_run(clean(title))

    # --- what a report adds

    def heading(self, text: str, level: int = 1) -> None:
        """A heading of level 1 or 2."""
        self._docx.add_paragraph(clean(text), style=f"Heading {level}")

    def paragraph(self, text: str) -> None:
        """A paragraph, its first line set in by two letters."""
        self._docx.add_paragraph(clean(text), style="Normal").paragraph_format.first_line_indent = Pt(24)

    def note(self, text: str) -> None:
        """A small paragraph: where a figure comes from, what it does not say."""
        self._docx.add_paragraph(clean(text), style="Note")

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[float] = ()) -> None:
        """A table with a header row that is printed anew on each page. ``widths`` are shares of the paper's width."""
        found = [[_words(cell) for cell in row] for row in rows]
        shares = list(widths) or [_share(head, (row[k] for row in found)) for k, head in enumerate(heads)]
        room = self._room()
        cm = [room * share / sum(shares) for share in shares]
        table = self._docx.add_table(rows=1 + len(found), cols=len(heads), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for k, width in enumerate(cm):
            table.columns[k].width = Cm(width)
        for n, (row, texts) in enumerate(zip(table._tbl.tr_lst, [list(heads), *found], strict=True)):
            _never_split(row, header=n == 0)
            for k, (cell, text) in enumerate(zip(row.tc_lst, texts, strict=True)):
                cell.width = Cm(cm[k])
                _fill(cell, text, header=n == 0)
        self._docx.add_paragraph(style="Note")

    def content(self) -> bytes:
        """The document as a file."""
        out = io.BytesIO()
        self._docx.save(out)
        return without_times(out.getvalue())

    # --- how it looks

    def _page(self, *, landscape: bool) -> None:
        section = self._docx.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (LONG, SHORT) if landscape else (SHORT, LONG)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN

    def _room(self) -> float:
        section = self._docx.sections[0]
        assert section.page_width is not None
        return (section.page_width - 2 * MARGIN) / Cm(1)

    def _styles(self) -> None:
        styles: Any = self._docx.styles
        note = styles.add_style("Note", 1)
        note.base_style = styles["Normal"]
        for name, font, size, bold in (
            ("Normal", TEXT_FONT, 12, False),
            ("Title", TITLE_FONT, 20, False),
            ("Heading 1", HEADING_FONT, 14, False),
            ("Heading 2", HEADING_FONT, 12, False),
            ("Note", TEXT_FONT, 10, False),
        ):
            style = styles[name]
            style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), bold
            style.font.color.rgb = RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            fonts.set(qn("w:eastAsia"), font)
            style.paragraph_format.space_before = Pt(10 if name.startswith("Heading") else 0)
            style.paragraph_format.space_after = Pt({"Title": 12, "Note": 4}.get(name, 6))
            style.paragraph_format.line_spacing = 1.0 if name == "Note" else 1.3
        title = styles["Title"]
        title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for border in title.element.get_or_add_pPr().findall(qn("w:pBdr")):
            border.getparent().remove(border)

    def _numbered_pages(self) -> None:
        """第 n 页，共 m 页 at the foot of each page."""
        paragraph = self._docx.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for text, field in (("第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", "")):
            paragraph.add_run(text).font.size = Pt(9)
            if field:
                simple = OxmlElement("w:fldSimple")
                simple.set(qn("w:instr"), field)
                paragraph._p.append(simple)


def _words(cell: Cell) -> str:
    """A cell as it is printed: days as ISO dates, shares in percent, nothing as nothing."""
    if isinstance(cell, Share):
        return f"{cell.value:.1%}"
    return "" if cell is None else clean(cell.text if isinstance(cell, Link) else str(cell))


def _share(head: str, texts: Iterable[str]) -> float:
    """The width a column asks for: its widest cell, within bounds."""
    return min(max([letters(head), *map(letters, texts)]), 44) + 2


def _never_split(row: Any, *, header: bool) -> None:
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _fill(cell: Any, text: str, *, header: bool) -> None:
    """One paragraph a line, small; figures to the right, headers shaded and in the middle."""
    paragraph = cell.p_lst[0]
    for n, line in enumerate(text.split("\n")):
        if n:
            paragraph = cell.add_p()
        properties = paragraph.get_or_add_pPr()
        properties.style = "Note"
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:before"), "20")
        spacing.set(qn("w:after"), "20")
        properties.append(spacing)
        if header or _NUMBER.fullmatch(line):
            place = OxmlElement("w:jc")
            place.set(qn("w:val"), "center" if header else "right")
            properties.append(place)
        run = paragraph.add_r()
        run.text = line
        if header:
            run.get_or_add_rPr().append(OxmlElement("w:b"))
    if header:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E6EEF6")):
            shade.set(qn(f"w:{name}"), value)
        cell.get_or_add_tcPr().append(shade)
