"""The village screen (触摸屏): ?kiosk=1, over http and from a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import Server, watched_page
from firefox import Firefox

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

SCREEN = {"width": 1080, "height": 1920}
BAR = ".gk-kiosk"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A touch screen that stands upright."""
    with watched_page(browser, viewport=SCREEN, has_touch=True) as fresh:
        yield fresh


@pytest.fixture(params=["http", "folder"])
def start(request: pytest.FixtureRequest, folder_site: Path, server: Server) -> str:
    """The site's address, with a slash at its end."""
    return server.address if request.param == "http" else folder_site.as_uri() + "/"


def open_screen(page: Page, address: str) -> None:
    page.goto(f"{address}?kiosk=1")
    page.wait_for_selector(BAR, state="attached")


def test_kiosk_goes_along_with_links_and_forms_until_it_is_switched_off(start: str, page: Page):
    open_screen(page, start + "index.html")
    page.locator(".gk-items a").first.tap()
    page.wait_for_url("**/items/*.html?kiosk=1")
    page.locator(".gk-crumbs a").nth(1).tap()
    page.wait_for_url("**/catalogue/*.html?kiosk=1")
    page.get_by_role("searchbox").fill("低保")
    page.get_by_role("button", name="检索").tap()
    page.wait_for_url("**/search/index.html?q=*kiosk=1*")
    page.wait_for_selector(BAR)
    page.goto(start + "index.html?kiosk=0")
    page.locator(".gk-items a").first.tap()
    page.wait_for_url("**/items/*.html")
    assert page.locator(BAR).count() == 0


def test_links_within_a_page_and_the_elder_view_work_as_ever(folder_site: Path, kinds: dict[str, str], page: Page):
    address = folder_site.as_uri() + "/" + kinds["guide"]
    open_screen(page, address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link
    page.wait_for_url("**/guide.html?kiosk=1#gk-main")
    page.get_by_role("link", name="长者版").tap()
    assert page.locator("html.kiosk.elder").count() == 1
    page.get_by_role("navigation", name="快捷操作").get_by_role("link", name="目录").tap()
    page.wait_for_url(lambda url: "/catalogue/" in url and "kiosk=1" in url and "elder=1" in url)
    assert page.locator("html.kiosk.elder").count() == 1


def test_targets_are_big_enough_for_fingers(server: Server, kinds: dict[str, str], page: Page):
    small = """() => [...document.querySelectorAll('a[href], button, input, select, summary')].filter((e) => {
        const box = e.getBoundingClientRect();
        const inText = e.matches('.gk-body a, .gk-meta a, .gk-skip, .gk-notice a, .gk-table a, [href^="tel:"], [href^="mailto:"]');
        return e.checkVisibility() && box.height && !inText && box.height < 56;
    }).map((e) => e.outerHTML)"""
    for kind in ("home", "item with attachments", "field page", "search", "all items"):
        open_screen(page, server.address + kinds[kind])
        assert page.evaluate(small) == [], kind


OTHER_SITE = "触摸屏不能打开别的网站。"
CALL = "触摸屏不能打电话、发邮件，请用手机联系。"
DOWNLOAD = "触摸屏不能下载文件，需要时请用手机打开本站下载，或者向工作人员索取。"
WAYS_OUT = {
    '<a href="https://www.example.org/">x</a>': OTHER_SITE,
    '<a href="//www.example.org/a.html" target="_blank">x</a>': OTHER_SITE,
    '<a href="../../">x</a>': OTHER_SITE,
    '<a href="../../../x.html">x</a>': OTHER_SITE,
    '<a href="javascript:location.reload()">x</a>': OTHER_SITE,
    '<a href="tel:0666-5550100">x</a>': CALL,
    '<a href="../data/items.json">x</a>': DOWNLOAD,
    '<a href="index.html" download>x</a>': DOWNLOAD,
}


def test_links_that_lead_out_are_refused_with_a_word(start: str, page: Page):
    address = start + "items/index.html"
    open_screen(page, address)
    for link, answer in WAYS_OUT.items():
        page.evaluate("html => { document.querySelector('h1').innerHTML = html; }", link)
        page.locator("h1 a").tap()
        assert page.locator(f"{BAR} [role=status]").inner_text() == answer, link
    assert page.url == f"{address}?kiosk=1"
    assert len(page.context.pages) == 1


def test_attachments_and_folders_are_not_handed_to_the_browser(folder_site: Path, kinds: dict[str, str], page: Page):
    page.on("download", lambda _: pytest.fail("a download began"))
    open_screen(page, folder_site.as_uri() + "/" + kinds["item with attachments"])
    page.locator(".gk-files a").first.tap()
    assert page.locator(f"{BAR} [role=status]").inner_text() == DOWNLOAD
    for way in ("./", "表/概况.html"):  # a page among the attachments has no bar
        page.evaluate("way => { document.querySelector('h1').innerHTML = `<a href='${way}'>x</a>`; }", way)
        page.locator("h1 a").tap()
        assert page.locator(f"{BAR} [role=status]").inner_text() == DOWNLOAD, way


def test_no_second_window_no_print_no_menu(start: str, kinds: dict[str, str], page: Page):
    open_screen(page, start + kinds["item with tables"])
    page.evaluate("window.printed = 0; addEventListener('beforeprint', () => { window.printed += 1; }); window.print()")
    page.keyboard.press("Control+p")
    assert page.evaluate("window.printed") == 0
    assert page.locator("[data-print]:visible").count() == 0
    refused = """name => {
        const event = new Event(name, {bubbles: true, cancelable: true});
        document.querySelector('h1').dispatchEvent(event);
        return event.defaultPrevented;
    }"""
    assert all(page.evaluate(refused, name) for name in ("contextmenu", "dragstart", "drop"))
    page.locator(".gk-crumbs a").first.click(modifiers=["ControlOrMeta"])
    page.wait_for_url("**/index.html?kiosk=1")
    assert len(page.context.pages) == 1


def test_keys_that_lead_out_do_nothing_and_typing_goes_on(folder_site: Path, page: Page):
    open_screen(page, folder_site.as_uri() + "/index.html")
    refused = """init => {
        const event = new KeyboardEvent("keydown", {bubbles: true, cancelable: true, ...init});
        document.querySelector("h1").dispatchEvent(event);
        return event.defaultPrevented;
    }"""
    out = ["F12", "F5", "BrowserHome", "BrowserSearch", *({"key": key, "ctrlKey": True} for key in "pstuofnwl")]
    out += [{"key": "C", "ctrlKey": True, "shiftKey": True}, {"key": "I", "ctrlKey": True, "shiftKey": True}]
    out += [{"key": "ArrowLeft", "altKey": True}, {"key": "Home", "altKey": True}, {"key": "d", "altKey": True}]
    kept = ["a", "Enter", "Tab", "ArrowDown", "F", {"key": "c", "ctrlKey": True}, {"key": "v", "ctrlKey": True}]
    as_init = [key if isinstance(key, dict) else {"key": key} for key in out + kept]
    assert [page.evaluate(refused, init) for init in as_init] == [True] * len(out) + [False] * len(kept)
    page.evaluate("document.querySelector('h1').dispatchEvent(new Event('keydown', {bubbles: true}))")  # no key at all


def test_middle_and_right_button_open_no_second_window(start: str, page: Page):
    open_screen(page, start + "items/index.html")
    page.locator(".gk-items a").first.click(button="right")
    assert page.url.endswith("/items/index.html?kiosk=1")
    page.locator(".gk-items a").first.click(button="middle")
    page.wait_for_url(lambda url: url.endswith(".html?kiosk=1") and "items/index" not in url)
    assert len(page.context.pages) == 1


def test_left_alone_the_screen_goes_home_in_the_standard_view(start: str, kinds: dict[str, str], page: Page):
    page.clock.install()
    open_screen(page, start + kinds["guide"])
    page.get_by_role("link", name="长者版").tap()
    page.clock.fast_forward(81_000)
    assert "马上回到首页" in page.locator(BAR).inner_text()
    page.clock.fast_forward(10_000)
    page.wait_for_url("**/index.html?kiosk=1&elder=0")
    assert page.locator("html.kiosk:not(.elder)").count() == 1


def test_touching_the_screen_keeps_the_page(folder_site: Path, kinds: dict[str, str], page: Page):
    page.clock.install()
    address = folder_site.as_uri() + "/" + kinds["guide"]
    open_screen(page, address)
    page.clock.fast_forward(85_000)
    page.locator("h1").tap()
    assert "马上回到首页" not in page.locator(BAR).inner_text()
    page.clock.fast_forward(60_000)
    assert page.url == f"{address}?kiosk=1"


def test_home_page_with_something_typed_is_cleared(folder_site: Path, page: Page):
    page.clock.install()
    open_screen(page, folder_site.as_uri() + "/index.html")
    page.get_by_role("searchbox").fill("我家的低保")
    page.clock.fast_forward(95_000)
    page.wait_for_url("**/index.html?kiosk=1&elder=0")
    assert page.get_by_role("searchbox").input_value() == ""


def test_without_network_the_screen_stays_where_it_is(server: Server, kinds: dict[str, str], browser: Browser):
    context = browser.new_context(viewport=SCREEN, service_workers="block")
    page = context.new_page()
    page.clock.install()
    open_screen(page, server.address + kinds["guide"])
    context.set_offline(True)
    page.clock.fast_forward(95_000)
    page.get_by_text("网络不通，请稍后再试。").wait_for()
    assert page.locator("h1").is_visible()
    context.close()


def test_firefox_from_a_folder_carries_it_on_and_refuses_what_leads_out(
    folder_site: Path, kinds: dict[str, str], firefox: Firefox
):
    firefox.open((folder_site / kinds["item with attachments"]).as_uri() + "?kiosk=1")
    firefox.wait_for(f"document.querySelector('{BAR}')")
    firefox.click(".gk-files a")
    firefox.wait_for(f"document.querySelector('{BAR}').innerText.includes('触摸屏不能下载文件')")
    with firefox.loading():
        firefox.click(".gk-crumbs a")
    firefox.wait_for(f"document.querySelector('{BAR}')")
    assert firefox.evaluate("location.href").endswith("/index.html?kiosk=1")
