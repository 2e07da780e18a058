"""The page 近期应公开 and the calendars that belong to it. Drafts are not on them: what is not published is not announced."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec
from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.render import catalogue_urls as urls
from gongkai.render import meta_tags
from gongkai.render.item_page import canonical
from gongkai.render.kept import kept
from gongkai.render.page import Page, Renderer
from gongkai.reports.calendar_events import DueDay, due_days
from gongkai.reports.duties import HORIZON, Duty, by_unit, duties

TITLE = "近期应公开"
ADDRESS = "due/index.html"
EVERYTHING = "due.ics"


class DutyRow(Struct, frozen=True):
    """A duty as the page shows it. ``state`` is 已过期, 还有n天, 今天 or 待定."""

    duty: Duty
    href: str
    state: str
    late: bool


class UnitDuties(Struct, frozen=True):
    """What one unit owes, with the address of its calendar."""

    name: str
    telephone: str | None
    href: str | None
    calendar: str | None
    rows: list[DutyRow]


def public_duties(dataset: Dataset) -> tuple[Duty, ...]:
    """The duties that the public may read of."""
    return tuple(duty for duty in duties(dataset) if duty.public)


def due_page(renderer: Renderer, found: tuple[Duty, ...]) -> Page:
    """The page of the duties ``found``."""
    dataset = renderer.dataset
    late = sum(duty.overdue(dataset.today) for duty in found)
    coming = len(found) - late
    lead = f"截至{dataset.today}，今后{HORIZON}天内应公开{coming}项" + (
        f"，已过期限还没有公开{late}项。" if late else "。"
    )
    content = renderer.fragment(
        "due",
        ADDRESS,
        title=TITLE,
        lead=lead,
        breadcrumbs=[renderer.home_crumb()],
        units=[_unit(dataset, unit.name, mine) for unit, mine in by_unit(found)],
        horizon=HORIZON,
        calendar=EVERYTHING,
        subscribe=_subscribe(dataset, EVERYTHING),
    )
    tags = (
        meta_tags.site_tags(dataset.settings),
        meta_tags.column_tags(TITLE, meta_tags.CATALOGUE, lead),
        canonical(dataset, ADDRESS),
    )
    newest = dataset.updated_on.isoformat() if dataset.updated_on else None
    return Page(ADDRESS, "list", TITLE, "\n".join(tags), content, newest)


def due_files(dataset: Dataset, found: tuple[Duty, ...]) -> Iterator[tuple[str, bytes]]:
    """Address and content of the calendars of the duties ``found``: one with everything, and one for each unit, empty ones too.

    A unit's calendar stays where it is when nothing is owed, or phones that subscribe to it would say it is gone.
    """
    name, units = dataset.profile.name, dataset.profile.units
    named = [(f"{name}近期应公开", due_days(dataset, found))]
    named += [
        (f"{name}{u.name}近期应公开", due_days(dataset, (duty for duty in found if duty.unit.id == u.id)))
        for u in units
    ]
    written = msgspec.msgpack.decode(
        kept(dataset.settings.root, "calendars", repr(named), partial(_calendars, named)), type=list[bytes]
    )
    addresses = (EVERYTHING, *(_calendar_url(unit.id) for unit in units))
    yield from zip(addresses, written, strict=True)


def _calendars(named: list[tuple[str, list[DueDay]]]) -> bytes:
    """All the calendars in one; kept, as most edits leave the duties as they are."""
    from gongkai.reports.calendar_file import calendars  # noqa: PLC0415 - icalendar is slow to read in

    return msgspec.msgpack.encode(list(calendars(named)))


def _calendar_url(unit_id: str) -> str:
    return f"due/{unit_id}.ics"


def _subscribe(dataset: Dataset, address: str) -> str | None:
    """The address that phones subscribe to; None while the site's own address is not known."""
    site = dataset.settings.site_url
    return f"webcal://{site.partition('://')[2].rstrip('/')}/{address}" if "://" in site else None


def _unit(dataset: Dataset, name: str, mine: list[Duty]) -> UnitDuties:
    unit = mine[0].unit
    known = bool(unit.id)
    return UnitDuties(
        name=name,
        telephone=unit.telephone,
        href=urls.unit_url(unit.id) if known else None,
        calendar=_calendar_url(unit.id) if known else None,
        rows=[_row(dataset, duty) for duty in mine],
    )


def _row(dataset: Dataset, duty: Duty) -> DutyRow:
    left = duty.left(dataset.today)
    if left is None:
        state = "待放假安排公布后确定"
    elif left < 0:
        state = f"已过期{-left}天"
    else:
        state = f"还有{left}天" if left else "今天到期"
    return DutyRow(duty, urls.entry_url(duty.entry.id), state, left is not None and left < 0)
