"""What must not be found any more goes out of the files of a kept shard: readable texts, and the index, too.

From an index with places a text can be put together again. So when a record leaves the site, or loses a sentence,
that text is struck out of the index as well; what its new version still says may stay, as it is public, and goes when a
later version does not say it any more.
Browsers keep files by their names, so every file that changes gets a new one: ``moved`` of the start data says which.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from gongkai.search import bigram, pagefind
from gongkai.search.bigram import chunk_part
from gongkai.search.kept import GONE, Rest, Shard
from gongkai.search.packing import pack, pack_json, unpack
from gongkai.search.records import SearchRecord
from gongkai.search.store import group_part, record_of
from gongkai.search.text import BREAK, Lost, Row, Zones, lost_of, row_of, runs_of

Load = Callable[[str], SearchRecord]
"""What gives the record of an address as it is now."""


def strike(shard: Shard, gone: frozenset[int], live: Mapping[str, str], load: Load) -> Shard:
    """The shard without the texts of the records ``gone``, and without what of them is not in their present versions.

    ``live`` has the digests of the present records by address. Raises :class:`kept.UnreadableError`.
    """
    new = [number for number in sorted(gone) if shard.documents[number] != GONE]
    again = [number for number, rest in shard.rests.items() if live.get(rest.url) != rest.digest]
    if not new and not again:
        return shard
    lost: list[Lost] = []
    rests = dict(shard.rests)
    for number in sorted((*new, *again)):
        old = rests.pop(number) if number in rests else _whole(shard, number)
        part, rest = _parted(shard, number, old, live, load)
        lost.append(part)
        if rest.letters:
            rests[number] = rest
    parts = dict(_texts(shard, new))
    dropped = {piece for number in new for _, piece in _text(shard, number).get("more", ())}
    entry = shard.entry
    if shard.engine == "bigram":
        chunks, entry = bigram.strike(entry, lambda number: _content(shard, chunk_part(number)), lost)
    else:
        listing = pagefind.list_name(shard.name)
        pages = unpack(listing, shard.read(listing))
        chunks = pagefind.strike(entry["chunks"], pages, lambda n: _content(shard, chunk_part(n)), lost)
    parts |= {chunk_part(number): pack(content) for number, content in chunks.items()}
    moved = dict(entry.get("moved", {}))
    added = {}
    for part_name, data in parts.items():
        dropped.add(name_of(shard.name, moved, part_name))
        moved[part_name] = f"{shard.name}-x{part_name[0]}{hashlib.sha256(data).hexdigest()[:8]}.bin"
        added[moved[part_name]] = data
    return replace(
        shard,
        entry={**entry, "gone": sorted(gone), "moved": moved},
        documents=tuple(GONE if number in gone else known for number, known in enumerate(shard.documents)),
        fresh={name: data for name, data in shard.fresh.items() if name not in dropped} | added,
        stored={name: spot for name, spot in shard.stored.items() if name not in dropped and name not in added},
        rests=rests,
    )


def name_of(shard: str, moved: Mapping[str, str], part: str) -> str:
    """The file of a part of a shard."""
    return moved.get(part) or f"{shard}-{part}.bin"


def record_in(shard: Shard, number: int) -> SearchRecord:
    """A record as it stands in the texts of a shard. Raises :class:`kept.UnreadableError`."""
    return record_of(_text(shard, number), lambda piece: json.loads(unpack(piece, shard.read(piece))))


def _content(shard: Shard, part: str) -> bytes:
    name = name_of(shard.name, shard.entry.get("moved", {}), part)
    return unpack(name, shard.read(name))


def _text(shard: Shard, number: int) -> dict[str, Any]:
    size = shard.entry["group"]
    text: dict[str, Any] = json.loads(_content(shard, group_part(number // size)))[number % size]
    return text


def _whole(shard: Shard, number: int) -> Rest:
    """All that the index has of a record."""
    url, digest = shard.documents[number]
    row = row_of(record_in(shard, number), _zones(shard))
    return Rest(url, digest, runs_of(row), "".join(sorted(set(row.letters) - {BREAK})))


def _parted(shard: Shard, number: int, old: Rest, live: Mapping[str, str], load: Load) -> tuple[Lost, Rest]:
    """What of the old text goes, and what stays."""
    now: Row | None = None
    if old.url in live:
        record = load(old.url)
        now = row_of(record, zones_for(record, _zones(shard)))
    lost = lost_of(number, old.runs, old.letters, now)
    going = set(lost.runs)
    runs = tuple(run for run in old.runs if run not in going)
    letters = "".join(letter for letter in old.letters if letter not in lost.letters)
    return lost, Rest(old.url, live.get(old.url, ""), runs, letters)


def _zones(shard: Shard) -> Zones:
    title, body = shard.entry["zones"]
    return Zones(title, body - title)


def zones_for(record: SearchRecord, zones: Zones) -> Zones:
    """The zones, or larger ones if the record needs them: only its letters count here, not where they stand."""
    longest = max(len(record.title), sum(map(len, record.names))) * 20
    return Zones(max(zones.title, longest), max(zones.names, longest))


def _texts(shard: Shard, new: list[int]) -> Iterator[tuple[str, bytes]]:
    """The groups of texts that change."""
    size = shard.entry["group"]
    going: dict[int, list[int]] = defaultdict(list)
    for number in new:
        going[number // size].append(number % size)
    for group, places in going.items():
        texts = json.loads(_content(shard, group_part(group)))
        for place in places:
            texts[place] = None
        yield group_part(group), pack_json(texts)
