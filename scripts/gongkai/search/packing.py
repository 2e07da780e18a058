"""The form of every search data file: gzip over a mark and the content. It shows by itself whether it is whole.

The ending is ``.bin``, which every web server delivers; names never come back with another content, except for
:data:`START`. The same content gives the same bytes: neither the time nor the operating system gets into a file.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from operator import sub
from typing import Any

MARK = b"gks2"
"""What the content of every file starts with. The browser half takes nothing else for search data."""

START = "start.bin"
"""The file that names the others. The only one that keeps its name when its content changes."""

_LEVEL = 9
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class SearchError(Exception):
    """The search data cannot be made, or is not whole. The message says in Chinese what is wrong and what to do."""


def damaged(name: str) -> SearchError:
    """The error for a file that is missing or not whole."""
    return SearchError(f"检索数据的文件 {name} 缺失或不完整。请重新生成站点；若反复出现，请检查磁盘空间和安全软件。")


def pack(content: bytes) -> bytes:
    """Return the file for ``content``."""
    data = gzip.compress(MARK + content, _LEVEL, mtime=0)
    return data[:9] + b"\xff" + data[10:]


def unpack(name: str, data: bytes) -> bytes:
    """Return the content of the file ``name``. Raises :class:`SearchError` when it is not whole."""
    try:
        content = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(name) from error
    if not content.startswith(MARK):
        raise damaged(name)
    return content[len(MARK) :]


def to_json(value: Any) -> bytes:
    """JSON in UTF-8, short, keys sorted."""
    return _JSON.encode(value).encode()


def pack_json(value: Any) -> bytes:
    """Return the file for a JSON value."""
    return pack(to_json(value))


def rising(numbers: Sequence[int]) -> bytes:
    """Rising numbers as varints (7 bits a byte, low bits first) of their distances, the first from 0."""
    if len(numbers) < 2:
        return varints(numbers)
    return varints([numbers[0], *map(sub, numbers[1:], numbers)])


def varints(numbers: Iterable[int]) -> bytes:
    """Numbers from 0, 7 bits a byte, low bits first, the high bit set on all bytes of a number but its last."""
    numbers = list(numbers)
    largest = max(numbers, default=0)
    if largest < 0x80:
        return bytes(numbers)
    last, more = _tables()
    if largest < 0x4000:
        return b"".join([last[n] for n in numbers])
    if largest < 1 << 28:
        return b"".join([last[n] if n < 0x4000 else more[n & 0x3FFF] + last[n >> 14] for n in numbers])
    return b"".join(map(_long, numbers))


@cache
def _tables() -> tuple[list[bytes], list[bytes]]:
    """The one or two bytes that end a number, and two after which more come: 14 bits each."""
    ends, goes_on = ([bytes((n | bit,)) for n in range(0x80)] for bit in (0, 0x80))
    last = [*ends, *(low + high for high in ends[1:] for low in goes_on)]
    return last, [low + high for high in goes_on for low in goes_on]


def _long(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def from_varints(data: bytes) -> list[int]:
    """The numbers that :func:`varints` wrote."""
    numbers, number, shift = [], 0, 0
    for byte in data:
        number |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
        else:
            numbers.append(number)
            number = shift = 0
    return numbers


def without(packed: bytes, going: Collection[int]) -> bytes:
    """What :func:`rising` wrote, without the numbers ``going``: their distances go to the next one that stays."""
    out = bytearray()
    last = max(going, default=-1)
    total = carried = number = shift = copied = start = 0
    for at, byte in enumerate(packed):
        number |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
            continue
        total += number
        if total in going:
            out += packed[copied:start]
            carried += number
            copied = at + 1
        elif carried:
            out += varints([carried + number])
            carried, copied = 0, at + 1
        start = at + 1
        number = shift = 0
        if total >= last and not carried:
            break
    return bytes(out) + packed[copied:]
