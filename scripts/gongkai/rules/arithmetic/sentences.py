"""Figures in running text: percentages and their base, sums, products, units. Pure: a paragraph in, what is wrong out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gongkai.patterns import regex
from gongkai.rules.arithmetic.figures import Figure, figure_of, show, tolerance, total

_N = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_U = (
    r"(?:亿元|万元|千元|元|公顷|亩|平方米|公里|吨|公斤|户次|人次|户|人|名|件|项|个|条|起|套|台|份|篇|次|处|头|家|类|宗)"
)
_WIDE = regex("[０-９．％＋－−＝]")
_PLAIN = str.maketrans("０１２３４５６７８９．％＋－−＝", "0123456789.%+--=")
_SENTENCE = regex(r"[。！？!?\n]")
_UP, _DOWN = "增加|增长|上升|提高|多|增", "减少|下降|降低|减|少"
# 比上年增加2.01万元，增长16.75% and 增长16.75%(+2.01)
_CHANGE = regex(
    rf"(?P<way>{_UP}|{_DOWN})了?(?P<d>{_N})(?P<u>{_U})[^\d。；;%]{{0,12}}?(?:增长|下降|减少|增加|上升|降低|增幅|降幅|[-+−])[为了约达]?(?P<p>{_N})%"
)
_CHANGE_AFTER = regex(
    rf"(?P<way>{_UP}|{_DOWN})了?(?P<p>{_N})%[，,]?[(（]?(?:[+−-]|{_UP}|{_DOWN})(?P<d>{_N})(?P<u>{_U})?"
)
_CHANGE_SIGN = regex(rf"(?P<way>{_UP}|{_DOWN})了?(?P<d>{_N})(?P<u>{_U})[(（][-+−]?(?P<p>{_N})%")
_FIGURE = regex(rf"(?P<n>{_N})(?P<u>{_U})?(?![\d%.])")
_LABEL = r"[\u3400-\u9fff“”]{0,12}?"
_TERM = rf"{_LABEL}{_N}{_U}?"
_SUM = regex(rf"{_TERM}(?:\s*[+＋]\s*{_TERM})+")
_TERM_FIGURE = regex(rf"({_N})({_U})?")
_BEFORE_SUM = regex(rf"(?P<n>{_N})(?P<u>{_U})?\s*[=＝:：(（]\s*$")
_AFTER_SUM = regex(rf"\s*[=＝]\s*(?P<n>{_N})(?P<u>{_U})?")
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_COUNTED = regex(r"(?P<n>\d{1,2}|[两二三四五六七八九十])(?:大)?(?:类|项|个|部分|块|笔)[^\d:：(（。;；,，]{0,8}[:：(（]")
_LISTED = regex(rf"(?P<n>{_N})(?P<u>{_U})[:：](?P<list>[^。:：\n]{{6,400}})")
# What _LISTED and _COUNTED cannot do without, quick to find: a unit right before a colon; a kind, and a colon or bracket soon.
_ONE, _TWO = "[元亩吨户人名件项个条起套台份篇次处头家类宗]", "(?:[亿万千]元|公[顷里斤]|[户人]次)"
_BEHIND = r"{0}(?:(?<=\d{1}{0})|(?<=\d{2}{0})|(?<=\d平方米{0}))"
_LISTED_SIGN, _LISTED_SIGN_ASCII = (regex(_BEHIND.format(colon, _ONE, _TWO)) for colon in "：:")
_COUNTED_SIGN = regex(r"[类项个块笔部](?<=[\d两二三四五六七八九十大][类项个块笔部])分?[^\d:：(（。;；,，]{0,8}[:：(（]")
# A number and its unit, or a number of kinds, before a colon or bracket, and numbers behind it.
_LIST_SIGN = regex(r"[\d两二三四五六七八九十][^\d。；;，,、:：(（]{1,10}[:：(（][^。]{0,30}?\d")
_SEGMENT = regex(rf"^[\u3400-\u9fff（）()“”、]{{1,20}}?(?P<n>{_N})(?P<u>{_U})?$")
_EQUAL_PRODUCT = regex(
    rf"(?P<q>{_N})(?P<qu>{_U})?\s*[×xX*✕]\s*(?P<r>{_N})(?P<ru>元/?{_U}?|万元/?{_U}?)?\s*[=＝]\s*(?P<a>{_N})(?P<au>{_U})?"
)
_AREA = regex(rf"(?P<q>{_N})亩")
_RATE = regex(rf"(?:(?P<a>{_N})元/亩|每亩(?P<b>{_N})元)")
_AMOUNT = regex(rf"(?<!每亩)(?P<a>{_N})(?P<u>万元|元)(?![/每])")
_HECTARES = regex(rf"(?P<h>{_N})公顷\s*[(（]\s*(?:约|合|折合|即)?\s*(?P<m>{_N})亩")
_LONG_YUAN = regex(r"(?P<n>\d(?<![\d.]\d)\d+\.\d{3,})元(?![/每])")
_NAKED = regex(r"(?P<label>[\u3400-\u9fff）)]{2,20}(?<![第版图表]))(?P<n>\d+\.\d{2})(?=[,，。；;、)）(（…]|$)")
_CENTS = regex(r"\.(?<=\d\.)\d\d(?:[,，。；;、)）(（…\n]|\Z)")
_CLOTHED = regex(r"\d\.\d+(?:万元|元)")
_BALANCE = regex(
    rf"(?:期初|年初|上期|上年)(?:余额|结余|结转|结存)(?P<a>{_N})(?P<u>元|万元)[^\d。]{{0,12}}收入(?P<b>{_N})(?P=u)[^\d。]{{0,12}}"
    rf"支出(?P<c>{_N})(?P=u)[^\d。]{{0,12}}(?:期末|年末|本期|本年)(?:余额|结余|结转|结存)(?P<d>{_N})(?P=u)"
)


class Percentage(NamedTuple):
    """A percentage that does not follow from the change; ``of_now`` when it does from the wrong base."""

    at: int
    text: str
    now: str
    direction: str
    change: str
    base: str
    percent: str
    stated: str
    of_now: bool


class Sum(NamedTuple):
    """Parts that do not make their total."""

    at: int
    what: str
    sum: str
    stated: str
    difference: str


class Product(NamedTuple):
    """quantity × rate that is not the amount."""

    at: int
    quantity: str
    rate: str
    product: str
    stated: str
    difference: str


class Conversion(NamedTuple):
    """公顷 and 亩 that do not agree."""

    at: int
    hectares: str
    mu: str
    stated: str


def fold(text: str) -> str:
    """``text`` with full-width digits and signs made plain, Chinese punctuation kept; its length stays."""
    return text.translate(_PLAIN) if _WIDE.search(text) else text


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for match in _SENTENCE.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


# --- percentages


def percentages(text: str) -> Iterator[Percentage]:
    """Sentences that state a number, its change and the change in percent, where the three do not fit."""
    if "%" not in text:
        return
    for start, sentence in _sentences(text):
        if "%" not in sentence:
            continue
        for pattern in (_CHANGE, _CHANGE_AFTER, _CHANGE_SIGN):
            for match in pattern.finditer(sentence):
                if wrong := _judged(sentence, match):
                    yield wrong._replace(at=start + match.start())


def _judged(sentence: str, match: re.Match[str]) -> Percentage | None:
    change, stated = figure_of(match["d"]), figure_of(match["p"])
    up = match["way"][0] in "增上提多"
    unit = match["u"] or "万元"
    before = [
        (m, figure_of(m["n"]))
        for m in _FIGURE.finditer(sentence, 0, match.start())
        if (m["u"] or "") == unit and not re.search(rf"(?:{_UP}|{_DOWN})了?$", sentence[: m.start()])
    ]
    if not before or not change.value:
        return None
    if any(_fits(now, change, stated, up=up) for _, now in before):
        return None
    now = before[-1][1]
    base = now.value - change.value if up else now.value + change.value
    if base <= 0:
        return None
    percent = change.value / base * 100
    of_now = bool(now.value) and abs(change.value / now.value * 100 - stated.value) <= stated.ulp
    places = max(now.places, change.places)
    return Percentage(
        0,
        sentence[max(before[-1][0].start() - 8, 0) : match.end()].strip("，,；; "),
        show(now.value, now.places) + unit,
        "增加" if up else "减少",
        show(change.value, change.places) + unit,
        show(base, places) + unit,
        show(percent, stated.places),
        show(stated.value, stated.places),
        of_now,
    )


def _fits(now: Figure, change: Figure, stated: Figure, *, up: bool) -> bool:
    """Whether the percentage follows from number and change, each anywhere within its printed decimals."""
    sign = -1 if up else 1
    low = _ratio(change.value - change.ulp / 2, now.value + sign * change.value + now.ulp / 2)
    high = _ratio(change.value + change.ulp / 2, now.value + sign * change.value - now.ulp / 2)
    if low is None or high is None:
        return True
    return low - stated.ulp * Decimal("0.51") <= stated.value <= high + stated.ulp * Decimal("0.51")


def _ratio(change: Decimal, base: Decimal) -> Decimal | None:
    return change / base * 100 if base > 0 else None


# --- sums


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
        before = [m for m in _FIGURE.finditer(text, 0, match.start()) if m["u"]]
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


# --- products, conversions, units


def products(text: str) -> Iterator[Product]:
    """Products written out, and sentences with one area, one rate per 亩 and one amount."""
    for match in _EQUAL_PRODUCT.finditer(text) if "=" in text or "＝" in text else ():
        q, r, a = (figure_of(match[k]) for k in ("q", "r", "a"))
        if (match["ru"] or "元").startswith("万元") == (match["au"] == "万元"):
            yield from _product(match.start(), q, r, a, Decimal(1))
    if "元/亩" not in text and "每亩" not in text:
        return
    for start, sentence in _sentences(text):
        areas, rates = list(_AREA.finditer(sentence)), list(_RATE.finditer(sentence))
        amounts = list(_AMOUNT.finditer(sentence))
        if len(areas) == len(rates) == len(amounts) == 1 and "其中" not in sentence and "×" not in sentence:
            rate = figure_of(rates[0]["a"] or rates[0]["b"])
            factor = Decimal(10_000) if amounts[0]["u"] == "万元" else Decimal(1)
            yield from _product(
                start + areas[0].start(), figure_of(areas[0]["q"]), rate, figure_of(amounts[0]["a"]), factor
            )


def _product(at: int, q: Figure, r: Figure, a: Figure, factor: Decimal) -> Iterator[Product]:
    got = q.value * r.value / factor
    if abs(got - a.value) >= a.ulp:
        places = max(a.places, min(2, q.places + r.places))
        yield Product(
            at,
            show(q.value, q.places),
            show(r.value, r.places),
            show(got, places),
            show(a.value, a.places),
            show(abs(got - a.value), places),
        )


def conversions(text: str) -> Iterator[Conversion]:
    """``11.8078公顷（177.117亩）`` that is not fifteen to one, within the printed decimals."""
    for match in _HECTARES.finditer(text) if "公顷" in text else ():
        hectares, mu = figure_of(match["h"]), figure_of(match["m"])
        if abs(hectares.value * 15 - mu.value) > hectares.ulp * Decimal("7.5") + mu.ulp / 2:
            yield Conversion(
                match.start(),
                show(hectares.value, hectares.places),
                show(hectares.value * 15, mu.places),
                show(mu.value, mu.places),
            )


def may_be_amount(text: str) -> bool:
    """Whether there can be anything for the three functions below in some paragraphs."""
    if "元" not in text:
        return False
    if "." in text and (_CENTS.search(text) or _LONG_YUAN.search(text)):
        return True
    return "余" in text and "支出" in text


def long_yuan(text: str) -> Iterator[tuple[int, str]]:
    """Amounts in 元 with three decimals and more: most likely 万元."""
    for match in _LONG_YUAN.finditer(text) if "元" in text and "." in text else ():
        yield match.start(), match["n"]


def naked_amounts(text: str) -> list[str]:
    """Amounts with two decimals and no unit, in a paragraph that has others with one.

    A single one is told of only among several with their unit: in ``14.01万元（车辆14.01）`` the unit goes without saying.
    """
    if "元" not in text or not _CENTS.search(text):
        return []
    found = [m["label"] + m["n"] for m in _NAKED.finditer(text)]
    clothed = len(_CLOTHED.findall(text)) if found else 0
    return found if clothed >= (3 if len(found) == 1 else 1) else []


def balance(text: str) -> Iterator[tuple[int, list[Figure]]]:
    """``期初余额…元，加本期收入…元，减本期支出…元，期末余额…元`` that does not come out even."""
    for match in _BALANCE.finditer(text) if "支出" in text and "余" in text else ():
        four = [figure_of(match[k]) for k in "abcd"]
        if four[0].value + four[1].value - four[2].value != four[3].value:
            yield match.start(), four
