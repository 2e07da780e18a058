"""What can be found in an attachment: its visible text, read once for the privacy gate and the index.

Comments, hidden cells, properties and links are not what a reader of the file sees, so they are left out.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from gongkai.cache_folder import digest, program_stamp, read_kept, write_kept
from gongkai.privacy.attachments import Piece, UncheckableError, xmlparts
from gongkai.privacy.attachments.examining import examine
from gongkai.search.records import FileText
from gongkai.staging import NO_KEY, source_key

MOST_LETTERS = 100_000
"""How much of one file can be found: a book in an annex must not weigh more than the site."""

_FILE = "attachments.bin"
_PLACE = re.compile(r"第\d+[页行]")
_CELL = re.compile(r"(?P<sheet>.*)的 [A-Z]+(?P<row>\d+) 单元格|(?P<line>第\d+行)第\d+列")
_WORD = ".docx"
_READ = (_WORD, ".xlsx", ".xlsm", ".xls", ".pdf", ".csv", ".tsv", ".txt")
_UNSEEN = frozenset(("del", "moveFrom", "instrText", "delText", "Fallback", "p"))
"""Parts of a Word paragraph that a reader does not see there: deletions, codes of fields, what is said again for old
programs, and paragraphs inside it, which are read by themselves."""


class _Kept(msgspec.Struct, array_like=True):
    """For each file its key and the digest of its content; the texts by these digests."""

    files: dict[str, tuple[bytes, bytes]]
    texts: dict[bytes, tuple[str, ...]]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Kept)


class FileTexts:
    """Texts of files by their content, kept from build to build in a cache ``folder`` (None: not kept)."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / _FILE if folder else None
        self._changed = False

    def key(self, paths: Iterable[Path]) -> bytes:
        """What changes when the text of one of the files may: their sizes and times (see :func:`staging.source_key`)."""
        return source_key(*(path for path in paths if _readable(path)))

    def of(self, path: Path, title: str) -> FileText | None:
        """The text of the file, or None when it has none that can be read."""
        if not _readable(path):
            return None
        key = source_key(path)
        known, content = self._kept.files.get(str(path), (NO_KEY, b""))
        if key == NO_KEY or key != known:
            try:
                content = digest(path.suffix.lower(), path.read_bytes())
            except OSError:
                return None
            self._kept.files[str(path)] = (key, content)
            self._changed = True
        if content not in self._kept.texts:
            self._kept.texts[content] = tuple(_shortened(path))
            self._changed = True
        blocks = self._kept.texts[content]
        return FileText(title, blocks) if blocks else None

    def save(self) -> None:
        """Keep all texts but those whose file is gone, or is another by now."""
        if self._path is None:
            return
        kept = self._kept
        there = {name: known for name, known in kept.files.items() if _stays(Path(name), known[0])}
        if self._changed or len(there) < len(kept.files):
            used = {content for _, content in there.values()}
            texts = {content: blocks for content, blocks in kept.texts.items() if content in used}
            write_kept(self._path, program_stamp(), _ENCODER.encode(_Kept(there, texts)))

    @cached_property
    def _kept(self) -> _Kept:
        content = read_kept(self._path, program_stamp()) if self._path else None
        try:
            return _DECODER.decode(content) if content else _Kept({}, {})
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return _Kept({}, {})


def _stays(path: Path, key: bytes) -> bool:
    """Whether the file is there, and nothing tells that it is another than it was under that key."""
    return path.exists() and (key == NO_KEY or source_key(path) in (key, NO_KEY))


def _readable(path: Path) -> bool:
    return path.suffix.lower() in _READ


def _shortened(path: Path) -> Iterator[str]:
    room = MOST_LETTERS
    for block in _word(path) if path.suffix.lower() == _WORD else _blocks(examine(path).pieces):
        text = " ".join(block.encode("utf-8", "replace").decode().split())[:room]  # a PDF may give half a letter
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
