"""Rules on how items stand to each other: links, references, numbers, addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.gather import gather
from gongkai.rules.guide import NINE_THINGS
from gongkai.rules.site import _MARKS
from sites import GUIDE, ITEM, OPTIONS, TODAY, write_site

HEAD = ITEM[: ITEM.rindex("---\n")]
FILES = {
    "site_src/items/2026/b.md": HEAD + "document_number: 示政发〔2026〕12号\nindex_number: 2026-00012\n---\n正文\n",
    "site_src/items/2026/汇总 表.xlsx": "x",
    "site_src/items/2026/faulty.md": ITEM.replace("2026-10-09", "明天"),
    "site_src/files/表.pdf": "x",
}


def codes(folder: Path, head: str = "", body: str = "正文") -> list[tuple[str, str]]:
    """The findings of one more item, as code and message."""
    files = {**FILES, "site_src/items/2026/a.md": f"{HEAD}{head}---\n{body}\n"}
    found = gather(write_site(folder, files), TODAY).findings
    return [(f.code, f.message) for f in found if f.file.endswith("/a.md") and f.code.startswith("GK2")]


@pytest.mark.parametrize(
    "target",
    [
        "b.md",
        "b.md#附件",
        "../2026/b.md",
        "汇总%20表.xlsx",
        "<汇总 表.xlsx>",
        "../../files/表.pdf",
        "../../guide.md",
        "#第一节",
        "https://www.gov.cn/",
        "mailto:zwgk@shifan.example.gov.cn",
        "tel:0666-5550100",
        "faulty.md",
    ],
)
def test_link_that_leads_somewhere_is_fine(tmp_path: Path, target: str):
    assert codes(tmp_path, body=f"见[这里]({target})。") == []


@pytest.mark.parametrize("target", ["B.md", "没有.md", "../b.md", "../../guide.html", "../../Guide.md", "../2025/b.md"])
def test_link_that_leads_nowhere_is_an_error(tmp_path: Path, target: str):
    assert codes(tmp_path, body=f"见[这里]({target})。") == [("GK204", f"正文里的链接“{target}”指向的文件不存在。")]


def test_link_of_reference_style_is_checked(tmp_path: Path):
    assert codes(tmp_path, body="见[这里][1]。\n\n[1]: 没有.md") == [
        ("GK204", "正文里的链接“没有.md”指向的文件不存在。")
    ]


def test_link_in_a_code_block_is_no_link(tmp_path: Path):
    assert codes(tmp_path, body="```\n[这里](没有.md)\n```") == []


def test_link_to_an_item_for_the_board_only_is_an_error(tmp_path: Path):
    board = ITEM.replace("---\n全镇", "channels: [村公示栏]\n---\n全镇")
    files = {"site_src/items/a.md": f"{HEAD}---\n见[名单](b.md)。\n", "site_src/items/b.md": board}
    found = [f for f in gather(write_site(tmp_path, files), TODAY).findings if f.code == "GK204"]
    assert [f.message for f in found] == [
        "正文里的链接“b.md”指向的“2026年第三季度最低生活保障对象公示”没有在网站公开。"
    ]


@pytest.mark.parametrize(
    "name", ["b", "b.md", "../2026/b.md", "示政发〔2026〕12号", "2026-00012", "faulty", "faulty.md"]
)
@pytest.mark.parametrize("key", ["interprets", "related"])
def test_item_may_be_referred_to_by_any_of_its_names(tmp_path: Path, key: str, name: str):
    assert codes(tmp_path, head=f"{key}: {name}\n") == []


def test_each_wrong_reference_of_a_list_is_told(tmp_path: Path):
    assert codes(tmp_path, head="related: [b, 甲, 乙]\n") == [
        ("GK203", "related（相关文件）引用的“甲”不存在。"),
        ("GK203", "related（相关文件）引用的“乙”不存在。"),
    ]


def test_repealed_item_with_its_day_is_fine(tmp_path: Path):
    assert codes(tmp_path, head="validity: 废止\nrepealed_on: 2026-10-10\n") == []


@pytest.mark.parametrize("key", _MARKS)
def test_each_empty_mark_is_told(tmp_path: Path, key: str):
    group, _, name = key.partition(".")
    assert name in OPTIONS["township"][group]
    found = gather(write_site(tmp_path, mkdocs={"gongkai": {"township": {group: {name: None}}}}), TODAY).findings
    assert [(f.code, f.field) for f in found] == [("GK311", f"township.{key}")]


@pytest.mark.parametrize(("what", "pattern", "example"), NINE_THINGS, ids=[what for what, _, _ in NINE_THINGS])
def test_advice_for_the_guide_satisfies_the_rule(tmp_path: Path, what: str, pattern: str, example: str):
    missing = gather(write_site(tmp_path, {"site_src/guide.md": "# 指南\n"}), TODAY).findings
    (hint,) = [f.hint for f in missing if f"“{what}”" in f.message]
    assert example in hint
    followed = "# 指南\n\n" + hint.removeprefix("请加一节，如：\n") + "\n"
    left = gather(write_site(tmp_path, {"site_src/guide.md": followed}), TODAY).findings
    assert [f for f in left if f"“{what}”" in f.message] == []


def test_guide_of_the_valid_site_has_all_nine_things(tmp_path: Path):
    assert len(NINE_THINGS) == 9
    assert gather(write_site(tmp_path, {"site_src/guide.md": GUIDE}), TODAY).findings == []
