"""Rules on the figures of running text, and on text and table saying the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache

from gongkai.dataset import Dataset
from gongkai.model import Finding, Item, Place
from gongkai.patterns import regex
from gongkai.reading.ordinary import ordinary
from gongkai.reading.structure import KEPT, structure
from gongkai.rules.arithmetic import codes, lists, sentences
from gongkai.rules.arithmetic.figures import Figure, figure_of, show
from gongkai.rules.arithmetic.in_tables import sheets
from gongkai.rules.arithmetic.tables import Sheet, bare_name
from gongkai.rules.kind import by_item
from gongkai.rules.looks import has_one

_SHOWN = 3
_WAYS = regex(r"[增多减少升高降]")
_OF_AREA = ("每亩", "元/亩", "公顷")
_STATED = regex(
    r"(?:共计|总计|合计|共有|共|总共|全镇|全村)(?P<words>[\u3400-\u9fff（）()“”]{0,8}?)"
    r"(?P<n>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s?(?P<u>户|人|件|宗|亩|头|台|项)"
    r"(?:[、，]?(?P<n2>\d[\d,]*)\s?(?P<u2>人|户|名))?"
)
_NOT_OF_TABLE = regex(r"其中|除|另|不含|已|以外|约|上年|去年|年初|预计|减|增|退|多|少|平均|每")


@lru_cache(maxsize=KEPT)
def _running(body: str) -> str:
    """The paragraphs of a body, folded, each in a line: by that most rules see that there is nothing for them."""
    text = "\n".join(structure(body).texts)
    return text if ordinary(body) else sentences.fold(text)


def _paragraphs(dataset: Dataset, may: Callable[[str], bool]) -> Iterator[tuple[Item, int, str]]:
    """The paragraphs that ``may`` hold something, if the whole body may: item, line, folded text."""
    for item in dataset.items:
        running = _running(item.body)
        if may(running):
            for line, text in zip(structure(item.body).starts, running.split("\n"), strict=False):
                if may(text):
                    yield item, line, text


def _place(item: Item, line: int) -> Place:
    return Place(item.file, item.body_line + line)


def _may_change(text: str) -> bool:
    return "%" in text and _WAYS.search(text) is not None


def _may_be_product(text: str) -> bool:
    if "=" in text and ("×" in text or "*" in text or has_one(text, _OF_AREA)):
        return True
    return "亩" in text and has_one(text, _OF_AREA)


@by_item
def percentages(dataset: Dataset) -> Iterator[Finding]:
    """R8.2: a percentage is taken of what was before."""
    for item, line, text in _paragraphs(dataset, _may_change):
        for wrong in sentences.percentages(text):
            yield codes.PERCENTAGE.at(
                _place(item, line),
                text=wrong.text,
                now=wrong.now,
                direction=wrong.direction,
                change=wrong.change,
                base=wrong.base,
                percent=wrong.percent,
                stated=wrong.stated,
                guess="（像是用现在的数作了基数）" if wrong.of_now else "",
            )


@by_item
def listed_sums(dataset: Dataset) -> Iterator[Finding]:
    """R2.6, R8.2: parts written out or listed make their total."""
    for item, line, text in _paragraphs(dataset, lists.may_list):
        for wrong in lists.sums(text):
            yield codes.LIST_SUM.at(
                _place(item, line), what=wrong.what, sum=wrong.sum, stated=wrong.stated, difference=wrong.difference
            )


@by_item
def written_products(dataset: Dataset) -> Iterator[Finding]:
    """R8.2: products that the text writes out come out."""
    for item, line, text in _paragraphs(dataset, _may_be_product):
        for wrong in sentences.products(text):
            yield codes.PRODUCT.at(
                _place(item, line),
                what="文字里",
                quantity=wrong.quantity,
                rate=wrong.rate,
                product=wrong.product,
                stated=wrong.stated,
                difference=wrong.difference,
            )
        for conversion in sentences.conversions(text):
            yield codes.CONVERSION.at(
                _place(item, line), hectares=conversion.hectares, mu=conversion.mu, stated=conversion.stated
            )


@by_item
def amounts(dataset: Dataset) -> Iterator[Finding]:
    """R8.2: amounts have their unit, and the right one; opening, income, expense and closing fit."""
    for item, line, text in _paragraphs(dataset, sentences.may_be_amount):
        for _, number in sentences.long_yuan(text):
            what = f"“{number}元”有三位以上小数，像是万元"
            advice = f"请核对；是万元的写成：{number}万元；是元的，最多保留两位小数。"
            yield codes.UNIT_CONFLICT.at(_place(item, line), what=what, advice=advice)
        if naked := sentences.naked_amounts(text):
            shown = "、".join(naked[:_SHOWN]) + (f"等 {len(naked)} 处" if len(naked) > _SHOWN else "")
            unit = "万元" if "万元" in text else "元"
            yield codes.FIGURE_WITHOUT_UNIT.at(_place(item, line), figures=shown, example=naked[0] + unit)
        for _, four in sentences.balance(text):
            yield _balance(item, line, four)


def _balance(item: Item, line: int, four: list[Figure]) -> Finding:
    places = max(f.places for f in four)
    got = four[0].value + four[1].value - four[2].value
    return codes.BALANCE.at(
        _place(item, line),
        opening=show(four[0].value, four[0].places),
        income=show(four[1].value, four[1].places),
        expense=show(four[2].value, four[2].places),
        sum=show(got, places),
        stated=show(four[3].value, places),
        difference=show(abs(got - four[3].value), places),
    )


@by_item
def counts(dataset: Dataset) -> Iterator[Finding]:
    """R2.6: ``共27户31人`` right before a table is what the table adds up to."""
    for item in dataset.items:
        if "|" not in item.body or "计" not in item.body:
            continue
        found = [sheet for sheet in sheets(item.body) if sheet.has_totals]
        if len(found) == 1:
            yield from _counts(item, found[0])


def _counts(item: Item, sheet: Sheet) -> Iterator[Finding]:
    """Compare the paragraphs between the last heading and the table, and the one right after it, with its totals."""
    body = structure(item.body)
    start = max((h.line for h in body.headings if h.line < sheet.table.line), default=-1)
    end = sheet.table.row_lines[-1] if sheet.table.row_lines else sheet.table.line
    running = tuple(zip(body.starts, body.texts, strict=True))
    near = [(line, text) for line, text in running if start < line < sheet.table.line]
    near += [(line, text) for line, text in running if end < line <= end + 2]
    for at, written in near:
        text = sentences.fold(written)
        for match in _STATED.finditer(text):
            clause = re.split(r"[，,。；;]", text[: match.start()])[-1] + match["words"]
            if _NOT_OF_TABLE.search(clause):
                continue
            for number, unit in ((match["n"], match["u"]), (match["n2"], match["u2"])):
                wrong = _differs(sheet, number, "人" if unit == "名" else unit)
                if wrong:
                    yield codes.COUNT_IN_TEXT.at(
                        _place(item, at), text=match[0], column=wrong[0], stated=wrong[1], unit=unit
                    )


def _numbers(sheet: Sheet) -> set[Decimal]:
    """Every number that a text on this table may rightly name: cells, numbers of rows, sums and differences of totals."""
    values = {f.value for row in sheet.cells for f in row if isinstance(f, Figure)}
    last = [
        f.value
        for c in sheet.columns
        for n, kind in enumerate(sheet.kinds)
        if kind == "grand" and isinstance(f := c.figures[n], Figure)
    ]
    values |= {a + b for a in last for b in last} | {abs(a - b) for a in last for b in last}
    return values | {Decimal(len(sheet.rows)), Decimal(sum(kind == "data" for kind in sheet.kinds)), Decimal(sum(last))}


def _differs(sheet: Sheet, number: str | None, unit: str | None) -> tuple[str, str] | None:
    """The one column in this unit, and its total, when the text says another number."""
    if not number or not unit:
        return None
    value = figure_of(number).value
    columns = [c for c in sheet.columns if c.unit == unit and not c.rate]
    grand = [n for n, kind in enumerate(sheet.kinds) if kind == "grand"]
    if len(columns) != 1 or len(grand) != 1 or value in _numbers(sheet):
        return None
    stated = columns[0].figures[grand[0]]
    if not isinstance(stated, Figure):
        return None
    return f"“{bare_name(columns[0].name)}”", show(stated.value, stated.places)


RULES = (percentages, listed_sums, written_products, amounts, counts)
