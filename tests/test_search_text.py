"""How text becomes index words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search import text
from gongkai.search.text import BREAK, EVERY_PAGE, fold, page_words, runs, title_zone, words


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("㎡", "m2"),
        ("第Ⅲ批", "第iii批"),
        ("（2026）", "(2026)"),
        ("ΣΑΣ", "σασ"),
    ],
)
def test_width_case_and_compatibility_forms_fold_together(raw: str, folded: str) -> None:
    assert fold(raw) == folded


def test_every_letter_is_a_word_and_space_leaves_no_trace() -> None:
    assert words("低 保\n标准A1") == list("低保标准a1")


def test_punctuation_is_one_break_however_long() -> None:
    assert words("公开——透明。") == ["公", "开", BREAK, "透", "明", BREAK]


@pytest.mark.parametrize(
    "invisible",
    ["\u200b", "\u00ad", "\u202e", "\ufe00", "\U000e0100", "\ufeff"],
)
def test_invisible_marks_inside_a_name_do_not_break_it(invisible: str) -> None:
    assert words(f"葛{invisible}某") == ["葛", "某"]
    assert runs(f"葛{invisible}某") == ["葛某"]


@pytest.mark.parametrize("rare", ["𠮷", "\U00031350", "\U000323b0", "〇"])
def test_rare_characters_of_names_are_letters(rare: str) -> None:
    assert words(f"王{rare}") == ["王", rare]


def test_query_splits_at_space_and_punctuation_and_drops_doubles() -> None:
    assert runs("示政发〔2026〕12号 低保　低保") == ["示政发", "2026", "12号", "低保"]
    assert runs("，。！ ") == []
    assert runs("") == []


def test_title_zone_leaves_room_for_a_break_and_moves_in_steps() -> None:
    assert title_zone([]) == 64
    assert title_zone(["字" * 63]) == 64
    assert title_zone(["字" * 64]) == 96
    assert title_zone(["字" * 200]) == 224


def test_page_words_keep_title_blocks_and_common_word_apart() -> None:
    got = page_words("低保", ["标准", "公示。"], 64).split(" ")
    assert got[:2] == ["低", "保"]
    assert got[2:64] == [BREAK] * 62
    assert got[64:] == ["标", "准", BREAK, "公", "示", BREAK, EVERY_PAGE]


def test_page_words_of_an_empty_page() -> None:
    assert page_words("", ["", "。"], 64).split(" ")[-1] == EVERY_PAGE


def test_a_title_that_fills_the_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="标题区"):
        page_words("字" * 64, [], 64)


@given(st.text())
def test_words_are_single_letters_or_breaks(raw: str) -> None:
    for word in words(raw):
        assert word == BREAK or (len(word) == 1 and text.is_letter(word))


@given(st.text(alphabet="低保公示ab12，。 　\u200b"), st.integers(0, 8), st.integers(1, 6))
def test_every_cut_without_punctuation_is_found_by_its_own_run(block: str, start: int, length: int) -> None:
    cut = block[start : start + length]
    pieces = runs(cut)
    if len(pieces) == 1 and not any(ch in "，。 　" for ch in cut):
        assert pieces[0] in "".join(words(block))
