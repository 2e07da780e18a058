"""An index of our own: where every pair of letters stands. Any run of letters is found from every second of its pairs.

All rows of a shard stand one behind the other, each starting at a multiple of :data:`UNIT`, so that one number says
record and place. For single letters there is a list of records. Files are chunks of a few kilobytes, so that a
query reads little; the first key of each stands in the start data.

Chunk: ``varint n`` keys, ``varint`` length of the keys' text, the keys joined by line ends in UTF-8, ``n`` varints with
the lengths of what follows: for a pair its positions, for a letter ``4 * record + zone``, both as :func:`packing.rising`.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, pairwise, repeat
from operator import add
from typing import Any

from gongkai.search.packing import from_varints, pack, rising, varints, without
from gongkai.search.records import BODY, FILES, NAMES, TITLE
from gongkai.search.text import BREAK, Lost, Row, Zones

UNIT = 32
"""Rows start at multiples of this many positions, so that their lengths are small numbers."""

CHUNK_BYTES = 7_000
"""The size of a chunk before it is packed. One key with more than that has a chunk to itself."""

FIRST_CODE = 48
"""A small number is written into the start data as the character with this code plus the number."""

AFTER_ALL = "\uffff"
"""A first key that no key reaches."""

_BREAK = ord(BREAK)

_ENCODING = f"utf-32-{sys.byteorder[0]}e"
"""In which every letter is a number of 32 bits."""

Lists = defaultdict[int, "array[int]"]


def build_bigram(name: str, rows: Iterable[Row], zones: Zones) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return the files of a shard called ``name``, and what the start data must say about it.

    On the way, ``letters`` has for each letter the records with it, each under the best zone that has it; ``places`` where
    it stands, and ``seconds`` which letter is behind it there.
    """
    letters, places, seconds = _by_letter(), _by_letter(), _by_letter()
    units: list[int] = []
    base = 0
    for record, row in enumerate(rows):
        seen = {_BREAK}
        ends = (0, zones.title, zones.body, row.files_from, len(row.letters))
        for zone, (start, end) in zip((TITLE, NAMES, BODY, FILES), pairwise(ends), strict=True):
            codes = memoryview(row.letters[start:end].rstrip(BREAK).encode(_ENCODING)).cast("I").tolist()
            new = set(codes)
            new -= seen
            seen |= new
            _append(letters, new, repeat(4 * record + zone))
            behind = codes[1:]
            _append(places, codes, range(base + start, base + start + len(behind)))
            _append(seconds, codes, behind)
        units.append(len(row.letters) // UNIT + 1)
        base += units[-1] * UNIT
    files: dict[str, bytes] = {}
    first_keys: list[str] = []
    for keys, lists in _chunks(_packed(letters, places, seconds)):
        files[f"{name}-{chunk_part(len(first_keys))}.bin"] = pack(_chunk(keys, lists))
        first_keys.append(keys[0])
    return files, {"keys": "\n".join(first_keys), "units": units}


def chunk_part(number: int) -> str:
    """What the file name of a chunk says after the shard's name."""
    return f"i{number:04}"


def _by_letter() -> Lists:
    """Lists of numbers by letter."""
    return defaultdict(partial(array, "I"))


def _append(lists: Lists, keys: Iterable[int], numbers: Iterable[int]) -> None:
    """Append each number to the list of its key, while there are numbers. No loop in Python: this is most of the work."""
    deque(map(array.append, map(lists.__getitem__, keys), numbers), 0)


def _packed(letters: Lists, places: Lists, seconds: Lists) -> Iterator[tuple[str, bytes]]:
    """Keys and packed lists in the order in which a browser compares strings.

    The pairs are sorted by their second letters only here, one first letter after the other: so all that is at hand fits
    into the processor's cache.
    """
    for code in sorted(letters, key=_order):
        first = chr(code)
        yield first, rising(letters[code])
        pairs = _by_letter()
        _append(pairs, seconds.pop(code, ()), places.pop(code, ()))
        pairs.pop(_BREAK, None)
        for second in sorted(pairs, key=_order):
            yield first + chr(second), rising(pairs[second])


def _order(code: int) -> int:
    """What sorts letters as JavaScript does: by the halves of those beyond the first plane, which lie below U+E000."""
    return code if code < 0xE000 else code + 0x110000 if code < 0x10000 else code - 0x10000 + 0xD800


def _chunks(packed: Iterable[tuple[str, bytes]]) -> Iterator[tuple[list[str], list[bytes]]]:
    """Keys and packed lists by chunks."""
    keys: list[str] = []
    lists: list[bytes] = []
    size = 0
    for key, data in packed:
        if keys and size + len(data) > CHUNK_BYTES:
            yield keys, lists
            keys, lists, size = [], [], 0
        keys.append(key)
        lists.append(data)
        size += len(data) + 4
    if keys:
        yield keys, lists


def utf16(text: str) -> bytes:
    """What sorts strings as JavaScript does."""
    return text.encode("utf-16-be")


def _chunk(keys: list[str], lists: list[bytes]) -> bytes:
    text = "\n".join(keys).encode()
    return b"".join((varints((len(keys), len(text))), text, varints(map(len, lists)), *lists))


def strike(
    entry: Mapping[str, Any], content: Callable[[int], bytes], lost: Sequence[Lost]
) -> tuple[dict[int, bytes], dict[str, Any]]:
    """Take what is ``lost`` out of the index of a shard: the chunks that change, and the shard's new start data.

    ``content`` gives a chunk's content by its number.
    """
    first_keys = entry["keys"].split("\n")
    order = [utf16(key) for key in first_keys]
    bases = list(accumulate((units * UNIT for units in entry["units"]), initial=0))
    going: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for part in lost:
        for start, run in part.runs:
            for at, pair in enumerate(map(add, run, run[1:]), bases[part.number] + start):
                going[bisect_right(order, utf16(pair)) - 1][pair].add(at)
        for letter in part.letters:
            codes = {4 * part.number + zone for zone in (TITLE, NAMES, BODY, FILES)}
            going[bisect_right(order, utf16(letter)) - 1][letter] |= codes
    going.pop(-1, None)  # below the first key: struck out before
    changed = {}
    for number, keys in sorted(going.items()):
        lists = _lists(content(number))
        for key, numbers in keys.items():
            if key in lists:
                lists[key] = without(lists[key], numbers)
        lists = {key: packed for key, packed in lists.items() if packed}
        changed[number] = _chunk(list(lists), list(lists.values()))
        if first_keys[number] not in lists:
            first_keys[number] = next(iter(lists), "")
    for number in range(len(first_keys) - 1, -1, -1):
        if not first_keys[number]:  # an empty chunk is never asked: the next one begins where it does
            first_keys[number] = first_keys[number + 1] if number + 1 < len(first_keys) else AFTER_ALL
    return changed, {**entry, "keys": "\n".join(first_keys)}


def _lists(content: bytes) -> dict[str, bytes]:
    """The packed lists of a chunk by key."""
    (count, size), at = _some(content, 0, 2)
    keys = content[at : at + size].decode().split("\n") if count else []
    lengths, at = _some(content, at + size, count)
    found = {}
    for key, length in zip(keys, lengths, strict=True):
        found[key] = content[at : at + length]
        at += length
    return found


def read_chunk(content: bytes) -> dict[str, list[int]]:
    """The lists of a chunk by key, as numbers: the other way round, for tests."""
    return {key: list(accumulate(from_varints(packed))) for key, packed in _lists(content).items()}


def _some(content: bytes, at: int, count: int) -> tuple[list[int], int]:
    """``count`` varints from a place on, and the place after them."""
    end = at
    for _ in range(count):
        while content[end] & 0x80:
            end += 1
        end += 1
    return from_varints(content[at:end]), end
