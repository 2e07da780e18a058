"""Figures in running text: percentages and their base, products, units. Pure: a paragraph in, what is wrong out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gongkai.patterns import regex
from gongkai.rules.arithmetic.figures import Figure, figure_of, show

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
UNIT = (
    r"(?:亿元|万元|千元|元|公顷|亩|平方米|公里|吨|公斤|户次|人次|户|人|名|件|项|个|条|起|套|台|份|篇|次|处|头|家|类|宗)"
)
"""A number without a sign, and the units that sentences give it (patterns)."""
_WIDE = regex("[０-９．％＋－−＝]")
_PLAIN = str.maketrans("０１２３４５６７８９．％＋－−＝", "0123456789.%+--=")
_SENTENCE = regex(r"[。！？!?\n]")
_UP, _DOWN = "增加|增长|上升|提高|多|增", "减少|下降|降低|减|少"
# 比上年增加2.01万元，增长16.75% and 增长16.75%(+2.01)
_CHANGE = regex(
    rf"(?P<way>{_UP}|{_DOWN})了?(?P<d>{NUMBER})(?P<u>{UNIT})[^\d。；;%]{{0,12}}?(?:增长|下降|减少|增加|上升|降低|增幅|降幅|[-+−])[为了约达]?(?P<p>{NUMBER})%"
)
_CHANGE_AFTER = regex(
    rf"(?P<way>{_UP}|{_DOWN})了?(?P<p>{NUMBER})%[，,]?[(（]?(?:[+−-]|{_UP}|{_DOWN})(?P<d>{NUMBER})(?P<u>{UNIT})?"
)
_CHANGE_SIGN = regex(rf"(?P<way>{_UP}|{_DOWN})了?(?P<d>{NUMBER})(?P<u>{UNIT})[(（][-+−]?(?P<p>{NUMBER})%")
FIGURE = regex(rf"(?P<n>{NUMBER})(?P<u>{UNIT})?(?![\d%.])")
_EQUAL_PRODUCT = regex(
    rf"(?P<q>{NUMBER})(?P<qu>{UNIT})?\s*[×xX*✕]\s*(?P<r>{NUMBER})(?P<ru>元/?{UNIT}?|万元/?{UNIT}?)?\s*[=＝]\s*(?P<a>{NUMBER})(?P<au>{UNIT})?"
)
_AREA = regex(rf"(?P<q>{NUMBER})亩")
_RATE = regex(rf"(?:(?P<a>{NUMBER})元/亩|每亩(?P<b>{NUMBER})元)")
_AMOUNT = regex(rf"(?<!每亩)(?P<a>{NUMBER})(?P<u>万元|元)(?![/每])")
_HECTARES = regex(rf"(?P<h>{NUMBER})公顷\s*[(（]\s*(?:约|合|折合|即)?\s*(?P<m>{NUMBER})亩")
_LONG_YUAN = regex(r"(?P<n>\d(?<![\d.]\d)\d+\.\d{3,})元(?![/每])")
_LONG_YUAN_SIGN = regex(r"\.(?<=\d\.)\d{3,}元")
_NAKED = regex(r"(?P<label>[\u3400-\u9fff）)]{2,20}(?<![第版图表]))(?P<n>\d+\.\d{2})(?=[,，。；;、)）(（…]|$)")
_CENTS = regex(r"\.(?<=\d\.)\d\d(?:[,，。；;、)）(（…\n]|\Z)")
_CLOTHED = regex(r"\d\.\d+(?:万元|元)")
_BALANCE = regex(
    rf"(?:期初|年初|上期|上年)(?:余额|结余|结转|结存)(?P<a>{NUMBER})(?P<u>元|万元)[^\d。]{{0,12}}收入(?P<b>{NUMBER})(?P=u)[^\d。]{{0,12}}"
    rf"支出(?P<c>{NUMBER})(?P=u)[^\d。]{{0,12}}(?:期末|年末|本期|本年)(?:余额|结余|结转|结存)(?P<d>{NUMBER})(?P=u)"
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
        for m in FIGURE.finditer(sentence, 0, match.start())
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
    if "." in text and (_CENTS.search(text) or _LONG_YUAN_SIGN.search(text)):
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
