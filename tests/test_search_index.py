"""The index files: the same bytes every time, complete, and every substring found in a real browser."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

import jinja2
import pytest

from browser import Server, answered, content_of, serving
from gongkai.search import PagefindError, SearchRecord, check_index, service, write_index
from gongkai.search.index import FIRST_CODE, MAGIC
from gongkai.search.text import fold, words

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

THEME = Path(__file__).parents[1] / "theme"
SEED_TEXT = (
    "经本人申请村民委员会评议和公示镇人民政府审核确认下列家庭符合最低生活保障条件现予公示如有异议"
    "请在公示期内向社会事务办公室反映农村危房改造补助资金耕地地力保护补贴临时救助特困人员供养残疾人"
    "两项补贴产业扶持项目到户清单村级财务收支明细养老服务补贴义务教育招生划片征地补偿安置方案应急预案"
)
FIELDS = ["社会救助", "农村危房改造", "涉农补贴", "养老服务"]
UNITS = ["社会事务办公室", "财政所", "规划建设和生态环境办公室"]
YEARS = ["2024", "2025", "2026"]


def make_records(count: int, seed: int = 4) -> list[SearchRecord]:
    """Random sentences with rare characters, digits and punctuation. Many records share a date."""
    rnd = random.Random(seed)

    def sentence(length: int) -> str:
        start = rnd.randrange(len(SEED_TEXT))
        cut = (SEED_TEXT * 2)[start : start + length]
        return cut + "".join(chr(rnd.randrange(0x4E00, 0x5400)) for _ in range(rnd.randrange(25)))

    records = []
    for number in range(count):
        year = rnd.choice(YEARS)
        unit = rnd.choice(UNITS)
        facets = {
            "field": rnd.choice(FIELDS),
            "unit": unit,
            "year": year,
            "method": "主动公开",
            "validity": rnd.choice(["有效", "有效", "有效", "已废止"]),
            "kind": "公开事项",
        }
        blocks = [f"责任单位 {unit}", f"示政发〔{year}〕{number}号"]
        blocks += [f"{sentence(18)}，{sentence(25)}；合计{rnd.randrange(10**5)}元。" for _ in range(7)]
        day = f"{year}-{rnd.randrange(1, 4):02d}-{rnd.randrange(1, 4):02d}"
        url = f"items/{'公示' if number % 9 == 0 else 'x'}-{number}.html"
        title = f"{sentence(9)}（第{number}号）"
        records.append(SearchRecord(url, title, day, tuple(blocks), {"unit": unit}, facets))
    return records


SPECIAL = [
    SearchRecord("items/a.html", "𠮷某某低保公示", "2026-09-09", ("王\U00031350的<b>补助</b> & ＡＢＣ１２",)),
    SearchRecord("items/b.html", "关于<script>alert(1)</script>的说明", "2026-09-08", ("葛\U000e0100某领取", "a\nb")),
    SearchRecord("guide.html", "办事指南", "", ("电话 0666-5550100",), {}, {"kind": "办事指南"}),
]


def fragments(out: Path) -> list[dict[str, Any]]:
    packed = [path.read_bytes() for path in sorted((out / "pagefind/fragment").iterdir())]
    return [json.loads(gzip.decompress(data).removeprefix(MAGIC)) for data in packed]


@pytest.fixture(scope="module")
def records() -> list[SearchRecord]:
    return make_records(197) + SPECIAL


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, records: list[SearchRecord]) -> Path:
    out = tmp_path_factory.mktemp("index")
    write_index(records, out)
    return out


def test_same_records_in_any_order_and_process_give_the_same_bytes(
    index: Path, records: list[SearchRecord], tmp_path: Path
) -> None:
    shuffled = list(records)
    random.Random(9).shuffle(shuffled)
    write_index(shuffled, tmp_path / "shuffled")
    assert content_of(tmp_path / "shuffled") == content_of(index)

    program = (
        "import sys; from pathlib import Path; from gongkai.search import write_index\n"
        "from test_search_index import SPECIAL, make_records\n"
        "write_index(make_records(197) + SPECIAL, Path(sys.argv[1]))"
    )
    folders = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    for seed in ("1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": folders}
        subprocess.run([sys.executable, "-c", program, str(tmp_path / seed)], env=environment, check=True)
        assert content_of(tmp_path / seed) == content_of(index)


def test_only_what_the_query_side_needs_is_written(index: Path) -> None:
    top = {name for name in content_of(index) if name.count("/") < 2 and not name.endswith(".pf_meta")}
    needed = ["pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.unknown.pagefind"]
    assert top == {"facets.json", *(f"pagefind/{name}" for name in needed)}
    assert {path.name for path in (index / "pagefind").iterdir() if path.is_dir()} == {"index", "fragment"}


def test_fragments_hold_readable_text_and_meta(index: Path, records: list[SearchRecord]) -> None:
    by_url = {fragment["url"]: fragment for fragment in fragments(index)}
    assert by_url.keys() == {record.url for record in records}
    first = records[0]
    assert by_url[first.url]["content"] == "\n".join(first.blocks)
    assert by_url[first.url]["meta"] == {
        "title": first.title,
        "date": first.date,
        "unit": first.facets["unit"],
    }
    assert by_url["items/b.html"]["content"].endswith("\na b")


def test_facets_list_pages_newest_first_with_their_labels(index: Path, records: list[SearchRecord]) -> None:
    data = json.loads((index / "facets.json").read_bytes())
    ordered = sorted(sorted(records, key=lambda r: r.url), key=lambda r: r.date, reverse=True)
    names = data["pages"].split()
    for name, record in zip(names, ordered, strict=True):
        packed = (index / f"pagefind/fragment/{data['prefix']}{name}.pf_fragment").read_bytes()
        assert json.loads(gzip.decompress(packed).removeprefix(MAGIC))["url"] == record.url
    for facet in data["facets"]:
        labels = ["", *facet["values"]]
        got = [labels[ord(code) - FIRST_CODE] for code in facet["of"]]
        assert got == [record.facets.get(facet["key"], "") for record in ordered]
    assert next(f["values"] for f in data["facets"] if f["key"] == "year") == ["2026", "2025", "2024"]


def test_a_changed_text_changes_the_fragments_name(tmp_path: Path) -> None:
    """Punctuation and case are not in the index, but a browser must not show an old text from its cache."""
    names = []
    for block in ("共3户。", "共3户！"):
        write_index([SearchRecord("items/a.html", "公示", "2026-01-01", (block,))], tmp_path)
        names.append([path.name for path in (tmp_path / "pagefind/fragment").iterdir()])
    assert names[0] != names[1]
    assert [len(found) for found in names] == [1, 1]


def test_no_records_give_an_index_that_is_empty_but_whole(tmp_path: Path) -> None:
    write_index([], tmp_path)
    check_index(tmp_path)
    assert json.loads((tmp_path / "facets.json").read_bytes())["pages"] == ""


@pytest.mark.parametrize(
    "pattern",
    [
        "facets.json",
        "pagefind/pagefind.js",
        "pagefind/pagefind-worker.js",
        "pagefind/pagefind-entry.json",
        "pagefind/wasm.unknown.pagefind",
        "pagefind/*.pf_meta",
        "pagefind/index/*",
        "pagefind/fragment/*",
    ],
)
@pytest.mark.parametrize("accident", ["cut", "emptied", "lost"])
def test_a_damaged_file_is_named(index: Path, tmp_path: Path, pattern: str, accident: str) -> None:
    shutil.copytree(index, tmp_path / "copy")
    victim = sorted((tmp_path / "copy").glob(pattern))[0]
    if accident == "lost":
        victim.unlink()
    else:
        data = victim.read_bytes()
        victim.write_bytes(data[: len(data) // 2] if accident == "cut" else b"")
    with pytest.raises(PagefindError, match=victim.stem.replace(".", r"\.")):
        check_index(tmp_path / "copy")


def test_records_that_share_an_address_are_refused(tmp_path: Path) -> None:
    twice = SearchRecord("a.html", "公示", "2026-01-01")
    with pytest.raises(ValueError, match=r"地址相同：a\.html"):
        write_index([twice, twice], tmp_path)


def test_an_unknown_facet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="未知的筛选项：colour"):
        write_index([SearchRecord("a.html", "公示", "2026-01-01", facets={"colour": "红"})], tmp_path)


def test_a_missing_program_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(PagefindError, match=r"找不到检索程序.*pip install pagefind-bin"):
        write_index([], tmp_path)
    with pytest.raises(PagefindError, match="找不到检索程序"), service.PagefindService(tmp_path / "absent"):
        pass


def fake_program(folder: Path, version: str, body: str) -> Path:
    script = folder / "pagefind"
    script.write_text(
        f"#!{sys.executable}\nimport base64, json, sys, time\n"
        f"if '--version' in sys.argv:\n    print('pagefind {version}'); sys.exit()\n{body}\n",
        encoding="utf-8",
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


needs_script_programs = pytest.mark.skipif(os.name == "nt", reason="Windows runs no script as a program")


@needs_script_programs
@pytest.mark.parametrize(
    ("version", "body", "message"),
    [
        ("1.6.0", "", r"版本是 1\.6\.0，需要 1\.5\.x"),
        ("unknown", "", "版本是 未知"),
        ("1.5.2", "sys.exit(3)", r"中途退出（代码 3）"),
        ("1.5.2", "time.sleep(60)", "没有答复"),
        ("1.5.2", "print('%%%,', flush=True); sys.stdin.read()", "中途退出"),
        (
            "1.5.2",
            "m = {'message_id': 1, 'payload': {'type': 'Error', 'message': 'no memory'}}\n"
            "print(base64.b64encode(json.dumps(m).encode()).decode() + ',', flush=True); sys.stdin.read()",
            "报告错误：no memory",
        ),
    ],
)
def test_a_program_that_misbehaves_is_explained_and_ended(
    tmp_path: Path, version: str, body: str, message: str
) -> None:
    program = fake_program(tmp_path, version, body)
    client = service.PagefindService(program, silence=1.0)
    with pytest.raises(PagefindError, match=message), client:
        client.files()
    process = getattr(client, "_process", None)
    assert process is None or process.poll() is not None


@needs_script_programs
def test_a_program_that_stops_reading_does_not_hang_the_build(tmp_path: Path) -> None:
    answer = "print(base64.b64encode(json.dumps({'payload': {}}).encode()).decode() + ',', flush=True)"
    program = fake_program(tmp_path, "1.5.2", f"{answer}\ntime.sleep(60)")

    def build() -> None:
        with service.PagefindService(program, silence=1.0) as client:
            for _ in range(50):
                client.add("a.html", "字 " * 20000)
            client.files()

    with pytest.raises(PagefindError, match="没有答复"):
        build()


# ---- In a real browser, under a sub-path ----


def search_page() -> str:
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(THEME / "gongkai"), autoescape=True)
    body = environment.get_template("search.html").render(
        link=lambda path: "../" + path,
        root="../",
        fields=[("社会救助", "../catalogue/19.html")],
        units=[("财政所", "../units/caizheng.html")],
        years=[("2026", "../years/2026.html")],
    )
    head = "<meta charset=utf-8><title>检索</title><link rel=icon href=data:,>"
    return f"<!doctype html><html lang=zh-CN>{head}{body}</html>"


@pytest.fixture(scope="module")
def site_folder(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("site")
    shutil.copytree(index, top / "search")
    (top / "search/index.html").write_text(search_page(), encoding="utf-8")
    (top / "assets").mkdir()
    shutil.copy(THEME / "assets/gongkai-search.js", top / "assets")
    return top


@pytest.fixture(scope="module")
def site(site_folder: Path) -> Iterator[Server]:
    with serving(site_folder) as server:
        yield server


def answer(page: Page) -> list[str]:
    """The addresses of all hits, in order, below the site's root."""
    answered(page)
    while page.locator(".gk-more").is_visible():
        count = page.locator(".gk-result").count()
        page.locator(".gk-more").click()
        page.wait_for_function("n => document.querySelectorAll('.gk-result').length > n", arg=count)
    links = page.locator(".gk-result a").evaluate_all("links => links.map(link => decodeURI(link.pathname))")
    return [link.removeprefix("/a/b/") for link in links]


def type_query(page: Page, query: str) -> list[str]:
    """Press the keys of a query and Enter; return the addresses of all hits."""
    page.evaluate("document.querySelector('.gk-status').textContent = ''")
    page.fill("#gk-q", query)
    page.keyboard.press("Enter")
    return answer(page)


def expected(records: list[SearchRecord], *wanted: str) -> list[str]:
    """What a grep finds: title hits first, then newest, then by address."""

    def holds(block: str, part: str) -> bool:
        return fold(part) in "".join(words(block))

    def rank(record: SearchRecord) -> tuple[bool, str]:
        return all(holds(record.title, part) for part in wanted), record.date

    hits = [r for r in records if all(any(holds(b, part) for b in (r.title, *r.blocks)) for part in wanted)]
    return [record.url for record in sorted(sorted(hits, key=lambda r: r.url), key=rank, reverse=True)]


@pytest.mark.slow
def test_sixty_substrings_are_found_exactly_and_in_order(site: Server, page: Page, records: list[SearchRecord]) -> None:
    page.goto(f"{site.address}search/index.html")
    rnd = random.Random(60)
    queries: list[str] = []
    while len(queries) < 60:
        record = rnd.choice(records)
        text = rnd.choice([record.title, *record.blocks])
        start = rnd.randrange(len(text))
        cut = text[start : start + rnd.randint(2, 6)]
        if len(cut) > 1 and cut not in queries and len("".join(words(cut))) == len(cut) and "、" not in words(cut):
            queries.append(cut)
    wrong = {query: got for query in queries if (got := type_query(page, query)) != expected(records, query)}
    assert wrong == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("补助 反映", ["补助", "反映"]),
        ("示政发〔2026〕", ["示政发", "2026"]),
        ("𠮷", ["𠮷"]),
        ("\U00031350", ["\U00031350"]),
        ("abc12", ["abc12"]),
        ("ＡＢＣ", ["abc"]),
        ("葛某", ["葛某"]),
        ("<script>", ["script"]),
        ("保", ["保"]),
        ("号", ["号"]),
    ],
)
def test_words_rare_letters_and_wide_forms(
    site: Server, page: Page, records: list[SearchRecord], query: str, wanted: list[str]
) -> None:
    page.goto(f"{site.address}search/?q={quote(query)}")
    assert answer(page) == expected(records, *wanted)
    assert page.locator(".gk-result").count() > 0
    assert page.locator("mark").count() > 0


@pytest.mark.slow
def test_text_of_pages_and_queries_is_never_markup(site: Server, page: Page) -> None:
    page.goto(f"{site.address}search/?q={quote('<b>补助</b>')}")
    assert answer(page) == ["items/a.html"]
    assert page.locator(".gk-excerpt").inner_text() == "王\U00031350的<b>补助</b> & ＡＢＣ１２"
    assert page.locator(".gk-results b, .gk-results script, .gk-status b").count() == 0
    assert page.locator(".gk-excerpt mark").all_inner_texts() == ["b", "补助", "b", "Ｂ"]


@pytest.mark.slow
def test_nothing_is_loaded_before_the_first_key_press(site: Server, page: Page) -> None:
    site.asked.clear()
    page.goto(f"{site.address}search/index.html")
    page.wait_for_timeout(400)
    assert site.asked == ["/a/b/search/index.html", "/a/b/assets/gongkai-search.js"]
    assert page.locator(".gk-browse").is_visible()
    page.locator("#gk-q").press_sequentially("公示", delay=20)
    answered(page)
    assert page.locator(".gk-result").count() == 20
    assert parse_qs(urlsplit(page.url).query) == {"q": ["公示"]}


@pytest.mark.slow
def test_filters_count_for_the_whole_query_and_stay_in_the_address(
    site: Server, page: Page, records: list[SearchRecord]
) -> None:
    both = set(expected(records, "补贴", "公示"))
    matching = [record for record in records if record.url in both]
    page.goto(f"{site.address}search/?q={quote('补贴 公示')}")
    assert set(answer(page)) == both
    page.select_option("#gk-unit", "财政所")
    page.wait_for_function("location.search.includes('unit=')")
    answered(page)
    narrowed = [record for record in matching if record.facets["unit"] == "财政所"]
    assert set(answer(page)) == {record.url for record in narrowed}
    for key, within in (("unit", matching), ("year", narrowed)):
        shown = page.locator(f"#gk-{key} option").all_inner_texts()[1:]
        counts = {label: sum(r.facets[key] == label for r in within) for label in {r.facets[key] for r in within}}
        assert set(shown) == {f"{label}（{count}）" for label, count in counts.items()}

    shared = page.url
    page.select_option("#gk-sort", "date")
    page.wait_for_function("location.search.includes('sort=date')")
    answered(page)
    dates = {record.url: record.date for record in records}
    by_date = [dates[url] for url in answer(page)]
    assert by_date == sorted(by_date, reverse=True)
    page.go_back()
    page.go_back()
    page.wait_for_function("!location.search.includes('unit=')")
    answered(page)
    assert page.input_value("#gk-unit") == ""
    assert set(answer(page)) == both
    page.goto(shared)
    assert set(answer(page)) == {record.url for record in narrowed}
    assert page.input_value("#gk-unit") == "财政所"


@pytest.mark.slow
def test_a_filter_alone_lists_its_pages_newest_first(site: Server, page: Page, records: list[SearchRecord]) -> None:
    page.goto(f"{site.address}search/?validity={quote('已废止')}")
    dates = {record.url: record.date for record in records if record.facets.get("validity") == "已废止"}
    got = answer(page)
    assert sorted(got) == sorted(dates)
    assert [dates[url] for url in got] == sorted(dates.values(), reverse=True)


@pytest.mark.slow
def test_an_empty_answer_helps_on(site: Server, page: Page) -> None:
    page.goto(f"{site.address}search/?q={quote('没有这样的字串')}")
    answered(page)
    assert "没有找到" in page.locator(".gk-status").inner_text()
    page.locator(".gk-status a").click()
    assert page.locator(".gk-browse a").first.get_attribute("href") == "../catalogue/19.html"
    page.goto(f"{site.address}search/?q={quote('公示')}&year=1999")
    answered(page)
    page.locator(".gk-status button").click()
    assert page.evaluate("document.activeElement.id") == "gk-q"
    assert len(answer(page)) > 0


@pytest.mark.slow
def test_more_puts_the_focus_on_the_first_new_hit(site: Server, page: Page) -> None:
    page.goto(f"{site.address}search/?q={quote('公示')}")
    answered(page)
    page.locator(".gk-more").click()
    page.wait_for_function("document.querySelectorAll('.gk-result').length === 40")
    place = "[...document.querySelectorAll('.gk-result a')].indexOf(document.activeElement)"
    assert page.evaluate(place) == 20


@pytest.mark.slow
def test_strange_queries_throw_nothing(site: Server, page: Page) -> None:
    page.goto(f"{site.address}search/index.html")
    for query in ("😀", '"', "。，", "\u202e低保", "低" * 500, '" OR "', "𠮷" * 120, "%00\\", "a\u0301", "́"):
        page.evaluate("q => { document.querySelector('#gk-q').value = q; }", query)
        page.evaluate("document.querySelector('form').requestSubmit()")
        answered(page)
        assert "没有读到" not in page.locator(".gk-status").inner_text()


@pytest.mark.slow
def test_lost_facets_give_a_message_and_another_try(site_folder: Path, site: Server, browser: Browser) -> None:
    page = browser.new_page()
    page.route("**/facets.json", lambda route: route.fulfill(status=404))
    page.goto(f"{site.address}search/?q={quote('公示')}")
    answered(page)
    assert "没有读到" in page.locator(".gk-status").inner_text()
    page.unroute("**/facets.json")
    page.locator(".gk-status button").click()
    page.wait_for_function("document.querySelectorAll('.gk-result').length === 20")
    page.close()


@pytest.mark.slow
def test_from_a_folder_the_page_says_so_and_shows_the_links(site_folder: Path, page: Page) -> None:
    page.goto((site_folder / "search/index.html").as_uri() + "?q=" + quote("低保"))
    assert "从文件夹直接打开" in page.locator(".gk-status").inner_text()
    assert page.locator(".gk-browse a").count() == 3
    assert not page.locator("form").is_visible()


@pytest.mark.slow
def test_without_scripts_the_links_remain(site: Server, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}search/index.html")
    assert page.locator(".gk-browse a").count() == 3
    assert "JavaScript" in page.locator("noscript").inner_text()
    assert not page.locator("form").is_visible()
    context.close()
