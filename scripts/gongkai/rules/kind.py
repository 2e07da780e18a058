"""What a rule is: a small function from the dataset to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from gongkai.dataset import Dataset
from gongkai.model import Finding

Rule: TypeAlias = Callable[[Dataset], Iterator[Finding]]
BY_ITEM: set[Rule] = set()
"""The rules that look at each item alone: its text and front matter, the catalogue's rows, the settings, the calendar."""
BY_ITEM_AND_DAY: set[Rule] = set()
"""Those that look at the present day as well."""


def by_item(rule: Rule) -> Rule:
    """Mark a rule whose findings for an item are the same whatever other items there are and whatever day it is.

    What such a rule finds in a file is kept with it (:mod:`gongkai.reading.cache`) until file, catalogue, settings or
    program change. It may not look at other items, at files (other than which attachments an item has) or at the day.
    """
    BY_ITEM.add(rule)
    return rule


def by_item_and_day(rule: Rule) -> Rule:
    """Mark a rule that is as :func:`by_item` says, but may look at ``dataset.today``."""
    BY_ITEM_AND_DAY.add(rule)
    return rule
