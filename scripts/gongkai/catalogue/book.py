"""An .xlsx file as XlsxWriter makes it: looks of cells, text that stays text, merged cells, print settings; same content, same bytes.

Rows and columns are counted from 0, as XlsxWriter does.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from xlsxwriter import Workbook

from gongkai.catalogue.exporting import without_times
from gongkai.catalogue.workbook_text import clean, sheet_name

TITLE, NOTE, HEAD, MIDDLE, LEFT = "标题", "说明", "表头", "居中", "文字"
"""How a cell may look. The last three have a border, and what stands in the last two is text to Excel, too."""

_PLAIN = {"font_name": "宋体", "font_size": 10, "font_family": 0, "valign": "vcenter", "text_wrap": True}
_BOX = {**_PLAIN, "border": 1, "border_color": "#000000"}
_LOOKS: dict[str, dict[str, Any]] = {
    TITLE: {**_PLAIN, "font_name": "黑体", "font_size": 16, "align": "center"},
    NOTE: {**_PLAIN, "align": "left"},
    HEAD: {**_BOX, "bold": True, "align": "center", "bg_color": "#DDE8F3"},
    MIDDLE: {**_BOX, "align": "center", "num_format": "@"},
    LEFT: {**_BOX, "align": "left", "num_format": "@"},
}
_PIXELS_A_LETTER = 7
_A3 = 8
_MARGIN, _FOOTER_MARGIN = 0.5, 0.25
_FOOTER = "&C第 &P 页，共 &N 页"


class Book:
    """A workbook under work."""

    def __init__(self, title: str, whose: str) -> None:
        """An empty workbook called ``title``, of the organ ``whose``."""
        self._file = io.BytesIO()
        self._book: Any = Workbook(self._file, {"in_memory": True})
        self._book.set_properties({"title": clean(title), "author": clean(whose) or "gongkai"})
        self._looks = {name: self._book.add_format(look) for name, look in _LOOKS.items()}
        self._names = {"history"}  # Excel keeps that name for itself

    def page(self, name: str) -> Page:
        """A new sheet behind the others. Its name is made sound and unique."""
        found = sheet_name(name, self._names)
        return Page(self._book.add_worksheet(found), found, self._looks)

    def content(self) -> bytes:
        """The file. Nothing can be added any more."""
        self._book.close()
        return without_times(self._file.getvalue())


class Page:
    """A sheet under work."""

    def __init__(self, sheet: Any, name: str, looks: dict[str, Any]) -> None:
        """A sheet of XlsxWriter's that is called ``name``; ``looks`` are the formats of its book."""
        self.name = name
        self._sheet, self._looks = sheet, looks

    def text(self, row: int, column: int, text: str, look: str) -> None:
        """Text as text: what starts with ``=`` is no formula, an address no link. An empty cell has its look as well."""
        text, style = clean(text), self._looks[look]
        if "\r" in text:  # as a reader of XML would make of it
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not text:
            self._sheet.write_blank(row, column, None, style)
        elif text.startswith("<r>") and text.endswith("</r>"):  # XlsxWriter would put it into the file as XML
            self._sheet.write_rich_string(row, column, style, text[:1], style, text[1:], style)
        else:
            self._sheet.write_string(row, column, text, style)

    def merged(self, first: tuple[int, int], last: tuple[int, int], text: str, look: str) -> None:
        """One cell out of those from ``first`` to ``last`` (row, column). Each has its own border, as all of them are drawn."""
        if first != last:
            self._sheet.merge_range(*first, *last, "", self._looks[look])
        self.text(*first, text, look)

    def link(self, row: int, column: int, text: str, target: Page, look: str) -> None:
        """Text that leads to another sheet."""
        self._sheet.write_url(row, column, f"internal:'{target.name}'!A1", self._looks[look])
        self.text(row, column, text, look)

    def sizes(self, widths: Iterable[float]) -> None:
        """How wide the columns are, in Latin letters."""
        for k, width in enumerate(widths):
            self._sheet.set_column_pixels(k, k, round(width * _PIXELS_A_LETTER))

    def height(self, row: int, points: float) -> None:
        """How high a row is."""
        self._sheet.set_row(row, points)

    def frozen(self, row: int, column: int) -> None:
        """What stands above and left of that cell stays in sight."""
        self._sheet.freeze_panes(row, column)

    def printed(self, first: int, last: int) -> None:
        """Printed on A3 lying, as wide as the paper, with the rows from ``first`` to ``last`` on every page."""
        self._sheet.set_paper(_A3)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.center_horizontally()
        self._sheet.repeat_rows(first, last)
        self._sheet.set_margins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._sheet.set_header("", {"margin": _FOOTER_MARGIN})
        self._sheet.set_footer(_FOOTER, {"margin": _FOOTER_MARGIN})
