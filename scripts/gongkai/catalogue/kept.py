"""The township's catalogue and calendar as the last run read them, when their files are the same and nothing was wrong in them.

Reading them from YAML is imported only when that has to be done.
"""

from __future__ import annotations

import datetime as dt

import msgspec
from msgspec.structs import replace

from gongkai.memo import remembered_if_sound
from gongkai.model import Catalogue, CatalogueHistory, Field, WorkCalendar
from gongkai.reading.settings import Settings
from gongkai.reading.source import Report


class _History(msgspec.Struct, array_like=True, frozen=True):
    """A history, in which fields that several versions share stand once: a version has their numbers."""

    fields: tuple[Field, ...]
    versions: tuple[tuple[dt.date, Catalogue, tuple[int, ...]], ...]


def kept_history(settings: Settings, files: bytes, report: Report) -> CatalogueHistory | None:
    """:func:`gongkai.catalogue.adoption.load_history`; ``files`` is the digest of all files of catalogues."""
    found: list[CatalogueHistory | None] = []

    def compute(say: Report) -> _History | None:
        from gongkai.catalogue.adoption import load_history  # noqa: PLC0415 - as the docstring says

        found.append(load_history(settings, say))
        return _packed(found[0]) if found[0] is not None else None

    kept = remembered_if_sound("history", (files,), _History, compute, report)
    return found[0] if found else _unpacked(kept) if kept is not None else None


def _packed(history: CatalogueHistory) -> _History:
    numbers: dict[int, int] = {}
    fields: list[Field] = []
    for field in (field for _, catalogue in history.versions for field in catalogue.fields):
        if id(field) not in numbers:
            numbers[id(field)] = len(fields)
            fields.append(field)
    versions = (
        (since, replace(catalogue, fields=()), tuple(numbers[id(field)] for field in catalogue.fields))
        for since, catalogue in history.versions
    )
    return _History(tuple(fields), tuple(versions))


def _unpacked(kept: _History) -> CatalogueHistory:
    return CatalogueHistory(
        tuple(
            (since, replace(catalogue, fields=tuple(kept.fields[n] for n in numbers)))
            for since, catalogue, numbers in kept.versions
        )
    )


def kept_calendar(settings: Settings, files: bytes, report: Report) -> WorkCalendar:
    """:func:`gongkai.catalogue.calendar.load_calendar`."""

    def compute(say: Report) -> WorkCalendar:
        from gongkai.catalogue.calendar import load_calendar  # noqa: PLC0415 - as the docstring says

        return load_calendar(settings, say)

    calendar = remembered_if_sound("calendar", (files,), WorkCalendar, compute, report)
    assert calendar is not None
    return calendar


def check_assessments(settings: Settings, files: bytes, report: Report) -> None:
    """Report what is wrong in the assessment tables."""

    def compute(say: Report) -> bool:
        from gongkai.catalogue.assessments import load_assessments  # noqa: PLC0415 - as the docstring says

        load_assessments(settings, say)
        return True

    remembered_if_sound("assessments", (files,), bool, compute, report)
