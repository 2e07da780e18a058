"""Coverage as tables: for a workbook, for CSV, for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.dataset import Dataset
from gongkai.dataset.periods import span
from gongkai.model import Entry
from gongkai.reports.coverage import Cell as CoverageCell
from gongkai.reports.coverage import Coverage, Entries, Figures, Kind, Row, State
from gongkai.reports.sheet import Cell, Column, Share, Sheet

LETTERS = {
    State.PUBLISHED: "公",
    State.STATEMENT: "说",
    State.LATE: "迟",
    State.DUE: "期",
    State.MISSING: "缺",
    State.NOT_APPLICABLE: "—",
}
SHADES = {"公": "DDE8F3", "说": "EFEFEF", "迟": "FCE4D6", "期": "FFF2CC", "缺": "F8CBAD"}
LEGEND = "公：已按时公开；说：已发布情况说明；迟：晚于期限公开；缺：已过期限没有公开；期：快到期限；—：开始公开之前；数字：不定期公开的条目当月公开的条数。"
RATE = "公开率：已公开的期数（含情况说明、迟公开）占应公开期数的比例，只计按月、按季、按年公开且已经开始公开的条目。"

_FIGURES = (
    Column("应公开期数", 11),
    Column("按时公开", 10),
    Column("情况说明", 10),
    Column("迟公开", 8),
    Column("缺", 6),
    Column("将到期", 8),
    Column("公开率", 9),
)
DETAILS = (
    Column("领域", 14),
    Column("一级事项", 16, left=True),
    Column("二级事项", 28, left=True),
    Column("条目编号", 11),
    Column("村（社区）", 11),
    Column("责任单位", 18),
    Column("公开频次", 9),
    Column("所属期", 15),
    Column("情况", 10),
    Column("最迟公开日期", 13),
    Column("公开日期", 12),
    Column("条数", 6),
)


def figures_row(figures: Figures) -> list[Cell]:
    """The figures in the order of the columns."""
    rate = figures.rate
    return [
        figures.expected,
        figures.published,
        figures.statement,
        figures.late,
        figures.missing,
        figures.due,
        "—" if rate is None else Share(rate),
    ]


def unit_name(dataset: Dataset, row: Row) -> str:
    """The name of a row's unit; empty when nobody has published on it yet."""
    return next((unit.name for unit in dataset.profile.units if unit.id == row.unit), "")


def frequency(row: Row) -> str:
    """``每季度`` and the like; 不定期 for rows without a cycle."""
    return row.cycle.word if row.cycle else row.kind.value


def _months(cell: CoverageCell) -> int:
    first, last = span(cell.period)
    return last.month - first.month + 1


def details(dataset: Dataset, found: Coverage, year: int | None = None) -> Iterator[list[Cell]]:
    """A row for each row of the catalogue and each of its periods (months of publication, where nothing is periodic)."""
    for row in found.rows:
        field = found.catalogue.field_of(row.entry).name
        told = [field, row.entry.level1, row.entry.level2, row.entry.id, row.village, unit_name(dataset, row)]
        often = frequency(row)
        for cell in row.cells:
            if year is None or cell.period.year == year:
                state, count = cell.state.value, len(cell.items)
                yield [*told, often, cell.period.label, state, cell.due, cell.published_on, count]


def coverage_sheets(dataset: Dataset, found: Coverage, years: tuple[int, ...]) -> Iterator[Sheet]:
    """The workbook: by field, by unit, a map for each year, every period, blank rows."""
    name, lead = dataset.profile.name, f"截至 {found.today}"
    yield _by_field(name, lead, found)
    units = [(unit.name, found.figures(unit=unit.id)) for unit in dataset.profile.units]
    rows: list[list[Cell]] = [[n, *figures_row(figures)] for n, figures in units if figures.expected or figures.due]
    unit_columns = (Column("责任单位", 28), *_FIGURES)
    yield Sheet("各责任单位", f"{name}各责任单位定期公开情况", unit_columns, rows, lead, (RATE,), landscape=False)
    for year in years:
        yield _map(dataset, found, year, f"{name}{year}年公开情况分布", lead)
    listed = list(details(dataset, found))
    yield Sheet("明细", f"{name}公开情况明细", DETAILS, listed, lead, shades=_state_shades(), frozen=3)
    blank: list[list[Cell]] = [
        [n, found.catalogue.field_of(e).name, e.level1, e.level2, e.id, e.time_limit_text]
        for n, e in enumerate(_blank(found), 1)
    ]
    columns = (
        Column("序号", 6),
        Column("领域", 16),
        Column("一级事项", 20, left=True),
        Column("二级事项", 36, left=True),
        Column("条目编号", 11),
        Column("公开时限", 26, left=True),
    )
    yield Sheet("尚无信息的条目", f"{name}尚无信息的条目", columns, blank, lead)


def _state_shades() -> dict[str, str]:
    return {state.value: SHADES[letter] for state, letter in LETTERS.items() if letter in SHADES}


def _by_field(name: str, lead: str, found: Coverage) -> Sheet:
    columns = (Column("领域", 24), Column("条目", 8), Column("已有信息", 10), *_FIGURES)
    rows: list[list[Cell]] = []
    for field in found.fields():
        entries = found.entries(field.id)
        rows.append([field.name, entries.total, entries.filled, *figures_row(found.figures(field=field.id))])
    entries = found.entries()
    rows.append(["合计", entries.total, entries.filled, *figures_row(found.figures())])
    notes = (RATE, f"另有 {entries.board_only} 个条目只在村（社区）公示栏等处公开，不计在内。")
    last = frozenset({len(rows) - 1})
    return Sheet("各领域", f"{name}各领域公开情况", columns, rows, lead, notes, totals=last, filtered=False)


def _map(dataset: Dataset, found: Coverage, year: int, title: str, lead: str) -> Sheet:
    columns = (
        Column("领域", 14),
        Column("条目", 32, left=True),
        Column("责任单位", 18),
        *(Column(f"{month}月", 5.5) for month in range(1, 13)),
    )
    rows: list[list[Cell]] = []
    for row in found.rows:
        cells = [cell for cell in row.cells if cell.period.year == year]
        if not cells:
            continue
        months: list[Cell] = [None] * 12
        for cell in cells:
            first, last = span(cell.period)
            letter: Cell = LETTERS[cell.state]
            if row.kind is Kind.OCCASIONAL and cell.state is State.PUBLISHED:
                letter = len(cell.items)
            months[first.month - 1 : last.month] = [letter] * _months(cell)
        rows.append([found.catalogue.field_of(row.entry).name, row.name, unit_name(dataset, row), *months])
    return Sheet(f"{year}年分布", title, columns, rows, lead, (LEGEND,), shades=SHADES, frozen=2)


def _blank(found: Coverage) -> list[Entry]:
    return [row.entry for row in found.rows if row.kind is Kind.BLANK]


def as_json(dataset: Dataset, found: Coverage) -> dict[str, Any]:
    """Everything, for machines. Names are only added, never changed."""
    return {
        "site": dataset.settings.site_name,
        "today": found.today.isoformat(),
        "total": {**_entries(found.entries()), **_figures(found.figures())},
        "fields": [
            {"id": f.id, "name": f.name, **_entries(found.entries(f.id)), **_figures(found.figures(field=f.id))}
            for f in found.fields()
        ],
        "units": [
            {"id": unit.id, "name": unit.name, **_figures(found.figures(unit=unit.id))}
            for unit in dataset.profile.units
        ],
        "rows": [
            {
                "entry": row.entry.id,
                "field": row.entry.field_id,
                "name": row.entry.level2,
                "village": row.village or None,
                "kind": row.kind.name.lower(),
                "unit": row.unit,
                "cells": [
                    {
                        "period": str(cell.period),
                        "state": cell.state.name.lower(),
                        "due": cell.due.isoformat() if cell.due else None,
                        "published_on": cell.published_on.isoformat() if cell.published_on else None,
                        "items": [item.url for item in cell.items if dataset.may_be_published(item)],
                    }
                    for cell in row.cells
                ],
            }
            for row in found.rows
        ],
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "expected": figures.expected,
        "published": figures.published,
        "statement": figures.statement,
        "late": figures.late,
        "missing": figures.missing,
        "due": figures.due,
    }


def _entries(entries: Entries) -> dict[str, int]:
    return {"entries": entries.total, "filled": entries.filled, "board_only": entries.board_only}
