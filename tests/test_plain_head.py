"""The fast reader of front matter gives what YAML gives, or leaves the text to YAML."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.reading import marked_yaml
from gongkai.reading.plain_head import one_text, read_plain
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


def test_it_reads_nearly_every_item_of_the_demonstration():
    assert sum(read_plain(head, 2) is not None for head in HEADS) > len(HEADS) * 0.95


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
        *("\n  ", "\n- ", "\n  - ", "\n    b: c", "\nb: c", "①", "×", "_", "$", ";", "<", "^", "~ ", "? "),
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
        text.replace(": ", ": [{a: b, c: ", 1) + "}, {d: e}]",
        f'{text[:9]}"{text[9:]}"',
    ):
        assert agree(wrapped)


BLOCKS = (
    "key:\n  {0}: {1}\n  b: {1}",
    "key:\n    a: {1}\n    b: {0}\nnext: {1}",
    "key:\n  - {0}\n  - {1}\nnext: {1}",
    "key:\n- {0}\n- {1}",
    "key:\n  - path: {0}\n    title: {1}\n  - path: {1}\nnext: b",
    "key:\n  -  a: {0}\n     b: c\n  - {{a: {1}}}\n\n\nnext: [{0}]",
    "\n\na: {0}\n\nb:\n {1}: c\n",
)


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(BLOCKS), VALUES, VALUES)
def test_it_agrees_with_yaml_on_blocks(block: str, first: str, second: str):
    assert agree(block.format(first, second))


@pytest.mark.parametrize("block", BLOCKS)
def test_it_reads_blocks_of_plain_words(block: str):
    assert (
        read_plain(block.format("甲（一）", "乙、2026"), 2)
        == by_yaml(block.format("甲（一）", "乙、2026"))[0]
        is not None
    )


@pytest.mark.parametrize(
    "value",
    [
        "2026-10-09 09:30",
        "王*明",
        "100㎡",
        "①甲；②乙",
        "https://a.example.gov.cn/b?c=d&e",
        '甲"乙"丙',
        "3×4",
        "C[1]{2}",
    ],
)
def test_it_reads_what_stands_in_titles_and_dates(value: str):
    assert read_plain(f"title: {value}", 2) == by_yaml(f"title: {value}")[0] is not None


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(["title", "标题", "null", '"a"', "a b"]), VALUES)
def test_the_text_of_one_line_is_the_one_yaml_reads(key: str, value: str):
    text = f"{key}: {value}"
    found = one_text(text)
    node, said = by_yaml(text)
    if found is not None:
        written, read = node.pairs[0]
        assert (found, read.null, said) == ((written.text, read.text), False, [])


def test_a_bracket_at_the_very_end_of_a_text_is_a_finding():
    _, said = by_yaml("a: b\ntitle: [")
    assert [(f.line, f.column, f.hint) for f in said] == [
        (3, 8, "括号要成对，各项之间用半角逗号加空格隔开，如：title: [甲, 乙]")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a: null",
        "a: b #c",
        "a: b: c",
        "a: 'b''c'",
        "a: [b, [c]]",
        "a: [b,]",
        "a: b\n c",
        "a:",
        "a:\n",
        "a:\n- b\n-\n- c",
        "a:\n  - b\n  -c",
        "a:\n  - b\n - c",
        "a:\n  b: c\n d: e",
        "a:\n  b: c\n    d: e",
        "a:\n  b:\n    c: d",
        "a:\n  - - b",
        "a:\n  b: c\n\n  d: e",
        "a:\n  null: c",
        "- a: b\nc: d",
        "a: {b}",
        "a: <<",
        "- a",
    ],
)
def test_what_is_not_plain_is_left_to_yaml(text: str):
    assert read_plain(text, 1) is None
