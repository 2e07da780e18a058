"""Asterisks of masks are escaped as the plain patterns say, whatever stands around them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.reading.masks import _DOUBLE, _HAN, _NAMES, _STOP, protect_masks

PATTERNS = (
    r"(?<=[^\s*\\])\*{3,}",
    r"(?<=\d)\*{1,2}(?=\d)",
    rf"(?<=[{_HAN}])\*(?=[{_HAN}、，。；：,;）)\s|]|$)",
    rf"{_STOP}(?P<name>[{_NAMES}]|{_DOUBLE})\*\*(?!\*)",
)


def by_the_patterns(line: str) -> str:
    for pattern in PATTERNS:
        line = re.sub(pattern, lambda m: m[0].replace("*", "\\*"), line)
    return line


PIECES = [
    "*",
    "**",
    "***",
    "张",
    "王",
    "欧阳",
    "注意",
    "为",
    "12",
    "a",
    " ",
    "\\",
    "，",
    "|",
    "（",
    "）",
    "：",
    "、",
    "和",
    "\u3000",
]


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_every_line_is_escaped_as_the_patterns_say(line: str):
    assert protect_masks(line) == by_the_patterns(line)


@pytest.mark.parametrize(
    ("body", "safe"),
    [
        ("王*明、138****1234", r"王\*明、138\*\*\*\*1234"),
        ("`王*明` 王*明", r"`王*明` 王\*明"),
        ("```\n王*明\n```\n张**", "```\n王*明\n```\n张\\*\\*"),
        ("请**注意**", "请**注意**"),
    ],
)
def test_masks_are_escaped_and_code_and_bold_type_are_not(body: str, safe: str):
    assert protect_masks(body) == safe
