"""A build that finds the last one's work makes the same site as one that starts from nothing, whatever has changed between."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from browser import content_of
from gongkai.cache_folder import OFF
from gongkai.search.index import check_index
from growing_township import CHANGES, Township, add, edit, template
from links import dead_ends

pytestmark = pytest.mark.slow

STEPS = st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 999)), min_size=2, max_size=6)
FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def contents(site: Path, *, leave: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The files of a site but those whose names begin with what is left out."""
    return {name: data for name, data in content_of(site).items() if not name.startswith(leave)}


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@FEW
@given(STEPS)
def test_warm_site_is_byte_for_byte_the_cold_one(steps: list[tuple[Callable[..., None], int]]):
    with tempfile.TemporaryDirectory() as folder:
        town = Township(Path(folder) / "镇", search=False)
        assert town.build(town.root / "site", cold=False)
        for change, seed in steps:
            change(town, random.Random(seed))
            warm, cold = town.build(town.root / "site", cold=False), town.build(town.root.parent / "cold", cold=True)
            assert warm == cold
            if warm:
                assert different(contents(town.root / "site"), contents(town.root.parent / "cold")) == []


@FEW
@given(STEPS)
def test_warm_site_with_search_differs_from_the_cold_one_in_search_data_only(
    steps: list[tuple[Callable[..., None], int]],
):
    left = ("search/data/", "sw.js")  # a change stands in a shard of its own; the worker names the build
    with tempfile.TemporaryDirectory() as folder:
        town = Township(Path(folder) / "镇", search=True)
        assert town.build(town.root / "site", cold=False)
        for change, seed in steps:
            change(town, random.Random(seed))
            if town.build(town.root / "site", cold=False):
                assert town.build(town.root.parent / "cold", cold=True)
                site, cold = (contents(top, leave=left) for top in (town.root / "site", town.root.parent / "cold"))
                assert different(site, cold) == []
                check_index(town.root / "site/search/data")


def test_file_that_a_text_leads_to_is_copied_again_when_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    town, later = Township(tmp_path / "镇", search=False), 10_000_000_000  # nothing is new to a build ten seconds later
    monkeypatch.setattr(time, "time_ns", lambda now=time.time_ns: now() + later)
    item, file = town.items / "信息1.md", town.items / "表.txt"
    item.write_text(item.read_text("utf-8") + "\n见[表](表.txt)。\n", "utf-8")
    for content in ("第一版", "第二版，长一些"):
        file.write_text(content, "utf-8")
        assert town.build(town.root / "site", cold=False)
        assert town.build(town.root / "site", cold=False)
        (copy,) = (town.root / "site").rglob("表.txt")
        assert copy.read_text("utf-8") == content


@pytest.mark.parametrize("tool", ["mkdocs", "properdocs"])
def test_either_tool_finds_its_last_build_and_makes_the_cold_site(tmp_path: Path, tool: str):
    town, chance = Township(tmp_path / "镇", search=False), random.Random(3)
    command = [sys.executable, "-m", tool, "build", "-q", "-f", str(town.root / "mkdocs.yml")]
    environment = {**os.environ, "GONGKAI_TODAY": town.today, OFF: "0"}
    for change in (add, edit):
        change(town, chance)
        subprocess.run(command, env=environment, check=True, capture_output=True)
    assert town.build(tmp_path / "cold", cold=True)
    assert different(contents(town.root / "site"), contents(tmp_path / "cold")) == []


def test_process_that_was_spawned_as_on_windows_makes_the_same_site(tmp_path: Path):
    town, spawn = Township(tmp_path / "镇", search=False), multiprocessing.get_context("spawn")
    for n in range(2):  # the second finds what the first has left
        edit(town, random.Random(n))
        process = spawn.Process(target=town.build, args=(town.root / "site",), kwargs={"cold": False})
        process.start()
        process.join()
        assert process.exitcode == 0
    assert town.build(tmp_path / "cold", cold=True)
    assert different(contents(town.root / "site"), contents(tmp_path / "cold")) == []


def test_untouched_pages_keep_their_time_stamps(tmp_path: Path):
    town = Township(tmp_path / "镇", search=True)
    site = town.root / "site"
    assert town.build(site, cold=False)
    before = {p.relative_to(site).as_posix(): p.stat().st_mtime_ns for p in site.rglob("*") if p.is_file()}
    assert town.build(site, cold=False)
    after = {p.relative_to(site).as_posix(): p.stat().st_mtime_ns for p in site.rglob("*") if p.is_file()}
    assert after == before


def test_edit_of_one_item_makes_its_page_its_lists_and_the_reports_again(tmp_path: Path):
    town = Township(tmp_path / "镇", search=False)
    site = town.root / "site"
    assert town.build(site, cold=False)
    before = {p.relative_to(site).as_posix(): p.stat().st_mtime_ns for p in site.rglob("*.html")}
    path = town.items / "信息4.md"
    path.write_text(path.read_text("utf-8").replace("title: 第4号", "title: 更正的第4号"), "utf-8")
    assert town.build(site, cold=False)
    made = {name for name, then in before.items() if (site / name).stat().st_mtime_ns != then}
    assert {"items/信息4.html", "catalogue/30-08-02.html", "units/shehui.html", "years/2026-05.html"} <= made
    assert not made & {"items/信息0.html", "catalogue/19-02-04.html", "units/caizheng.html", "years/2026-01.html"}


def test_list_that_comes_into_an_attachment_after_its_day_stays_out_of_the_open_data(tmp_path: Path):
    town = Township(tmp_path / "镇", search=False)
    path = town.items / "信息0.md"
    head = "---\nattachments: [附表.csv]\nnotice_period: 2026-01-05/2026-01-20\n"
    path.write_text(path.read_text("utf-8").replace("---\n", head, 1), "utf-8")
    (town.items / "附表.csv").write_text("项目,金额\n合计,60\n", "utf-8")
    assert town.build(town.root / "site", cold=False)
    assert "附表" in (town.root / "site/data/items.json").read_text("utf-8")
    (town.items / "附表.csv").write_text("姓名,金额\n张小明,10\n李小红,20\n王大力,30\n", "utf-8")
    assert town.build(town.root / "site", cold=False)
    assert "附表" not in (town.root / "site/data/items.json").read_text("utf-8")
    assert not list((town.root / "site").rglob("附表.csv"))


def test_own_template_may_take_in_a_file_of_any_name(tmp_path: Path):
    town = Township(tmp_path / "镇", search=False)
    template(town, random.Random(1))
    own = town.root / "overrides/gongkai"
    (own / "items.html").write_text("{% include 'gongkai/说明.txt' %}", "utf-8")
    for words in ("从前的说明", "现在的说明"):
        (own / "说明.txt").write_text(words, "utf-8")
        assert town.build(town.root / "site", cold=False)
        assert words in (town.root / "site/catalogue/19-02-04.html").read_text("utf-8")


class Watcher:
    """Reads a site over and over while it is used, as its readers do, and remembers what led nowhere."""

    def __init__(self, site: Path) -> None:
        self.site, self.found, self.rounds, self._over = site, [], 0, threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Watcher:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.is_set():
            self.found += dead_ends(self.site)
            self.rounds += 1


KILLS, LOOKED_AT = 50, 5
"""How often a build is killed, and after how many of them the site is compared with a cold one."""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL")
def test_build_killed_at_any_moment_leaves_a_whole_site_and_the_next_one_repairs_it(tmp_path: Path):
    town = Township(tmp_path / "镇", search=True)
    site, chance = town.root / "site", random.Random(1)
    assert town.build(site, cold=False)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(town.root / "mkdocs.yml")]
    environment = {**os.environ, "GONGKAI_TODAY": town.today, OFF: "0"}
    begin = time.monotonic()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    length = time.monotonic() - begin
    left = ("search/data/", "sw.js")
    with Watcher(site) as watcher:
        for n in range(1, KILLS + 1):
            add(town, chance)
            edit(town, chance)
            process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            with suppress(subprocess.TimeoutExpired):  # while it starts, reads, writes, moves files
                process.wait(length * chance.uniform(0.1, 1.1))
            process.send_signal(signal.SIGKILL)
            process.wait()
            if n % LOOKED_AT == 0:
                assert town.build(site, cold=False)
                assert town.build(tmp_path / "cold", cold=True)
                assert different(contents(site, leave=left), contents(tmp_path / "cold", leave=left)) == []
                check_index(site / "search/data")
    assert watcher.found == []
    assert watcher.rounds > KILLS // 2
    assert sorted(path.name for path in town.root.iterdir() if path.name.startswith("site.")) == []
