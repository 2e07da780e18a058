"""The search page of the demonstration site in Chromium, over http and under a sub-path."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest

from browser import DESKTOP, PHONE, Server, answered, items_of, search, serving, watched_page
from gongkai.search.index import write_index
from gongkai.search.records import SearchRecord
from gongkai.search.spelling import spellings
from search_data import content, start_of
from search_truth import Text, all_texts, pages_with
from test_site_axe import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.slow

WIDTHS = {"390": PHONE, "1280": DESKTOP}


@pytest.fixture(scope="module")
def texts(demo_site: Path) -> list[Text]:
    return all_texts(demo_site)


@pytest.fixture(scope="module")
def opened(browser: Browser, server: Server) -> Iterator[Page]:
    """One search page for the tests that only ask it something; it must not complain either."""
    with watched_page(browser, viewport=DESKTOP) as page:
        page.goto(server.address + "search/")
        yield page


def open_at(page: Page, server: Server, query: str = "") -> None:
    page.goto(server.address + "search/" + query)
    if query:
        answered(page)


def ask(page: Page, query: str) -> list[str]:
    """Ask from the box and give the addresses of all results, in order."""
    search(page, query)
    while page.locator(".gk-more").is_visible():
        before = page.locator(".gk-result").count()
        page.locator(".gk-more").click()
        page.wait_for_function("n => document.querySelectorAll('.gk-result').length > n", arg=before)
    return shown(page)


def shown(page: Page) -> list[str]:
    paths = page.locator(".gk-result-title a").evaluate_all("links => links.map(link => link.pathname)")
    return [unquote(path).partition("/a/b/")[2] for path in paths]


def count(page: Page) -> int:
    """The number that the page says it has found."""
    said = page.locator(".gk-status").inner_text()
    return int(said.split()[1]) if said.startswith("找到") else 0


def query_of(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


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
    published = json.loads((demo_site / "data/catalogue.json").read_bytes())["entries"]
    known = {entry["id"]: entry["published"] for entry in published}
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


# --- accidents


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
    context = browser.new_context()
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
    write_index(old, folder / "old", engine="bigram", extra={"words": b"{}"})
    write_index([*old, new], folder / "new", engine="bigram", extra={"words": b"{}"})
    return shutil.copytree(two_shards, folder / "site"), folder / "old", folder / "new"


def put(data: Path, site: Path) -> None:
    shutil.rmtree(site / "search/data")
    shutil.copytree(data, site / "search/data")


def test_a_page_that_was_open_before_a_new_build_searches_the_new_one(
    two_builds: tuple[Path, Path, Path], browser: Browser
):
    site, old, new = two_builds
    put(old, site)
    page = browser.new_page()
    with serving(site) as fresh:
        open_at(page, fresh, "?q=" + quote("第3批"))
        assert shown(page) == ["items/3.html"]
        put(new, site)
        search(page, "危房")
        page.wait_for_function("document.querySelector('.gk-status').textContent.startsWith('找到 1 条')")
        assert shown(page) == ["items/new.html"]
    page.close()


def test_more_results_come_although_a_new_build_has_taken_their_place(
    two_builds: tuple[Path, Path, Path], browser: Browser
):
    site, old, new = two_builds
    put(old, site)
    page = browser.new_page()
    with serving(site) as fresh:
        open_at(page, fresh, "?q=" + quote("低保名单"))
        put(new, site)
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
    page.close()


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


@pytest.mark.parametrize("part", ["engine", "fold", "box"])
def test_a_lost_script_is_told_and_the_columns_remain(part: str, server: Server, browser: Browser):
    page = browser.new_page()
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
    write_index(old, site / "search/data", engine="bigram", cache=cache)
    write_index([*old, new], site / "search/data", engine="bigram", cache=cache, extra={"words": b"{}"})
    return site


def test_what_the_newest_shard_answers_is_shown_while_the_others_are_asked(two_shards: Path, browser: Browser):
    small, large = sorted(start_of(two_shards / "search/data")["shards"], key=lambda shard: shard["records"])
    assert (small["records"], large["records"]) == (1, 24)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with serving(two_shards) as fresh, watched_page(browser) as page:
        page.route(f"**/{large['name']}-i*.bin", hold)
        page.goto(fresh.address + "search/?q=" + quote("低保"))
        page.wait_for_function("document.querySelector('.gk-status').textContent === '已经找到 1 条，还在继续查找……'")
        assert shown(page) == ["items/new.html"]
        for route in held:
            route.continue_()
        answered(page)
        assert page.locator(".gk-status").inner_text() == "找到 25 条含有“低保”的内容。"
        assert shown(page)[0] == "items/24.html"


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
