"""What a page is made of, as a key: a page whose key is that of the last build need not be made again.

A key takes in more than a page shows rather than less: the whole file of each item that it names, and in every one the
program, its libraries, the settings, the catalogues, and the templates.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict

from gongkai.cache_folder import all_under, digest, program_stamp
from gongkai.dataset import Dataset
from gongkai.model import Item
from gongkai.resources import theme_dir
from gongkai.staging import NO_KEY, source_key
from gongkai.templates import installed

if TYPE_CHECKING:
    from gongkai.render.list_pages import Part
    from gongkai.render.shell import Shell

_NOTHING = bytes(16)


class Keys(Struct, frozen=True, dict=True):
    """The keys of one build.

    ``sources`` are the digests of the items' files, ``context`` is that of all else that the dataset was read from
    (both as ``Gathered`` has them); ``theme_dirs`` are the township's own templates.
    """

    dataset: Dataset
    sources: Mapping[str, bytes]
    context: bytes
    shells: Mapping[str, Shell]
    theme_dirs: tuple[str, ...] = ()

    @cached_property
    def base(self) -> bytes:
        """What everything depends on."""
        ours = sorted((theme_dir() / "gongkai").rglob("*.html"))
        files = [(path, theme_dir()) for path in ours]
        # The township's own templates may take in files of any name.
        files += [(Path(name), Path(top)) for top in self.theme_dirs for name in all_under(top)]
        templates = [
            part
            for path, top in files
            if path.is_file()
            for part in (path.relative_to(top).as_posix(), path.read_bytes())
        ]
        return digest(program_stamp(), sys.version, *installed(), self.context, *templates)

    @cached_property
    def _of_kind(self) -> dict[str, bytes]:
        return {kind: digest(self.base, *shell.parts) for kind, shell in self.shells.items()}

    @cached_property
    def _as_shown(self) -> dict[str, bytes]:
        """What tells each published item from what it was: its file's name and content, and whether its list has left the page."""
        whole = self.dataset.by_file
        return {
            item.file: digest(item.file, self.sources[item.file], b"" if whole[item.file] is item else b"without list")
            for item in self.dataset.published
        }

    def _others(self, items: Iterable[Item | None]) -> bytes:
        shown = self._as_shown
        return b"".join([_NOTHING if item is None else shown[item.file] for item in items])

    def item(self, item: Item) -> bytes:
        """The key of an item's page and of what can be found on it."""
        dataset = self.dataset
        shown, related = dataset.interpretations(item), dataset.related(item)
        others = (*dataset.neighbours(item), dataset.interpreted(item), *shown, *related)
        beside = self._beside.get(item.file, _NOTHING)
        if beside == NO_KEY:
            return NO_KEY
        counts = bytes((min(len(shown), 255), min(len(related), 255)))
        return digest(self._of_kind["item"], self._as_shown[item.file], counts, self._others(others), beside)

    @cached_property
    def _beside(self) -> dict[str, bytes]:
        """What the page of each item takes from files beside it: their contents, and whether they are there."""
        return {item.file: self._files_of(item) for item in self.dataset.published if item.attachments or item.links}

    def _files_of(self, item: Item) -> bytes:
        dataset = self.dataset
        contents = source_key(*(dataset.settings.docs_dir / a.path for a in item.attachments))
        if contents == NO_KEY:
            return NO_KEY
        targets = [dataset.target(item, link.target) for link in item.links]
        return contents + repr([item.attachments, *((t.kind.name, t.url) for t in targets)]).encode()

    def part(self, part: Part) -> bytes:
        """The key of a page of a list."""
        about = [value for name, value in asdict(part.listing).items() if name != "items"]
        return digest(self._of_kind["list"], repr([part.number, part.count, *about]), self._others(part.items))

    def of_items(self, items: Iterable[Item]) -> bytes:
        """The key of what shows ``items``, in their order, but is no page."""
        return digest(self.base, self._others(items))

    @cached_property
    def catalogue(self) -> bytes:
        """The key of the pages of the catalogue and of the overviews: how many items each has, and the newest of them."""
        from gongkai.render.catalogue_pages import NEWEST  # noqa: PLC0415 - where nothing has changed, nobody asks

        dataset = self.dataset
        counts = [
            [(key, len(items), items[0].published_on) for key, items in group.items()]
            for group in (dataset.by_entry, dataset.by_unit, dataset.by_month)
        ]
        newest = self._others(item for items in dataset.by_field.values() for item in items[:NEWEST])
        return digest(self._of_kind["list"], dataset.today.isoformat(), repr(counts), newest)

    @cached_property
    def search_page(self) -> bytes:
        """The key of the search page, which names the years that there are."""
        return digest(self._of_kind["search"], repr(list(self.dataset.by_year)))

    @cached_property
    def everything(self) -> bytes:
        """The key of what may depend on any item, any record beside the items, and the day."""
        dataset = self.dataset
        root = dataset.settings.root
        beside = [
            root / "rectification.jsonl",
            *sorted((root / "requests").glob("*")),
            *sorted((root / "feedback").glob("*")),
        ]
        key = source_key(*beside)
        if key == NO_KEY:
            return NO_KEY
        files = sorted(self.sources)
        contents = b"".join(self.sources[file] for file in files)
        # What hangs on attachments, too: an item that is not sound without one, a list that has left with its files.
        shown = self._others(dataset.published)
        attached = repr([(item.file, item.attachments) for item in dataset.items if item.attachments])
        day = dataset.today.isoformat()
        return digest(*self._of_kind.values(), day, key, "\n".join(files), contents, shown, attached)

    def all(self, ordinary: Iterable[tuple[str, str, str]], copied: Iterable[Path]) -> bytes:
        """The key of all that is made of the dataset, of ``ordinary`` pages (address, title, content) and of ``copied`` files."""
        files = source_key(*copied)
        beside = self._beside.values()  # in the order of the items, which ``everything`` knows
        if NO_KEY in (self.everything, files, *beside):
            return NO_KEY
        pages = [part for page in ordinary for part in page]
        return digest(self.everything, files, str(len(beside)), *beside, *pages)
