"""What names what: bold labels, and places that read ``标签：内容``. Pure: a line in, labels or definitions out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gongkai.patterns import regex
from gongkai.reading.inline import plain


class Label(NamedTuple):
    """Bold words that name what follows them: at the start of a line, or before a colon."""

    text: str
    line: int


class Definition(NamedTuple):
    """A place that reads ``标签：内容``; a line may hold several (``电话：…；地址：…``)."""

    label: str
    value: str
    line: int


_BOLD = regex(r"(?<!\\)\*\*(?=[^\s*])((?:[^*\\]|\\.)+?)(?<=\S)\*\*|(?<!\w)__(?=\S)([^_]+?)(?<=\S)__(?!\w)")
# The same without __, which few bodies have: it begins with an asterisk, which is found fast.
_STARRED = regex(r"\*(?<!\\\*)\*(?=[^\s*])([^*\\]*(?:\\.[^*\\]*)*)(?<=\S)\*\*")
_COLON = regex(r"\s*[：:]")
_LONGEST_LABEL = 24
# A label has no stop inside; a colon between figures is a time of day, one before // an address.
_DEFINITION = regex(
    rf"(?:^|[。；;，,！？!?\s])([^。；;，,！？!?：:\s][^。；;，,！？!?：:]{{0,{_LONGEST_LABEL - 1}}})"
    r"(?:：|(?<!\d):(?!//)|:(?!\d|//))"
)


def definitions(text: str, line: int = 0) -> Iterator[Definition]:
    """All places in plain ``text`` that read ``标签：内容``; a value ends where the next label starts."""
    parts = _DEFINITION.split(text)
    for n in range(1, len(parts), 2):
        yield Definition(parts[n].strip(), parts[n + 1].strip(), line)


def labels(line: str, n: int) -> Iterator[Label]:
    """The labels on line ``n``, which is as written; in masks the asterisks are escaped."""
    for bold in (_BOLD if "_" in line else _STARRED).finditer(line):
        words = bold[bold.lastindex or 1]
        if not line[: bold.start()].strip() or words[-1] in "：:" or _COLON.match(line, bold.end()):
            yield Label(plain(words).rstrip("：: "), n)
