"""What figures are counted from: one small record for each item and each owed period, the same for a site and for a county.

A site makes them out of its dataset, a county out of what its sites publish under ``data/``. As both count the same records
with the same functions, their figures are the same.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.model import WEBSITE
from gongkai.reports.coverage import Coverage, State, coverage
from gongkai.reports.ledger import Line, ledger
from gongkai.rules.inspection.interpretation import without_interpretation


class Fact(Struct, frozen=True):
    """A published item with its limit and the day that ran out on, as the ledger has them.

    ``late`` and ``days`` (natural days from the day its limit runs from) are None where nothing can be said.
    """

    url: str
    entry: str
    field: str
    unit: str
    published_on: dt.date
    limit: str = ""
    due: dt.date | None = None
    late: bool | None = None
    days: int | None = None
    statement: bool = False
    interpretation: bool = False
    correction: bool = False


class Owed(Struct, frozen=True):
    """A period of a periodic row that was reported on, or had to be. ``day`` says to which quarter and year it belongs."""

    entry: str
    field: str
    unit: str
    period: str
    state: State
    day: dt.date
    village: str = ""


class Document(Struct, frozen=True):
    """A normative document that has no interpretation."""

    url: str
    field: str
    unit: str
    published_on: dt.date


class Facts(Struct, frozen=True):
    """Everything that is counted of one township as of ``today``.

    ``fields`` and ``units`` are names in the township's order (fields by their ids); ``rows`` are the ids of the catalogue
    rows that belong on the website, with those of their fields.
    """

    township: str
    today: dt.date
    fields: dict[str, str]
    units: tuple[str, ...]
    rows: dict[str, str]
    items: tuple[Fact, ...]
    owed: tuple[Owed, ...]
    uninterpreted: tuple[Document, ...]


def facts_of(dataset: Dataset, covered: Coverage | None = None) -> Facts:
    """The facts of one site; ``covered`` is its coverage, where that was computed already."""
    covered = covered or coverage(dataset)
    names = {unit.id: unit.name for unit in dataset.profile.units}
    units = {name: unit.name for name, unit in dataset.profile.unit_by_name.items()}
    catalogue = dataset.catalogue
    fields = {field.id: field.name for field in (*catalogue.fields, *catalogue.retired_fields)}
    shown = {field.id for field in catalogue.fields} | set(dataset.by_field)
    return Facts(
        township=dataset.profile.name,
        today=dataset.today,
        fields={key: name for key, name in fields.items() if key in shown},
        units=tuple(unit.name for unit in dataset.profile.units),
        rows={
            row.entry.id: row.entry.field_id
            for row in covered.rows
            if row.entry.id in catalogue.by_id and (row.items or WEBSITE in row.entry.channels)
        },
        items=tuple(_fact(line, units) for line in ledger(dataset, covered) if line.address is not None),
        owed=tuple(
            Owed(
                row.entry.id,
                row.entry.field_id,
                names.get(row.unit or "", ""),
                str(cell.period),
                cell.state,
                cell.day,
                row.village,
            )
            for row, cell in covered.expected()
        ),
        uninterpreted=tuple(
            Document(item.url, dataset.entry(item).field_id, dataset.unit(item).name, item.published_on)
            for item in without_interpretation(dataset)
        ),
    )


def _fact(line: Line, units: dict[str, str]) -> Fact:
    """``units`` are the units' names by all that they may be called."""
    item, start = line.item, line.timing.start
    judged = line.overdue is not None and start is not None
    return Fact(
        url=item.url,
        entry=item.entry_id,
        field=line.entry.field_id,
        unit=units[item.responsible_unit],
        published_on=item.published_on,
        limit=line.timing.limit,
        due=line.due,
        late=line.overdue,
        days=(item.published_on - start).days if judged and start else None,
        statement=item.statement is not None,
        interpretation=item.interprets is not None,
        correction="更正" in item.title or "勘误" in item.title,
    )
