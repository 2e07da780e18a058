"""Tables of a body as grids: Markdown tables as they are, HTML tables with their merged cells laid out. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from gongkai.late import late_module
from gongkai.patterns import regex
from gongkai.reading.inline import plain
from gongkai.reading.structure import structure

if TYPE_CHECKING:
    import html as entities
else:
    entities = late_module("html")  # its table of entities is long, and few items are annual reports

_TABLE = regex(r"<table\b.*?(?:</table\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_ROW = regex(r"<tr\b.*?(?=<tr\b|</tr\s*>|</table|\Z)", re.DOTALL | re.IGNORECASE)
_CELL = regex(r"<t[hd]\b(?P<marks>[^>]*)>(?P<text>.*?)(?=<t[hdr]\b|</t[hdr]|</table|\Z)", re.DOTALL | re.IGNORECASE)
_SPAN = regex(r"(row|col)span\s*=\s*[\"']?\s*(\d{1,3})", re.IGNORECASE)
_COMMENT = regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MOST = 60


class Cell(NamedTuple):
    """A place of a grid: its text, and whether a merged cell that starts elsewhere covers it."""

    text: str
    covered: bool = False


class GridRow(NamedTuple):
    """A row, with its line within the body (from 0)."""

    line: int
    cells: tuple[Cell, ...]

    @property
    def own(self) -> tuple[str, ...]:
        """The texts of the cells that start in this row."""
        return tuple(cell.text for cell in self.cells if not cell.covered)

    @property
    def words(self) -> str:
        """All the texts of the row in one string, without blanks."""
        return "".join("".join(self.own).split())


class Grid(NamedTuple):
    """A table: its rows, headings included, and the line of its first."""

    line: int
    rows: tuple[GridRow, ...]

    @property
    def words(self) -> str:
        """All words of the table, without blanks."""
        return "".join(row.words for row in self.rows)


@lru_cache(maxsize=256)
def grids(body: str) -> tuple[Grid, ...]:
    """The tables of ``body`` in their order. Never raises."""
    html: list[Grid] = []
    if "<table" in body.lower():
        clean = _COMMENT.sub(lambda m: "\n" * m[0].count("\n"), body)
        html = [_html(m[0], clean.count("\n", 0, m.start())) for m in _TABLE.finditer(clean)]
    places = {grid.line for grid in html}
    found = [grid for grid in html if grid.rows]
    for table in structure(body).tables:
        if table.line not in places:
            rows = [(table.header, table.line), *zip(table.rows, table.row_lines, strict=True)]
            found.append(
                Grid(
                    table.line,
                    tuple(
                        GridRow(n, tuple(Cell(entities.unescape(text).strip()) for text in cells)) for cells, n in rows
                    ),
                )
            )
    return tuple(sorted(found, key=lambda grid: grid.line))


def _html(html: str, line: int) -> Grid:
    rows: list[GridRow] = []
    hanging: dict[int, tuple[str, int]] = {}
    for row in _ROW.finditer(html):
        cells: list[Cell] = []
        below = {n: (text, left - 1) for n, (text, left) in hanging.items() if left > 1}

        for match in _CELL.finditer(row[0]):
            _fill(cells, hanging)
            text = " ".join(entities.unescape(plain(match["text"])).split())
            spans = {name.lower(): int(value) for name, value in _SPAN.findall(match["marks"])}
            width = min(max(spans.get("col", 1), 1), _MOST)
            for n in range(width):
                if spans.get("row", 1) > 1:
                    below[len(cells)] = (text, min(spans["row"], _MOST) - 1)
                cells.append(Cell(text, covered=n > 0))
        _fill(cells, hanging)
        hanging = {n: (text, left) for n, (text, left) in below.items() if left > 0}
        if cells:
            rows.append(GridRow(line + html.count("\n", 0, row.start()), tuple(cells)))
    return Grid(line, tuple(rows))


def _fill(cells: list[Cell], hanging: dict[int, tuple[str, int]]) -> None:
    """Add the places that cells of rows above cover."""
    while len(cells) in hanging and len(cells) < _MOST:
        cells.append(Cell(hanging[len(cells)][0], covered=True))
