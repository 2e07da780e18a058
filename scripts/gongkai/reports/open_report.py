"""What a county counts from: ``data/report.json`` of a built site. It says nothing that the website does not show.

Items and their time limits as the ledger has them, owed periods, rows, and how far problems of the rectification list are:
their kind and unit, not their words; of personal data, and of registers that are never published, not even the kind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from gongkai.dataset import Dataset
from gongkai.model.rectification import Problem, ProblemText
from gongkai.readable import json_bytes
from gongkai.reading.rectification import read_problems
from gongkai.reports.facts import Facts, facts_of
from gongkai.resources import catalogue_dir
from gongkai.rules.registry import all_types

ADDRESS = "data/report.json"
SCHEMA = "open-report"
_PERSONAL = "GK5"
_REGISTERS = ("requests/", "feedback/")


def open_report(dataset: Dataset, facts: Facts | None = None) -> Iterator[tuple[str, bytes]]:
    """Address and content of the file and of its schema; ``facts`` are those of the dataset, where they were computed already."""
    problems = read_problems(dataset.settings.root, lambda _: None)
    data = as_data(dataset, facts or facts_of(dataset), problems)
    yield ADDRESS, json_bytes(data)
    yield "data/report.schema.json", (catalogue_dir() / "schema" / f"{SCHEMA}.schema.json").read_bytes()


def as_data(dataset: Dataset, facts: Facts, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """The content of the file."""
    profile = dataset.profile
    return {
        "$schema": "report.schema.json",
        "publisher": profile.full_name,
        "township": facts.township,
        "county": profile.county,
        "site": dataset.settings.site_url or None,
        "as_of": facts.today.isoformat(),
        "fields": [{"id": key, "name": name} for key, name in facts.fields.items()],
        "units": list(facts.units),
        "rows": [{"entry": entry, "field": field} for entry, field in facts.rows.items()],
        "items": [
            {
                "url": i.url,
                "entry": i.entry,
                "field": i.field,
                "unit": i.unit,
                "published_on": i.published_on.isoformat(),
                "limit": i.limit,
                "due": _day(i.due),
                "late": i.late,
                "days": i.days,
                "statement": i.statement,
                "interpretation": i.interpretation,
                "correction": i.correction,
            }
            for i in facts.items
        ],
        "periods": [
            {
                "entry": o.entry,
                "village": o.village,
                "field": o.field,
                "unit": o.unit,
                "period": o.period,
                "state": o.state.value,
                "day": o.day.isoformat(),
            }
            for o in facts.owed
        ],
        "uninterpreted": [
            {"url": d.url, "field": d.field, "unit": d.unit, "published_on": d.published_on.isoformat()}
            for d in facts.uninterpreted
        ],
        "rectification": [_problem(dataset, p) for p in problems],
    }


def _problem(dataset: Dataset, problem: Problem) -> dict[str, Any]:
    found = problem.found
    hidden = _hidden(found)
    item = dataset.by_file.get(found.file)
    shown = item is not None and not hidden and dataset.may_be_published(item)
    return {
        "id": problem.id,
        "problem": hidden or _titles().get(found.code, found.code),
        "basis": "" if hidden else found.basis,
        "unit": found.unit,
        "url": item.url if item is not None and shown else None,
        "events": [
            {"on": e.on.isoformat(), "event": e.happening.value, "due": _day(e.found.due) if e.found else None}
            for e in problem.events
        ],
    }


def _hidden(found: ProblemText) -> str:
    """All that is said of a problem nobody outside may read of; empty when its kind may be said."""
    if found.code.startswith(_PERSONAL):
        return "个人信息保护"
    return "登记簿的填写" if found.file.startswith(_REGISTERS) else ""


@lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    return {kind.code: kind.title for kind in all_types()}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
