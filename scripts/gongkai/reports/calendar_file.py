"""Duties as an iCalendar file (RFC 5545), for phones to subscribe to: an all-day event on the last day of each."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator

from icalendar import Alarm, Calendar, Event

from gongkai.dataset import Dataset
from gongkai.reports.duties import Duty

PRODUCT = "-//gongkailan//duties//ZH"
REMINDER = dt.timedelta(days=-3, hours=9)
"""The reminder before the last day: three days earlier, at nine in the morning."""


def calendar_bytes(dataset: Dataset, duties: Iterable[Duty], name: str) -> bytes:
    """The calendar called ``name``. Duties whose day is not known yet are left out.

    A duty keeps its UID from build to build until it is done, so that a phone moves its event and makes no second one.
    """
    return next(calendars(dataset, [(name, duties)]))


def calendars(dataset: Dataset, named: Iterable[tuple[str, Iterable[Duty]]]) -> Iterator[bytes]:
    """Calendars with their names, as above. The event of a duty that stands in several is written out once."""
    written: dict[str, bytes] = {}
    for name, duties in named:
        events = []
        for duty in duties:
            if duty.due is not None:
                if duty.key not in written:
                    written[duty.key] = bytes(_event(dataset, duty, duty.due).to_ical())
                events.append(written[duty.key])
        begin, end, rest = bytes(_empty(name).to_ical()).rpartition(b"END:VCALENDAR")
        yield b"".join((begin, *events, end, rest))


def _empty(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", dt.timedelta(days=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    return calendar


def _event(dataset: Dataset, duty: Duty, due: dt.date) -> Event:
    summary = f"应公开：{duty.what}"
    stamp = dt.datetime.combine(min(duty.since, dataset.today), dt.time(), dt.timezone.utc)
    event = Event()
    event.add("uid", _uid(dataset, duty))
    event.add("dtstamp", stamp)
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("summary", summary)
    event.add("description", _description(dataset, duty))
    event.add("categories", [duty.kind.value, duty.unit.name])
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", REMINDER)
    alarm.add("description", summary)
    event.add_component(alarm)
    return event


def _uid(dataset: Dataset, duty: Duty) -> str:
    whose = dataset.profile.credit_code or dataset.settings.site_url or dataset.profile.full_name
    return f"{uuid.uuid5(uuid.NAMESPACE_URL, f'{whose}/{duty.key}')}@gongkailan"


def _description(dataset: Dataset, duty: Duty) -> str:
    path = f"{dataset.catalogue.field_of(duty.entry).name}/{duty.entry.level1}/{duty.entry.level2}"
    return f"责任单位：{duty.unit.name}\n目录条目：{duty.entry.id} {path}\n最迟：{duty.due}\n依据：{duty.basis}"
