"""What the search page needs beside the index, loaded only when it is needed: names to suggest, and the fold table."""

from __future__ import annotations

from typing import Any

from gongkai.dataset import Dataset
from gongkai.render.kept import kept
from gongkai.search.fold import table
from gongkai.search.packing import to_json
from gongkai.search.synonyms import groups


def page_data(dataset: Dataset) -> dict[str, bytes]:
    """Return the contents by the names under which the page asks for them: ``words`` and ``fold``."""
    return {"words": to_json(words(dataset)), "fold": kept(dataset.settings.root, "fold", "", table)}


def words(dataset: Dataset) -> dict[str, Any]:
    """Return the names of the site, short, as the page is to load them on a weak network.

    ``fields`` are [id, name], ``groups`` of the catalogue [id, name] (level 1, its field is in the id), ``entries``
    [id, name, number of published items], ``units`` [name, number of published items], ``synonyms`` the groups of words.
    """
    fields = dataset.catalogue.fields
    return {
        "fields": [[field.id, field.name] for field in fields if field.own_entries],
        "groups": [[group.id, group.name] for field in fields for group in field.groups],
        "entries": [
            [entry.id, entry.level2, len(dataset.by_entry.get(entry.id, ()))]
            for field in fields
            for entry in field.own_entries
        ],
        "units": [[unit.name, len(dataset.by_unit.get(unit.id, ()))] for unit in dataset.profile.units],
        "synonyms": groups(),
    }
