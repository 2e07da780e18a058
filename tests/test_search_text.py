"""How text becomes index words."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search import text
from gongkai.search.bigram import build_bigram, read_chunk, utf16
from gongkai.search.fold import fold
from gongkai.search.packing import MARK, SearchError, from_varints, pack, rising, unpack, varints, without
from gongkai.search.records import FileText, SearchRecord, digest_of
from gongkai.search.spelling import spellings
from gongkai.search.store import build_texts, record_of
from gongkai.search.text import (
    BREAK,
    Lost,
    Row,
    Zones,
    is_dropped,
    is_letter,
    letters,
    lost_of,
    row_of,
    runs,
    runs_of,
    words,
    zone_length,
    zones_of,
)


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


def test_a_zone_leaves_room_for_a_break_and_grows_in_steps() -> None:
    assert [zone_length(longest) for longest in (0, 63, 64, 200)] == [64, 64, 96, 224]


def record(
    title: str = "低保", *blocks: str, names: tuple[str, ...] = (), files: tuple[FileText, ...] = ()
) -> SearchRecord:
    return SearchRecord("a.html", title, "2026-01-01", blocks, names=names, files=files)


def test_a_row_keeps_title_names_blocks_and_attachments_apart() -> None:
    one = record("低保", "标准", "公示。", names=("社会救助", "财政所"), files=(FileText("名册", ("王某 | 300",)),))
    row = row_of(one, Zones(4, 12))
    assert row.letters == "低保、、社会救助、财政所、、、、标准、公示、王某、300、"
    assert row.starts == (16, 19, 22)
    assert row.files_from == 22
    assert zones_of([one]) == Zones(64, 64)


def test_a_row_holds_the_other_spellings_of_a_date_behind_a_break() -> None:
    """So that 2026-09 and 2026年9月 find each other; nobody types the letters that stand for them."""
    plain, spelled = row_of(record("低保", "2026年9月公示"), Zones(4, 4)).letters[8:].split(BREAK)[:2]
    assert plain == "2026年9月公示"
    assert all(ord(letter) in range(0xA500, 0xA640) for letter in spelled)


def test_a_title_that_fills_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="分区"):
        row_of(record("字" * 64), Zones(64, 64))


def test_what_is_lost_between_two_versions_are_runs_and_letters_that_are_said_nowhere_any_more() -> None:
    old = row_of(record("低保公示", "羽衣甘蓝，符合条件"), Zones(8, 4))
    new = row_of(record("公示", "符合条件，已更正"), Zones(8, 4))
    assert lost(old, new).runs == ((0, "低保公示"), (12, "羽衣甘蓝"))
    assert lost(old, new).letters == set("低保羽衣甘蓝")
    assert [run for _, run in lost(old, None).runs] == ["低保公示", "羽衣甘蓝", "符合条件"]


def lost(old: Row, new: Row | None) -> Lost:
    return lost_of(3, runs_of(old), old.letters, new)


texts = st.text(alphabet="低保公示户ab12，。| \n\u200b２０26年9月-", max_size=60)


@given(texts, st.lists(texts, max_size=3), st.lists(texts, max_size=3), st.lists(texts, max_size=3))
def test_a_record_read_back_from_its_text_has_the_same_row(
    title: str, names: list[str], blocks: list[str], attached: list[str]
) -> None:
    """What is struck out of an index is found by the row of the old version, which only its text remembers."""
    files = (FileText("附件", tuple(" ".join(text.split()) for text in attached)),) if attached else ()
    one = record(title, *blocks, names=tuple(names), files=files)
    zones = Zones(128, 512)
    row = row_of(one, zones)
    stored = build_texts("s", [one], [row], 1)
    text = json.loads(unpack("t", stored.pop("s-t00000.bin")))[0]
    again = record_of(text, lambda piece: json.loads(unpack(piece, stored.pop(piece))))
    assert row_of(again, zones) == row
    assert stored == {}


def test_a_records_digest_changes_with_every_part_of_it() -> None:
    base = record("公示", "一", "二", names=("名",), files=(FileText("附件", ("三",)),))
    others = [
        record("公示", "一二", names=("名",), files=base.files),
        record("公示", "一", "二", "名", files=base.files),
        record("公示", "一", "二", names=("名",), files=(FileText("附件", ("三", "")),)),
        record("公示", "一", "二", names=("名",)),
    ]
    assert len({digest_of(one) for one in (base, *others)}) == 5


@given(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("低保，。（） \n_、\u200b\u0301𠮷"))))
def test_letters_are_what_a_look_at_each_character_gives(text: str) -> None:
    folded = fold(text)
    plain = "".join(ch if is_letter(ch) else "" if is_dropped(ch) else BREAK for ch in folded)
    found = letters(text)
    assert found == re.sub(f"{BREAK}+", BREAK, BREAK.join((plain, *spellings(folded))))


def test_keys_of_an_index_are_sorted_as_a_browser_compares_them() -> None:
    one = record("﨎𠮷户", "𠮷﨎，﨎﨎，户﨎，户𠮷，户𠮷户")
    zones = zones_of([one])
    files, entry = build_bigram("a", [row_of(one, zones)], zones)
    keys = list(read_chunk(unpack("", files["a-i0000.bin"])))
    assert keys == ["户", "户𠮷", "户﨎", "𠮷", "𠮷户", "𠮷﨎", "﨎", "﨎𠮷", "﨎﨎"]
    assert keys == sorted(keys, key=utf16)
    assert entry["keys"] == "户"


@given(st.lists(st.integers(0, 1 << 40)))
def test_numbers_come_back_from_their_bytes(numbers: list[int]) -> None:
    assert from_varints(varints(numbers)) == numbers
    ordered = sorted(numbers)
    assert list(itertools.accumulate(from_varints(rising(ordered)))) == ordered


@given(st.sets(st.integers(0, 1 << 18)), st.sets(st.integers(0, 1 << 18)), st.data())
def test_numbers_taken_out_of_their_bytes_leave_what_the_others_alone_would_be(
    some: set[int], absent: set[int], data: st.DataObject
) -> None:
    going = set(data.draw(st.lists(st.sampled_from(sorted(some))) if some else st.just([]))) | absent
    assert without(rising(sorted(some)), going) == rising(sorted(some - going))


@given(st.binary())
def test_a_packed_file_comes_back_and_the_same_content_is_the_same_file(content: bytes) -> None:
    assert unpack("a", pack(content)) == content
    assert pack(content) == pack(content)
    assert MARK not in pack(content)[:4]


@given(st.binary(min_size=1, max_size=200), st.data())
def test_no_cut_file_is_taken_for_a_whole_one(content: bytes, data: st.DataObject) -> None:
    packed = pack(content)
    with pytest.raises(SearchError, match="缺失或不完整"):
        unpack("a", packed[: data.draw(st.integers(0, len(packed) - 1))])


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
