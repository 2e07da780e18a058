"""Duties as an iCalendar file (RFC 5545), for phones to subscribe to: an all-day event on the last day of each.

Apart from :mod:`gongkai.reports.calendar_events`, because icalendar is slow to read in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from icalendar import Alarm, Calendar, Event

from gongkai.dataset import Dataset
from gongkai.reports.calendar_events import DueDay, due_days
from gongkai.reports.duties import Duty

PRODUCT = "-//gongkailan//duties//ZH"
REMINDER = dt.timedelta(days=-3, hours=9)
"""The reminder before the last day: three days earlier, at nine in the morning."""


def calendar_bytes(dataset: Dataset, duties: Iterable[Duty], name: str) -> bytes:
    """The calendar called ``name`` with the last days of ``duties``, as far as they are known."""
    return next(calendars([(name, due_days(dataset, duties))]))


def calendars(named: Iterable[tuple[str, Sequence[DueDay]]]) -> Iterator[bytes]:
    """A calendar for each name with its events.

    An event keeps its UID from build to build until the duty is done, so that a phone moves it and makes no second one. One
    that stands in several calendars is written out once.
    """
    written: dict[str, bytes] = {}
    for name, events in named:
        for event in events:
            if event.uid not in written:
                written[event.uid] = bytes(_event(event).to_ical())
        begin, end, rest = bytes(_empty(name).to_ical()).rpartition(b"END:VCALENDAR")
        yield b"".join((begin, *(written[event.uid] for event in events), end, rest))


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


def _event(found: DueDay) -> Event:
    event = Event()
    event.add("uid", found.uid)
    event.add("dtstamp", dt.datetime.combine(found.stamp, dt.time(), dt.timezone.utc))
    event.add("dtstart", found.due)
    event.add("dtend", found.due + dt.timedelta(days=1))
    event.add("summary", found.summary)
    event.add("description", found.description)
    event.add("categories", list(found.categories))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", REMINDER)
    alarm.add("description", found.summary)
    event.add_component(alarm)
    return event
