"""Numbers as clerks write them: thousands separators, units, full width, negative, percent. Pure, exact (Decimal).

Blank, ``—`` and ``/`` are no zeros: they are kept apart, as what is not stated (R2.7).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gongkai.patterns import regex

NUMBER = r"[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
MONEY = {"元": Decimal(1), "百元": Decimal(100), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(10**8)}
# Longer units stand before those they begin with.
_UNIT = (
    r"(?:亿元|万元|千元|百元|元|角|分|公顷|亩|平方米|平方公里|立方米|公里|千米|米|吨|公斤|千克|斤|千瓦时|千瓦|度|"
    r"户次|人次|批次|场次|户|人|名|位|件|项|个|条|起|宗|笔|头|只|羽|台|套|份|篇|次|处|家|栋|间|座|棵|株|册|本|张|场|期|块|"
    r"口|辆|盏|天|日|月|年|岁|级|m²|m2|m3|km|㎡)?(?:/[\u3400-\u9fff·]{1,5})?"
)
_CELL = regex(rf"[约≈¥￥$]*(?P<open>\()?(?P<number>{NUMBER})(?P<unit>%|‰|{_UNIT})(?P<close>\))?(?:整)?")
_MARKS = {"-", "--", "—", "——", "–", "―", "/", "\\", "…", "……", "无", "空", "*", "...", "......", "暂无", "不适用", "."}
_LONGEST_MARK = 3
"""Letters of the longest mark that is a word; what is longer and all letters is words."""
_MINUS = str.maketrans("−－–‒﹣", "-----")
_SPACE = regex(r"\s+")


class Figure(NamedTuple):
    """A number with the decimals it was printed with and the unit behind it; ``%`` is a unit."""

    value: Decimal
    places: int
    unit: str = ""

    @property
    def ulp(self) -> Decimal:
        """One in the last printed place."""
        return Decimal(1).scaleb(-self.places)


class Blank(NamedTuple):
    """A cell that states no number: empty, or a mark such as ``—``."""

    mark: str


BLANK = Blank("")


@lru_cache(maxsize=16_384)
def read_cell(text: str) -> Figure | Blank | None:
    """What stands in a cell: a number, nothing, or (None) words."""
    if len(text) > _LONGEST_MARK and text.isalpha():
        return None
    clean = (
        _SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(_MINUS)
        if not text.isascii()
        else text.replace(" ", "")
    )
    if not clean or clean in _MARKS:
        return Blank(clean) if clean else BLANK
    if not any(ch.isdigit() for ch in clean):
        return None
    match = _CELL.fullmatch(clean)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    figure = figure_of(match["number"], match["unit"])
    return figure._replace(value=-figure.value) if match["open"] else figure


def figure_of(number: str, unit: str = "") -> Figure:
    """A number out of text that matched :data:`NUMBER`."""
    bare = number.replace(",", "")
    if not bare.isascii():
        bare = bare.translate(_MINUS)
    return Figure(Decimal(bare), len(bare.partition(".")[2]), unit)


def show(value: Decimal, places: int) -> str:
    """A number as a message prints it: with the decimals of its table, at most two when there are none to go by."""
    return f"{value:.{max(places, 0)}f}"


def total(figures: Iterable[Figure]) -> Figure:
    """The sum, with the most decimals of its parts."""
    value, places = Decimal(0), 0
    for figure in figures:
        value += figure.value
        places = max(places, figure.places)
    return Figure(value, places)


def tolerance(parts: Iterable[Figure], stated: Figure, unit: str) -> Decimal:
    """How far a sum may be off by rounding alone.

    Counts and amounts in 元 (whole or to the fen) are exact; what is printed in larger units or with other decimals may be
    rounded in every part.
    """
    figures = [f for f in parts if f.value] + [stated]
    places = max(f.places for f in figures)
    if places == 0 and all(f.value == int(f.value) for f in figures):
        return Decimal(0)
    if unit == "元" and places >= 2:
        return Decimal(0)
    return sum((f.ulp for f in figures if f.places), Decimal(0)) / 2
