"""Reads a time-limit cell and says when a part of it was not understood."""

from __future__ import annotations

import re
import unicodedata

from gongkai.catalogue.importing.readings import EMPTY, LOW, MIDDLE, NONE, Reading, clean, close_numbers
from gongkai.model import TimeLimit
from gongkai.reading.timelimit import parse_time_limit

_SPANS = re.compile(r"\d+\s*(?:个?\s*工作日|个?自然日|日(?!前)|天|周|个月|个?星期)|\d+(?=内)")
_SAID_AGAIN = re.compile(r"延长|届满|之日起至")


def read_limit(text: str) -> Reading[tuple[str, tuple[TimeLimit, ...]]]:
    """The wording of a time-limit cell, cleared of broken lines, with its rules."""
    plain = close_numbers(clean(text))
    if not plain or plain == EMPTY:
        return Reading(("", ()), EMPTY, "" if plain else "没有公开时限", NONE)
    rules = parse_time_limit(plain)
    numbers = _SPANS.findall(re.sub(r"\d+月\d+日", "", unicodedata.normalize("NFKC", plain)))
    if not rules:
        return Reading((plain, ()), plain, "看不懂这个时限；不改则照录原文，不计算期限", LOW)
    if len([rule for rule in rules if rule.n]) < len(set(numbers)) and not _SAID_AGAIN.search(plain):
        return Reading((plain, rules), plain, "有几个期限，没有全看懂", MIDDLE)
    return Reading((plain, rules), plain)
