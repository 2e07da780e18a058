"""What a calendar says of duties, as plain data; :mod:`gongkai.reports.calendar_file` writes it down."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from gongkai.dataset import Dataset
from gongkai.reports.duties import Duty


class DueDay(NamedTuple):
    """An all-day event: the last day of a duty. ``uid`` is the same until the duty is done; ``stamp`` is a day, in UTC."""

    uid: str
    stamp: dt.date
    due: dt.date
    summary: str
    description: str
    categories: tuple[str, str]


def due_days(dataset: Dataset, duties: Iterable[Duty]) -> list[DueDay]:
    """The events of ``duties``; those whose day is not known yet are left out."""
    return [_event(dataset, duty, duty.due) for duty in duties if duty.due is not None]


def _event(dataset: Dataset, duty: Duty, due: dt.date) -> DueDay:
    whose = dataset.profile.credit_code or dataset.settings.site_url or dataset.profile.full_name
    path = f"{dataset.catalogue.field_of(duty.entry).name}/{duty.entry.level1}/{duty.entry.level2}"
    return DueDay(
        uid=f"{uuid.uuid5(uuid.NAMESPACE_URL, f'{whose}/{duty.key}')}@gongkailan",
        stamp=min(duty.since, dataset.today),
        due=due,
        summary=f"应公开：{duty.what}",
        description=f"责任单位：{duty.unit.name}\n目录条目：{duty.entry.id} {path}\n最迟：{due}\n依据：{duty.basis}",
        categories=(duty.kind.value, duty.unit.name),
    )
