"""How far a long run has come, for people at a terminal; silent everywhere else (a pipe, a log, a continuous build)."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
_SECONDS = 1.0
_FORM = "{desc} {percentage:3.0f}% |{bar:30}| {n_fmt}/{total_fmt}"


def counted(things: Sequence[Thing], label: str) -> Iterator[Thing]:
    """``things`` one after the other; what takes longer than a second shows a bar with ``label`` while it lasts."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield from things
        return
    from tqdm import tqdm  # noqa: PLC0415 - needed at a terminal only

    yield from tqdm(things, label, file=sys.stderr, delay=_SECONDS, leave=False, bar_format=_FORM)
