"""axe-core finds nothing to object to on any kind of page, on a phone, on a desk, and in the elder view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser import DESKTOP, KINDS, PHONE, Server, answered, watched_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

OPTIONS = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
WIDTHS = {"390": PHONE, "1280": DESKTOP}


def violations(page: Page) -> list[str]:
    """What axe objects to, with every fold open: rule, element, what is wrong."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['html']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_page_has_no_violation(kind: str, width: str, server: Server, kinds: dict[str, str], browser: Browser):
    with watched_page(browser, viewport=WIDTHS[width]) as page:
        page.goto(server.address + kinds[kind])
        assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", ["home", "item with tables", "item with attachments", "field page", "search"])
def test_page_in_the_elder_view_has_no_violation(
    kind: str, width: str, server: Server, kinds: dict[str, str], browser: Browser
):
    with watched_page(browser, viewport=WIDTHS[width]) as page:
        page.goto(server.address + kinds[kind] + "?elder=1")
        assert page.locator("html.elder").count() == 1
        assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("query", ["?q=公示", "?q=没有这样的字串", "?q=公示&year=1999"])
def test_search_answers_have_no_violation(query: str, width: str, server: Server, browser: Browser):
    with watched_page(browser, viewport=WIDTHS[width]) as page:
        page.goto(f"{server.address}search/index.html{query}")
        answered(page)
        assert violations(page) == []


def test_elder_view_has_no_small_control(server: Server, kinds: dict[str, str], browser: Browser):
    small = """() => [...document.querySelectorAll('button, input, select, nav a')].filter(e => e.offsetParent &&
      Math.min(e.getBoundingClientRect().height, 60) < 60).map(e => e.outerHTML)"""
    with watched_page(browser, viewport=PHONE) as page:
        for kind in ("home", "item with tables", "search"):
            page.goto(server.address + kinds[kind] + "?elder=1")
            assert page.evaluate(small) == []


def test_axe_notices_a_small_target_a_pale_text_and_a_missing_name(browser: Browser):
    page = browser.new_page()
    page.set_content(
        "<html lang=zh-CN><title>x</title><main><h1>x</h1><p style='color:#aaa'>浅灰色的一段话</p>"
        "<button style='padding:0;border:0;font-size:8px'>x</button><button style='padding:0;border:0'>y</button>"
        "<input><img src=x.png></main>"
    )
    rules = {line.partition(":")[0] for line in violations(page)}
    page.close()
    assert rules >= {"color-contrast", "target-size", "label", "image-alt"}
