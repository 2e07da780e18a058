"""The page of an annual report in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import DESKTOP, PHONE, watched_page
from gongkai.model import annual

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.slow
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["390", "1280"])
def test_the_wide_tables_scroll_inside_their_boxes(size: dict[str, int], demo_site: Path, browser: Browser):
    with watched_page(browser, viewport=size) as page:
        page.goto((demo_site / "items" / "30-02-04-2025.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
        box = page.get_by_role("region").filter(has_text="本年新收政府信息公开申请数量")
        first = box.get_by_role("cell", name="一、本年新收政府信息公开申请数量")
        left = first.bounding_box()
        box.evaluate("box => { box.scrollLeft = 200 }")
        assert first.bounding_box() == left
        heads = box.locator("thead th").all_inner_texts()
        assert heads == ["申请处理情况", "申请人情况", "自然人", "法人或其他组织", "总计", *annual.APPLICANTS[1:]]
        assert box.locator("tbody tr").count() == 25 + 5
        remedies = page.get_by_role("region").filter(has_text="未经复议直接起诉")
        remedies.evaluate("box => { box.scrollLeft = 1000 }")
        last = remedies.get_by_role("columnheader", name="复议后起诉").bounding_box()
        first_block = remedies.get_by_role("columnheader", name="行政复议", exact=True).bounding_box()
        assert last
        assert first_block
        assert first_block["x"] + first_block["width"] <= last["x"]
