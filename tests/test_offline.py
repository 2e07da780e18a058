"""The offline copy of the demonstration site, unzipped on a USB stick, in Chromium and in Firefox, without any network."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import pytest

from browser import DESKTOP, KINDS, items_of, watched_page
from built_copies import NAME
from firefox import Firefox
from gongkai.search.text import letters
from links import broken_links, foreign, parse
from search_truth import Text, pages_with

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

QUERIES = 60


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A Chromium page on a machine without any network."""
    with watched_page(browser, viewport=DESKTOP, offline=True) as fresh:
        yield fresh


@pytest.fixture
def fox(firefox: Firefox) -> Iterator[Firefox]:
    """Firefox on a machine without any network."""
    with firefox.offline():
        yield firefox


@pytest.fixture(params=["chromium", "firefox"])
def reader(request: pytest.FixtureRequest) -> Reader:
    """One of the two browsers."""
    if request.param == "chromium":
        page: Page = request.getfixturevalue("page")
        return Reader(page.goto, page.evaluate)
    fox: Firefox = request.getfixturevalue("fox")
    return Reader(fox.open, fox.evaluate)


class Reader:
    """What both browsers can do for a test."""

    def __init__(self, open_page: Callable[[str], Any], evaluate: Callable[[str], Any]) -> None:
        self.open, self.evaluate = open_page, evaluate

    def ask(self, query: str) -> list[str]:
        """Ask the search page that is open, show all results and give their addresses below the site's folder."""
        found = self.evaluate(
            f"""(async () => {{
                const settled = async (check) => {{ while (!check()) await new Promise((next) => setTimeout(next, 10)); }};
                const status = document.querySelector(".gk-status");
                const input = document.querySelector("#gk-q");
                status.textContent = "";
                input.value = {json.dumps(query)};
                input.form.requestSubmit();
                await settled(() => !document.querySelector("[aria-busy]") && status.textContent.includes("。"));
                const links = () => [...document.querySelectorAll(".gk-result-title a")].map((link) => link.pathname);
                const more = document.querySelector(".gk-more");
                while (!more.hidden) {{
                    const before = links().length;
                    more.click();
                    await settled(() => links().length > before);
                }}
                return links();
            }})()"""
        )
        return [unquote(path).rpartition(f"/{NAME}/site/")[2] for path in found]


# ---- Search


def cuts_of(texts: list[Text], site: Path) -> dict[str, str]:
    """Queries, and a page that each must find: blind cuts of 1 to 6 letters out of the items' pages as they are shown.

    Of those that find hundreds of pages there are only three, as all results are looked at.
    """
    chance = random.Random(20261120)
    shown = [
        (letters(" ".join(element.itertext())), item["url"])
        for item in items_of(site)[::4]
        for element in parse(site / item["url"]).xpath("//h1|//*[@data-body]//*[self::p or self::li or self::td]")
    ]
    cuts: dict[str, str] = {}
    common = 0
    while len(cuts) < QUERIES:
        block, url = chance.choice(shown)
        start = chance.randrange(max(1, len(block)))
        cut = max(block[start : start + chance.randint(1, 6)].split("、"), key=len)
        if not cut or cut in cuts or any("\ua500" <= ch <= "\ua5ff" for ch in cut):
            continue
        if len(pages_with(texts, cut)) > 60:
            common += 1
            if common > 3:
                continue
        cuts[cut] = url
    return cuts


def test_sixty_queries_find_what_a_grep_finds(reader: Reader, stick: Path, demo_site: Path, texts: list[Text]):
    queries = cuts_of(texts, demo_site)
    reader.open((stick / "site/search/index.html").as_uri())
    for query, url in queries.items():
        found = set(reader.ask(query))
        assert found == pages_with(texts, query), query
        assert url in found, query


def test_word_that_stands_only_in_an_attachment_is_found(reader: Reader, stick: Path, texts: list[Text]):
    block, page = next((block, text.url) for text in texts for block, _ in text.files if len(block) > 12)
    reader.open((stick / "site/search/index.html").as_uri())
    assert page in reader.ask(max(block.split("、"), key=len)[:8])


def test_filters_narrow_and_their_counts_are_true(reader: Reader, stick: Path):
    reader.open((stick / "site/search/index.html").as_uri() + "?q=" + quote("公示"))
    every = reader.ask("公示")
    chosen, count = reader.evaluate(
        """(() => {
            const select = document.querySelector("#gk-unit");
            const option = [...select.options].find((one) => one.value && /\\d/.test(one.text));
            select.value = option.value;
            select.dispatchEvent(new Event("change", {bubbles: true}));
            return [option.value, Number(/(\\d+)\\D*$/.exec(option.text)[1])];
        })()"""
    )
    found = reader.ask("公示")
    assert len(found) == count
    assert set(found) < set(every)
    units = {item["url"]: item["responsible_unit"] for item in items_of(stick / "site")}
    assert {units[url] for url in found} == {chosen}


def test_result_opens(stick: Path, fox: Firefox):
    fox.open((stick / "site/search/index.html").as_uri() + "?q=" + quote("低保"))
    fox.wait_for("document.querySelector('.gk-status').textContent.startsWith('找到')")
    fox.wait_for("!document.querySelector('.gk-others').hidden")  # the last that comes above the results
    title = fox.evaluate("document.querySelector('.gk-result-title a').innerText")
    with fox.loading():
        fox.click(".gk-result-title a")
    assert fox.evaluate("document.querySelector('h1').innerText") == title


def test_search_from_the_home_page_by_keyboard(stick: Path, page: Page):
    page.goto((stick / "site/index.html").as_uri())
    page.get_by_role("searchbox").fill("低保")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=*")
    page.locator(".gk-result-title a").first.wait_for()
    page.locator("#gk-q").fill("高龄津贴")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.gk-status').textContent.includes('找到')")


def test_lost_pack_is_said_and_the_columns_remain(stick: Path, tmp_path: Path, browser: Browser):
    copy = shutil.copytree(stick / "site/search", tmp_path / "site/search")
    shutil.copytree(stick / "site/assets", tmp_path / "site/assets")
    copy.chmod(0o755)
    (copy / "packs").chmod(0o755)
    (copy / "packs/start.pack.js").unlink()
    page = browser.new_page()
    page.goto((tmp_path / "site/search/index.html").as_uri() + "?q=" + quote("低保"))
    page.wait_for_function("() => document.querySelector('.gk-status').textContent.includes('。')")
    assert page.locator(".gk-results a").count() == 0
    assert page.locator(".gk-browse").get_by_role("link").count() > 10
    page.close()


# ---- Pages and links


def test_every_link_of_every_page_leads_to_a_file_of_the_copy_and_none_outside(stick: Path):
    site = stick / "site"
    assert broken_links(site) == []
    outside = {(kind, link) for path in site.rglob("*.html") for kind, link in foreign(path)}
    assert {kind for kind, _ in outside} <= {"link canonical"}


def test_pages_of_all_kinds_open_without_error_or_request(stick: Path, kinds: dict[str, str], page: Page):
    every = sorted((stick / "site").rglob("*.html"))
    assert len(every) > 500
    chosen = {stick / "site" / kinds[kind] for kind in KINDS if kind != "not found"} | set(every[::150])
    for path in sorted(chosen):
        page.goto(path.as_uri())
        assert page.locator("h1").count() == 1, path


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("not found", "search")])
def test_every_kind_of_page_opens_in_firefox(kind: str, stick: Path, kinds: dict[str, str], fox: Firefox):
    fox.open((stick / "site" / kinds[kind]).as_uri())
    assert fox.evaluate("document.querySelectorAll('h1').length") == 1
    assert fox.evaluate("getComputedStyle(document.querySelector('.gk-header')).backgroundColor") == "rgb(11, 74, 139)"
    assert "离线副本，内容截至2026年11月20日。" in fox.evaluate("document.querySelector('.gk-footer').innerText")


def test_elder_view_goes_along(reader: Reader, stick: Path):
    reader.open((stick / "site/index.html").as_uri() + "?elder=1")
    href = reader.evaluate(
        """(() => {
            const link = document.querySelector(".gk-items a");
            link.addEventListener("click", (event) => event.preventDefault());
            link.click();
            return link.href;
        })()"""
    )
    reader.open(href)
    assert reader.evaluate("document.documentElement.classList.contains('elder')")


def test_attachment_is_handed_over_whole(stick: Path, kinds: dict[str, str], page: Page):
    page.goto((stick / "site" / kinds["item with attachments"]).as_uri())
    link = page.locator(".gk-files a").first
    with page.expect_download() as waiting:
        link.click()
    target = stick / "site" / Path(kinds["item with attachments"]).parent / unquote(link.get_attribute("href"))
    assert waiting.value.path().read_bytes() == target.read_bytes()


def test_page_prints(stick: Path, kinds: dict[str, str], page: Page):
    page.goto((stick / "site" / kinds["item with tables"]).as_uri())
    assert page.get_by_role("button", name="打印").is_visible()
    assert not page.get_by_role("button", name="复制本页地址").is_visible()
    assert page.pdf().startswith(b"%PDF")


# ---- The door


def test_door_opens_the_home_page_as_it_is_asked_for(stick: Path, page: Page):
    page.goto((stick / "打开.html").as_uri() + "?elder=1")
    page.wait_for_url("**/site/index.html?elder=1")
    assert page.locator("html.elder h1").inner_text() == "示范镇政府信息公开"


def test_door_opens_the_home_page_in_firefox(stick: Path, fox: Firefox):
    fox.open((stick / "打开.html").as_uri())
    fox.arrive_at("/site/index.html")
    assert fox.evaluate("document.querySelector('h1').innerText") == "示范镇政府信息公开"


def test_door_of_a_copy_that_was_cut_off_says_so(stick: Path, tmp_path: Path, browser: Browser):
    shutil.copy(stick / "打开.html", tmp_path)
    (tmp_path / "site").mkdir()
    shutil.copy(stick / "site/index.html", tmp_path / "site")
    page = browser.new_page()
    page.goto((tmp_path / "打开.html").as_uri())
    warning = page.get_by_role("alert")
    warning.wait_for()
    assert "这份副本没有复制完整" in warning.inner_text()
    assert "先解压" in warning.inner_text()
    page.get_by_role("link", name="仍要打开").click()
    page.wait_for_url("**/site/index.html")
    page.close()
