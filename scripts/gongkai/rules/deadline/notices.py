"""Display periods (公示期): days, count and unit agree; long enough for the row; on the website from the start."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator

from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.model import (
    NO_DATE,
    Entry,
    Finding,
    FindingType,
    Item,
    LimitKind,
    LimitRole,
    NoticePeriod,
    Place,
    TimeLimit,
    UnknownYear,
    WorkCalendar,
    count_days,
)
from gongkai.patterns import regex
from gongkai.rules.deadline import codes
from gongkai.rules.deadline.spans import NATURAL, WORKING, Stated, stated_spans
from gongkai.rules.kind import by_item

# Notices (公示, 公告) without days are the business of the elements of a notice.
_CALL = regex("征求意见|征集意见|意见征集|意见征求|征求.{0,20}意见")
_OUTCOME = regex("结果|情况|反馈|采纳")
_COUNTED = (LimitKind.WORKING_DAYS, LimitKind.DAYS)


class Verdict(enum.Enum):
    """How a stated count stands to the days themselves."""

    RIGHT = enum.auto()
    FIRST_DAY = enum.auto()
    WRONG = enum.auto()


class Counted(Struct, frozen=True):
    """A span, both ends counted, in natural and in working days (None: cannot be computed yet, for ``year``)."""

    start: dt.date
    natural: int
    working: int | None
    starts_on_working_day: bool
    year: int | None = None

    def days(self, unit: str) -> int | None:
        """The count in ``unit``."""
        return self.working if unit == WORKING else self.natural


def counted(start: dt.date, end: dt.date, calendar: WorkCalendar) -> Counted:
    """Counts a span in both units."""
    natural = count_days(start, end)
    try:
        return Counted(start, natural, calendar.count(start, end), calendar.is_working(start))
    except UnknownYear as unknown:
        return Counted(start, natural, None, starts_on_working_day=False, year=unknown.year)


def judge(said: int, unit: str, days: Counted, *, first_day: bool = True) -> Verdict | None:
    """Whether ``said`` days of ``unit`` fit; None when that cannot be computed yet.

    ``first_day``: the first day counts. Where it is counted otherwise than the site does, that is said, as no mistake.
    """
    both_ends = days.days(unit)
    if both_ends is None:
        return None
    without_first = both_ends - (1 if unit == NATURAL or days.starts_on_working_day else 0)
    expected, other = (both_ends, without_first) if first_day else (without_first, both_ends)
    if said == expected:
        return Verdict.RIGHT
    return Verdict.FIRST_DAY if said == other else Verdict.WRONG


@by_item
def counts_agree(dataset: Dataset) -> Iterator[Finding]:
    """R6.4, R6.5: the count that the front matter names is that of its days."""
    calendar, first_day = dataset.calendar, dataset.settings.first_day.display
    for item in dataset.items:
        notice = item.notice_period
        if notice is None or notice.count is None:
            continue
        units = (notice.unit,) if notice.unit else (NATURAL, WORKING)
        if not right(notice, units, calendar, first_day=first_day):
            stated = Stated(0, notice.start, notice.end, notice.count, None, labelled=True)
            yield from _count_agrees(dataset, stated, units, item.place("notice_period"), codes.WRONG_COUNT)


@by_item
def stated_counts_agree(dataset: Dataset) -> Iterator[Finding]:
    """R6.4: the same of every span with a count in the text; and a display period there is the front matter's."""
    calendar, first_day = dataset.calendar, dataset.settings.first_day.display
    for item in dataset.items:
        other: Stated | None = None
        same = False
        for stated in stated_spans(item.body):
            if stated.unit is not None and not right(stated, (stated.unit,), calendar, first_day=first_day):
                place = Place(item.file, item.body_line + stated.line)
                yield from _count_agrees(dataset, stated, (stated.unit,), place, codes.WRONG_COUNT_IN_TEXT)
            if item.notice_period is not None:
                if (stated.start, stated.end) == (item.notice_period.start, item.notice_period.end):
                    same = True
                elif stated.labelled:
                    other = other or stated
        if other is not None and not same and item.notice_period is not None:
            place = Place(item.file, item.body_line + other.line)
            header, text = _span(item.notice_period), _span(other)
            yield codes.OTHER_SPAN_IN_TEXT.at(place, field="notice_period", header=header, text=text)


def _span(days: NoticePeriod | Stated) -> str:
    return f"{days.start}至{days.end}"


def right(days: NoticePeriod | Stated, units: tuple[str, ...], calendar: WorkCalendar, *, first_day: bool) -> bool:
    """Whether the count is that of one of ``units``, as nearly all are: nothing else need then be found out."""
    if NATURAL in units and days.count == count_days(days.start, days.end) - (not first_day):
        return True
    if WORKING not in units:
        return False
    real = counted(days.start, days.end, calendar)
    return judge(days.count or 0, WORKING, real, first_day=first_day) is Verdict.RIGHT


def _count_agrees(
    dataset: Dataset, stated: Stated, units: tuple[str, ...], place: Place, wrong: FindingType
) -> Iterator[Finding]:
    """``units`` holds the unit that is named, or all that may be meant."""
    said = stated.count or 0
    days = counted(stated.start, stated.end, dataset.calendar)
    first_day = dataset.settings.first_day.display
    verdicts = {unit: judge(said, unit, days, first_day=first_day) for unit in units}
    values = {"span": _span(stated), "said": said, "unit": f"个{units[0]}" if len(units) == 1 else "天"}
    if Verdict.RIGHT in verdicts.values():
        return
    if Verdict.FIRST_DAY in verdicts.values():
        unit = next(u for u, v in verdicts.items() if v is Verdict.FIRST_DAY)
        right = said + (1 if first_day else -1)
        used, rule = ("不计首日", "首尾两日都计") if first_day else ("首尾两日都计", "不计首日")
        values |= {"unit": unit, "used": used, "rule": rule, "right": right}
        word = "exclude" if first_day else "include"
        yield codes.NOTICE_FIRST_DAY.at(place, field="notice_period", **values, word=word)
    elif None in verdicts.values():
        what = f"公示期 {_span(stated)}的工作日数"
        yield codes.NOT_COMPUTABLE.at(place, field="notice_period", what=what, year=days.year)
    else:
        yield wrong.at(place, field="notice_period", **values, **_explained(days, said, units, stated))


def _explained(days: Counted, said: int, units: tuple[str, ...], stated: Stated) -> dict[str, object]:
    """What the days really are, and what is probably meant."""
    real = f"{days.natural}个自然日" + (f"、{days.working}个工作日" if days.working is not None else "")
    unit = units[0]
    swapped = next((u for u in (NATURAL, WORKING) if u not in units and days.days(u) == said), None)
    guess = f"，{said} 天正好是按{swapped}数的，单位可能写错了" if swapped else ""
    count, right = (said, swapped) if swapped else (days.days(unit), unit)
    example = f"{{start: {stated.start}, end: {stated.end}, count: {count}, unit: {right}}}"
    return {"real": real, "guess": guess, "example": example, "right": f"{count}个{right}"}


@by_item
def long_enough(dataset: Dataset) -> Iterator[Finding]:
    """R6.1: a row that asks for days of display gets them; the dates tell, whatever count is written beside them."""
    for item in dataset.items:
        if item.statement is not None or dataset.catalogue.find(item.entry_id) is None:
            continue
        entry = dataset.entry_in_force(item)
        rule = display_rule(entry)
        if rule is None or rule.n is None:
            continue
        notice = item.notice_period or _stated_period(item)
        unit = WORKING if rule.kind is LimitKind.WORKING_DAYS else NATURAL
        values = {"entry": entry.id, "asked": f"{rule.n}个{unit}", "text": entry.time_limit_text}
        place = item.place("notice_period") if item.notice_period else item.place("title")
        if notice is None:
            if _CALL.search(item.title) and not _OUTCOME.search(item.title):
                yield codes.NO_DISPLAY_PERIOD.at(
                    place, field="notice_period", **values, example=_example(item, rule, dataset.calendar)
                )
            continue
        real = counted(notice.start, notice.end, dataset.calendar)
        days = real.days(unit)
        if days is None:
            if real.natural < rule.n:
                days = real.natural
            else:
                what = f"公示期 {_span(notice)}够不够{values['asked']}"
                yield codes.NOT_COMPUTABLE.at(place, field="notice_period", what=what, year=real.year)
                continue
        if days < rule.n:
            yield codes.TOO_SHORT.at(
                place,
                field="notice_period",
                **values,
                span=_span(notice),
                days=f"{days}个{unit}",
                end=_end(notice, rule, dataset.calendar),
            )


def display_rule(entry: Entry) -> TimeLimit | None:
    """The row's rule on days of display that goes for all of it; of rules with a scope, none can be chosen."""
    for t in entry.time_limits:
        if t.role is LimitRole.DISPLAY and t.applies_to is None and t.n and t.kind in _COUNTED:
            return t
    return None


def _stated_period(item: Item) -> NoticePeriod | None:
    """The display period that the text alone states."""
    found = next((s for s in stated_spans(item.body) if s.labelled), None)
    return NoticePeriod(found.start, found.end, found.count, found.unit) if found else None


def _last(start: dt.date, rule: TimeLimit, calendar: WorkCalendar) -> dt.date | None:
    """The last day of as many days as ``rule`` asks, ``start`` counted; None when it cannot be computed yet."""
    if rule.kind is LimitKind.DAYS:
        return start + dt.timedelta(days=(rule.n or 1) - 1)
    try:
        return calendar.due(start, rule.n or 1, first_day=True)
    except UnknownYear:
        return None


def _end(notice: NoticePeriod, rule: TimeLimit, calendar: WorkCalendar) -> str:
    last = _last(notice.start, rule, calendar)
    return f"至少到 {last}" if last else "公示够规定的天数"


def _example(item: Item, rule: TimeLimit, calendar: WorkCalendar) -> str:
    start = item.published_on if item.published_on != NO_DATE else dt.date(2026, 10, 9)
    unit = WORKING if rule.kind is LimitKind.WORKING_DAYS else NATURAL
    last = _last(start, rule, calendar) or dt.date(2026, 10, 19)
    return f"notice_period: {{start: {start}, end: {last}, count: {rule.n}, unit: {unit}}}"


def shown_from_the_start(dataset: Dataset) -> Iterator[Finding]:
    """What is published after its display period began has been shown for fewer days than it says."""
    for item in dataset.items:
        notice = item.notice_period
        if notice is None or item.published_on <= notice.start or item.published_on > dataset.today:
            continue
        left = count_days(item.published_on, notice.end)
        shown = f"网站上只公示了 {left} 个自然日" if left else "公示期过完了才上网站"
        yield codes.SHOWN_LATE.at(
            item.place("published_on"),
            field="published_on",
            published=item.published_on,
            start=notice.start,
            shown=shown,
        )


RULES = (counts_agree, stated_counts_agree, long_enough, shown_from_the_start)
