"""The fast reader of front matter gives what YAML gives, or leaves the text to YAML."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.reading import marked_yaml
from gongkai.reading.plain_head import read_plain
from sites import ROOT


def by_yaml(text: str) -> tuple[Any, list[Any]]:
    said: list[Any] = []
    with patch.object(marked_yaml, "read_plain", lambda *_: None):
        return marked_yaml.parse(text, "a.md", said.append, first_line=2), said


def agree(text: str) -> bool:
    found = read_plain(text, 2)
    return found is None or (found, []) == by_yaml(text)


HEADS = [p.read_text("utf-8").split("---\n")[1] for p in sorted((ROOT / "site_src" / "items").rglob("*.md"))]


def test_it_agrees_with_yaml_on_every_item_of_the_demonstration():
    assert [head for head in HEADS if not agree(head)] == []


def test_it_reads_most_items_of_the_demonstration():
    assert sum(read_plain(head, 2) is not None for head in HEADS) > len(HEADS) / 2


PIECES = st.sampled_from(
    [
        *("title", "标题", "a", "1", "null", "~", "true", "-", "- ", ": ", ":", " ", "  ", "\n", "#", " #", ",", ", "),
        *(
            "[",
            "]",
            "{",
            "}",
            "'",
            '"',
            "“",
            "”",
            "：",
            "，",
            "*",
            "&",
            "!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "\\",
            "?",
            "=",
            "<<",
        ),
        *(
            "\t",
            "\u00a0",
            "\u3000",
            "\u2028",
            "\x85",
            "\ufeff",
            "\x7f",
            "😀",
            "2026-10-09",
            "12:30",
            "...",
            "---",
            "/",
            "(",
            ")",
        ),
    ]
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_it_agrees_with_yaml_on_any_text(text: str):
    assert agree(text)


VALUES = st.lists(PIECES, min_size=1, max_size=6).map("".join)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["title", "标题", "a_1", "null"]), VALUES), min_size=1, max_size=3))
def test_it_agrees_with_yaml_on_lines_of_keys_and_values(lines: list[tuple[str, str]]):
    text = "\n".join(f"{key}: {value}" for key, value in lines)
    for wrapped in (
        text,
        text.replace(": ", ": [", 1) + "]",
        text.replace(": ", ": {a: ", 1) + "}",
        f'{text[:9]}"{text[9:]}"',
    ):
        assert agree(wrapped)


@pytest.mark.parametrize(
    "text",
    [
        "a: null",
        "a: b #c",
        "a: b: c",
        "a: 'b''c'",
        "a: [b, [c]]",
        "a: [b,]",
        "a:\n  - b",
        "a: b\n c",
        "a: {b}",
        "a: <<",
        "- a",
    ],
)
def test_what_is_not_plain_is_left_to_yaml(text: str):
    assert read_plain(text, 1) is None
