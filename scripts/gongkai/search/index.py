"""Records -> the files that the search page loads.

``OUT/pagefind/``   Pagefind's bundle, only what its query side needs
``OUT/facets.json`` the pages newest first, and the facet values of each

The same records give the same bytes. Pagefind's own filters, sort keys and metadata would break that (they
come in random order), so none are used: what they would hold stands in ``facets.json`` and in the fragments,
both of which are written here.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gongkai.search.records import FACETS, SearchRecord, newest_first
from gongkai.search.service import LANGUAGE, PagefindError, PagefindService
from gongkai.search.text import page_words, title_zone

MAGIC = b"pagefind_dcd"
"""What every packed file of Pagefind's starts with, once unpacked."""

FORMAT = 1
"""The format of ``facets.json``. The browser half refuses any other."""

FIRST_CODE = 48
"""A facet value's number is written as the character with this code plus the number; 0 means no value."""

_NEEDED = re.compile(
    rf"pagefind\.js|pagefind-worker\.js|pagefind-entry\.json|wasm\.unknown\.pagefind"
    rf"|pagefind\.{LANGUAGE}_\w+\.pf_meta|index/{LANGUAGE}_\w+\.pf_index|fragment/{LANGUAGE}_\w+\.pf_fragment"
)
_PACKED = (".pf_meta", ".pf_index", ".pf_fragment", ".pagefind")
_SCRIPT_ENDS = {
    "pagefind.js": re.compile(rb"export\s*\{[\w\s,]*\bcreateInstance\b[\w\s,]*\};?\s*$"),
    "pagefind-worker.js": re.compile(rb"\}\)\(\);?\s*$"),
}


def write_index(records: Sequence[SearchRecord], out: Path) -> None:
    """Write the search index of all ``records`` into the folder ``out``, in place of an older one.

    Raises :class:`PagefindError` when Pagefind fails or a file is not complete.
    """
    ordered = newest_first(records)
    zone = title_zone(record.title for record in ordered)
    keys = {_page_key(record): record for record in ordered}
    with PagefindService() as service:
        for key, record in keys.items():
            service.add(key, page_words(record.title, record.blocks, zone))
        built = service.files()

    files = {f"pagefind/{path}": data for path, data in built.items() if _NEEDED.fullmatch(path)}
    fragment_of: dict[str, str] = {}
    for path in [path for path in files if path.endswith(".pf_fragment")]:
        record = keys[json.loads(_unpack(path, files[path]))["url"]]
        fragment_of[record.url] = Path(path).stem
        files[path] = _pack(_fragment(record))
    files["facets.json"] = _json(_facets(ordered, fragment_of, zone))

    if (out / "pagefind").exists():
        shutil.rmtree(out / "pagefind")
    for path, data in sorted(files.items()):
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    check_index(out)


def check_index(out: Path) -> None:
    """Check that every file of the index in ``out`` is there and complete.

    Raises :class:`PagefindError`, which names the file, if one is not.
    """
    bundle = out / "pagefind"
    facets = _load_json(out / "facets.json")
    entry = _load_json(bundle / "pagefind-entry.json")
    try:
        pages = str(facets["pages"]).split()
        languages = entry["languages"]
        count = languages[LANGUAGE]["page_count"] if languages else 0
        meta_names = [f"pagefind.{languages[LANGUAGE]['hash']}.pf_meta"] if languages else []
        whole = facets["format"] == FORMAT and all(len(facet["of"]) == len(pages) for facet in facets["facets"])
    except (KeyError, TypeError) as error:
        raise _damaged("pagefind-entry.json") from error
    if not whole or count != len(pages):
        raise _damaged("facets.json")

    named: set[str] = set()
    for name in meta_names:
        # the page list names every fragment and index file; a CBOR string stands in it as plain bytes
        content = _unpack(name, _read(bundle / name))
        named |= {match.decode() for match in re.findall(rb"%s_[0-9a-f]+" % LANGUAGE.encode(), content)}
    present = {path.stem for folder in ("index", "fragment") for path in (bundle / folder).glob("*")}
    if missing := sorted(named ^ present):
        raise _damaged(missing[0])
    if lost := sorted({f"{facets['prefix']}{page}" for page in pages} - present):
        raise _damaged(lost[0])

    for name in ("pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind"):
        if not _read(bundle / name):
            raise _damaged(name)
    for path in sorted(bundle.rglob("*")):
        if path.suffix in _PACKED:
            _unpack(path.name, _read(path))
        elif (end := _SCRIPT_ENDS.get(path.name)) and not end.search(_read(path)):
            raise _damaged(path.name)


def _page_key(record: SearchRecord) -> str:
    """Return the address for Pagefind: the digest makes a fragment's name change with its content."""
    return f"{record.url}?{hashlib.sha256(_fragment(record)).hexdigest()[:16]}"


def _fragment(record: SearchRecord) -> bytes:
    """Return what a hit is shown from, readable text in Pagefind's form of a fragment."""
    content = "\n".join(" ".join(block.split()) for block in record.blocks)
    meta = {**record.meta, "title": record.title, "date": record.date}
    return _json({"url": record.url, "content": content, "word_count": 0, "filters": {}, "meta": meta, "anchors": []})


def _facets(ordered: Sequence[SearchRecord], fragment_of: Mapping[str, str], zone: int) -> dict[str, Any]:
    prefix = f"{LANGUAGE}_"
    facets = []
    for key, label in FACETS.items():
        values = sorted({value for record in ordered if (value := record.facets.get(key))}, reverse=key == "year")
        number = {value: index for index, value in enumerate(values, 1)}
        of = "".join(chr(FIRST_CODE + number.get(record.facets.get(key, ""), 0)) for record in ordered)
        facets.append({"key": key, "label": label, "values": values, "of": of})
    try:
        pages = " ".join(fragment_of[record.url].removeprefix(prefix) for record in ordered)
    except KeyError as error:
        raise PagefindError(f"检索程序 Pagefind 漏掉了页面 {error.args[0]}，检索索引没有生成。请重试。") from error
    return {"format": FORMAT, "zone": zone, "prefix": prefix, "pages": pages, "facets": facets}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _pack(content: bytes) -> bytes:
    """Pack as Pagefind does; neither the time nor the operating system gets into the file."""
    data = gzip.compress(MAGIC + content, 9, mtime=0)
    return data[:9] + b"\xff" + data[10:]


def _unpack(name: str, data: bytes) -> bytes:
    try:
        content = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(name) from error
    if not content.startswith(MAGIC):
        raise _damaged(name)
    return content[len(MAGIC) :]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _damaged(path.name) from error


def _load_json(path: Path) -> Any:
    try:
        return json.loads(_read(path))
    except ValueError as error:
        raise _damaged(path.name) from error


def _damaged(name: str) -> PagefindError:
    return PagefindError(f"检索索引的文件 {name} 缺失或不完整。请重新生成站点；若反复出现，请检查磁盘空间和安全软件。")
