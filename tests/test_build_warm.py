"""A build that finds the last one's work makes the same site as one that starts from nothing, whatever has changed between."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, BuildError

from gongkai.cache_folder import OFF
from gongkai.search.index import check_index
from links import broken_links
from sites import write_site

pytestmark = pytest.mark.slow
ENTRIES = {"19-02-04": "最低生活保障对象公示", "30-08-02": "工作动态", "19-05-03": "低保资金发放信息"}


def item(n: int, entry: str, day: int, body: str) -> str:
    return f"""\
---
title: 第{n}号{ENTRIES[entry]}
entry: {entry}
responsible_unit: {("社会事务办公室", "财政所")[n % 2]}
formed_on: 2026-0{1 + n % 9}-{day:02}
published_on: 2026-0{1 + n % 9}-{day:02}
---
{body}
"""


class Township:
    """A site that is built again and again, each time after some change."""

    def __init__(self, root: Path, *, search: bool) -> None:
        self.root, self.search = root, search
        self.today, self.options = "2026-11-20", {"search": search, "page_size": 10}
        self.items = root / "site_src/items"
        write_site(root, {}, mkdocs={"gongkai": self.options})
        for n, entry in enumerate([*ENTRIES] * 4):
            self.write(n, entry, 5, "正文。")

    def write(self, n: int, entry: str, day: int, body: str) -> None:
        (self.items / f"信息{n}.md").write_text(item(n, entry, day, body), "utf-8")

    def some(self, chance: random.Random) -> Path:
        """One of the items."""
        return chance.choice(sorted(self.items.rglob("*.md")))

    def set(self, **options: object) -> None:
        self.options.update(options)
        write_site(self.root, {}, mkdocs={"gongkai": self.options})

    def build(self, site: Path, *, cold: bool) -> bool:
        """Whether the site could be built."""
        environment = {"GONGKAI_TODAY": self.today, OFF: "1" if cold else "0"}
        before = {name: os.environ.get(name) for name in environment}
        os.environ.update(environment)
        try:
            config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(site))
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
        except (Abort, BuildError, SystemExit):
            return False
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
        return True


def edit(town: Township, chance: random.Random) -> None:
    path = town.some(chance)
    path.write_text(path.read_text("utf-8") + f"\n补充第{chance.randrange(99)}句。\n", "utf-8")


def retitle(town: Township, chance: random.Random) -> None:
    path = town.some(chance)
    path.write_text(path.read_text("utf-8").replace("title: 第", "title: 更正后的第", 1), "utf-8")


def move_in_time(town: Township, chance: random.Random) -> None:
    path = town.some(chance)
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("published_on: 2026-0", "published_on: 2025-0").replace("formed_on: 2026", "formed_on: 2025"),
        "utf-8",
    )


def add(town: Township, chance: random.Random) -> None:
    town.write(
        chance.randrange(50), chance.choice(sorted(ENTRIES)), chance.randrange(1, 28), f"新的第{chance.random()}条。"
    )


def remove(town: Township, chance: random.Random) -> None:
    if len(list(town.items.rglob("*.md"))) > 2:
        town.some(chance).unlink()


def rename(town: Township, chance: random.Random) -> None:
    path = town.some(chance)
    target = path.with_name(f"改名{chance.randrange(99)}.md")
    if not target.exists():
        path.rename(target)


def withdraw(town: Township, chance: random.Random) -> None:
    path = town.some(chance)
    path.write_text(path.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8")


def only_on_request(town: Township, chance: random.Random) -> None:
    path = town.some(chance)
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nmethod: 依申请公开\n", 1), "utf-8")


def relate(town: Township, chance: random.Random) -> None:
    path, other = town.some(chance), town.some(chance)
    if path != other and "related:" not in (text := path.read_text("utf-8")):
        path.write_text(text.replace("---\n", f"---\nrelated: [{other.stem}]\n", 1), "utf-8")


def link(town: Township, chance: random.Random) -> None:
    path, other = town.some(chance), town.some(chance)
    path.write_text(path.read_text("utf-8") + f"\n见[这里]({other.name})。\n", "utf-8")


def attach(town: Township, chance: random.Random) -> None:
    path = town.some(chance)
    (path.parent / "附件 表.txt").write_text(f"附件第{chance.randrange(9)}版", "utf-8")
    if "attachments:" not in (text := path.read_text("utf-8")):
        path.write_text(text.replace("---\n", "---\nattachments: [附件 表.txt]\n", 1), "utf-8")


def page_size(town: Township, chance: random.Random) -> None:
    town.set(page_size=chance.choice([10, 12, 50]))


def telephone(town: Township, chance: random.Random) -> None:
    town.set(township={"contact": {"telephone": f"0666-55501{chance.randrange(10, 99)}"}})


def catalogue(town: Township, chance: random.Random) -> None:
    limit = {"time_limit": f"信息形成之日起{chance.randrange(3, 20)}个工作日内"}
    row = {"since": "2026-02-01", "because": "县里修订了目录", "entry": "19-02-04", "set": limit}
    changes = {"changes": [row]} if chance.random() < 0.5 else {"fields": ["19", "30", "15"]}
    write_site(town.root, {}, mkdocs={"gongkai": town.options}, adopted=changes)


def template(town: Township, chance: random.Random) -> None:
    own = town.root / "overrides/gongkai"
    own.mkdir(parents=True, exist_ok=True)
    (own / "items.html").write_text(
        f"<ol>{{% for item in items %}}<li><a href='{{{{ link(item.url) }}}}'>{chance.randrange(9)}{{{{ item.title }}}}</a></li>{{% endfor %}}</ol>",
        "utf-8",
    )
    write_site(town.root, {}, mkdocs={"gongkai": town.options, "theme": {"custom_dir": "overrides"}})


def guide(town: Township, chance: random.Random) -> None:
    path = town.root / "site_src/guide.md"
    path.write_text(path.read_text("utf-8") + f"\n第{chance.randrange(99)}次修订。\n", "utf-8")


def another_day(town: Township, chance: random.Random) -> None:
    town.today = f"2026-1{chance.randrange(3)}-{chance.randrange(10, 29)}"


def nothing(town: Township, chance: random.Random) -> None:
    """Build again."""


def spoil(town: Township, chance: random.Random) -> None:
    """Somebody has a hand in the site itself."""
    pages = sorted((town.root / "site").rglob("*.html"))
    if pages and (path := chance.choice(pages)).name != "index.html":
        chance.choice([path.unlink, lambda: path.write_text("不是这里的", "utf-8")])()


CHANGES: list[Callable[[Township, random.Random], None]] = [
    *(edit, retitle, move_in_time, add, remove, rename, withdraw, only_on_request, relate, link, attach),
    *(page_size, telephone, catalogue, template, guide, another_day, nothing, spoil),
]
STEPS = st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 999)), min_size=2, max_size=6)
FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def contents(site: Path, *, leave: tuple[str, ...] = ()) -> dict[str, bytes]:
    files = {p.relative_to(site).as_posix(): p for p in site.rglob("*") if p.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith(leave or ("?",))}


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
    for n in range(12):
        add(town, chance)
        edit(town, chance)
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with suppress(subprocess.TimeoutExpired):  # later and later: while it reads, writes, moves files
            process.wait(length * (0.3 + 0.06 * n))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert broken_links(site) == []
    assert town.build(site, cold=False)
    assert town.build(tmp_path / "cold", cold=True)
    left = ("search/data/", "sw.js")
    assert different(contents(site, leave=left), contents(tmp_path / "cold", leave=left)) == []
    assert sorted(path.name for path in town.root.iterdir() if path.name.startswith("site.")) == []
    check_index(site / "search/data")
    shutil.rmtree(tmp_path / "cold")
