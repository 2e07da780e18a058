"""Dates and periods in the spellings in which they really occur (R4.4, R4.9). Pure functions."""

from __future__ import annotations

import calendar
import contextlib
import datetime as dt
import re
import unicodedata

from gongkai.model import Period
from gongkai.patterns import regex

_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
_CHINESE_DATE = regex(
    r"([〇零○Oo一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_DATE = regex(
    r"(?P<y>\d{4})\s*(?P<sep>[-/.年])\s*(?P<m>\d{1,2})\s*(?:[-/.月])\s*(?P<d>\d{1,2})\s*[日号]?"
    r"(?:[\sT]+(?P<time>\d{1,2}[:时]\d{1,2}(?:[:分]\d{0,2})?秒?.*))?$"
)
_COMPACT = regex(r"(\d{4})(\d{2})(\d{2})$")
_GLUED_TIME = regex(r"\d{4}-\d{1,2}-\d{2}\d{2}[:时]")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PERIOD = regex(
    r"(?P<y>\d{4})年?(?:度)?(?:[-—]?"
    r"(?:(?P<half>[上下])半年|[Hh](?P<h>[12])|[Qq](?P<q>[1-4])|第?(?P<qc>[一二三四1-4])季度?|0?(?P<m>1[0-2]|[1-9])月?(?:份)?))?$"
)


_ISO = regex(r"(?:19[5-9]|2[01][0-9])[0-9]-[0-9]{2}-[0-9]{2}\Z")


class BadDate(ValueError):  # noqa: N818 - the name says what the text is
    """Why a text is no date; ``str()`` is the reason in Chinese, ``nearest`` a right date to show."""

    def __init__(self, reason: str, nearest: dt.date | None = None) -> None:
        super().__init__(reason)
        self.nearest = nearest


def _chinese_number(text: str) -> int:
    """``十``, ``二十一`` and so on, up to 99."""
    if "十" not in text:
        return int(text.translate(_DIGITS))
    tens, _, units = text.partition("十")
    return (int(tens.translate(_DIGITS)) if tens else 1) * 10 + (int(units.translate(_DIGITS)) if units else 0)


def parse_date(text: str) -> dt.date:
    """A date out of ``2026-09-28``, ``2026/9/28``, ``2026.9.28``, ``2026年9月28日``, ``20260928``,
    ``二〇二六年九月二十八日``, with or without a time of day. Raises :class:`BadDate`.
    """
    if _ISO.match(text):
        with contextlib.suppress(ValueError):  # what is wrong with it is said below
            return dt.date.fromisoformat(text)
    clean = unicodedata.normalize("NFKC", text).strip()
    if chinese := _CHINESE_DATE.match(re.sub(r"\s", "", clean)):
        year = int(chinese[1].translate(_DIGITS))
        return _real(year, _chinese_number(chinese[2]), _chinese_number(chinese[3]))
    match = _DATE.match(clean)
    if match:
        return _real(int(match["y"]), int(match["m"]), int(match["d"]))
    if compact := _COMPACT.match(clean):
        return _real(int(compact[1]), int(compact[2]), int(compact[3]))
    if _GLUED_TIME.match(clean):
        raise BadDate("里日期和时间连在一起了，分不清是几日几时", _lenient(clean[:10]))
    if re.fullmatch(r"\d{5,7}", clean):
        raise BadDate("没有分隔符，分不清月和日")
    if re.match(r"\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}", clean):
        raise BadDate("的年份要写四位")
    raise BadDate("不是日期")


def _lenient(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _real(year: int, month: int, day: int) -> dt.date:
    if not 1949 <= year <= 2199:
        raise BadDate(f"的年份（{year}年）不像是真实的")
    if not 1 <= month <= 12:
        raise BadDate(f"不存在：没有{month}月")
    if day == 0:
        raise BadDate("不存在：没有0日", dt.date(year, month, 1))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise BadDate(f"不存在：{year}年{month}月只有{last}天", dt.date(year, month, last))
    return dt.date(year, month, day)


def parse_period(text: str) -> Period | None:
    """A period out of ``2026``, ``2026-H1``, ``2026年上半年``, ``2026-Q3``, ``2026年第三季度``, ``2026-09``, ``2026年9月``."""
    match = _PERIOD.match(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    if not match:
        return None
    year = int(match["y"])
    if not 1949 <= year <= 2199:
        return None
    if match["half"] or match["h"]:
        return Period(year, half=(1 if match["half"] == "上" else 2) if match["half"] else int(match["h"]))
    if match["q"] or match["qc"]:
        return Period(year, quarter=_QUARTERS[match["q"] or match["qc"]])
    if match["m"]:
        return Period(year, month=int(match["m"]))
    return Period(year)


def parse_flag(text: str) -> bool | None:
    """Yes or no in the usual spellings, else None."""
    return {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}.get(text.strip().lower())


def parse_time(text: str) -> str | None:
    """The time of day behind a date, as ``HH:MM``; None when there is none."""
    match = _DATE.match(unicodedata.normalize("NFKC", text).strip())
    found = re.match(r"(\d{1,2})\D(\d{1,2})", match["time"]) if match and match["time"] else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return f"{int(found[1]):02d}:{int(found[2]):02d}"


def parse_span(text: str) -> tuple[dt.date, dt.date] | None:
    """Two dates out of ``2026-10-09至2026-10-15``, ``自2026年10月9日起至10月15日止（7天）`` and the like, or None.

    A second date without its year (and month) takes those of the first. Raises :class:`BadDate` for an impossible one.
    """
    clean = re.sub(r"[(（][^()（）]*[)）]$", "", text.strip()).strip().removesuffix("止").removeprefix("自")
    parts = re.split(r"\s*(?:起?至|起?到|~|～|—+|－+|–+|\s-+\s|/(?=\d{4}))\s*", clean)
    if len(parts) != 2:
        return None
    start = parse_date(parts[0].removesuffix("起"))
    end = parts[1]
    if short := re.fullmatch(r"(?:(\d{1,2})[月./-])?(\d{1,2})日?", end):
        return start, _real(start.year, int(short[1] or start.month), int(short[2]))
    return start, parse_date(end)
