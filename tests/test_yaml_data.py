"""Catalogue files are read from the parser's events: what comes out is what PyYAML's own loader gives."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading import marked_yaml
from sites import ROOT

FILES = sorted((ROOT / "catalogue").rglob("*.yaml"))
WORDS = st.sampled_from(
    [
        *"甲 1 01 0x1f 1_000 1.5 .5 .nan -.inf 1e3 12:30 ~ null Null n no true True yes on 2026-10-09 = << *x # '1' \"01\" |".split(),  # noqa: SIM905 - a line of words is easier to read
        *("", "a b", "- 甲", "&x 甲", "!!str 1", "甲: 乙"),
    ]
)
TEXTS = st.lists(
    st.one_of(
        WORDS,
        st.builds("{}: {}".format, WORDS, WORDS),
        st.builds("  {}: {}".format, WORDS, WORDS),
        st.builds("- {}".format, WORDS),
        st.builds("{}: [{}, {}]".format, WORDS, WORDS, WORDS),
        st.builds("{}: {{甲: {}, {}: 乙}}".format, WORDS, WORDS, WORDS),
        st.sampled_from(["甲:", "甲: &a 1", "乙: *a", "<<: {甲: 1}", "---", "...", "? [甲]", ": 1", "2026: 甲"]),
    ),
    max_size=5,
).map("\n".join)


def slow(text: str) -> Any:
    """What the plain second way gives, or the error it raises."""
    try:
        return yaml.load(text, marked_yaml._data_loader())
    except (yaml.YAMLError, ValueError, TypeError) as error:
        return type(error)


def fast(text: str) -> Any:
    try:
        return marked_yaml._load(text)
    except (yaml.YAMLError, ValueError, TypeError) as error:
        return type(error)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_catalogue_file_is_read_as_the_loader_reads_it(path):
    text = path.read_text("utf-8")
    assert repr(fast(text)) == repr(slow(text))


@given(TEXTS)
def test_any_text_is_read_as_the_loader_reads_it(text: str):
    assert repr(fast(text)) == repr(slow(text))
