"""The register of requests for disclosure (依申请公开登记簿): one request, one remedy, all that is registered (R1.12)."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from msgspec import Struct, field

FOLDER = "requests"
"""The folder of the registers, beside mkdocs.yml; nothing in it is ever published."""

REMEDIES_FILE = f"{FOLDER}/reviews.csv"

EXTENSION = 20
"""Working days of an extension, where the register does not say (条例 Art. 33)."""


def register_file(year: int) -> str:
    """Where the register of ``year`` lies, relative to the site's root."""
    return f"{FOLDER}/{year}.csv"


class Request(Struct, frozen=True):
    """One request, without anything that tells who asked.

    ``outcome`` is the key of a row of part 3 of the annual report; ``line`` is the line of the file. ``extension`` counts
    working days, None without an extension; ``fee`` is in 元.
    """

    file: str
    line: int
    number: str
    received: dt.date
    applicant: str
    correction_asked: dt.date | None = None
    correction_received: dt.date | None = None
    consulted_from: dt.date | None = None
    consulted_to: dt.date | None = None
    extended_on: dt.date | None = None
    extension: int | None = None
    answered_on: dt.date | None = None
    outcome: str | None = None
    unit: str | None = None
    fee: str | None = None

    def open_on(self, day: dt.date) -> bool:
        """Whether the request had come and was not answered at the end of ``day``."""
        return self.received <= day and (self.answered_on is None or self.answered_on > day)


class Remedy(Struct, frozen=True):
    """A case of review or in court over disclosure. ``kind`` is one of the blocks of part 4, ``result`` one of its columns."""

    file: str
    line: int
    kind: str
    accepted: dt.date
    closed: dt.date | None
    result: str


class RawCell(Struct, frozen=True):
    """A cell of a register as it was read, for the rule that looks for personal data."""

    file: str
    line: int
    heading: str
    text: str


class Registers(Struct, frozen=True, dict=True):
    """All registers of a site. ``years`` are those with a file; ``faulty`` the files with lines that could not be read."""

    requests: tuple[Request, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    years: tuple[int, ...] = ()
    has_remedies: bool = False
    faulty: frozenset[str] = frozenset()
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cells: tuple[RawCell, ...] = ()

    @cached_property
    def sound(self) -> bool:
        """Whether every line of every register could be read."""
        return not self.faulty
