"""The parts of a body: headings, labels, definitions, tables, each where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.reading.inline import cells, plain
from gongkai.reading.labels import Definition, Label, definitions
from gongkai.reading.structure import Heading, structure

MARKDOWN = st.text(alphabet="#*_|-:：；。一二三名单申请条件 \n\t`<>[]()\\12.<table>/trd!~=", max_size=200)


def test_headings_in_both_forms():
    body = "# 一 ##\n\n申请条件\n====\n\n###### 六\n####### 七\n#没有空格\n"
    assert structure(body).headings == (Heading(1, "一", 0), Heading(1, "申请条件", 2), Heading(6, "六", 5))


def test_labels_stand_at_the_start_or_before_a_colon():
    body = "- **人数**：3\n请**注意**安全，**电话：**0666-5550100\n"
    assert structure(body).labels == (Label("人数", 0), Label("电话", 1))


def test_definitions_of_a_line_end_where_the_next_starts():
    assert list(definitions("受理单位：甲；电话：0666-1，地址：乙")) == [
        Definition("受理单位", "甲", 0),
        Definition("电话", "0666-1", 0),
        Definition("地址", "乙", 0),
    ]


@pytest.mark.parametrize("text", ["上午8:30到11:30", "见https://a.example", "没有冒号", ""])
def test_times_and_addresses_are_no_definitions(text: str):
    assert list(definitions(text)) == []


def test_a_table_keeps_masks_escapes_and_lines():
    body = "前\n\n| 姓名 | **金额** |\n|---|--:|\n| 王*明 | 3 |\n| 李** |\n| a \\| b | 4 |\n\n后"
    (table,) = structure(body).tables
    assert table.header == ("姓名", "金额")
    assert table.rows == (("王*明", "3"), ("李**",), ("a | b", "4"))
    assert (table.line, table.row_lines) == (2, (4, 5, 6))
    assert [p.line for p in structure(body).paragraphs] == [0, 8]


def test_a_table_in_html():
    (table,) = structure(
        "x\n<table><tr><th>项目</th><th>金额<br>元</th></tr>\n<tr><td>路</td><td>3</td></tr></table>"
    ).tables
    assert (table.header, table.rows, table.line, table.row_lines) == (("项目", "金额 元"), (("路", "3"),), 1, (2,))


def test_code_and_comments_hold_nothing():
    found = structure("```\n# 一\n| a |\n|---|\n```\n<!--\n# 二\n-->\n")
    parts = (found.headings, found.labels, found.definitions, found.tables, found.paragraphs)
    assert parts == ((), (), (), (), ())


def test_plain_takes_marks_away():
    assert plain("**甲**[乙](c.md)`丙`![丁](e.png)\\*") == "甲乙丙丁*"


def test_cells():
    assert cells("| a | |b|") == ("a", "", "b")


@given(MARKDOWN)
def test_any_text_is_some_body(body: str):
    found = structure(body)
    lines = body.count("\n") + 1
    for kind in (found.headings, found.labels, found.definitions, found.tables, found.paragraphs):
        assert all(0 <= part.line < lines for part in kind)
        assert [part.line for part in kind] == sorted(part.line for part in kind)


@settings(max_examples=50)
@given(st.lists(st.lists(st.text("甲乙丙丁12 ", min_size=1, max_size=4), min_size=2, max_size=2), max_size=5))
def test_a_table_written_is_the_table_read(rows: list[list[str]]):
    body = "| 甲 | 乙 |\n| --- | --- |\n" + "".join(f"| {a} | {b} |\n" for a, b in rows)
    (table,) = structure(body).tables
    assert table.rows == tuple((a.strip(), b.strip()) for a, b in rows)


@pytest.mark.parametrize(
    "body", ["*" * 20_000, "[" * 20_000, "<" * 20_000, "|" * 20_000, "：甲" * 10_000, "<table>" * 3_000]
)
def test_hostile_text_is_read_to_its_end(body: str):
    assert structure(body).headings == ()
