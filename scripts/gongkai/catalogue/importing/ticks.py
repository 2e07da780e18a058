"""Tick columns: 全社会, 主动, 依申请 and the levels."""

from __future__ import annotations

import re

_TICKED = frozenset("√✓✔☑■●▲◆▄þüRPtVv是Y") | {"√√", "有"}
_UNTICKED = frozenset("□☐口£〇○×✗✘☒否无/／—－-–─一\\") | {"——", "--", "---", "──", "不涉及"}


def tick_of(text: str) -> bool | None:
    """Whether a tick column's cell is ticked; None for anything that is neither a mark nor empty."""
    bare = re.sub(r"\s+", "", text)
    if not bare or bare in _UNTICKED:
        return False
    return True if bare in _TICKED else None
