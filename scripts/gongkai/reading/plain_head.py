"""The front matter that nearly every item has: one ``key: value`` a line, read without a YAML parser, ten times as fast.

A text that holds anything else (indented lines, block lists, anchors, comments behind values ...) is left to YAML, and so
is every text that YAML would find fault with. Where this reader gives something, it is what YAML gives, places included.
"""

from __future__ import annotations

import re

from gongkai.patterns import regex
from gongkai.reading.nodes import Mapping, Node, Scalar, Sequence

_WORD = r"A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff"
_SIGNS = r"\u2010-\u2027\u2030-\u205e\u3000-\u303f\uff01-\uff5e"  # Chinese punctuation and full-width letters
# Within brackets nothing may stand that could end a value there.
_ITEM = rf"[{_WORD}{_SIGNS}](?:[{_WORD}{_SIGNS}./()+%=·° -]*[{_WORD}{_SIGNS}./()+%=·°-])?"
_KEY = rf"[A-Za-z_\u3400-\u4dbf\u4e00-\u9fff][{_WORD}]{{0,60}}"
_LINE = regex(
    rf"(?P<key>{_KEY}):(?P<gap> +)"
    rf"(?:(?P<plain>[{_WORD}{_SIGNS}][{_WORD}{_SIGNS}./()+%=·°, -]*)"
    rf"|(?P<list>\[{_ITEM}(?:, *{_ITEM})*\])"
    rf"|(?P<map>\{{{_KEY}: +{_ITEM}(?:, *{_KEY}: +{_ITEM})*\}})"
    rf"|'(?P<single>[{_WORD}{_SIGNS}./()+%=·°,:#\[\]{{}}^$\\ -]*)'"
    rf"|\"(?P<double>[{_WORD}{_SIGNS}./()+%=·°,:#\[\]{{}}' -]*)\""
    r") *\Z"
)
_PART = regex(_ITEM)
_PAIR = regex(rf"({_KEY}): +({_ITEM})")
_NULLS = frozenset(("null", "Null", "NULL"))


def read_plain(text: str, first_line: int) -> Mapping | None:
    """The mapping in ``text``, which starts at ``first_line`` of its file; None when YAML has to read it."""
    pairs: list[tuple[Scalar, Node]] = []
    for number, line in enumerate(text.split("\n"), first_line):
        if not line:
            continue
        match = _LINE.match(line)
        if match is None or match["key"] in _NULLS:
            return None
        value = _value(match, number)
        if value is None:
            return None
        pairs.append((Scalar(match["key"], number, 1), value))
    return Mapping(tuple(pairs), pairs[0][0].line, 1) if pairs else None


def _value(match: re.Match[str], line: int) -> Node | None:
    kind = match.lastgroup or ""
    found, column = match[kind], match.start(kind) + 1
    if kind == "plain":
        found = found.rstrip(" ")
        return None if found in _NULLS else Scalar(found, line, column)
    if kind in ("single", "double"):
        return Scalar(found, line, column - 1)
    if kind == "list":
        parts = [(m[0], m.start()) for m in _PART.finditer(found)]
        if any(part in _NULLS for part, _ in parts):
            return None
        return Sequence(tuple(Scalar(part, line, column + start) for part, start in parts), line, column)
    pairs = [(m[1], m.start(1), m[2], m.start(2)) for m in _PAIR.finditer(found)]
    if any(part in _NULLS for key, _, value, _ in pairs for part in (key, value)):
        return None
    return Mapping(
        tuple((Scalar(k, line, column + at), Scalar(v, line, column + to)) for k, at, v, to in pairs), line, column
    )
