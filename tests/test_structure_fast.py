"""The short ways by which a body is taken apart and its figures are read give what the long ways give."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.reading.inline import cells, plain
from gongkai.reading.labels import definitions
from gongkai.reading.masks import protect_masks
from gongkai.reading.structure import structure
from gongkai.rules.arithmetic import lists, sentences
from gongkai.rules.arithmetic.figures import figure_of, read_cell

TABLE = "\n| 甲 | 乙 |\n| --- | --- |\n| 一 | 二 |\n"
MARKS = [
    "\n",
    "\n\n",
    "**",
    "**期限**：",
    "张**，",
    "李*明",
    "138****1234",
    "##",
    "1. ",
    "\n---\n",
    "\n===\n",
    "```\n",
    "* * *",
]
PIECES = st.sampled_from([*"甲乙王*_`~\\<[]()!|：:。；,. \t\u3000-=#1\ufdd0", *MARKS, TABLE, "单位：元"])
BODIES = st.lists(PIECES, max_size=25).map("".join)
LINES_OF_TABLES = st.sampled_from(
    [
        *(
            "| 甲 | 乙 |",
            "| --- | --- |",
            "| 1 | **二** |",
            "| 李*明 | 一** |",
            "| 三 |",
            "| 甲 | 乙 | 丙 |",
            "| :-: | -- | - |",
        ),
        *(
            "| 甲 | 乙 | ",
            " | 甲 | 乙 |",
            "甲 | 乙",
            "|甲|",
            "|-|",
            "|",
            "||",
            "# 甲",
            "单位：元",
            "",
            "| 甲 \\| 乙 |",
            "| `甲` | 乙 |",
        ),
    ]
)
# A backslash before a letter that needs none is left as it is, and makes the parser take the long way.
LONG_WAY = "\n\n\\甲"


@settings(max_examples=300)
@given(BODIES.filter(lambda body: "<!--" not in body))
def test_a_body_with_rare_marks_is_read_as_one_without(body: str):
    short, long = structure(body), structure(body + LONG_WAY)
    fenced = "```" in body or "~~~" in body
    added = 1 if long.texts and long.texts[-1] == "\\甲" else 0
    assert added or fenced
    assert long.texts[: len(long.texts) - added] == short.texts
    assert long.starts[: len(long.starts) - added] == short.starts
    assert (long.headings, long.tables) == (short.headings, short.tables)
    assert (long.labels, long.definitions) == (short.labels, short.definitions)


@settings(max_examples=300)
@given(BODIES.filter(lambda body: "`" not in body and "~" not in body))
def test_what_empty_lines_part_is_read_as_in_one_piece(body: str):
    """A fence far below makes the parser go through all lines in one piece."""
    short, long = structure(body), structure(body + "\n\n```\n")
    assert (long.texts, long.starts, long.headings) == (short.texts, short.starts, short.headings)
    assert (long.tables, long.labels, long.definitions) == (short.tables, short.labels, short.definitions)


@settings(max_examples=300)
@given(st.lists(LINES_OF_TABLES, max_size=8).map("\n".join))
def test_tables_that_stand_alone_are_read_as_those_among_lines(body: str):
    short, long = structure(body), structure(body + "\n\n```\n")
    assert (long.texts, long.starts, long.headings) == (short.texts, short.starts, short.headings)
    assert (long.tables, long.labels, long.definitions) == (short.tables, short.labels, short.definitions)


@settings(max_examples=300)
@given(BODIES.filter(lambda body: "`" not in body and "~" not in body))
def test_masks_are_found_alike_with_code_and_without(body: str):
    assert protect_masks(body + "\n`") == protect_masks(body) + "\n`"


@given(st.lists(PIECES.filter(lambda piece: "\n" not in piece), max_size=12).map("".join))
def test_labels_are_the_bold_words_at_the_start_or_before_a_colon(line: str):
    bold = re.compile(r"(?<!\\)\*\*(?=[^\s*])((?:[^*\\]|\\.)+?)(?<=\S)\*\*")
    line = "甲" + line.replace("_", "").replace("`", "").replace("~", "").replace("|", "").replace("\ufdd0", "")
    text = protect_masks(line)
    found = [m for m in bold.finditer(text) if m[1][-1] in "：:" or re.match(r"\s*[：:]", text[m.end() :])]
    assert [label.text for label in structure(line).labels] == [plain(m[1]).rstrip("：: ") for m in found]


@given(st.text("甲|\\ *乙\t", max_size=12))
def test_cells_are_parted_at_bars_that_are_not_escaped(line: str):
    inner = line.strip()
    inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    assert cells(line) == tuple(plain(part) for part in re.split(r"(?<!\\)\|", inner))


@given(st.text("甲乙：:，。 1/", max_size=20))
def test_a_definition_ends_where_the_next_label_starts(text: str):
    found = list(definitions(text))
    rest = text
    for definition in found:
        assert definition.label in rest
        rest = rest[rest.index(definition.label) + len(definition.label) :]
        assert definition.value in rest


@given(st.text("甲１２.．%％+＋−=＝ （", max_size=20))
def test_folding_changes_only_what_is_wide(text: str):
    wide = str.maketrans("０１２３４５６７８９．％＋－−＝", "0123456789.%+--=")
    assert sentences.fold(text) == text.translate(wide)


LISTS = st.lists(
    st.sampled_from(
        [*"甲乙、，；。：:（(", "3类", "五项", "两大部分", "12万元：", "30户：", "9平方米：", "甲1", "乙20", "+", "=6"]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=500)
@given(LISTS)
def test_texts_that_are_sorted_out_hold_no_sum(text: str):
    if not lists.may_list(text):
        listed, counted = lists._LISTED.search(text), lists._COUNTED.search(text)
        assert (listed, counted, list(lists.sums(text))) == (None, None, [])


@given(st.text("合计无不适用暂甲乙丙", max_size=6))
def test_words_are_no_figures(text: str):
    marks = {"", "无", "不适用", "暂无"}
    assert (read_cell(text) is None) == (text not in marks)


@given(st.integers(-10_000_000, 10_000_000))
def test_minus_signs_of_any_width_count(number: int):
    assert figure_of(f"{number:,}".replace("-", "−")) == figure_of(str(number))
