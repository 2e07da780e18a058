"""Records -> the files that the search page loads, all in one folder, all of the form of :mod:`packing`.

``start.bin``           how many pages, the facet values of each, the shards and where their records rank
``<shard>-i0000.bin``   the index of a shard in chunks (:mod:`bigram`, :mod:`pagefind`)
``<shard>-t00000.bin``  the readable texts of its records (:mod:`store`), ``-p`` the pieces of long ones
``<shard>-x….bin``      what of these was changed since (:mod:`striking`)
``<name>-<hash>.bin``   what others add (tables for the query side)

Without a cache the same records give the same bytes, in whatever order they come. With one, the base shards of an
earlier build stay where they can (:mod:`plan`).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.search.bigram import FIRST_CODE, build_bigram, chunk_part
from gongkai.search.kept import Shard, load_shards, save_shards
from gongkai.search.packing import START, damaged, pack, pack_json, unpack
from gongkai.search.pagefind import build_pagefind, list_name
from gongkai.search.plan import Document, engine_for, facet_codes, make_plan, shard_name
from gongkai.search.records import FACETS, SearchRecord, digest_of, newest_first
from gongkai.search.store import build_texts, group_part, group_size
from gongkai.search.striking import name_of, strike
from gongkai.search.text import row_of, zones_of
from gongkai.writing import write_new

FORMAT = 2
"""The format of the start data and all it names. The browser half refuses any other."""

ENGINES = ("auto", "pagefind", "bigram")


@dataclass(frozen=True, slots=True)
class Form:
    """How a shard is built: its engine, and how many records share a file of texts."""

    engine: str
    group: int

    @property
    def stamp(self) -> str:
        """What tells shards of one form from those of another."""
        return f"{FORMAT} {self.engine} {self.group}"


def write_index(
    records: Sequence[SearchRecord],
    out: Path,
    *,
    engine: str = "auto",
    cache: Path | None = None,
    extra: Mapping[str, bytes] | None = None,
) -> None:
    """Write the search data of all ``records`` into the folder ``out``, in place of older ones.

    ``engine`` is one of :data:`ENGINES`; ``cache`` a folder in which base shards are kept; ``extra`` are contents that
    the query side loads by the names that ``start.extra`` gives. Raises :class:`packing.SearchError` when an engine
    fails or a written file is not whole, OSError when the disk does not take it.
    """
    ordered = newest_first(records)
    documents = [(record.url, digest_of(record)) for record in ordered]
    used = engine_for(len(ordered), engine)
    form = Form(used, group_size(len(ordered)))
    kept = load_shards(cache, form.stamp)
    plan = make_plan(documents, [r.date[:4] for r in ordered], used, [shard.documents for shard in kept])
    old = {shard.name: shard for shard in kept}
    if plan.shards is None:
        live = {record.url: record for record in ordered}
        base = [strike(shard, gone, live) for shard, gone in zip(kept, plan.gone, strict=True)]
    else:
        base = []
        for first, end in plan.shards:
            name = shard_name(documents[first:end], form.stamp)
            known = old.get(name)
            if known is None or known.dropped:
                known = _build(form, ordered[first:end], documents[first:end])
                old.pop(name, None)
            base.append(known)
    if base != kept:
        save_shards(cache, form.stamp, base, old)
    files = {name: data for shard in base for name, data in shard.files.items()}
    entries = [shard.entry for shard in base]
    if plan.delta:
        changed = [ordered[rank] for rank in plan.delta]
        delta = _build(Form("bigram", form.group), changed, [documents[rank] for rank in plan.delta])
        entries.insert(0, {**delta.entry, "at": list(plan.delta)})
        files |= delta.files
    named = {f"{name}-{hashlib.sha256(data).hexdigest()[:8]}.bin": data for name, data in (extra or {}).items()}
    files |= {file: pack(data) for file, data in named.items()}
    start: dict[str, Any] = {
        "format": FORMAT,
        "count": len(ordered),
        "facets": _facets(ordered),
        "shards": entries,
        "extra": dict(zip(extra or {}, named, strict=True)),
    }
    files[START] = pack_json(start)
    _place(files, out)


def _build(form: Form, records: Sequence[SearchRecord], documents: Sequence[Document]) -> Shard:
    """Build the shard of some records, newest first."""
    name = shard_name(documents, form.stamp)
    zones = zones_of(records)
    rows = [row_of(record, zones) for record in records]
    if form.engine == "bigram":
        files, entry = build_bigram(name, rows, zones)
    else:
        files, entry = build_pagefind(name, rows)
    texts = build_texts(name, records, rows, form.group)
    attached = [[number, row.files_from] for number, row in enumerate(rows) if records[number].files]
    entry |= {
        "name": name,
        "engine": form.engine,
        "records": len(records),
        "zones": [zones.title, zones.body],
        "files": attached,
        "group": form.group,
    }
    return Shard(name, form.engine, entry, tuple(documents), files | texts)


def _facets(ordered: Sequence[SearchRecord]) -> list[dict[str, Any]]:
    facets = []
    for key, label in FACETS.items():
        found = [record.facets.get(key, "") for record in ordered]
        values = sorted({value for value in found if value}, reverse=key == "year")
        numbers = {value: number for number, value in enumerate(values, 1)}
        of = facet_codes(found, numbers, FIRST_CODE)
        facets.append({"key": key, "label": label, "values": values, "of": of})
    return facets


def _place(files: Mapping[str, bytes], out: Path) -> None:
    """Write the files in place of all that lie in the folder, and see that each is there to its end."""
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    for name, data in files.items():
        write_new(f"{out}{os.sep}{name}", data)
    with os.scandir(out) as there:
        sizes = {entry.name: entry.stat().st_size for entry in there}
    for name, data in files.items():
        if sizes.get(name) != len(data):
            raise damaged(name)


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
