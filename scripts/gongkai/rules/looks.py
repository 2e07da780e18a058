"""Words and patterns that stand in few texts, looked for cheaply.

A word is looked for only where a rare letter of it stands, as one letter is found many times faster than a word. A pattern
that may begin in many ways is tried at every place of a text, mostly in vain; taken apart, each way begins with a letter
where it can, and is tried only where one of its words stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

Words = tuple[tuple[str, tuple[str, ...]], ...]
"""Words behind a letter (or two) that all of them hold."""


class Way(NamedTuple):
    """One alternative of a pattern; ``words`` are such that one of them stands in whatever it matches."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]


def has_one(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of ``words`` stands in ``text``; the likeliest come first."""
    for word in words:  # noqa: SIM110 - any() takes longer than most of the searches
        if word in text:
            return True
    return False


def holds(text: str, words: Words) -> bool:
    """The same for words that stand in few texts."""
    for letter, some in words:  # noqa: SIM110 - as above
        if letter in text and has_one(text, some):
            return True
    return False


def places(ways: tuple[Way, ...], text: str) -> Iterator[re.Match[str]]:
    """What the patterns of ``ways``, joined by ``|``, would find in ``text``, in order and without overlaps."""
    patterns = [way.pattern for way in ways if has_one(text, way.words)]
    waiting = [(pattern, match) for pattern in patterns if (match := pattern.search(text))]
    while waiting:
        first = min((match for _, match in waiting), key=re.Match.start)
        yield first
        end = first.end()
        waiting = [
            (pattern, match)
            for pattern, known in waiting
            if (match := known if known.start() >= end else pattern.search(text, end))
        ]
