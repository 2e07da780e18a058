"""Which field (领域) of the standard catalogue a table belongs to, by its titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from gongkai.catalogue.importing.grid import Refused
from gongkai.catalogue.importing.readings import LOW, NONE, Reading
from gongkai.catalogue.layout import FIELD_ALIASES
from gongkai.catalogue.load import standard_names

_TITLE = re.compile("目录|领域")


def _flat(text: str) -> str:
    return re.sub(r"[\s()（）]+", "", unicodedata.normalize("NFKC", text))


@cache
def _spellings() -> dict[str, str]:
    found = {_flat(alias): i for i, aliases in FIELD_ALIASES.items() for alias in aliases}
    return found | {_flat(name): i for i, name in standard_names().items()}


def field_ids(text: str) -> set[str]:
    """The fields that ``text`` names; a name inside a longer one does not count."""
    flat = _flat(text)
    found: set[str] = set()
    for name in sorted(_spellings(), key=len, reverse=True):
        if name in flat:
            found.add(_spellings()[name])
            flat = flat.replace(name, "／")
    return found


def field_of(titles: Iterable[str], fallback: str) -> Reading[str]:
    """The id of the field that the nearest title names; ``fallback`` is what else may name it."""
    for title in reversed([t for t in titles if _TITLE.search(t)]):
        found = field_ids(title)
        if len(found) == 1:
            return Reading(one := found.pop(), _named(one))
        if found:
            first = sorted(found)[0]
            return Reading(first, _named(first), "标题里有几个领域", LOW)
    found = field_ids(fallback)
    if len(found) == 1:
        return Reading(one := found.pop(), _named(one))
    return Reading(
        "", "", "看不出是哪个领域，请填编号和名称，如“19 社会救助”；标准目录以外的领域用 31 以后的编号", NONE
    )


def read_field(text: str) -> Reading[str]:
    """A field as a clerk writes it: ``19``, ``社会救助``, ``19 社会救助``, or a new one ``31 交通运输``."""
    words = text.strip()
    m = re.match(r"(\d{2})\b\s*(.*)", words)
    if m and m[1] in standard_names():
        return Reading(m[1], _named(m[1]))
    if m and int(m[1]) > len(standard_names()) and m[2]:
        return Reading(f"{m[1]} {m[2].removesuffix('领域')}", words)
    found = field_ids(words) if not m else set()
    if len(found) == 1:
        return Reading(one := found.pop(), _named(one))
    return Reading("", "", f"没有“{words}”这个领域", NONE)


def wanted_field(text: str) -> str:
    """The field that ``--field`` names. Raises Refused."""
    reading = read_field(text)
    if not reading.value:
        known = "、".join(f"{i} {name}" for i, name in standard_names().items())
        raise Refused(f"--field 的“{text}”不是标准目录的领域。可用：{known}；本地另有的领域写成：31 交通运输")
    return reading.value


def _named(field_id: str) -> str:
    return f"{field_id} {standard_names()[field_id]}"
