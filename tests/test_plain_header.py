"""The short way to a header, its file's parts, links and attachments gives what the long way gives, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.gather import gather
from gongkai.model import Finding
from gongkai.reading import attachments, front_matter, marked_yaml, source
from gongkai.reading.body import find_links
from gongkai.reading.front_matter import Parts, cut
from gongkai.reading.header import read_header
from gongkai.reading.plain_header import PlainHeaders
from gongkai.reading.vocabulary import load_vocabulary
from gongkai.resources import catalogue_dir
from item_examples import CHINESE, ENGLISH
from sites import ITEM, ROOT, needs_links, write_site

VOCABULARY = load_vocabulary(catalogue_dir() / "vocabulary.yaml")
SHORT = PlainHeaders(VOCABULARY)
TEXTS = [p.read_text("utf-8") for p in sorted((ROOT / "site_src" / "items").rglob("*.md"))]


def said_by_the_short_way(head: str) -> tuple[Any, ...] | None:
    header = SHORT.read(head, "a.md", 2)
    if header is None:
        return None
    return list(header.data.items()), list(header.lines.items()), header.published_time, []


def said_by_the_long_way(head: str) -> tuple[Any, ...] | None:
    """By YAML, and the whole schema."""
    said: list[Finding] = []
    with patch.object(marked_yaml, "read_plain", lambda *_: None):
        node = marked_yaml.parse(head, "a.md", said.append, first_line=2)
    if not isinstance(node, marked_yaml.Mapping):
        return None
    header = read_header(node, "a.md", VOCABULARY, said.append)
    return list(header.data.items()), list(header.lines.items()), header.published_time, said


def head_of(text: str) -> str:
    return text.split("---\n")[1]


@pytest.mark.parametrize("text", [ITEM, ENGLISH, CHINESE])
def test_headers_with_every_key_go_the_short_way(text: str):
    assert said_by_the_short_way(head_of(text)) == said_by_the_long_way(head_of(text)) is not None


def test_nearly_every_item_of_the_demonstration_goes_the_short_way():
    short = [head for text in TEXTS if said_by_the_short_way(head := head_of(text)) is not None]
    assert len(short) > len(TEXTS) * 0.95
    assert [head for head in short if said_by_the_short_way(head) != said_by_the_long_way(head)] == []


LINES = sorted({line for text in (ITEM, ENGLISH, CHINESE, *TEXTS[::9]) for line in head_of(text).split("\n")})
KEYS = st.sampled_from(sorted({*VOCABULARY.labels, *VOCABULARY.labels.values(), "Title", "天气", "发布 日期"}))
SIMPLE = (
    *(
        "2026-10-09",
        "2026/10/9",
        "2026年10月9日 9:30",
        "2026-02-30",
        "2026",
        "2026-Q3",
        "2026年第三季度",
        "主动",
        "是",
        "否",
    ),
    *(
        "true",
        "null",
        "''",
        '""',
        "\u3000",
        "[]",
        "[甲, 乙]",
        "甲、乙",
        "10个工作日",
        "19-02-04",
        "a: b",
        "甲\u3000",
        "5",
        "x" * 121,
    ),
)
NESTED = (
    "{start: 2026-10-09, end: 2026/10/15, count: 7, unit: 日}",
    "{start: 2026-10-09, end: 2026-10-15, count: 0}",
    "2026-10-09至2026-10-15",
    "{by: 党政办, on: 2026-10-08}",
    "{by: 党政办, on: 明天}",
    "{by: 党政办, by: 甲}",
    "\n  by: 党政办\n  on: 2026年1月1日",
    "\n  - path: a.xlsx\n    title: 表\n  - b.docx",
    "\n- 政府网站\n- 门户网站",
    "\n  甲(乙): 丙\n  丁: 2026-1-1",
    "\n  - {value: 0666-5550120, reason: 办公电话, by: 党政办}",
)
WRITTEN = st.builds("{}: {}".format, KEYS, st.sampled_from((*SIMPLE, *NESTED)))
HEADS = st.lists(st.one_of(st.sampled_from(LINES), WRITTEN), max_size=4)
REQUIRED = "title: 标题\nentry: 19-02-04\nresponsible_unit: 财政所\npublished_on: 2026-10-09\n"


@settings(max_examples=1500, deadline=None)
@given(HEADS, st.booleans())
def test_the_short_way_agrees_with_the_long_way(lines: list[str], complete: bool):
    head = (REQUIRED if complete else "") + "\n".join(lines)
    short = said_by_the_short_way(head)
    assert short is None or short == said_by_the_long_way(head)


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from((ITEM, ENGLISH, CHINESE)), st.data())
def test_the_short_way_agrees_with_the_long_way_on_spoilt_headers(text: str, data: st.DataObject):
    head = head_of(text)
    at = data.draw(st.integers(0, len(head)))
    until = data.draw(st.integers(at, min(len(head), at + 3)))
    put = data.draw(
        st.sampled_from(["", " ", "\n", "\t", ":", "#", "'", '"', "，", "\n  ", "\u200b", "、", "-", "\u3000"])
    )
    spoilt = head[:at] + put + head[until:]
    short = said_by_the_short_way(spoilt)
    assert short is None or short == said_by_the_long_way(spoilt)


def test_two_items_with_the_same_line_each_have_their_own_elements(tmp_path: Path):
    config = write_site(tmp_path)
    text = ITEM.replace("---\n全", "elements:\n  咨询电话: 0666-5550120\n---\n全")
    for name in ("a", "b"):
        (tmp_path / f"site_src/items/{name}.md").write_text(text, "utf-8")
    first, second = (i for i in gather(config).dataset.items if i.address in ("a", "b"))
    assert first.elements == second.elements == {"咨询电话": "0666-5550120"}
    assert first.elements is not second.elements


PARTS = st.lists(
    st.sampled_from(["---", "----", "\n", "\n\n", " ", "\t", "\u3000", "title: 甲", "正文", "--", "--- a"]), max_size=9
)


@settings(max_examples=1500, deadline=None)
@given(PARTS.map("".join), st.booleans())
def test_a_file_is_cut_the_same_by_its_lines_and_by_the_pattern(text: str, opened: bool):
    text = "---\n" + text if opened else text
    said: list[Finding] = []
    with patch.object(front_matter, "_cut_plain", lambda _: None):
        by_pattern = cut(text, "a.md", said.append)
    assert cut(text, "a.md", lambda _: None) == by_pattern
    assert (by_pattern is None) == bool(said)


def test_a_plain_file_is_cut_by_its_lines():
    assert front_matter._cut_plain("---\na: b\n---\n\n正文\n") == Parts("\na: b\n", 1, "正文", 5)


def test_links_in_long_lines_and_after_blank_ones_have_their_places():
    body = "见[甲](a.md)、[乙](b.md)。\n\n\n![图](c.png)\n\n> 引<https://d.example.gov.cn>\n"
    found = [(link.target, link.line, link.column) for link in find_links(body, 10)]
    assert found == [("a.md", 10, 2), ("b.md", 10, 12), ("c.png", 13, 1), ("https://d.example.gov.cn", 15, 4)]


@pytest.fixture
def items(tmp_path: Path) -> Path:
    """A folder of items with files of its own and others outside the site."""
    folder, outside = tmp_path / "docs/items", tmp_path / "outside"
    (folder / "sub").mkdir(parents=True)
    outside.mkdir()
    for path in (folder / "表.xlsx", folder / "sub/表.xlsx", outside / "x.xlsx", tmp_path / "o.xlsx"):
        path.write_bytes(b"1")
    return folder


def is_found(target: str, items: Path) -> bool:
    """Whether an item's file is found, at once as well as after looking closely."""
    attachments.forget_folders()
    found = attachments.locate(target, items, items.parent)
    with patch.object(attachments, "_is_plain_file", lambda _: False):
        assert attachments.locate(target, items, items.parent) == found
    return found[0] is not None


@pytest.mark.parametrize(
    ("target", "there"),
    [
        *(("表.xlsx", True), ("sub/表.xlsx", True), ("../items/表.xlsx", True)),
        *(("sub", False), ("no", False), ("../../o.xlsx", False)),
    ],
)
def test_a_file_is_found_at_once_or_after_looking_closely(target: str, there: bool, items: Path):
    assert is_found(target, items) is there


@needs_links
@pytest.mark.parametrize(("target", "there"), [("in.xlsx", True), ("out.xlsx", False), ("far/x.xlsx", False)])
def test_a_link_is_followed_inside_the_site_only(target: str, there: bool, items: Path):
    outside = items.parents[1] / "outside"
    (items / "in.xlsx").symlink_to(items / "表.xlsx")
    (items / "out.xlsx").symlink_to(outside / "x.xlsx")
    (items / "far").symlink_to(outside, target_is_directory=True)
    assert is_found(target, items) is there


def test_an_attachment_with_a_name_too_long_for_any_system_is_not_there(tmp_path: Path):
    config = write_site(tmp_path)
    (tmp_path / "site_src/items/long.md").write_text(
        ITEM.replace("---\n全", f"attachments: [{'字' * 300}]\n---\n全"), "utf-8"
    )
    found = [f for f in gather(config).findings if f.field == "attachments"]
    assert len(found) == 1
    assert "不存在" in found[0].message


def test_a_file_that_has_grown_too_large_or_is_none_is_read_the_careful_way(tmp_path: Path):
    small, large, empty = tmp_path / "a.md", tmp_path / "b.md", tmp_path / "c.md"
    small.write_bytes(b"1")
    large.write_bytes(b"1" * (source.MAX_BYTES + 1))
    empty.write_bytes(b"")
    assert [source._at_once(path) for path in (small, large, empty, tmp_path, tmp_path / "none.md")] == [
        b"1",
        None,
        b"",
        None,
        None,
    ]
