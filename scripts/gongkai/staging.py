"""The new site while it is made: what is written into its folder, and what may stay in the old site as it stands.

Each file is written under a key that says all it is made of. What the last build wrote under the same key, and nobody has
touched since, stays where it is; the same holds for groups of files that are made together. Which keys were used is
recorded in the site's cache folder. The record is believed file by file: size and time of the file in the site must be
those that were noted.
"""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

import msgspec

from gongkai.cache_folder import (
    FOLDER,
    RACY_NS,
    cache_folder,
    digest,
    dropped,
    program_stamp,
    read_kept,
    switched_off,
    write_kept,
)
from gongkai.writing import write_new

NO_KEY = b""
"""The key of what is made anew each time, or of what may change unseen."""

Address = tuple[str, str | None]
"""Where a file lies, relative to the site's root, and for a page the day of its newest content (ISO), if there is one."""

_FILES = "site-*.bin"
_MOST = 3  # records: of the site, of a preview, of the site that an offline copy is made from
_CHUNK = 1 << 20
_DIGEST = 16


class Made(NamedTuple):
    """A file of the site: its address, its content, and for a page the day of its newest content (ISO), if there is one."""

    url: str
    content: bytes
    lastmod: str | None = None


class Place(Protocol):
    """Where the files of one folder of the site go; names are relative to it."""

    def keeps(self, name: str, key: bytes) -> bool:
        """Whether the file stays as it is: the last build wrote it under the same ``key``."""

    def put(self, name: str, content: bytes, key: bytes = NO_KEY) -> None:
        """Write the file, under ``key``. Raises OSError."""


class Standing(msgspec.Struct, array_like=True, frozen=True):
    """A file as a build left it: what it was made of, its content's digest, its size and time. ``note`` is its maker's."""

    key: bytes
    digest: bytes
    size: int
    time: int
    note: bytes


class _Site(msgspec.Struct, array_like=True):
    """What comes first in a record."""

    site: str


class _Record(msgspec.Struct, array_like=True):
    """What a build has left in the folder ``site``: files by address, and groups of them by name.

    ``all`` is the key of all files that have a key, taken together.
    """

    site: str
    files: dict[str, Standing]
    groups: dict[str, tuple[bytes, list[Address]]]
    all: bytes = NO_KEY


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Record)
_SITE_DECODER = msgspec.msgpack.Decoder(_Site)


class Staging:
    """The folder in which a site is made. ``kept`` are the addresses of what stays as it is in ``site_dir``."""

    def __init__(self, folder: Path, site_dir: Path, root: Path) -> None:
        """``root``: the folder of mkdocs.yml, which has the cache."""
        self.folder, self.site_dir = folder, site_dir
        self.kept: set[str] = set()
        self._to, self._from = f"{folder}{os.sep}", f"{site_dir}{os.sep}"
        self._new = _Record(str(site_dir.resolve()), {}, {})
        self._root, self._name = root, _FILES.replace("*", digest(self._new.site)[:4].hex())
        self._old = _load(root / FOLDER / self._name, self._new.site)

    # ---- One file

    def keeps(self, url: str, key: bytes) -> bool:
        """Whether the file at ``url`` stays as it is: the last build wrote it under the same ``key``."""
        known = self._old.files.get(url)
        if known is None or key == NO_KEY or known.key != key or not self._stands(url, known):
            return False
        self._keep(url, known)
        return True

    def put(self, url: str, content: bytes, key: bytes = NO_KEY, note: bytes = b"") -> None:
        """Write the file at ``url``, under ``key``; one that is there with this content stays. Raises OSError."""
        made = _digest((content,))
        known = self._old.files.get(url)
        if known is not None and known.digest == made and self._stands(url, known):
            self._keep(url, Standing(key, made, known.size, known.time, note))
            return
        self.kept.discard(url)
        self._new.files[url] = Standing(key, made, len(content), 0, note)
        try:
            write_new(self._to + url, content)
        except FileNotFoundError:
            (self.folder / url).parent.mkdir(parents=True, exist_ok=True)
            write_new(self._to + url, content)

    def copy(self, source: Path, url: str) -> None:
        """Copy a file to ``url``, unless it lies there since the last build. Raises OSError."""
        key = source_key(source)
        if self.keeps(url, key):
            return
        self.kept.discard(url)
        target = self.folder / url
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as read, target.open("wb") as written:
            made = _digest(_through(read, written))
        self._new.files[url] = Standing(key, made, target.stat().st_size, 0, b"")

    def note(self, url: str) -> bytes:
        """The note of a file that was kept or put."""
        return self._new.files[url].note

    # ---- Several files

    def group(self, name: str, key: bytes, make: Callable[[], Iterable[Made]]) -> list[Address]:
        """The files that ``make`` gives, made only when the last build had them of another ``key``, or one was touched.

        Gives their addresses. Raises OSError.
        """
        old_key, addresses = self._old.groups.get(name, (NO_KEY, []))
        files = [(url, self._old.files.get(url)) for url, _ in addresses]
        if key == old_key != NO_KEY and all(known and self._stands(url, known) for url, known in files):
            for url, known in files:
                assert known is not None
                self._keep(url, known)
        else:
            addresses = []
            for made in make():
                self.put(made.url, made.content)
                addresses.append((made.url, made.lastmod))
        self._new.groups[name] = (key, addresses)
        return addresses

    def keeps_all(self, key: bytes) -> bool:
        """Whether everything that the last build made up to :meth:`seal` stays as it is: it was sealed under the same ``key``."""
        if key == NO_KEY or self._old.all != key:
            return False
        files = [(url, known) for url, known in self._old.files.items() if known.key != NO_KEY]
        if not all(self._stands(url, known) for url, known in files):
            return False
        for url, known in files:
            self._keep(url, known)
        self._new.groups, self._new.all = self._old.groups, key
        return True

    def seal(self, key: bytes) -> None:
        """What has been made so far is all that ``key`` says; what comes after is others' and has no part in it."""
        if key != NO_KEY:
            for url, row in self._new.files.items():
                if row.key == NO_KEY:
                    self._new.files[url] = msgspec.structs.replace(row, key=key)
        self._new.all = key

    def under(self, folder: str) -> Place:
        """The folder ``folder`` of the site (with ``/`` at its end) as a place of its own."""
        return _Under(self, folder)

    def adopt(self) -> None:
        """Take note of what others have written into the folder; what bears the address of a kept file goes. Raises OSError."""
        for folder, _, names in os.walk(self.folder):
            inside = Path(folder).relative_to(self.folder).as_posix()
            for name in names:
                url = name if inside == "." else f"{inside}/{name}"
                if url in self.kept:  # theirs has the address of one of ours: ours counts, as when it is written anew
                    Path(folder, name).unlink()
                elif url not in self._new.files:
                    content = Path(folder, name).read_bytes()
                    self._new.files[url] = Standing(NO_KEY, _digest((content,)), len(content), 0, b"")

    def digests(self) -> dict[str, bytes]:
        """The digest of the content of every file of the new site, by address."""
        return {url: row.digest for url, row in self._new.files.items()}

    # ---- The end

    def check(self) -> None:
        """See that what was written is there to its end, as far as the system knows. Raises OSError."""
        for url, row in self._new.files.items():
            if url not in self.kept and os.stat(self._to + url).st_size != row.size:  # noqa: PTH116 - thousands of them
                raise OSError(errno.EIO, os.strerror(errno.EIO), self._to + url)

    def record(self) -> None:
        """Record how the site stands, now that it is in place. Sites in other folders have records of their own, the last few."""
        folder = None if switched_off() else cache_folder(self._root)
        if folder is None:
            return
        for url, row in self._new.files.items():
            if url not in self.kept:
                with suppress(OSError):
                    self._new.files[url] = msgspec.structs.replace(row, time=os.stat(self._from + url).st_mtime_ns)  # noqa: PTH116 - thousands
        write_kept(folder / self._name, program_stamp(), _ENCODER.encode(self._new))
        _forget_most(folder)

    def _stands(self, url: str, known: Standing) -> bool:
        try:
            now = os.stat(self._from + url)  # noqa: PTH116 - thousands of them
        except OSError:
            return False
        return (now.st_size, now.st_mtime_ns) == (known.size, known.time)

    def _keep(self, url: str, known: Standing) -> None:
        if url in self._new.files:  # written by somebody else before
            with suppress(OSError):
                (self.folder / url).unlink(missing_ok=True)
        self._new.files[url] = known
        self.kept.add(url)


class _Under:
    def __init__(self, staging: Staging, folder: str) -> None:
        self._staging, self._folder = staging, folder

    def keeps(self, name: str, key: bytes) -> bool:
        return self._staging.keeps(self._folder + name, key)

    def put(self, name: str, content: bytes, key: bytes = NO_KEY) -> None:
        self._staging.put(self._folder + name, content, key)


def source_key(*paths: Path) -> bytes:
    """A key for what is made of the contents of files; :data:`NO_KEY` when one has just changed and may again, unseen."""
    parts = []
    for path in paths:
        try:
            found = path.stat()
        except OSError:
            parts.append("gone")
            continue
        if max(found.st_mtime_ns, found.st_ctime_ns) > time.time_ns() - RACY_NS:
            return NO_KEY
        parts.append(f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}")
    return digest(*map(str, paths), *parts)


def _load(path: Path, site: str) -> _Record:
    """What is recorded of the folder ``site``; nothing when the record is of another folder or cannot be used."""
    content = None if switched_off() else read_kept(path, program_stamp())
    if content is not None:
        try:
            record = _DECODER.decode(content)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            dropped(path, "内容不对")
        else:
            if record.site == site:
                return record
    return _Record(site, {}, {})


def _forget_most(folder: Path) -> None:
    """Of many records in ``folder`` the last few stay; those of folders that are gone are the first to go."""
    records = list(folder.glob(_FILES))
    if len(records) <= _MOST:
        return

    def worth(path: Path) -> tuple[bool, int]:
        try:
            content = read_kept(path, program_stamp()) or b""
            there = Path(_SITE_DECODER.decode(content).site).is_dir()
        except (msgspec.MsgspecError, UnicodeDecodeError, ValueError):
            there = False
        return there, path.stat().st_mtime_ns if path.exists() else 0

    for path in sorted(records, key=worth)[:-_MOST]:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _digest(chunks: Iterable[bytes]) -> bytes:
    made = hashlib.sha256()
    for chunk in chunks:
        made.update(chunk)
    return made.digest()[:_DIGEST]


def _through(read: BinaryIO, written: BinaryIO) -> Iterator[bytes]:
    while chunk := read.read(_CHUNK):
        written.write(chunk)
        yield chunk
