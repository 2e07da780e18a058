"""Content elements: names compared, composite ones taken apart, found in an item or missed."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.model import Period
from gongkai.rules.elements.shown import Shown
from gongkai.rules.elements.words import Target, element, normal, required, synonyms
from sites import an_item


def test_names_are_compared_without_width_brackets_and_signs():
    assert normal("报名地点（方式）") == normal("报名地点") == "报名地点"
    assert normal("申请条件和程序") == normal("申请条件、程序")
    assert normal("ＡＢ") == "ab"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("姓名、照片", ["姓名", "照片"]),
        ("办理时间、地点", ["办理时间", "办理地点"]),
        ("申请条件、程序", ["申请条件", "申请程序"]),
        ("救助标准", ["救助标准"]),
        ("审核信息(姓名、金额)", ["审核信息"]),
    ],
)
def test_composite_elements_are_split(name: str, parts: list[str]):
    assert [part.name for part in element(name).parts] == parts


@pytest.mark.parametrize(
    "name", ["低保对象名单", "户主姓名(脱敏)", "其他支出", "图件(可选)", "数字图文、音视频等形式", "（）"]
)
def test_what_cannot_be_asked_of_every_item(name: str):
    assert not required(name)


@pytest.mark.parametrize("name", ["执法人员名单", "申请条件", "姓名、照片", "文号"])
def test_what_can_be_asked(name: str):
    assert required(name)


def test_synonyms_name_rows_that_exist():
    files = (Path(__file__).resolve().parents[1] / "catalogue" / "fields").glob("*.yaml")
    text = "".join(file.read_text("utf-8") for file in files)
    table = synonyms()
    for entry in (*table.one_of, *table.entries, *table.since):
        assert f"id: {entry}\n" in text, entry


@pytest.mark.parametrize(
    "body",
    [
        "## 申请条件\n本镇户籍",
        "**申请条件**：本镇户籍",
        "申请条件：本镇户籍",
        "| 申请条件 | 材料 |\n|---|---|\n| a | b |",
        "| 项目 | 内容 |\n|---|---|\n| 申请条件 | 本镇户籍 |",
        "## （一）申请条件与程序\n本镇户籍",
        "## 哪些人可以申请\n本镇户籍",
        "## 二、条件\n本镇户籍",
    ],
)
def test_an_element_is_found(body: str):
    assert Shown(an_item(body)).has(element("申请条件"))


@pytest.mark.parametrize("body", ["本镇户籍的可以来", "## 材料\n请按申请条件准备", "## 程序\n见附件"])
def test_an_element_is_not_found(body: str):
    assert Shown(an_item(body)).missing(element("申请条件")) == ("申请条件",)


def test_an_element_in_the_front_matter_counts():
    assert Shown(an_item("正文", elements={"申请条件": "见附件"})).has(element("申请条件"))
    assert Shown(an_item("正文", document_number="示政发〔2026〕12号")).has(element("文号"))


def test_the_missing_part_is_named():
    assert Shown(an_item("**姓名**：罗建平")).missing(element("姓名、照片")) == ("照片",)


NAMES = ["申请条件", "条件", "程序", "申请条件、程序", "标的概况", "概况", "四至", "办理时间、地点"]
NAMES += ["地点", "补偿方式和标准", "标准", "补偿方式"]
AROUND = ["\n", "\n## ", "\n**", "**", "：", "一、", "（二）", "3", "\n3\n", "第", "条", "的", "和", " "]
AROUND += ["㎡", "１", "\u0301", "| ", "甲"]


@given(st.lists(st.sampled_from(NAMES + AROUND), max_size=12).map("".join), st.sampled_from(NAMES))
def test_what_is_seen_at_first_sight_is_there_when_all_is_normalised(text: str, name: str):
    shown, sought = Shown(an_item(text, title=text[:9])), element(name)
    clauses = re.split(r"[^\w（）()“”《》]+", unicodedata.normalize("NFKC", text))
    clauses = [re.sub(r"[\W_的和与及之]", "", clause) for clause in clauses]

    def there(ways: tuple[Target, ...]) -> bool:
        return shown.named(ways) or any(c.startswith(t.word) for c in clauses for t in ways if not t.whole)

    parts = [there(part.targets) or (part.both and all(map(there, part.both))) for part in sought.parts]
    assert there(sought.targets) or all(parts) or not shown.at_sight(sought)


def test_most_elements_are_seen_at_first_sight():
    shown = Shown(an_item("## 申请条件\n\n本项目**标的概况**：\n\n| 程序 |\n|---|\n", period=Period(2026)))
    assert [name for name in ("申请条件、程序", "标的概况", "所属期", "照片") if shown.at_sight(element(name))] == [
        "申请条件、程序",
        "标的概况",
        "所属期",
    ]
