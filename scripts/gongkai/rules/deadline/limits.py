"""Which limit binds an item, and when it is due. Pure functions; working days and natural days never mix (R6.6)."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from msgspec import Struct

from gongkai.model import Entry, Item, LimitKind, LimitRole, TimeLimit, UnknownYear, WorkCalendar, count_days, days_due
from gongkai.patterns import regex
from gongkai.reading.timelimit import parse_time_limit

LAW = "《政府信息公开条例》第二十六条"
LEGAL_DAYS = 20
_COUNTED = {LimitKind.WORKING_DAYS: "个工作日", LimitKind.DAYS: "日（自然日）"}
_APPROVAL = regex("批准|批复")
_DECISION = regex("行政(?:处罚|许可|强制)")

parsed = lru_cache(maxsize=4096)(parse_time_limit)


class Binding(Struct, frozen=True):
    """The limit that binds an item: ``n`` of ``kind``; ``text`` says where it stands."""

    n: int
    kind: LimitKind
    text: str
    counted_from: str | None = None

    @property
    def span(self) -> str:
        """``20个工作日`` or ``20日（自然日）``."""
        return f"{self.n}{_COUNTED[self.kind]}"

    @property
    def after_approval(self) -> bool:
        """Whether it counts natural days from an approval, as for budgets (预算法 Art. 14)."""
        return self.kind is LimitKind.DAYS and bool(_APPROVAL.search(self.counted_from or ""))

    @property
    def after_document(self) -> bool:
        """Whether it counts from the day on which another document became public, as for interpretations."""
        return "文件公开" in (self.counted_from or "")

    def due(self, start: dt.date, calendar: WorkCalendar, *, first_day: bool = False) -> dt.date:
        """The last day on time. Raises :class:`~gongkai.model.UnknownYear`."""
        if self.kind is LimitKind.DAYS:
            return days_due(start, self.n, first_day=first_day)
        return calendar.due(start, self.n, first_day=first_day)

    def kept(self, start: dt.date, end: dt.date, calendar: WorkCalendar, *, first_day: bool = False) -> bool:
        """Whether ``end`` is in time; may be known before the last day is. May raise as above."""
        try:
            return end <= self.due(start, calendar, first_day=first_day)
        except UnknownYear:
            return (calendar.count(start, end) if first_day else calendar.after(start, end)) <= self.n

    def passed(self, start: dt.date, end: dt.date, calendar: WorkCalendar) -> str:
        """How many days, in its own unit, there are after ``start`` up to ``end``; may raise as above."""
        if self.kind is LimitKind.DAYS:
            return f"{count_days(start, end) - 1}日（自然日）"
        return f"{calendar.after(start, end)}个工作日"


def binding_limit(item: Item, entry: Entry) -> Binding:
    """The limit of the row (or of its part that fits the item), or the item's own stricter one, else the law's."""
    row = _of_row(item, entry)
    own = _first(parsed(item.time_limit)) if item.time_limit else None
    if own and own.n and (row is None or (own.kind is row.kind and own.n < (row.n or 0))):
        start = own.counted_from or (row.counted_from if row else None)
        return Binding(own.n, own.kind, f"本信息写的公开时限“{item.time_limit}”", start)
    if row is not None and row.n:
        return Binding(row.n, row.kind, f"目录条目 {entry.id} 的公开时限“{entry.time_limit_text}”", row.counted_from)
    return Binding(LEGAL_DAYS, LimitKind.WORKING_DAYS, f"{LAW}规定的{LEGAL_DAYS}个工作日")


def shortest(entry: Entry) -> int:
    """No limit of the row, nor the law's, counts fewer days than this, of whatever kind."""
    return min([LEGAL_DAYS, *[t.n for t in entry.time_limits if t.n and t.role is LimitRole.PUBLISH]])


def _first(limits: tuple[TimeLimit, ...]) -> TimeLimit | None:
    return next((t for t in limits if t.role is LimitRole.PUBLISH and t.n and t.kind in _COUNTED), None)


def _of_row(item: Item, entry: Entry) -> TimeLimit | None:
    """Of several limits the one whose scope the title names (行政处罚), else the one for all, else the website's."""
    counted = [t for t in entry.time_limits if t.role is LimitRole.PUBLISH and t.n and t.kind in _COUNTED]
    if not counted:
        return None
    for limit in counted:
        if limit.applies_to and any(word in item.title for word in _DECISION.findall(limit.applies_to)):
            return limit
    general = [t for t in counted if t.applies_to is None]
    web = [t for t in counted if t.applies_to and "网站" in t.applies_to]
    return next(iter(general or web), None)


def next_working_day(day: dt.date, calendar: WorkCalendar) -> dt.date:
    """``day``, or the first working day after it; ``day`` when that cannot be computed."""
    try:
        return day if calendar.is_working(day) else calendar.due(day, 1)
    except UnknownYear:
        return day
