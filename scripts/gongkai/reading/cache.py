"""What was read of each item file, kept from run to run, so that a check after an edit reads one file anew.

A kept reading counts only for the same bytes, read against the same context (:func:`context_digest`). That the bytes are
the same is believed without reading them when size and times of the file are; else their digest decides. A file that was
changed within two seconds of being kept is never believed by its times: the next change might bear the same.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import time
import zlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import force_setattr, replace

from gongkai.cache_folder import (
    DAMAGED,
    FOLDER,
    RACY_NS,
    all_under,
    cache_folder,
    digest,
    dropped,
    look,
    program_stamp,
    write_kept,
)
from gongkai.memo import ENCODER, decoder
from gongkai.model import Attachment, Finding
from gongkai.reading.item import Reading

SHARDS = 32
_FOLDER = "items"
Signature = tuple[int, int, int]


class Judged(msgspec.Struct, array_like=True, frozen=True):
    """What the rules that look at one item alone found, for the files that it had then.

    ``daily`` are the findings that hold on ``day`` only.
    """

    sound: bool
    attachments: tuple[Attachment, ...]
    findings: tuple[Finding, ...]
    day: dt.date
    daily: tuple[Finding, ...]


class Kept(msgspec.Struct, array_like=True, frozen=True):
    """A reading, and what was found in its item. ``judged`` is None for a file that makes no item.

    ``lines`` are those of the item, which has none in the file: most items have their keys in one of a few orders, and
    share what is made of this.
    """

    reading: Reading
    judged: Judged | None
    lines: msgspec.Raw


class _Row(msgspec.Struct, array_like=True):
    """A file's record in a shard; the record itself is decoded when it is asked for.

    The times in ``signature`` are 0 where the file may have changed again without their telling.
    """

    file: str
    signature: Signature
    digest: bytes
    record: msgspec.Raw


_ROWS = msgspec.msgpack.Decoder(list[_Row])
_KEPT: msgspec.msgpack.Decoder[Kept] = decoder(Kept)
_LINES = msgspec.msgpack.Decoder(dict[str, tuple[int, int]])


@lru_cache(maxsize=1024)
def _lines(written: bytes) -> dict[str, tuple[int, int]]:
    return _LINES.decode(written)


def _packed(reading: Reading, judged: Judged | None) -> msgspec.Raw:
    """What is kept of a reading. Raises what :mod:`msgspec` raises for texts that cannot be written."""
    item, lines = reading.item, {}
    if item is not None:
        lines, reading = item.lines, replace(reading, item=replace(item, lines={}))
    return msgspec.Raw(ENCODER.encode(Kept(reading, judged, msgspec.Raw(ENCODER.encode(lines)))))


def _unpacked(record: msgspec.Raw) -> Kept:
    kept = _KEPT.decode(record)
    if kept.reading.item is not None:
        force_setattr(kept.reading.item, "lines", _lines(bytes(kept.lines)))
    return kept


def context_digest(parts: Iterable[bytes], folders: Iterable[Path]) -> bytes:
    """A digest of all that a reading depends on besides the file: ``parts``, and the YAML and JSON files in ``folders``."""
    found: list[bytes] = list(parts)
    for folder in dict.fromkeys(folders):
        top = len(os.fspath(folder))
        for name in all_under(folder):
            if name.endswith((".yaml", ".json")):
                try:
                    data = Path(name).read_bytes()
                except OSError:
                    data = b"\0"
                found += [os.fsencode(name[top:]), data]
    return digest(*found)


class Source(Struct):
    """An item file as it lies on the disk: its bytes when they had to be read, its reading when it was kept."""

    signature: Signature
    digest: bytes | None = None
    data: bytes | None = None
    kept: Kept | None = None


def signature(path: str | Path) -> Signature | None:
    """Size and times of a file; None when it cannot be asked."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a thousand times as often as a Path is wanted
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns)


class ItemCache:
    """The kept readings of one site. Nothing is written before :meth:`save`."""

    def __init__(self, root: Path, context: bytes) -> None:
        """``root``: the site's folder; ``context``: see :func:`context_digest`. A site whose folder cannot be written keeps nothing."""
        self._root, self._folder = root, root / FOLDER / _FOLDER
        self._context = context
        self._rows: dict[str, _Row] = {}
        self._loaded: dict[str, _Row] = {}
        self._stale: set[int] = set()
        reasons = [reason for n in range(SHARDS) if (reason := self._load(n))]
        if reasons:
            dropped(self._folder, reasons[0])

    def _path(self, shard: int) -> Path:
        return self._folder / f"{shard:02d}.bin"

    def _load(self, shard: int) -> str:
        """Load a shard; why it cannot be used, if so."""
        content, reason = look(self._path(shard), program_stamp())
        if content is None or content[:16] != self._context:
            return reason
        try:
            rows = _ROWS.decode(memoryview(content)[16:])
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return DAMAGED
        self._loaded.update((row.file, row) for row in rows)
        return ""

    def find(self, file: str, path: str | Path) -> Source | None:
        """The item file at ``path``, with what is kept of it. None when its size and times cannot be asked."""
        now = signature(path)
        if now is None:
            return None
        row = self._loaded.get(file)
        source = Source(now)
        if row is None:
            return source
        if row.signature != now or not row.signature[1]:
            if row.signature[0] != now[0]:
                return source
            try:
                source.data = Path(path).read_bytes()
            except OSError:
                return source
            source.digest = digest(source.data)
            if source.digest != row.digest:
                return source
            row.signature = now
            self._stale.add(_shard(file))
        try:
            source.kept = _unpacked(row.record)
        except (msgspec.MsgspecError, UnicodeDecodeError, ValueError):
            return source
        if source.kept.reading.item is not None and source.kept.reading.item.file != file:
            source.kept = None
            return source
        self._rows[file], source.digest = row, row.digest
        return source

    def put(self, file: str, source: Source, reading: Reading, judged: Judged | None) -> None:
        """Keep a new reading, or new findings for one that was kept."""
        if source.digest is None:
            known = self._rows.get(file)
            if known is None:
                return
            source.digest = known.digest
        try:
            record = _packed(reading, judged)
            file.encode("utf-8")
        except (msgspec.MsgspecError, UnicodeEncodeError, TypeError, ValueError):
            self._rows.pop(file, None)
            return
        self._rows[file] = _Row(file, source.signature, source.digest, record)
        self._stale.add(_shard(file))

    def save(self) -> None:
        """Write the shards in which something has changed, each as a whole."""
        self._stale.update(_shard(file) for file in self._loaded.keys() - self._rows.keys())
        if not self._stale:
            return
        if cache_folder(self._root, _FOLDER) is None:
            return
        trusted = time.time_ns() - RACY_NS
        shards: dict[int, list[_Row]] = {n: [] for n in self._stale}
        for file in sorted(self._rows):
            if (n := _shard(file)) in shards:
                row = self._rows[file]
                if max(row.signature[1:]) > trusted:
                    row.signature = (row.signature[0], 0, 0)
                shards[n].append(row)
        for n, rows in shards.items():
            if rows:
                write_kept(self._path(n), program_stamp(), self._context + ENCODER.encode(rows))
            else:
                with contextlib.suppress(OSError):
                    self._path(n).unlink(missing_ok=True)


def _shard(file: str) -> int:
    return zlib.crc32(os.fsencode(file)) % SHARDS
