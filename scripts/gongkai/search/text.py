"""How text becomes index words. The browser half (``gongkai-search.js``) folds queries by the same rules.

Pagefind splits text at white space. Writing every letter as a word of its own and asking for an exact
phrase therefore finds every substring. A lone punctuation mark takes a word position but no place in the
index, so no phrase crosses it. The title stands alone in a zone of fixed length at the start: a hit whose
first position lies below the zone's length is a hit in the title.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

BREAK = "、"
"""The punctuation mark that stands for every break."""

EVERY_PAGE = "gkall"
"""A word that every page ends with. No query can contain it, since a query's words are single letters."""

SMALLEST_ZONE = 64
ZONE_STEP = 32

_JOINERS = frozenset({"Mn", "Mc", "Me", "Cf", "Cc"})
_IDEOGRAPHIC_PLANES = range(0x20000, 0x40000)


def fold(text: str) -> str:
    """Return ``text`` with full and half width, compatibility forms and letter case made equal."""
    return "".join(ch.lower() for ch in unicodedata.normalize("NFKC", text))


def is_letter(ch: str) -> bool:
    """Whether a folded character is searchable: a letter, a digit, or on a plane of rare Chinese characters.

    The planes are named because Python and browsers know different versions of Unicode, and a rare character
    in a person's name must be a letter to both.
    """
    return unicodedata.category(ch)[0] in "LN" or ord(ch) in _IDEOGRAPHIC_PLANES


def is_dropped(ch: str) -> bool:
    """Whether a folded character leaves no trace: white space, combining and invisible marks."""
    category = unicodedata.category(ch)
    return category[0] == "Z" or category in _JOINERS


def words(text: str) -> list[str]:
    """Return one word per letter, and one :data:`BREAK` per group of punctuation marks."""
    out: list[str] = []
    for ch in fold(text):
        if is_letter(ch):
            out.append(ch)
        elif not is_dropped(ch) and (not out or out[-1] != BREAK):
            out.append(BREAK)
    return out


def runs(query: str) -> list[str]:
    """Return what a query asks for: its unbroken runs of letters, each of them once. All must occur."""
    found: dict[str, None] = {}
    run = ""
    for ch in fold(query) + " ":
        if is_letter(ch):
            run += ch
        elif run and (not is_dropped(ch) or ch.isspace()):
            found[run] = None
            run = ""
    return list(found)


def title_zone(titles: Iterable[str]) -> int:
    """Return the zone's length: room for the longest title and a break, in steps, so that it stays."""
    need = max((len(words(title)) for title in titles), default=0) + 1
    return max(SMALLEST_ZONE, -(-need // ZONE_STEP) * ZONE_STEP)


def page_words(title: str, blocks: Iterable[str], zone: int) -> str:
    """Return the text to index for one page: the title's zone, every block with a break, the common word."""
    head = words(title)
    if len(head) >= zone:
        raise ValueError(f"标题比检索的标题区（{zone} 字）长：{title}")
    out = head + [BREAK] * (zone - len(head))
    for block in blocks:
        out += words(block)
        if out[-1] != BREAK:
            out.append(BREAK)
    return " ".join([*out, EVERY_PAGE])
