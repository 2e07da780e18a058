"""Rows that ask for information every month, quarter or year: the periods that have none yet (R6.1, R6.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.dataset.periods import missing
from gongkai.dataset.series import Series, series
from gongkai.model import Finding, Period
from gongkai.rules.deadline import codes

SHOWN = 6


def overdue_periods(dataset: Dataset) -> Iterator[Finding]:
    """Only where a period was reported on before; from that first period, or the adoption of the row, on."""
    for one in series(dataset):
        if gaps := missing(one.covered, one.cycle, one.since, dataset.today, dataset.calendar):
            yield _missing(one, gaps)


def _missing(one: Series, gaps: list[tuple[Period, dt.date]]) -> Finding:
    shown = "、".join(f"{period.label}（应在 {due} 前公开）" for period, due in gaps[-SHOWN:])
    more = f"等 {len(gaps)} 期" if len(gaps) > SHOWN else ""
    latest = gaps[-1][0]
    return codes.MISSING_PERIOD.at(
        one.newest.place("period"),
        field="period",
        entry=one.entry.id,
        name=one.name,
        word=one.cycle.word,
        periods=shown + more,
        label=latest.label,
        period=latest,
    )


RULES = (overdue_periods,)
