"""The site profile: who the township is, as ``township:`` in mkdocs.yml says."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct


class Unit(Struct, frozen=True):
    """A responsible unit (责任单位). ``id`` makes its page address and never changes."""

    id: str
    name: str
    telephone: str | None = None
    address: str | None = None
    duties: str | None = None
    aliases: tuple[str, ...] = ()


class Contact(Struct, frozen=True):
    """How residents reach the township's disclosure office (R1.3)."""

    office: str | None = None
    telephone: str | None = None
    fax: str | None = None
    email: str | None = None
    address: str | None = None
    postcode: str | None = None
    hours: str | None = None


class FooterMarks(Struct, frozen=True):
    """Marks that an inspection looks for in header and footer (R3.3). Empty ones become findings."""

    sponsor: str | None = None
    operator: str | None = None
    site_code: str | None = None
    icp: str | None = None
    police: str | None = None
    domain: str | None = None
    party_mark_html: str | None = None
    report_error_html: str | None = None


class Column(Struct, frozen=True):
    """One of the fixed entries of the disclosure column (R3.9). ``target`` is a page (``.md``) or an entry id."""

    key: str
    title: str
    target: str


class Profile(Struct, frozen=True, dict=True):
    """Everything a page prints about the township itself."""

    name: str
    full_name: str
    units: tuple[Unit, ...]
    columns: tuple[Column, ...]
    contact: Contact
    marks: FooterMarks
    credit_code: str | None = None
    region_code: str | None = None
    county: str | None = None
    index_number_pattern: str | None = None

    @cached_property
    def unit_by_name(self) -> dict[str, Unit]:
        """Units by name and by every alias."""
        return {name: unit for unit in self.units for name in (unit.name, *unit.aliases)}
