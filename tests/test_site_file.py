"""The demonstration site opened from a folder, as it is handed over on a USB stick: no server, no network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import pytest

from browser import DESKTOP, KINDS, items_of, watched_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a machine without any network."""
    with watched_page(browser, viewport=DESKTOP, offline=True) as fresh:
        yield fresh


def address_of(site: Path, url: str) -> str:
    return (site / url).as_uri()


@pytest.mark.parametrize("kind", KINDS)
def test_page_opens_with_its_style(kind: str, folder_site: Path, kinds: dict[str, str], page: Page):
    page.goto(address_of(folder_site, kinds[kind]))
    assert page.locator("h1").is_visible()
    broken = "[...document.images].filter(image => !image.complete || !image.naturalWidth).map(image => image.src)"
    assert page.evaluate(broken) == []
    if kind != "not found":
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.gk-header')).backgroundColor")
            == "rgb(11, 74, 139)"
        )


def links_on(page: Page) -> list[tuple[str, str]]:
    """Visible links of a page into the site, each once: as written, and where it leads. The elder switch has its own tests."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    found = page.locator("a[href]:not([data-elder]):visible").evaluate_all(
        "links => links.map(a => [a.getAttribute('href'), a.href])"
    )
    return list({tuple(pair): None for pair in found if pair[1].startswith("file:")})


@pytest.mark.parametrize(
    "kind", ["home", "item with attachments", "document with interpretation", "field page", "search", "guide"]
)
def test_every_link_works_by_clicking(kind: str, folder_site: Path, kinds: dict[str, str], page: Page):
    start = address_of(folder_site, kinds[kind])
    page.goto(start)
    links = links_on(page)
    assert len(links) > 5
    for written, leads_to in links:
        page.goto(start)
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        link = page.locator(f'a[href="{written}"]:visible').first
        target = Path(url2pathname(urlsplit(leads_to).path))
        assert target.is_file(), written
        if target.suffix not in (".html", ".xml", ".json"):  # what a browser shows itself, from a folder
            with page.expect_download() as waiting:
                link.click()
            assert waiting.value.path().read_bytes() == target.read_bytes(), written
            continue
        if written == "#gk-main" or "skip" in (link.get_attribute("class") or ""):
            link.focus()  # shown to the keyboard only
            page.keyboard.press("Enter")
        else:
            link.click()
        page.wait_for_url(lambda url, to=leads_to: unquote(url) == unquote(to))
        if target.suffix == ".html":
            assert page.locator("h1").count() == 1, written


def test_reading_on_from_home_to_an_item_and_its_neighbour(folder_site: Path, page: Page):
    newest = items_of(folder_site)[0]
    page.goto(address_of(folder_site, "index.html"))
    page.get_by_role("link", name=newest["title"]).first.click()
    assert page.locator("h1").inner_text() == newest["title"]
    page.get_by_role("navigation", name="同类信息").get_by_role("link").first.click()
    page.wait_for_url(lambda url: newest["url"] not in url)
    assert page.locator("h1").is_visible()


def test_elder_view_by_its_address_goes_along_with_every_link(folder_site: Path, kinds: dict[str, str], page: Page):
    page.goto(address_of(folder_site, "index.html") + "?elder=1")
    assert page.locator("html.elder").count() == 1
    page.locator(".gk-items a").first.click()
    page.wait_for_url("**/items/*.html?elder=1")
    assert page.locator("html.elder").count() == 1
    page.get_by_role("link", name="标准版").click()
    assert page.locator("html.elder").count() == 0
    page.get_by_role("navigation", name="所在位置").get_by_role("link", name="首页").click()
    page.wait_for_url("**/index.html?elder=0")
    assert page.locator("html.elder").count() == 0


def test_elder_switch_works_without_any_address(folder_site: Path, kinds: dict[str, str], page: Page):
    page.goto(address_of(folder_site, kinds["guide"]))
    page.get_by_role("link", name="长者版").click()
    assert page.locator("html.elder").count() == 1
    page.get_by_role("navigation", name="快捷操作").get_by_role("link", name="目录").click()
    page.wait_for_url("**/catalogue/index.html?elder=1")
    assert page.locator("html.elder").count() == 1


def test_search_page_says_that_it_cannot_search_here_and_offers_links(folder_site: Path, page: Page):
    page.goto(address_of(folder_site, "index.html"))
    page.get_by_role("searchbox").fill("低保")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=*")
    assert "从文件夹直接打开" in page.locator(".gk-status").inner_text()
    page.locator(".gk-browse").get_by_role("link", name="社会救助").click()
    page.wait_for_url("**/catalogue/19.html")
