"""Regular expressions that are compiled when they are first used.

A check knows some four hundred of them, and compiling takes longer than all else at its start; a run that finds most items
unchanged needs few.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer", "pattern")


class _Late:
    """Stands for ``re.compile(pattern, flags)``; after the first use its methods are the compiled pattern's own.

    A match knows the compiled pattern (``match.re``), never this stand-in: compare ``pattern``, not identity.
    """

    def __init__(self, pattern: Any, flags: int) -> None:
        self._made = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        compiled = re.compile(*self._made)
        for known in (*_METHODS, name):
            setattr(self, known, getattr(compiled, known))
        return getattr(compiled, name)


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile``, put off until the first use. A pattern that is wrong raises then: the tests use every one."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


def regex_bytes(pattern: bytes, flags: int = 0) -> re.Pattern[bytes]:
    """:func:`regex` for bytes."""
    return cast("re.Pattern[bytes]", _Late(pattern, flags))
