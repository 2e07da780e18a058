"""YAML as JSON-like data, straight from the parser's events: half the time of building nodes first and values from them.

It knows what catalogue files have. Of all else (anchors, tags, merged keys, keys that are no texts, several documents) it
gives nothing, and PyYAML's loader has to do it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

NOTHING: Final[Any] = object()
"""What :func:`data_from_events` gives for a text that it leaves to a loader."""
_MAYBE_MORE = frozenset("+-.0123456789~nNtTfF<=")  # what texts begin with that may be numbers, true, false or nothing


class _Other(Exception):  # noqa: N818 - no error
    """Something that a loader has to judge."""


def data_from_events(next_event: Callable[[], Any], scalar: Callable[[str], Any]) -> Any:
    """The data that ``next_event`` of a PyYAML parser tells, to its end; ``scalar`` says what an unquoted text stands for.

    What the parser raises goes through.
    """
    try:
        next_event()  # the stream starts
        first = next_event()
        if type(first).__name__ != "DocumentStartEvent":
            return NOTHING
        data = _value(next_event(), next_event, scalar)
        next_event()
        if type(next_event()).__name__ != "StreamEndEvent":
            return NOTHING
    except _Other:
        return NOTHING
    return data


def _value(event: Any, next_event: Callable[[], Any], scalar: Callable[[str], Any]) -> Any:
    kind = type(event).__name__
    if kind == "AliasEvent" or event.anchor is not None or event.tag is not None:
        raise _Other
    if kind == "ScalarEvent":
        text: str = event.value
        if event.implicit[0] and (not text or text[0] in _MAYBE_MORE):
            return scalar(text)
        return text
    if kind == "SequenceStartEvent":
        values: list[Any] = []
        while type(event := next_event()).__name__ != "SequenceEndEvent":
            values.append(_value(event, next_event, scalar))
        return values
    table: dict[str, Any] = {}
    while type(event := next_event()).__name__ != "MappingEndEvent":
        key = _value(event, next_event, scalar)
        if not isinstance(key, str) or key == "<<":
            raise _Other
        table[key] = _value(next_event(), next_event, scalar)
    return table
