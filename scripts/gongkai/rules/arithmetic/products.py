"""Columns made of other columns: area × rate = amount, shares, differences, balances. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from gongkai.patterns import regex
from gongkai.rules.arithmetic.figures import MONEY, Figure, show
from gongkai.rules.arithmetic.tables import Column, Sheet, bare_name

_AMOUNT = regex(r"金额|补贴额|补助额|补偿费|资金|合价|总价|小计|费$")
_RATE_NAME = regex(r"标准|单价")
_DIFFERENCE = regex(r"增减额|增减数|增减[（(]|增减$|差额|比上年增减|变动额")
_OPENING = regex(r"^(?:期初|年初|月初|季初|上期|上年|上月|上季)(?:末)?(?:余额|结余|结转|结存|结转和结余|资金余额)?$")
_INCOME = regex(r"^(?:本期|本年|本月|本季|本季度|当期)?(?:收入|增加)(?:合计|总额|数|金额)?$")
_EXPENSE = regex(r"^(?:本期|本年|本月|本季|本季度|当期)?(?:支出|减少)(?:合计|总额|数|金额)?$")
_CLOSING = regex(r"^(?:期末|年末|月末|季末|本期|本年|本月|本季)(?:余额|结余|结转|结存|结转和结余|资金余额)$")
_MAX_PAIR_COLUMNS = 8


class Product(NamedTuple):
    """A row whose amount is not quantity × rate."""

    row: int
    column: Column
    quantity: str
    rate: str
    product: str
    stated: str
    difference: str


class Part(NamedTuple):
    """A row in which a derived column is not made as in the other rows."""

    row: int
    column: Column
    first: str
    second: str
    result: str
    stated: str


class Balance(NamedTuple):
    """Opening + income - expense that is not the closing."""

    row: int
    opening: str
    income: str
    expense: str
    sum: str
    stated: str
    difference: str


# --- quantity × rate = amount


def products(sheet: Sheet) -> Iterator[Product]:
    """Rows whose amount is not quantity × rate, where the header says that it should be."""
    for rate in sheet.columns:
        if not rate.rate or not _RATE_NAME.search(rate.name) or rate.unit == "%":
            continue
        quantities = [c for c in sheet.columns if not c.rate and rate.per and _counts(c, rate.per)]
        amounts = [c for c in sheet.columns if not c.rate and c not in quantities and _AMOUNT.search(c.name)]
        if len(quantities) == 1 and len(amounts) == 1:
            yield from _rows(sheet, quantities[0], rate, amounts[0])


def _counts(column: Column, per: str) -> bool:
    return column.unit == per or bare_name(column.name).endswith(per) or (per == "亩" and "面积" in column.name)


def _factor(rate: Column, amount: Column) -> Decimal:
    """What turns the rate's unit into the amount's: 元/亩 and 万元 give 1/10000."""
    return MONEY.get(rate.unit, Decimal(1)) / MONEY.get(amount.unit, MONEY.get(rate.unit, Decimal(1)))


def _rows(sheet: Sheet, quantity: Column, rate: Column, amount: Column) -> Iterator[Product]:
    factor = _factor(rate, amount)
    found, loose, full = [], 0, 0
    for row, kind in enumerate(sheet.kinds):
        q, r, a = quantity.figures[row], rate.figures[row], amount.figures[row]
        if kind not in ("data", "among") or not (
            isinstance(q, Figure) and isinstance(r, Figure) and isinstance(a, Figure)
        ):
            continue
        full += 1
        product = q.value * r.value * factor
        gap = abs(product - a.value)
        if gap >= a.ulp or (a.places >= 2 and gap > a.ulp / 2):
            found.append((row, q, r, a, product))
            loose += gap <= (q.ulp / 2 if q.places else 0) * r.value * factor + a.ulp
    if found and (loose == len(found) > full / 2 or _same_multiple(found, full)):
        return  # reckoned from areas that were measured more closely, or for several months at once
    for row, q, r, a, product in found:
        places = max(a.places, min(2, q.places + r.places))
        yield Product(
            row,
            amount,
            show(q.value, q.places),
            show(r.value, r.places),
            show(product, places),
            show(a.value, a.places),
            show(abs(product - a.value), places),
        )


def _same_multiple(found: list[tuple[int, Figure, Figure, Figure, Decimal]], full: int) -> bool:
    multiples = {a.value / product for _, _, _, a, product in found if product}
    return len(multiples) == 1 and len(found) == full and full > 1


# --- derived columns, learnt from the majority of rows


def ratios(sheet: Sheet) -> Iterator[Part]:
    """Rows of a percent column that break the rule which the other rows follow: one column over another, or a share."""
    percent = [c for c in sheet.columns if "%" in c.units]
    numbers = [c for c in sheet.columns if not c.rate][:_MAX_PAIR_COLUMNS] if percent else []
    for column in percent:
        figures = {n: f for n, f in enumerate(column.figures) if isinstance(f, Figure) and f.unit == "%"}
        if len(figures) >= 3 and numbers:
            yield from _outliers(column, figures, _ratio_ways(sheet, numbers))


Way = Callable[[int], "tuple[Figure, Figure] | None"]


def _ratio_ways(sheet: Sheet, numbers: list[Column]) -> Iterator[Way]:
    grand = next((n for n, kind in enumerate(sheet.kinds) if kind == "grand"), None)
    for column in numbers:
        whole = column.figures[grand] if grand is not None else None
        if isinstance(whole, Figure):
            yield lambda n, c=column, w=whole: (f, w) if isinstance(f := c.figures[n], Figure) else None  # type: ignore[misc]  # bound per loop
    for part, whole_column in permutations(numbers, 2):

        def pair(n: int, a: Column = part, b: Column = whole_column) -> tuple[Figure, Figure] | None:
            x, y = a.figures[n], b.figures[n]
            return (x, y) if isinstance(x, Figure) and isinstance(y, Figure) else None

        yield pair


def _outliers(column: Column, figures: dict[int, Figure], ways: Iterator[Way]) -> Iterator[Part]:
    best: list[Part] | None = None
    for way in ways:
        wrong, right = [], 0
        for row, stated in figures.items():
            pair = way(row)
            if pair is None or not pair[1].value:
                continue
            percent = pair[0].value / pair[1].value * 100
            if abs(percent - stated.value) <= stated.ulp * Decimal("0.6"):
                right += 1
            else:
                wrong.append(
                    Part(
                        row,
                        column,
                        show(pair[0].value, pair[0].places),
                        show(pair[1].value, pair[1].places),
                        show(percent, stated.places),
                        show(stated.value, stated.places),
                    )
                )
        if right > len(figures) / 2 and (best is None or len(wrong) < len(best)):
            best = wrong
    yield from best or ()


def differences(sheet: Sheet) -> Iterator[Part]:
    """Rows of a column of changes (增减额) that are not the later number less the earlier one."""
    for column in sheet.columns:
        if "%" in column.units or not _DIFFERENCE.search(column.name):
            continue
        numbers = [c for c in sheet.columns if not c.rate and c.index < column.index][-2:]
        if len(numbers) == 2:
            yield from _differences(column, numbers[0], numbers[1])


def _differences(column: Column, before: Column, after: Column) -> Iterator[Part]:
    wrong, right = [], 0
    for row, stated in enumerate(column.figures):
        x, y = before.figures[row], after.figures[row]
        if not (isinstance(stated, Figure) and isinstance(x, Figure) and isinstance(y, Figure)):
            continue
        gap = y.value - x.value
        if abs(gap - stated.value) <= (stated.ulp if stated.places < max(x.places, y.places) else Decimal(0)):
            right += 1
        else:
            places = max(x.places, y.places)
            shown = [show(f.value, f.places) for f in (y, x)]
            wrong.append(Part(row, column, shown[0], shown[1], show(gap, places), show(stated.value, stated.places)))
    if right > len(wrong):
        yield from wrong


# --- opening + income - expense = closing


def balances(sheet: Sheet) -> Iterator[Balance]:
    """Tables with the four columns, or the four rows, of a village's accounts."""
    one = sheet.columns[0].index if len(sheet.columns) == 1 else 0
    written = [c.name for c in sheet.columns] + ([row[0] for row in sheet.rows] if one else [])
    if not any("余" in name or "结" in name for name in written):
        return  # there is no closing
    names = {c.index: re.sub(r"\s", "", bare_name(c.name)) for c in sheet.columns}
    four = [_find(names, pattern) for pattern in (_OPENING, _INCOME, _EXPENSE, _CLOSING)]
    if None not in four:
        for row in range(len(sheet.rows)):
            cells = [sheet.cells[row][n] for n in four if n is not None]
            yield from _balance(row, cells)
    elif one:
        labels = {n: re.sub(r"\s", "", bare_name(row[0])) for n, row in enumerate(sheet.rows)}
        rows = [_find(labels, pattern) for pattern in (_OPENING, _INCOME, _EXPENSE, _CLOSING)]
        if None not in rows:
            at = [n for n in rows if n is not None]
            yield from _balance(at[3], [sheet.columns[0].figures[n] for n in at])


def _find(names: dict[int, str], pattern: re.Pattern[str]) -> int | None:
    found = [n for n, name in names.items() if pattern.match(name)]
    return found[0] if len(found) == 1 else None


def _balance(row: int, cells: Sequence[object]) -> Iterator[Balance]:
    figures = [c for c in cells if isinstance(c, Figure)]
    if len(figures) != 4:
        return
    opening, income, expense, closing = figures
    got = opening.value + income.value - expense.value
    if got == closing.value:
        return
    places = max(f.places for f in figures)
    yield Balance(
        row,
        show(opening.value, opening.places),
        show(income.value, income.places),
        show(expense.value, expense.places),
        show(got, places),
        show(closing.value, places),
        show(abs(got - closing.value), places),
    )
