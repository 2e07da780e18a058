"""Form, address bar, suggestions and offers of the search page, in Chromium over http and under a sub-path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from browser import DESKTOP, PHONE, Server, answered, search, serving, watched_page
from search_page import count, open_at, query_of, shown
from search_truth import Text, pages_with
from test_site_axe import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

WIDTHS = {"390": PHONE, "1280": DESKTOP}


# --- filters and address


def test_every_count_of_a_filter_is_what_choosing_it_gives(server: Server, page: Page):
    open_at(page, server, "?q=" + quote("补贴 2026"))
    whole = count(page)
    for name in ("unit", "kind"):
        options = page.locator(f"#gk-{name} option:not([value=''])").evaluate_all(
            "o => o.map(one => [one.value, one.text])"
        )
        said = {value: int(text.rpartition("（")[2].rstrip("）")) for value, text in options}
        assert sum(said.values()) == whole
        for value, number in list(said.items())[:4]:
            page.select_option(f"#gk-{name}", value)
            page.wait_for_function("([n, v]) => new URLSearchParams(location.search).get(n) === v", arg=[name, value])
            answered(page)
            assert count(page) == number, value
        page.select_option(f"#gk-{name}", "")
        page.wait_for_function("n => !new URLSearchParams(location.search).has(n)", arg=name)
        answered(page)


def test_an_address_can_be_shared_and_gives_the_same_page(server: Server, page: Page, browser: Browser):
    open_at(page, server)
    search(page, "补贴")
    page.select_option("#gk-unit", "财政所")
    page.wait_for_url("**/search/?*unit=*")
    answered(page)
    said, results = page.locator(".gk-status").inner_text(), shown(page)
    assert query_of(page) == {"q": "补贴", "unit": "财政所"}
    with watched_page(browser, viewport=PHONE) as other:
        other.goto(page.url)
        answered(other)
        assert (other.locator(".gk-status").inner_text(), shown(other)) == (said, results)
        assert other.input_value("#gk-q") == "补贴"
        assert other.input_value("#gk-unit") == "财政所"


def test_back_and_forward_go_through_queries_not_letters(server: Server, page: Page):
    open_at(page, server)
    page.locator("#gk-q").press_sequentially("预算")
    page.wait_for_url("**q=*")
    answered(page)
    first = page.locator(".gk-status").inner_text()
    search(page, "补贴")
    page.go_back()
    page.wait_for_function("said => document.querySelector('.gk-status').textContent === said", arg=first)
    assert page.input_value("#gk-q") == "预算"
    assert page.title().startswith("预算 - 检索")
    page.go_back()
    page.wait_for_function("!location.search")
    assert page.input_value("#gk-q") == ""
    assert page.locator(".gk-browse").is_visible()
    assert page.locator(".gk-result").count() == 0
    page.go_forward()
    page.wait_for_function("said => document.querySelector('.gk-status').textContent === said", arg=first)


def test_coming_back_from_a_result_shows_as_much_as_before(server: Server, page: Page):
    open_at(page, server, "?q=" + quote("示范镇"))
    page.locator(".gk-more").click()
    page.wait_for_function("document.querySelectorAll('.gk-result').length === 40")
    page.locator(".gk-result a").nth(30).click()
    page.wait_for_url("**/items/*")
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.gk-result').length === 40 && scrollY > 0")


def test_what_others_put_into_the_address_stays(server: Server, page: Page):
    open_at(page, server, "?elder=1&q=" + quote("预算"))
    search(page, "补贴")
    assert query_of(page) == {"elder": "1", "q": "补贴"}


# --- typing


def test_nothing_is_asked_for_before_the_first_key_and_an_answer_comes_without_enter(demo_site: Path, page: Page):
    with serving(demo_site) as fresh:
        page.goto(fresh.address + "search/")
        page.wait_for_load_state("networkidle")
        page.locator("#gk-q").focus()
        assert not any("/search/data/" in path for path in fresh.asked)
        page.keyboard.type("预算")
        page.wait_for_function("document.querySelector('.gk-status').textContent.startsWith('找到')")
        assert any("/search/data/" in path for path in fresh.asked)


def test_suggestions_are_reached_and_taken_by_the_keyboard_alone(server: Server, page: Page):
    open_at(page, server)
    box = page.get_by_role("combobox", name="要找的字词")
    assert box.get_attribute("aria-expanded") == "false"
    box.press_sequentially("农机")
    options = page.get_by_role("listbox", name="检索建议").get_by_role("option")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    text = options.first.inner_text().split("\n")[0].strip()
    box.press("Enter")
    page.wait_for_url("**q=*")
    answered(page)
    assert query_of(page)["q"] == page.input_value("#gk-q")
    assert text.startswith(page.input_value("#gk-q"))
    assert page.locator("#gk-suggest").is_hidden()
    assert count(page) > 0


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(server: Server, page: Page):
    open_at(page, server)
    page.locator("#gk-q").press_sequentially("补贴")
    page.locator("#gk-suggest li").first.wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#gk-suggest").is_hidden()
    assert page.input_value("#gk-q") == "补贴"
    page.keyboard.press("ArrowDown")
    page.locator("#gk-suggest li").first.click()
    page.wait_for_function("document.querySelector('.gk-status').textContent.startsWith('找到')")
    assert page.evaluate("document.activeElement.id") == "gk-q"


def test_letters_of_an_input_method_are_asked_for_when_they_are_chosen(server: Server, page: Page):
    open_at(page, server)
    page.locator("#gk-q").focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "yusuan", "selectionStart": 6, "selectionEnd": 6})
    keyboard.send("Input.insertText", {"text": "预算"})
    page.wait_for_function("document.querySelector('.gk-status').textContent.includes('“预算”')")
    assert query_of(page)["q"] == "预算"


# --- nothing found, and other words


def test_other_words_are_offered_with_what_they_find_and_never_mixed_in(server: Server, page: Page, texts: list[Text]):
    open_at(page, server, "?q=" + quote("五保"))
    assert set(shown(page)) == pages_with(texts, "五保")
    offer = page.locator(".gk-others")
    offer.wait_for()
    assert offer.inner_text().startswith("您是不是要找：特困人员救助供养")
    link = offer.get_by_role("link", name="特困人员救助供养", exact=True)
    number = len(pages_with(texts, "特困人员救助供养"))
    assert f"特困人员救助供养（{number} 条）" in offer.inner_text()
    link.click()
    page.wait_for_url("**q=" + quote("特困人员救助供养"))
    answered(page)
    assert count(page) == number
    page.go_back()
    page.wait_for_function("document.querySelector('#gk-q').value === '五保'")


def test_a_question_is_offered_as_its_words(server: Server, page: Page, texts: list[Text]):
    open_at(page, server, "?q=" + quote("低保怎么申请"))
    page.locator(".gk-others").wait_for()
    number = len(pages_with(texts, "低保", "申请"))
    assert number
    assert f"低保 申请（{number} 条）" in page.locator(".gk-others").inner_text()


def test_an_empty_answer_leads_to_the_nearest_entries(server: Server, page: Page):
    open_at(page, server, "?q=" + quote("低保户怎么领量子"))
    assert page.locator(".gk-status").inner_text().startswith("没有找到含有“低保户怎么领量子”的内容。")
    page.locator(".gk-nearest").wait_for()
    links = page.locator(".gk-nearest a")
    assert any("最低生活保障" in text for text in links.all_inner_texts())
    path = links.first.inner_text().split(" › ")
    links.first.click()
    page.wait_for_url("**/catalogue/*.html")
    assert path[-1] in page.locator("h1").inner_text()


def test_filters_that_leave_nothing_can_be_dropped(server: Server, page: Page):
    open_at(page, server, "?q=" + quote("补贴") + "&unit=" + quote("没有这个单位"))
    assert "去掉筛选条件后有" in page.locator(".gk-status").inner_text()
    assert page.locator(".gk-nearest").is_hidden()
    page.get_by_role("button", name="去掉筛选条件").click()
    page.wait_for_function("document.querySelector('.gk-status').textContent.startsWith('找到')")
    assert query_of(page) == {"q": "补贴"}


def test_punctuation_alone_is_explained(opened: Page):
    search(opened, "，。！")
    assert opened.locator(".gk-status").inner_text() == "请输入汉字、字母或数字，只有标点符号无法检索。"


# --- access


@pytest.mark.parametrize(
    ("width", "state"),
    [
        ("390", "?q=低保户量子"),
        ("390", "?q=补贴&unit=财政所"),
        ("390", "?q=五保&elder=1"),
        ("390", "suggestions"),
        ("1280", "?q=五保"),
        ("1280", "suggestions"),
    ],
)
def test_no_state_of_the_page_has_a_violation(width: str, state: str, server: Server, browser: Browser):
    with watched_page(browser, viewport=WIDTHS[width]) as page:
        if state == "suggestions":
            open_at(page, server)
            page.locator("#gk-q").press_sequentially("补贴")
            page.locator("#gk-suggest li").first.wait_for()
            page.keyboard.press("ArrowDown")
        else:
            open_at(page, server, state)
            page.wait_for_load_state("networkidle")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS[width]["width"]
