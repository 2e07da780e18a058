"""The arithmetic of an annual report (R2.6): which sums must agree, which do not, and which cell may be wrong. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from gongkai.model import annual
from gongkai.rules.annual.tables import Cell, RemedyTable, RequestTable

ROW, RESULTS, BALANCE, REMEDY = "row", "results", "balance", "remedy"


class Identity(Struct, frozen=True):
    """``left`` and ``right`` must have the same sum. ``name`` is the row, column or block that it is about."""

    kind: str
    name: str
    left: tuple[Cell, ...]
    right: tuple[Cell, ...]

    @property
    def sums(self) -> tuple[int, int]:
        """Both sums."""
        return _sum(self.left), _sum(self.right)

    @property
    def difference(self) -> int:
        """Left minus right: 0 where the identity holds."""
        left, right = self.sums
        return left - right

    def needed(self, cell: Cell) -> int | None:
        """By how much ``cell`` would have to change for the identity to hold; None when it has no part in it."""
        if cell in self.left:
            return -self.difference
        return self.difference if cell in self.right else None


class Suspect(Struct, frozen=True):
    """A cell that may be wrong, and the value that would put right what does not add up."""

    cell: Cell
    right: int


class Miss(Struct, frozen=True):
    """An identity that does not hold, with the cells that may be wrong; ``sure`` when they explain all that fails."""

    identity: Identity
    suspects: tuple[Suspect, ...]
    sure: bool


def _sum(cells: Iterable[Cell]) -> int:
    return sum(cell.value or 0 for cell in cells)


def of_requests(table: RequestTable) -> list[Identity]:
    """R2.6 ①②③, those whose cells are all there and all figures."""
    found: list[Identity] = []
    for row in annual.ROWS:
        parts = [table.cell(row.key, c) for c in annual.APPLICANTS]
        found += _identity(ROW, row.key, parts, [table.cell(row.key, annual.TOTAL)])
    for column in annual.COLUMNS:
        leaves = [table.cell(row.key, column) for row in annual.RESULTS]
        done = table.cell(annual.DONE.key, column)
        found += _identity(RESULTS, column, leaves, [done])
        came = [table.cell(annual.NEW.key, column), table.cell(annual.CARRIED_IN.key, column)]
        found += _identity(BALANCE, column, came, [done, table.cell(annual.CARRIED_OUT.key, column)])
    return found


def of_remedies(table: RemedyTable) -> list[Identity]:
    """R2.6 ⑤."""
    found: list[Identity] = []
    for n, block in enumerate(annual.REMEDIES):
        cells = table.block(n)
        if len(cells) == len(annual.REMEDY_COLUMNS):
            found += _identity(REMEDY, block, cells[:-1], cells[-1:])
    return found


def _identity(kind: str, name: str, left: Iterable[Cell | None], right: Iterable[Cell | None]) -> Iterator[Identity]:
    """The identity, when every cell of it is there and a figure."""
    cells = [*(one := list(left)), *right]
    known = tuple(c for c in cells if c is not None and c.value is not None)
    if len(known) == len(cells):
        yield Identity(kind, name, known[: len(one)], known[len(one) :])


def misses(identities: list[Identity]) -> Iterator[Miss]:
    """The identities that fail, each with the cells of it that explain the most.

    A cell explains when one change of it puts right every identity in which it stands: where a row and a column fail by the
    same amount, that is their crossing. Where no cell does so (several are wrong), those are named that put right two at once,
    else all cells of the identity.
    """
    failing = [i for i in identities if i.difference]
    for identity in failing:
        cells = [*identity.left, *identity.right]
        whole = [c for c in cells if _explains(c, identity, identities)]
        some = whole or [c for c in cells if _explains(c, identity, failing) and _count(c, failing) > 1]
        suspects = [
            Suspect(c, right) for c in some or cells if (right := (c.value or 0) + (identity.needed(c) or 0)) >= 0
        ]
        yield Miss(identity, tuple(suspects), bool(whole))


def _explains(cell: Cell, identity: Identity, others: list[Identity]) -> bool:
    change = identity.needed(cell)
    return (cell.value or 0) + (change or 0) >= 0 and all(
        needed is None or needed == change for needed in (other.needed(cell) for other in others)
    )


def _count(cell: Cell, identities: list[Identity]) -> int:
    return sum(identity.needed(cell) is not None for identity in identities)
