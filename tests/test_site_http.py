"""The demonstration site in Chromium over http, under a sub-path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from browser import KINDS, PHONE, Server, answered, build, items_of, search, serving, watched_page
from gongkai.search.text import runs, words
from search_data import texts_of
from sites import ITEM, write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("kind", KINDS)
def test_page_opens_and_asks_nothing_of_other_hosts(kind: str, server: Server, kinds: dict[str, str], page: Page):
    answer = page.goto(server.address + kinds[kind])
    assert answer is not None
    assert answer.status == 200
    assert page.locator("h1").count() == 1
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "not found"])
def test_page_fits_the_width_of_a_phone(kind: str, server: Server, kinds: dict[str, str], browser: Browser):
    with watched_page(browser, viewport=PHONE) as page:
        page.goto(server.address + kinds[kind])
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        page.goto(server.address + kinds[kind] + "?elder=1")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_home_leads_to_the_newest_item_and_back(server: Server, demo_site: Path, page: Page):
    newest = items_of(demo_site)[0]
    page.goto(server.address)
    page.get_by_role("link", name=newest["title"]).first.click()
    assert page.url == server.address + newest["url"]
    assert page.locator("h1").inner_text() == newest["title"]
    page.get_by_role("navigation", name="所在位置").get_by_role("link", name="首页").click()
    assert page.url == server.address + "index.html"


def test_search_box_of_any_page_finds_chinese_words_and_the_result_opens(
    server: Server, kinds: dict[str, str], page: Page
):
    page.goto(server.address + kinds["item with tables"])
    box = page.get_by_role("searchbox", name="检索公开信息")
    box.fill("最低生活保障")
    box.press("Enter")
    page.wait_for_url(server.address + "search/index.html?q=" + quote("最低生活保障"))
    answered(page)
    assert re.fullmatch(r"找到 \d+ 条含有“最低生活保障”的内容。", page.locator(".gk-status").inner_text())
    link = page.locator(".gk-result a").first
    title = link.inner_text()
    assert "最低生活保障" in page.locator(".gk-result").first.inner_text()
    link.click()
    page.wait_for_url(f"{server.address}items/*.html")
    assert page.locator("h1").inner_text() == title


@pytest.mark.parametrize("query", ["预算", "示范镇 公示", "防汛"])
def test_search_finds_every_page_with_the_words_and_no_other(query: str, server: Server, demo_site: Path, page: Page):
    def holds(text: dict[str, Any], run: str) -> bool:
        return any(run in "".join(words(block)) for block in (text["title"], *(block for block, _ in text["blocks"])))

    texts = texts_of(demo_site / "search/data")
    wanted = {url for url, text in texts.items() if all(holds(text, run) for run in runs(query))}
    assert wanted
    page.goto(server.address + "search/index.html")
    search(page, query)
    assert page.locator(".gk-status").inner_text() == f"找到 {len(wanted)} 条含有“{query}”的内容。"
    shown = page.locator(".gk-result a").evaluate_all("links => links.map(link => decodeURI(link.pathname))")
    assert len(shown) == min(20, len(wanted))
    assert {link.removeprefix(server.prefix) for link in shown} <= wanted


def facets_of(page: Page, name: str) -> list[str]:
    return page.locator(f"#gk-{name} option").evaluate_all("options => options.map(o => o.value).filter(Boolean)")


@pytest.mark.parametrize(
    ("facet", "column"),
    [
        ("field", "field"),
        ("unit", "responsible_unit"),
        ("year", "published_on"),
        ("method", "method"),
        ("validity", "validity"),
    ],
)
def test_filter_narrows_the_answer_to_items_of_its_value(
    facet: str, column: str, server: Server, demo_site: Path, page: Page
):
    def value_of(item: dict[str, Any]) -> str:
        return item[column][:4] + "年" if facet == "year" else item[column]

    items = items_of(demo_site)
    page.goto(server.address + "search/index.html")
    search(page, "示范镇")
    everywhere = page.locator(".gk-status").inner_text()
    assert set(facets_of(page, facet)) <= {value_of(item) for item in items}
    value = facets_of(page, facet)[-1]
    page.select_option(f"#gk-{facet}", value)
    page.wait_for_function("name => location.search.includes(name + '=')", arg=facet)
    answered(page)
    shown = page.locator(".gk-result a").evaluate_all("links => links.map(link => decodeURI(link.pathname))")
    of_value = {server.prefix + item["url"] for item in items if value_of(item) == value}
    assert shown
    assert set(shown) <= of_value
    counts = [int(re.findall(r"\d+", text)[0]) for text in (page.locator(".gk-status").inner_text(), everywhere)]
    assert counts[0] <= counts[1]


def test_filter_alone_lists_all_items_of_its_value(server: Server, demo_site: Path, page: Page):
    page.goto(server.address + "search/index.html?validity=" + quote("失效"))
    answered(page)
    shown = page.locator(".gk-result a").evaluate_all("links => links.map(link => decodeURI(link.pathname))")
    assert sorted(shown) == sorted(server.prefix + i["url"] for i in items_of(demo_site) if i["validity"] == "失效")


def test_search_page_offers_links_into_the_site_before_the_first_word(server: Server, page: Page):
    page.goto(server.address + "search/index.html")
    page.locator(".gk-browse").get_by_role("link", name="社会救助").click()
    assert page.url == server.address + "catalogue/19.html"


def test_elder_view_stays_from_page_to_page_until_it_is_switched_off(server: Server, kinds: dict[str, str], page: Page):
    def size() -> str:
        return page.evaluate("getComputedStyle(document.querySelector('.gk-body')).fontSize")

    page.goto(server.address + kinds["item with tables"])
    normal = float(size().removesuffix("px"))
    page.get_by_role("link", name="长者版").click()
    assert page.locator("html.elder").count() == 1
    assert float(size().removesuffix("px")) >= 22 > normal >= 18
    assert page.get_by_role("navigation", name="快捷操作").is_visible()
    page.goto(server.address + kinds["guide"])
    assert page.locator("html.elder").count() == 1
    page.get_by_role("link", name="标准版").click()
    assert page.locator("html.elder").count() == 0
    page.goto(server.address)
    assert page.locator("html.elder").count() == 0


def test_elder_view_can_be_linked_to(server: Server, page: Page):
    page.goto(server.address + "guide.html?elder=1")
    assert page.locator("html.elder").count() == 1


def test_attachments_download_as_they_are(server: Server, demo_site: Path, kinds: dict[str, str], page: Page):
    page.goto(server.address + kinds["item with attachments"])
    links = page.locator(".gk-files a")
    records = next(i for i in items_of(demo_site) if i["url"] == kinds["item with attachments"])["attachments"]
    assert links.count() == len(records) > 0
    for n, record in enumerate(records):
        with page.expect_download() as waiting:
            links.nth(n).click()
        assert waiting.value.path().read_bytes() == (demo_site / record["url"]).read_bytes()
        assert links.nth(n).inner_text() == record["title"]
        assert waiting.value.suggested_filename == Path(record["url"]).name


def test_copy_button_gives_the_address_of_the_page(server: Server, kinds: dict[str, str], page: Page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(server.address + kinds["repealed item"] + "?elder=0#gk-main")
    page.get_by_role("button", name="复制本页地址").click()
    page.wait_for_function("document.querySelector('[data-said]').textContent === '已复制'")
    assert page.evaluate("navigator.clipboard.readText()") == server.address + kinds["repealed item"]


def test_keyboard_reaches_the_text_by_the_first_stop(server: Server, kinds: dict[str, str], page: Page):
    page.goto(server.address + kinds["item with tables"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target') !== null")


@pytest.fixture(scope="module")
def at_home(demo_site: Path) -> Iterator[Server]:
    """The demonstration site under the path that its ``site_url`` names."""
    with serving(demo_site, "/shifan/") as running:
        yield running


def test_unknown_address_deep_down_shows_our_page_with_links_that_work(at_home: Server, browser: Browser):
    context = browser.new_context()
    page = context.new_page()
    for name, address in (("回到首页", "index.html"), ("公开目录", "catalogue/index.html")):
        answer = page.goto(at_home.address + "没有/这样/的/页面.html")
        assert answer is not None
        assert answer.status == 404
        assert page.locator("h1").inner_text() == "没有找到这个页面"
        page.get_by_role("link", name=name).click()
        assert page.url == at_home.address + address
    page.goto(at_home.address + "x/y")
    page.get_by_role("searchbox").fill("预算")
    page.keyboard.press("Enter")
    answered(page)
    assert "含有“预算”的内容" in page.locator(".gk-status").inner_text()
    context.close()


def test_request_page_of_an_on_request_item_leads_to_how_to_ask(tmp_path: Path, browser: Browser):
    item = ITEM.replace("formed_on", "method: 依申请公开\nformed_on")
    config = write_site(tmp_path, {"site_src/items/a.md": item})
    done = build(config)
    assert done.returncode == 0, done.stdout
    with serving(tmp_path / "site") as small, watched_page(browser) as page:
        page.goto(small.address + "methods/on-request.html")
        page.get_by_role("link", name="2026年第三季度最低生活保障对象公示").click()
        page.get_by_role("link", name="怎样申请").click()
        assert page.url == small.address + "request.html"
        page.goto(small.address + "search/index.html?method=" + quote("依申请公开"))
        answered(page)
        assert page.locator(".gk-result a").all_inner_texts() == ["2026年第三季度最低生活保障对象公示"]
