"""The nearest known words to one that is not known."""

from __future__ import annotations

from collections.abc import Collection

from gongkai.late import late_module

fuzz, process = late_module("rapidfuzz.fuzz"), late_module("rapidfuzz.process")


def nearest(word: str, known: Collection[str], *, limit: int = 3, cutoff: float = 55.0) -> list[str]:
    """The up to ``limit`` words of ``known`` most like ``word``, best first; empty when none is near."""
    found = process.extract(word, known, scorer=fuzz.ratio, limit=limit, score_cutoff=cutoff)
    return [match for match, _, _ in found]


def phrase(words: list[str]) -> str:
    """``,是不是“甲”或“乙”``, or nothing."""
    return "，是不是" + "或".join(f"“{w}”" for w in words) if words else ""
