"""Matches rows of a county's table to the rows of the standard catalogue, by names and elements."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct
from rapidfuzz import fuzz

from gongkai.model import Entry
from gongkai.patterns import regex

SURE, LIKELY, GAP = 88.0, 62.0, 5.0
MORE_LIKELY_THAN_NOT = 70.0
"""Below this a row counts as the township's own unless the clerk says otherwise."""
_EMPTY_WORDS = regex("领域|相关|有关|信息$|情况$")
_LONGEST = 400


class Named(Struct, frozen=True):
    """What a row is matched by."""

    level1: str
    level2: str
    level3: str | None
    elements: tuple[str, ...]


class Match(Struct, frozen=True):
    """The nearest standard row and how near it is (0 to 100); ``sure``: no question is needed."""

    entry: Entry | None
    score: float
    sure: bool


def match_rows(rows: Sequence[Named], known: Sequence[Entry]) -> list[Match]:
    """For each row the entry of ``known`` it stands for. No entry is given to two rows: the nearer one has it."""
    scores = [[similarity(row, entry) for entry in known] for row in rows]
    pairs = sorted(
        ((score, -n, -k) for n, line in enumerate(scores) for k, score in enumerate(line) if score >= LIKELY),
        reverse=True,
    )
    given: dict[int, int] = {}
    taken: set[int] = set()
    for _, n, k in pairs:
        if -n not in given and -k not in taken:
            given[-n] = -k
            taken.add(-k)
    return [_judged(n, given, scores, known) for n in range(len(rows))]


def _judged(n: int, given: dict[int, int], scores: list[list[float]], known: Sequence[Entry]) -> Match:
    if n not in given:
        return Match(None, 0, sure=True)
    best = scores[n][given[n]]
    rivals = [score for k, score in enumerate(scores[n]) if k != given[n]]
    clear = best - max(rivals, default=0) >= GAP
    return Match(known[given[n]], best, sure=best >= SURE and (clear or best >= 100))


def similarity(row: Named, entry: Entry) -> float:
    """How near a row is to an entry; 100 when both names are the same."""
    a1, a2, b1, b2 = (_flat(name) for name in (row.level1, row.level2, entry.level1, entry.level2))
    level3 = _flat(row.level3 or "") == _flat(entry.level3 or "")
    if (a1, a2) == (b1, b2) and level3:
        return 100.0
    names = 0.65 * fuzz.ratio(a2, b2) + 0.35 * fuzz.ratio(a1, b1)
    elements = fuzz.ratio(_flat("".join(row.elements))[:_LONGEST], _flat("".join(entry.elements))[:_LONGEST])
    score = max(names * 0.8 + elements * 0.2, names * 0.95)
    return min(score, 99.0) - (0 if level3 else 10)


def _flat(name: str) -> str:
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name))
    return _EMPTY_WORDS.sub("", plain) or plain
