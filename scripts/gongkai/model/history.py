"""A township's catalogue through time: every item is judged by the row that was in force on its day."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct
from msgspec.structs import replace

from gongkai.model.catalogue import Catalogue, Entry, Field


class CatalogueHistory(Struct, frozen=True):
    """``versions`` are the catalogues with the day from which each is in force, the oldest first; at least one."""

    versions: tuple[tuple[dt.date, Catalogue], ...]

    def on(self, day: dt.date) -> Catalogue:
        """The catalogue in force on ``day``; before the first version, that first version."""
        found = self.versions[0][1]
        for since, catalogue in self.versions:
            if since <= day:
                found = catalogue
        return found

    def current(self, today: dt.date) -> Catalogue:
        """The catalogue in force ``today``, which also knows the rows and fields that are in force no longer."""
        now = self.on(today)
        entries: dict[str, Entry] = {}
        fields: dict[str, Field] = {}
        for since, catalogue in self.versions:
            if since > today:
                break
            entries.update((e.id, e) for e in catalogue.entries() if e.id not in now.by_id)
            fields.update((f.id, f) for f in catalogue.fields if f.id not in now.field_by_id)
        return replace(now, retired=tuple(entries.values()), retired_fields=tuple(fields.values()))

    def last_day(self, entry_id: str) -> dt.date | None:
        """The day from which a row that once was in force is so no longer; None when it still is or never was."""
        left: dt.date | None = None
        known = False
        for since, catalogue in self.versions:
            if entry_id in catalogue.by_id:
                known, left = True, None
            elif known and left is None:
                left = since
        return left

    def first_day(self, entry_id: str) -> dt.date | None:
        """The day from which a row is in force; None when it never is."""
        return next((since for since, catalogue in self.versions if entry_id in catalogue.by_id), None)
