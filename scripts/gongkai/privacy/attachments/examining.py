"""A file of the site read once: its pieces, its tables, and whether it lists persons."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from gongkai.privacy.attachments.pieces import Grid, Piece, UncheckableError
from gongkai.privacy.attachments.reading import read
from gongkai.privacy.headings import full_names, is_form, name_columns, split_headings
from gongkai.privacy.names import name_like


@dataclass(slots=True)
class FileReport:
    """What was read in a file. ``listing`` are the places with names of persons, ``full`` those names not masked."""

    name: str
    pieces: list[Piece] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    reason: str | None = None
    listing: list[str] = field(default_factory=list)
    full: list[str] = field(default_factory=list)


@lru_cache(maxsize=512)
def _examined(path: Path, _size: int, _changed: int) -> FileReport:
    report = FileReport(path.name)
    try:
        for part in read(path.name, path.read_bytes()):
            (report.grids if isinstance(part, Grid) else report.pieces).append(part)  # type: ignore[arg-type]  # told apart just before
    except UncheckableError as error:
        report.reason = str(error)
    except (OSError, MemoryError, RecursionError):
        report.reason = "读不出来"
    if not is_form(path.stem):
        for grid in report.grids:
            header, rows = split_headings(grid.rows)
            columns = name_columns(header, rows)
            if any(n < len(row) and name_like(row[n].strip()) for row in rows for n in columns):
                report.listing.append(grid.where)
                report.full += full_names(rows, columns)
    return report


def examine(path: Path) -> FileReport:
    """Read all of a file; one that has not changed since is not read again."""
    try:
        known = path.stat()
    except OSError:
        return FileReport(path.name, reason="读不出来")
    return _examined(path, known.st_size, known.st_mtime_ns)
