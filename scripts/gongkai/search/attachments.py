"""What can be found in an attachment: its visible text, read once for the privacy gate and the index.

Comments, hidden cells, properties and links are not what a reader of the file sees, so they are left out.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongkai.cache_folder import digest, program_stamp, read_kept, write_kept
from gongkai.privacy.attachments import Piece, UncheckableError, xmlparts
from gongkai.privacy.attachments.examining import examine
from gongkai.search.records import FileText

MOST_LETTERS = 100_000
"""How much of one file can be found: a book in an annex must not weigh more than the site."""

_PLACE = re.compile(r"第\d+[页行]")
_CELL = re.compile(r"(?P<sheet>.*)的 [A-Z]+(?P<row>\d+) 单元格|(?P<line>第\d+行)第\d+列")
_WORD = ".docx"
_READ = (_WORD, ".xlsx", ".xlsm", ".xls", ".pdf", ".csv", ".tsv", ".txt")
_UNSEEN = frozenset(("del", "moveFrom", "instrText", "delText", "Fallback", "p"))
"""Parts of a Word paragraph that a reader does not see there: deletions, codes of fields, what is said again for old
programs, and paragraphs inside it, which are read by themselves."""


class FileTexts:
    """Texts of files by their content, kept from build to build in a cache ``folder`` (None: not kept)."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / "attachments.json" if folder else None
        kept = read_kept(self._path, program_stamp()) if self._path else None
        self._known: dict[str, list[str]] = json.loads(kept) if kept else {}
        self._used: dict[str, list[str]] = {}

    def of(self, path: Path, title: str) -> FileText | None:
        """The text of the file, or None when it has none that can be read."""
        if path.suffix.lower() not in _READ:
            return None
        try:
            key = f"{digest(path.read_bytes()).hex()}{path.suffix.lower()}"
        except OSError:
            return None
        if key not in self._used:
            known = self._known.get(key)
            self._used[key] = known if known is not None else list(_shortened(path))
        return FileText(title, tuple(self._used[key])) if self._used[key] else None

    def save(self) -> None:
        """Keep what was asked for, and nothing else."""
        if self._path and self._used != self._known:
            write_kept(self._path, program_stamp(), json.dumps(self._used, ensure_ascii=False, sort_keys=True).encode())


def _shortened(path: Path) -> Iterator[str]:
    room = MOST_LETTERS
    for block in _word(path) if path.suffix.lower() == _WORD else _blocks(examine(path).pieces):
        text = " ".join(block.split())[:room]
        if text:
            yield text
            room -= len(text)
        if room <= 0:
            return


def _blocks(pieces: list[Piece]) -> Iterator[str]:
    """Paragraphs and pages as they stand, cells of a row together."""
    row: list[str] = []
    of = ""
    for piece in pieces:
        place = ""
        if piece.cell:
            match = _CELL.fullmatch(piece.where)
            if match is None or "隐藏的工作表" in piece.where:
                continue
            place = match["line"] or f"{match['sheet']} {match['row']}"
        if row and place != of:
            yield " | ".join(row)
            row = []
        of = place
        if place:
            row.append(piece.text)
        elif _PLACE.fullmatch(piece.where):
            yield piece.text
    if row:
        yield " | ".join(row)


def _word(path: Path) -> Iterator[str]:
    """The paragraphs of a Word file, those of its tables and boxes, too."""
    try:
        with zipfile.ZipFile(path) as archive:
            body = next((data for name, data in xmlparts.unpack(archive) if name == "word/document.xml"), b"")
    except (
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        zlib.error,
        zipfile.BadZipFile,
        UncheckableError,
    ):
        return
    root = xmlparts.parse(body)
    if root is not None:
        for element in root.iter():
            if xmlparts.local(element) == "p" and not _in_fallback(element):
                yield "".join(_seen(element))


def _seen(element: Any) -> Iterator[str]:
    for child in element:
        name = xmlparts.local(child)
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "br", "cr"):
            yield " "
        elif name not in _UNSEEN:
            yield from _seen(child)


def _in_fallback(element: Any) -> bool:
    return any(xmlparts.local(above) in ("Fallback", "del") for above in element.iterancestors())
