"""Rules about columns: home page, kinds of columns, single rows, blank ones. One finding an indicator, never one a row."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding, Place
from gongkai.rules.inspection import codes
from gongkai.rules.inspection.freshness import blank_columns, column_states, newest_by_kind
from gongkai.rules.inspection.standards import standards

SHOWN = 5
NEWS, FIRST = "30-08-02", "30-01-01"


def operating(dataset: Dataset) -> bool:
    """Whether the site is in operation; one that is being set up is not yet judged by how fresh it is."""
    return len(dataset.published) >= standards().operating


def listed(names: list[str]) -> str:
    """Some names, and how many more."""
    more = len(names) - SHOWN
    return "、".join(names[:SHOWN]) + (f"等（还有 {more} 个）" if more > 0 else "")


def home_stale(dataset: Dataset) -> Iterator[Finding]:
    """R3.7: a home page that was not updated for two weeks fails the whole site."""
    newest, limit = dataset.updated_on, standards().home
    if newest and operating(dataset) and dataset.today > limit.due(newest):
        example = (
            NEWS if NEWS in dataset.catalogue.by_id else next((e.id for e in dataset.catalogue.own_entries()), FIRST)
        )
        yield codes.HOME_STALE.at(
            Place(dataset.settings.file),
            newest=newest,
            today=dataset.today,
            days=(dataset.today - newest).days,
            limit=limit.label,
            example=example,
        )


def kinds_stale(dataset: Dataset) -> Iterator[Finding]:
    """R3.7: columns by kind, over the whole site. A kind is stale when none of its rows is fresh."""
    if not operating(dataset):
        return
    for kind, best in newest_by_kind(list(column_states(dataset))).items():
        if best.stale(dataset.today):
            found = codes.MAIN_COLUMN_STALE if best.limit.main else codes.OTHER_COLUMN_STALE
            yield found.at(
                Place(dataset.settings.file),
                kind=kind,
                newest=best.newest,
                entry=best.entry.level2,
                limit=best.limit.label,
                id=best.entry.id,
            )


def entries_stale(dataset: Dataset) -> Iterator[Finding]:
    """R3.7 row by row, for whoever wants to know: one note for all of them."""
    if not operating(dataset):
        return
    stale = [s for s in column_states(dataset) if s.stale(dataset.today)]
    if stale:
        names = [f"{s.entry.id} {s.entry.level2}" for s in sorted(stale, key=lambda s: s.newest)]
        yield codes.ENTRIES_STALE.at(Place(dataset.settings.file), n=len(stale), list=listed(names))


def columns_blank(dataset: Dataset) -> Iterator[Finding]:
    """R3.7: five blank columns fail the whole site. Fixed columns and adopted fields count, single rows do not."""
    if not operating(dataset):
        return
    blank, limit = blank_columns(dataset), standards().veto_blank
    if len(blank) >= limit:
        empty = [f for f in dataset.catalogue.fields if f.id not in dataset.by_field and f.own_entries]
        example = empty[0].own_entries[0].id if empty else FIRST
        place = Place(dataset.settings.file)
        yield codes.COLUMNS_BLANK.at(place, n=len(blank), list=listed(blank), limit=limit, example=example)


RULES = (home_stale, kinds_stale, entries_stale, columns_blank)
