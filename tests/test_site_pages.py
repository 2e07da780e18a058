"""What the pages of the demonstration site say, read from the built files as a browser without scripts would."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema_rs
import pytest
from lxml import html

from browser import KINDS, Server, items_of
from links import parse

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

SITE = "https://www.example.gov.cn/shifan/"
OFFICIAL_META = ["索引号", "分类", "发布机构", "成文日期", "名称", "文号", "发布日期", "主题词", "责任单位", "有效性"]
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
COLUMN_TYPES = {
    "首页", "概况信息", "机构职能", "负责人信息", "工作动态", "政策文件", "信息公开指南", "信息公开目录", "信息公开年报",
    "依申请公开", "数据发布", "数据开放", "政策解读", "回应关切", "办事服务", "咨询投诉", "征集调查", "在线访谈",
}  # fmt: skip
ATOM = "{http://www.w3.org/2005/Atom}"

Get = Callable[[str], html.HtmlElement]


def text(element: html.HtmlElement) -> str:
    """The text of an element as a reader sees it, spaces folded."""
    return " ".join(element.text_content().split())


def texts(tree: html.HtmlElement, xpath: str) -> list[str]:
    return [text(element) for element in tree.xpath(xpath)]


@pytest.fixture(scope="module")
def get(demo_site: Path, kinds: dict[str, str]) -> Get:
    """A page by its kind or its address."""
    return lambda name: parse(demo_site / kinds.get(name, name))


@pytest.fixture(scope="module")
def items(demo_site: Path) -> list[dict[str, Any]]:
    return items_of(demo_site)


@pytest.fixture(scope="module")
def entries(demo_site: Path) -> list[dict[str, Any]]:
    return json.loads((demo_site / "data/catalogue.json").read_bytes())["entries"]


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
    assert "党政机关" in footer


# ---- Items


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


# ---- Catalogue


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


# ---- Meta tags (R3.2)


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


# ---- Sitemap, feeds, open data


def test_sitemap_lists_every_page_once(demo_site: Path):
    root = ElementTree.parse(demo_site / "sitemap.xml").getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{space}urlset"
    listed_pages = [unquote(loc.text or "") for loc in root.iter(f"{space}loc")]
    pages = {path.relative_to(demo_site).as_posix() for path in demo_site.rglob("*.html")} - {"404.html"}
    assert sorted(listed_pages) == sorted(SITE + page for page in pages)
    for day in root.iter(f"{space}lastmod"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", day.text or "")


def test_feeds_are_atom_with_entries_that_exist(demo_site: Path, items: list[dict[str, Any]]):
    feeds = [demo_site / "feed.xml", *sorted((demo_site / "feeds").glob("*.xml"))]
    assert len(feeds) == 1 + len({item["field"] for item in items})
    for path in feeds:
        feed = ElementTree.parse(path).getroot()
        assert feed.tag == f"{ATOM}feed"
        for name in ("id", "title", "updated"):
            assert feed.findtext(ATOM + name)
        entries = feed.findall(f"{ATOM}entry")
        assert entries
        for entry in entries:
            link = entry.find(f"{ATOM}link")
            assert link is not None
            address = unquote(link.get("href", ""))
            assert address.startswith(SITE)
            assert (demo_site / address.removeprefix(SITE)).is_file()
            assert entry.findtext(f"{ATOM}id", "").startswith("tag:www.example.gov.cn,")
        days = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
        assert days == sorted(days, reverse=True)
    newest = [entry.findtext(f"{ATOM}title") for entry in ElementTree.parse(feeds[0]).getroot().findall(f"{ATOM}entry")]
    assert newest == [item["title"] for item in items[:50]]


def test_feed_ids_are_unique(demo_site: Path):
    entries = ElementTree.parse(demo_site / "feed.xml").getroot().findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["items", "catalogue"])
def test_open_data_are_valid_under_the_schema_beside_them(name: str, demo_site: Path):
    data = json.loads((demo_site / f"data/{name}.json").read_bytes())
    assert data["$schema"] == f"{name}.schema.json"
    schema = json.loads((demo_site / f"data/{name}.schema.json").read_bytes())
    assert [error.message for error in jsonschema_rs.validator_for(schema).iter_errors(data)] == []


def test_csv_opens_in_excel_and_holds_every_item(demo_site: Path, items: list[dict[str, Any]]):
    path = demo_site / "data/items.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["索引号", "名称", "领域", "一级事项", "二级事项", "条目编号", "责任单位", "文号", "成文日期",
                             "发布日期", "公开时限", "公开方式", "有效性", "所属期", "内容概述", "网址"]  # fmt: skip
    assert [row["网址"] for row in rows] == [item["url"] for item in items]
    assert [row["名称"] for row in rows] == [item["title"] for item in items]
