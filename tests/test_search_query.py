"""The query side's pure functions in a real browser, and that they go by the same rules as the index."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from gongkai.search.fold import fold, table
from gongkai.search.spelling import spellings
from gongkai.search.text import runs
from sites import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

SCRIPTS = ("gongkai-search-fold.js", "gongkai-search-query.js", "gongkai-search-words.js")
WORDS = {
    "fields": [["19", "社会救助"], ["22", "涉农补贴"]],
    "groups": [["19-02", "最低生活保障"], ["19-03", "特困人员救助供养"], ["22-01", "农业生产发展资金"]],
    "entries": [
        ["19-02-02", "办事指南", 2],
        ["19-02-04", "审批信息", 7],
        ["19-03-02", "办事指南", 0],
        ["22-01-01", "农机购置补贴", 3],
        ["22-01-02", "耕地地力保护补贴", 0],
    ],
    "units": [["财政所", 4], ["文化站", 0]],
    "synonyms": [
        ["最低生活保障", "低保", "低保户"],
        ["特困人员救助供养", "五保", "五保户"],
        ["农机购置补贴", "农机补贴"],
    ],
}


@pytest.fixture(scope="module")
def js(browser: Browser) -> Iterator[Page]:
    """A page with the query side alone, as it is before the fold table has come."""
    page = browser.new_page()
    for name in SCRIPTS:
        page.add_script_tag(path=ROOT / "theme/assets" / name)
    page.evaluate("words => { window.words = gkSearch.words(words); }", WORDS)
    yield page
    page.close()


@pytest.fixture(scope="module")
def full(browser: Browser) -> Iterator[Page]:
    """The same with the fold table."""
    page = browser.new_page()
    for name in SCRIPTS[:2]:
        page.add_script_tag(path=ROOT / "theme/assets" / name)
    page.evaluate("bytes => gkSearch.fold.useTable(new Uint8Array(bytes))", list(table()))
    yield page
    page.close()


def parsed(page: Page, query: str) -> list[Any]:
    return page.evaluate("q => gkSearch.query.parse(q).clauses", query)


def marked(page: Page, text: str, query: str) -> list[str]:
    code = "([text, q]) => gkSearch.query.findMarks(text, gkSearch.query.parse(q)).map(m => text.slice(m.from, m.to))"
    return page.evaluate(code, [text, query])


def test_both_sides_fold_every_chinese_character_alike(full: Page):
    letters = [
        chr(code)
        for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00), *range(0x20, 0x600), *range(0xFE30, 0xFFF0))
    ]
    assert full.evaluate("all => all.map(gkSearch.fold.fold)", letters) == [fold(letter) for letter in letters]


def test_the_browser_knows_when_it_needs_the_table(js: Page):
    letters = [chr(code) for code in range(0x4E00, 0x9FA6)]
    outside = [letter for letter in letters if not letter.encode("gb2312", "ignore")]
    assert js.evaluate("all => all.filter(gkSearch.fold.needsTable)", letters) == outside
    assert not js.evaluate("gkSearch.fold.needsTable('低保ABC，1〇')")


def test_both_sides_split_and_spell_alike(full: Page):
    chance = random.Random(2026)
    pieces = ["示政发", "〔2026〕", "[2026]", "（2026年）", "12号", "第3号", "2026-00206", "11999999MB0000001X/", "2026年9月28日",
              "2026.9", "2026/09/28", "二〇二六年十月一日", "20261120", "低保", " ", "　", "，", "-", "号", "09", "𠮷", "é", "\u200b", "万元"]  # fmt: skip
    texts = ["".join(chance.choices(pieces, k=chance.randint(1, 7))) for _ in range(1500)]
    got = full.evaluate(
        "all => all.map(t => { const { fold, spellings } = gkSearch.fold, { runsOf } = gkSearch.query; const f = fold(t);"
        " return [runsOf(f), [...new Set(spellings(f).map(s => s.run))].sort()]; })",
        texts,
    )
    for text, (split, spelled) in zip(texts, got, strict=True):
        assert split == runs(text), text
        assert spelled == sorted(spellings(fold(text))), text


def test_words_are_clauses_that_must_all_be_answered(js: Page):
    assert parsed(js, "低保　标准，ＡＢ 低保") == [[["低保"]], [["标准"]], [["ab"]]]
    assert parsed(js, "  ，。！") == []


def test_a_date_is_asked_for_in_its_one_spelling(js: Page):
    (day,), (month,) = spellings("2026-09-28"), spellings("2026-09")
    assert parsed(js, "2026-09-28") == [[[day]]]
    assert parsed(js, "低保 2026/9") == [[[month]], [["低保"]]]
    assert parsed(js, "2026年9月") == [[[month], ["2026年9月"]]]
    assert parsed(js, "关于2026年9月低保") == [[["关于2026年9月低保"]]]
    assert parsed(js, "2026年9") == [[["2026年9"]]]


def test_a_number_is_asked_for_as_one_run(js: Page):
    (number,) = spellings("示政发〔2026〕12号")
    assert parsed(js, "示政发（2026）12号") == [[[number]]]
    assert parsed(js, "低保 示政发[2026]12号") == [[[number]], [["低保"]]]
    assert parsed(js, "示政发 〔2026〕12号") == [[[number.removeprefix("示政发")]], [["示政发"]]]
    assert parsed(js, "11999999MB0000001X/2026-00206") == [[[*spellings("11999999mb0000001x/2026-00206")]]]
    assert parsed(js, "（2026）") == [[["2026"]]]


def test_hits_answer_every_clause_by_any_of_its_alternatives_in_the_worse_zone(js: Page):
    code = """([clauses, answers]) => {
      const maps = new Map(answers.map(([run, pages]) => [run, new Map(pages)]));
      return [...gkSearch.query.hits({ clauses }, maps)].sort();
    }"""
    answers = [["甲", [[1, 0], [2, 0], [3, 2]]], ["乙", [[1, 2], [3, 0], [4, 0]]], ["丙", [[2, 1], [3, 3]]], ["", [[7, 2]]]]  # fmt: skip
    assert js.evaluate(code, [[[["甲"]], [["乙"]]], answers]) == [[1, 2], [3, 2]]
    assert js.evaluate(code, [[[["甲"]], [["乙"], ["丙"]]], answers]) == [[1, 2], [2, 1], [3, 2]]
    assert js.evaluate(code, [[[["甲", "乙"], ["丙"]]], answers]) == [[1, 2], [2, 1], [3, 2]]
    assert js.evaluate(code, [[[["无"]], [["甲"]]], answers]) == []
    assert js.evaluate(code, [[], answers]) == [[7, 2]]


@pytest.mark.parametrize(
    ("text", "query", "marks"),
    [
        ("农村低保标准，低 保户", "低保", ["低保", "低 保"]),
        ("ＡＢ公司", "ab", ["ＡＢ"]),
        ("面积５０㎡", "50m2", ["５０㎡"]),
        ("公开、透明", "公开透明", []),
        ("根据示政发〔2026〕12号文件", "示政发[2026]12号", ["示政发〔2026〕12号"]),
        ("示政发〔2026〕112号", "示政发[2026]12号", []),
        ("定于2026年9月28日召开，2026-9-30止", "2026-09", ["2026年9月28日", "2026-9-30"]),
        ("二〇二六年九月二十八日", "2026.9.28", ["二〇二六年九月二十八日"]),
        ("王𠮷某", "𠮷", ["𠮷"]),
        ("é", "e", []),
    ],
)
def test_marks_stand_where_the_query_is_answered(text: str, query: str, marks: list[str], js: Page):
    assert marked(js, text, query) == marks


def test_marks_of_traditional_texts_need_the_table(js: Page, full: Page):
    assert marked(js, "鄉鎮衞生院", "乡镇") == []
    assert marked(full, "鄉鎮衞生院", "乡镇") == ["鄉鎮"]
    assert marked(full, "乡镇卫生院", "鄉鎮") == ["乡镇"]


def test_excerpts_show_each_word_once_and_name_the_attachment(js: Page):
    code = "([blocks, q]) => gkSearch.query.excerpts(blocks, gkSearch.query.parse(q))"
    blocks = [
        {"text": "开头" + "甲" * 200},
        {"text": "低保标准公布"},
        {"text": "合计 12", "file": "表一"},
        {"text": "低保"},
    ]
    found = js.evaluate(code, [blocks, "低保 合计"])
    assert [(one["text"], one.get("file")) for one in found] == [("低保标准公布", None), ("合计 12", "表一")]
    (first,) = js.evaluate(code, [blocks, "找不到"])
    assert first["text"].startswith("开头")
    assert (first["cutBefore"], first["cutAfter"]) == (False, True)
    long = [{"text": "前" * 300 + "低保" + "后" * 300}]
    (middle,) = js.evaluate(code, [long, "低保"])
    assert (middle["cutBefore"], middle["cutAfter"]) == (True, True)
    assert len(middle["text"]) == 90
    assert js.evaluate(code, [[], "低保"]) == []


def test_suggestions_lead_to_something_and_stand_in_order(js: Page):
    suggest = "q => words.suggestions(q).map(one => one.text)"
    assert js.evaluate(suggest, "农") == ["农机购置补贴", "农业生产发展资金", "涉农补贴"]
    assert js.evaluate(suggest, "办事") == ["最低生活保障 办事指南"]
    assert js.evaluate(suggest, "财政") == ["财政所"]
    assert js.evaluate(suggest, "低保") == ["最低生活保障", "最低生活保障 办事指南"]
    for nothing in ("文化", "五保", "耕地", "", "，", "农机购置补贴"):
        assert js.evaluate(suggest, nothing) == [], nothing


def test_other_words_replace_what_was_typed_but_never_narrow_it(js: Page):
    others = "q => words.others(q)"
    assert js.evaluate(others, "低保") == ["最低生活保障"]
    assert js.evaluate(others, "低保户 2026年") == ["最低生活保障 2026年", "低保 2026年"]
    assert js.evaluate(others, "农村五保标准") == ["农村特困人员救助供养标准"]
    assert js.evaluate(others, "最低生活保障") == ["低保", "低保户"]
    assert js.evaluate(others, "路灯") == []


def test_a_sentence_is_taken_apart_into_its_words(js: Page):
    apart = "q => words.apart(q)"
    assert js.evaluate(apart, "低保怎么申请") == ["低保 申请", "最低生活保障 申请", "低保", "最低生活保障"]
    assert js.evaluate(apart, "请问五保户能领多少钱？")[0] == "五保户 能领"
    assert "五保户" in js.evaluate(apart, "请问五保户能领多少钱？")
    assert js.evaluate(apart, "农机补贴标准")[:2] == ["农机补贴 标准", "农机购置补贴 标准"]
    for nothing in ("路灯", "低保", "怎么", ""):
        assert js.evaluate(apart, nothing) == [], nothing


def test_nearest_entries_share_letters_with_the_query_or_its_other_words(js: Page):
    nearest = "q => words.nearest(q).map(one => one.id)"
    assert js.evaluate(nearest, "五保怎么办")[0] == "19-03-02"
    assert set(js.evaluate(nearest, "低保")) == {"19-02-02", "19-02-04"}
    assert js.evaluate(nearest, "买农机补贴多少")[0] == "22-01-01"
    assert js.evaluate(nearest, "量子") == []
    assert js.evaluate("words.nearest('低保')[0].path") == ["社会救助", "最低生活保障", "办事指南"]


def test_two_thousand_odd_queries_throw_nothing_in_any_pure_function(js: Page):
    chance = random.Random(4)
    alphabet = ["低", "保", "2026", "年", "9月", "〔", "〕", "号", "-", "/", "<script>", "</script>", "<img src=x onerror=alert(1)>",
                "&amp;", "😀", "👨‍👩‍👧", "𠮷", "\u202e", "\u200f", "\u0301", "\ud83d", "\udc00", "\x00", "\u2028", "''", '"', "\\", "$&", "%", "أ",
                "ꕾ", "ﬁ", "㌀", "İ", "Σ", "\n", "\t", "　", "ㄅ", "가"]  # fmt: skip
    queries = ["".join(chance.choices(alphabet, k=chance.randint(0, 40))) for _ in range(1995)]
    queries += ["低" * 10_000, "😀" * 10_000, "<script>" * 1250, "2026-" * 2000, "\u0301" * 10_000]
    code = """list => JSON.parse(list).map(q => {
      const { parse, hits, findMarks, excerpts } = gkSearch.query;
      gkSearch.fold.needsTable(q);
      const asked = parse(q);
      hits(asked, new Map());
      const text = `${q}低保2026年9月，示政发〔2026〕12号`.slice(0, 400);
      let at = 0;
      for (const mark of findMarks(text, asked)) {
        if (!(mark.from >= at && mark.to > mark.from && mark.to <= text.length)) throw new Error(`marks of ${q}`);
        at = mark.to;
      }
      excerpts([{ text }, { text: q.slice(0, 300), file: q.slice(0, 9) }], asked);
      words.suggestions(asked.text); words.others(asked.text); words.apart(asked.text); words.nearest(asked.text);
      return Array.from(asked.text).length;
    })"""
    lengths = js.evaluate(code, json.dumps(queries))  # escaped, as halves of 4-byte characters have no other way
    assert len(lengths) == 2000
    assert max(lengths) == 100
