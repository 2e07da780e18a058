"""What the search finds, how much it loads and how long it takes, in a real Chromium over http.

    python benchmarks/search.py [--records 1000 3000 10000] [--queries 300] [--engine auto|pagefind|bigram] [--seed 1]

For each size: a corpus (search_corpus.py), its index, built in a process of its own, and blind queries of 2 to 6
letters, half of them cutting words, each in an engine that has only read what it needs to start. Prints one table.
Run by hand: nothing here is a test. KB = 1000 bytes, as they go over the line.

recall, precision   against a grep of the records' texts after NFKC, lower case and without white space
title first         share of the first k places that the k records with the query in the title hold
before first key    requests for search data of the real search page, opened and left alone
start-up            bytes of the files that every first query reads, whatever it is; the scripts of the page not in it
later query         bytes of the further files: the index, and the texts of the first ten hits
warm query          the same phrase again, with all files read: median of three
peak memory         of the building process and its child together (the corpus itself is in it)
offline             the data in the packs of an offline copy against the data online
one edit            processor time of a build after a paragraph of one record was replaced, with the cache that the full
                    build left, against that of the full one; the best of three
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import pickle
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import jinja2
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent))
from search_corpus import ROOT, corpus, edited, grep, queries

from gongkai.offline.packs import packs
from gongkai.search.folder import Folder
from gongkai.search.index import check_index, write_index
from gongkai.search.records import listed

HITS = 10
ASK = """async ([query, hits]) => {
  const asked = new Map();
  const load = async (name) => { asked.set(name, 1); return gkSearch.load(name); };
  const engine = await gkSearch.engine(load);
  const found = await engine.phrase(query);
  const order = [...found].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  const texts = await Promise.all(order.slice(0, hits).map(([rank]) => engine.text(rank, [query])));
  const times = [];
  for (let i = 0; i < 3; i += 1) {
    const before = performance.now();
    await engine.phrase(query);
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  return { files: [...asked.keys()], order, ms: times[1], urls: texts.map((text) => text.url) };
}"""


def build(records: Path, engine: str, out: Path, cache: Path) -> dict[str, float]:
    """Build an index in a process of its own; its processor and wall time and peak memory."""
    command = [sys.executable, __file__, "--build", str(records), str(out), str(cache), "--engine", engine]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def build_here(options: argparse.Namespace) -> None:
    """The process that builds."""
    source, out, cache = options.build
    records = [listed(record) for record in pickle.loads(source.read_bytes())]

    def used() -> float:
        own, child = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        return own.ru_utime + own.ru_stime + child.ru_utime + child.ru_stime

    before, wall = used(), time.perf_counter()
    write_index(records, Folder(out), engine=options.engine, cache=cache)
    seconds = used() - before
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"cpu": seconds, "wall": time.perf_counter() - wall, "mb": peak * 1024 / 1e6}))


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the folder; ``asked`` of the server remembers the paths."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]  # set below
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def site(folder: Path) -> None:
    """The search page around the index: the theme's own template and scripts."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "theme/gongkai"), autoescape=True)
    page = environment.get_template("search.html").render(
        link=lambda p: "../" + p, root="../", fields=[], units=[], years=[]
    )
    head = "<meta charset=utf-8><title>检索</title><link rel=icon href=data:,>"
    (folder / "search/index.html").write_text(f"<!doctype html><html lang=zh-CN>{head}{page}</html>", "utf-8")
    (folder / "assets").mkdir()
    for script in (ROOT / "theme/assets").glob("gongkai-search*.js"):
        shutil.copy(script, folder / "assets")


def measure(count: int, options: argparse.Namespace, top: Path) -> dict[str, str]:
    """One column of the table."""
    folder = top / str(count)
    data = folder / "search/data"
    data.mkdir(parents=True)
    cache = top / f"cache-{count}"
    cache.mkdir()
    records, blocks = corpus(count, options.seed)
    for name, some in (("before", records), ("after", edited(records))):
        (top / name).write_bytes(pickle.dumps(some))
    full = build(top / "before", options.engine, data, cache)
    edits = []
    for turn in range(3):  # each from the cache as the full build left it
        shutil.copytree(cache, top / f"cache-{count}-{turn}")
        edits.append(
            build(top / "after", options.engine, top / f"edited-{count}-{turn}", top / f"cache-{count}-{turn}")
        )
    edit = min(edits, key=lambda one: one["cpu"])
    check_index(data)
    check_index(top / f"edited-{count}-0")
    site(folder)
    order = sorted(sorted(records, key=lambda r: r.url), key=lambda r: r.date, reverse=True)
    sizes = {path.name: path.stat().st_size for path in data.iterdir()}
    asked = queries(blocks, options.queries)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        server.asked = []  # type: ignore[attr-defined]  # read by Quiet
        threading.Thread(target=server.serve_forever, daemon=True).start()
        answers, idle = ask(
            f"http://127.0.0.1:{server.server_address[1]}/search/index.html", [q for q, _ in asked], server
        )
        server.shutdown()
    common = set.intersection(*(set(one["files"]) for one in answers)) & {n for n in sizes if _is_start(n)}
    recall, precision, first = judged(order, [q for q, _ in asked], answers)
    later = sorted(sum(sizes[f] for f in one["files"] if f not in common) / 1000 for one in answers)
    warm = sorted(one["ms"] for one in answers)
    return {
        "records": f"{count}",
        "recall": f"{recall:.2f} %",
        "precision": f"{precision:.2f} %",
        "title first": f"{first:.2f} %",
        "before first key": f"{idle} B",
        "start-up": f"{sum(sizes[f] for f in common) / 1000:.0f} KB",
        "later query, median": f"{statistics.median(later):.0f} KB",
        "later query, p95": f"{later[int(len(later) * 0.95)]:.0f} KB",
        "warm query, median": f"{statistics.median(warm):.1f} ms",
        "warm query, max": f"{warm[-1]:.0f} ms",
        "peak memory": f"{full['mb']:.0f} MB",
        "full index": f"{full['cpu']:.1f} s (wall {full['wall']:.1f})",
        "one edit": f"{100 * edit['cpu'] / full['cpu']:.1f} % ({edit['cpu']:.2f} s, wall {edit['wall']:.2f})",
        "files": f"{len(sizes)}",
        "data": f"{sum(sizes.values()) / 1e6:.1f} MB",
        "offline": offline(data),
    }


def _is_start(name: str) -> bool:
    return name == "start.bin" or name.startswith("pagefind-") or name.endswith("-list.bin")


def ask(address: str, asked: list[str], server: http.server.ThreadingHTTPServer) -> tuple[list[dict], int]:
    """The answers of a browser, and the bytes of search data that the page asked for before any key."""
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "msedge"))))
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(address)
        page.wait_for_timeout(500)
        idle = sum("/data/" in path for path in server.asked)  # type: ignore[attr-defined]  # same
        answers = [page.evaluate(ASK, [query, HITS]) for query in asked]
        browser.close()
    return answers, idle


def judged(order: list, asked: list[str], answers: list[dict]) -> tuple[float, float, float]:
    """Recall, precision and the share of titles in front, in percent, over all hits of all queries."""
    right = found = wanted = places = titles = 0
    for query, answer in zip(asked, answers, strict=True):
        truth, in_title = grep(order, query)
        got = [rank for rank, _ in answer["order"]]
        assert answer["urls"] == [order[rank].url for rank in got[:HITS]], query
        right += len(truth & set(got))
        found += len(got)
        wanted += len(truth)
        places += len(in_title)
        titles += len(in_title & set(got[: len(in_title)]))
    return 100 * right / wanted, 100 * right / found, 100 * titles / max(places, 1)


def offline(data: Path) -> str:
    """How much larger the packs of an offline copy are than the data."""
    files = {path.name: path.read_bytes() for path in data.iterdir()}
    there = sum(len(script) for _, script in packs(files))
    return f"+{100 * (there / sum(map(len, files.values())) - 1):.1f} %"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, nargs="+", default=[1000, 3000, 10000])
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--engine", default="auto", choices=["auto", "pagefind", "bigram"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--build", type=Path, nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        build_here(options)
        return
    with tempfile.TemporaryDirectory(prefix="gongkai-search-") as top:
        columns = [measure(count, options, Path(top)) for count in options.records]
    for row in columns[0]:
        print("| " + " | ".join([row, *(column[row] for column in columns)]) + " |")


if __name__ == "__main__":
    main()
