"""What residents said (群众意见建议) and what came of it: one line of the book, and all of them. No personal data."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct, field

from gongkai.model.request import RawCell

FOLDER = "feedback"
"""The folder of the books, beside mkdocs.yml; nothing in it is ever published."""

KINDS = ("意见", "建议", "咨询", "投诉", "表扬")


def book_file(year: int) -> str:
    """Where the book of ``year`` lies, relative to the site's root."""
    return f"{FOLDER}/{year}.csv"


class Feedback(Struct, frozen=True):
    """One opinion and how it was dealt with, without anything that tells whose it is.

    ``kind`` is one of :data:`KINDS`; ``entry`` names what it is about, as it was written. ``line`` is the line of the file.
    """

    file: str
    line: int
    number: str
    received: dt.date
    kind: str
    content: str
    way: str = ""
    entry: str = ""
    unit: str = ""
    handling: str = ""
    answered_on: dt.date | None = None
    note: str = ""


class FeedbackBooks(Struct, frozen=True):
    """All books of a site, in the order of their files. ``headings`` and ``cells`` are for the rule on personal data."""

    records: tuple[Feedback, ...] = ()
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cells: tuple[RawCell, ...] = ()
