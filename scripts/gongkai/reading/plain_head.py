"""The front matter that nearly every item has, read without a YAML parser, ten times as fast.

One ``key: value`` a line, and under a key alone a block of such lines or of ``- `` lines. A text that holds anything else
(deeper levels, anchors, comments behind values ...) is left to YAML, and so is every text that YAML would find fault with.
Where this reader gives something, it is what YAML gives, places included.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from gongkai.patterns import regex
from gongkai.reading.nodes import Mapping, Node, Scalar, Sequence

# What may stand in a plain text at all: no control characters, no white space but blank and line feed, nothing rare.
# (What is rare is listed, not what is usual: the compiler looks at every character of a class, and these are fewer.)
_STRANGE = regex(
    r"[\x00-\t\x0b-\x1f\x7f-\xa0\u2000-\u200f\u2028-\u202f\u205f-\u206f\ud800-\uf8ff\ufdd0-\ufe2f\ufe50-\uff00\uffe7-\U0010ffff]"
)
_SIGNS = " \n" + string.punctuation.replace("_", "")


def _letters(signs: str = "") -> str:
    """Letters and figures of all scripts, and of the signs of ASCII only these: in a text without strange characters."""
    return "[^" + re.escape("".join(sign for sign in _SIGNS if sign not in signs)) + "]"


_LETTER = _letters()
# Within brackets nothing may stand that could end a value there.
_ITEM = rf"{_LETTER}(?:{_letters('./()+%=- ')}*{_letters('./()+%=-')})?"
_KEY = rf"(?![0-9]){_LETTER}{_letters('./()+%-')}{{0,100}}"
_MAPPING = rf"\{{{_KEY}: +{_ITEM}(?:, *{_KEY}: +{_ITEM})*\}}"
_INSIDE = _letters("./()+%=,;!?@$&*^|~<>\"'[]{}\\` -") + "*"
_VALUE = (
    rf"(?:(?P<plain>{_LETTER}{_INSIDE}(?::(?=[^ ]){_INSIDE})*)"
    rf"|(?P<list>\[{_ITEM}(?:, *{_ITEM})*\])"
    rf"|(?P<map>{_MAPPING})"
    rf"|(?P<maps>\[{_MAPPING}(?:, *{_MAPPING})*\])"
    rf"|'(?P<single>{_letters('./()+%=,:#[]{}^$ -')}*)'"
    rf"|\"(?P<double>{_letters('./()+%=,:#[]{} -')}*)\""
    r") *\Z"
)
_LINE = regex(rf"(?:(?P<key>{_KEY}):|-) +{_VALUE}")
_ALONE = regex(rf"({_KEY}): *\Z")
_PART = regex(_ITEM)
_PAIR = regex(rf"({_KEY}): +({_ITEM})")
_BRACES = regex(r"\{[^}]*\}")
_PIECE = re.compile(r"\n(?=[^\n -])")
_NULLS = frozenset(("null", "Null", "NULL"))


def pieces(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    """The top-level keys of a front matter, each with all that stands under it, and the line on which it starts.

    Read one by one they give what they give together. Empty lines come as empty pieces.
    """
    if "\n " not in text and "\n-" not in text:
        return enumerate(text.split("\n"), first_line)
    return _with_blocks(text, first_line)


def _with_blocks(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    line = first_line
    for piece in _PIECE.split(text):
        yield line, piece.rstrip("\n")
        line += piece.count("\n") + 1


def one_text(piece: str) -> tuple[str, str] | None:
    """Key and text of a piece that is one line with one text, quoted or not, as YAML gives them; None when it is another."""
    match = _LINE.match(piece) if _STRANGE.search(piece) is None else None
    if match is None:
        return None
    key, kind = match["key"], match.lastgroup
    if kind == "plain":
        text: str = match[kind].rstrip(" ")
        if text in _NULLS:
            return None
    elif kind in ("single", "double"):
        text = match[kind]
    else:
        return None
    return None if key is None or key in _NULLS else (key, text)


def read_plain(text: str, first_line: int) -> Mapping | None:
    """The mapping in ``text``, which starts at ``first_line`` of its file; None when YAML has to read it."""
    if _STRANGE.search(text):
        return None
    pairs: list[tuple[Scalar, Node]] = []
    for line, piece in pieces(text, first_line):
        if piece:
            pair = _pair(piece, line, 0) if "\n" not in piece else _block(piece.split("\n"), line)
            if pair is None:
                return None
            pairs.append(pair)
    return Mapping(tuple(pairs), pairs[0][0].line, 1) if pairs else None


def _pair(text: str, line: int, start: int) -> tuple[Scalar, Node] | None:
    """Key and value that stand in ``text`` from ``start`` on."""
    match = _LINE.match(text, start)
    if match is None or match["key"] is None or match["key"] in _NULLS:
        return None
    value = _value(match, line)
    return None if value is None else (Scalar(match["key"], line, start + 1), value)


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
        return Sequence(tuple([Scalar(part, line, column + start) for part, start in parts]), line, column)
    if kind == "map":
        return _in_braces(found, line, column)
    maps = [_in_braces(m[0], line, column + m.start()) for m in _BRACES.finditer(found)]
    values = tuple([mapping for mapping in maps if mapping is not None])
    return Sequence(values, line, column) if len(values) == len(maps) else None


def _in_braces(found: str, line: int, column: int) -> Mapping | None:
    pairs = [(m[1], m.start(1), m[2], m.start(2)) for m in _PAIR.finditer(found)]
    if any(key in _NULLS or value in _NULLS for key, _, value, _ in pairs):
        return None
    return Mapping(
        tuple([(Scalar(k, line, column + at), Scalar(v, line, column + to)) for k, at, v, to in pairs]), line, column
    )


def _block(lines: list[str], line: int) -> tuple[Scalar, Node] | None:
    """A key alone on its line, with the lines under it, which are indented alike."""
    match = _ALONE.match(lines[0])
    if match is None or match[1] in _NULLS:
        return None
    indent = len(lines[1]) - len(lines[1].lstrip(" "))
    read = _sequence if lines[1].startswith("-", indent) else _mapping
    value = read(lines[1:], line + 1, indent)
    return None if value is None else (Scalar(match[1], line, 1), value)


def _mapping(lines: list[str], first_line: int, indent: int) -> Mapping | None:
    pairs: list[tuple[Scalar, Node]] = []
    for number, line in enumerate(lines, first_line):
        pair = _pair(line, number, indent) if line[:indent].count(" ") == indent else None
        if pair is None:
            return None
        pairs.append(pair)
    return Mapping(tuple(pairs), first_line, indent + 1)


def _sequence(lines: list[str], first_line: int, indent: int) -> Sequence | None:
    values: list[Node] = []
    dash, at = " " * indent + "- ", 0
    while at < len(lines):
        line, number = lines[at], first_line + at
        if not line.startswith(dash):
            return None
        at += 1
        if match := _LINE.match(line, indent):
            value = _value(match, number)
        else:  # a mapping starts behind the dash
            column = len(line) - len(line[indent + 1 :].lstrip(" "))
            under = [" " * column + line[column:]]
            while at < len(lines) and lines[at].startswith(" " * column):
                under.append(lines[at])
                at += 1
            value = _mapping(under, number, column)
        if value is None:
            return None
        values.append(value)
    return Sequence(tuple(values), first_line, indent + 1)
