"""Index numbers, document numbers and classification: the pure functions behind the rules of GK601 to GK649."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.numbers import classification, document_number, index_number
from gongkai.rules.numbers.index_number import Form

CODE = "11999999MB0000001X"
LETTERS = st.text(alphabet="示政办财农民应急发函字规", min_size=3, max_size=6).filter(
    lambda t: t not in document_number._BARE
)
YEARS = st.integers(1950, 2049)
SERIALS = st.integers(1, 9999)


# --- index numbers: the forms of R4.3


@pytest.mark.parametrize(
    ("text", "front", "year", "serial"),
    [
        ("015080218/2017-00173", "015080218", 2017, "00173"),
        ("11500227009345443J/2025-00102", "11500227009345443J", 2025, "00102"),
        ("11341821003287377R/202405-00058", "11341821003287377R", 2024, "00058"),
        ("1133102400268125XW/2024-104757", "1133102400268125XW", 2024, "104757"),
        ("330502/2023-05086", "330502", 2023, "05086"),
        ("6107280000/2024-001005", "6107280000", 2024, "001005"),
        ("001008003001086/2020-42401", "001008003001086", 2020, "42401"),
        ("XM05904-30-01-2024-004", "XM05904-30-01", 2024, "004"),
        ("01527918X-2020-153077", "01527918X", 2020, "153077"),
    ],
)
def test_parts_of_the_forms_seen(text: str, front: str, year: int, serial: str):
    number = index_number.parse(text)
    assert number is not None
    assert (number.front, number.year, number.serial) == (front, year, serial)


@pytest.mark.parametrize("text", ["", "2026", "示政发〔2026〕12号", "null02D/abc", "015080218/17-001"])
def test_what_is_no_index_number(text: str):
    assert index_number.parse(text) is None


@given(YEARS, st.integers(1, 12), SERIALS, st.booleans(), st.sampled_from("/-"), st.integers(4, 6))
def test_a_number_that_is_made_is_read_again(year: int, month: int, serial: int, monthly: bool, mark: str, width: int):
    number = index_number.parse(Form(CODE, mark, monthly, width).number(year, month, serial))
    assert number is not None
    assert (number.front, number.mark, number.year, int(number.serial)) == (CODE, mark, year, serial)


@given(st.text(max_size=30))
def test_any_text_is_read_without_fail(text: str):
    index_number.parse(text)
    document_number.judge(text)
    document_number.year_of(text)


@pytest.mark.parametrize(
    ("pattern", "code", "others", "expected"),
    [
        (None, CODE, [], f"{CODE}/2026-00001"),
        (None, None, ["640502017/2025-00023"], None),
        (rf"^{CODE}/20\d{{2}}-\d{{5}}$", CODE, [], f"{CODE}/2026-00001"),
        (rf"^{CODE}/20\d{{4}}-\d{{5}}$", CODE, [], f"{CODE}/202601-00001"),
        (rf"^{CODE}/20\d{{2}}-\d{{6}}$", CODE, [f"{CODE}/2025-000007"], f"{CODE}/2026-000001"),
        (r"^MB0000001/20\d{2}-\d{5}$", CODE, [], "MB0000001/2026-00001"),
        (r"^640502017/20\d{2}-\d{5}$", None, [], "640502017/2026-00001"),
        (r"^XM\d{5}-20\d{2}-\d{3}$", None, ["XM05904-2024-004"], "XM05904-2026-001"),
        (r"^[A-Z]+_\d+$", CODE, [], None),
    ],
)
def test_form_of_new_numbers(pattern: str | None, code: str | None, others: list[str], expected: str | None):
    form = index_number.form(pattern, code, others)
    assert (form.number(2026, 1, 1) if form else None) == expected


# --- document numbers


@pytest.mark.parametrize(
    "text",
    [
        "示政发〔2026〕12号",
        "示政办发〔2026〕5号",
        "国务院令第711号",
        "财政部公告2024年第3号",
        "2024年第3号",
        "省政府令第123号",
    ],
)
def test_right_document_numbers(text: str):
    assert document_number.judge(text).defects == ()


@given(LETTERS, YEARS, SERIALS)
def test_every_number_of_the_right_shape_is_right(letters: str, year: int, serial: int):
    text = f"{letters}〔{year}〕{serial}号"
    assert document_number.judge(text) == ((), text)
    assert document_number.parse(text) == (letters, year, serial)
    assert document_number.year_of(text) == year


@given(
    LETTERS,
    YEARS,
    SERIALS,
    st.sampled_from(["[]", "()", "（）", "【】", "﹝﹞", "［］", "〖〗"]),
    st.booleans(),
    st.booleans(),
)
def test_wrong_brackets_prefix_and_zeros_are_put_right(
    letters: str, year: int, serial: int, brackets: str, prefix: bool, zeros: bool
):
    wrong = f"{letters}{brackets[0]}{year}{brackets[1]}{'第' if prefix else ''}{'00' if zeros else ''}{serial}号"
    judged = document_number.judge(wrong)
    assert judged.right == f"{letters}〔{year}〕{serial}号"
    assert len(judged.defects) == 1 + prefix + zeros


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("来苏委发〔2021〕68号", "来苏委发"),
        ("示委办发〔2021〕6号", "示委办发"),
        ("示党发〔2021〕6号", "示党发"),
        ("渝农委发〔2021〕6号", None),
        ("云发改委发〔2021〕6号", None),
        ("示政发〔2021〕6号", None),
    ],
)
def test_numbers_of_the_party(text: str, letters: str | None):
    assert document_number.party_letters(text) == letters


@pytest.mark.parametrize("text", ["无", "/", "—", "暂无", "空", "见附件"])
def test_words_for_no_number(text: str):
    assert document_number.is_nothing(text)


# --- subject and genre


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("民政、扶贫、救灾", "first"),
        ("民政、乡村振兴、救灾", "first"),
        ("民政，扶贫，救灾", "first"),
        ("财政、金融、审计/财政", "first"),
        ("财政", "second"),
        ("人事工作", "second"),
        ("货币（含外汇）", "second"),
        ("其他", "first"),
        ("公告", "genre"),
        ("部门文件", "unknown"),
    ],
)
def test_kinds_of_subjects(value: str, kind: str):
    assert classification._subject_kind(value) == kind


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("通知", "genre"),
        ("命令（令）", "genre"),
        ("财政预算、决算", "subject"),
        ("财政", "subject"),
        ("公示公告", "unknown"),
    ],
)
def test_kinds_of_genres(value: str, kind: str):
    assert classification._genre_kind(value) == kind
