"""The ledger and the registers as tables: what townships keep on paper, filled in as far as the items say.

Where a person has to sign or to judge, the cell is left empty: nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gongkai.dataset import Dataset
from gongkai.model.feedback import Feedback
from gongkai.reports.ledger import Line, by_unit
from gongkai.reports.sheet import Cell, Column, Link, Sheet

LEDGER = (
    Column("序号", 5),
    Column("索引号", 15),
    Column("领域", 9),
    Column("一级事项", 10, left=True),
    Column("二级事项", 13, left=True),
    Column("标题", 28, left=True),
    Column("文号", 11),
    Column("责任单位", 11),
    Column("成文日期", 10.5),
    Column("发布日期", 10.5),
    Column("公开时限", 10),
    Column("到期日", 10.5),
    Column("是否逾期", 5),
    Column("所属期", 9),
    Column("公开渠道", 18, left=True),
    Column("公开方式", 9),
    Column("有效性", 6),
    Column("网址", 19, left=True),
)
_OPEN = Column("打开", 5)
"""A link of its own: a whole address with a link on it is cut where it should go on in the next line."""
_SIGNED = "空着的栏由经办人、审批人打印后填写签字。"
_SUBMISSIONS = (
    Column("序号", 6),
    Column("报送单位", 18),
    Column("信息标题", 44, left=True),
    Column("索引号", 27),
    Column("成文日期", 11.5),
    Column("审查日期", 11.5),
    Column("发布日期", 11.5),
    Column("公开渠道", 22, left=True),
    Column("报送人", 9),
    Column("接收人", 9),
    Column("备注", 14, left=True),
)
_APPROVALS = (
    Column("序号", 6),
    Column("信息标题", 44, left=True),
    Column("责任单位", 18),
    Column("公开属性", 10),
    Column("公开方式", 10),
    Column("保密审查单位", 18),
    Column("审查日期", 11.5),
    Column("发布日期", 11.5),
    Column("审查意见", 14),
    Column("审批人", 9),
    Column("备注", 14, left=True),
)
_FEEDBACK = (
    Column("序号", 6),
    Column("编号", 14),
    Column("收到日期", 11.5),
    Column("方式", 10),
    Column("类别", 8),
    Column("内容摘要", 44, left=True),
    Column("涉及条目", 22, left=True),
    Column("承办单位", 18),
    Column("处理情况", 44, left=True),
    Column("答复日期", 11.5),
    Column("是否办结", 8),
    Column("备注", 14, left=True),
)


def ledger_row(line: Line, n: int) -> list[Cell]:
    """A line of the ledger in the order of the columns, numbered ``n``."""
    item, overdue = line.item, line.overdue
    return [
        n,
        item.index_number or "",
        line.field,
        line.entry.level1,
        line.entry.level2,
        item.title,
        item.document_number or "",
        item.responsible_unit,
        item.formed_on,
        item.published_on,
        line.timing.limit or "—",
        line.due,
        "—" if overdue is None else "是" if overdue else "否",
        item.period.label if item.period else "",
        "、".join(item.channels),
        item.method,
        item.validity,
        line.address or "",
    ]


def _with_link(line: Line, n: int) -> list[Cell]:
    whole = line.address is not None and "://" in line.address
    return [*ledger_row(line, n), Link("打开", line.address) if whole and line.address else ""]


def ledger_sheets(
    dataset: Dataset, lines: tuple[Line, ...], feedback: Sequence[Feedback], when: str
) -> Iterator[Sheet]:
    """The workbook: all items, those of each unit, and the registers. ``when`` says of which time, ``2026年`` or nothing."""
    name, lead = dataset.profile.name, f"填报单位：{dataset.profile.full_name}　　截至 {dataset.today}"
    notes = (
        "到期日按目录条目的公开时限计算，工作日按国务院办公厅的放假安排；按月、季、年公开的条目写明公开日期的，取较早的一天。"
        "是否逾期栏为“—”的，没有成文日期，或者是转载、情况说明，不作判断。",
    )
    shades = {"是": "F8CBAD"}
    columns = (*LEDGER, _OPEN)
    everything = [_with_link(line, line.n) for line in lines]
    title = f"{name}{when}政府信息公开台账"
    yield Sheet("台账", title, columns, everything, lead, notes, shades=shades, frozen=2)
    for unit, mine in by_unit(dataset, lines):
        rows = [_with_link(line, n) for n, line in enumerate(mine, 1)]
        lead_unit = f"责任单位：{unit}　　截至 {dataset.today}"
        yield Sheet(unit, f"{title}（{unit}）", columns, rows, lead_unit, shades=shades, frozen=2)
    yield Sheet(
        "报送登记表", f"{name}{when}政府信息报送登记表", _SUBMISSIONS, _submissions(lines), lead, (_SIGNED,), frozen=3
    )
    yield Sheet(
        "审批登记表", f"{name}{when}政府信息公开审批登记表", _APPROVALS, _approvals(lines), lead, (_SIGNED,), frozen=2
    )
    book = f"{name}{when}群众意见建议及处理记录簿"
    yield Sheet("群众意见建议及处理记录簿", book, _FEEDBACK, _feedback(dataset, feedback), lead, frozen=3)


def _submissions(lines: tuple[Line, ...]) -> list[list[Cell]]:
    return [
        [
            line.n,
            line.item.responsible_unit,
            line.item.title,
            line.item.index_number or "",
            line.item.formed_on,
            line.item.review.on if line.item.review else None,
            line.item.published_on,
            "、".join(line.item.channels),
            "",
            "",
            "",
        ]
        for line in lines
    ]


def _approvals(lines: tuple[Line, ...]) -> list[list[Cell]]:
    return [
        [
            line.n,
            line.item.title,
            line.item.responsible_unit,
            line.item.disclosure_class,
            line.item.method,
            line.item.review.by if line.item.review else "",
            line.item.review.on if line.item.review else None,
            line.item.published_on,
            "",
            "",
            "",
        ]
        for line in lines
    ]


def _feedback(dataset: Dataset, feedback: Sequence[Feedback]) -> list[list[Cell]]:
    return [
        [
            n,
            one.number,
            one.received,
            one.way,
            one.kind,
            one.content,
            _about(dataset, one.entry),
            one.unit,
            one.handling,
            one.answered_on,
            "是" if one.answered_on else "否",
            one.note,
        ]
        for n, one in enumerate(feedback, 1)
    ]


def _about(dataset: Dataset, written: str) -> str:
    """The row that an opinion is about by its name, where it was written as an id."""
    entry = dataset.catalogue.find(written)
    return f"{written} {entry.level2}" if entry else written


def as_json(dataset: Dataset, lines: tuple[Line, ...], feedback: Sequence[Feedback]) -> dict[str, Any]:
    """The ledger for machines. Names are only added, never changed."""
    return {
        "site": dataset.settings.site_name,
        "today": dataset.today.isoformat(),
        "items": [_record(line) for line in lines],
        "feedback": [
            {
                "number": one.number,
                "received": one.received.isoformat(),
                "way": one.way,
                "kind": one.kind,
                "content": one.content,
                "entry": one.entry,
                "unit": one.unit,
                "handling": one.handling,
                "answered_on": one.answered_on.isoformat() if one.answered_on else None,
            }
            for one in feedback
        ],
    }


def _record(line: Line) -> dict[str, Any]:
    item = line.item
    return {
        "n": line.n,
        "index_number": item.index_number,
        "field": line.field,
        "entry": item.entry_id,
        "level1": line.entry.level1,
        "level2": line.entry.level2,
        "title": item.title,
        "document_number": item.document_number,
        "responsible_unit": item.responsible_unit,
        "formed_on": item.formed_on.isoformat() if item.formed_on else None,
        "published_on": item.published_on.isoformat(),
        "time_limit": line.timing.limit or None,
        "due": line.due.isoformat() if line.due else None,
        "overdue": line.overdue,
        "period": str(item.period) if item.period else None,
        "channels": list(item.channels),
        "method": item.method,
        "validity": item.validity,
        "reviewed_by": item.review.by if item.review else None,
        "reviewed_on": item.review.on.isoformat() if item.review and item.review.on else None,
        "url": line.address,
    }
