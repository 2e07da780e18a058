"""Total rows and total columns (合计, 总计, 小计, 共计). Pure: a sheet in, what does not add up out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from gongkai.patterns import regex
from gongkai.rules.arithmetic.figures import Blank, Figure, show, tolerance, total
from gongkai.rules.arithmetic.tables import BALANCE, Column, Sheet, bare_name

_TOTAL_HEADER = regex(r"^(?P<what>.{0,8}?)(?:合计|小计|共计|总计|合计数|总数|总金额)$")
_SHARE = regex(r"比例|占比|比重|百分比")
_LESS = regex(r"减[:：、]|减去|扣除")
_SHARED = regex(r"受益|涉及|覆盖|惠及|服务对象")
_LEFT_OUT = regex(r"[…⋯]|^略$|^其余")
_LEVELS = (
    regex(r"[一二三四五六七八九十]+[、.．]"),
    regex(r"[（(][一二三四五六七八九十]+[）)]"),
    regex(r"\d+[、.．]"),
)
ROUNDING = "四舍五入的尾差"
_CODE = regex(r"\d{3,9}$")
_WORDS = {"人数": "人", "户数": "户", "面积": "亩"}


class Miss(NamedTuple):
    """A total that does not add up. ``doubt`` says why that is not certain; empty when it is."""

    row: int
    column: Column
    sum: str
    stated: str
    difference: str
    doubt: str
    parts: str = ""


def _miss(row: int, column: Column, got: Figure, stated: Figure, doubt: str, parts: str = "") -> Miss:
    places = max(got.places, stated.places)
    unit = "%" if stated.unit == "%" else ""
    return Miss(
        row,
        column,
        show(got.value, places) + unit,
        show(stated.value, places) + unit,
        show(abs(got.value - stated.value), places) + unit,
        doubt,
        parts,
    )


# --- total rows


def total_rows(sheet: Sheet) -> Iterator[Miss]:
    """Every total row of every column that can be added."""
    if not sheet.has_totals:
        return
    for column in sheet.columns:
        if column.rate and not (_SHARE.search(column.name) and any(_percent(f) for f in column.figures)):
            continue
        if len(column.units - {""}) > 1:
            continue
        kinds = sheet.kinds_for(column)
        for row, kind in enumerate(kinds):
            stated = column.figures[row]
            if kind in ("grand", "sub") and isinstance(stated, Figure):
                miss = _check(sheet, column, kinds, row, stated)
                if miss:
                    yield miss


def _percent(figure: object) -> bool:
    return isinstance(figure, Figure) and figure.unit == "%"


def _check(sheet: Sheet, column: Column, kinds: Sequence[str], row: int, stated: Figure) -> Miss | None:
    if kinds[row] == "grand" and _plain_sum(column, kinds, row) == stated.value:
        return None
    first: Figure | None = None
    rounded: Figure | None = None
    for rows in _ways(sheet, kinds, row):
        parts = [f for n in rows if isinstance(f := column.figures[n], Figure)]
        if not parts:
            continue
        sums = total(parts)
        if stated.value == sums.value or stated.value == _signed(sheet, column, rows):
            return None
        first = first or sums
        if rounded is None and abs(sums.value - stated.value) <= tolerance(parts, stated, column.unit or stated.unit):
            rounded = sums
    if rounded is not None:
        return None if stated.unit == "%" else _miss(row, column, rounded, stated, ROUNDING)
    return _miss(row, column, first, stated, _doubt(sheet, column, kinds, row)) if first else None


def _plain_sum(column: Column, kinds: Sequence[str], row: int) -> Decimal | None:
    """The sum of all the rows before ``row``: one of :func:`_ways`, and the one that holds in most tables."""
    parts = [
        f.value
        for f, kind in zip(column.figures[:row], kinds, strict=False)
        if kind == "data" and isinstance(f, Figure)
    ]
    return sum(parts, Decimal(0)) if parts else None


def _ways(sheet: Sheet, kinds: Sequence[str], row: int) -> Iterator[list[int]]:
    """The sets of rows that a total may stand for, the likeliest first."""
    before = [n for n in range(row) if kinds[n] != "none"]
    if kinds[row] == "sub":
        start = max((n for n in before if kinds[n] in ("sub", "grand")), default=-1)
        yield [n for n in before if n > start and kinds[n] == "data"]
        yield [n for n in before if n > start]
        after = next((n for n in range(row + 1, len(kinds)) if kinds[n] in ("sub", "grand")), len(kinds))
        yield [n for n in range(row + 1, after) if kinds[n] == "data"]
        return
    last = max((n for n in before if kinds[n] == "grand"), default=-1)
    since = [n for n in before if n > last]
    yield [n for n in since if kinds[n] == "data"]
    yield [n for n in before if kinds[n] == "data"]
    yield since
    yield [n for n in before if kinds[n] == "sub"]
    yield [n for n in since if kinds[n] == "sub"] + _loose(since, kinds)
    yield [n for n in before if kinds[n] == "grand"] + [n for n in since if kinds[n] == "data"]
    if last >= 0:
        yield [last] + [n for n in since if kinds[n] == "data"]
        yield [n for n in before if kinds[n] == "grand"]
    yield _shortest_codes(sheet, since)
    yield _top_level(sheet, [n for n in since if kinds[n] == "data"])
    below = [n for n in range(row + 1, len(kinds)) if kinds[n] != "none"]
    if not since:  # a total that heads its table
        end = next((n for n in below if kinds[n] == "grand"), len(kinds))
        yield [n for n in below if n < end and kinds[n] == "data"]
        yield [n for n in below if kinds[n] in ("sub", "grand")]
        yield _shortest_codes(sheet, [n for n in below if n < end])


def _signed(sheet: Sheet, column: Column, rows: list[int]) -> Decimal:
    """The sum in which rows named 减： are taken off."""
    labels = sheet.labels
    value = Decimal(0)
    for n in rows:
        figure = column.figures[n]
        if isinstance(figure, Figure):
            value += -figure.value if _LESS.match(labels[n]) else figure.value
    return value


def _top_level(sheet: Sheet, rows: list[int]) -> list[int]:
    """Rows of the highest numbering (一、 before （一） before 1.) among ``rows``."""
    levels = {n: _level(label) for n, label in enumerate(sheet.labels) if n in set(rows)}
    return [n for n in rows if levels[n] == min(levels.values())]


def _level(label: str) -> int:
    return next((n for n, pattern in enumerate(_LEVELS) if pattern.match(label)), len(_LEVELS))


def _loose(rows: list[int], kinds: Sequence[str]) -> list[int]:
    """The rows after the last subtotal."""
    last = max((n for n in rows if kinds[n] == "sub"), default=-1)
    return [n for n in rows if n > last and kinds[n] == "data"]


def _code_of(sheet: Sheet, row: int) -> str:
    match = _CODE.match(sheet.rows[row][0].strip()) if sheet.rows[row] else None
    return match[0] if match else ""


def _negative(column: Column) -> bool:
    return any(isinstance(f, Figure) and f.value < 0 for f in column.figures)


def _shortest_codes(sheet: Sheet, rows: list[int]) -> list[int]:
    """Rows of a list of budget codes (201, 20103, 2010301) whose code no other row's code begins."""
    codes = {n: _code_of(sheet, n) for n in rows}
    return [n for n, c in codes.items() if not any(o and o != c and c.startswith(o) for o in codes.values())]


def _doubt(sheet: Sheet, column: Column, kinds: Sequence[str], row: int) -> str:
    """Why a total that does not add up may be right all the same; empty: no reason."""
    totals = [n for n, kind in enumerate(kinds) if kind in ("grand", "sub")]
    data = [n for n, kind in enumerate(kinds) if kind == "data"]
    codes = [c for n in data if (c := _code_of(sheet, n))]
    labels = [sheet.labels[n] for n in data]
    reasons = (
        (kinds[row] == "sub" or any(kinds[n] == "sub" for n in totals), "表中有小计"),
        (len(totals) > 1, "表中有几行合计"),
        ("among" in kinds or "其中" in column.name, "表中有“其中”项"),
        (bool(totals) and row != len(kinds) - 1, "合计不在最后一行"),
        (any(isinstance(column.figures[n], Blank) for n in data), "有的格是空的"),
        (len(_shortest_codes(sheet, data)) != len(data) and bool(codes), "科目分级"),
        (bool(BALANCE.search(column.name)), "余额、累计数不一定相加"),
        (column.rate, "比例可能四舍五入"),
        (len(data) < 2, "只有一行"),
        (any(_LESS.match(label) or "减项" in label for label in labels) and not _negative(column), "表中有减项"),
        (len({_level(label) for label in labels}) > 1, "各行分级编号"),
        (any(_LEFT_OUT.search(label) for label in labels), "有省略的行"),
        (any(cell in ("单位", "计量单位") for cell in sheet.header), "各行单位可能不同"),
        (bool(_SHARED.search(column.name)), "受益对象可能重复计算"),
    )
    return next((words for found, words in reasons if found), "")


# --- total columns


def total_columns(sheet: Sheet) -> Iterator[Miss]:
    """Every row of every column that is the total of others; how it is made up is learnt from the rows that fit."""
    columns = [c for c in sheet.columns if not c.rate]
    for column in columns:
        what = _total_of(column.name)
        if what is not None:
            yield from _column(columns, column, what)


def _total_of(header: str) -> str | None:
    """What a column with this header is a total of (人数 of 人数合计, nothing of 合计); None when it is no total."""
    if "计" not in header and "总" not in header:
        return None
    match = _TOTAL_HEADER.match(bare_name(header))
    return match["what"] if match else None


def _column(columns: list[Column], column: Column, what: str) -> Iterator[Miss]:
    rows = [n for n, f in enumerate(column.figures) if isinstance(f, Figure)]
    best: tuple[int, list[Column]] | None = None
    for parts in _parts(columns, column, what):
        wrong = [n for n in rows if _off(parts, column, n)]
        if not wrong:
            return
        if best is None or len(rows) - len(wrong) > best[0]:
            best = (len(rows) - len(wrong), parts)
    if best is None:
        return
    right, parts = best
    plain = len({c.unit for c in (*parts, column)}) == 1 and bool(column.unit)
    if right * 2 > len(rows) or (plain and len(rows) - right <= 1):
        names = "＋".join(f"“{bare_name(c.name)}”" for c in parts)
        for n in rows:
            if off := _off(parts, column, n):
                yield _miss(n, column, off[0], off[1], "", names)


def _parts(columns: list[Column], column: Column, what: str) -> Iterator[list[Column]]:
    """The sets of columns whose sum ``column`` may be, the likeliest first."""
    left = [c for c in columns if c.index < column.index]
    right = [c for c in columns if c.index > column.index]
    totals = [c for c in left if _total_of(c.name) is not None]
    start = totals[-1].index if totals else -1
    unit = _WORDS.get(what, "")
    for side in ([c for c in left if c.index > start], left, right):
        for chosen in (
            side,
            [c for c in side if c.unit == column.unit],
            [c for c in side if what and what in c.name],
            [c for c in side if unit and c.unit == unit],
            [c for c in side if not c.unit] if not column.unit else [],
            [c for c in side if "其中" not in c.name],
        ):
            if len(chosen) >= 2:
                yield chosen
    if len(totals) >= 2:
        yield totals


def _off(parts: list[Column], column: Column, row: int) -> tuple[Figure, Figure] | None:
    """The sum and what is stated, when they differ in ``row``."""
    stated = column.figures[row]
    figures = [f for c in parts if isinstance(f := c.figures[row], Figure)]
    if not isinstance(stated, Figure) or not figures:
        return None
    got = total(figures)
    near = tolerance(figures, stated, column.unit)
    return None if abs(got.value - stated.value) <= max(near, Decimal(0)) else (got, stated)
