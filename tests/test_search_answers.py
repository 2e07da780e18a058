"""What the search page of the demonstration site finds, and in which order, in Chromium over http and under a sub-path."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from browser import Server, entries_of, items_of, search
from gongkai.search.spelling import spellings
from search_data import content, start_of
from search_page import ask, open_at, shown
from search_truth import Text, pages_with

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow


# --- what is found


def test_cuts_of_texts_are_found_exactly(opened: Page, texts: list[Text]):
    chance = random.Random(11)
    whole = [run for text in texts for run in (text.title, *text.blocks, *(f for f, _ in text.files)) if len(run) > 8]
    for _ in range(8):
        block = chance.choice(whole)
        start = chance.randrange(len(block) - 6)
        cut = max(block[start : start + chance.randint(2, 6)].split("、"), key=len)
        if len(cut) > 1 and not any("\ua500" <= ch <= "\ua5ff" for ch in cut):
            assert set(ask(opened, cut)) == pages_with(texts, cut), cut


def test_several_words_find_pages_with_all_of_them_wherever_they_stand(opened: Page, texts: list[Text]):
    assert set(ask(opened, "示范镇 补贴　公示")) == pages_with(texts, "示范镇", "补贴", "公示")


def test_rows_of_the_catalogue_are_found_on_the_page_of_their_field(opened: Page, texts: list[Text]):
    assert "catalogue/02.html" in pages_with(texts, "招标估算金额")
    search(opened, "招标估算金额")
    assert "公共资源交易" in opened.locator(".gk-result a").all_inner_texts()


def test_one_letter_works(opened: Page, texts: list[Text]):
    assert set(ask(opened, "渡")) == pages_with(texts, "渡") != set()


def test_a_month_is_found_however_it_is_typed_and_written(opened: Page, texts: list[Text]):
    (month,) = spellings("2026-09")
    wanted = pages_with(texts, month)
    assert len(wanted) > 5
    for typed in ("2026-09", "2026年9月", "2026.9", "2026/09", "２０２６年０９月", "2026 年 9 月", "二〇二六年九月"):
        assert set(ask(opened, typed)) == wanted, typed
    assert (
        set(ask(opened, "2026年9月28日"))
        == set(ask(opened, "2026/9/28"))
        == pages_with(texts, *spellings("2026-09-28"))
    )


def test_a_document_number_is_found_in_any_brackets_and_no_other_with_it(opened: Page, texts: list[Text]):
    (run,) = spellings("示政发〔2026〕8号")
    wanted = pages_with(texts, run)
    assert wanted
    assert wanted < pages_with(texts, "示政发", "2026", "8号")
    for typed in (
        "示政发〔2026〕8号",
        "示政发[2026]8号",
        "示政发（2026）8号",
        "示政发【2026】第8号",
        "示政发［2026］8号",
    ):
        assert set(ask(opened, typed)) == wanted, typed
    assert opened.locator(".gk-result mark").first.inner_text() == "示政发〔2026〕8号"


def test_an_index_number_finds_its_one_item(opened: Page, demo_site: Path):
    item = next(item for item in items_of(demo_site) if item["index_number"])
    assert ask(opened, item["index_number"])[0] == item["url"]
    assert ask(opened, item["index_number"].replace("/", "／").replace("-", "－").lower())[0] == item["url"]


def test_traditional_characters_find_simplified_ones_and_their_table_comes_only_then(server: Server, page: Page):
    open_at(page, server)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    simple = ask(page, "农业补贴")
    assert simple
    assert not any("/fold-" in url for url in requests)
    assert ask(page, "農業補貼") == simple
    assert any("/fold-" in url for url in requests)
    assert page.locator(".gk-result mark").first.inner_text() == "农业补贴"


def test_a_hit_in_an_attachment_says_in_which_file(opened: Page, texts: list[Text]):
    text, (row, title) = next((t, f) for t in texts for f in t.files if f[0].startswith("上坪村"))
    word = row.strip("、").replace("、", " ")
    assert text.url in ask(opened, word)
    hit = opened.locator(".gk-result").filter(has=opened.locator(f'a[href$="{text.url}"]'))
    assert f"附件《{title}》：" in hit.inner_text()


def test_the_words_to_suggest_are_those_of_the_site_with_their_numbers(demo_site: Path):
    data = demo_site / "search/data"
    words = json.loads(content(data, start_of(data)["extra"]["words"]))
    known = {entry["id"]: entry["published"] for entry in entries_of(demo_site)}
    assert {entry: number for entry, _, number in words["entries"]}.items() <= known.items()
    assert sum(number for _, number in words["units"]) == len(items_of(demo_site))
    assert all(entry.startswith(tuple(group for group, _ in words["groups"])) for entry, _, _ in words["entries"])


# --- order


def test_titles_come_first_then_names_then_texts_then_attachments_newest_first_in_each(opened: Page, texts: list[Text]):
    word = "补贴"
    place = {text.url: rank for rank, text in enumerate(texts)}

    def zone(text: Text) -> int:
        if word in text.title:
            return 0
        if text.url.startswith("items/") and any(word in block for block in text.blocks[-4:]):  # its names
            return 1
        return 2 if any(word in block for block in text.blocks) else 3

    wanted = pages_with(texts, word)
    zones = {text.url: zone(text) for text in texts if text.url in wanted}
    found = ask(opened, word)
    assert set(found) == wanted
    titles = [url for url in found if zones[url] == 0]
    assert len(titles) > 3
    assert found[: len(titles)] == sorted(titles, key=lambda url: place[url])
    assert [zones[url] for url in found] == sorted(zones[url] for url in found)


def test_by_date_the_newest_comes_first(server: Server, page: Page, demo_site: Path):
    dates = {item["url"]: item["published_on"] for item in items_of(demo_site)}
    open_at(page, server, "?sort=date&q=" + quote("补贴"))
    days = page.locator(".gk-result-about span:first-child").all_inner_texts()
    assert len(days) == 20
    assert days == sorted(days, reverse=True)
    assert days == [dates[url] for url in shown(page)]
