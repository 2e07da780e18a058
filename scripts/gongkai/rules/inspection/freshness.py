"""Which columns are fresh, stale or blank, seen as a site's columns by kind and as single catalogue rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from gongkai.dataset import Dataset
from gongkai.model import Entry, LimitKind
from gongkai.patterns import regex
from gongkai.rules.inspection.standards import Limit, standards

_NO_TEXT = regex(r"\A---\n(?s:.*?)\n---\n|<!--(?s:.*?)-->|^#.*$", re.MULTILINE)

# How often a row itself says that it is due (its own time limit); a row is not due before that.
_RHYTHM = {LimitKind.MONTHLY: 1, LimitKind.QUARTERLY: 3, LimitKind.HALF_YEARLY: 6, LimitKind.YEARLY: 12}


class ColumnState(Struct, frozen=True):
    """One column: a catalogue row in use, its newest item, and by when the next one was due."""

    entry: Entry
    newest: dt.date
    limit: Limit
    due: dt.date

    def stale(self, today: dt.date) -> bool:
        """Whether the column is past its day."""
        return today > self.due


def limit_of(entry: Entry, limit: Limit) -> Limit:
    """The limit of the row's kind, or the row's own rhythm where that is slower (a yearly table is not due in spring)."""
    months = max((_RHYTHM.get(rule.kind, 0) for rule in entry.time_limits), default=0)
    return replace(limit, days=0, months=months) if months > limit.months + limit.days / 28 else limit


def column_states(dataset: Dataset) -> Iterator[ColumnState]:
    """The rows in use whose kind has a limit. Rows that ask for lasting display only are never due."""
    table = standards().freshness
    for entry in dataset.catalogue.own_entries():
        kind_limit = table.get(entry.column_kind or "")
        items = dataset.by_entry.get(entry.id)
        if kind_limit is None or not items:
            continue
        if entry.time_limits and all(rule.kind is LimitKind.LONG_TERM for rule in entry.time_limits):
            continue
        newest, limit = items[0].published_on, limit_of(entry, kind_limit)
        yield ColumnState(entry, newest, limit, limit.due(newest))


def newest_by_kind(states: list[ColumnState]) -> dict[str, ColumnState]:
    """For each kind of column the one that is fresh the longest: while it is, the site as a whole is kept up."""
    best: dict[str, ColumnState] = {}
    for state in states:
        kind = state.entry.column_kind or ""
        if kind not in best or state.due > best[kind].due:
            best[kind] = state
    return best


def _has_text(page: str) -> bool:
    """Whether a page says anything below its headings."""
    return bool(_NO_TEXT.sub("", page).strip())


def blank_columns(dataset: Dataset) -> list[str]:
    """The fixed columns and adopted fields without any content, by name. Single rows are no columns."""
    blank = []
    for column in dataset.profile.columns:
        if column.target == "catalogue":
            empty = not dataset.published
        elif column.target.endswith(".md"):
            path = dataset.settings.docs_dir / column.target
            empty = not (path.is_file() and _has_text(path.read_text("utf-8", errors="replace")))
        else:
            empty = column.target not in dataset.by_entry
        if empty:
            blank.append(column.title)
    return blank + [f.name for f in dataset.catalogue.fields if f.own_entries and f.id not in dataset.by_field]
