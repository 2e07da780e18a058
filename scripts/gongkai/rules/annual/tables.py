"""The three kinds of tables of an annual report, read out of grids: which cell is which (R2.3 to R2.5). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from gongkai.model import annual
from gongkai.patterns import regex
from gongkai.rules.annual.grid import Grid, GridRow
from gongkai.rules.arithmetic.figures import Blank, Figure, read_cell

_BLANKS = regex(r"[\s\u3000“”\"'‘’「」]+")
_COLUMN_SIGNS = {
    **{name: regex(f"{name}$") for name in annual.COLUMNS},
    "社会公益组织": regex(r"社会公益(?:组织|机构)$"),
    annual.TOTAL: regex(r"(?:总计|合计)$"),
}
_MOST = 10**9
"""No township has so many of anything: what is longer is no count but a slip."""
_REMEDY_SIGNS = regex(r"结果维持|结果纠正|其他结果|尚未审结|行政复议|行政诉讼")


class Cell(NamedTuple):
    """A figure of a report: ``row`` and ``column`` by name, the text as written, its value if it is one, its line."""

    row: str
    column: str
    text: str
    value: int | None
    line: int

    @property
    def blank(self) -> bool:
        """Whether nothing is stated: empty, ``/``, ``—`` (R2.7)."""
        return isinstance(read_cell(self.text), Blank)


class Line(NamedTuple):
    """A line of part 2, with its figures by the headings of the form; too few where the table has too few."""

    key: str
    cells: tuple[Cell, ...]
    line: int


class RequestTable(NamedTuple):
    """The table of part 3: its columns in the order of the form where they were found, rows by key."""

    line: int
    columns: tuple[str, ...]
    rows: dict[str, tuple[Cell, ...]]
    row_lines: dict[str, int]

    @property
    def missing_columns(self) -> tuple[str, ...]:
        """Columns of the form that the table does not have."""
        return tuple(c for c in annual.COLUMNS if c not in self.columns)

    @property
    def missing_rows(self) -> tuple[annual.Row, ...]:
        """Rows of the form that the table does not have."""
        return tuple(row for row in annual.ROWS if row.key not in self.rows)

    def cell(self, row: str, column: str) -> Cell | None:
        """The cell of a row (by key) in a column (by name)."""
        return next((c for c in self.rows.get(row, ()) if c.column == column), None)


class RemedyTable(NamedTuple):
    """The table of part 4: its fifteen cells, fewer where the row is too short; none where there is no row of figures."""

    line: int
    cells: tuple[Cell, ...]

    def block(self, n: int) -> tuple[Cell, ...]:
        """The five cells of a block."""
        return self.cells[n * 5 : n * 5 + 5]


def _cell(row: str, column: str, text: str, line: int) -> Cell:
    figure = read_cell(text)
    value = None
    if isinstance(figure, Figure) and figure.unit in ("", "件", "万元") and 0 <= figure.value < _MOST:
        value = int(figure.value) if figure.value == int(figure.value) else None
    return Cell(row, column, text, value, line)


def _bare(text: str) -> str:
    return _BLANKS.sub("", text)


# --- part 2


def proactive(grids: Iterable[Grid]) -> dict[str, Line]:
    """The lines of part 2, by key; they may stand in one table or in several."""
    found: dict[str, Line] = {}
    for grid in grids:
        if "信息内容" not in grid.words:
            continue
        for row in grid.rows:
            label = _bare(row.own[0]) if row.own else ""
            line = next((p for p in annual.PROACTIVE if p.key not in found and p.sign.search(label)), None)
            if line is not None:
                texts = row.own[1 : 1 + len(line.columns)]
                cells = tuple(_cell(line.label, c, t, row.line) for c, t in zip(line.columns, texts, strict=False))
                found[line.key] = Line(line.key, cells, row.line)
    return found


# --- part 3


def requests(grids: Iterable[Grid]) -> RequestTable | None:
    """The table of part 3: the first with 本年新收 or 结转下年度 in it; where rows are missing, the tables below go on with it."""
    found: RequestTable | None = None
    for grid in grids:
        if found is None:
            if re.search(r"本年新收|结转下年|本年度办理结果", grid.words):
                found = _requests(grid)
        elif not found.missing_rows or "结果维持" in grid.words or "信息内容" in grid.words:
            break
        else:
            found = _continued(found, grid)
    return found


def _continued(table: RequestTable, grid: Grid) -> RequestTable:
    """``table`` with the rows of ``grid`` that it lacks: a table cut in two, with its headings again or without."""
    head = [n for n, row in enumerate(grid.rows) if re.search(r"自然人|商业企业", row.words)]
    start, width = head[-1] + 1 if head else 0, max((len(row.cells) for row in grid.rows), default=0)
    places = _columns(grid.rows[:start], width)
    if set(places) != set(table.columns):
        return table
    rows, row_lines = dict(table.rows), dict(table.row_lines)
    _read_rows(grid, start, places, rows, row_lines)
    return table._replace(rows=rows, row_lines=row_lines)


def _requests(grid: Grid) -> RequestTable:
    start = next((n for n, row in enumerate(grid.rows) if annual.NEW.sign.search(row.words)), min(1, len(grid.rows)))
    columns = _columns(grid.rows[:start], max((len(row.cells) for row in grid.rows), default=0))
    rows: dict[str, tuple[Cell, ...]] = {}
    row_lines: dict[str, int] = {}
    _read_rows(grid, start, columns, rows, row_lines)
    return RequestTable(grid.line, tuple(columns), rows, row_lines)


def _read_rows(
    grid: Grid, start: int, columns: dict[str, int], rows: dict[str, tuple[Cell, ...]], row_lines: dict[str, int]
) -> None:
    """Add the rows of the form that ``grid`` has from ``start`` on and that are not there yet."""
    first = min(columns.values(), default=1)
    for grid_row in grid.rows[start:]:
        row = _which(grid_row, first, rows)
        if row is None:
            continue
        row_lines[row.key] = grid_row.line
        rows[row.key] = tuple(
            _cell(row.key, name, grid_row.cells[n].text if n < len(grid_row.cells) else "", grid_row.line)
            for name, n in columns.items()
        )


def _columns(header: tuple[GridRow, ...], width: int) -> dict[str, int]:
    """Where each column of the form stands: by its heading, else, in a table that is wide enough, the last seven."""
    found: dict[str, int] = {}
    for name in annual.COLUMNS:
        for n in range(width):
            texts = [_bare(row.cells[n].text) for row in header if n < len(row.cells)]
            if n not in found.values() and any(_COLUMN_SIGNS[name].search(t) for t in texts):
                found[name] = n
                break
    if len(found) < 3 and width > len(annual.COLUMNS):
        return {name: width - len(annual.COLUMNS) + n for n, name in enumerate(annual.COLUMNS)}
    return found


def _which(row: GridRow, first: int, taken: dict[str, tuple[Cell, ...]]) -> annual.Row | None:
    """The row of the form that ``row`` is; None for headings inside the table."""
    texts = list(dict.fromkeys(_bare(cell.text) for cell in row.cells[:first]))
    own = [t for t in texts if t]
    if not own or all(cell.text == row.cells[0].text for cell in row.cells[1:]):
        return None
    for label in (own[-1], "".join(own)):
        for candidate in annual.ROWS:
            if candidate.key not in taken and candidate.sign.search(label):
                return candidate
    return None


# --- part 4


def remedies(grids: Iterable[Grid]) -> RemedyTable | None:
    """The table of part 4: the row of figures below the headings."""
    for grid in grids:
        if "结果维持" not in grid.words:
            continue
        row = next((r for r in grid.rows if not _REMEDY_SIGNS.search(r.words) and _is_figures(r)), None)
        if row is None:
            return RemedyTable(grid.line, ())
        names = [(block, column) for block in annual.REMEDIES for column in annual.REMEDY_COLUMNS]
        cells = tuple(
            _cell(block, column, cell.text, row.line) for (block, column), cell in zip(names, row.cells, strict=False)
        )
        return RemedyTable(grid.line, cells)
    return None


def _is_figures(row: GridRow) -> bool:
    return len(row.cells) > 1 and all(not re.search(r"[\u4e00-\u9fff]", cell.text) for cell in row.cells)
