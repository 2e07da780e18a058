"""What one line of a register, or two together, must satisfy: order of days, numbers, years, answers (R1.12)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding, Place, annual
from gongkai.model.request import Remedy, Request, register_file
from gongkai.patterns import regex
from gongkai.reading.requests import columns
from gongkai.rules.requests import codes

_HEADING = {c.key: c.heading for c in (*columns.REQUESTS, *columns.REMEDIES)}
_ORDER = (
    ("received", "correction_asked"),
    ("correction_asked", "correction_received"),
    ("received", "consulted_from"),
    ("consulted_from", "consulted_to"),
    ("received", "extended_on"),
    ("received", "answered_on"),
    ("correction_received", "answered_on"),
)
_DAYS = (
    "received",
    "correction_asked",
    "correction_received",
    "consulted_from",
    "consulted_to",
    "extended_on",
    "answered_on",
)
_YEAR = regex(r"/(\d{4})\.csv$", re.IGNORECASE)


def place_of(line: Request | Remedy) -> Place:
    """Where a line of a register stands."""
    return Place(line.file, line.line)


def out_of_order(dataset: Dataset) -> Iterator[Finding]:
    """Received, corrected, consulted, extended, answered; accepted, closed."""
    pairs: list[tuple[Request | Remedy, str, str]] = [(r, a, b) for r in dataset.registers.requests for a, b in _ORDER]
    pairs += [(case, "accepted", "closed") for case in dataset.registers.remedies]
    for line, earlier, later in pairs:
        first: dt.date | None = getattr(line, earlier)
        second: dt.date | None = getattr(line, later)
        if first and second and second < first:
            yield codes.OUT_OF_ORDER.at(
                place_of(line),
                field=later,
                later=_HEADING[later],
                later_day=second,
                earlier=_HEADING[earlier],
                earlier_day=first,
            )


def in_future(dataset: Dataset) -> Iterator[Finding]:
    """What is registered has happened."""
    today = dataset.today
    for request in dataset.registers.requests:
        for key in _DAYS:
            day: dt.date | None = getattr(request, key)
            if day and day > today:
                yield codes.IN_FUTURE.at(place_of(request), field=key, column=_HEADING[key], day=day, today=today)


def duplicates(dataset: Dataset) -> Iterator[Finding]:
    """One line for one request, over all years."""
    first: dict[str, Request] = {}
    for request in dataset.registers.requests:
        other = first.setdefault(request.number, request)
        if other is not request:
            where = f"{other.file} 第 {other.line} 行"
            yield codes.DUPLICATE.at(place_of(request), field="number", value=request.number, other=where)


def wrong_year(dataset: Dataset) -> Iterator[Finding]:
    """A request stands in the register of the year in which it came; in the first register there may be older ones."""
    years = dataset.registers.years
    for request in dataset.registers.requests:
        match = _YEAR.search(request.file)
        year, received = int(match[1]) if match else request.received.year, request.received.year
        if received == year or (received < year and year == min(years)):
            continue
        reason = "登记簿按收到的年份分开"
        yield codes.WRONG_YEAR.at(
            place_of(request),
            field="received",
            received=request.received,
            year=year,
            reason=reason,
            right=register_file(received),
        )


def half_answered(dataset: Dataset) -> Iterator[Finding]:
    """Day and kind of the answer come together."""
    for request in dataset.registers.requests:
        if bool(request.answered_on) == bool(request.outcome):
            continue
        given, lacking = ("answered_on", "outcome") if request.answered_on else ("outcome", "answered_on")
        example = "予以公开" if lacking == "outcome" else dataset.today
        yield codes.HALF_ANSWERED.at(
            place_of(request), field=lacking, given=_HEADING[given], lacking=_HEADING[lacking], example=example
        )


def remedies(dataset: Dataset) -> Iterator[Finding]:
    """A closed case has a result, a result its day."""
    for case in dataset.registers.remedies:
        if case.closed and case.result == annual.PENDING:
            what, advice = "填了“审结日期”，“结果”还是尚未审结", "请填写结果，如：结果维持；没有审结的，审结日期空着。"
        elif not case.closed and case.result != annual.PENDING:
            what, advice = f"结果是“{case.result}”，没有填“审结日期”", "请补上审结日期，如：2025-07-28"
        else:
            continue
        yield codes.REMEDY_HALF.at(place_of(case), field="closed", what=what, advice=advice)


RULES = (out_of_order, in_future, duplicates, wrong_year, half_answered, remedies)
