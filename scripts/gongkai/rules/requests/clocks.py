"""Requests answered in time, due soon, overdue; corrections, extensions and consultations within their own limits (R1.12)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.dataset.requests import CORRECTION_DAYS, OPINION_DAYS, Clock, State, clock
from gongkai.model import Finding, UnknownYear
from gongkai.model.request import EXTENSION, Request
from gongkai.rules.requests import codes
from gongkai.rules.requests.lines import place_of

SOON = 5
"""Working days before its last day on which a request is said to be due soon."""


def replies(dataset: Dataset) -> Iterator[Finding]:
    """Twenty working days, an extension of as many, pauses not counted (Art. 33)."""
    for request in dataset.registers.requests:
        if request.answered_on and request.answered_on < request.received:
            continue  # told of as out of order
        found = clock(request, dataset.calendar, dataset.today)
        place, values = place_of(request), {"number": request.number, "due": found.due, "how": how(found)}
        if found.unknown_year and not request.answered_on:
            yield codes.NOT_COMPUTABLE.at(place, field="received", number=request.number, year=found.unknown_year)
        elif found.state is State.LATE:
            yield codes.ANSWERED_LATE.at(place, field="answered_on", answered=request.answered_on, **values)
        elif found.state is State.OVERDUE and found.left is not None:
            yield codes.OVERDUE.at(place, field="answered_on", today=dataset.today, days=-found.left, **values)
        elif found.left is not None and found.left <= SOON:
            yield codes.DUE_SOON.at(place, field="answered_on", days=found.left, **values)


def how(found: Clock) -> str:
    """How the last day was reckoned, in words."""
    parts = [f"从 {found.start} 起算"]
    if found.request.correction_received:
        parts.append("收到补正后重新计算")
    if found.paused:
        parts.append(f"扣除征求意见 {found.paused} 个工作日")
    if found.due != found.plain_due:
        parts.append("已延期")
    return "，".join(parts)


def corrections(dataset: Dataset) -> Iterator[Finding]:
    """Asked for within seven working days (Art. 30)."""
    for request in dataset.registers.requests:
        asked = request.correction_asked
        if asked is None:
            continue
        try:
            due = dataset.calendar.due(request.received, CORRECTION_DAYS)
            if asked > due:
                days = dataset.calendar.after(request.received, asked)
                yield codes.LATE_CORRECTION.at(
                    place_of(request),
                    field="correction_asked",
                    received=request.received,
                    asked=asked,
                    days=days,
                    due=due,
                )
        except UnknownYear:
            continue


def extensions(dataset: Dataset) -> Iterator[Finding]:
    """At most twenty working days, and told before the time is over (Art. 33)."""
    for request in dataset.registers.requests:
        if not request.extension:
            continue
        if request.extended_on is None:
            what, advice = (
                "填了“延长工作日”，没有填“延期告知日期”",
                "请补上告知申请人的日期，如：2025-03-28；没有告知的，不能顺延。",
            )
            yield codes.EXTENSION.at(place_of(request), field="extended_on", what=what, advice=advice)
            continue
        if request.extension > EXTENSION:
            what = f"延长了 {request.extension} 个工作日，超过20个工作日，只按20个计算"
            yield codes.EXTENSION.at(
                place_of(request), field="extension", what=what, advice="请改为不超过20的数，如：20"
            )
        yield from _told_late(dataset, request)


def _told_late(dataset: Dataset, request: Request) -> Iterator[Finding]:
    plain = clock(request, dataset.calendar, dataset.today).plain_due
    if plain and request.extended_on and request.extended_on > plain:
        what = f"期限在 {plain} 届满，{request.extended_on} 才告知延期，不能顺延"
        yield codes.EXTENSION.at(
            place_of(request), field="extended_on", what=what, advice="请核对日期；延期应在期限届满前告知申请人。"
        )


def consultations(dataset: Dataset) -> Iterator[Finding]:
    """Fifteen working days, then silence is an answer (Art. 32, 34)."""
    for request in dataset.registers.requests:
        first, last = request.consulted_from, request.consulted_to or request.answered_on or dataset.today
        if first is None or last < first:
            continue
        try:
            days = dataset.calendar.after(first, last)
        except UnknownYear:
            continue
        if days > OPINION_DAYS:
            yield codes.LONG_CONSULTATION.at(place_of(request), field="consulted_to", first=first, last=last, days=days)


RULES = (replies, corrections, extensions, consultations)
