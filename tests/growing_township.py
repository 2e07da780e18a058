"""A township whose site is built again and again, and what happens to it between two builds."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, BuildError

from gongkai.cache_folder import OFF
from sites import write_site

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
        self.root = root
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


def show_file(town: Township, chance: random.Random) -> None:
    path = town.some(chance)
    (path.parent / "表.txt").write_text(f"表第{chance.randrange(9)}版", "utf-8")
    path.write_text(path.read_text("utf-8") + "\n见[表](表.txt)。\n", "utf-8")


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
    *(show_file, page_size, telephone, catalogue, template, guide, another_day, nothing, spoil),
]
