"""A file of the site read once: its pieces, its tables, and whether it lists persons."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path, PurePath

from msgspec import Struct, field

from gongkai.cache_folder import digest
from gongkai.memo import remembered
from gongkai.privacy.attachments.pieces import Grid, Piece, UncheckableError
from gongkai.privacy.attachments.reading import read
from gongkai.privacy.headings import full_names, is_form, name_columns, split_headings
from gongkai.privacy.names import name_like

UNREADABLE = "读不出来"


class FileReport(Struct):
    """What was read in a file. ``listing`` are the places with names of persons, ``full`` those names not masked.

    ``digest`` is that of the file's bytes; empty when they could not be read.
    """

    name: str
    pieces: list[Piece] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    reason: str | None = None
    listing: list[str] = field(default_factory=list)
    full: list[str] = field(default_factory=list)
    digest: bytes = b""


@lru_cache(maxsize=512)
def _examined(path: Path, _size: int, *_times: int) -> FileReport:
    try:
        data = path.read_bytes()
    except (OSError, MemoryError):
        return FileReport(path.name, reason=UNREADABLE)
    known = digest(data)
    report = remembered("file", (path.name, known), FileReport, lambda: _report(path.name, data))
    report.digest = known
    return report


def _report(name: str, data: bytes) -> FileReport:
    report = FileReport(name)
    try:
        for part in read(name, data):
            (report.grids if isinstance(part, Grid) else report.pieces).append(part)  # type: ignore[arg-type]  # told apart just before
    except UncheckableError as error:
        report.reason = str(error)
    except (OSError, MemoryError, RecursionError):
        report.reason = UNREADABLE
    if not is_form(PurePath(name).stem):
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
        return FileReport(path.name, reason=UNREADABLE)
    return _examined(path, known.st_size, known.st_mtime_ns, known.st_ctime_ns)
