"""How text becomes a row of letters. The browser half folds queries by the same rules.

A record is one row: every letter takes a position, white space none, a group of punctuation marks or the end of
a block one :data:`BREAK`, over which no phrase reaches. The title stands at the start in a zone of fixed length,
the names of entry, field and unit in the next, then the body, then the text of the attachments: the position of a
hit says where it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from gongkai.search.fold import fold
from gongkai.search.records import SearchRecord
from gongkai.search.spelling import spellings

BREAK = "、"
"""The punctuation mark that stands for every break."""

SMALLEST_ZONE = 64
ZONE_STEP = 32

_JOINERS = frozenset({"Mn", "Mc", "Me", "Cf", "Cc"})
_IDEOGRAPHIC_PLANES = range(0x20000, 0x40000)
_BREAKS = re.compile(f"{BREAK}+")
_GAPS = re.compile(r"[\W_]+")
"""What stands between letters; on planes of rare Chinese characters there may be letters in it."""

_RUNS = re.compile(f"[^{BREAK}]+")


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


class _Kinds(dict[int, "int | None"]):
    """What each folded character becomes; every character is looked at once."""

    def __missing__(self, code: int) -> int | None:
        ch = chr(code)
        kind = code if is_letter(ch) else None if is_dropped(ch) else ord(BREAK)
        self[code] = kind
        return kind


_KINDS = _Kinds()


def letters(text: str) -> str:
    """Return the folded letters of a text and one :data:`BREAK` per group of punctuation marks.

    After them, each behind a break, stand the other spellings of its dates and numbers.
    """
    folded = fold(text)
    plain = _GAPS.sub(_gap, folded)
    more = spellings(folded)
    return _BREAKS.sub(BREAK, BREAK.join((plain, *more))) if more else plain


def _gap(match: re.Match[str]) -> str:
    return _between(match[0])


@lru_cache(maxsize=4096)
def _between(gap: str) -> str:
    """What is left of that which stands between letters."""
    return _BREAKS.sub(BREAK, gap.translate(_KINDS))


_letters_again = lru_cache(maxsize=1 << 14)(letters)
"""The same for titles, which are asked for twice, and for names, which are those of many records."""


def one_line(text: str) -> str:
    """The text with every group of white space as one space: what is stored of a block, and what its row is made of."""
    return " ".join(text.split())


def words(text: str) -> list[str]:
    """Return :func:`letters` one by one."""
    return list(letters(text))


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


class Zones(Struct, frozen=True):
    """How many positions the title and the names take in every row of a shard."""

    title: int
    names: int

    @property
    def body(self) -> int:
        """The position at which the body starts."""
        return self.title + self.names


class Row(Struct, frozen=True):
    """A record as a row of letters. ``starts`` are the positions of its blocks, then of those of its files.

    ``files_from`` is the position at which its attachments start; the row's length when it has none.
    """

    letters: str
    starts: tuple[int, ...]
    files_from: int


class Lost(Struct, frozen=True):
    """What must go out of the index of the record ``number`` of a shard: runs with their positions, and letters."""

    number: int
    runs: tuple[tuple[int, str], ...]
    letters: frozenset[str]


def runs_of(row: Row) -> tuple[tuple[int, str], ...]:
    """The unbroken runs of a row with their positions."""
    return tuple((match.start(), match[0]) for match in _RUNS.finditer(row.letters))


def lost_of(number: int, runs: Iterable[tuple[int, str]], letters: Iterable[str], new: Row | None) -> Lost:
    """What of a record's old runs and letters does not stand in its new row (None: nothing stands any more)."""
    left = new.letters if new else ""
    gone = tuple((start, run) for start, run in runs if run not in left)
    return Lost(number, gone, frozenset(letters) - frozenset(left) - {BREAK})


def zone_length(longest: int) -> int:
    """Return a zone's length: room for ``longest`` letters and a break, in steps, so that it stays."""
    return max(SMALLEST_ZONE, -(-(longest + 1) // ZONE_STEP) * ZONE_STEP)


def zones_of(records: Iterable[SearchRecord]) -> Zones:
    """Return zones that hold every title and all names of the records."""
    title = names = 0
    for record in records:
        title = max(title, len(_letters_again(record.title)))
        names = max(names, len(_joined(record.names)))
    return Zones(zone_length(title), zone_length(names))


def row_of(record: SearchRecord, zones: Zones) -> Row:
    """Return the row of a record. Raises ValueError when title or names do not fit into their zone."""
    title, names = _letters_again(record.title), _joined(record.names)
    if len(title) >= zones.title or len(names) >= zones.names:
        raise ValueError(f"标题或者名称比检索的分区（{zones.title}、{zones.names} 字）长：{record.title}")
    parts = [title.ljust(zones.title, BREAK), names.ljust(zones.names, BREAK)]
    starts: list[int] = []
    at = _append(parts, record.blocks, zones.body, starts)
    end = at
    for file in record.files:
        end = _append(parts, file.blocks, end, starts)
    return Row("".join(parts), tuple(starts), at)


def _append(parts: list[str], blocks: Sequence[str], at: int, starts: list[int]) -> int:
    """Add blocks, each with a break after it, to the parts of a row; the position after them."""
    for block in blocks:
        part = letters(one_line(block))
        if not part.endswith(BREAK):
            part += BREAK
        starts.append(at)
        parts.append(part)
        at += len(part)
    return at


def _joined(texts: Iterable[str]) -> str:
    return BREAK.join(map(_letters_again, texts))
