"""Text in a workbook: which characters it may hold, how long it may be, how much room it takes, what a sheet may be called."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\'\t\n\r]")
_LONGEST_NAME, _LONGEST_CELL = 31, 32767
"""In UTF-16 units, as Excel counts: a rare character takes two."""


def sound(text: str) -> str:
    """``text`` without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def clean(text: str) -> str:
    """``text`` without the characters that XML cannot hold, no longer than a cell may be."""
    return _cut(sound(text), _LONGEST_CELL)


def _cut(text: str, most: int) -> str:
    if 2 * len(text) <= most:
        return text
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def sheet_name(name: str, used: set[str]) -> str:
    r"""A name that Excel takes, put into ``used``: at most 31 letters, none of ``[]:*?/\\'``, and no other sheet called so."""
    plain = sound(_NOT_IN_SHEET_NAMES.sub(" ", name)).strip() or "表"
    found, n = _cut(plain, _LONGEST_NAME), 1
    while found.casefold() in used:
        n += 1
        found = f"{_cut(plain, _LONGEST_NAME - len(str(n)) - 1)}~{n}"
    used.add(found.casefold())
    return found


@lru_cache(maxsize=8192)
def lines(text: str, width: float) -> int:
    """How many lines ``text`` takes in a column ``width`` letters wide."""
    fit = max(width - 1, 1)
    return sum(max(1, math.ceil(letters(line) / fit)) for line in text.split("\n"))


def letters(text: str) -> int:
    """How many Latin letters ``text`` is wide; a Chinese character takes two."""
    return len(text) if text.isascii() else sum(map(_letter, text))


@lru_cache(maxsize=1 << 14)
def _letter(c: str) -> int:
    return 2 if unicodedata.east_asian_width(c) in "WFA" else 1
