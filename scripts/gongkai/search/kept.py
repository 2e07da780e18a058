"""Shards kept from build to build in the site's cache folder. What is known of them is read at once, their files one by one.

``shards.json`` names them. ``<name>.shard`` is the head of one, ``<name>.files`` its files one behind the other; the head
says where each stands. Bytes are believed only when they have the digest that the head has for them.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct, field

from gongkai.cache_folder import digest, dropped, read_kept, results_stamp, write_kept
from gongkai.search.packing import to_json
from gongkai.search.plan import Document
from gongkai.writing import replace_file

GONE: Document = ("", "")
"""In place of a record that was struck out of a shard."""

_HEAD, _FILES, _LIST = ".shard", ".files", "shards.json"


class UnreadableError(Exception):
    """A file of a kept shard is not what it was when it was kept."""


class Spot(NamedTuple):
    """Where a file stands among those of a kept shard, and its digest."""

    at: int
    size: int
    digest: bytes


class Rest(NamedTuple):
    """What the index still holds of a record that was struck out: what its version with that digest says as well."""

    url: str
    digest: str
    runs: tuple[tuple[int, str], ...]
    letters: str


class Shard(Struct, frozen=True):
    """A built shard: what the start data say about it, the records in it, newest first, and its files.

    ``fresh`` are the files at hand, ``stored`` those that lie in the file ``path``. ``rests`` has what is left of struck
    records, by their numbers.
    """

    name: str
    engine: str
    entry: dict[str, Any]
    documents: tuple[Document, ...]
    fresh: dict[str, bytes]
    stored: dict[str, Spot] = field(default_factory=dict)
    path: Path | None = None
    rests: dict[int, Rest] = field(default_factory=dict)

    def digests(self) -> Iterator[tuple[str, bytes]]:
        """Every file's name and digest."""
        for name, spot in self.stored.items():
            yield name, spot.digest
        for name, data in self.fresh.items():
            yield name, digest(data)

    def read(self, name: str) -> bytes:
        """A file. Raises :class:`UnreadableError`."""
        return self.fresh[name] if name in self.fresh else next(self.read_all([name]))

    def read_all(self, names: Sequence[str]) -> Iterator[bytes]:
        """Files, one after the other. Raises :class:`UnreadableError`."""
        with contextlib.ExitStack() as opened:
            file = None
            for name in names:
                if name in self.fresh:
                    yield self.fresh[name]
                    continue
                spot = self.stored[name]
                try:
                    if file is None:
                        assert self.path is not None
                        file = opened.enter_context(self.path.open("rb"))
                    file.seek(spot.at)
                    data = file.read(spot.size)
                except OSError as error:
                    raise UnreadableError(name) from error
                if digest(data) != spot.digest:
                    raise UnreadableError(name)
                yield data


class Kept(Struct, frozen=True):
    """What an earlier build has left: its base shards, newest first, and its delta, if it had one."""

    base: tuple[Shard, ...] = ()
    delta: Shard | None = None


class _Head(msgspec.Struct, array_like=True):
    """What is read of a shard at once; ``size`` and ``time`` are those of the file that holds its files."""

    engine: str
    entry: dict[str, Any]
    documents: tuple[Document, ...]
    stored: dict[str, Spot]
    rests: dict[int, Rest]
    size: int
    time: int


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Head)


def load_shards(folder: Path | None, form: str) -> Kept:
    """The shards kept in ``folder``; none when one of them is damaged or of another ``form``."""
    if folder is None:
        return Kept()
    stamp = _stamp(form)
    content = read_kept(folder / _LIST, stamp)
    if content is None:
        return Kept()
    names, delta = json.loads(content)
    shards = []
    for name in [*names, *([delta] if delta else [])]:
        shard = _load(folder, name, stamp)
        if shard is None:
            drop_shards(folder)
            return Kept()
        shards.append(shard)
    return Kept(tuple(shards[: len(names)]), shards[-1] if delta else None)


def drop_shards(folder: Path | None) -> None:
    """Believe nothing that is kept there any more, and say so."""
    if folder is not None:
        dropped(folder / _LIST, "所指的检索数据不全")


def _load(folder: Path, name: str, stamp: bytes) -> Shard | None:
    content = read_kept(folder / f"{name}{_HEAD}", stamp)
    if content is None:
        return None
    path = folder / f"{name}{_FILES}"
    try:
        head = _DECODER.decode(content)
        now = path.stat()
    except (msgspec.MsgspecError, UnicodeDecodeError, OSError):
        return None
    shard = Shard(name, head.engine, head.entry, head.documents, {}, head.stored, path, head.rests)
    if (now.st_size, now.st_mtime_ns) != (head.size, head.time):  # copied or touched: all is looked at before
        try:
            for _ in shard.read_all(list(head.stored)):
                pass
        except UnreadableError:
            return None
    return shard


def save_shards(folder: Path | None, form: str, shards: Kept, before: Kept) -> None:
    """Keep ``shards`` in place of those kept ``before``. A folder that does not take them is left without any."""
    if folder is None or shards == before:
        return
    stamp = _stamp(form)
    there = [*before.base, before.delta]
    every = [*shards.base, *([shards.delta] if shards.delta else [])]
    names = {shard.name for shard in every}
    with contextlib.suppress(OSError, UnreadableError):
        (folder / _LIST).unlink(missing_ok=True)
        for path in [*folder.glob(f"*{_HEAD}"), *folder.glob(f"*{_FILES}")]:
            if path.stem not in names:
                path.unlink()
        if all(any(shard is known for known in there) or _save(folder, stamp, shard) for shard in every):
            content = [[shard.name for shard in shards.base], shards.delta.name if shards.delta else ""]
            write_kept(folder / _LIST, stamp, to_json(content))


def _save(folder: Path, stamp: bytes, shard: Shard) -> bool:
    path = folder / f"{shard.name}{_FILES}"
    at = max((spot.at + spot.size for spot in shard.stored.values()), default=0)
    if shard.stored and at < 2 * sum(spot.size for spot in shard.stored.values()):
        stored, names = dict(shard.stored), list(shard.fresh)
        with path.open("r+b") as file:
            file.seek(at)
            file.truncate()
            file.write(b"".join(shard.fresh.values()))
    else:  # anew, without what nobody asks for any more
        stored, names, at = {}, [*shard.stored, *shard.fresh], 0
        replace_file(path, b"".join(shard.read_all(names)))
    for name in names:
        size = len(shard.fresh[name]) if name in shard.fresh else shard.stored[name].size
        known = digest(shard.fresh[name]) if name in shard.fresh else shard.stored[name].digest
        stored[name] = Spot(at, size, known)
        at += size
    now = path.stat()
    head = _Head(shard.engine, shard.entry, shard.documents, stored, shard.rests, now.st_size, now.st_mtime_ns)
    return write_kept(folder / f"{shard.name}{_HEAD}", stamp, _ENCODER.encode(head))


def _stamp(form: str) -> bytes:
    return digest(results_stamp(), form)
