"""What every format becomes: a grid of cells, with merges laid out and symbols as plain characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CELLS = 400_000


class Refused(Exception):  # noqa: N818 - the file is at fault, not the program
    """The file cannot be imported; the message says why, in Chinese, and what to do."""


class Cell(Struct, frozen=True):
    """One position of a grid. A merged cell's text stands in all its positions.

    ``below``: this position continues the cell above; ``beside``: it continues the cell to the left.
    """

    text: str = ""
    below: bool = False
    beside: bool = False

    @property
    def own(self) -> bool:
        """Whether the cell starts here and is not empty."""
        return bool(self.text.strip()) and not self.below and not self.beside


BLANK = Cell()


class Row(Struct, frozen=True):
    """One row. ``number`` is where the clerk finds it in the file; rows may be shorter than the grid."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell in ``column``; blank beyond the end."""
        return self.cells[column] if column < len(self.cells) else BLANK

    @property
    def texts(self) -> list[str]:
        """The texts of the cells that start here and are not empty."""
        return [cell.text.strip() for cell in self.cells if cell.own]


class Grid(Struct, frozen=True):
    """A table as it lies in the file: a sheet, a Word or web table, or a run of text.

    ``name`` tells it from the others in the file (``工作表“救助”``), ``before`` holds the lines of text above it.
    """

    name: str
    rows: tuple[Row, ...]
    before: tuple[str, ...] = ()
    loose: bool = False
    """Merges may have been lost on the way: a row that is too short may have lost a cell anywhere."""


class Span(Struct):
    """A cell with the rows and columns it covers, as files state it."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def lay_out(name: str, spans: Iterable[Span], *, before: Sequence[str] = (), loose: bool = False) -> Grid:
    """The grid of ``spans``; positions that none covers are blank at the end of a row as if they were not there."""
    cells: dict[tuple[int, int], Cell] = {}
    area = 0
    for span in spans:
        area += min(span.rows, MOST_ROWS) * min(span.columns, MOST_COLUMNS)
        if area > MOST_CELLS:
            raise Refused(f"{name}太大（超过{MOST_CELLS // 10_000}万格），不像是一张目录表。请只留下目录再导入。")
        if span.row >= MOST_ROWS or span.column >= MOST_COLUMNS:
            raise Refused(f"{name}太大（超过{MOST_ROWS}行或{MOST_COLUMNS}列），不像是一张目录表。请只留下目录再导入。")
        for r in range(span.row, min(span.row + span.rows, MOST_ROWS)):
            for c in range(span.column, min(span.column + span.columns, MOST_COLUMNS)):
                cells.setdefault((r, c), Cell(span.text, below=r > span.row, beside=c > span.column))
    return Grid(name, _rows(cells), tuple(before), loose)


def _rows(cells: dict[tuple[int, int], Cell]) -> tuple[Row, ...]:
    height = 1 + max((r for r, _ in cells), default=-1)
    widths = [0] * height
    for r, c in cells:
        widths[r] = max(widths[r], c + 1)
    return tuple(Row(r + 1, tuple(cells.get((r, c), BLANK) for c in range(widths[r]))) for r in range(height))


class Opened(Struct):
    """What a file holds: its grids, and remarks that the clerk should read."""

    grids: list[Grid] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
