"""What readers of files give: pieces of text, and tables, each with its place in Chinese."""

from __future__ import annotations

from msgspec import Struct

MAX_FILE = 100_000_000
MAX_UNPACKED = 300_000_000
MAX_MEMBERS = 5000
MAX_DEPTH = 4


class Piece(Struct, frozen=True):
    """A text in a file. ``heading`` is the heading of its column, when it is a cell; ``wrapped``: numbers may go over lines."""

    where: str
    text: str
    heading: str = ""
    wrapped: bool = False
    cell: bool = False


class Grid(Struct, frozen=True):
    """A table in a file: its rows as texts."""

    where: str
    rows: tuple[tuple[str, ...], ...]


class UncheckableError(Exception):
    """Why a file cannot be checked, in Chinese."""
