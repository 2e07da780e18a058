"""What a search should find, by looking through the texts that the search data of a built site hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gongkai.search.text import letters
from search_data import texts_of


@dataclass(frozen=True)
class Text:
    """A page: its address, the letters of its title and of its blocks, those of its attachments with their names."""

    url: str
    title: str
    blocks: tuple[str, ...]
    files: tuple[tuple[str, str], ...]

    def holds(self, run: str) -> bool:
        """Whether a run of letters stands in one of its blocks."""
        return any(run in text for text in (self.title, *self.blocks, *(text for text, _ in self.files)))


def all_texts(site: Path) -> list[Text]:
    """The texts of all pages of a site's search, newest first."""
    found = sorted(texts_of(site / "search/data").values(), key=lambda text: text["url"])
    found.sort(key=lambda text: text["date"], reverse=True)
    return [
        Text(
            text["url"],
            letters(text["title"]),
            tuple(letters(block) for block, file in text["blocks"] if file is None),
            tuple((letters(block), file) for block, file in text["blocks"] if file is not None),
        )
        for text in found
    ]


def pages_with(texts: list[Text], *runs: str) -> set[str]:
    """The addresses of the pages that hold every run."""
    return {text.url for text in texts if all(text.holds(run) for run in runs)}
