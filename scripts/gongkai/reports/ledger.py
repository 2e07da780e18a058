"""The ledger (台账): one line for each item that was made public, with its limit and whether that was kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.model import NO_DATE, WITHHELD, Entry, Item
from gongkai.reports.coverage import Coverage, Kind
from gongkai.reports.timing import Timing


class Line(Struct, frozen=True):
    """An item in the ledger. ``due`` is the last day on time, ``overdue`` None where nothing can be said.

    ``address`` is the whole web address (relative to the site where the site's own address is not set); None for items
    that are not on the website.
    """

    n: int
    item: Item
    field: str
    entry: Entry
    timing: Timing
    due: dt.date | None
    overdue: bool | None
    address: str | None


def public(dataset: Dataset, item: Item) -> bool:
    """Whether an item was made public, on the website or on a board: no draft, nothing withheld, nothing unsound, no day to come."""
    return (
        item.sound
        and not item.draft
        and item.disclosure_class != WITHHELD
        and item.published_on != NO_DATE
        and item.published_on <= dataset.today
        and dataset.catalogue.find(item.entry_id) is not None
    )


def ledger(dataset: Dataset, found: Coverage, year: int | None = None) -> tuple[Line, ...]:
    """The ledger in the order of publication, of one ``year`` or of all."""
    chosen = [i for i in dataset.items if public(dataset, i) and year in (None, i.published_on.year)]
    chosen.sort(key=lambda i: (i.published_on, i.address))
    named = _period_days(found)
    site, shown = dataset.settings.site_url, {item.file for item in dataset.published}

    def line(n: int, item: Item) -> Line:
        judged, period = found.timings.of(item), named.get(item.file)
        due, overdue = judged.due, judged.late
        if period is not None:
            due = period[0] if due is None else min(due, period[0])
            overdue = bool(overdue) or period[1]
        entry = dataset.entry(item)
        address = f"{site}{item.url}" if item.file in shown else None
        return Line(n, item, dataset.catalogue.field_of(entry).name, entry, judged, due, overdue, address)

    return tuple(line(n, item) for n, item in enumerate(chosen, 1))


def _period_days(found: Coverage) -> dict[str, tuple[dt.date, bool]]:
    """By file: the day that a row names for the period which an item was the first to cover, and whether it came after it.

    Of several periods the one that was due first.
    """
    days: dict[str, tuple[dt.date, bool]] = {}
    for row in found.rows:
        if row.kind is not Kind.PERIODIC or row.cycle is None or row.cycle.day is None:
            continue
        for cell in row.cells:
            if cell.due is not None and cell.items:
                days.setdefault(cell.items[0].file, (cell.due, cell.items[0].published_on > cell.due))
    return days


def by_unit(dataset: Dataset, lines: tuple[Line, ...]) -> Iterator[tuple[str, list[Line]]]:
    """The lines of each unit that has some, in the order of the settings; units that the settings do not know come last."""
    known = dataset.profile.unit_by_name
    table: dict[str, list[Line]] = {unit.name: [] for unit in dataset.profile.units}
    for line in lines:
        name = line.item.responsible_unit
        table.setdefault(known[name].name if name in known else name, []).append(line)
    yield from ((name, mine) for name, mine in table.items() if mine)
