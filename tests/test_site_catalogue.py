"""What the pages of the catalogue say: the official columns, every row, what is still to be verified."""

from __future__ import annotations

import re
from typing import Any

import pytest

from page_text import Get, text, texts

pytestmark = pytest.mark.slow

OFFICIAL_COLUMNS = [
    "序号",
    "一级事项",
    "二级事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "公开对象",
    "公开方式",
    "公开层级",
    "已公开",
    "最近公开",
]


def test_field_page_has_the_official_columns_and_every_row_of_the_township(
    get: Get, entries: list[dict[str, Any]], items: list[dict[str, Any]]
):
    for field in sorted({entry["field"] for entry in entries}):
        tree = get(f"catalogue/{field}.html")
        rows = tree.xpath("//table/tbody/tr")
        own = [entry for entry in entries if entry["field"] == field]
        added = list(dict.fromkeys(label for entry in own for label in entry["extra"]))
        assert texts(tree, "//table//thead//th") == [*OFFICIAL_COLUMNS[:-2], *added, *OFFICIAL_COLUMNS[-2:]]
        assert [row.get("id") for row in rows] == [f"e-{entry['id']}" for entry in own]
        for n, (row, entry) in enumerate(zip(rows, own, strict=True), 1):
            cells = texts(row, "td")
            found = [item["published_on"] for item in items if item["entry"] == entry["id"]]
            assert cells[0] == str(n)
            assert re.match(r"\d+条", cells[-2]).group() == f"{len(found)}条"
            assert cells[-1] == (max(found) if found else "—")
            assert entry["published"] == len(found)


def test_channels_are_ticked_or_open_as_in_the_official_table(get: Get, entries: list[dict[str, Any]]):
    entry = next(e for e in entries if e["channels"]["must"] and e["channels"]["may"])
    row = get(f"catalogue/{entry['field']}.html").xpath(f"//tr[@id='e-{entry['id']}']")[0]
    cell = text(row)
    assert all(f"■{channel}" in cell for channel in entry["channels"]["must"])
    assert all(f"□{channel}" in cell for channel in set(entry["channels"]["may"]) - set(entry["channels"]["must"]))


def test_unconfirmed_rows_are_marked_wherever_they_appear(
    get: Get, entries: list[dict[str, Any]], items: list[dict[str, Any]]
):
    assert {entry["confirmed"] for entry in entries} == {True, False}
    index = get("catalogue index")
    marked = len(index.xpath("//tbody//b[@class='gk-badge'][text()='待核']"))
    assert marked == sum(not entry["confirmed"] for entry in entries)
    for entry in entries:
        row = get(f"catalogue/{entry['field']}.html").xpath(f"//tr[@id='e-{entry['id']}']")[0]
        assert bool(row.xpath(".//b[text()='待核']")) is not entry["confirmed"]
        notes = texts(get(f"catalogue/{entry['id']}.html"), "//p[@class='gk-notice']")
        assert any(note.startswith("待核：") for note in notes) is not entry["confirmed"]
    confirmed = {entry["id"]: entry["confirmed"] for entry in entries}
    for item in items:
        badge = get(item["url"]).xpath("//dl[contains(@class,'gk-meta')]//b[text()='待核']")
        assert bool(badge) is not confirmed[item["entry"]]


def test_an_entry_without_items_says_so(get: Get):
    assert texts(get("empty entry"), "//p[@class='gk-empty']")[0] in (
        "这个条目下还没有公开的信息。",
        "按目录规定，本条目在公示栏等渠道公开，不在网站登载。",
    )
