"""The search data as scripts: a page in a folder may read no file, but it may run a script that lies beside it.

The browser half is ``gongkai-search-load.js``: ``list.js`` names the first file of every pack, a pack registers its files.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping

from gongkai.patterns import regex

LIST = "list.js"
PACK_BYTES = 128 * 1024
"""How many bytes of search data go into one pack. A file that is larger has a pack of its own."""

_KIND = regex(r"(?:[^-/]*[-/])?[a-z]*")


def packs(files: Mapping[str, bytes], size: int = PACK_BYTES) -> Iterator[tuple[str, str]]:
    """The packs of the search data ``files`` (name -> content): name and content of each script, ``list.js`` last.

    Files lie in the order of their names and each pack holds an unbroken range, so that the list needs only its first
    name, and a pack that holds the same files has the same name in the next copy. Files of different kinds (the part of
    the name before its number) do not share a pack, so what every query needs is read by itself.
    """
    starts: list[tuple[str, str]] = []
    for names in _ranges(files, size):
        script = names[0].replace("/", "-").removesuffix(".bin") + ".pack.js"
        starts.append((names[0], script))
        lines = (
            f"gkSearch.pack({json.dumps(name)},{json.dumps(base64.b64encode(files[name]).decode())});\n"
            for name in names
        )
        yield script, "".join(lines)
    yield LIST, f"gkSearch.packs({json.dumps(starts, separators=(',', ':'))});\n"


def _ranges(files: Mapping[str, bytes], size: int) -> Iterator[list[str]]:
    held: list[str] = []
    weight = 0
    kind = None
    for name in sorted(files):
        match = _KIND.match(name)
        this, more = match[0] if match else "", len(files[name])
        if held and (this != kind or weight + more > size):
            yield held
            held, weight = [], 0
        held.append(name)
        weight, kind = weight + more, this
    if held:
        yield held
