"""Characters and spellings that count as the same, and the words kept for the search page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.resources import catalogue_dir
from gongkai.search import fold as fold_module
from gongkai.search import spelling
from gongkai.search.fold import FoldTableError, fold, table
from gongkai.search.spelling import spellings
from gongkai.search.synonyms import groups

NOT_SIMPLIFIED = "乾著藉覆夥像淼沈"


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("災後重建", "灾后重建"),
        ("鄉鎮衞生醫療", "乡镇卫生医疗"),
        ("關於徵地補償", "关于征地补偿"),
        ("發髮", "发发"),
        ("ＡＢＣ１２３㎡", "abc123m2"),
        ("ΣΑΣ", "σασ"),
        (NOT_SIMPLIFIED, NOT_SIMPLIFIED),
    ],
)
def test_traditional_forms_width_and_case_fold_together(raw: str, folded: str):
    assert fold(raw) == folded


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_folding_twice_changes_nothing_for_chinese(raw: str):
    chinese = "".join(re.findall(r"[\u3400-\u9fff]", raw))
    assert fold(fold(chinese)) == fold(chinese)


def test_table_holds_pairs_of_one_letter_outside_the_standard_and_its_simplified_form():
    letters = table().decode()
    pairs = dict(zip(letters[::2], letters[1::2], strict=True))
    assert len(pairs) > 2900
    assert pairs["鎮"] == "镇"
    assert not pairs.keys() & set("中国镇乡后于征" + NOT_SIMPLIFIED)
    assert list(pairs) == sorted(pairs)


def test_missing_table_is_said_in_chinese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(fold_module.resources, "files", lambda _: tmp_path)
    fold_module._simplified.cache_clear()
    fold_module._traditional.cache_clear()
    try:
        with pytest.raises(FoldTableError, match=r"找不到简繁对照表.*pip install"):
            table()
    finally:
        fold_module._simplified.cache_clear()
        fold_module._traditional.cache_clear()


SAME_DAY = [
    "2026年9月28日",
    "2026年09月28日",
    "2026 年 9 月 28 日",
    "2026-09-28",
    "2026.9.28",
    "2026/9/28",
    "20260928",
    "２０２６－０９－２８",
    "二〇二六年九月二十八日",
    "二○二六年九月二十八日",
]


@pytest.mark.parametrize("raw", SAME_DAY)
def test_a_day_has_one_spelling_however_it_is_written(raw: str):
    assert spellings(fold(raw)) == spellings("2026-09-28")


@pytest.mark.parametrize("raw", ["2026年9月", "2026-09", "2026.9", "2026/9", "二〇二六年九月"])
def test_a_month_has_one_spelling_with_which_its_days_begin(raw: str):
    (month,) = spellings(raw)
    assert spellings("2026-09-28")[0].startswith(month)
    assert spellings("2026-10-28") != spellings("2026-09-28")


@pytest.mark.parametrize(
    "raw",
    [
        "2026年",
        "2026-13",
        "2026-00",
        "2026.9万元",
        "12026-09",
        "2026-9号文",
        "2026-09-45678",
        "12月1日",
        "三年九月",
        "",
    ],
)
def test_what_is_no_date_is_not_spelled_as_one(raw: str):
    assert not any(
        run.startswith(spellings("2026-01")[0][0]) and len(run) == 2 and not run[1].isascii() for run in spellings(raw)
    )


@pytest.mark.parametrize(
    "raw",
    [
        "示政发〔2026〕12号",
        "示政发[2026]12号",
        "示政发（2026）12号",
        "示政发【2026】第12号",
        "示政发［2026］012号",
        "示政发 〔2026〕 12 号",
        "示政发〔2026年〕12号",
        "示政发2026-12号",
    ],
)
def test_a_document_number_has_one_spelling_whatever_its_brackets(raw: str):
    assert spellings(fold(raw)) == spellings("示政发〔2026〕12号")


def test_other_document_numbers_are_other_runs():
    runs = {
        spellings(f"{office}〔{year}〕{n}号")
        for office in ("示政发", "示政办")
        for year in (2025, 2026)
        for n in (1, 11)
    }
    assert len(runs) == 8


def test_an_index_number_is_one_run_and_its_end_a_part_of_it():
    (whole,) = spellings(fold("11999999MB0000001X/2026-00206"))
    (end,) = spellings("2026-00206")
    assert whole.endswith(end)
    assert whole.startswith("11999999mb0000001x")


@given(st.text(alphabet="示政发〔〕[]()2026年月日号-./十一二〇 第012", max_size=60))
def test_spellings_hold_nothing_that_can_be_typed_but_codes_and_serials(raw: str):
    for run in spellings(fold(raw)):
        typed = re.split(r"[\ua500-\ua5ff]+", run)
        assert len(typed) == 2
        assert typed[0] in "".join(fold(raw).split())
        assert re.fullmatch(r"\d*号?", typed[1])


@given(st.text(alphabet="示政发〔〕[]()2026199年月日号-./十一二〇 第012", max_size=60))
def test_a_pattern_that_is_not_tried_would_find_nothing(raw: str):
    text = fold(raw)
    found = [one for pattern in spelling._DATES for one in spelling._dates(pattern, text)]
    found += [one for pattern in spelling._NUMBERS for one in spelling._numbers(pattern, text)]
    assert spellings(text) == tuple(dict.fromkeys(run for _, run in sorted(found)))


def test_synonyms_cover_all_fields_with_at_least_eighty_groups():
    assert len(groups()) >= 80
    text = (catalogue_dir() / "search_synonyms.yaml").read_text("utf-8")
    fields = {path.name[:2] for path in (catalogue_dir() / "fields").glob("*.yaml")}
    assert set(re.findall(r'^"(\d\d)":', text, re.M)) == fields


def test_a_synonym_stands_in_one_group_once_and_has_two_letters_or_more():
    words = [word for group in groups() for word in group]
    assert sorted({word for word in words if words.count(word) > 1}) == []
    assert [word for word in words if len(word) < 2] == []
    assert [group for group in groups() if len(group) < 2] == []


@pytest.mark.parametrize(
    ("typed", "formal"),
    [
        ("低保", "最低生活保障"),
        ("五保", "特困人员救助供养"),
        ("一卡通", "惠民惠农财政补贴资金"),
        ("危改", "农村危房改造"),
        ("新农合", "城乡居民基本医疗保险"),
        ("贫困户", "脱贫户"),
    ],
)
def test_what_residents_say_leads_to_the_formal_word(typed: str, formal: str):
    assert [group[0] for group in groups() if typed in group] == [formal]
