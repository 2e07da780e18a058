"""What the body of an item points at: links and images, each with its place."""

from __future__ import annotations

from functools import cache
from typing import Any

from gongkai.model import Link


def _may_point(body: str) -> bool:
    """Whether there are signs of a link. A single letter, which most bodies do not have, is looked for first: that is fastest."""
    if "]" in body and ("](" in body or "]:" in body or "][" in body):
        return True
    return "/" in body and "://" in body


@cache
def _parser() -> Any:
    import pyromark  # noqa: PLC0415 - most bodies have no link

    return pyromark.Markdown(options=pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH)


def find_links(body: str, body_line: int) -> tuple[Link, ...]:
    """All links and images of a Markdown body that starts on ``body_line`` of its file, in order."""
    if not _may_point(body):
        return ()
    place = _Places(body.encode("utf-8"), body_line)
    links: list[Link] = []
    image: list[Any] = []
    for event, span in _parser().events_with_range(body):
        if not isinstance(event, dict):
            continue
        start: Any = event.get("Start")
        if isinstance(start, dict) and ("Link" in start or "Image" in start):
            tag = start.get("Link") or start["Image"]
            line, column = place.of(span["start"])
            if "Image" in start:
                image = [tag["dest_url"], line, column, ""]
            elif tag["link_type"] != "Email":
                links.append(Link(tag["dest_url"], line, column))
        elif not image:
            continue
        elif "Text" in event:
            image[3] += event["Text"]
        elif "Code" in event:
            image[3] += event["Code"]
        elif event.get("End") == "Image":
            links.append(Link(image[0], image[1], image[2], image=True, alt=image[3]))
            image = []
    return tuple(links)


class _Places:
    """Lines and columns of offsets in UTF-8 text, asked for one after the other."""

    def __init__(self, data: bytes, first_line: int) -> None:
        self._data, self._line, self._counted = data, first_line, 0

    def of(self, offset: int) -> tuple[int, int]:
        """Line and column of ``offset``."""
        if offset < self._counted:  # should the parser go back
            self._line -= self._data.count(b"\n", offset, self._counted)
        else:
            self._line += self._data.count(b"\n", self._counted, offset)
        self._counted = offset
        start = self._data.rfind(b"\n", 0, offset) + 1
        return self._line, len(self._data[start:offset].decode("utf-8", "replace")) + 1
