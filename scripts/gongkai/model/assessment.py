"""Assessment tables (考核表): rows with points, given by a formula over the figures of a report card, or by people."""

from __future__ import annotations

import enum

from msgspec import Struct

FIGURES: dict[str, str] = {
    "公开数": "本期公开的信息条数",
    "上期公开数": "上一期公开的信息条数",
    "月均公开数": "本期公开数除以月数",
    "情况说明数": "其中情况说明的条数",
    "及时率": "可判断是否按时的信息中按时公开的比例，0 到 1",
    "迟公开数": "超过公开时限才公开的条数",
    "公开天数": "从起算日到公开的自然日数，取中位数",
    "应公开期数": "本期到期的定期公开（按月、季、年）的期数",
    "覆盖率": "到期的定期公开中已公开或有情况说明的比例，0 到 1",
    "缺期数": "到期没有公开的期数",
    "解读数": "本期公开的政策解读条数",
    "解读及时率": "文件公开后3个工作日内发布的解读的比例，0 到 1",
    "缺解读数": "本期公开、还没有解读的规范性文件件数",
    "更正数": "标题写明更正、勘误的信息条数",
    "条目数": "应在网站公开的目录条目数",
    "空白条目数": "到期末还没有任何信息的条目数",
    "空白率": "空白条目数除以条目数，0 到 1",
    "单位数": "责任单位个数",
    "未公开单位数": "本期没有公开过信息的单位个数",
    "问题数": "整改清单里本期发现（或再次出现）的问题数",
    "整改数": "整改清单里本期改好的问题数",
    "逾期未整改数": "整改清单里到期末已过期限、没有改好的问题数",
}
"""The figures that formulas may name, and what each of them is."""


class RowKind(enum.Enum):
    """What the points of a row do to the sum."""

    SCORE = "计分"
    BONUS = "加分"
    MALUS = "扣分"
    ZEROING = "清零"


class AssessmentRow(Struct, frozen=True):
    """A row of a table. ``weight`` is the most it can give or take; a row without ``formula`` is for people to fill in.

    A zeroing row makes the sum zero when its formula gives something else than 0.
    """

    item: str
    standard: str
    weight: float
    kind: RowKind = RowKind.SCORE
    formula: str | None = None
    group: str = ""


class Assessment(Struct, frozen=True):
    """A table. ``name`` is its file's name without suffix, ``note`` is printed under it."""

    name: str
    title: str
    source: str
    rows: tuple[AssessmentRow, ...]
    note: str = ""

    @property
    def full_marks(self) -> float:
        """The sum of what the scored rows can give."""
        return sum(row.weight for row in self.rows if row.kind is RowKind.SCORE)
