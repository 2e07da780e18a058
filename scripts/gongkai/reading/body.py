"""What the body of an item points at: links and images, each with its place."""

from __future__ import annotations

import bisect
from typing import Any

import pyromark

from gongkai.model import Link

OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
_PARSER = pyromark.Markdown(options=OPTIONS)


def find_links(body: str, body_line: int) -> tuple[Link, ...]:
    """All links and images of a Markdown body that starts on ``body_line`` of its file, in order."""
    if "](" not in body and "]:" not in body and "][" not in body and "://" not in body:
        return ()
    data = body.encode("utf-8")
    starts = [0, *(i + 1 for i, byte in enumerate(data) if byte == 10)]
    links: list[Link] = []
    image: list[Any] = []
    for event, span in _PARSER.events_with_range(body):
        if not isinstance(event, dict):
            continue
        start: Any = event.get("Start")
        if isinstance(start, dict) and ("Link" in start or "Image" in start):
            tag = start.get("Link") or start["Image"]
            row = bisect.bisect_right(starts, span["start"]) - 1
            column = len(data[starts[row] : span["start"]].decode("utf-8", "replace")) + 1
            if "Image" in start:
                image = [tag["dest_url"], body_line + row, column, ""]
            elif tag["link_type"] != "Email":
                links.append(Link(tag["dest_url"], body_line + row, column))
        elif image and "Text" in event:
            image[3] += event["Text"]
        elif image and "Code" in event:
            image[3] += event["Code"]
        elif image and event.get("End") == "Image":
            links.append(Link(image[0], image[1], image[2], image=True, alt=image[3]))
            image = []
    return tuple(links)
