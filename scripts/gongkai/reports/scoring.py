"""An assessment table filled in from a report card: what formulas give; what people judge stays open, and so does the sum."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gongkai.model.assessment import Assessment, AssessmentRow, RowKind
from gongkai.model.rectification import Happening, Problem
from gongkai.reading.formula import NotKnown, parse_formula
from gongkai.reports.card import Card
from gongkai.reports.terms import Term

BY_PEOPLE = "由考核人员填写"


class Score(Struct, frozen=True):
    """A row with its points: None where people have to give them, and then ``why``."""

    row: AssessmentRow
    points: float | None
    why: str = ""


class Sheet(Struct, frozen=True):
    """A table filled in as far as it can be."""

    assessment: Assessment
    scores: tuple[Score, ...]

    @property
    def computed(self) -> float:
        """The sum of what was computed: scores and bonuses less deductions. Not the result while rows are open."""
        total = 0.0
        for score in self.scores:
            if score.points is None:
                continue
            if score.row.kind is RowKind.ZEROING:
                if score.points:
                    return 0.0
            else:
                total += -score.points if score.row.kind is RowKind.MALUS else score.points
        return round(total, 2)

    @property
    def reachable(self) -> float:
        """How many points the scored rows with computed points can give."""
        return sum(s.row.weight for s in self.scores if s.points is not None and s.row.kind is RowKind.SCORE)

    @property
    def open_rows(self) -> int:
        """How many rows people have to fill in."""
        return sum(score.points is None for score in self.scores)


def scored(assessment: Assessment, figures: dict[str, float | None]) -> Sheet:
    """``assessment`` with the points that ``figures`` give; never less than 0, nor more than a row's weight."""
    return Sheet(assessment, tuple(_score(row, figures) for row in assessment.rows))


def _score(row: AssessmentRow, figures: dict[str, float | None]) -> Score:
    if row.formula is None:
        return Score(row, None, BY_PEOPLE)
    try:
        value = parse_formula(row.formula).value(figures)
    except NotKnown as unknown:
        return Score(row, None, f"本期没有可计算的“{unknown}”，{BY_PEOPLE}")
    if row.kind is RowKind.ZEROING:
        return Score(row, 1.0 if value else 0.0)
    return Score(row, round(min(max(value, 0.0), row.weight), 2))


def named_figures(card: Card, problems: Sequence[Problem]) -> dict[str, float | None]:
    """The figures of a card under the names that formulas use (gongkai.model.assessment.FIGURES)."""
    now, before, term = card.whole.now, card.whole.before, card.term
    found, solved, overdue = rectified(problems, term)
    return {
        "公开数": now.published,
        "上期公开数": before.published,
        "月均公开数": now.published / term.months,
        "情况说明数": now.statements,
        "及时率": now.in_time,
        "迟公开数": now.late,
        "公开天数": now.median_days,
        "应公开期数": now.owed.expected,
        "覆盖率": now.owed.rate,
        "缺期数": now.owed.missing,
        "解读数": now.interpretations,
        "解读及时率": now.interpretations_in_time,
        "缺解读数": now.uninterpreted,
        "更正数": now.corrections,
        "条目数": now.rows,
        "空白条目数": now.blank,
        "空白率": now.blank / now.rows if now.rows else None,
        "单位数": len(card.units),
        "未公开单位数": len(card.silent),
        "问题数": found,
        "整改数": solved,
        "逾期未整改数": overdue,
    }


def rectified(problems: Sequence[Problem], term: Term) -> tuple[int, int, int]:
    """How many problems were found (or found again) in ``term``, how many solved, how many were overdue at its end."""
    events = [e for p in problems for e in p.events if term.holds(e.on)]
    found = sum(e.happening in (Happening.OPENED, Happening.RETURNED) for e in events)
    solved = sum(e.happening is Happening.SOLVED for e in events)
    return found, solved, sum(_overdue(p, term) for p in problems)


def _overdue(problem: Problem, term: Term) -> bool:
    """Whether a problem was open after its day when ``term`` ended."""
    past = tuple(e for e in problem.events if e.on <= term.last)
    return bool(past) and Problem(past).overdue(term.last)
