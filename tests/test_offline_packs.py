"""What becomes of the search data in an offline copy: packs, in which every file is found."""

from __future__ import annotations

import base64
import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.offline.packs import LIST, packs


def unpacked(scripts: dict[str, str], name: str) -> bytes | None:
    """What the browser half would find under a name."""
    starts = json.loads(re.fullmatch(r"gkSearch\.packs\((.*)\);\n", scripts[LIST])[1])
    file = next((pack for first, pack in reversed(starts) if first <= name), None)
    held = (
        dict(json.loads(f"[{args}]") for args in re.findall(r"gkSearch\.pack\((.*)\);\n", scripts[file]))
        if file
        else {}
    )
    return base64.b64decode(held[name]) if name in held else None


NAMES = st.from_regex(r"\A([0-9a-f]{4}-)?[a-z]{1,5}[0-9]{0,4}(-[0-9]{3})?\.bin\Z")


@given(st.dictionaries(NAMES, st.binary(max_size=40), max_size=40), st.integers(1, 200))
@settings(max_examples=200)
def test_every_file_of_the_search_data_is_found_in_its_pack(files: dict[str, bytes], size: int):
    scripts = dict(packs(files, size))
    assert [name for name in files if unpacked(scripts, name) != files[name]] == []
    assert len(scripts) == 1 + len(json.loads(scripts[LIST][len("gkSearch.packs(") : -3]))


def test_packs_are_bounded_and_what_every_query_needs_is_by_itself():
    files = {f"ab12-i{n:04d}.bin": bytes(1000) for n in range(300)} | {"start.bin": bytes(50), "ab12-t00000.bin": b"x"}
    scripts = dict(packs(files))
    assert list(scripts) == [
        "ab12-i0000.pack.js", "ab12-i0131.pack.js", "ab12-i0262.pack.js", "ab12-t00000.pack.js", "start.pack.js", "list.js",
    ]  # fmt: skip
    assert max(map(len, scripts.values())) < 180_000
