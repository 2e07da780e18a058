"""The county's report on its townships: ranking, coverage, units, gaps, rectification as a workbook, the ledger as CSV.

The ledger of thirty sites has a hundred thousand lines; as CSV it is written in a second and Excel opens it all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from gongkai.model.assessment import Assessment
from gongkai.reading.values import parse_period
from gongkai.reports.card import Card, Slice, Tally, card, slice_of, tally
from gongkai.reports.card_tables import DASH, share
from gongkai.reports.county import Town
from gongkai.reports.coverage import State
from gongkai.reports.ledger_sheets import LEDGER
from gongkai.reports.rectification_sheet import done
from gongkai.reports.scoring import Sheet as Scored
from gongkai.reports.scoring import named_figures, scored
from gongkai.reports.sheet import Cell, Column, Share, Sheet
from gongkai.reports.terms import Term
from gongkai.reports.workbook import csv_bytes, workbook_bytes

TOWN = Column("乡镇", 11)
_FIGURES = (
    Column("公开条数", 8),
    Column("上期", 7),
    Column("按时率", 8),
    Column("公开天数", 7),
    Column("应公开期数", 8),
    Column("覆盖率", 8),
    Column("缺期", 6),
    Column("情况说明", 6),
    Column("解读", 6),
    Column("解读按时率", 8),
)
_RANKING = (
    Column("名次", 6),
    TOWN,
    Column("截至", 11),
    Column("得分率", 8),
    Column("算得分数", 8),
    Column("可算满分", 8),
    *_FIGURES,
    Column("应公开条目", 8),
    Column("空白条目", 7),
    Column("没有公开的单位", 24, left=True),
    Column("未完成整改", 7),
    Column("逾期整改", 7),
)
_COVERAGE = (TOWN, Column("领域", 24, left=True), *_FIGURES, Column("应公开条目", 8), Column("空白条目", 7))
_UNITS = (TOWN, Column("责任单位", 26, left=True), *_FIGURES)
_GAPS = (
    TOWN,
    Column("领域", 18),
    Column("条目编号", 12),
    Column("村", 12),
    Column("责任单位", 22, left=True),
    Column("所属期", 12),
    Column("应公开日期", 12),
)
_PROBLEMS = (
    Column("序号", 6),
    TOWN,
    Column("编号", 15),
    Column("问题", 24, left=True),
    Column("依据", 24, left=True),
    Column("责任单位", 16),
    Column("发现日期", 11),
    Column("期限", 11),
    Column("完成情况", 20, left=True),
    Column("网页", 28, left=True),
)


class Ranked(Struct, frozen=True):
    """A township in the county's ranking. Those whose computed rows give the same share have the same place."""

    place: int
    town: Town
    card: Card
    scored: Scored

    @property
    def rate(self) -> float:
        """The share of the points that could be computed."""
        return rate_of(self.scored)


def rate_of(sheet: Scored) -> float:
    """Computed points by points that could be computed; 0 where there are none."""
    return sheet.computed / sheet.reachable if sheet.reachable else 0.0


def ranking(towns: Sequence[Town], term: Term, assessment: Assessment) -> list[Ranked]:
    """The townships by their share of the computed points of ``assessment``; those level, by name."""
    found = []
    for town in towns:
        made = card(town.facts, term)
        found.append((town, made, scored(assessment, named_figures(made, town.problems))))
    found.sort(key=lambda one: (-round(rate_of(one[2]), 6), one[0].name))
    ranked: list[Ranked] = []
    for n, (town, made, sheet) in enumerate(found, 1):
        level = ranked and round(ranked[-1].rate, 6) == round(rate_of(sheet), 6)
        ranked.append(Ranked(ranked[-1].place if level else n, town, made, sheet))
    return ranked


def county_workbook(name: str, ranked: Sequence[Ranked], term: Term, assessment: Assessment) -> bytes:
    """The workbook of the county called ``name``."""
    days = sorted({one.card.facts.today for one in ranked})
    until = f"截至{days[0]}" if len(days) == 1 else f"各镇截至日期不同（{days[0]}至{days[-1]}）"
    lead = f"{term.label}（{term.first}至{term.last}）　{len(ranked)}个乡镇　{until}"
    title = f"{name}{term.label}政务公开汇总"
    towns = [one.town for one in ranked]
    slices = [slice_of(town.facts, term) for town in towns]
    before = [slice_of(town.facts, term.before) for town in towns]
    gaps = list(_gaps(towns))
    problems = list(_problems(towns))
    sheets = [
        Sheet(
            "排名", f"{title}（排名）", _RANKING, _ranked(ranked, slices, before), lead, _notes(assessment), frozen=2
        ),
        Sheet("覆盖情况", f"{title}（各领域）", _COVERAGE, list(_fields(ranked, slices, before)), lead, frozen=2),
        Sheet("各单位", f"{title}（各责任单位）", _UNITS, list(_units(ranked)), lead, frozen=2),
        Sheet("缺期清单", f"{title}（到期没有公开的各期）", _GAPS, gaps, lead, frozen=1),
        Sheet("整改清单", f"{title}（整改清单）", _PROBLEMS, problems, lead, frozen=3),
    ]
    return workbook_bytes(title, name, sheets)


def _notes(assessment: Assessment) -> tuple[str, ...]:
    return (
        f"名次按“{assessment.title}”中能够计算的各行的得分率排列；由考核人员填写的各行不在内，不是考核结果。",
        "按时率只计能够判断的信息；覆盖率是本期到期的按月、季、年公开的各期中已公开或有情况说明的比例。",
    )


def _cells(now: Tally, before: Tally) -> list[Cell]:
    cells: list[Cell] = [
        now.published,
        before.published,
        share(now.in_time),
        now.median_days,
        now.owed.expected,
        share(now.owed.rate),
        now.owed.missing,
        now.statements,
        now.interpretations,
        share(now.interpretations_in_time),
    ]
    return [DASH if cell is None else cell for cell in cells]


def _ranked(ranked: Sequence[Ranked], slices: Sequence[Slice], before: Sequence[Slice]) -> list[list[Cell]]:
    rows = []
    for one in ranked:
        part, today = one.card.whole, one.card.facts.today
        still_open = [p for p in one.town.problems if p.solved_on is None]
        rows.append(
            [
                one.place,
                one.town.name,
                today,
                Share(one.rate),
                one.scored.computed,
                one.scored.reachable,
                *_cells(part.now, part.before),
                part.now.rows,
                part.now.blank,
                "、".join(one.card.silent),
                len(still_open),
                sum(p.overdue(today) for p in still_open),
            ]
        )
    now = tally(slices)
    ends: list[Cell] = [now.rows, now.blank, "", sum(r[-2] for r in rows), sum(r[-1] for r in rows)]  # type: ignore[misc]  # the last two are counts
    rows.append(["", "全县", None, None, None, None, *_cells(now, tally(before)), *ends])
    return rows


def _fields(ranked: Sequence[Ranked], slices: Sequence[Slice], before: Sequence[Slice]) -> Iterator[list[Cell]]:
    """Each township's fields, then those of the whole county."""
    names: dict[str, str] = {}
    for one in ranked:
        names = {**one.town.facts.fields, **names}
        for part in one.card.fields:
            yield [one.town.name, part.name, *_cells(part.now, part.before), part.now.rows, part.now.blank]
    for key, name in sorted(names.items()):
        now = tally(slices, field=key)
        yield ["全县", name, *_cells(now, tally(before, field=key)), now.rows, now.blank]


def _units(ranked: Sequence[Ranked]) -> Iterator[list[Cell]]:
    for one in ranked:
        for part in one.card.units:
            yield [one.town.name, part.name, *_cells(part.now, part.before)]


def _gaps(towns: Sequence[Town]) -> Iterator[list[Cell]]:
    """All periods that are missing, whenever they were due: they are owed until they are there."""
    for town in towns:
        for owed in town.facts.owed:
            if owed.state is State.MISSING:
                field = town.facts.fields.get(owed.field, owed.field)
                yield [town.name, field, owed.entry, owed.village, owed.unit, owed.period, owed.day]


def _problems(towns: Sequence[Town]) -> Iterator[list[Cell]]:
    chosen = ((town, problem) for town in towns for problem in town.problems)
    for n, (town, problem) in enumerate(chosen, 1):
        found = problem.found
        yield [
            n,
            town.name,
            problem.id,
            found.problem,
            found.basis,
            found.unit,
            problem.opened_on,
            found.due or "待定",
            done(problem, town.facts.today),
            f"{town.site}{found.file}",
        ]


def county_ledger(towns: Sequence[Town]) -> bytes:
    """The ledgers of all townships one after the other, in the order in which each has its own."""
    lines = (line for town in towns for line in ledger_lines(town))
    return csv_bytes((TOWN, *LEDGER), ([town, n, *cells] for n, (town, cells) in enumerate(lines, 1)))


def ledger_lines(town: Town) -> Iterator[tuple[str, list[Cell]]]:
    """The lines of a township's own ledger without their numbers, as far as they are on the website."""
    for fact in town.facts.items:
        record = town.items[fact.url]
        yield (
            town.name,
            [
                record.get("index_number") or "",
                record["field"],
                record["level1"],
                record["level2"],
                record["title"],
                record.get("document_number") or "",
                record["responsible_unit"],
                record.get("formed_on") or "",
                fact.published_on.isoformat(),
                fact.limit or DASH,
                fact.due.isoformat() if fact.due else "",
                DASH if fact.late is None else "是" if fact.late else "否",
                _period(record.get("period")),
                "、".join(record.get("channels") or ()),
                record["method"],
                record["validity"],
                f"{town.site}{fact.url}",
            ],
        )


def _period(written: str | None) -> str:
    """``2026年第三季度`` for ``2026-Q3``."""
    period = parse_period(written) if written else None
    return period.label if period else written or ""
