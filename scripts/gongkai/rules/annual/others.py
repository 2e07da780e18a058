"""An annual report beside what else is known: last year's report, the register of requests, the site's own items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from gongkai.dataset import Dataset
from gongkai.dataset.normative import issued_in, repealed_in, valid_at
from gongkai.dataset.periods import cycle_of, due_day
from gongkai.dataset.requests import part_four, part_three
from gongkai.model import NO_DATE, Finding, Item, Period, UnknownYear, annual
from gongkai.model.request import REMEDIES_FILE, register_file
from gongkai.patterns import regex
from gongkai.rules.annual import codes, words
from gongkai.rules.annual.report import Report
from gongkai.rules.annual.shape import place
from gongkai.rules.annual.tables import Cell

_BLANKS = regex(r"\s+")
_SHORTEST = 40
_SHOWN = 4


def carried_over(report: Report, before: Report | None) -> Iterator[Finding]:
    """R2.6 ④: what last year left over is what came in from it."""
    if before is None or report.requests is None or before.requests is None:
        return
    for column in annual.COLUMNS:
        now = report.requests.cell(annual.CARRIED_IN.key, column)
        then = before.requests.cell(annual.CARRIED_OUT.key, column)
        if now and then and now.value is not None and then.value is not None and now.value != then.value:
            yield codes.CARRIED_OVER.at(
                place(report, now.line),
                column=column,
                stated=now.value,
                before=then.value,
                year=before.year,
                other=before.item.file,
            )


def _normative(report: Report | None) -> list[int] | None:
    """The three figures on normative documents, if all are there."""
    line = report.proactive.get("normative") if report else None
    values = [c.value for c in line.cells if c.value is not None] if line else []
    return values if len(values) == 3 else None


def in_force(report: Report, before: Report | None) -> Iterator[Finding]:
    """R2.3: in force = in force last year + issued - repealed."""
    now, then = _normative(report), _normative(before)
    if now is None or then is None:
        return
    due = then[2] + now[0] - now[1]
    if now[2] != due:
        yield codes.IN_FORCE.at(
            place(report, report.proactive["normative"].line),
            before=then[2],
            issued=now[0],
            repealed=now[1],
            sum=due,
            stated=now[2],
        )


def rules_of_township(report: Report) -> Iterator[Finding]:
    """R2.6 ⑥."""
    line = report.proactive.get("rules")
    for cell in line.cells if line else ():
        if cell.value:
            yield codes.RULES_OF_TOWNSHIP.at(place(report, cell.line), column=cell.column, value=cell.value)


def site(report: Report, dataset: Dataset) -> Iterator[Finding]:
    """R2.3: as many documents as the site itself shows for years that it covers; it may not show fewer than are reported."""
    line = report.proactive.get("normative")
    if line is None or len(line.cells) < 3 or not _covers(dataset, report.year):
        return
    known: list[list[Item]] = [
        issued_in(dataset, report.year),
        repealed_in(dataset, report.year),
        valid_at(dataset, dt.date(report.year, 12, 31)),
    ]
    # What was issued before the site began may be in force still.
    for cell, items in zip(line.cells[:2], known[:2], strict=True):
        if cell.value is not None and cell.value != len(items):
            yield _differs(report, cell, items)
    last = line.cells[2]
    if last.value is not None and last.value < len(known[2]):
        yield _differs(report, last, known[2])


def _covers(dataset: Dataset, year: int) -> bool:
    """Whether the site was kept through all of ``year``: something was published before it began, or in its January."""
    days = [i.published_on for i in dataset.items if i.published_on != NO_DATE and not i.draft]
    return bool(days) and min(days) <= dt.date(year, 1, 31)


def _differs(report: Report, cell: Cell, items: list[Item]) -> Finding:
    names = "、".join(item.document_number or item.title for item in items[:_SHOWN])
    more = "等" if len(items) > _SHOWN else ""
    files = f"（{names}{more}）" if names else ""
    return codes.SITE_DIFFERS.at(
        place(report, cell.line), column=cell.column, stated=cell.value, count=len(items), files=files
    )


def register(report: Report, dataset: Dataset) -> Iterator[Finding]:
    """条例 Art. 45: the report says what the register gives."""
    registers = dataset.registers
    if not registers.sound or dataset.today <= dt.date(report.year, 12, 31):
        return
    if report.year in registers.years and report.requests:
        counts = part_three(registers, report.year, dataset.today)
        for key, cells in report.requests.rows.items():
            expected = dict(zip(annual.COLUMNS, counts[key], strict=True))
            yield from _unlike(
                report,
                [(c, expected[c.column]) for c in cells],
                annual.ROW_BY_KEY[key].name,
                register_file(report.year),
            )
    if registers.has_remedies and report.remedies:
        figures = part_four(registers, report.year, dataset.today)
        for n, block in enumerate(annual.REMEDIES):
            pairs = list(zip(report.remedies.block(n), figures[n * 5 : n * 5 + 5], strict=False))
            yield from _unlike(report, pairs, block, REMEDIES_FILE)


def _unlike(report: Report, pairs: list[tuple[Cell, int]], row: str, file: str) -> Iterator[Finding]:
    wrong = [(cell, right) for cell, right in pairs if cell.value is not None and cell.value != right]
    if wrong:
        cells = "，".join(f"“{c.column}”写的是 {c.value}，登记簿是 {right}" for c, right in wrong)
        table = "表四" if file == REMEDIES_FILE else "表三"
        yield codes.REGISTER_DIFFERS.at(
            place(report, wrong[0][0].line), table=table, row=row, cells=cells, file=file, year=report.year
        )


def same_as_before(report: Report, before: Report | None) -> Iterator[Finding]:
    """R8.2: last year's text under this year's title."""
    if before is None:
        return
    for n in (0, 4, 5):
        mine = _BLANKS.sub("", "".join(text for _, text in report.texts(n)))
        theirs = _BLANKS.sub("", "".join(text for _, text in before.texts(n)))
        if mine == theirs and len(mine) >= _SHORTEST:
            yield codes.SAME_AS_BEFORE.at(
                place(report, report.parts[n].title.line),
                part=annual.PARTS[n],
                year=before.year,
                other=before.item.file,
            )


def twice(report: Report, others: Iterable[Report]) -> Iterator[Finding]:
    """R1.16: one report for a year. Drafts do not count, nor reports of other organs that are reprinted (R1.1)."""
    mine = [r for r in (report, *others) if not r.item.draft and r.item.source is None and r.item.publisher is None]
    other = next((r for r in mine[1:] if r.item is not report.item), None)
    if mine and mine[0] is report and other is not None:
        place, values = report.item.place("title"), {"year": report.year, "next": report.year + 1}
        yield codes.TWICE.at(place, field="title", other=other.item.file, **values)


def late(report: Report, dataset: Dataset) -> Iterator[Finding]:
    """R1.16: by the day that the row of the catalogue names; without one, by 31 March as for a whole government."""
    item = report.item
    if item.draft or item.published_on == NO_DATE:
        return
    entry = dataset.catalogue.find(item.entry_id)
    cycle = cycle_of(entry) if entry else None
    due = dt.date(report.year + 1, 3, 31)
    if cycle and cycle.day:
        try:
            due = due_day(Period(report.year), cycle, dataset.calendar)
        except UnknownYear:
            return
    if item.published_on > due:
        yield codes.LATE.at(
            item.place("published_on"),
            field="published_on",
            year=report.year,
            due=due,
            published=item.published_on,
            next=report.year + 1,
        )


def news(report: Report, dataset: Dataset) -> Iterator[Finding]:
    """R2.8, with the number of items that the site shows for the year as the right figure."""
    return words.wording(report, len(dataset.by_year.get(report.year, ())))
