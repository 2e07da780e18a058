"""What each unit owes: everything that is overdue, or falls due within the next days (R6)."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator

from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.dataset.series import series
from gongkai.model import Entry, Item, Period, Unit, UnknownYear
from gongkai.rules.deadline.interpretations import DAYS as INTERPRETATION_DAYS
from gongkai.rules.deadline.limits import Binding, binding_limit
from gongkai.rules.deadline.publishing import from_elsewhere
from gongkai.rules.deadline.spans import approval_day
from gongkai.rules.inspection.columns import operating
from gongkai.rules.inspection.freshness import column_states, newest_by_kind
from gongkai.rules.inspection.interpretation import without_interpretation

HORIZON = 30
"""Days that a list of duties looks ahead."""


class Kind(enum.Enum):
    """Why something is owed."""

    PERIOD = "定期公开"
    INTERPRETATION = "政策解读"
    UPDATE = "栏目更新"
    DRAFT = "草稿待发布"


class Duty(Struct, frozen=True):
    """One thing that ``unit`` has to publish by ``due`` (None: the day cannot be computed yet, R6.3).

    ``what`` says it to the public, ``basis`` which limit that is, ``since`` is the day from which it is known. ``key`` tells
    it from all others and stays the same until it is done. ``item`` is the draft, the document to be interpreted or the item
    published last.
    """

    kind: Kind
    unit: Unit
    entry: Entry
    what: str
    due: dt.date | None
    since: dt.date
    basis: str
    key: str
    item: Item
    period: Period | None = None

    @property
    def public(self) -> bool:
        """Whether the public may read of it: a draft is nobody's business before it is published."""
        return self.kind is not Kind.DRAFT

    def overdue(self, today: dt.date) -> bool:
        """Whether its day is over."""
        return self.due is not None and self.due < today

    def left(self, today: dt.date) -> int | None:
        """How many natural days are left; negative when overdue."""
        return None if self.due is None else (self.due - today).days


def duties(dataset: Dataset, days: int = HORIZON) -> tuple[Duty, ...]:
    """All duties that are overdue or fall due up to ``days`` days after ``dataset.today``, the most urgent first.

    Those whose day cannot be computed yet stand at the end.
    """
    last = min(dataset.today.toordinal() + days, dt.date.max.toordinal())
    until = dt.date.fromordinal(last)
    found = [*_periods(dataset, until), *_interpretations(dataset), *_updates(dataset), *_drafts(dataset)]
    return tuple(sorted((d for d in found if d.due is None or d.due <= until), key=_order))


def _order(duty: Duty) -> tuple[dt.date, str, str]:
    return (duty.due or dt.date.max, duty.entry.id, duty.key)


def _unit(dataset: Dataset, item: Item) -> Unit:
    """The unit of an item; one that the settings do not know goes by its own name."""
    return dataset.profile.unit_by_name.get(item.responsible_unit) or Unit("", item.responsible_unit)


def by_unit(found: tuple[Duty, ...]) -> list[tuple[Unit, list[Duty]]]:
    """The duties of each unit that has some, the unit with the most urgent duty first."""
    table: dict[str, tuple[Unit, list[Duty]]] = {}
    for duty in found:
        table.setdefault(duty.unit.name, (duty.unit, []))[1].append(duty)
    return list(table.values())


def _periods(dataset: Dataset, until: dt.date) -> Iterator[Duty]:
    """Periods that nothing was published on. One whose day is not known is owed once the period is over."""
    for one in series(dataset):
        for period, due in one.owed(until, dataset.calendar):
            end = one.end(period)
            if due is None and end >= dataset.today:
                continue
            yield Duty(
                kind=Kind.PERIOD,
                unit=_unit(dataset, one.newest),
                entry=one.entry,
                what=f"{one.name}（{period.label}）",
                due=due,
                since=end,
                basis=one.entry.time_limit_text,
                key=f"period/{one.entry.id}/{one.village}/{period}",
                item=one.newest,
                period=period,
            )


def _interpretations(dataset: Dataset) -> Iterator[Duty]:
    for document in without_interpretation(dataset):
        yield Duty(
            kind=Kind.INTERPRETATION,
            unit=_unit(dataset, document),
            entry=dataset.entry(document),
            what=f"《{document.title}》的解读",
            due=_interpretation_due(dataset, document.published_on),
            since=document.published_on,
            basis=f"文件公开后{INTERPRETATION_DAYS}个工作日内（国办发〔2016〕19号）",
            key=f"interpretation/{document.address}",
            item=document,
        )


def _interpretation_due(dataset: Dataset, published: dt.date) -> dt.date | None:
    try:
        return dataset.calendar.due(published, INTERPRETATION_DAYS, first_day=dataset.settings.first_day.publish)
    except UnknownYear:
        return None


def _updates(dataset: Dataset) -> Iterator[Duty]:
    """Kinds of columns (R3.7): news in two weeks, notices and policies in half a year, and so on."""
    if not operating(dataset):
        return
    for kind, best in newest_by_kind(list(column_states(dataset))).items():
        item = dataset.by_entry[best.entry.id][0]
        yield Duty(
            kind=Kind.UPDATE,
            unit=_unit(dataset, item),
            entry=best.entry,
            what=f"“{kind}”类栏目的更新（最近一次是 {best.newest}）",
            due=best.due,
            since=best.newest,
            basis=f"{best.limit.label.strip()}内有更新（检查指标）",
            key=f"update/{kind}/{best.newest}",
            item=item,
        )


def _drafts(dataset: Dataset) -> Iterator[Duty]:
    for item in dataset.items:
        if not item.draft or item.statement is not None or dataset.catalogue.find(item.entry_id) is None:
            continue
        known = _draft_limit(dataset, item)
        if known is None:
            continue
        start, limit = known
        try:
            due: dt.date | None = limit.due(start, dataset.calendar, first_day=dataset.settings.first_day.publish)
        except UnknownYear:
            due = None
        yield Duty(
            kind=Kind.DRAFT,
            unit=_unit(dataset, item),
            entry=dataset.entry(item),
            what=f"草稿《{item.title}》",
            due=due,
            since=start,
            basis=limit.text,
            key=f"draft/{item.address}",
            item=item,
        )


def _draft_limit(dataset: Dataset, item: Item) -> tuple[dt.date, Binding] | None:
    """From which day on which limit runs for a draft; None when no day is known, or it has not come."""
    if item.interprets is not None:
        return None
    limit = binding_limit(item, dataset.entry_in_force(item))
    start = item.formed_on
    if limit.after_approval:
        start = approval_day(item.body, dataset.today)
    elif limit.after_document or from_elsewhere(dataset, item):
        return None
    return (start, limit) if start is not None and start <= dataset.today else None
