"""Words that mean the same to a resident: ``catalogue/search_synonyms.yaml``, by field, the formal word first."""

from __future__ import annotations

from functools import cache
from typing import Any

from gongkai.reading.marked_yaml import load
from gongkai.resources import catalogue_dir

FILE = "search_synonyms.yaml"


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """All groups in the order of their fields."""
    data: dict[str, Any] = load((catalogue_dir() / FILE).read_text("utf-8"))
    return tuple(tuple(str(word) for word in words) for field in sorted(data) for words in data[field])
