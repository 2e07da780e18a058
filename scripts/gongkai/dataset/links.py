"""Where links between items, pages and files lead on the site."""

from __future__ import annotations

import enum
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct

from gongkai.model import Attachment, Item
from gongkai.patterns import regex
from gongkai.reading.attachments import locate

if TYPE_CHECKING:
    from gongkai.dataset.dataset import Dataset

_EXTERNAL = ("http://", "https://", "mailto:", "tel:")
_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]+:")
PAGE_SUFFIXES = (".md", ".markdown")
# The folders of the site in which generated pages and files lie (a test holds the site to this).
GENERATED_FOLDERS = frozenset(
    (
        "assets",
        "cards",
        "catalogue",
        "coverage",
        "data",
        "due",
        "feeds",
        "gk-shell",
        "items",
        "methods",
        "search",
        "units",
        "years",
    )
)


def ordinary_pages(dataset: Dataset) -> Iterator[PurePosixPath]:
    """The pages that MkDocs makes (guides, the home page), sorted, relative to the docs folder; hidden ones left out."""
    docs, items = dataset.settings.docs_dir, dataset.settings.items_dir
    for folder, names, files in os.walk(docs):
        here = Path(folder)
        names[:] = sorted(n for n in names if not n.startswith(".") and here / n != items)
        for name in sorted(files):
            if name.endswith(PAGE_SUFFIXES) and not name.startswith("."):
                yield PurePosixPath((here / name).relative_to(docs).as_posix())


class TargetKind(enum.Enum):
    """What a link leads to. ``UNPUBLISHED`` is an item without a page on the site, ``FAULTY`` one whose
    file has errors of its own. ``STRANGE`` is an address of a kind that does not work on a page: ``javascript:``, ``//host``.
    """

    EXTERNAL = enum.auto()
    ANCHOR = enum.auto()
    ITEM = enum.auto()
    PAGE = enum.auto()
    FILE = enum.auto()
    UNPUBLISHED = enum.auto()
    OUTSIDE = enum.auto()
    FAULTY = enum.auto()
    STRANGE = enum.auto()
    MISSING = enum.auto()


class Target(Struct, frozen=True):
    """Where a link leads. ``url`` is relative to the site's root for items, pages and files, else as written.

    ``source`` is the file to be copied there, relative to the docs folder, for files that lie among the items.
    """

    kind: TargetKind
    url: str
    source: PurePosixPath | None = None


class LinkMap(Struct, frozen=True):
    """Resolves what authors write. ``items`` maps files (relative to the docs folder, with ``/``) to items; ``faulty`` are such files."""

    docs_dir: Path
    items_dir: Path
    items: dict[str, Item]
    published: frozenset[str]
    faulty: frozenset[str]

    def resolve(self, item: Item, written: str, root: Path) -> Target:
        """The target of a link written in ``item``. ``root`` is the site's root folder."""
        if written.lower().startswith(_EXTERNAL):
            return Target(TargetKind.EXTERNAL, written)
        if written.startswith("//") or _SCHEME.match(written):
            return Target(TargetKind.STRANGE, "//" if written.startswith("//") else written.partition(":")[0] + ":")
        path, hash_sign, anchor = written.partition("#")
        if not path:
            return Target(TargetKind.ANCHOR, written)
        real, reason = locate(unquote(path), (root / item.file).parent, self.docs_dir)
        if real is None:
            return Target(TargetKind.OUTSIDE if reason else TargetKind.MISSING, reason)
        return self._own(item, real, hash_sign + anchor)

    def _own(self, item: Item, real: Path, tail: str) -> Target:
        """The target of a link to a file of the site; ``tail`` is the anchor with its ``#``, or nothing."""
        relative = PurePosixPath(real.relative_to(self.docs_dir).as_posix())
        file = relative.as_posix()
        if file in self.items:
            other = self.items[file]
            if not other.sound:
                return Target(TargetKind.FAULTY, "")
            if other.file not in self.published:
                return Target(TargetKind.UNPUBLISHED, other.title)
            return Target(TargetKind.ITEM, other.url + tail)
        if self._among_items(real):
            if real.suffix in PAGE_SUFFIXES:
                return Target(TargetKind.FAULTY if file in self.faulty else TargetKind.MISSING, "")
            return Target(TargetKind.FILE, file_url(item, relative), relative)
        if real.suffix in PAGE_SUFFIXES:
            return Target(TargetKind.PAGE, relative.with_suffix(".html").as_posix() + tail)
        return Target(TargetKind.FILE, file)

    def attachment(self, item: Item, attachment: Attachment) -> Target:
        """Where an attachment of ``item`` lies on the site."""
        if self._among_items(self.docs_dir / attachment.path):
            return Target(TargetKind.FILE, file_url(item, attachment.path), attachment.path)
        return Target(TargetKind.FILE, attachment.path.as_posix())

    def _among_items(self, real: Path) -> bool:
        return self.items_dir in real.parents


def file_url(item: Item, path: PurePosixPath) -> str:
    """The permanent place of a file of ``item``: a folder named after the item's address."""
    return f"items/{item.address}/{path.name}"
