"""Both engines in real browsers, over http and from a folder: what they find is what a grep finds."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from browser import Server, serving
from gongkai.offline.packs import packs
from gongkai.search.fold import fold
from gongkai.search.records import SearchRecord, newest_first
from gongkai.search.text import is_letter, letters
from search_data import write_data
from search_records import SPECIAL, make_records, texts_of
from sites import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from firefox import Firefox

pytestmark = pytest.mark.slow
ENGINES = ["pagefind", "bigram"]
PAGE = """<!doctype html><html lang=zh-CN><meta charset=utf-8><title>检索</title><link rel=icon href="data:,">
<div data-gk-{carrier}="../search/{folder}/"></div>
<script src="../assets/gongkai-search-load.js"></script><script src="../assets/gongkai-search-shards.js"></script>
<script src="../assets/gongkai-search-engine.js"></script>"""
ASK = """(async (runs) => {
  window.engine ??= await gkSearch.engine(gkSearch.load);
  const answers = [];
  for (const run of runs) answers.push([...(await engine.phrase(run))].sort((a, b) => a[0] - b[0]));
  return JSON.stringify(answers);
})(%s)"""
SHOW = """(async (rank, runs) => {
  window.engine ??= await gkSearch.engine(gkSearch.load);
  for (const run of runs) await engine.phrase(run);
  return JSON.stringify(await engine.text(rank, runs));
})(%s)"""


class Site:
    """Search data of a site of two builds, the second with what was edited, new and gone in between."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.folder = folder / f"公开栏 {engine}"
        data, cache = self.folder / "search/data", folder / "cache"
        cache.mkdir(parents=True)
        before = make_records(200)
        write_data(before, data, engine=engine, cache=cache)
        edited = [replace(r, blocks=(*r.blocks[1:], "本次更正以此为准。"), files=()) for r in before[:60:10]]
        self.records = newest_first([*edited, *(r for r in before[5:] if r not in before[:60:10]), *SPECIAL])
        write_data(self.records, data, engine=engine, cache=cache)
        self.letters = [["\n".join(map(letters, texts)) for texts in texts_of(record)] for record in self.records]
        (self.folder / "search/packs").mkdir()
        for name, script in packs({path.name: path.read_bytes() for path in data.iterdir()}):
            (self.folder / "search/packs" / name).write_text(script, "utf-8")
        (self.folder / "assets").mkdir()
        for name in ("gongkai-search-load.js", "gongkai-search-shards.js", "gongkai-search-engine.js"):
            shutil.copy(ROOT / "theme/assets" / name, self.folder / "assets")
        for carrier, sub in (("data", "data"), ("packs", "packs")):
            page = self.folder / f"{carrier}/index.html"
            page.parent.mkdir()
            page.write_text(PAGE.format(carrier=carrier, folder=sub), "utf-8")

    def truth(self, run: str) -> list[list[int]]:
        """Rank and zone of every record that contains the run in a block."""
        found = []
        for rank, zones in enumerate(self.letters):
            for zone, text in enumerate(zones):
                if run in text:
                    found.append([rank, zone])
                    break
        return found

    def queries(self, count: int) -> list[str]:
        """Blind cuts of 1 to 6 letters out of all texts, and what must be told apart."""
        rnd = random.Random(count)
        found = [
            "é",
            "e",
            "が",
            "か",
            "ガ",
            "ff",
            "fi",
            "①",
            "1",
            "σ",
            "𠮷",
            "\U00031350",
            "가",
            "ss",
            "ß",
            "没有这样的字",
        ]
        while len(found) < count:
            text = rnd.choice([text for texts in texts_of(rnd.choice(self.records)) for text in texts])
            start = rnd.randrange(max(1, len(text)))
            cut = fold(text[start : start + rnd.randint(1, 6)])
            if cut and all(map(is_letter, cut)):
                found.append(cut)
        return found


@pytest.fixture(scope="module", params=ENGINES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("engine"), request.param)


@pytest.fixture(scope="module")
def server(site: Site) -> Iterator[Server]:
    with serving(site.folder) as running:
        yield running


@pytest.fixture
def opened(page: Page, server: Server) -> Page:
    page.goto(f"{server.address}data/index.html")
    return page


def ask(page: Any, runs: list[str]) -> list[list[list[int]]]:
    return json.loads(page.evaluate(ASK % json.dumps(runs)))


def show(page: Any, rank: int, *runs: str) -> dict[str, Any]:
    return json.loads(page.evaluate(SHOW.replace("%s", f"{rank}, {json.dumps(runs)}")))


def address(site: Site, server: Server, carrier: str) -> str:
    return (site.folder / "packs/index.html").as_uri() if carrier == "file" else f"{server.address}data/index.html"


@pytest.mark.parametrize("carrier", ["http", "file"])
@pytest.mark.parametrize("program", ["page", "firefox"])
def test_a_hundred_blind_queries_find_what_a_grep_finds(
    program: str, carrier: str, site: Site, server: Server, request: pytest.FixtureRequest
) -> None:
    browser: Page | Firefox = request.getfixturevalue(program)
    (browser.goto if program == "page" else browser.open)(address(site, server, carrier))
    queries = site.queries(100)
    wrong = [q for q, got in zip(queries, ask(browser, queries), strict=True) if got != site.truth(q)]
    assert wrong == []


def test_no_run_is_every_record(site: Site, opened: Page) -> None:
    (answer,) = ask(opened, [""])
    assert [rank for rank, _ in answer] == list(range(len(site.records)))


def test_texts_belong_to_their_ranks(site: Site, opened: Page) -> None:
    for rank in (0, 7, len(site.records) // 2, len(site.records) - 1):
        record: SearchRecord = site.records[rank]
        text = show(opened, rank)
        assert (text["url"], text["title"], text["date"]) == (record.url, record.title, record.date)
        assert {" ".join(block.split()) for block in record.blocks} <= {block["text"] for block in text["blocks"]}


def test_a_hit_far_down_in_an_attachment_comes_with_its_piece_and_file(site: Site, opened: Page) -> None:
    rank, record = next((n, r) for n, r in enumerate(site.records) if any(len(f.blocks) > 100 for f in r.files))
    (file,) = record.files
    row = file.blocks[-2]
    run = letters(row).split("、")[0]
    text = show(opened, rank, run)
    assert {"text": row, "file": file.title} in text["blocks"]
    assert {"text": file.blocks[0], "file": file.title} not in text["blocks"]
    letter = next(
        ch for block in file.blocks[60:] for ch in letters(block) if ch != "、" and [rank, 3] in site.truth(ch)
    )
    assert any(letter in letters(block["text"]) for block in show(opened, rank, letter)["blocks"])


def test_the_newest_shard_answers_first(site: Site, opened: Page) -> None:
    parts = opened.evaluate(
        "async () => { const parts = []; const engine = await gkSearch.engine(gkSearch.load);"
        "await engine.phrase('公示', (part) => parts.push([...part.keys()])); return parts; }"
    )
    changed = {
        rank for rank, record in enumerate(site.records) if "本次更正以此为准。" in record.blocks or record in SPECIAL
    }
    assert len(parts) == 2
    assert set(parts[0]) <= changed
    assert not set(parts[1]) & changed


ACCIDENTS = [("start.bin", "missing"), ("-t0", "missing"), ("-i0", "missing"), ("-i0", "cut"), ("-i0", "another page")]


@pytest.mark.parametrize(("kind", "accident"), [*ACCIDENTS, ("pagefind-", "missing"), ("-list", "cut")])
def test_a_file_that_cannot_be_read_is_an_error_and_the_next_try_works(
    kind: str, accident: str, site: Site, server: Server, browser: Browser
) -> None:
    page = browser.new_page()

    def answer(route: Any) -> None:
        data = (site.folder / "search/data" / route.request.url.rpartition("/")[2]).read_bytes()
        bodies = {"cut": data[: len(data) // 2], "another page": b"<!doctype html>"}
        route.fulfill(status=404) if accident == "missing" else route.fulfill(body=bodies[accident])

    pattern = f"**/*{kind}*"
    page.route(pattern, answer)
    page.goto(f"{server.address}data/index.html")
    broken = page.evaluate(f"{ASK % json.dumps(['公示'])}.then(() => engine.text(0)).then(() => '', (e) => `${{e}}`)")
    assert bool(broken) == any(site.folder.glob(f"search/data/*{kind}*"))  # our own index has no program and no list
    page.unroute(pattern)
    (found,) = ask(page, ["公示"])
    assert found == site.truth("公示")
    assert show(page, 0)["url"] == site.records[0].url
    page.close()


def test_a_data_file_of_another_build_is_an_error(site: Site, server: Server, browser: Browser) -> None:
    """A browser may hold an old page while the site is replaced: start data of one form, engine of another."""
    page = browser.new_page()
    page.goto(f"{server.address}data/index.html")
    load = "async (name) => new TextEncoder().encode(JSON.stringify({format: 1}))"
    assert "unknown format" in page.evaluate(f"gkSearch.engine({load}).then(() => '', (e) => `${{e}}`)")
    page.close()


def test_a_server_that_unpacks_by_itself_is_no_obstacle(site: Site, browser: Browser, server: Server) -> None:
    """Some send .bin with Content-Encoding: gzip, and the browser hands over what is unpacked."""
    page = browser.new_page()

    def answer(route: Any) -> None:
        path = site.folder / "search/data" / route.request.url.rpartition("/")[2]
        route.fulfill(body=path.read_bytes(), headers={"Content-Encoding": "gzip"})

    page.route("**/data/*.bin", answer)
    page.goto(f"{server.address}data/index.html")
    assert ask(page, ["公示", "保"]) == [site.truth("公示"), site.truth("保")]
    page.close()


def test_the_browser_keeps_files_by_their_names_but_asks_for_the_start_data_again(
    site: Site, server: Server, page: Page
) -> None:
    page.goto(f"{server.address}data/index.html")
    ask(page, ["公示"])
    server.asked.clear()
    page.reload()
    ask(page, ["公示"])
    assert f"{server.prefix}search/data/start.bin" in server.asked
