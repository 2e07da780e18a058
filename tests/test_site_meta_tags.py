"""The tags in the head of every page that inspections read (R3.2), and its canonical address."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from links import parse
from page_text import Get

pytestmark = pytest.mark.slow

SITE = "https://www.example.gov.cn/shifan/"
COLUMN_TYPES = {
    "首页", "概况信息", "机构职能", "负责人信息", "工作动态", "政策文件", "信息公开指南", "信息公开目录", "信息公开年报",
    "依申请公开", "数据发布", "数据开放", "政策解读", "回应关切", "办事服务", "咨询投诉", "征集调查", "在线访谈",
}  # fmt: skip


def tags(tree: html.HtmlElement) -> dict[str, str]:
    return {meta.get("name"): meta.get("content") for meta in tree.xpath("//head/meta[@name]")}


def test_site_and_column_tags_are_on_every_page(demo_site: Path):
    for path in demo_site.rglob("*.html"):
        if path.name == "404.html":
            continue
        found = tags(parse(path))
        assert found["SiteName"] == "示范镇政府信息公开", path
        assert found["SiteDomain"] == "www.example.gov.cn", path
        assert found["SiteIDCode"] == "9999010012", path
        assert all(found[name] for name in ("ColumnName", "ColumnDescription", "ColumnKeywords")), path
        assert found["ColumnType"] in COLUMN_TYPES, path


@pytest.mark.parametrize(
    ("kind", "column_type"),
    [
        ("home", "首页"),
        ("guide", "信息公开指南"),
        ("request", "依申请公开"),
        ("catalogue index", "信息公开目录"),
        ("field page", "信息公开目录"),
        ("interpretation", "政策解读"),
    ],
)
def test_column_type_is_the_fixed_word(kind: str, column_type: str, get: Get):
    assert tags(get(kind))["ColumnType"] == column_type


def test_annual_report_column_has_its_own_type(get: Get):
    href = get("home").xpath("string(//nav[@aria-label='政府信息公开专栏']//li[4]/a/@href)")
    assert tags(get(href))["ColumnType"] == "信息公开年报"


def test_article_tags_are_on_every_item_and_nowhere_else(demo_site: Path, get: Get, items: list[dict[str, Any]]):
    for item in items:
        found = tags(get(item["url"]))
        assert found["ArticleTitle"] == item["title"]
        assert re.fullmatch(item["published_on"] + r" \d\d:\d\d", found["PubDate"])
        assert found["ContentSource"]
        assert found["ContentSource"] != "本网"
    own = {item["url"] for item in items}
    for path in demo_site.rglob("*.html"):
        if path.relative_to(demo_site).as_posix() not in own:
            assert "ArticleTitle" not in tags(parse(path)), path


def test_canonical_address_is_the_page_under_the_site_url(demo_site: Path):
    for path in demo_site.rglob("*.html"):
        if path.name == "404.html":
            continue
        links = parse(path).xpath("//link[@rel='canonical']/@href")
        name = path.relative_to(demo_site).as_posix()
        assert len(links) <= 1, name
        if links:
            assert unquote(links[0]) in (SITE + name, SITE + name.removesuffix("index.html")), name
