"""What is written in many ways gets one spelling more: dates, document numbers, index numbers.

2026年9月28日, 2026-09-28, 2026.9.28, 2026/9/28, 20260928 and 二〇二六年九月二十八日 are one day; 示政发〔2026〕12号,
示政发[2026]12号 and 示政发（2026）第12号 one document. The index adds to each text the runs of :func:`spellings`, in
which year, month and day are letters of the Vai script: no one types them, so nothing else is found through them. The
browser half (``theme/assets/gongkai-search-fold.js``) spells what is typed by the same rules, which a test compares.

A date is year and month, or year, month and day; a number is what stands before the year (Chinese characters of a
document number, the code of an index number), the year, and the digits after it (and 号). 示政发〔2026〕, of which the
digits have not been typed yet, is the beginning of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_YEAR, _MONTH, _DAY = 0xA500 - 1900, 0xA5CF, 0xA5DF
"""Code points of the letters for year 0, month 0 and day 0; years go from 1900 to 2099."""

_Y = r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})"
_M = r"(?P<month>0?[1-9]|1[0-2])(?![0-9])"
_D = r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?![0-9])"
_HAN_DIGIT = "〇○零一二三四五六七八九"
_OPEN, _CLOSE = ("".join(map(re.escape, marks)) for marks in ("〔[(【「『《〈<{", "〕])】」』》〉>}"))

_DATES = (
    re.compile(rf"{_Y}\s*年\s*{_M}\s*月(?:\s*{_D})?"),
    re.compile(rf"{_Y}([-./]){_M}(?:\2{_D}|(?![-./][0-9])(?!\s*[号万亿元%]))"),
    re.compile(rf"{_Y}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9])"),
    re.compile(
        rf"(?P<year>[一二][{_HAN_DIGIT}]{{3}})年(?P<month>十[一二]?|[一二三四五六七八九])月"
        rf"(?:(?P<day>三十一?|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九])日)?"
    ),
)
_NUMBERS = (
    re.compile(rf"[{_OPEN}]\s*{_Y}\s*年?\s*[{_CLOSE}]\s*(?:第\s*)?(?P<serial>[0-9]{{0,8}})(?![0-9])\s*(?P<hao>号?)"),
    re.compile(rf"{_Y}\s*[-—–_/]\s*(?:第\s*)?(?P<serial>[0-9]{{1,5}})(?![0-9])\s*(?P<hao>号)"),
    re.compile(rf"{_Y}[-—–_/](?P<serial>[0-9]{{3,8}})(?![0-9])(?P<hao>)"),
)
_YEARS = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=\s*(.?))", re.DOTALL)
_HAN_YEAR = re.compile(rf"[{_HAN_DIGIT}]年")
_AFTER_YEAR = tuple(map(frozenset, ("年", "-./", "0123456789", "", "年〕])】」』》〉>}", "-—–_/", "-—–_/")))
"""The character behind the year, white space apart, without which a pattern of :data:`_DATES` or :data:`_NUMBERS` fails."""

_BEFORE_DOCUMENT = re.compile(r"((?:[\u4e00-\u9fff]\s*){1,12})$")
_BEFORE_SERIAL = re.compile(r"([0-9a-z]{4,30})[-—–_/]$")


def spellings(folded: str) -> tuple[str, ...]:
    """The extra runs of a folded text, each of them once, in the order of their first places."""
    after = set(_YEARS.findall(folded)) if "19" in folded or "20" in folded else set()
    found: list[tuple[int, str]] = []
    if after:
        for pattern, marks in zip((*_DATES, *_NUMBERS), _AFTER_YEAR, strict=True):
            if not marks.isdisjoint(after):
                found += (_dates if pattern in _DATES else _numbers)(pattern, folded)
    if "年" in folded and _HAN_YEAR.search(folded):
        found += _dates(_DATES[3], folded)
    return tuple(dict.fromkeys(run for _, run in sorted(found))) if found else ()


def _dates(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    for match in pattern.finditer(text):
        year, month, day = (_number(match[name]) for name in ("year", "month", "day"))
        if 1900 <= year < 2100:
            yield match.start(), chr(_YEAR + year) + chr(_MONTH + month) + (chr(_DAY + day) if day else "")


def _numbers(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        serial, hao = match["serial"], match["hao"]
        if hao or pattern is _NUMBERS[0]:
            known, serial = _BEFORE_DOCUMENT.search(before), serial.lstrip("0") or serial[:1]
        else:
            known = _BEFORE_SERIAL.search(before)
        code = "".join(known[1].split()) if known else ""
        if not code and not serial:  # （2026） alone is no number
            continue
        yield (
            match.start() - len(known[0] if known else ""),
            f"{code}{chr(_YEAR + int(match['year']))}{serial}{hao}",
        )


def _number(digits: str | None) -> int:
    """The number that digits or Chinese numerals write; 0 for none."""
    if not digits:
        return 0
    if digits.isdecimal():
        return int(digits)
    value = {ch: max(0, n - 2) for n, ch in enumerate(_HAN_DIGIT)}
    if "十" in digits:
        tens, _, ones = digits.partition("十")
        return 10 * (value[tens] if tens else 1) + (value[ones] if ones else 0)
    return int("".join(str(value[ch]) for ch in digits))
