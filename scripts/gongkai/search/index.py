"""Records -> the files that the search page loads, all in one folder, all of the form of :mod:`packing`.

``start.bin``           how many pages, the facet values of each, the shards and where their records rank
``<shard>-i0000.bin``   the index of a shard in chunks (:mod:`bigram`, :mod:`pagefind`)
``<shard>-t00000.bin``  the readable texts of its records (:mod:`store`), ``-p`` the pieces of long ones
``<shard>-x….bin``      what of these was changed since (:mod:`striking`)
``<name>-<hash>.bin``   what others add (tables for the query side)

Without a cache the same records give the same bytes, in whatever order they come. With one, the shards of an earlier
build stay where they can (:mod:`plan`), and of a page that is in them no more than a :class:`records.Listed` is asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from gongkai.cache_folder import digest
from gongkai.search.bigram import FIRST_CODE, build_bigram, chunk_part
from gongkai.search.kept import Kept, Shard, UnreadableError, drop_shards, load_shards, save_shards
from gongkai.search.packing import START, damaged, pack, to_json, unpack
from gongkai.search.pagefind import build_pagefind, list_name
from gongkai.search.plan import Document, engine_for, facet_codes, make_plan, shard_name
from gongkai.search.records import FACETS, Listed, SearchRecord, newest_first
from gongkai.search.store import build_texts, group_part, group_size
from gongkai.search.striking import name_of, record_in, strike
from gongkai.search.text import row_of, zones_of
from gongkai.staging import Place

FORMAT = 2
"""The format of the start data and all it names. The browser half refuses any other."""

ENGINES = ("auto", "pagefind", "bigram")


class Form(Struct, frozen=True):
    """How a shard is built: its engine, and how many records share a file of texts."""

    engine: str
    group: int

    @property
    def stamp(self) -> str:
        """What tells shards of one form from those of another."""
        return f"{FORMAT} {self.engine} {self.group}"


def write_index(
    records: Sequence[Listed],
    place: Place,
    *,
    engine: str = "auto",
    cache: Path | None = None,
    extra: Mapping[str, bytes] | None = None,
) -> None:
    """Write the search data of all ``records`` into ``place``, as far as they do not stand there.

    ``engine`` is one of :data:`ENGINES`; ``cache`` a folder in which shards are kept; ``extra`` are contents that the
    query side loads by the names that ``start.extra`` gives. Raises :class:`packing.SearchError` when an engine fails or
    what was written or kept is not whole, OSError when the disk does not take it.
    """
    ordered = newest_first(records)
    used = engine_for(len(ordered), engine)
    form = Form(used, group_size(len(ordered)))
    kept = load_shards(cache, form.stamp)
    try:
        shards, ranks = _shards(form, ordered, kept)
    except UnreadableError:
        drop_shards(cache)
        kept = Kept()
        shards, ranks = _shards(form, ordered, kept)
    entries = [shard.entry for shard in shards.base]
    if shards.delta:
        entries.insert(0, {**shards.delta.entry, "at": ranks})
    further = {f"{name}-{hashlib.sha256(data).hexdigest()[:8]}.bin": data for name, data in (extra or {}).items()}
    start: dict[str, Any] = {
        "format": FORMAT,
        "count": len(ordered),
        "facets": _facets(ordered),
        "shards": entries,
        "extra": dict(zip(extra or {}, further, strict=True)),
    }
    try:
        for shard in (*shards.base, shards.delta):
            if shard is not None:
                _place(shard, place)
    except UnreadableError as error:
        drop_shards(cache)
        raise damaged(str(error)) from error
    for name, data in {**further, START: to_json(start)}.items():
        key = digest(data)
        if not place.keeps(name, key):
            place.put(name, pack(data), key)
    save_shards(cache, form.stamp, shards, kept)


def _place(shard: Shard, place: Place) -> None:
    """Put those files of a shard that do not stand there. Raises :class:`kept.UnreadableError`."""
    keys = {name: key for name, key in shard.digests() if not place.keeps(name, key)}
    for (name, key), data in zip(keys.items(), shard.read_all(list(keys)), strict=True):
        place.put(name, data, key)


def _shards(form: Form, ordered: Sequence[Listed], kept: Kept) -> tuple[Kept, list[int]]:
    """The shards of the site, and the ranks of the records in the delta. Raises :class:`kept.UnreadableError`."""
    documents = [(record.url, record.digest) for record in ordered]
    years = [record.date[:4] for record in ordered]
    plan = make_plan(documents, years, form.engine, [shard.documents for shard in kept.base])
    ranks = {url: rank for rank, (url, _) in enumerate(documents)}
    source = _Source(ordered, kept)
    base: list[Shard] = []
    if plan.shards is None:
        live = dict(documents)
        for shard, gone in zip(kept.base, plan.gone, strict=True):
            base.append(strike(shard, gone, live, lambda url: source.record(ranks[url])))
    else:
        known = {shard.documents: shard for shard in kept.base}
        for first, end in plan.shards:
            whole = tuple(documents[first:end])
            base.append(known.get(whole) or _build(form, source, range(first, end), whole))
    delta = None
    if plan.delta:
        changed = tuple(documents[rank] for rank in plan.delta)
        delta = kept.delta
        if delta is None or delta.documents != changed:
            delta = _build(Form("bigram", form.group), source, plan.delta, changed)
    return Kept(tuple(base), delta), list(plan.delta)


class _Source:
    """Where full records come from: what was kept, and the pages themselves for what is new."""

    def __init__(self, ordered: Sequence[Listed], kept: Kept) -> None:
        self._ordered, self._kept = ordered, kept
        self._loaded: dict[int, SearchRecord] = {}

    @cached_property
    def _known(self) -> dict[Document, tuple[Shard, int]]:
        shards = [*self._kept.base, *([self._kept.delta] if self._kept.delta else [])]
        return {document: (shard, number) for shard in shards for number, document in enumerate(shard.documents)}

    def record(self, rank: int) -> SearchRecord:
        """The record of that rank, which will be taken, too. Raises :class:`kept.UnreadableError`."""
        self._loaded[rank] = self.take(rank)
        return self._loaded[rank]

    def take(self, rank: int) -> SearchRecord:
        """The record of that rank, once. Raises :class:`kept.UnreadableError`."""
        if rank in self._loaded:
            return self._loaded.pop(rank)
        listed = self._ordered[rank]
        found = self._known.get((listed.url, listed.digest))
        return record_in(*found) if found else listed.load()


def _build(form: Form, source: _Source, ranks: Sequence[int], documents: tuple[Document, ...]) -> Shard:
    """Build the shard of some records, newest first."""
    records = [source.take(rank) for rank in ranks]
    name = shard_name(documents, form.stamp)
    zones = zones_of(records)
    rows = [row_of(record, zones) for record in records]
    if form.engine == "bigram":
        files, entry = build_bigram(name, rows, zones)
    else:
        files, entry = build_pagefind(name, rows)
    texts = build_texts(name, records, rows, form.group)
    attached = [[number, row.files_from] for number, row in enumerate(rows) if row.files_from < len(row.letters)]
    entry |= {
        "name": name,
        "engine": form.engine,
        "records": len(records),
        "zones": [zones.title, zones.body],
        "files": attached,
        "group": form.group,
    }
    return Shard(name, form.engine, entry, documents, files | texts)


def _facets(ordered: Sequence[Listed]) -> list[dict[str, Any]]:
    facets = []
    for key, label in FACETS.items():
        found = [record.facets.get(key, "") for record in ordered]
        values = sorted({value for value in found if value}, reverse=key == "year")
        numbers = {value: number for number, value in enumerate(values, 1)}
        of = facet_codes(found, numbers, FIRST_CODE)
        facets.append({"key": key, "label": label, "values": values, "of": of})
    return facets


def check_index(out: Path) -> None:
    """Check that every file of the search data in ``out`` is there and whole, and that there is no other.

    Raises :class:`packing.SearchError`, which names the file, if not.
    """
    start = _opened(out, START)
    present = {path.name for path in out.iterdir()} - {START}
    try:
        if start["format"] != FORMAT or any(len(facet["of"]) != start["count"] for facet in start["facets"]):
            raise damaged(START)
        named = {name for shard in start["shards"] for name in _names(shard)} | set(start["extra"].values())
    except (KeyError, TypeError) as error:
        raise damaged(START) from error
    for name in sorted(named):
        unpack(name, _read(out / name))
    for shard in start["shards"]:
        for name in _text_names(shard):
            for text in _opened(out, name):
                pieces = [piece for _, piece in (text or {}).get("more", ())]
                named.update(pieces)
                for piece in pieces:
                    _opened(out, piece)
    if left := sorted(present - named):
        raise damaged(left[0])


def _names(shard: Mapping[str, Any]) -> Iterator[str]:
    """The names of a shard's files, pieces of long texts apart."""
    yield from _text_names(shard)
    if shard["engine"] == "pagefind":
        yield shard["program"]
        if shard["records"]:
            yield list_name(shard["name"])
        chunks = shard["chunks"]
    else:
        chunks = len(shard["keys"].split("\n")) if shard["keys"] else 0
    for number in range(chunks):
        yield name_of(shard["name"], shard.get("moved", {}), chunk_part(number))


def _text_names(shard: Mapping[str, Any]) -> Iterator[str]:
    for group in range(-(-shard["records"] // shard["group"])):
        yield name_of(shard["name"], shard.get("moved", {}), group_part(group))


def _opened(out: Path, name: str) -> Any:
    try:
        return json.loads(unpack(name, _read(out / name)))
    except ValueError as error:
        raise damaged(name) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise damaged(path.name) from error
