"""Where in a text a person's number may stand: long runs of digits, masks, signs of mailboxes. Pure.

Every body of a site is looked through here and hardly one holds a hit, so each look is a cheap one that lets too much
through rather than too little; what is let through is judged by :mod:`gongkai.privacy.detectors`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gongkai.patterns import regex
from gongkai.reading.ordinary import ordinary

_INVISIBLE = "\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_VISIBLE = r"\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000._·・•．。\-‐‑‒–—―−﹣－"
_GAP = f"[{_INVISIBLE}]*(?:[{_VISIBLE}][{_INVISIBLE}]*){{0,4}}"
_WIDE_GAP = f"[{_INVISIBLE}]*(?:[{_VISIBLE}\\r\\n][{_INVISIBLE}]*){{0,4}}"
X = "XxＸｘХх×✕Ⅹⅹ"
"""What may stand for the check letter of an ID number."""
# At least eleven digits in one breath; \d knows the digits of every script and width.
_RUN = regex(rf"\d(?<!\d\d)(?:{_GAP}\d){{10,}}(?:{_GAP}[{X}](?![A-Za-z]))?")
_WRAPPED_RUN = regex(rf"\d(?<!\d\d)(?:{_WIDE_GAP}\d){{10,}}(?:{_WIDE_GAP}[{X}](?![A-Za-z]))?")
# A stretch of digits and signs of gaps, however many of each: all digits of a run lie within one.
_STRETCH = regex(rf"\d(?<!\d\d)[\d{_INVISIBLE}{_VISIBLE}\r\n]{{10,}}")
_SHORTEST = 11
# By the lower byte of a character: 1 for digits and gaps of ordinary texts, and for the few Han characters that share it.
_ORDINARY_RUN = "0123456789\t _.-–—·。\r\n"
_IN_STRETCH = bytes(byte in {ord(ch) & 255 for ch in _ORDINARY_RUN} for byte in range(256))
_ELEVEN = b"\1" * _SHORTEST
_SHORT = 24
SEEN_GAP = regex(f"[{_VISIBLE}\\r\\n]")
_MOBILE_BEGINS = regex(r"1[3-9](?<!\d\d\d)|86[ .-]?1[3-9]|1[ .-][3-9]")

MASK_SIGNS = "*＊×xXｘＸ●○•□■#＃✱※◆"
# The first sign of a mask stands behind a digit, a blank or hyphen and a backslash between them at most; a second follows.
_BEHIND_DIGIT = r"(?:(?<=\d.)|(?<=\d[ \\-].)|(?<=\d[ -]\\.))"
_MASK_BEGINS = tuple(
    (sign, regex(rf"{re.escape(sign)}(?<=[\d \\-].){_BEHIND_DIGIT}(?=[ -]?\\?[{MASK_SIGNS}])")) for sign in MASK_SIGNS
)
_ORDINARY_MASK_BEGINS = tuple((sign, begins) for sign, begins in _MASK_BEGINS if sign in "*×xX#")


def long_runs(text: str, *, wrapped: bool) -> list[tuple[int, int]]:
    """Start and end of every run of at least eleven digits that may be more than a landline; ``wrapped``: over line ends too."""
    found: list[tuple[int, int]] = []
    for start, end in _stretches(text):
        if end - start > _SHORT or text[end : end + 1] in X:
            found += _runs_in(text, start, end + 2, wrapped=wrapped)  # what follows a check letter is looked at too
        elif runs := _runs_in_short(text[start:end], wrapped):
            found += [(start + first, start + last) for first, last in runs]
    return found


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the stretches in ``text``; ordinary texts show them, with a character too many at times, by their bytes."""
    if not ordinary(text):
        yield from (match.span() for match in _STRETCH.finditer(text))
        return
    marks = text.encode("utf-16-le")[::2].translate(_IN_STRETCH)
    start = marks.find(_ELEVEN)
    while start >= 0:
        end = marks.find(0, start + _SHORTEST)
        if end < 0:
            end = len(marks)
        yield start, end
        start = marks.find(_ELEVEN, end)


def _runs_in(text: str, start: int, end: int, *, wrapped: bool) -> Iterator[tuple[int, int]]:
    for run in (_WRAPPED_RUN if wrapped else _RUN).finditer(text, start, end):
        if not _plain_landline(run[0]):
            yield run.span()


@lru_cache(maxsize=4096)
def _runs_in_short(stretch: str, wrapped: bool) -> tuple[tuple[int, int], ...]:
    """The same for a stretch of its own: the telephone numbers of a township come again in every second item."""
    return tuple(_runs_in(stretch, 0, len(stretch), wrapped=wrapped))


def _plain_landline(run: str) -> bool:
    """Whether a run is too short for anything but a mobile number, and holds none."""
    return len(run) < 15 and run.isascii() and not _MOBILE_BEGINS.search(run)


def may_be_masked(text: str) -> bool:
    """Whether a number of which a part is hidden (138****1234) may stand in ``text``."""
    for sign, begins in _ORDINARY_MASK_BEGINS if ordinary(text) else _MASK_BEGINS:
        if sign in text and begins.search(text):
            return True
    return False


def at_signs(text: str) -> Iterator[int]:
    """Where the signs of mailboxes stand."""
    for sign in "@＠":
        at = text.find(sign)
        while at >= 0:
            yield at
            at = text.find(sign, at + 1)
