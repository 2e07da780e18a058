"""The fixed entries of the disclosure column and where they lead (R3.9)."""

from __future__ import annotations

from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.render import catalogue_urls as urls


class ColumnLink(Struct, frozen=True):
    """A fixed entry with its address."""

    key: str
    title: str
    href: str


def column_links(dataset: Dataset) -> tuple[ColumnLink, ...]:
    """The five entries in their fixed order."""

    def href(target: str) -> str:
        if target == "catalogue":
            return urls.CATALOGUE
        return target.removesuffix(".md") + ".html" if target.endswith(".md") else urls.entry_url(target)

    return tuple(ColumnLink(c.key, c.title, href(c.target)) for c in dataset.profile.columns)
