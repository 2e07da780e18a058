"""The search page when something goes wrong or takes long: strange queries, lost files, new builds under an open page."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from browser import Server, answered, search, serving, watched_page
from gongkai.search.records import SearchRecord
from search_data import start_of, write_data
from search_page import count, open_at, shown

if TYPE_CHECKING:
    from typing import Literal

    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.slow
ROUTED: Literal["block"] = "block"
"""Where requests are held or refused the site's service worker stays out: what it asks for itself passes by the routes."""


def test_two_hundred_strange_queries_throw_nothing_and_never_become_markup(opened: Page):
    chance = random.Random(20)
    alphabet = ["低", "保", "2026", "年", "9月", "〔2026〕", "号", "-", "/", "<script>alert(1)</script>", "<b>", "&lt;", "😀", "👨‍👩‍👧", "𠮷",
                "<img src=x onerror=window.hacked=1>", "\u202e", "\u200f", "\u0301", "\ud83d", "\udc00", "\u0000", "'", '"', "\\", "$&", "%E4", "أ",
                "鄉", "㌀", "İ", " ", "　", "javascript:"]  # fmt: skip
    queries = ["".join(chance.choices(alphabet, k=chance.randint(1, 12))) for _ in range(196)]
    queries += ["低" * 10_000, "<script>" * 1250, "😀" * 10_000, "\u202e低保" * 3000]
    code = """async list => {
      const input = document.querySelector("#gk-q"), status = document.querySelector(".gk-status");
      const thrown = [];
      const settled = () => new Promise(done => {
        const look = () => document.querySelector("[aria-busy]") ? setTimeout(look, 1) : done();
        look();
      });
      addEventListener("error", event => thrown.push(event.message));
      addEventListener("unhandledrejection", event => thrown.push(String(event.reason)));
      const failed = [];
      for (const q of JSON.parse(list)) {
        input.value = q;
        input.form.requestSubmit();
        await settled();
        if (!/^(找到|没有找到|请输入)/.test(status.textContent) && q.trim()) failed.push([q.slice(0, 80), status.textContent]);
      }
      const strange = document.querySelectorAll("[data-gk-search] :is(script[src^=x], img, b:not(.gk-excerpt-file), iframe)");
      return { thrown, failed, strange: strange.length, hacked: "hacked" in window };
    }"""
    told = opened.evaluate(code, json.dumps(queries))
    assert told == {"thrown": [], "failed": [], "strange": 0, "hacked": False}


def test_a_query_in_the_address_is_shown_as_text(server: Server, page: Page):
    query = "<img src=x onerror=alert(1)>低保&amp;"
    open_at(page, server, "?q=" + quote(query))
    assert page.locator(".gk-status").inner_text().startswith(f"没有找到含有“{query}”的内容。")
    assert page.locator("[data-gk-search] img").count() == 0


@pytest.mark.parametrize("lost", ["start.bin", "*-i*.bin", "*-t*.bin", "words-*.bin"])
def test_a_lost_file_gives_a_message_and_another_try_works(lost: str, server: Server, browser: Browser):
    context = browser.new_context(service_workers=ROUTED)
    page = context.new_page()

    def drop(route: Route) -> None:
        route.abort()

    context.route(f"**/search/data/{lost}", drop)
    page.goto(server.address + "search/?q=" + quote("预算"))
    answered(page)
    if lost.startswith("words"):  # only the suggestions are gone
        assert count(page) > 0
    else:
        assert page.locator(".gk-status").inner_text().startswith("检索数据没有读到，请检查网络后再试")
        assert page.locator(".gk-browse").is_visible()
        context.unroute(f"**/search/data/{lost}", drop)
        page.get_by_role("button", name="再试一次").click()
        page.wait_for_function("document.querySelector('.gk-status').textContent.startsWith('找到')")
    context.close()


@pytest.fixture(scope="module")
def two_builds(two_shards: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The search page, and its data in two builds: the second has a page more, and no file of the first but start.bin."""
    chance = random.Random(5)
    folder = tmp_path_factory.mktemp("builds")
    texts = ["".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(1500)) for _ in range(100)]
    old = [SearchRecord(f"items/{n}.html", f"第{n}批低保名单", "2025-01-01", (text,)) for n, text in enumerate(texts)]
    new = SearchRecord("items/new.html", "新一批低保名单", "2026-01-01", ("危房",))
    write_data(old, folder / "old", engine="bigram", extra={"words": b"{}"})
    write_data([*old, new], folder / "new", engine="bigram", extra={"words": b"{}"})
    return shutil.copytree(two_shards, folder / "site"), folder / "old", folder / "new"


def put(data: Path, site: Path) -> None:
    shutil.rmtree(site / "search/data")
    shutil.copytree(data, site / "search/data")


@contextmanager
def opened_before(builds: tuple[Path, Path, Path], query: str, browser: Browser) -> Iterator[Page]:
    """A search page that has answered ``query`` from the first build; then the second took its place."""
    site, old, new = builds
    put(old, site)
    page = browser.new_page()
    with serving(site) as fresh:
        open_at(page, fresh, "?q=" + quote(query))
        put(new, site)
        yield page
    page.close()


def test_a_page_that_was_open_before_a_new_build_searches_the_new_one(
    two_builds: tuple[Path, Path, Path], browser: Browser
):
    with opened_before(two_builds, "第3批", browser) as page:
        assert shown(page) == ["items/3.html"]
        search(page, "危房")
        page.wait_for_function("document.querySelector('.gk-status').textContent.startsWith('找到 1 条')")
        assert shown(page) == ["items/new.html"]


def test_more_results_come_although_a_new_build_has_taken_their_place(
    two_builds: tuple[Path, Path, Path], browser: Browser
):
    with opened_before(two_builds, "低保名单", browser) as page:
        while page.locator(".gk-more").is_visible():
            before = page.locator(".gk-result").count()
            page.evaluate("document.querySelector('.gk-status').textContent = ''")
            page.locator(".gk-more").click()
            page.wait_for_function(
                """before => !document.querySelector("[aria-busy]") && (document.querySelectorAll(".gk-result").length > before
                  || /再点一次/.test(document.querySelector(".gk-status").textContent))""",
                arg=before,
            )
        found = shown(page)
        assert found[0] == "items/new.html"
        assert len(found) == len(set(found)) == 101


@pytest.mark.parametrize("width", [320, 640])
def test_a_long_query_without_breaks_stays_on_the_page(width: int, server: Server, browser: Browser):
    with watched_page(browser, viewport={"width": width, "height": 800}) as page:
        open_at(page, server, "?q=" + "W" * 100)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_truncated_file_is_told_and_the_columns_remain(two_shards: Path, tmp_path: Path, browser: Browser):
    site = shutil.copytree(two_shards, tmp_path / "site")
    for path in (site / "search/data").glob("*-i*.bin"):
        path.write_bytes(path.read_bytes()[:-20])
    page = browser.new_page()
    with serving(site) as fresh:
        page.goto(fresh.address + "search/?q=" + quote("低保"))
        answered(page)
        assert page.locator(".gk-status").inner_text().startswith("检索数据没有读到")
        assert page.locator(".gk-browse").is_visible()
    page.close()


@pytest.mark.parametrize("part", ["engine", "fold", "form"])
def test_a_lost_script_is_told_and_the_columns_remain(part: str, server: Server, browser: Browser):
    page = browser.new_page(service_workers=ROUTED)
    page.route(f"**/gongkai-search-{part}.js", lambda route: route.abort())
    page.goto(server.address + "search/?q=" + quote("低保"))
    told = "检索程序没有读全，请刷新页面再试，或者按下面的栏目查找。"
    page.wait_for_function("told => document.querySelector('.gk-status').textContent === told", arg=told)
    assert page.locator("#gk-q").is_hidden()
    assert page.locator(".gk-browse").is_visible()
    page.close()


def test_without_scripts_the_links_and_a_word_why_remain(server: Server, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address + "search/?q=" + quote("低保"))
    assert page.get_by_text("检索需要浏览器开启 JavaScript").is_visible()
    assert page.locator("#gk-q").is_hidden()
    page.locator(".gk-browse").get_by_role("link", name="社会救助").click()
    assert page.url.endswith("catalogue/19.html")
    context.close()


def test_an_old_browser_is_told_so_and_asks_for_nothing(demo_site: Path, browser: Browser):
    context = browser.new_context()
    context.add_init_script("delete window.DecompressionStream;")
    page = context.new_page()
    with serving(demo_site) as fresh:
        page.goto(fresh.address + "search/?q=" + quote("低保"))
        page.wait_for_load_state("networkidle")
        assert page.get_by_text("这个浏览器的版本太旧，不能检索").is_visible()
        assert page.locator("#gk-q").is_hidden()
        assert page.locator(".gk-browse").is_visible()
        assert not any("/search/data/" in path for path in fresh.asked)
    context.close()


@pytest.fixture(scope="module")
def two_shards(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search page alone over a small index of two shards: old pages, and one that was added later."""
    site = tmp_path_factory.mktemp("shards") / "site"
    shutil.copytree(demo_site, site, ignore=shutil.ignore_patterns("items", "catalogue", "years", "units", "feeds"))
    old = [SearchRecord(f"items/{n}.html", f"第{n}批低保公示", f"2025-01-{n:02}", ("低保名单",)) for n in range(1, 25)]
    new = SearchRecord("items/new.html", "新一批名单", "2026-01-01", ("低保",))
    cache = tmp_path_factory.mktemp("cache")
    write_data(old, site / "search/data", engine="bigram", cache=cache)
    write_data([*old, new], site / "search/data", engine="bigram", cache=cache, extra={"words": b"{}"})
    return site


def holding(page: Page, address: str) -> list[Route]:
    """The requests for an address, which wait from now on until they are told to go on."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(address, hold)
    return held


def test_what_the_newest_shard_answers_is_shown_while_the_others_are_asked(two_shards: Path, browser: Browser):
    small, large = sorted(start_of(two_shards / "search/data")["shards"], key=lambda shard: shard["records"])
    assert (small["records"], large["records"]) == (1, 24)
    with serving(two_shards) as fresh, watched_page(browser, service_workers=ROUTED) as page:
        held = holding(page, f"**/{large['name']}-i*.bin")
        page.goto(fresh.address + "search/?q=" + quote("低保"))
        page.wait_for_function("document.querySelector('.gk-status').textContent === '已经找到 1 条，还在继续查找……'")
        assert shown(page) == ["items/new.html"]
        for route in held:
            route.continue_()
        answered(page)
        assert page.locator(".gk-status").inner_text() == "找到 25 条含有“低保”的内容。"
        assert shown(page)[0] == "items/24.html"


def test_what_a_finger_is_on_stays_there_until_it_is_lifted(two_shards: Path, browser: Browser):
    large = max(start_of(two_shards / "search/data")["shards"], key=lambda shard: shard["records"])
    page = browser.new_page(service_workers=ROUTED)
    with serving(two_shards) as fresh:
        held = holding(page, f"**/{large['name']}-i*.bin")
        page.goto(fresh.address + "search/?q=" + quote("低保"))
        link = page.get_by_role("link", name="新一批名单")
        link.hover()
        page.mouse.down()
        with page.expect_response(f"**/{large['name']}-t*.bin"):  # the texts of the hits that come before it
            for route in held:
                route.continue_()
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert shown(page) == ["items/new.html"]
        page.mouse.up()
        page.wait_for_url("**/items/new.html")
    page.close()
