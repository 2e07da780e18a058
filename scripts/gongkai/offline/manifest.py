"""What a copy is made of: ``清单.json`` names every file with its size and SHA-256, and so shows what a copy lacks."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PureWindowsPath
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

from gongkai.patterns import regex
from gongkai.reading.source import os_reason

NAME = "清单.json"
FORMAT = 1
PRODUCT = "gongkailan"
_IGNORED = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_ID = regex(r"[0-9a-f]{12}")
_NAMES_ARE_UTF8 = 0x800  # the flag of a .zip entry
# RuntimeError: it wants a password. NotImplementedError: packed in a way that Python does not know.
_UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, NotImplementedError)


class ManifestError(Exception):
    """A folder or file is no copy, or its manifest cannot be read; the message says so in Chinese."""


class FileMark(Struct, frozen=True):
    """A file's size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


class Base(Struct, frozen=True):
    """The older copy that an update was made against."""

    id: str
    date: str


class Manifest(Struct, frozen=True):
    """What ``清单.json`` says. ``date`` is an ISO day; ``id`` tells this copy's content from any other's.

    In an update ``base`` is the copy it goes into, ``changed`` are the files that the update itself holds, and
    ``removed`` the files of the base that the site no longer has, with what the update puts in their place; ``files``
    is then what the updated copy consists of.
    """

    township: str
    site_name: str
    date: str
    id: str
    version: str
    counts: Mapping[str, int]
    files: Mapping[str, FileMark]
    base: Base | None = None
    changed: tuple[str, ...] = ()
    removed: Mapping[str, FileMark] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The file ``清单.json``."""
        content: dict[str, Any] = {
            "product": PRODUCT,
            "format": FORMAT,
            "version": self.version,
            "township": self.township,
            "site_name": self.site_name,
            "date": self.date,
            "id": self.id,
            "counts": dict(self.counts),
        }
        if self.base:
            content |= {"base": asdict(self.base), "changed": list(self.changed), "removed": _table(self.removed)}
        content["files"] = _table(self.files)
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _table(marks: Mapping[str, FileMark]) -> dict[str, dict[str, Any]]:
    return {name: asdict(mark) for name, mark in sorted(marks.items())}


def _inside(name: str) -> str:
    """``name`` when it stays inside the copy, on every system; ValueError when it leads out."""
    if PureWindowsPath(name).anchor or "\\" in name or any(part in ("", ".", "..") for part in name.split("/")):
        raise ValueError(name)
    return name


def _base(data: dict[str, Any]) -> Base:
    return Base(_id(data["id"]), _day(data["date"]))


def _id(value: Any) -> str:
    if not _ID.fullmatch(value):
        raise ValueError(value)
    return str(value)


def _day(value: Any) -> str:
    return dt.date.fromisoformat(value).isoformat()


def _marks(table: dict[str, Any]) -> dict[str, FileMark]:
    return {_inside(name): FileMark(int(mark["size"]), str(mark["sha256"])) for name, mark in table.items()}


def mark_of(content: bytes) -> FileMark:
    """The mark of a file with this content."""
    return FileMark(len(content), hashlib.sha256(content).hexdigest())


class _Folder(Struct, frozen=True):
    """The files of a copy in a folder, or in the .zip that was made of it."""

    path: Path
    archive: zipfile.ZipFile | None = None
    entries: Mapping[str, zipfile.ZipInfo] = field(default_factory=dict)
    """The files of the archive by their names in the copy."""

    def names(self) -> Iterator[str]:
        if self.archive is None:
            for path in sorted(self.path.rglob("*")):
                if path.is_file():
                    yield path.relative_to(self.path).as_posix()
        else:
            yield from self.entries

    def read(self, name: str) -> bytes:
        return (self.path / name).read_bytes() if self.archive is None else self.archive.read(self.entries[name])


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The name of an entry. Programs that pack a folder again may write it in the system's encoding and not say so."""
    name = entry.orig_filename
    if not entry.flag_bits & _NAMES_ARE_UTF8:
        written = name.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = written.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _opened(path: Path) -> _Folder:
    """The copy at ``path``: a folder, the .zip of one, or a ``清单.json`` in one."""
    if path.is_dir():
        return _Folder(path)
    if path.name == NAME:
        return _Folder(path.parent)
    if not path.is_file():
        raise ManifestError(f"没有“{path}”这个文件夹或文件。")
    try:
        archive = zipfile.ZipFile(path)
        entries = {_name_of(entry): entry for entry in archive.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, OSError, ValueError):
        raise ManifestError(f"“{path.name}”打不开：不是压缩包，或者没有复制完整。") from None
    found = min((name for name in entries if name.rpartition("/")[2] == NAME), key=len, default=None)
    if found is None:
        raise ManifestError(f"“{path.name}”里没有 {NAME}，不是离线副本。")
    top = found.removesuffix(NAME)
    return _Folder(path, archive, {n.removeprefix(top): entry for n, entry in entries.items() if n.startswith(top)})


def read_manifest(path: Path) -> Manifest:
    """The manifest of the copy at ``path`` (a folder, its .zip, or the file itself). Raises :class:`ManifestError`."""
    return _manifest_in(_opened(path))


def _manifest_in(folder: _Folder) -> Manifest:
    try:
        data = json.loads(folder.read(NAME))
        if data["product"] != PRODUCT or data["format"] != FORMAT:
            raise ManifestError(f"“{folder.path.name}”里的 {NAME} 是别的版本写的，请用写它的那个版本来核对。")
        base = _base(data["base"]) if "base" in data else None
        return Manifest(
            township=str(data["township"]),
            site_name=str(data["site_name"]),
            date=_day(data["date"]),
            id=_id(data["id"]),
            version=str(data["version"]),
            counts={str(key): int(value) for key, value in data["counts"].items()},
            files=_marks(data["files"]),
            base=base,
            changed=tuple(map(_inside, data.get("changed", ()))),
            removed=_marks(data.get("removed", {})),
        )
    except (FileNotFoundError, NotADirectoryError):
        raise ManifestError(f"“{folder.path}”里没有 {NAME}，不是离线副本，或者没有复制完整。") from None
    except OSError as error:
        raise ManifestError(f"“{folder.path}”里的 {NAME} 读不出来：{os_reason(error)}。请重新复制。") from error
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error):
        raise ManifestError(f"“{folder.path}”里的 {NAME} 已损坏，请重新复制整个文件夹。") from None
    except RuntimeError:
        raise ManifestError(
            f"“{folder.path.name}”加了密码或者压缩方式特殊，读不出来。请先解压，再核对解压出来的文件夹。"
        ) from None


class Problem(Struct, frozen=True):
    """A file of a copy that is not as it should be.

    ``kind``: ``missing``, ``changed``, ``unreadable``, ``withdrawn`` (no longer public, but still there as it was), or
    ``extra`` (not of the copy).
    """

    name: str
    kind: str


class Verdict(Struct, frozen=True):
    """What checking a copy found. ``update`` says that the folder is an update which lies by itself."""

    manifest: Manifest
    update: bool
    problems: tuple[Problem, ...] = ()
    extras: tuple[Problem, ...] = ()


def verify(path: Path) -> Verdict:
    """Compare the copy at ``path`` with its manifest, file by file. Raises :class:`ManifestError`.

    An update that lies by itself is judged by the files it should hold. Files too many are no problem: systems and
    older copies leave them.
    """
    folder = _opened(path)
    manifest = _manifest_in(folder)
    present = set(folder.names())
    lies_alone = bool(manifest.base) and any(n not in present for n in manifest.files if n not in manifest.changed)
    update = lies_alone and not (present & (manifest.files.keys() - set(manifest.changed)))
    wanted = {n: m for n, m in manifest.files.items() if not update or n in manifest.changed}
    problems = [p for name in sorted(wanted) if (p := _problem(folder, present, name, wanted[name]))]
    withdrawn = [
        p for n in sorted(manifest.removed) if n in present and (p := _problem(folder, present, n, manifest.removed[n]))
    ]
    problems += [Problem(p.name, "withdrawn" if p.kind == "changed" else p.kind) for p in withdrawn]
    known = wanted.keys() | manifest.removed.keys() | {NAME}
    extras = [Problem(n, "extra") for n in sorted(present - known) if n.rpartition("/")[2].lower() not in _IGNORED]
    return Verdict(manifest, update, tuple(problems), tuple(extras))


def _problem(folder: _Folder, present: set[str], name: str, mark: FileMark) -> Problem | None:
    if name not in present:
        return Problem(name, "missing")
    try:
        content = folder.read(name)
    except _UNREADABLE:
        return Problem(name, "unreadable")
    return None if mark_of(content) == mark else Problem(name, "changed")
