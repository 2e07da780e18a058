"""Duties as an iCalendar file (RFC 5545), for phones to subscribe to: an all-day event on the last day of each."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

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
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", dt.timedelta(days=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    for duty in duties:
        if duty.due is not None:
            calendar.add_component(_event(dataset, duty, duty.due))
    return bytes(calendar.to_ical())


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
