"""A table read as figures: which columns hold numbers, in what unit, and which rows are totals. Pure."""

from __future__ import annotations

from functools import cached_property, lru_cache

from msgspec import Struct

from gongkai.patterns import regex
from gongkai.reading.structure import Table
from gongkai.rules.arithmetic.figures import MONEY, Blank, Figure, read_cell

GRAND = regex(r"^[^\d:：]{0,10}?(?:合计|总计|共计|总数|合总计)(?:[（(][^）)]{0,12}[）)])?[:：]?$")
SUB = regex(r"^[^\d:：]{0,12}?小计(?:[（(][^）)]{0,12}[）)])?[:：]?$")
_AMONG = regex(r"^(?:\s|　)*(?:其中|#|其中[:：])")
_PAREN = regex(r"[（(](?P<inside>[^（）()]*)[）)]$")
_UNIT_WORD = regex(
    r"(?:单位[:：为]?)?(?P<unit>亿元|万元|千元|百元|元|公顷|亩|平方米|平方公里|千米|公里|吨|公斤|千瓦时|"
    r"户次|人次|户|人|件|宗|个|项|条|起|头|台|套|份|名|次|处|只|棵|株|立方米|%)(?:/(?P<per>[^\s，,、]{1,6}))?$"
)
_BY_NAME = (
    (regex(r"户数$|户$"), "户"),
    (regex(r"人数$|人口$|人$"), "人"),
    (regex(r"人次$"), "人次"),
    (regex(r"面积$|亩数$"), "亩"),
)
_MONEY_NAME = regex(
    r"金额|经费|资金|预算数|决算数|补贴额|补助额|总价|造价|投资额|工资|津贴|租金|款额|罚款|标准金额|总额"
)
RATE = regex(
    r"标准|单价|价格|均价|底价|平均|人均|户均|每亩|每人|每户|比例|占比|比重|率$|率[（(]|%|百分|增幅|增长|年份|年度$|编号|编码|代码|"
    r"序号|电话|日期|时间|年龄|月份|名次|排名|等级|得分|分数|温度|气温|邮编|身份证|账号|卡号|期限|工期|天数|岁"
)
BALANCE = regex(r"余额|结余|结存|累计")


class Column(Struct, frozen=True):
    """A column of numbers. ``unit`` is what its header or name says, ``per`` what a rate counts by.

    ``units`` are those that stand in its cells; the empty one is of figures without any.
    """

    index: int
    name: str
    unit: str
    per: str
    figures: tuple[Figure | Blank | None, ...]
    rate: bool
    units: frozenset[str]

    @property
    def money(self) -> bool:
        """Whether it holds amounts of money, by its unit or its name."""
        if self.unit:
            return self.unit in MONEY and not self.per
        return _named_money(self.name)


@lru_cache(maxsize=4096)
def _named_money(name: str) -> bool:
    return bool(_MONEY_NAME.search(name))


class Sheet:
    """One table with its figures."""

    def __init__(self, table: Table) -> None:
        width = len(table.header)
        self.table = table
        self.header = tuple(["".join(cell.split()) for cell in table.header])
        even = all(len(row) == width for row in table.rows)
        self.rows = table.rows if even else tuple([(row + ("",) * width)[:width] for row in table.rows])
        # In an HTML table, merged cells shift what stands behind them: rows of another length cannot be read by column.
        self.shifted = not even and table.row_lines != tuple(range(table.line + 2, table.line + 2 + len(table.rows)))
        self.second_header = bool(self.rows) and width > 2 and _words_only(self.rows[0])
        if self.second_header and kind_of(self.rows[0][0]) == "data" and not self.rows[0][0].strip():
            self.header = tuple(a + "".join(b.split()) for a, b in zip(self.header, self.rows[0], strict=True))

    @cached_property
    def cells(self) -> tuple[tuple[Figure | Blank | None, ...], ...]:
        """What stands in each cell."""
        return tuple([tuple(map(read_cell, row)) for row in self.rows])

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of numbers: no words in any row that is no total, at least one number."""
        if self.shifted:
            return ()
        data = [n for n, kind in enumerate(self.kinds) if kind in ("data", "among")]
        if not data:
            return ()
        columns = enumerate(zip(self.header, zip(*self.rows, strict=True), strict=True))
        found = [self._column(n, header, cells, data) for n, (header, cells) in columns]
        return tuple([column for column in found if column is not None])

    @staticmethod
    def _column(index: int, header: str, cells: tuple[str, ...], data: list[int]) -> Column | None:
        """A column, unless there are words in ``data``, the rows that are no totals, or no number."""
        first = read_cell(cells[data[0]])
        if first is None:
            return None
        figures = tuple(map(read_cell, cells))
        if None in figures and None in [figures[n] for n in data]:
            return None
        every = frozenset([figure.unit for figure in figures if isinstance(figure, Figure)])
        if len(every) == 1 and isinstance(first, Figure):
            units = every
        else:
            units = frozenset([figure.unit for n in data if isinstance(figure := figures[n], Figure)])
            if not units:
                return None
        unit, per, rate = _read_header(header)
        unit = unit or (next(iter(units)) if len(units) == 1 else "")
        rate = rate or bool(per) or units == {"%"} or "/" in unit
        return Column(index, header, unit, per, figures, rate, every)

    @cached_property
    def _numeric(self) -> frozenset[int]:
        return frozenset([column.index for column in self.columns])

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """What each row is, by its first words: ``data``, ``grand``, ``sub`` or ``among``."""
        kinds = [self._kind(row) for row in self.rows]
        if self.second_header and kinds[0] == "data":
            kinds[0] = "none"
        return tuple(kinds)

    @staticmethod
    def _kind(row: tuple[str, ...]) -> str:
        first = row[0].strip() if row else ""
        if first and not first.isdigit():
            return kind_of(row[0])
        written = [cell for cell in row if cell.strip()]
        if len(written) > 1 and written[0].strip().isdigit():
            return kind_of(written[1])  # behind a serial number
        return kind_of(written[0]) if written else "data"

    @cached_property
    def labels(self) -> list[str]:
        """The first words of every row."""
        return [next((c.strip() for c in row if c.strip() and not c.strip().isdigit()), "") for row in self.rows]

    def kinds_for(self, column: Column) -> tuple[str, ...]:
        """What each row is for ``column``: tables of two sides have a label for each."""
        numeric, left = self._numeric, column.index
        while left in numeric:
            left -= 1
        if left <= 0:
            return self.kinds
        group: list[int] = []
        while left >= 0 and left not in numeric:
            group.insert(0, left)
            left -= 1
        if not group or group[0] == 0:
            return self.kinds
        labels = [next((row[n] for n in group if row[n].strip()), "") for row in self.rows]
        kinds = tuple(kind_of(label) if label else "none" for label in labels)
        return kinds if any(kind in ("grand", "sub") for kind in kinds) else self.kinds

    def line(self, row: int) -> int:
        """The line of a row within the body."""
        return self.table.row_lines[row]

    @cached_property
    def has_totals(self) -> bool:
        """Whether some row is a total."""
        return "grand" in self.kinds or "sub" in self.kinds


def kind_of(label: str) -> str:
    """``grand``, ``sub``, ``among`` or ``data``: what a row's label makes of it."""
    if len(label) > 24:
        return "data"
    if "计" in label or "总" in label:
        bare = "".join(label.split())
        if SUB.match(bare):
            return "sub"
        if GRAND.match(bare):
            return "grand"
    return "among" if ("其" in label or "#" in label) and _AMONG.match(label) else "data"


def _words_only(row: tuple[str, ...]) -> bool:
    """Whether a row has no number, and words in two cells behind the first."""
    for cell in row:
        if isinstance(read_cell(cell), Figure):
            return False
    return sum([bool(cell.strip()) for cell in row[1:]]) >= 2


def bare_name(header: str) -> str:
    """A header without the unit in brackets behind it."""
    return _PAREN.sub("", header)


@lru_cache(maxsize=4096)
def _read_header(header: str) -> tuple[str, str, bool]:
    """Unit, what it is per, and whether the name is that of a rate."""
    return *header_unit(header), bool(RATE.search(bare_name(header)))


def header_unit(header: str) -> tuple[str, str]:
    """Unit and, for rates, what they are per: ``补贴标准（元/亩）`` gives 元 and 亩."""
    inside = _PAREN.search(header)
    match = _UNIT_WORD.search(inside["inside"]) if inside else None
    if match is None and "/" in header:
        match = _UNIT_WORD.search(header)
    if match:
        return match["unit"], match["per"] or ""
    bare = bare_name(header)
    return next((unit for pattern, unit in _BY_NAME if pattern.search(bare)), ""), ""
