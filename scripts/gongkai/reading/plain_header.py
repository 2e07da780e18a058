"""The header of an item whose front matter is plain and wholly right: no nodes, each piece of text understood only once.

What a line such as ``method: 主动公开`` says does not depend on the lines around it, and most lines of an item stand in
hundreds of others. What they say is kept in a table of bounded size. A header that anything is to be said about is left to
:mod:`gongkai.reading.header`; where this reader gives one, it is what that one gives.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from gongkai.reading.header import Header, read_value
from gongkai.reading.plain_head import one_text, pieces, read_plain
from gongkai.reading.schema import schema
from gongkai.reading.vocabulary import Vocabulary, fold

_KEPT = 4096
_LONGEST_KEPT = 200
_Said = tuple[str, object, str | None]


@lru_cache(maxsize=1024)
def _one_a_line(keys: tuple[str, ...], first_line: int) -> dict[str, tuple[int, int]]:
    """Line and column of keys that stand one under the other; the same table for all the items that have them so."""
    return {key: (line, 1) for line, key in enumerate(keys, first_line)}


def _longest() -> dict[str, float]:
    """How long the value of a key may be, for those that any text will do for."""
    properties = schema("item").definition["properties"].items()
    return {
        key: of.get("maxLength", float("inf"))
        for key, of in properties
        if of.get("type") == "string" and not of.keys() & {"format", "pattern", "enum"}
    }


class PlainHeaders:
    """Reads headers against one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._longest = _longest()
        self._required = tuple(schema("item").definition["required"])
        self._remembered = lru_cache(maxsize=_KEPT)(self._piece)

    def read(self, head: str, file: str, first_line: int) -> Header | None:
        """The header in ``head``, which starts at ``first_line`` of ``file``; None when it is not plain or not right."""
        data: dict[str, Any] = {}
        lines: list[int] = []
        time: str | None = None
        for line, piece in pieces(head, first_line):
            if not piece:
                continue
            said = self._remembered(piece) if len(piece) <= _LONGEST_KEPT else self._piece(piece)
            if said is None or said[0] in data:
                return None
            data[said[0]] = said[1]
            lines.append(line)
            time = said[2] or time
        if not ("entry" in data or "category" in data) or any(key not in data for key in self._required):
            return None
        if lines[-1] - lines[0] == len(lines) - 1:
            places = _one_a_line(tuple(data), lines[0])
        else:
            places = {key: (line, 1) for key, line in zip(data, lines, strict=True)}
        return Header(file, data, places, published_time=time)

    def _piece(self, piece: str) -> _Said | None:
        """Canonical key, value and time of day of one key with what stands under it; None when it has to be looked at closely."""
        plain = one_text(piece)
        if plain is not None:
            key = self._vocabulary.keys.get(fold(plain[0]))
            longest = self._longest.get(key or "")
            if key is not None and longest is not None:
                text = plain[1].strip()
                return (key, text, None) if 0 < len(text) <= longest else None
        head = read_plain(piece, 1)
        if head is None:
            return None
        written, value = head.pairs[0]
        key = self._vocabulary.keys.get(fold(written.text))
        found = read_value(key, value, self._vocabulary) if key is not None else None
        return None if key is None or found is None else (key, *found)
