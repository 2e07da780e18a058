"""Writing copies and updates. A folder appears under its name only when it is whole, and its .zip after it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gongkai import __version__
from gongkai.offline import doorway
from gongkai.offline.manifest import NAME, Base, FileMark, Manifest, ManifestError, mark_of, read_manifest
from gongkai.offline.packs import LIST, packs
from gongkai.offline.pages import Pages, offline_style
from gongkai.patterns import regex
from gongkai.reading.settings import Settings
from gongkai.reading.source import os_reason

FOLDER = "offline"
"""Where copies go when nothing else is said: beside mkdocs.yml."""

SWITCH = "GONGKAI_OFFLINE_COPY"
"""Environment variable: 0 keeps a build from making a copy, whatever the settings say."""

_LEFT_OUT = regex(
    r"404\.html|sitemap\.xml|robots\.txt|feed\.xml|feeds/.*|sw\.js|manifest\.json|CNAME|(?:.*/)?\.[^/]+(?:/.*)?|.*\.map"
)
"""What only a web server or a reader of feeds can use."""

_DATA, _PACKS = "search/data/", "search/packs/"
_ITEMS = "data/items.json"
_ILLEGAL = regex(r"[\s\\/:*?\"<>|.\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_LONGEST_NAME = 40  # letters of a township's name: Windows takes 260 for a whole path
_NEW, _OLD = ".gongkai-new", ".gongkai-old"
_AS_TEXT = ("utf-8", "surrogateescape")  # an attachment may be a page in another encoding: its bytes stay
_EARLIEST = dt.date(1980, 1, 1)  # a .zip knows no older day
_ID_DIGITS = 12


class OfflineError(Exception):
    """The copy cannot be made; the message says why, in Chinese. What was there before is unchanged."""


class Copy(Struct, frozen=True):
    """What a copy says of itself. ``date`` is an ISO day."""

    township: str
    site_name: str
    site_url: str
    date: str

    @classmethod
    def of(cls, settings: Settings, today: dt.date) -> Copy:
        """The copy of the site of these settings on a day."""
        return cls(settings.profile.name, settings.site_name, settings.site_url, today.isoformat())

    @property
    def name(self) -> str:
        """The folder's name."""
        township = _ILLEGAL.sub("", self.township)[:_LONGEST_NAME]
        return f"公开栏-{township}-{self.date}"


class Made(Struct, frozen=True):
    """What was written."""

    folder: Path
    archive: Path
    manifest: Manifest


def make_copy(site: Path, out: Path, copy: Copy) -> Made:
    """Write the offline copy of the built ``site`` into the folder ``out``, as a folder and as a .zip of it.

    A copy of the same name is replaced; the same site on the same day gives the same bytes. Raises :class:`OfflineError`.
    """
    if not (site / "index.html").is_file():
        raise OfflineError(f"“{site}”里没有生成好的网站（缺 index.html）。请先运行 mkdocs build。")
    with _Writing(out, copy.name) as writing:
        for name, content in _site_files(site, copy):
            writing.write(f"{doorway.SITE}/{name}", content)
        marks = writing.marks
        copy_id = _digest(marks)
        counts = _counts(site, marks)
        search = f"{doorway.SITE}/{_PACKS}{LIST}" in marks
        readme = doorway.readme(copy.name, copy.site_name, copy.site_url, copy.date, counts, search)
        writing.write(doorway.README, readme)
        writing.write(doorway.DOOR, doorway.door(copy.site_name, copy.date, (copy_id,)))
        writing.write(doorway.mark_name(copy_id), f"/* {copy_id} */\n".encode())
        manifest = Manifest(copy.township, copy.site_name, copy.date, copy_id, __version__, counts, dict(writing.marks))
        writing.write(NAME, manifest.to_bytes())
        return writing.finish(manifest)


def base_of(older: Path, copy: Copy) -> Manifest:
    """The manifest of the copy ``older`` (folder, .zip or manifest), against which an update to ``copy`` is to be made.

    To be read before the new copy is made, which may take the older one's place. Raises :class:`OfflineError`.
    """
    try:
        old = read_manifest(older)
    except ManifestError as error:
        raise OfflineError(str(error)) from error
    if doorway.mark_name(old.id) not in old.files:
        raise OfflineError(f"“{older}”里的 {NAME} 已损坏，请换用完整的旧副本。")
    if old.township != copy.township:
        raise OfflineError(f"“{older.name}”是{old.township}的副本，不能用来做{copy.township}的更新包。")
    if old.date > copy.date:
        raise OfflineError(f"“{older.name}”的日期（{old.date}）比这次的（{copy.date}）还新，做不出更新包。")
    return old


def make_update(made: Made, old: Manifest, out: Path) -> Made | None:
    """Write what turns the copy that ``old`` describes (:func:`base_of`) into the copy just ``made``; None if nothing differs.

    The update holds only files that are new or have changed, and short stand-ins for files that have left the site.
    Raises :class:`OfflineError`.
    """
    new = made.manifest
    if old.id == new.id:
        return None
    base_mark = doorway.mark_name(old.id)
    changed = {n for n, mark in new.files.items() if old.files.get(n) != mark} | {doorway.DOOR}
    ours = {doorway.HOW_TO_UPDATE, doorway.TO_DELETE}
    gone = tuple(n for n in sorted(old.files) if n not in new.files and n not in ours and not _is_mark(n))
    with _Writing(out, f"{made.folder.name}-更新") as writing:
        for name in sorted(changed - {doorway.DOOR, doorway.mark_name(new.id)}):
            writing.write(name, (made.folder / name).read_bytes())
        stand_ins = {name: writing.write(name, doorway.withdrawn(name)) for name in gone}
        if gone:
            writing.write(doorway.TO_DELETE, doorway.to_delete(gone))
        writing.write(doorway.HOW_TO_UPDATE, doorway.how_to_update(new.site_name, new.date, old.date, len(gone)))
        writing.write(doorway.DOOR, doorway.door(new.site_name, new.date, (old.id, new.id), old.date))
        writing.write(doorway.mark_name(new.id), f"/* {new.id} */\n".encode())
        held = {name: mark for name, mark in writing.marks.items() if name not in stand_ins}
        manifest = replace(
            new,
            base=Base(old.id, old.date),
            changed=tuple(sorted(held)),
            removed=stand_ins,
            files={**new.files, base_mark: old.files[base_mark], **held},
        )
        writing.write(NAME, manifest.to_bytes())
        return writing.finish(manifest)


def _is_mark(name: str) -> bool:
    return name.startswith(f"{doorway.SITE}/zz-copy-")


def _site_files(site: Path, copy: Copy) -> Iterator[tuple[str, bytes]]:
    """The files of the site as they stand in the copy: address and content, in the order of addresses."""
    paths = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    data = {name.removeprefix(_DATA): path for name, path in paths.items() if name.startswith(_DATA)}
    kept = {n: path for n, path in paths.items() if not _LEFT_OUT.fullmatch(n) and not n.startswith(_DATA)}
    pages = Pages(kept.keys(), copy.site_url)
    for name, path in kept.items():
        content = path.read_bytes()
        if name.endswith(".html"):
            content = _text(pages.rewritten(name, content.decode(*_AS_TEXT), doorway.NOTE))
        elif name.endswith(".css"):
            content = _text(offline_style(content.decode(*_AS_TEXT)))
        yield name, content
    yield doorway.NOTE, doorway.note(copy.date, copy.site_url)
    for name, text in packs({name: path.read_bytes() for name, path in data.items()}) if data else ():
        yield _PACKS + name, text.encode("ascii")


def _text(text: str) -> bytes:
    return text.encode(*_AS_TEXT)


def _digest(marks: dict[str, FileMark]) -> str:
    made = hashlib.sha256()
    for name, mark in sorted(marks.items()):
        made.update(f"{name}\0{mark.sha256}\n".encode())
    return made.hexdigest()[:_ID_DIGITS]


def _counts(site: Path, marks: dict[str, FileMark]) -> dict[str, int]:
    names = [name.removeprefix(f"{doorway.SITE}/") for name in marks]
    try:
        items = len(json.loads((site / _ITEMS).read_bytes())["items"])
    except (OSError, ValueError, KeyError, TypeError):
        items = 0
    return {
        "items": items,
        "pages": sum(name.endswith(".html") for name in names),
        "attachments": sum(name.startswith("items/") and not name.endswith(".html") for name in names),
        "bytes": sum(mark.size for mark in marks.values()),
    }


class _Writing:
    """Writes a folder under a temporary name beside its place, for a ``with`` statement; nothing is left of a failure."""

    def __init__(self, out: Path, name: str) -> None:
        self.folder, self.new = out / name, out / (name + _NEW)
        self.archive = out / f"{name}.zip"
        self.marks: dict[str, FileMark] = {}
        self._order: list[str] = []

    def __enter__(self) -> _Writing:
        if self.folder.exists() and not (self.folder / NAME).is_file():
            raise OfflineError(f"“{self.folder}”里有别的文件，不像离线副本，没有改动。请改名或移走它。")
        try:
            shutil.rmtree(self.new, ignore_errors=True)
            self.new.mkdir(parents=True)
        except OSError as error:
            raise self._failed(error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        shutil.rmtree(self.new, ignore_errors=True)
        self.archive.with_name(self.archive.name + _NEW).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> OfflineError:
        return OfflineError(
            f"离线副本没有做成：{os_reason(error)}（{error.filename or self.folder}）。请检查磁盘空间和权限。"
        )

    def write(self, name: str, content: bytes) -> FileMark:
        """Write one file and note its mark."""
        path = self.new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self._order.append(name)
        mark = mark_of(content)
        if name != NAME:
            self.marks[name] = mark
        return mark

    def finish(self, manifest: Manifest) -> Made:
        """Put the folder in its place and pack it: in the order in which it was written, the copy's mark last."""
        half = self.archive.with_name(self.archive.name + _NEW)
        last = doorway.mark_name(manifest.id)
        day = max(_EARLIEST, dt.date.fromisoformat(manifest.date))
        time = (day.year, day.month, day.day, 0, 0, 0)
        with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name in sorted(self._order, key=lambda n: (n == last, n)):
                entry = zipfile.ZipInfo(f"{self.folder.name}/{name}", time)  # names go in as UTF-8
                entry.external_attr, entry.create_system = 0o100644 << 16, 3
                content = (self.new / name).read_bytes()
                if name != NAME and mark_of(content) != self.marks[name]:
                    raise OfflineError(f"写到磁盘上的“{name}”读出来不对，离线副本没有做成。请检查磁盘后重试。")
                archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
        aside = self.folder.with_name(self.folder.name + _OLD)
        shutil.rmtree(aside, ignore_errors=True)
        try:
            if self.folder.exists():
                self.folder.rename(aside)
            self.new.rename(self.folder)
        except OSError as error:
            if aside.exists() and not self.folder.exists():
                aside.rename(self.folder)
            raise OfflineError(f"“{self.folder}”正被别的程序占用，没有改动。请关闭打开它的窗口后重试。") from error
        shutil.rmtree(aside, ignore_errors=True)
        half.replace(self.archive)
        return Made(self.folder, self.archive, manifest)
