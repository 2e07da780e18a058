"""What the theme's own templates (home page, header, footer) read, under the name ``gk``."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.model import Catalogue, Field, Item, Profile, Unit
from gongkai.render import catalogue_urls as urls
from gongkai.render.catalogue_pages import Absent, absent_fields
from gongkai.render.columns import ColumnLink, column_links

NEWEST = 12


class FieldLink(Struct, frozen=True):
    """A field with its page, the number of its items and the newest day."""

    field: Field
    href: str
    count: int
    newest: dt.date | None


class UnitLink(Struct, frozen=True):
    """A unit with its page and the number of its items."""

    unit: Unit
    href: str
    count: int


class YearLink(Struct, frozen=True):
    """A year with its page and the number of its items."""

    year: int
    href: str
    count: int


class MethodLink(Struct, frozen=True):
    """A method with its page and the number of its items."""

    name: str
    href: str
    count: int


class Overview(Struct, frozen=True):
    """The site at a glance. Addresses are relative to the site's root."""

    profile: Profile
    catalogue: Catalogue
    columns: tuple[ColumnLink, ...]
    newest: tuple[Item, ...]
    fields: tuple[FieldLink, ...]
    units: tuple[UnitLink, ...]
    years: tuple[YearLink, ...]
    methods: tuple[MethodLink, ...]
    not_applicable: tuple[Absent, ...]
    total: int
    updated_on: dt.date | None
    feed: str = urls.FEED
    search: str | None = urls.SEARCH
    catalogue_href: str = urls.CATALOGUE
    items_href: str = urls.ITEMS
    kiosk_idle_seconds: int = 0


def overview(dataset: Dataset) -> Overview:
    """The overview of ``dataset``."""
    return Overview(
        profile=dataset.profile,
        catalogue=dataset.catalogue,
        columns=column_links(dataset),
        newest=dataset.published[:NEWEST],
        fields=tuple(
            FieldLink(f, urls.field_url(f.id), len(found := dataset.by_field.get(f.id, ())), dataset.newest(found))
            for f in dataset.catalogue.fields
        ),
        units=tuple(
            UnitLink(u, urls.unit_url(u.id), len(dataset.by_unit.get(u.id, ()))) for u in dataset.profile.units
        ),
        years=tuple(YearLink(y, urls.year_url(y), len(items)) for y, items in dataset.by_year.items()),
        methods=tuple(MethodLink(m, urls.method_url(m), len(items)) for m, items in sorted(dataset.by_method.items())),
        not_applicable=tuple(absent_fields(dataset)),
        total=len(dataset.published),
        updated_on=dataset.updated_on,
        search=urls.SEARCH if dataset.settings.search else None,
        kiosk_idle_seconds=dataset.settings.kiosk_idle_seconds,
    )
