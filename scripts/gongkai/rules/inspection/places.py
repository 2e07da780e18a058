"""Where an offset in a body stands in the file."""

from __future__ import annotations

from gongkai.model import Item, Place


def place_in_body(item: Item, offset: int) -> Place:
    """Line and column of ``item.body[offset]``."""
    line = item.body.count("\n", 0, offset)
    return Place(item.file, item.body_line + line, offset - item.body.rfind("\n", 0, offset))
