"""What the pages of items say: metadata, relations, marks, attachments."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from page_text import Get, text, texts

pytestmark = pytest.mark.slow

OFFICIAL_META = ["索引号", "分类", "发布机构", "成文日期", "名称", "文号", "发布日期", "主题词", "责任单位", "有效性"]


def meta_of(tree: html.HtmlElement, n: int = 0) -> list[tuple[str, str]]:
    block = tree.xpath("//article//dl[contains(@class,'gk-meta')]")[n]
    return list(zip(texts(block, ".//dt"), texts(block, ".//dd"), strict=True))


def test_metadata_of_every_item_stands_in_the_official_order(get: Get, items: list[dict[str, Any]]):
    for item in items:
        labels = [label for label, _ in meta_of(get(item["url"]))]
        assert labels == [label for label in OFFICIAL_META if label in labels], item["url"]
        assert {"索引号", "分类", "发布机构", "成文日期", "名称", "发布日期", "责任单位", "有效性"} <= set(labels)


def test_metadata_says_what_the_open_data_say(get: Get, items: list[dict[str, Any]]):
    keys = {"索引号": "index_number", "发布机构": "publisher", "成文日期": "formed_on", "名称": "title",
            "文号": "document_number", "发布日期": "published_on", "责任单位": "responsible_unit", "有效性": "validity"}  # fmt: skip
    for item in items:
        shown = dict(meta_of(get(item["url"])))
        for label, key in keys.items():
            if item[key]:
                assert shown[label] == item[key]
        path = " / ".join((item["field"], item["level1"], item["level2"]))
        assert shown["分类"].removesuffix(" 待核") == path


def test_item_leads_to_the_newer_and_the_older_item_of_its_entry(get: Get, items: list[dict[str, Any]]):
    by_entry: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        by_entry.setdefault(item["entry"], []).append(item)
    assert max(map(len, by_entry.values())) > 2
    for group in by_entry.values():
        for n, item in enumerate(group):
            links = get(item["url"]).xpath("//nav[@aria-label='同类信息']/p")
            shown = {text(p.xpath("span")[0]): text(p.xpath("a")[0]) for p in links}
            wanted = {}
            if n > 0:
                wanted["较新一条"] = group[n - 1]["title"]
            if n + 1 < len(group):
                wanted["较早一条"] = group[n + 1]["title"]
            assert shown == wanted, item["url"]


def test_document_and_its_interpretation_lead_to_each_other(get: Get, items: list[dict[str, Any]]):
    pairs = 0
    for item in items:
        for link in get(item["url"]).xpath("//p[contains(text(),'本文解读的文件')]/a/@href"):
            document = get("items/" + unquote(link))
            back = document.xpath("//section[@aria-labelledby='gk-interpretations']//a/@href")
            assert item["url"].removeprefix("items/") in map(unquote, back)
            pairs += 1
    assert pairs >= 5


def test_repealed_items_are_marked_on_their_page_and_in_lists(get: Get, items: list[dict[str, Any]]):
    repealed = [item for item in items if item["validity"] != "有效"]
    assert repealed
    for item in repealed:
        notice = texts(get(item["url"]), "//header/p[contains(@class,'gk-off')]")
        assert notice[0].startswith(f"本文件已{item['validity']}")
        assert notice[0].endswith("，仅供查阅，不再作为办事依据。")
        if item["repealed_on"]:
            assert item["repealed_on"] in notice[0]
        rows = texts(get(f"catalogue/{item['entry']}.html"), "//ol[@class='gk-items']/li")
        assert any(f"{item['title']} 已{item['validity']}" in row for row in rows)


def test_notice_period_shows_first_and_last_day_and_whom_to_call(get: Get):
    notice = texts(get("item with notice period"), "//p[contains(@class,'gk-notice')][strong='公示期']")[0]
    assert re.match(r"公示期：20\d\d-\d\d-\d\d 至 20\d\d-\d\d-\d\d（\d+个(自然日|工作日)）", notice)
    assert re.search(r"公示期内有异议，请联系\S+：0666-55501\d0", notice)


def test_attachments_are_listed_with_type_and_size(get: Get, items: list[dict[str, Any]], demo_site: Path):
    listed = 0
    for item in items:
        rows = texts(get(item["url"]), "//section[contains(@class,'gk-files')]//li")
        assert len(rows) == len(item["attachments"])
        for row, record in zip(rows, item["attachments"], strict=True):
            size = (demo_site / record["url"]).stat().st_size
            label = f"{size} 字节" if size < 1000 else f"{round(size / 1000)} KB"
            assert row == f"{record['title']} （{record['type']}，{label}）"
            listed += 1
    assert listed >= 10


def test_statement_says_that_nothing_arose(get: Get, items: list[dict[str, Any]]):
    statement = next(item for item in items if item["statement"])
    assert f"情况说明：{statement['statement']}" in texts(get("statement"), "//p[contains(@class,'gk-notice')]")


def test_headings_of_items_keep_their_chinese_in_the_anchor(get: Get):
    headings = get("item with tables").xpath("//*[@data-body]//h2[@id]")
    assert headings
    for heading in headings:
        assert re.search(r"[\u4e00-\u9fff]", heading.get("id"))


def test_headings_of_ordinary_pages_keep_their_chinese_in_the_anchor(get: Get):
    ids = get("guide").xpath("//article//h2/@id")
    assert ids
    assert all(re.search(r"[\u4e00-\u9fff]", name) for name in ids)


def test_tables_can_be_scrolled_by_keyboard_and_name_their_columns(get: Get):
    tables = get("item with tables").xpath("//*[@data-body]//table")
    assert tables
    for table in tables:
        box = table.getparent()
        assert (box.get("role"), box.get("tabindex")) == ("region", "0")
        assert box.get("aria-label")
        assert set(table.xpath(".//thead//th/@scope")) == {"col"}
