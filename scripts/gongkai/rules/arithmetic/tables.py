"""A table read as figures: which columns hold numbers, in what unit, and which rows are totals. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

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


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers. ``unit`` is what its header or name says, ``per`` what a rate counts by."""

    index: int
    name: str
    unit: str
    per: str
    figures: tuple[Figure | Blank | None, ...]
    rate: bool

    @property
    def money(self) -> bool:
        """Whether it holds amounts of money, by its unit or its name."""
        if self.unit:
            return self.unit in MONEY and not self.per
        return bool(_MONEY_NAME.search(self.name))


class Sheet:
    """One table with its figures."""

    def __init__(self, table: Table) -> None:
        width = len(table.header)
        self.table = table
        self.header = tuple("".join(cell.split()) for cell in table.header)
        self.rows = tuple((row + ("",) * width)[:width] for row in table.rows)
        self.cells = tuple(tuple(read_cell(cell) for cell in row) for row in self.rows)
        # In an HTML table, merged cells shift what stands behind them: rows of another length cannot be read by column.
        markdown = table.row_lines == tuple(range(table.line + 2, table.line + 2 + len(table.rows)))
        self.shifted = not markdown and any(len(row) != width for row in table.rows)
        self.second_header = bool(self.rows) and width > 2 and not any(isinstance(c, Figure) for c in self.cells[0])
        self.second_header = self.second_header and sum(bool(cell.strip()) for cell in self.rows[0][1:]) >= 2
        if self.second_header and kind_of(self.rows[0][0]) == "data" and not self.rows[0][0].strip():
            self.header = tuple(a + "".join(b.split()) for a, b in zip(self.header, self.rows[0], strict=True))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of numbers: no words in any row that is no total, at least one number."""
        found: list[Column] = []
        if self.shifted:
            return ()
        data = [n for n, kind in enumerate(self.kinds) if kind in ("data", "among")]
        for index, header in enumerate(self.header):
            figures = tuple(row[index] for row in self.cells)
            own = [figures[n] for n in data]
            if not any(isinstance(f, Figure) for f in own) or None in own:
                continue
            units = {f.unit for f in own if isinstance(f, Figure)}
            unit, per = header_unit(header)
            unit = unit or (next(iter(units)) if len(units) == 1 else "")
            rate = bool(RATE.search(bare_name(header))) or bool(per) or units == {"%"} or "/" in unit
            found.append(Column(index, header, unit, per, figures, rate))
        return tuple(found)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """What each row is, by its first words: ``data``, ``grand``, ``sub`` or ``among``."""
        kinds = [self._kind(row) for row in self.rows]
        if self.second_header and kinds[0] == "data":
            kinds[0] = "none"
        return tuple(kinds)

    @staticmethod
    def _kind(row: tuple[str, ...]) -> str:
        written = [cell for cell in row if cell.strip()]
        if len(written) > 1 and written[0].strip().isdigit():
            return kind_of(written[1])  # behind a serial number
        return kind_of(written[0]) if written else "data"

    def labels(self) -> list[str]:
        """The first words of every row."""
        return [next((c.strip() for c in row if c.strip() and not c.strip().isdigit()), "") for row in self.rows]

    def kinds_for(self, column: Column) -> tuple[str, ...]:
        """What each row is for ``column``: tables of two sides have a label for each."""
        numeric = {c.index for c in self.columns}
        left = column.index
        while left in numeric:
            left -= 1
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
        return any(kind in ("grand", "sub") for kind in self.kinds)


def kind_of(label: str) -> str:
    """``grand``, ``sub``, ``among`` or ``data``: what a row's label makes of it."""
    if len(label) > 24:
        return "data"
    bare = "".join(label.split())
    if "计" in bare or "总数" in bare:
        if SUB.match(bare):
            return "sub"
        if GRAND.match(bare):
            return "grand"
    return "among" if _AMONG.match(label) else "data"


def bare_name(header: str) -> str:
    """A header without the unit in brackets behind it."""
    return _PAREN.sub("", header)


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
