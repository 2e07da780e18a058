"""Tables as reports hand them over: to a workbook, a document, a page. Apart from :mod:`gongkai.reports.workbook`, because openpyxl is slow to read in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from msgspec import Struct, field


class Link(Struct, frozen=True):
    """A cell that leads to ``target``: a web address, or ``#name of a sheet``."""

    text: str
    target: str


class Share(Struct, frozen=True):
    """A share of a whole, as a cell shows it: ``Share(0.875)`` is 87.5%, a real number to the spreadsheet."""

    value: float


Cell = str | int | float | dt.date | Link | Share | None


class Column(Struct, frozen=True):
    """A column: its header, its width in letters (a Chinese one takes two), whether long text fills it from the left.

    Columns of one ``group`` that stand side by side have it above their headers.
    """

    head: str
    width: float = 10
    left: bool = False
    group: str = ""


class Sheet(Struct, frozen=True):
    """A table. ``lead`` stands under the title (who reports, as of when), ``notes`` under the last row.

    ``totals`` are the numbers (from 0) of rows in bold; ``shades`` paints cells with exactly this text in a colour (six
    hex digits), which never is the only thing that tells them apart. ``frozen`` columns stay in sight on the left.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    lead: str = ""
    notes: tuple[str, ...] = ()
    totals: frozenset[int] = frozenset()
    shades: Mapping[str, str] = field(default_factory=dict)
    frozen: int = 0
    landscape: bool = True
    filtered: bool = True

    @property
    def head_row(self) -> int:
        """The row of the headers, from 1; the groups of columns, if any, stand above it."""
        return 2 + bool(self.lead) + any(column.group for column in self.columns)
