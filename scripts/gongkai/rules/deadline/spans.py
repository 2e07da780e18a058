"""Days that a text states: display periods with their counts, days of approval. Pure functions."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from gongkai.patterns import regex
from gongkai.reading.ordinary import ordinary

WORKING = "工作日"
NATURAL = "自然日"

_FIRST = r"(?P<y1>\d\d\d\d)\s*[年.\-/]\s*(?P<m1>\d{1,2})\s*[月.\-/]\s*(?P<d1>\d{1,2})\s*日?"
_LAST = (
    r"(?:(?P<y2>\d{4})\s*[年.\-/]\s*)?(?:(?P<m2>\d{1,2})\s*[月.\-/]\s*)?(?P<d2>\d{1,2})(?!\d|\s*[年月.\-/]\s*\d)\s*日?"
)
_SPAN = rf"{_FIRST}\s*(?:起|开始)?\s*(?:至|到|[—–~-]+)\s*{_LAST}"
_COUNT = r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?P<unit>个?工作日|个?自然日|天|日)"
_SHOWN = r"(?:公示|公告|征求意见|征集意见|公开征求意见)"
_LABEL = rf"{_SHOWN}(?:期限|期|时间|日期|时长)"
_SAID = r"(?:为期|共计|合计|共|计|期限为?|时间为?)?\s*"

_COUNT_BEHIND = regex(
    rf"{_SPAN}\s*(?:止|结束|截止)?\s*[,、;]?\s*\(?\s*(?:首尾[^,()]{{0,12}},)?{_SAID}{_COUNT}(?![之以]?[内前后])"
)
_COUNT_BEFORE = regex(
    rf"{_SHOWN}(?:期限|期|时间|时长)?\**[:为]?\**\s*{_SAID}{_COUNT}\s*[,;:(]?\s*(?:公示|公告|时间|期限)*[为:]?\s*(?:自|从|即)?\s*{_SPAN}"
)
_LABELLED = regex(rf"{_LABEL}[^\d。;]{{0,12}}{_SPAN}")

_DAY = r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"
_APPROVED = regex(
    rf"{_DAY}(?:(?!\d{{4}}年\d{{1,2}}月)[^。;\n]){{0,60}}?(?:批准|批复)|(?:批准|批复)(?:日期|时间|之日|于|的日期)\**[:为]?\**\s*"
    + _DAY.replace("<y>", "<yb>").replace("<m>", "<mb>").replace("<d>", "<db>")
)
# What stands between two days, with a digit behind it, after three blanks and dashes at most.
_BETWEEN = tuple(
    (sign, regex(rf"{sign}(?=[ —–～~-]{{0,3}}\d)")) for sign in ("至", "到", "—", "–", "～", "~", "日-", "-20")
)
_OPENING = regex(r"\d\d\d\d\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?\s*(?:起|开始)?\s*(?:至|到|[—–~～-])")
_DAYS_OF = ("y1", "m1", "d1", "y2", "m2", "d2")
_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九")}


class Stated(Struct, frozen=True):
    """A span of days in a text: ``line`` from 0; ``count`` and ``unit`` when said; ``labelled`` as a display period."""

    line: int
    start: dt.date
    end: dt.date
    count: int | None
    unit: str | None
    labelled: bool


def stated_spans(body: str) -> Iterator[Stated]:
    """The spans in ``body`` that have a count, or are called a display period; impossible days are left out."""
    for begin in _begins_with_spans(body):
        end = body.find("\n", begin)
        line = body[begin:] if end < 0 else body[begin:end]
        if not ordinary(body):
            line = unicodedata.normalize("NFKC", line)
        if _OPENING.search(line):
            yield from _spans_of_line(body, begin, narrow(line))


def narrow(text: str) -> str:
    """What NFKC makes of ordinary ``text``, but for ！ and ？, which stand in no span; NFKC itself takes long over Chinese."""
    text = text.replace("，", ",").replace("：", ":").replace("；", ";")
    return text.replace("（", "(").replace("）", ")").replace("～", "~")


def _spans_of_line(body: str, begin: int, line: str) -> Iterator[Stated]:
    """Those of one line, which begins at ``begin``; a span with a count before it goes first, one without any last."""
    shown = "公" in line or "征" in line  # as every name of a display period has it
    before = [(days, m) for m in _COUNT_BEFORE.finditer(line) if (days := _days(m))] if shown else []
    behind = [(days, m) for m in _COUNT_BEHIND.finditer(line) if (days := _days(m))]
    labelled = [days for m in _LABELLED.finditer(line) if (days := _days(m))] if shown else []
    if not (before or behind or labelled):
        return
    n = body.count("\n", 0, begin)
    labels = {*labelled, *(days for days, _ in before)}
    seen: set[tuple[dt.date, dt.date]] = set()
    for days, match in (*before, *behind):
        if days not in seen and days[0] <= days[1]:
            seen.add(days)
            unit = WORKING if "工" in match["unit"] else NATURAL
            yield Stated(n, *days, number(match["n"]), unit, days in labels)
    for days in labelled:
        if days not in seen and days[0] <= days[1]:
            seen.add(days)
            yield Stated(n, *days, None, None, labelled=True)


def _begins_with_spans(body: str) -> list[int]:
    """Where the lines begin that may hold a span: something stands between two digits, days or spaces."""
    found = set()
    for sign, pattern in _BETWEEN:
        for match in pattern.finditer(body) if sign in body else ():
            at = match.start()
            before = body[at - 16 : at] if at > 16 else body[:at]
            if "年" in before or "." in before or "-" in before or "/" in before:
                found.add(body.rfind("\n", 0, at) + 1)
    return sorted(found)


def number(text: str) -> int:
    """``7``, ``七``, ``十五`` or ``二十`` as a number."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_NUMERALS.get(tens[-1:], 1) * 10 if ten else 0) + _NUMERALS.get(ones[-1:], 0)


def _days(match: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    """The two days of a span; the second takes the year and month it does not say from the first."""
    return _both(*match.group(*_DAYS_OF))


@lru_cache(maxsize=256)
def _both(
    year: str, month: str, day: str, last_year: str | None, last_month: str | None, last_day: str
) -> tuple[dt.date, dt.date] | None:
    start = _day(year, month, day)
    end = _day(last_year or year, last_month or month, last_day)
    return (start, end) if start and end else None


def approval_day(body: str, until: dt.date) -> dt.date | None:
    """The first day up to ``until`` of which ``body`` says that something was approved (批准) or granted (批复) on it."""
    lines = "\n".join(line for line in body.split("\n") if "批准" in line or "批复" in line)
    for match in _APPROVED.finditer(unicodedata.normalize("NFKC", lines)):
        day = _day(match["y"] or match["yb"], match["m"] or match["mb"], match["d"] or match["db"])
        if day is not None and day <= until:
            return day
    return None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
