"""docs/rules.md is the manual of all kinds of findings, generated from their definitions."""

from __future__ import annotations

import re
import string

import pytest

from gongkai.model import FindingType
from gongkai.rules.manual import manual
from gongkai.rules.registry import all_types
from sites import ROOT

# A half-width sign after Chinese that is no "key: value" and no sample of code.
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff）”][,;:!?](?! )|[\u4e00-\u9fff]\(")


def code_of(kind: FindingType) -> str:
    return kind.code


def test_manual_is_current():
    text = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert text == manual(), "run: gongkai rules > docs/rules.md"


def test_manual_has_a_section_for_every_code():
    assert re.findall(r"^## (GK\d{3}) ", manual(), re.MULTILINE) == [t.code for t in all_types()]


def test_codes_have_their_form():
    assert all(re.fullmatch(r"GK\d{3}", t.code) for t in all_types())


@pytest.mark.parametrize("kind", all_types(), ids=code_of)
def test_words_of_a_kind_are_complete(kind: FindingType):
    assert all((kind.title, kind.message, kind.hint, kind.source, kind.why))
    assert kind.message.endswith("。")
    assert kind.why.endswith("。")


@pytest.mark.parametrize("kind", all_types(), ids=code_of)
def test_chinese_text_has_full_width_punctuation(kind: FindingType):
    for text in (kind.title, kind.message, kind.source, kind.why):
        assert HALF_WIDTH.findall(text) == []


@pytest.mark.parametrize("kind", all_types(), ids=code_of)
def test_templates_can_be_filled(kind: FindingType):
    for template in (kind.message, kind.hint):
        names = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
        assert "" not in names
        assert "{" not in template.format(**dict.fromkeys(names, "甲")).replace("{start:", "").replace(
            "{name:", ""
        ).replace("{by:", "")
