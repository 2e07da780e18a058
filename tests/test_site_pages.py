"""The demonstration site as a whole, its home page and its lists: what they say and what they weigh."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from browser import KINDS, Server
from links import parse
from page_text import Get, text, texts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


# ---- The demonstration as a whole


def test_demonstration_is_as_large_and_varied_as_a_real_township(items: list[dict[str, Any]], demo_site: Path):
    assert len(items) >= 150
    assert len({item["field"] for item in items}) >= 12
    assert len({item["responsible_unit"] for item in items}) >= 8
    assert len({item["published_on"][:4] for item in items}) >= 3
    assert any(item["statement"] for item in items)
    assert any(item["validity"] == "废止" for item in items)
    assert any(item["attachments"] for item in items)


def test_every_page_is_chinese_and_has_one_h1_and_one_title(demo_site: Path):
    for path in sorted(demo_site.rglob("*.html")):
        tree = parse(path)
        assert tree.xpath("string(/html/@lang)") == "zh-CN", path
        assert [bool(heading) for heading in texts(tree, "//h1")] == [True], path
        assert [bool(title) for title in texts(tree, "/html/head/title")] == [True], path


def test_no_mark_of_a_template_is_left_in_any_page(demo_site: Path):
    for path in demo_site.rglob("*.html"):
        content = path.read_text("utf-8")
        assert not re.search(r"Gk\w+Mark|\{\{|\{%|gkitem:|>None<|gk-shell", content), path


def test_nothing_of_the_workshop_is_in_the_site(demo_site: Path):
    names = {path.relative_to(demo_site).as_posix() for path in demo_site.rglob("*") if path.is_file()}
    assert not [n for n in names if n.endswith((".md", ".py", ".yml", ".yaml", ".pyc")) or "gk-shell" in n]
    assert not [n for n in names if n.startswith("gongkai/")]


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in ("search", "not found")])
def test_heading_of_page_is_its_title_without_scripts(
    kind: str, server: Server, kinds: dict[str, str], browser: Browser
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address + kinds[kind])
    heading = page.locator("h1").inner_text()
    body = page.locator("#gk-main")
    assert heading in page.title()
    assert len(body.inner_text()) > 40
    assert page.locator("button:visible").all_inner_texts() in ([], ["检索"])
    context.close()


# ---- Home


def test_home_shows_the_newest_items_in_order(get: Get, items: list[dict[str, Any]]):
    newest = get("home").xpath("//section[@aria-labelledby='gk-newest']//li")
    assert [text(li.xpath(".//a")[0]) for li in newest] == [item["title"] for item in items[:12]]
    assert [li.xpath("string(.//time/@datetime)") for li in newest] == [item["published_on"] for item in items[:12]]


def test_home_has_the_five_fixed_entries_in_order(get: Get):
    assert texts(get("home"), "//nav[@aria-label='政府信息公开专栏']//li//span") == [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开年报",
        "依申请公开",
    ]


def test_home_counts_are_the_number_of_items(get: Get, items: list[dict[str, Any]]):
    home = get("home")
    assert f"共公开信息 {len(items)} 条" in text(home)
    for card in home.xpath("//nav[@aria-labelledby='gk-fields']//li/a"):
        name, count = text(card.xpath("span")[0]), int(card.xpath("string(b/text())"))
        assert count == sum(item["field"] == name for item in items), name
    for card in home.xpath("//nav[@aria-labelledby='gk-units']//li/a"):
        name, count = text(card.xpath("span")[0]), int(card.xpath("string(b/text())"))
        assert count == sum(item["responsible_unit"] == name for item in items), name


@pytest.mark.parametrize("kind", ["home", "catalogue index"])
def test_fields_that_do_not_concern_the_township_are_stated(kind: str, get: Get, demo_site: Path):
    absent = json.loads((demo_site / "data/catalogue.json").read_bytes())["not_applicable"]
    assert len(absent) == 11
    tree = get(kind)
    shown = dict(zip(texts(tree, "//dt"), texts(tree, "//dd"), strict=True))
    for field in absent:
        assert shown[field["name"]] == field["statement"]


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "not found"])
def test_header_and_footer_carry_what_an_inspection_looks_for(kind: str, get: Get):
    tree = get(kind)
    header, footer = text(tree.xpath("//header[@class='gk-header']")[0]), text(tree.xpath("//footer")[0])
    assert "示范镇政府信息公开" in header
    assert "云麓县示范镇人民政府" in header
    marks = dict(zip(texts(tree, "//footer//dt"), texts(tree, "//footer//dd"), strict=True))
    assert marks == {
        "主办单位": "云麓县示范镇人民政府",
        "承办单位": "示范镇党政综合办公室",
        "联系方式": "0666-5550100",
        "电子邮箱": "zwgk@shifan.example.gov.cn",
        "联系地址": "云麓县示范镇政通路1号（邮编 999011）",
        "网站标识码": "9999010012",
        "ICP备案号": "示ICP备00000000号",
        "公安备案号": "示公网安备99990100000000号",
    }
    assert "我为政府网站找错：我要纠错" in footer


# ---- Lists


def listed(demo_site: Path, url: str) -> list[str]:
    """The addresses on a list, over all of its pages."""
    found: list[str] = []
    page: str | None = url
    while page:
        tree = parse(demo_site / page)
        folder = page.rpartition("/")[0]
        found += [unquote(a) for a in tree.xpath("//ol[@class='gk-items']//a/@href")]
        following = tree.xpath("string(//a[@rel='next']/@href)")
        page = f"{folder}/{following}" if following else None
    return ["items/" + link.rpartition("/")[2] for link in found]


def test_lists_by_year_month_unit_method_and_entry_hold_exactly_their_items(
    demo_site: Path, items: list[dict[str, Any]], get: Get
):
    def urls(**wanted: str) -> list[str]:
        return [i["url"] for i in items if all(str(i[k]).startswith(v) for k, v in wanted.items())]

    assert listed(demo_site, "items/index.html") == [item["url"] for item in items]
    for year in {item["published_on"][:4] for item in items}:
        assert listed(demo_site, f"years/{year}.html") == urls(published_on=year)
    for month in {item["published_on"][:7] for item in items}:
        assert listed(demo_site, f"years/{month}.html") == urls(published_on=month)
    for entry in {item["entry"] for item in items}:
        assert listed(demo_site, f"catalogue/{entry}.html") == urls(entry=entry)
        level1 = entry.rpartition("-")[0]
        assert listed(demo_site, f"catalogue/{level1}.html") == urls(entry=level1 + "-")
    assert listed(demo_site, "methods/proactive.html") == urls(method="主动公开")
    cards = get("units overview").xpath("//*[@class='gk-cards']//a")
    assert len(cards) == 11
    for card in cards:
        name = card.xpath("string(span/text())").strip()
        assert listed(demo_site, "units/" + card.get("href")) == urls(responsible_unit=name), name


def test_unit_page_shows_telephone_and_address(get: Get):
    facts = dict(zip(texts(get("units/caizheng.html"), "//dt"), texts(get("units/caizheng.html"), "//dd"), strict=True))
    assert facts["电话"] == "0666-5550160"
    assert facts["地址"] == "政通路1号镇政府大院110室"


def test_guide_says_the_nine_things_of_the_law(get: Get):
    guide = text(get("guide").xpath("//*[@id='gk-main']")[0])
    for word in (
        "分类",
        "编排",
        "获取",
        "党政综合办公室",
        "政通路1号",
        "8:30",
        "0666-5550100",
        "0666-5550101",
        "zwgk@",
    ):
        assert word in guide


# ---- Weight


def gz(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def test_item_pages_are_light(demo_site: Path, items: list[dict[str, Any]]):
    heavy = {}
    for item in items:
        path = demo_site / item["url"]
        tree = parse(path)
        page = gz(path.read_bytes())
        parts = [
            *tree.xpath("//link[@rel='stylesheet']/@href"),
            *tree.xpath("//script/@src"),
            *tree.xpath("//link[@rel='icon']/@href"),
        ]
        whole = page + sum(gz((path.parent / part).read_bytes()) for part in parts)
        if page > 15_000 or whole > 60_000:
            heavy[item["url"]] = (page, whole)
    assert heavy == {}
