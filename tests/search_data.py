"""Search data written into a folder, and read back: every text that somebody could get out of them, the index itself included."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import cbor2

from gongkai.search.bigram import UNIT, read_chunk
from gongkai.search.folder import Folder
from gongkai.search.index import write_index
from gongkai.search.packing import START, unpack
from gongkai.search.records import SearchRecord, listed
from gongkai.search.text import BREAK


def write_data(records: Iterable[SearchRecord], out: Path, **options: Any) -> None:
    """Write the search data of records into the folder ``out``, in place of what lies there."""
    write_index([listed(record) for record in records], Folder(out), **options)


def content(data: Path, name: str) -> bytes:
    """The content of a file of the search data folder."""
    return unpack(name, (data / name).read_bytes())


def start_of(data: Path) -> dict[str, Any]:
    """The start data."""
    return json.loads(content(data, START))


def texts_of(data: Path) -> dict[str, dict[str, Any]]:
    """The readable text of every record by its address, pieces of long texts put back; ``blocks`` are (text, file)."""
    found = {}
    for shard in start_of(data)["shards"]:
        for name in _files(data, shard, "t"):
            for text in json.loads(content(data, name)):
                if text is not None:
                    pieces = [block for _, piece in text.pop("more", ()) for block in json.loads(content(data, piece))]
                    blocks = [(b, None) if isinstance(b, str) else tuple(b) for b in [*text["blocks"], *pieces]]
                    found[text["url"]] = {**text, "blocks": blocks}
    return found


def rows_of(data: Path) -> dict[str, list[str]]:
    """The rows of letters that the index of each shard gives away, by the shard's name."""
    return {
        shard["name"]: (_bigram_rows if shard["engine"] == "bigram" else _pagefind_rows)(data, shard)
        for shard in start_of(data)["shards"]
    }


def readable(data: Path) -> str:
    """All of it as one text: start data, texts, further files, and the rows of the index."""
    files = [content(data, path.name) for path in sorted(data.iterdir())]
    plain = [found.decode("utf-8", "replace") for found in files]
    return "\n".join([*plain, *(row for rows in rows_of(data).values() for row in rows)])


def _files(data: Path, shard: dict[str, Any], kind: str) -> list[str]:
    """The names of a shard's chunks (i) or texts (t)."""
    return sorted(path.name for part in (kind, f"x{kind}") for path in data.glob(f"{shard['name']}-{part}*.bin"))


def _bigram_rows(data: Path, shard: dict[str, Any]) -> list[str]:
    letters: dict[int, str] = {}
    alone: dict[int, set[str]] = {}
    for name in _files(data, shard, "i"):
        for key, numbers in read_chunk(content(data, name)).items():
            if len(key) == 1:
                for number in numbers:
                    alone.setdefault(number // 4, set()).add(key)
            else:
                for at in numbers:
                    for place, letter in enumerate(key):
                        assert letters.setdefault(at + place, letter) == letter
    rows, base = [], 0
    for number, units in enumerate(shard["units"]):
        row = "".join(letters.get(at, BREAK) for at in range(base, base + units * UNIT))
        rows.append(row.rstrip(BREAK) + BREAK + BREAK.join(sorted(alone.get(number, set()) - set(row))))
        base += units * UNIT
    return rows


def _pagefind_rows(data: Path, shard: dict[str, Any]) -> list[str]:
    rows: list[dict[int, str]] = [{} for _ in range(shard["records"])]
    for name in _files(data, shard, "i"):
        for word, pages, variants in cbor2.loads(content(data, name))[0]:
            for letter, found in ((word, pages), *variants):
                for number, places in _places(found):
                    for place in places:
                        rows[number][place] = letter
    return ["".join(row.get(at, BREAK) for at in range(max(row, default=-1) + 1)) for row in rows]


def _places(pages: list[Any]) -> Iterator[tuple[int, list[int]]]:
    """Pagefind's lists: distances from page to page, a weight (below 0), distances from place to place."""
    number = 0
    for distance, numbers, _ in pages:
        number += distance
        places, place = [], 0
        for gap in numbers:
            if gap >= 0:
                place += gap
                places.append(place)
        yield number, places
