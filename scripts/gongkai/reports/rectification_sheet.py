"""The rectification list as a workbook: what is open, what is solved, what came back, and everything that happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from gongkai.dataset import Dataset
from gongkai.model.rectification import Happening, Problem
from gongkai.reports.sheet import Cell, Column, Sheet
from gongkai.reports.workbook import workbook_bytes

_COLUMNS = (
    Column("序号", 5),
    Column("编号", 13),
    Column("问题", 30, left=True),
    Column("所在信息", 24, left=True),
    Column("依据", 16, left=True),
    Column("责任单位", 13),
    Column("整改要求", 30, left=True),
    Column("发现日期", 11),
    Column("期限", 11),
    Column("完成情况", 14, left=True),
    Column("说明", 14, left=True),
)
_EVENTS = (
    Column("日期", 12),
    Column("编号", 13),
    Column("经过", 10),
    Column("问题", 60, left=True),
    Column("说明", 40, left=True),
)
_WORDS = {
    Happening.OPENED: "发现",
    Happening.SOLVED: "改好",
    Happening.RETURNED: "再次出现",
    Happening.NOTE: "说明",
}


def rectification_workbook(dataset: Dataset, problems: Sequence[Problem]) -> bytes:
    """The workbook of ``problems`` as of ``dataset.today``."""
    name = f"{dataset.profile.name}政务公开问题整改清单"
    still_open = [p for p in problems if p.solved_on is None]
    parts = (
        ("未完成", still_open),
        ("已完成", [p for p in problems if p.solved_on is not None]),
        ("反复出现", [p for p in problems if p.returned]),
    )
    late = sum(p.overdue(dataset.today) for p in still_open)
    lead = (
        f"填报单位：{dataset.profile.full_name}　截至：{dataset.today}　"
        f"共{len(problems)}项，已完成{len(problems) - len(still_open)}项，未完成{len(still_open)}项，其中逾期{late}项"
    )
    sheets = [
        Sheet(
            part, f"{name}（{part}）", _COLUMNS, [_row(dataset, n, p) for n, p in enumerate(chosen, 1)], lead, frozen=3
        )
        for part, chosen in parts
    ]
    happened = sorted(((e, p) for p in problems for e in p.events), key=lambda pair: pair[0].line)
    events: list[list[Cell]] = [[e.on, e.id, _WORDS[e.happening], p.found.problem, e.text] for e, p in happened]
    sheets.append(Sheet("经过", f"{name}（经过）", _EVENTS, events, lead))
    return workbook_bytes(name, dataset.profile.full_name, sheets)


def _row(dataset: Dataset, n: int, problem: Problem) -> list[Cell]:
    found = problem.found
    item = dataset.by_file.get(found.file)
    where = f"{item.title}\n{found.file}:{found.line}" if item else f"{found.file}:{found.line}"
    notes = "\n".join(f"{e.on} {e.text}" for e in problem.events if e.text)
    return [
        n,
        problem.id,
        found.problem,
        where,
        found.basis,
        found.unit,
        found.demand,
        problem.opened_on,
        found.due or "待定",
        done(problem, dataset.today),
        notes,
    ]


def done(problem: Problem, today: dt.date) -> str:
    """完成情况 in words, as of ``today``."""
    if problem.solved_on is not None:
        state = f"{problem.solved_on} 已完成"
    elif problem.overdue(today):
        state = "未完成，已逾期"
    else:
        state = "未完成"
    return state + (f"（反复出现{problem.returned}次）" if problem.returned else "")
