"""The dataset: every item that was read, and what is on the site, by entry, unit, time and method."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import PurePosixPath
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from gongkai.dataset.links import LinkMap, Target, TargetKind
from gongkai.model import Catalogue, CatalogueHistory, Entry, Field, Item, Profile, Unit, WorkCalendar
from gongkai.model.feedback import FeedbackBooks
from gongkai.model.request import Registers
from gongkai.privacy.attachments.examining import examine
from gongkai.privacy.retiring import list_end, retire_list
from gongkai.reading.settings import Settings

Key = TypeVar("Key")
Items = tuple[Item, ...]
NO_REGISTERS = Registers()
NO_FEEDBACK = FeedbackBooks()


class Dataset(Struct, frozen=True, dict=True):
    """All items of a site.

    ``items`` is every item that could be read, sound or not, ``faulty`` the files that gave none, ``published`` what is on the website,
    newest first. ``today`` is the day by which things are judged, ``calendar`` says which days are worked. ``registers`` are
    the requests for disclosure and ``feedback`` what residents said, which are counted and never published.
    """

    settings: Settings
    history: CatalogueHistory
    items: Items
    today: dt.date
    calendar: WorkCalendar
    faulty: tuple[str, ...] = ()
    registers: Registers = NO_REGISTERS
    feedback: FeedbackBooks = NO_FEEDBACK

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue in force today."""
        return self.history.current(self.today)

    def may_be_published(self, item: Item) -> bool:
        """Whether ``item`` may be on the website: by its own words, by today's row and by the row of its day (R5.4)."""
        today = self.catalogue.find(item.entry_id) if item.sound else None
        if today is None or not item.may_be_published(today):
            return False
        then = self.entry_in_force(item)
        return then is today or item.may_be_published(then)

    def without(self, files: frozenset[str]) -> Dataset:
        """The dataset with the items in ``files`` held back from the website, as those are that could not be read to the end."""
        if not files:
            return self
        items = tuple(replace(i, sound=False) if i.file in files else i for i in self.items)
        return replace(self, items=items)

    @property
    def profile(self) -> Profile:
        """The township's profile."""
        return self.settings.profile

    # --- what an item belongs to

    def entry(self, item: Item) -> Entry:
        """The catalogue entry of ``item`` as it is today (as it last was, for a row no longer in force)."""
        entry = self.catalogue.find(item.entry_id)
        assert entry is not None
        return entry

    def entry_in_force(self, item: Item) -> Entry:
        """The entry by which ``item`` is judged: as it was on the day the item was formed (or else published)."""
        then = self.history.on(item.formed_on or item.published_on)
        return then.by_id.get(item.entry_id) or self.entry(item)

    def field(self, item: Item) -> Field:
        """The field of ``item``."""
        return self.catalogue.field_of(self.entry(item))

    def unit(self, item: Item) -> Unit:
        """The responsible unit of ``item``."""
        return self.profile.unit_by_name[item.responsible_unit]

    @cached_property
    def by_file(self) -> dict[str, Item]:
        """Every item that could be read, by its file."""
        return {item.file: item for item in self.items}

    # --- what is on the site

    def as_shown(self, item: Item) -> Item:
        """``item`` without the named list whose time is over today (R5.5)."""
        if item.list_until is None and self.entry(item).privacy is None:
            return item
        end = list_end(item)
        if end is None or self.today <= end:
            return item
        paths = [self.settings.docs_dir / (t.source or t.url) for t in self.files_of(item)]
        return retire_list(item, self.today, any(examine(path).listing for path in paths))

    @cached_property
    def _publishable(self) -> Items:
        return tuple(i for i in self.items if self.may_be_published(i))

    @cached_property
    def published(self) -> Items:
        """The items on the website, as they are shown there, newest first; same-day items in the order of their addresses."""
        shown = [self.as_shown(i) for i in self._publishable]
        shown.sort(key=lambda i: i.address)
        shown.sort(key=lambda i: i.published_on, reverse=True)
        return tuple(shown)

    def _grouped(self, key: Callable[[Item], Key]) -> dict[Key, Items]:
        groups: dict[Key, list[Item]] = defaultdict(list)
        for item in self.published:
            groups[key(item)].append(item)
        return {k: tuple(v) for k, v in groups.items()}

    @cached_property
    def by_entry(self) -> dict[str, Items]:
        """Published items by entry id, newest first, as in all of the following."""
        return self._grouped(lambda i: i.entry_id)

    @cached_property
    def by_level1(self) -> dict[str, Items]:
        """Published items by level-1 id."""
        return self._grouped(lambda i: self.entry(i).level1_id)

    @cached_property
    def by_field(self) -> dict[str, Items]:
        """Published items by field id."""
        return self._grouped(lambda i: self.entry(i).field_id)

    @cached_property
    def by_unit(self) -> dict[str, Items]:
        """Published items by unit id."""
        return self._grouped(lambda i: i.unit_id)

    @cached_property
    def by_year(self) -> dict[int, Items]:
        """Published items by year of publication, newest year first."""
        return self._grouped(lambda i: i.published_on.year)

    @cached_property
    def by_month(self) -> dict[tuple[int, int], Items]:
        """Published items by year and month of publication, newest month first."""
        return self._grouped(lambda i: (i.published_on.year, i.published_on.month))

    @cached_property
    def by_method(self) -> dict[str, Items]:
        """Published items by method."""
        return self._grouped(lambda i: i.method)

    @cached_property
    def updated_on(self) -> dt.date | None:
        """The day on which the newest item was published."""
        return self.published[0].published_on if self.published else None

    def newest(self, items: Iterable[Item]) -> dt.date | None:
        """The newest day of publication among ``items``."""
        return max((i.published_on for i in items), default=None)

    # --- relations between items

    @cached_property
    def _neighbours(self) -> dict[str, tuple[Item | None, Item | None]]:
        table: dict[str, tuple[Item | None, Item | None]] = {}
        for items in self.by_entry.values():
            for n, item in enumerate(items):
                newer = items[n - 1] if n else None
                older = items[n + 1] if n + 1 < len(items) else None
                table[item.file] = (older, newer)
        return table

    def neighbours(self, item: Item) -> tuple[Item | None, Item | None]:
        """The next older and next newer item of the same entry."""
        return self._neighbours[item.file]

    @cached_property
    def _names(self) -> dict[str, Item]:
        """Everything an author may call an item by: file name, address, index number, document number."""
        names: dict[str, Item] = {}
        for item in self.items:
            stem = PurePosixPath(item.file).stem
            for name in (item.document_number, item.index_number, item.address, stem):
                if name:
                    names[name] = item
        return names

    def find(self, name: str) -> Item | None:
        """The item that goes by ``name``: its file's name (with or without .md), index or document number."""
        return self._names.get(name.strip().removesuffix(".md").rpartition("/")[2]) or self._names.get(name.strip())

    @cached_property
    def faulty_names(self) -> frozenset[str]:
        """What the items in faulty files may be called by: their files' names."""
        return frozenset(PurePosixPath(f).stem for f in self.faulty)

    def _shown(self, name: str) -> Item | None:
        item = self.find(name)
        return item if item is not None and self.may_be_published(item) else None

    def interpreted(self, item: Item) -> Item | None:
        """The document that ``item`` interprets."""
        return self._shown(item.interprets.text) if item.interprets else None

    @cached_property
    def _interpretations(self) -> dict[str, Items]:
        table: dict[str, list[Item]] = defaultdict(list)
        for item in self.published:
            if document := self.interpreted(item):
                table[document.file].append(item)
        return {k: tuple(v) for k, v in table.items()}

    def interpretations(self, item: Item) -> Items:
        """The published interpretations of ``item``."""
        return self._interpretations.get(item.file, ())

    @cached_property
    def _related(self) -> dict[str, Items]:
        table: dict[str, dict[str, Item]] = defaultdict(dict)
        for item in self.published:
            for reference in item.related:
                other = self._shown(reference.text)
                if other is not None and other is not item:
                    table[item.file][other.file] = other
                    table[other.file].setdefault(item.file, item)
        return {k: tuple(v.values()) for k, v in table.items()}

    def related(self, item: Item) -> Items:
        """Items related to ``item``, whichever side says so."""
        return self._related.get(item.file, ())

    # --- links

    @cached_property
    def links(self) -> LinkMap:
        """Resolver of links to items, pages and files."""
        start = len(f"{self.settings.docs_dir.relative_to(self.settings.root).as_posix()}/")
        items = {i.file[start:]: i for i in self.items}
        shown = frozenset(i.file for i in self._publishable)
        faulty = frozenset(file[start:] for file in self.faulty)
        return LinkMap(self.settings.docs_dir, self.settings.items_dir, items, shown, faulty)

    def target(self, item: Item, written: str) -> Target:
        """Where a link written in ``item`` leads."""
        return self.links.resolve(item, written, self.settings.root)

    def files_of(self, item: Item) -> list[Target]:
        """The files that the page of ``item`` offers: attachments, and what its text links to."""
        targets = [self.links.attachment(item, a) for a in item.attachments]
        targets += [self.target(item, link.target) for link in item.links]
        return [target for target in targets if target.kind is TargetKind.FILE]

    @cached_property
    def kept_back_files(self) -> frozenset[str]:
        """Files of no item but such as do not show them on the site (R5.4, R5.5), relative to the docs folder."""
        open_items = {item.file: item for item in self.published if not item.on_request}
        held = {a.path.as_posix() for item in self.items if item.file not in open_items for a in item.attachments}
        for item in self.items:
            if open_items.get(item.file, item) is not item:  # shown without its list
                held |= {t.url if t.source is None else t.source.as_posix() for t in self.files_of(item)}
        if not held:
            return frozenset()
        shown = {
            t.url if t.source is None else t.source.as_posix()
            for item in self.published
            if item.file in open_items
            for t in self.files_of(item)
        }
        return frozenset(held - shown)


def build_dataset(
    settings: Settings,
    history: CatalogueHistory,
    items: Iterable[Item],
    today: dt.date,
    calendar: WorkCalendar,
    faulty: Iterable[str] = (),
    registers: Registers = NO_REGISTERS,
) -> Dataset:
    """The dataset of ``items``, in the order of their files, as judged on ``today``."""
    in_order = tuple(sorted(items, key=lambda i: i.file))
    return Dataset(settings, history, in_order, today, calendar, tuple(faulty), registers)
