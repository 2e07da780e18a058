"""Numbers and names masked in a Markdown file, all else left as it is (R5.3). Pure: text in, text out."""

from __future__ import annotations

import re
from collections.abc import Collection

from msgspec import Struct

from gongkai.patterns import regex
from gongkai.privacy.detectors import Hit, Kind, plain, scan
from gongkai.privacy.headings import is_total, name_columns
from gongkai.privacy.names import full_name, mask_name
from gongkai.reading.structure import structure

_ADDRESS = regex(r"(?:https?|ftp)://[^\s)>\"'）】]*$")
_LINE_END = regex(r"\r\n?|\n")  # a finding of a line counts no others
_AFTER_LINE = regex(r"(?<=\n)|(?<=\r)(?!\n)")
_CELL = regex(r"(?<!\\)\|")
_NUMBER_KEY = regex(r"\s*(?:index_number|document_number|索引号|文号|entry|目录条目|address|页面地址)\s*[:：]")
_SHORT_DIGITS = regex(r"\d")


class Change(Struct, frozen=True):
    """A line that was changed: its number from 1, as it was with the digits to be hidden as ``#``, and as it is now."""

    line: int
    before: str
    after: str


def mask_hit(hit: Hit) -> str:
    """What takes the place of a number: 138****1234 for mobiles, the first two and last three places of all others."""
    digits = plain(hit.value) if hit.kind is not Kind.PARTIAL else hit.value
    if hit.kind is Kind.MOBILE:
        own = digits[-11:]
        return f"{own[:3]}****{own[-4:]}"
    if hit.kind is Kind.PARTIAL and re.match(r"1[3-9]", digits) and len(digits) == 11:
        return digits[:3] + "****" + digits[-4:]
    return hit.shown


def mask_text(text: str, *, names: bool = False, allowed: Collection[str] = ()) -> tuple[str, list[Change]]:
    """``text`` with its numbers masked, and with ``names`` also the names in columns of tables; what was changed.

    Lines keep their ends. Values in ``allowed`` stay, and so do the numbers of indexes and documents, and addresses of the web.
    """
    kept = {plain(value) for value in allowed}
    spans = [(h.start, h.end, mask_hit(h)) for h in scan(text, wrapped=True) if _to_mask(text, h, kept)]
    if names:
        spans += _names(text)
    spans.sort()
    new, hidden, position = [], [], 0
    for start, end, mask in spans:
        if start < position:
            continue
        new.append(text[position:start] + mask + "".join(re.findall(r"[\r\n]", text[start:end])))
        hidden.append(text[position:start] + _covered(text[start:end], mask))
        position = end
    after, before = "".join([*new, text[position:]]), "".join([*hidden, text[position:]])
    pairs = zip(*(_LINE_END.split(version) for version in (before, after, text)), strict=False)
    return after, [Change(n, b, a) for n, (b, a, o) in enumerate(pairs, 1) if a != o]


def _to_mask(text: str, hit: Hit, kept: Collection[str]) -> bool:
    if hit.kind is Kind.MAILBOX or plain(hit.value) in kept:
        return False
    begin = text.rfind("\n", 0, hit.start) + 1
    before = text[begin : hit.start]
    if hit.kind not in (Kind.ID, Kind.PARTIAL) and (_ADDRESS.search(before) or _NUMBER_KEY.match(before)):
        return False
    return not re.match(r"\s*-?\s*\{?\s*(?:value|号码)\s*[:：]", before)


def _covered(old: str, mask: str) -> str:
    """The old number without what the mask hides, so that nothing whole is printed."""
    if not _SHORT_DIGITS.search(old):
        return old
    places = [n for n, ch in enumerate(old) if ch.isdecimal() or ch in "XxＸｘ"]
    front, back = (3, 4) if mask[3:7] == "****" and len(mask) == 11 else (2, 3)
    hide = set(places[front : len(places) - back])
    return "".join("#" if n in hide else ch for n, ch in enumerate(old))


def _names(text: str) -> list[tuple[int, int, str]]:
    """Names that stand whole in the columns of names of Markdown tables."""
    lines = _AFTER_LINE.split(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found = []
    for table in structure("\n".join(line.rstrip("\r\n") for line in lines)).tables:
        columns = name_columns(table.header, table.rows)
        for n, row in zip(table.row_lines, table.rows, strict=False):
            if not columns or is_total(row) or "|" not in lines[n]:
                continue
            for start, end in _cells(lines[n].rstrip("\r\n"), columns):
                name = lines[n][start:end].strip()
                if full_name(name):
                    begin = starts[n] + start + lines[n][start:end].index(name)
                    found.append((begin, begin + len(name), mask_name(name)))
    return found


def _cells(line: str, columns: Collection[int]) -> list[tuple[int, int]]:
    """Where the cells of ``columns`` stand in a line of a table."""
    bars = [m.start() for m in _CELL.finditer(line)]
    first = 0 if line.lstrip().startswith("|") else -1
    edges = [-1, *bars, len(line)] if first else [*bars, len(line)]
    return [(edges[n] + 1, edges[n + 1]) for n in columns if n + 1 < len(edges)]
