"""A shard made by Pagefind: each letter of a row as a word of its own, asked for as one exact phrase.

Of what Pagefind makes, three things are used: the index files, the page list that names them, and the program for
the browser (WebAssembly). In the page list the names are replaced by short ones: a page's is its number in the shard,
an index file's is its number, too. What this leans on inside Pagefind is named in :func:`_list` and :data:`EXPORTS`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

import cbor2

from gongkai.search.bigram import chunk_part
from gongkai.search.packing import pack
from gongkai.search.service import LANGUAGE, PagefindError, PagefindService
from gongkai.search.text import Lost, Row

MAGIC = b"pagefind_dcd"
"""What every packed file of Pagefind's starts with, once unpacked."""

EXPORTS = (
    b"init_pagefind",
    b"request_indexes",
    b"load_index_chunk",
    b"search",
    b"__wbindgen_externrefs",
    b"__wbindgen_malloc",
    b"__wbindgen_realloc",
    b"__wbindgen_free",
    b"__wbindgen_start",
)
"""The functions of Pagefind's WebAssembly that the browser half calls."""

_META = re.compile(rf"pagefind\.{LANGUAGE}_\w+\.pf_meta")
_PROGRAM = "wasm.unknown.pagefind"


def list_name(name: str) -> str:
    """The file name of a shard's page list."""
    return f"{name}-list.bin"


def build_pagefind(name: str, rows: Iterable[Row]) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return the files of a shard called ``name``, and what the start data must say about it.

    Raises :class:`PagefindError` when Pagefind fails or answers what is not known here.
    """
    with PagefindService() as service:
        count = 0
        for number, row in enumerate(rows):
            service.add(str(number), " ".join(row.letters))
            count += 1
        built = service.files()
    try:
        return _files(name, count, built)
    except (KeyError, ValueError, TypeError, IndexError, StopIteration, cbor2.CBORDecodeError) as error:
        raise PagefindError("检索程序 Pagefind 的数据与所知的格式不同，检索数据没有生成。") from error


def _files(name: str, count: int, built: dict[str, bytes]) -> tuple[dict[str, bytes], dict[str, Any]]:
    program = _opened(_PROGRAM, built[_PROGRAM])
    if missing := [export.decode() for export in EXPORTS if export not in program]:
        raise PagefindError(f"检索程序 Pagefind 缺少 {missing[0]}，与所知的版本不同，检索数据没有生成。")
    program_name = f"pagefind-{hashlib.sha256(program).hexdigest()[:8]}.bin"
    files = {program_name: pack(program)}
    number_of = {}
    for path in [path for path in built if path.endswith(".pf_fragment")]:
        page = path.rpartition("/")[2].removesuffix(".pf_fragment")
        number_of[page] = json.loads(_opened(path, built.pop(path)))["url"]
    meta = next((path for path in built if _META.fullmatch(path)), None)
    chunks: list[str] = []
    if meta is not None:
        content, chunks = _list(_opened(meta, built[meta]), number_of)
        files[list_name(name)] = pack(content)
    for number, chunk in enumerate(chunks):
        path = f"index/{chunk}.pf_index"
        files[f"{name}-{chunk_part(number)}.bin"] = pack(_opened(path, built.pop(path)))
    if len(number_of) != count or any(path.endswith(".pf_index") for path in built):
        raise PagefindError("检索程序 Pagefind 漏掉了页面，检索数据没有生成。请重试。")
    return files, {"program": program_name, "chunks": len(chunks)}


def _list(content: bytes, number_of: dict[str, str]) -> tuple[bytes, list[str]]:
    """Pagefind's page list with our names, and its names of the index files.

    The list is CBOR: version, pages (name, words), index files (first word, last word, name), filters, sorting,
    names of metadata.
    """
    version, pages, chunks, *rest = cbor2.loads(content)
    renamed = [[number_of[page], *more] for page, *more in pages]
    numbered = [[first, last, str(number)] for number, (first, last, _) in enumerate(chunks)]
    if len(renamed) != len(number_of):
        raise PagefindError("检索程序 Pagefind 漏掉了页面，检索数据没有生成。请重试。")
    return cbor2.dumps([version, renamed, numbered, *rest]), [chunk for _, _, chunk in chunks]


def strike(chunks: int, pages: bytes, content: Callable[[int], bytes], lost: Sequence[Lost]) -> dict[int, bytes]:
    """Take what is ``lost`` out of the index of a shard: the chunks that change.

    ``pages`` is the content of the page list, ``content`` gives that of a chunk by its number. A chunk is CBOR: words
    with their pages and, for those with accents, the same for each way of writing; a page is the distance from the one
    before, a weight (below 0) with the distances from place to place, and places in metadata, of which we have none.
    """
    order = {name: at for at, (name, *_) in enumerate(cbor2.loads(pages)[1])}
    places = {order[str(part.number)]: {s + i for s, run in part.runs for i in range(len(run))} for part in lost}
    changed = {}
    for number in range(chunks):
        ((before, *rest),) = [cbor2.loads(content(number))]
        after = []
        for word, found, variants in before:
            kept = [[way, left] for way, pages_of in variants if (left := _struck(pages_of, places))]
            left = _struck(found, places)
            if left or kept:
                after.append([word, left, kept])
        if after != before:
            changed[number] = cbor2.dumps([after, *rest])
    return changed


def _struck(found: list[list[Any]], places: Mapping[int, set[int]]) -> list[list[Any]]:
    """A word's pages without the places that go."""
    left: list[list[Any]] = []
    page = last = 0
    for distance, (weight, *steps), meta in found:
        page += distance
        kept = [place for place in accumulate(steps) if place not in places.get(page, ())]
        gaps = [after - before for before, after in pairwise([0, *kept])]
        if gaps:
            left.append([page - last, [weight, *gaps], meta])
            last = page
    return left


def _opened(path: str, data: bytes) -> bytes:
    try:
        content = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise PagefindError(f"检索程序 Pagefind 的文件 {path} 不完整，检索数据没有生成。请重试。") from error
    if not content.startswith(MAGIC):
        raise PagefindError(f"检索程序 Pagefind 的文件 {path} 不是所知的格式，检索数据没有生成。")
    return content[len(MAGIC) :]
