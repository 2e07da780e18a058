"""The short ways of the rules give what the long ways give, which are written out here."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongkai.privacy import names, retiring, runs
from gongkai.privacy.detectors import Kind, scan
from gongkai.privacy.headings import dangers, harmless, name_columns
from gongkai.reading.masks import protect_masks
from gongkai.reading.ordinary import ordinary
from gongkai.reading.structure import structure
from gongkai.rules import text as text_rules
from gongkai.rules.arithmetic import in_text, lists, sentences
from gongkai.rules.deadline.spans import narrow
from gongkai.rules.inspection import book_marks, laws, leftovers
from gongkai.rules.inspection.leftovers import repeats
from gongkai.rules.looks import Way, holds, places
from gongkai.rules.numbers import index_number, numbering


def texts(pieces: str, most: int = 30) -> st.SearchStrategy[str]:
    """Texts made of ``pieces``, which are written with ¦ between them."""
    return st.lists(st.sampled_from(pieces.split("¦")), max_size=most).map("".join)


UNTIMED = settings(deadline=None)
NUMBERS = texts(
    "1¦13¦86¦0¦２¦٣¦𝟒¦1380013¦0666-5550¦X¦х¦年¦|¦A¦ ¦-¦。¦\u200b¦\n¦\r\n¦    ¦\u3000¦*¦**¦\\*¦#¦×¦x¦电话¦@¦＠¦qq.com"
)


ORDINARY_NUMBERS = texts(
    "1¦13¦86¦0¦1380013¦0666-5550¦110101199003070¦X¦×¦年¦匀¦、¦|¦A¦ ¦-¦—¦。¦\n¦\r\n¦    ¦*¦#¦x¦电话"
)


@UNTIMED
@given(NUMBERS | ORDINARY_NUMBERS, st.booleans())
def test_every_long_run_of_digits_is_found_but_plain_landlines(text: str, wrapped: bool) -> None:
    pattern = runs._WRAPPED_RUN if wrapped else runs._RUN
    long_way = [m.span() for m in pattern.finditer(text) if not runs._plain_landline(m[0])]
    assert runs.long_runs(text, wrapped=wrapped) == long_way


@UNTIMED
@given(NUMBERS | ORDINARY_NUMBERS)
def test_a_text_with_a_masked_number_is_always_looked_at(text: str) -> None:
    sign = f"[{runs.MASK_SIGNS}]"
    masks = re.finditer(rf"\d((?:\\?{sign}|[ -](?=\\?{sign})){{2,}})", text)
    if any(sum(ch in runs.MASK_SIGNS for ch in mask[1]) >= 2 for mask in masks):
        assert runs.may_be_masked(text)


@pytest.mark.parametrize("mask", ["\\*" * 7, "-*******", "\\#######", " \\*******", "*-*****"])
def test_masks_written_with_backslashes_and_hyphens_are_looked_at(mask: str) -> None:
    assert [hit.kind for hit in scan(f"身份证 110101199{mask}023X")] == [Kind.PARTIAL]


@UNTIMED
@given(texts("a¦b¦ab¦c¦\n¦x"))
def test_ways_find_what_one_pattern_of_all_finds(text: str) -> None:
    patterns = (("a", r"ab?c|^a"), ("b", r"b{1,2}(?=a)"), ("ab", r"(?<!c)ab"), ("c", r"c\n?"), ("x", "x+a?"))
    ways = tuple(Way((word,) if word != "a" else ("a", "b"), re.compile(p, re.MULTILINE)) for word, p in patterns)
    joined = re.compile("|".join(f"(?:{p})" for _, p in patterns), re.MULTILINE)
    assert [m.span() for m in places(ways, text)] == [m.span() for m in joined.finditer(text)]


LEFT = texts(
    "请填写¦请¦待¦填写¦填入¦输入¦补充¦完善¦此处¦××¦XX¦x¦X¦年¦月¦20¦镇¦某某¦〔¦〕¦号¦【¦】¦3¦标题¦"
    "本部分以表格形式报告¦Lorem Ipsum¦lorem ipsum¦LOREM IPSUM¦（¦）¦。¦\n¦实际¦ ¦打印¦关闭¦本页¦上一篇¦下一条¦"
    "：¦友情链接¦字体¦大¦分享到¦您的¦当前¦位置¦浏览次数¦点击¦扫一扫¦手机¦版权所有¦返回顶部¦"
    "网站地图¦|¦\u3000"
)


@pytest.mark.parametrize("ways", [leftovers._TEMPLATE, leftovers._SHELL])
@UNTIMED
@given(text=LEFT)
def test_leftovers_are_found_way_by_way_as_all_at_once(ways: tuple[Way, ...], text: str) -> None:
    joined = re.compile("|".join(f"(?:{way.pattern.pattern})" for way in ways), re.MULTILINE)
    assert [m.span() for m in places(ways, text)] == [m.span() for m in joined.finditer(text)]


@UNTIMED
@given(LEFT)
def test_words_of_the_page_around_are_looked_for_wherever_they_may_stand(text: str) -> None:
    if any(way.pattern.search(text) for way in leftovers._SHELL):
        assert holds(text, leftovers._SHELL_SIGNS)


@UNTIMED
@given(LEFT)
def test_words_of_a_template_are_looked_for_wherever_they_may_stand(text: str) -> None:
    if any(way.pattern.search(text) for way in leftovers._TEMPLATE):
        assert holds(text, leftovers._TEMPLATE_SIGNS)


@UNTIMED
@given(texts("关于¦做好¦印发¦修改¦的¦通知¦根据¦按照¦、¦等¦法律¦<¦规定¦>¦](¦》"))
def test_lost_names_are_looked_for_wherever_one_may_be_lost(text: str) -> None:
    if book_marks._EATEN.search(text):
        assert any(sign.search(text) for sign in book_marks._EATEN_SIGNS)


@UNTIMED
@given(texts("一¦二¦三¦一二三¦开始对¦1¦，¦\n¦|¦𠀀", 40))
@example("开始对开始对")
@example("第一第二第三第四" * 2)
def test_words_written_twice_are_found_at_every_place(text: str) -> None:
    han = re.compile("[\u4e00-\u9fff]+")
    for span in range(3, 9):
        for n in range(len(text) - 2 * span + 1):
            once = text[n : n + span]
            if han.fullmatch(once) and once == text[n + span : n + 2 * span]:
                assert leftovers._may_repeat(text)
    assert list(repeats(text)) == [(m.start(), m[1]) for m in leftovers._TWICE.finditer(text) if len(set(m[1])) > 1]


LIST = texts(
    "张三¦王*明¦李某¦欧阳明¦买买提·艾山¦赵\\*\\*¦河湾村¦一二三四五六七八九¦、¦，¦ ¦\u3000¦：¦"
    "（组长）¦- ¦1. ¦**¦\n¦\n\n¦名单¦|"
)


@UNTIMED
@given(LIST)
def test_names_in_a_line_are_counted_as_part_by_part(text: str) -> None:
    line = text.replace("\n", " ")
    head, colon, tail = line.rpartition("：")
    listed = tail if colon and len(head) < 60 else line
    parts = [p for p in re.split(r"[、，,；;。\s\u3000]+", listed.replace("\\", "")) if p]
    found = sum(names.name_like(p) for p in parts)
    assert names.names_in(line) == (found if found >= 3 and found * 10 >= len(parts) * 6 else 0)


HEADINGS = [
    "姓名",
    "户主",
    "名称",
    "补贴对象",
    "学生姓名",
    "职务",
    "*姓名*",
    "**户主**",
    "金额",
    "身份证号",
    "联系电话",
    "账号",
]


@UNTIMED
@given(
    st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=3),
    st.lists(st.sampled_from(["张三", "王*明", "100", "合计", ""]), max_size=6),
    st.sampled_from(["---", ":-:", " - "]),
    st.sampled_from(["", "```\n", "<!-- \n", "说明\n\n", "---\n"]),
)
def test_tables_of_persons_are_those_of_the_whole_structure(
    headings: list[str], cells: list[str], rule: str, before: str
) -> None:
    rows = [headings, [rule] * len(headings), *([cell] * len(headings) for cell in cells)]
    body = before + "\n".join(f"| {' | '.join(row)} |" for row in rows)
    tables = structure(body).tables
    listing = [(t, name_columns(t.header, t.rows)) for t in tables]
    assert retiring.person_tables(body) == tuple(t for t, columns in listing if columns)
    for table, columns in listing:
        if harmless(table.header):
            assert not columns
            assert not dangers(table.header, table.rows, persons=False)


@UNTIMED
@given(texts("**¦*¦张**¦公告¦，¦重要¦ ¦\n¦`¦“¦”¦3¦王*明"))
def test_bold_text_with_letters_at_its_ends_is_so_in_every_line(body: str) -> None:
    if text_rules._only_letters_at_ends(body):
        for line in body.split("\n"):
            for bold in text_rules._BOLD.findall(protect_masks(line)):
                assert bold[0].isalnum()
                assert bold[-1].isalnum()


@UNTIMED
@given(texts("。¦；¦”¦\n¦\n¦  ¦甲乙¦- ¦1. ¦| ¦# "))
def test_lines_that_run_together_are_looked_at(body: str) -> None:
    lines = body.split("\n")
    together = any(
        text_rules._SENTENCE_END.search(before) and text_rules._PLAIN_LINE.match(line)
        for before, line in pairwise(lines)
    )
    assert bool(text_rules._TOGETHER.search(body)) == together


@UNTIMED
@given(texts("１¦٣¦①¦1¦％¦＋¦+¦年¦，¦（¦～¦×¦·¦！¦\u3000¦\u200b¦•¦．¦✕¦■¦\n¦\t¦〇¦a", 5))
def test_an_ordinary_text_has_no_rare_digits_gaps_and_masks(text: str) -> None:
    if ordinary(text):
        assert not any(ch.isdigit() and not ch.isascii() for ch in text)
        assert sentences.fold(text) == text
        assert unicodedata.normalize("NFKC", text) == narrow(text).replace("！", "!").replace("？", "?")
        assert not set(text) & (set(runs.MASK_SIGNS) - set("*×xX#"))


def test_every_ordinary_digit_and_gap_is_known_by_its_lower_byte() -> None:
    in_stretch = re.compile(rf"[\d{runs._INVISIBLE}{runs._VISIBLE}\r\n]")
    known = [ch for ch in map(chr, range(0x10000)) if in_stretch.match(ch) and ordinary(ch)]
    assert sorted(known) == sorted(runs._ORDINARY_RUN)


FIGURES = texts(
    "增加¦减少¦增长¦2.01¦12¦150¦3.123¦0.55¦16.75¦%¦％¦１２¦＋¦+¦=¦×¦x¦*¦万元¦元¦亩¦公顷¦每亩¦元/亩¦（¦）¦：¦:¦"
    "三类¦5项¦共3项¦甲10¦乙20¦丙5¦、¦；¦。¦期初余额¦收入¦支出¦期末余额¦100元¦上年结余50元，收入20元，支出10元，年末结余70元"
)


@UNTIMED
@given(FIGURES)
def test_paragraphs_in_which_a_figure_is_wrong_are_looked_at(text: str) -> None:
    text = sentences.fold(text)
    if list(sentences.percentages(text)):
        assert in_text._may_change(text)
    if list(lists.sums(text)):
        assert lists.may_list(text)
    if list(sentences.long_yuan(text)) or sentences.naked_amounts(text) or list(sentences.balance(text)):
        assert sentences.may_be_amount(text)


LAWS = texts(
    "《¦》¦中华人民共和国¦信访条例¦城市房屋拆迁管理条例¦政府信息公开条例¦安全生产法¦（¦）¦(¦国务院令第431号¦国务院令第711号¦"
    "国令第¦国务院第¦492¦号¦号令¦民发〔2012〕220号¦云发〔2011〕13号¦根据¦。¦\n"
)


@UNTIMED
@given(LAWS)
def test_texts_that_cite_a_law_wrongly_are_looked_at(text: str) -> None:
    if list(laws.citations(text, dt.date(2026, 11, 20))):
        assert laws.may_be_wrong(text)


@UNTIMED
@given(texts("国发¦[¦〔¦2020¦】¦]¦）¦1¦23¦号¦第"))
def test_cited_numbers_are_looked_at(body: str) -> None:
    assert bool(numbering._CITED_SIGN.search(body)) == bool(re.search(r"[\]］】﹞)）]\d{1,5}号", body))


@UNTIMED
@given(texts("1134¦R¦/¦-¦2024¦05¦13¦1999¦001¦9¦年¦\n", 8))
def test_index_numbers_are_taken_apart_from_their_end(text: str) -> None:
    match = index_number._TAIL.search(text)
    parsed = index_number.parse(text)
    assert (parsed is None) == (match is None)
    if match and parsed:
        assert (parsed.year, parsed.month, parsed.serial) == (int(match["year"]), match["month"] or "", match["serial"])
        assert parsed.front + parsed.mark == text[: match.start()]
