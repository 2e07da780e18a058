"""The pages of the coverage: picture and table say the same, on a screen and on paper."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from browser import DESKTOP, PHONE, Server, watched_page
from gongkai.dataset import Dataset
from gongkai.render.page import Renderer
from gongkai.reports.coverage import Coverage, State, coverage
from gongkai.reports.coverage_page import coverage_pages
from sites import ROOT
from test_site_axe import OPTIONS


@pytest.fixture(scope="module")
def found(demo: Dataset) -> Coverage:
    return coverage(demo)


def test_pages_are_one_for_each_year(demo: Dataset, found: Coverage):
    pages = list(coverage_pages(Renderer(demo), found))
    assert [page.url for page in pages] == ["coverage/index.html", "coverage/2025.html", "coverage/2024.html"]


def test_the_table_below_the_picture_says_the_same(demo: Dataset, found: Coverage):
    page = next(coverage_pages(Renderer(demo), found))
    drawn = page.content.count("<title>")
    shown = [c for row in found.rows for c in row.cells if c.period.year == 2026]
    whole = [r for r in found.rows if all(c.state is State.NOT_APPLICABLE for c in r.cells if c.period.year == 2026)]
    left_out = sum(len([c for c in r.cells if c.period.year == 2026]) for r in whole)
    assert drawn == len(shown) - left_out
    lines = re.findall(r"<td>([^<]+)</td><td>([^<]*)</td><td>[^<]*</td><td>[^<]*</td><td>(?:<a |</td>)", page.content)
    assert len(lines) == drawn
    assert Counter(state for _, state in lines) == Counter(re.findall(r"<title>[^：<]*：([^，<]*)", page.content))


def test_pages_are_light(demo: Dataset, found: Coverage):
    styles = (ROOT / "theme/assets/gongkai-coverage.css").read_bytes()
    for page in coverage_pages(Renderer(demo), found):
        assert len(gzip.compress(page.content.encode())) + len(gzip.compress(styles)) < 25_000


@pytest.mark.slow
@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["390", "1280"])
def test_page_fits_and_has_no_violation(width: Any, server: Server, browser: Browser):
    with watched_page(browser, viewport=width) as page:
        page.goto(server.address + "coverage/index.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= width["width"]
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        found = Axe().run(page, options=OPTIONS).response["violations"]
        assert [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]] == []


@pytest.mark.slow
def test_a_cell_leads_to_its_item(server: Server, browser: Browser):
    with watched_page(browser, viewport=DESKTOP) as page:
        page.goto(server.address + "coverage/index.html")
        page.locator(".gk-heat-map a[href$='19-05-03-2026-09.html']").click()
        assert page.locator("h1").last.inner_text() == "示范镇2026年9月低保资金发放情况"


@pytest.mark.slow
def test_printed_without_colour_letters_and_patterns_remain(server: Server, browser: Browser):
    with watched_page(browser, viewport=DESKTOP) as page:
        page.goto(server.address + "coverage/index.html")
        page.emulate_media(media="print")
        fills = page.evaluate(
            """() => Object.fromEntries(['p', 's', 'l', 'd', 'm'].map(style => {
                const box = getComputedStyle(document.querySelector(`.gk-legend rect.${style}`));
                return [style, [box.fill, box.strokeDasharray, box.strokeWidth].join('|')];
            }))"""
        )
        assert len(set(fills.values())) == 5
        assert page.locator(".gk-legend text").all_text_contents() == ["公", "说", "迟", "期", "缺", "—"]
