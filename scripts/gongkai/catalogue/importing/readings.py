"""What a cell was understood to say, and how sure that is."""

from __future__ import annotations

import re
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")

HIGH, MIDDLE, LOW, NONE = "高", "中", "低", "无"
EMPTY = "（空）"
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—·■□▲●☑√"
_BLANK_IN_CHINESE = re.compile(rf"(?<=[{_WIDE}])\s+|\s+(?=[{_WIDE}])")
_BROKEN_NUMBER = re.compile(r"(?<=\d)\s+(?=\d)")


class Reading(Struct, Generic[T], frozen=True):
    """A value, its wording as the clerk would write it, and why it is not certain (empty when it is)."""

    value: T
    shown: str
    doubt: str = ""
    confidence: str = HIGH

    @property
    def sure(self) -> bool:
        """Whether no question is needed."""
        return not self.doubt


def clean(text: str) -> str:
    """Text without the blanks and line breaks that tables put between Chinese letters."""
    return _BLANK_IN_CHINESE.sub("", re.sub(r"\s+", " ", text.replace("\u200b", "").replace("\ufeff", ""))).strip()


def bare(text: str) -> str:
    """``text`` without any blank, for comparing."""
    return re.sub(r"\s+", "", text)


def close_numbers(text: str) -> str:
    """``8 4 号`` as ``84号``."""
    return _BROKEN_NUMBER.sub("", text)
