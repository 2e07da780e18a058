"""The annual reports of the demonstration, and what is said of one that was changed."""

from __future__ import annotations

import re

from msgspec.structs import replace

from gongkai.dataset import Dataset
from gongkai.model import Finding, Item
from gongkai.rules.annual import annual_reports
from gongkai.rules.annual.report import reports


def of_year(demo: Dataset, year: int) -> Item:
    """The demonstration's report on ``year``."""
    return next(r.item for r in reports(demo) if r.year == year)


def found_in(demo: Dataset, item: Item) -> list[Finding]:
    """What the family says on a demonstration in which ``item`` stands in the place of its file."""
    near = (i for i in demo.items if i.entry_id in ("30-02-04", "30-04-01"))
    items = tuple(item if i.file == item.file else i for i in near)
    return [f for f in annual_reports(replace(demo, items=items)) if f.file == item.file]


def changed(item: Item, line: int, column: int, by: int) -> Item | None:
    """``item`` with the ``column``-th figure of a line of its body changed; None when it would be negative."""
    lines = item.body.split("\n")
    figures = list(re.finditer(r"(?<=<td>)\d+(?=</td>)|(?<=\| )\d+(?= \|)", lines[line]))
    place = figures[column]
    if int(place[0]) + by < 0:
        return None
    lines[line] = lines[line][: place.start()] + str(int(place[0]) + by) + lines[line][place.end() :]
    return replace(item, body="\n".join(lines))
