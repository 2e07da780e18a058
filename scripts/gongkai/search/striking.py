"""What must not be found any more goes out of the files of a kept shard: readable texts, and the index, too.

From an index with places a text can be put together again. So when a record leaves the site, or loses a sentence,
that text is struck out of the index as well; what its new version still says may stay, as it is public.
Browsers keep files by their names, so every file that changes gets a new one: ``moved`` of the start data says which.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.search import bigram, pagefind
from gongkai.search.bigram import chunk_part
from gongkai.search.kept import GONE, Shard
from gongkai.search.packing import pack, pack_json, unpack
from gongkai.search.records import SearchRecord
from gongkai.search.store import group_part, record_of, text_of
from gongkai.search.text import Lost, Zones, lost_of, row_of


def strike(shard: Shard, gone: frozenset[int], live: Mapping[str, SearchRecord]) -> Shard:
    """The shard without the texts of the records ``gone``, and without what of them is not in the ``live`` records."""
    new = sorted(number for number in gone if shard.documents[number] != GONE)
    if not new:
        return shard
    lost = [_lost(shard, number, live.get(shard.documents[number][0])) for number in new]
    parts = dict(_texts(shard, frozenset(new), live))
    dropped = {name for number in new for name in shard.files if name.startswith(f"{shard.name}-p{number:05}-")}
    entry = shard.entry
    if shard.engine == "bigram":
        chunks, entry = bigram.strike(entry, lambda number: _content(shard, chunk_part(number)), lost)
    else:
        pages = unpack(pagefind.list_name(shard.name), shard.files[pagefind.list_name(shard.name)])
        chunks = pagefind.strike(entry["chunks"], pages, lambda n: _content(shard, chunk_part(n)), lost)
    parts |= {chunk_part(number): pack(content) for number, content in chunks.items()}
    moved = dict(entry.get("moved", {}))
    added = {}
    for part, data in parts.items():
        dropped.add(name_of(shard.name, moved, part))
        moved[part] = f"{shard.name}-x{part[0]}{hashlib.sha256(data).hexdigest()[:8]}.bin"
        added[moved[part]] = data
    documents = tuple(GONE if number in gone else known for number, known in enumerate(shard.documents))
    entry = {**entry, "gone": sorted(gone), "moved": moved}
    return shard.changed(entry, documents, dropped, added)


def name_of(shard: str, moved: Mapping[str, str], part: str) -> str:
    """The file of a part of a shard."""
    return moved.get(part) or f"{shard}-{part}.bin"


def _content(shard: Shard, part: str) -> bytes:
    name = name_of(shard.name, shard.entry.get("moved", {}), part)
    return unpack(name, shard.files[name])


def _lost(shard: Shard, number: int, now: SearchRecord | None) -> Lost:
    size = shard.entry["group"]
    text = json.loads(_content(shard, group_part(number // size)))[number % size]
    title, body = shard.entry["zones"]
    zones = Zones(title, body - title)
    old = record_of(text, lambda piece: json.loads(unpack(piece, shard.files[piece])))
    return lost_of(number, row_of(old, zones), row_of(now, zones_for(now, zones)) if now else None)


def zones_for(record: SearchRecord, zones: Zones) -> Zones:
    """The zones, or larger ones if the record needs them: only its letters count here, not where they stand."""
    longest = max(len(record.title), sum(map(len, record.names))) * 20
    return Zones(max(zones.title, longest), max(zones.names, longest))


def _texts(shard: Shard, new: frozenset[int], live: Mapping[str, SearchRecord]) -> Iterator[tuple[str, bytes]]:
    """The groups of texts that change."""
    size = shard.entry["group"]
    title, body = shard.entry["zones"]

    def again(number: int) -> dict[str, Any] | None:
        if number in new or shard.documents[number] == GONE:
            return None
        record = live[shard.documents[number][0]]
        return text_of(shard.name, number, record, row_of(record, Zones(title, body - title)))[0]

    for group in sorted({number // size for number in new}):
        members = range(group * size, min((group + 1) * size, len(shard.documents)))
        yield group_part(group), pack_json([again(number) for number in members])
