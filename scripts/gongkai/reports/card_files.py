"""A report card as .docx and .xlsx, with an assessment table filled in as far as figures go."""

from __future__ import annotations

from gongkai.model.assessment import RowKind
from gongkai.reports import card_tables
from gongkai.reports.card import Card
from gongkai.reports.card_tables import NOTES, CardTable, words
from gongkai.reports.document import Paper
from gongkai.reports.scoring import Score, Sheet
from gongkai.reports.sheet import Cell, Column
from gongkai.reports.sheet import Sheet as WorkbookSheet
from gongkai.reports.workbook import workbook_bytes

_NUMERALS = "一二三四五六七八九"
_SCORE_HEADS = ("序号", "类别", "考核内容", "评分标准", "分值", "计分方式", "算式", "得分", "说明")
_WIDTHS = (7, 10, 22, 40, 8, 10, 30, 10, 26)


def card_document(card: Card, sheets: list[Sheet], whose: str) -> bytes:
    """The card as a document of the organ ``whose``, on A4 lying: its tables are wide."""
    paper = Paper(card_tables.title(card), whose, landscape=True)
    paper.note(f"填报单位：{whose}　{card_tables.lead(card)}")
    parts = iter(_NUMERALS)
    paper.heading(f"{next(parts)}、概述")
    for sentence in card_tables.sentences(card):
        paper.paragraph(sentence)
    for table in card_tables.tables(card):
        paper.heading(f"{next(parts)}、{table.title}")
        paper.table(table.heads, [[words(cell) for cell in row] for row in table.rows], _shares(table))
    for sheet in sheets:
        paper.heading(f"{next(parts)}、{sheet.assessment.title}")
        paper.note(f"出处：{sheet.assessment.source}")
        rows = [[f"{cell:g}" if isinstance(cell, float) else cell for cell in row] for row in _scores(sheet)]
        paper.table(_SCORE_HEADS, rows, [w + 2 for w in _WIDTHS])
        for note in _score_notes(sheet):
            paper.note(note)
    paper.heading(f"{next(parts)}、说明")
    for note in NOTES:
        paper.note(note)
    return paper.content()


def _shares(table: CardTable) -> list[float]:
    return (
        [26.0] + [10.0] * (len(table.heads) - 1) if len(table.heads) > 5 else [30.0] + [14.0] * (len(table.heads) - 1)
    )


def card_workbook(card: Card, sheets: list[Sheet], whose: str) -> bytes:
    """The card as a workbook: a sheet a table."""
    name = card_tables.title(card)
    lead = f"填报单位：{whose}　{card_tables.lead(card)}"
    made = []
    for table in card_tables.tables(card):
        columns = tuple(Column(head, 30 if not n else 11, left=not n) for n, head in enumerate(table.heads))
        rows = [[card_tables.DASH if cell is None else cell for cell in row] for row in table.rows]
        made.append(WorkbookSheet(table.title, f"{name}（{table.title}）", columns, rows, lead, NOTES, frozen=1))
    for sheet in sheets:
        columns = tuple(
            Column(head, width, left=head in ("评分标准", "算式", "说明", "考核内容"))
            for head, width in zip(_SCORE_HEADS, _WIDTHS, strict=True)
        )
        notes = (f"出处：{sheet.assessment.source}", *_score_notes(sheet))
        made.append(WorkbookSheet(sheet.assessment.title, f"{name}（考核表）", columns, _scores(sheet), lead, notes))
    return workbook_bytes(name, whose, made)


def _scores(sheet: Sheet) -> list[list[Cell]]:
    return [_score(n, score) for n, score in enumerate(sheet.scores, 1)]


def _score(n: int, score: Score) -> list[Cell]:
    row = score.row
    points: Cell = score.points
    if row.kind is RowKind.ZEROING and score.points is not None:
        points = "清零" if score.points else "否"
    return [n, row.group, row.item, row.standard, row.weight, row.kind.value, row.formula or "", points, score.why]


def _score_notes(sheet: Sheet) -> list[str]:
    still = f"；还有{sheet.open_rows}行要由考核人员填写，填好后再加总" if sheet.open_rows else ""
    full = card_tables.number(sheet.assessment.full_marks)
    reachable = card_tables.number(sheet.reachable)
    said = f"能够计算的各行满分{reachable}分（全表满分{full}分），算得{sheet.computed:g}分{still}。"
    return [said, *([sheet.assessment.note] if sheet.assessment.note else [])]
