"""Base shards kept from build to build in the site's cache folder. Believed only when whole.

``shards.json`` names them; ``<name>.shard`` is one as it was built, ``<name>.changes`` what was struck out of it since.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gongkai.cache_folder import digest, dropped, program_stamp, read_kept, write_kept
from gongkai.search.fold import table
from gongkai.search.packing import to_json
from gongkai.search.plan import Document

GONE: Document = ("", "")
"""In place of a record that was struck out of a shard."""

_SHARD, _CHANGES, _LIST = ".shard", ".changes", "shards.json"


@dataclass(frozen=True, slots=True)
class Shard:
    """A built shard: its files, what the start data say about it, and the records in it, newest first.

    ``dropped`` and ``added`` are the files that were changed since it was built.
    """

    name: str
    engine: str
    entry: dict[str, Any]
    documents: tuple[Document, ...]
    files: dict[str, bytes]
    dropped: frozenset[str] = frozenset()
    added: dict[str, bytes] = field(default_factory=dict)

    def changed(
        self,
        entry: dict[str, Any],
        documents: tuple[Document, ...],
        dropped: Collection[str],
        added: Mapping[str, bytes],
    ) -> Shard:
        """The shard without the files ``dropped`` and with those ``added``."""
        return replace(
            self,
            entry=entry,
            documents=documents,
            files={name: data for name, data in self.files.items() if name not in dropped} | dict(added),
            dropped=self.dropped | frozenset(dropped),
            added={name: data for name, data in self.added.items() if name not in dropped} | dict(added),
        )


def load_shards(folder: Path | None, form: str) -> list[Shard]:
    """The shards kept in ``folder``, newest first; none when one of them is damaged or of another ``form``."""
    if folder is None:
        return []
    stamp = _stamp(form)
    content = read_kept(folder / _LIST, stamp)
    shards = []
    for name in json.loads(content) if content else ():
        shard = _load(folder, name, stamp)
        if shard is None:
            dropped(folder / _LIST, "所指的检索数据不全")
            return []
        shards.append(shard)
    return shards


def _load(folder: Path, name: str, stamp: bytes) -> Shard | None:
    path = folder / f"{name}{_CHANGES}"
    kept = read_kept(folder / f"{name}{_SHARD}", stamp)
    changes = read_kept(path, stamp) if path.exists() else b""
    if kept is None or changes is None:
        return None
    (engine, entry, documents), files = _opened(kept)
    shard = Shard(name, engine, entry, tuple((url, digest) for url, digest in documents), files)
    if not changes:
        return shard
    (entry, gone, names), added = _opened(changes)
    struck = tuple(GONE if number in set(gone) else known for number, known in enumerate(shard.documents))
    return shard.changed(entry, struck, names, added)


def save_shards(folder: Path | None, form: str, shards: Sequence[Shard], there: Collection[str]) -> None:
    """Keep ``shards`` in place of all others. A folder that does not take them is left without any.

    ``there`` are the names of those that were loaded from it.
    """
    if folder is None:
        return
    stamp = _stamp(form)
    names = [shard.name for shard in shards]
    with contextlib.suppress(OSError):
        (folder / _LIST).unlink(missing_ok=True)
        for path in [*folder.glob(f"*{_SHARD}"), *folder.glob(f"*{_CHANGES}")]:
            if path.stem not in names or path.stem not in there:
                path.unlink()
        if all(_save(folder, stamp, shard, new=shard.name not in there) for shard in shards):
            write_kept(folder / _LIST, stamp, to_json(names))


def _save(folder: Path, stamp: bytes, shard: Shard, *, new: bool) -> bool:
    done = True
    if new:
        content = _closed([shard.engine, shard.entry, shard.documents], shard.files)
        done = write_kept(folder / f"{shard.name}{_SHARD}", stamp, content)
    if done and shard.dropped:
        gone = [number for number, document in enumerate(shard.documents) if document == GONE]
        content = _closed([shard.entry, gone, sorted(shard.dropped)], shard.added)
        done = write_kept(folder / f"{shard.name}{_CHANGES}", stamp, content)
    return done


def _closed(head: list[Any], files: Mapping[str, bytes]) -> bytes:
    """One content of a head and files."""
    sizes = [[name, len(data)] for name, data in files.items()]
    return b"".join((to_json([head, sizes]), b"\n", *files.values()))


def _opened(content: bytes) -> tuple[list[Any], dict[str, bytes]]:
    """Head and files of a content."""
    end = content.index(b"\n")
    head, sizes = json.loads(content[:end])
    files = {}
    at = end + 1
    for name, size in sizes:
        files[name] = content[at : at + size]
        at += size
    return head, files


def _stamp(form: str) -> bytes:
    return digest(program_stamp(), table(), form)
