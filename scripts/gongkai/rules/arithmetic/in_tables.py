"""Rules on the figures of tables."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from gongkai.dataset import Dataset
from gongkai.model import Finding, Item, Place
from gongkai.patterns import regex
from gongkai.reading.structure import KEPT, BodyStructure, Table, structure
from gongkai.rules.arithmetic import codes, products, totals
from gongkai.rules.arithmetic.figures import MONEY, Figure
from gongkai.rules.arithmetic.tables import Column, Sheet, bare_name
from gongkai.rules.kind import by_item

# The tables of an annual report have identities of their own (R2.6), which are checked with the report.
_ANNUAL = regex(r"申请处理情况|申请人情况|行政复议|本年(?:新收|制发)|信息内容|结果维持")
_UNIT_LINE = regex(r"单位[:：为]?|单位均?为|计量单位|以(?:万元|元)(?:为单位|计)")
_BODY_UNITS = (
    regex(r"单位(?:均|统一)?(?:为|是|[:：])\s*[“（(]?(?:人民币)?(?:亿元|万元|千元|元)"),
    regex(r"以(?:万元|元)(?:为单位|计)"),
)
_ONE_MONEY_UNIT = regex(r"亿元|万元|千元|百元|元")
_MONEY_UNITS = frozenset(MONEY)


@lru_cache(maxsize=KEPT)
def sheets(body: str) -> tuple[Sheet, ...]:
    """The tables of a body as figures, those of annual reports left out."""
    if "|" not in body and "<t" not in body:
        return ()
    found = [Sheet(t) for t in structure(body).tables if t.rows and not _ANNUAL.search("".join(t.header))]
    return tuple([sheet for sheet in found if sheet.columns])


def _items(dataset: Dataset) -> Iterator[tuple[Item, tuple[Sheet, ...]]]:
    for item in dataset.items:
        if ("|" in item.body or "<" in item.body) and (found := sheets(item.body)):
            yield item, found


def _place(item: Item, line: int) -> Place:
    return Place(item.file, item.body_line + line)


@by_item
def total_rows(dataset: Dataset) -> Iterator[Finding]:
    """R8.2: a total row is the sum of its rows. An error where nothing speaks for another reading."""
    for item, found in _items(dataset):
        for sheet in found:
            for miss in totals.total_rows(sheet):
                label = next((cell for cell in sheet.rows[miss.row] if cell.strip()), "合计")
                kind = codes.TOTAL_ROW_UNSURE if miss.doubt else codes.TOTAL_ROW
                kind = codes.TOTAL_ROW_ROUNDING if miss.doubt == totals.ROUNDING else kind
                yield kind.at(
                    _place(item, sheet.line(miss.row)),
                    column=bare_name(miss.column.name),
                    label=label,
                    sum=miss.sum,
                    stated=miss.stated,
                    difference=miss.difference,
                    doubt=miss.doubt,
                )


@by_item
def total_columns(dataset: Dataset) -> Iterator[Finding]:
    """R8.2: a total column is the sum of the columns that it adds up in the other rows."""
    for item, found in _items(dataset):
        for sheet in found:
            for miss in totals.total_columns(sheet):
                yield codes.TOTAL_COLUMN.at(
                    _place(item, sheet.line(miss.row)),
                    row=_label(sheet, miss.row),
                    parts=miss.parts,
                    column=bare_name(miss.column.name),
                    sum=miss.sum,
                    stated=miss.stated,
                    difference=miss.difference,
                )


def _label(sheet: Sheet, row: int) -> str:
    """What a row is called: its first cell with words, else its first."""
    cells = [cell for cell in sheet.rows[row] if cell.strip()]
    return next((cell for cell in cells if not cell.strip().isdigit()), cells[0] if cells else "")[:20]


@by_item
def amounts(dataset: Dataset) -> Iterator[Finding]:
    """R8.2: quantity × rate = amount, in every row."""
    for item, found in _items(dataset):
        for sheet in found:
            for wrong in products.products(sheet):
                yield codes.PRODUCT.at(
                    _place(item, sheet.line(wrong.row)),
                    what=f"“{_label(sheet, wrong.row)}”一行",
                    quantity=wrong.quantity,
                    rate=wrong.rate,
                    product=wrong.product,
                    stated=wrong.stated,
                    difference=wrong.difference,
                )


@by_item
def derived(dataset: Dataset) -> Iterator[Finding]:
    """R8.2: columns of percentages and of changes follow from their neighbours."""
    for item, found in _items(dataset):
        for sheet in found:
            for part in products.ratios(sheet):
                yield codes.RATIO_COLUMN.at(
                    _place(item, sheet.line(part.row)),
                    row=_label(sheet, part.row),
                    part=part.first,
                    whole=part.second,
                    percent=part.result,
                    column=bare_name(part.column.name),
                    stated=part.stated,
                )
            for part in products.differences(sheet):
                yield codes.DIFFERENCE_COLUMN.at(
                    _place(item, sheet.line(part.row)),
                    row=_label(sheet, part.row),
                    after=part.first,
                    before=part.second,
                    sum=part.result,
                    column=bare_name(part.column.name),
                    stated=part.stated,
                )


@by_item
def balances(dataset: Dataset) -> Iterator[Finding]:
    """R6.1: opening + income - expense = closing, in a village's accounts and in budgets."""
    for item, found in _items(dataset):
        for sheet in found:
            for wrong in products.balances(sheet):
                values = wrong._asdict()
                yield codes.BALANCE.at(_place(item, sheet.line(values.pop("row"))), **values)


@by_item
def units(dataset: Dataset) -> Iterator[Finding]:
    """R8.2: money has its unit, in the header, above the table or in the cells, and only one."""
    for item, found in _items(dataset):
        body = structure(item.body)
        for sheet in found:
            line = _unit_line(body, sheet.table) if any(c.money or c.unit in MONEY for c in sheet.columns) else ""
            if not line:
                yield from _missing(item, sheet)
            yield from _conflicts(item, sheet, line)


def _unit_line(body: BodyStructure, table: Table) -> str:
    """The words on the unit above ``table``, as far as the heading before it (that heading too)."""
    heading = next((h for h in reversed(body.headings) if h.line < table.line), None)
    start = heading.line if heading else -1
    texts = list(body.texts[bisect_left(body.starts, start) : bisect_left(body.starts, table.line)])
    texts += [heading.text] if heading else []
    said = [text for text in texts if "元" in text and _UNIT_LINE.search(text)]
    # What is defined stands in these texts as well: only a definition of 单位 that says the word again has more to say.
    if any(_UNIT_LINE.search(text, text.find("单位") + 2) for text in said if "单位" in text):
        defined = [d.value for d in body.definitions if start <= d.line < table.line and d.label == "单位"]
        said += [value for value in defined if "元" in value and _UNIT_LINE.search(value)]
    return said[-1] if said else ""


def _missing(item: Item, sheet: Sheet) -> Iterator[Finding]:
    if any("元" in cell for cell in sheet.header):
        return
    for column in sheet.columns:
        bare = column.units <= {""} and column.money and not column.rate
        if bare and any(isinstance(f, Figure) and f.value for f in column.figures):
            if not any(unit.search(item.body) for unit in _BODY_UNITS):
                yield codes.NO_UNIT.at(_place(item, sheet.table.line), column=column.name)
            return


def _conflicts(item: Item, sheet: Sheet, line: str) -> Iterator[Finding]:
    stated = set(_ONE_MONEY_UNIT.findall(line.rpartition("单位")[2][:20])) if line else set()
    for column in sheet.columns:
        own = column.units & _MONEY_UNITS
        if len(own) > 1:
            what = f"“{bare_name(column.name)}”一列里{'、'.join(sorted(own))}混用"
            yield codes.UNIT_CONFLICT.at(
                _place(item, sheet.table.line), what=what, advice="请统一成一种单位，写在表头，如：金额（元）"
            )
        elif len(stated) == 1 and column.unit in MONEY and column.unit not in stated and not column.per and not own:
            what = f"表前写的单位是“{next(iter(stated))}”，“{bare_name(column.name)}”一列写的是“{column.unit}”"
            yield codes.UNIT_CONFLICT.at(
                _place(item, sheet.table.line), what=what, advice=f"请核对后只留一处，如：单位：{column.unit}"
            )
        elif not column.rate and _unit_of(column, stated) == "元":
            yield from _too_fine(item, sheet, column)


def _unit_of(column: Column, stated: set[str]) -> str:
    return column.unit or (next(iter(stated)) if len(stated) == 1 and column.money else "")


def _too_fine(item: Item, sheet: Sheet, column: Column) -> Iterator[Finding]:
    """Amounts in 元 with three decimals and more were meant in 万元."""
    for row, figure in enumerate(column.figures):
        if isinstance(figure, Figure) and figure.places >= 3:
            what = f"“{bare_name(column.name)}”一列的 {figure.value} 以元为单位却有 {figure.places} 位小数，像是万元"
            advice = "请核对单位；是万元的，表前或表头写“单位：万元”；是元的，最多保留两位小数。"
            yield codes.UNIT_CONFLICT.at(_place(item, sheet.line(row)), what=what, advice=advice)
            return


RULES = (total_rows, total_columns, amounts, derived, balances, units)
