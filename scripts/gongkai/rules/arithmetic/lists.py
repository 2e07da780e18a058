"""Sums in running text, written out or listed. Pure: a paragraph in, what is wrong out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.patterns import regex
from gongkai.rules.arithmetic.figures import Figure, figure_of, show, tolerance, total
from gongkai.rules.arithmetic.sentences import FIGURE, NUMBER, UNIT

_LABEL = r"[\u3400-\u9fff“”]{0,12}?"
_TERM = rf"{_LABEL}{NUMBER}{UNIT}?"
_SUM = regex(rf"{_TERM}(?:\s*[+＋]\s*{_TERM})+")
_TERM_FIGURE = regex(rf"({NUMBER})({UNIT})?")
_BEFORE_SUM = regex(rf"(?P<n>{NUMBER})(?P<u>{UNIT})?\s*[=＝:：(（]\s*$")
_AFTER_SUM = regex(rf"\s*[=＝]\s*(?P<n>{NUMBER})(?P<u>{UNIT})?")
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_COUNTED = regex(r"(?P<n>\d{1,2}|[两二三四五六七八九十])(?:大)?(?:类|项|个|部分|块|笔)[^\d:：(（。;；,，]{0,8}[:：(（]")
_LISTED = regex(rf"(?P<n>{NUMBER})(?P<u>{UNIT})[:：](?P<list>[^。:：\n]{{6,400}})")
# What _LISTED and _COUNTED cannot do without, quick to find: a unit right before a colon; a kind, and a colon or bracket soon.
_ONE, _TWO = "[元亩吨户人名件项个条起套台份篇次处头家类宗]", "(?:[亿万千]元|公[顷里斤]|[户人]次)"
_BEHIND = r"{0}(?:(?<=\d{1}{0})|(?<=\d{2}{0})|(?<=\d平方米{0}))"
_LISTED_SIGN, _LISTED_SIGN_ASCII = (regex(_BEHIND.format(colon, _ONE, _TWO)) for colon in "：:")
_COUNTED_SIGN = regex(r"[类项个块笔部](?<=[\d两二三四五六七八九十大][类项个块笔部])分?[^\d:：(（。;；,，]{0,8}[:：(（]")
# A number and its unit, or a number of kinds, before a colon or bracket, and numbers behind it.
_LIST_SIGN = regex(r"[\d两二三四五六七八九十][^\d。；;，,、:：(（]{1,10}[:：(（][^。]{0,30}?\d")
_SEGMENT = regex(rf"^[\u3400-\u9fff（）()“”、]{{1,20}}?(?P<n>{NUMBER})(?P<u>{UNIT})?$")


class Sum(NamedTuple):
    """Parts that do not make their total."""

    at: int
    what: str
    sum: str
    stated: str
    difference: str


def sums(text: str) -> Iterator[Sum]:
    """Sums that are written out (``a+b+c``) or listed (``共3类：甲1、乙2、丙3``) and do not make the number stated."""
    if "+" in text:
        yield from _written_out(text)
    if _may_be_listed(text) and _LIST_SIGN.search(text):
        for match in _LISTED.finditer(text):
            yield from _listed(match)
        yield from _counted(text)


def may_list(text: str) -> bool:
    """Whether there can be anything for :func:`sums` in some paragraphs; most texts are sorted out by that."""
    return "+" in text or _may_be_listed(text)


def _may_be_listed(text: str) -> bool:
    return bool(_LISTED_SIGN.search(text) or _LISTED_SIGN_ASCII.search(text) or _COUNTED_SIGN.search(text))


def _written_out(text: str) -> Iterator[Sum]:
    for match in _SUM.finditer(text):
        stated = _AFTER_SUM.match(text, match.end()) or _BEFORE_SUM.search(text, 0, match.start())
        terms = [figure_of(n, u) for n, u in _TERM_FIGURE.findall(match[0])]
        units = {t.unit for t in terms if t.unit}
        if stated and len(units | ({stated["u"]} if stated["u"] else set())) <= 1:
            yield from _sum(match.start(), f"“{match[0].strip()}”", terms, figure_of(stated["n"], stated["u"] or ""))


def _sum(at: int, what: str, parts: list[Figure], stated: Figure) -> Iterator[Sum]:
    got = total(parts)
    if abs(got.value - stated.value) > tolerance(parts, stated, stated.unit):
        places = max(got.places, stated.places)
        yield Sum(
            at, what, show(got.value, places), show(stated.value, places), show(abs(got.value - stated.value), places)
        )


def _segments(text: str) -> list[str]:
    """The members of a list; a semicolon separates before a comma does."""
    mark = "[；;]" if re.search("[；;]", text) else "[、，,](?!\\d{3})"
    return [part.strip() for part in re.split(mark, text) if part.strip()]


def _listed(match: re.Match[str]) -> Iterator[Sum]:
    """``193项：基层党建28、城乡建设24……``: every member one number of the same unit."""
    first = re.split("[；;]", match["list"])[0] if "、" in match["list"] or "," in match["list"] else match["list"]
    found = [_SEGMENT.match(part) for part in _segments(first)]
    if len(found) < 3 or any(m is None or m["u"] not in (None, match["u"]) for m in found):
        return
    parts = [figure_of(m["n"]) for m in found if m]
    yield from _sum(match.start(), f"“{match[0][:20]}……”各项", parts, figure_of(match["n"], match["u"]))


def _counted(text: str) -> Iterator[Sum]:
    """``232万元……五项用途：甲10+50；乙54.27；……``: as many members as are announced, against the number before them."""
    for match in _COUNTED.finditer(text):
        count = _COUNTS.get(match["n"]) or (int(match["n"]) if match["n"].isdigit() else 0)
        end = (
            re.search(r"[。）)\n]", text[match.end() :])
            if match[0][-1] in "(（"
            else re.search(r"[。\n]", text[match.end() :])
        )
        members = _segments(text[match.end() : match.end() + end.start()] if end else text[match.end() :])
        values = [_member(member) for member in members]
        before = [m for m in FIGURE.finditer(text, 0, match.start()) if m["u"]]
        parts = [v for v in values if v is not None]
        if count < 3 or len(members) != count or len(parts) != count or not before:
            continue
        units = {p.unit for p in parts if p.unit}
        for candidate in (before[0], before[-1]):
            stated = figure_of(candidate["n"], candidate["u"])
            if units <= {stated.unit} and total(parts).value == stated.value:
                break
        else:
            stated = figure_of(before[0]["n"], before[0]["u"])
            if units <= {stated.unit} and abs(total(parts).value - stated.value) * 4 < stated.value:
                yield from _sum(match.start(), f"“{match[0].strip('：:(（')}”", parts, stated)


def _member(text: str) -> Figure | None:
    """The one number that a member of a list stands for: the only one, the sum written out, what stands behind ``=``."""
    tail = re.split("[=＝]", text)[-1]
    found = [figure_of(n, u) for n, u in _TERM_FIGURE.findall(tail)]
    if len(found) > 1 and not re.search("[+＋]", tail):
        return None
    return total(found)._replace(unit=found[0].unit) if found else None
