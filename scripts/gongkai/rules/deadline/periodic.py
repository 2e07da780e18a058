"""Rows that ask for information every month, quarter or year: the periods that have none yet (R6.1, R6.7)."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.dataset.periods import Cycle, cycle_of, missing, span
from gongkai.model import Entry, Finding, Item, Period
from gongkai.rules.deadline import codes

SHOWN = 6
VILLAGE_SERIES = 4
"""Lists of one village (its board is where they must hang) make a series on the website from so many periods on."""

_VILLAGE = re.compile(r"\w{1,8}?(?:村|社区)")


def overdue_periods(dataset: Dataset) -> Iterator[Finding]:
    """Only where a period was reported on before; from that first period, or the adoption of the row, on."""
    for (entry_id, village), items in _series(dataset).items():
        entry = dataset.catalogue.by_id.get(entry_id)
        cycle = cycle_of(entry) if entry is not None else None
        if entry is None or cycle is None:
            continue
        covered = [item.period for item in items if item.period is not None]
        if village and len(set(covered)) < VILLAGE_SERIES:
            continue
        adopted = dataset.history.first_day(entry_id) or dataset.today
        since = max(min(span(period)[0] for period in covered), adopted)
        if gaps := missing(covered, cycle, since, dataset.today, dataset.calendar):
            newest = max(items, key=lambda i: (i.published_on, i.file))
            yield _missing(entry, cycle, village, gaps, newest)


def _series(dataset: Dataset) -> dict[tuple[str, str], list[Item]]:
    """The items of each row that report on a period, those of each village (as their titles begin) by themselves."""
    series: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in dataset.items:
        if item.period is not None and not item.draft and not item.on_request:
            village = _VILLAGE.match(item.title)
            series[item.entry_id, village[0] if village else ""].append(item)
    return series


def _missing(entry: Entry, cycle: Cycle, village: str, gaps: list[tuple[Period, dt.date]], newest: Item) -> Finding:
    shown = "、".join(f"{period.label}（应在 {due} 前公开）" for period, due in gaps[-SHOWN:])
    more = f"等 {len(gaps)} 期" if len(gaps) > SHOWN else ""
    latest = gaps[-1][0]
    return codes.MISSING_PERIOD.at(
        newest.place("period"),
        field="period",
        entry=entry.id,
        name=f"{entry.level2}，{village}" if village else entry.level2,
        word=cycle.word,
        periods=shown + more,
        label=latest.label,
        period=latest,
    )


RULES = (overdue_periods,)
