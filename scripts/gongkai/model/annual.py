"""The form of the annual report on disclosure (国办公开办函〔2021〕30号; R2.2 to R2.5): parts, tables, rows, columns.

One description of the form, from which a draft is written and by which a report is read and checked.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gongkai.model.catalogue import Entry
from gongkai.patterns import regex

FIRST_YEAR = 2021
"""The first report year of this form; older reports had other parts and tables (R2.1)."""

_ROW = "信息公开年"


def holds_annual_reports(entry: Entry) -> bool:
    """Whether a row of a catalogue is the one of annual reports, by whatever id a township has it."""
    return _ROW in entry.level2


PARTS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
"""The titles of the six parts, without their numbers (R2.2)."""

TOPICS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
"""The five topics of part 1."""

PERSON = "自然人"
APPLICANTS = (PERSON, "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
"""The kinds of applicants, in the order of the columns of part 3; all but the first are 法人或其他组织."""

TOTAL = "总计"
COLUMNS = (*APPLICANTS, TOTAL)


class Row(NamedTuple):
    """A row of the table of part 3.

    ``group`` is the heading above it (（三）不予公开), ``label`` what it prints itself, ``sign`` finds it by its label or
    by group and label together. ``outcome`` is the word for it in the register of requests; "" for sums.
    """

    key: str
    group: str
    label: str
    sign: re.Pattern[str]
    outcome: str = ""

    @property
    def name(self) -> str:
        """Group and label, as a message names the row."""
        return f"{self.group} {self.label}" if self.group else self.label


_THIRD = "三、本年度办理结果"
_WITHHELD = "（三）不予公开"
_UNABLE = "（四）无法提供"
_REFUSED = "（五）不予处理"
_OTHER = "（六）其他处理"
GROUPS = (_THIRD, _WITHHELD, _UNABLE, _REFUSED, _OTHER)
"""Headings inside the table of part 3 that have no figures of their own."""


def _row(key: str, group: str, label: str, sign: str, outcome: str = "") -> Row:
    return Row(key, group, label, regex(sign), outcome)


RESULTS = (
    _row("granted", "", "（一）予以公开", r"(?<!不)予以公开$", "予以公开"),
    _row(
        "partly",
        "",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        r"部分公开",
        "部分公开",
    ),
    _row("withheld-1", _WITHHELD, "1.属于国家秘密", r"国家秘密", "不予公开-属于国家秘密"),
    _row(
        "withheld-2",
        _WITHHELD,
        "2.其他法律行政法规禁止公开",
        r"法律[、]?行政法规禁止",
        "不予公开-其他法律行政法规禁止公开",
    ),
    _row("withheld-3", _WITHHELD, "3.危及“三安全一稳定”", r"三安全一稳定", "不予公开-危及“三安全一稳定”"),
    _row("withheld-4", _WITHHELD, "4.保护第三方合法权益", r"第三方合法权益", "不予公开-保护第三方合法权益"),
    _row("withheld-5", _WITHHELD, "5.属于三类内部事务信息", r"内部事务", "不予公开-属于三类内部事务信息"),
    _row("withheld-6", _WITHHELD, "6.属于四类过程性信息", r"过程性", "不予公开-属于四类过程性信息"),
    _row("withheld-7", _WITHHELD, "7.属于行政执法案卷", r"执法案卷", "不予公开-属于行政执法案卷"),
    _row("withheld-8", _WITHHELD, "8.属于行政查询事项", r"行政查询", "不予公开-属于行政查询事项"),
    _row("unable-1", _UNABLE, "1.本机关不掌握相关政府信息", r"本机关不掌握", "无法提供-本机关不掌握相关政府信息"),
    _row("unable-2", _UNABLE, "2.没有现成信息需要另行制作", r"另行制作", "无法提供-没有现成信息需要另行制作"),
    _row("unable-3", _UNABLE, "3.补正后申请内容仍不明确", r"补正后.{0,6}不明确", "无法提供-补正后申请内容仍不明确"),
    _row("refused-1", _REFUSED, "1.信访举报投诉类申请", r"信访", "不予处理-信访举报投诉类申请"),
    _row("refused-2", _REFUSED, "2.重复申请", r"重复申请$", "不予处理-重复申请"),
    _row("refused-3", _REFUSED, "3.要求提供公开出版物", r"出版物", "不予处理-要求提供公开出版物"),
    _row("refused-4", _REFUSED, "4.无正当理由大量反复申请", r"大量反复", "不予处理-无正当理由大量反复申请"),
    _row(
        "refused-5",
        _REFUSED,
        "5.要求行政机关确认或重新出具已获取信息",
        r"确认或.{0,2}重新出具",
        "不予处理-要求行政机关确认或重新出具已获取信息",
    ),
    _row(
        "other-1",
        _OTHER,
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        r"逾期不补正",
        "其他处理-逾期不补正",
    ),
    _row(
        "other-2",
        _OTHER,
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        r"缴纳费用",
        "其他处理-逾期未缴费",
    ),
    _row("other-3", _OTHER, "3.其他", r"(?:^|处理|[3３][.．、]?)其他$", "其他处理-其他"),
)
"""The outcomes of requests: rows （一） to （六） of part 3."""

NEW = _row("new", "", "一、本年新收政府信息公开申请数量", r"本年新收")
CARRIED_IN = _row("carried-in", "", "二、上年结转政府信息公开申请数量", r"上年结转")
DONE = _row("done", "", "（七）总计", r"(?:^|结果|[（(]七[）)])(?:总计|合计)$")
CARRIED_OUT = _row("carried-out", "", "四、结转下年度继续办理", r"结转下年")
ROWS = (NEW, CARRIED_IN, *RESULTS, DONE, CARRIED_OUT)
"""The 25 rows of part 3."""

ROW_BY_KEY = {row.key: row for row in ROWS}
OUTCOMES = {row.outcome: row.key for row in RESULTS}
"""Outcomes as the register writes them, with the keys of their rows."""

REMEDIES = ("行政复议", "未经复议直接起诉", "复议后起诉")
"""The three blocks of part 4; the second and third are 行政诉讼."""

PENDING = "尚未审结"
REMEDY_RESULTS = ("结果维持", "结果纠正", "其他结果", PENDING)
REMEDY_COLUMNS = (*REMEDY_RESULTS, TOTAL)


class Proactive(NamedTuple):
    """A line of the tables of part 2: its block (第二十条第（一）项), label and the headings of its figures."""

    key: str
    block: str
    label: str
    sign: re.Pattern[str]
    columns: tuple[str, ...]


_DECISIONS = ("本年处理决定数量",)
_ISSUED = ("本年制发件数", "本年废止件数", "现行有效件数")
PROACTIVE = (
    Proactive("rules", "一", "规章", regex(r"^规章"), _ISSUED),
    Proactive("normative", "一", "行政规范性文件", regex(r"规范性文件$"), _ISSUED),
    Proactive("permits", "五", "行政许可", regex(r"^行政许可$"), _DECISIONS),
    Proactive("penalties", "六", "行政处罚", regex(r"^行政处罚$"), _DECISIONS),
    Proactive("coercion", "六", "行政强制", regex(r"^行政强制$"), _DECISIONS),
    Proactive("fees", "八", "行政事业性收费", regex(r"^行政事业性收费$"), ("本年收费金额（单位：万元）",)),
)
"""The six lines of part 2 (R2.3)."""

BLOCKS = ("一", "五", "六", "八")
SUM_NOTE = "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和"
