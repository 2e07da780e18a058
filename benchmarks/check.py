"""How long checking takes: µs for each rule and item, over items made from the demonstration township's own words.

    python benchmarks/check.py [--items 10000] [--seed 1] [--family inspection]
    python benchmarks/check.py --runs [--items 10000]      whole checks: cold, nothing changed, one edit

Every item is a shuffle of paragraphs, tables and lists of three real items under the front matter of one of them, with
new dates, title and numbers, so that lengths and contents are those of a township. The same seed gives the same items.
Run by hand: nothing here is a test. The aim is at most 60 µs a rule and item on average.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from gongkai.dataset import Dataset
from gongkai.gather import gather
from gongkai.rules import metadata, registry, relations, site, text

ROOT = Path(__file__).resolve().parents[1]
TODAY = dt.date(2026, 11, 20)
LIMIT = 60.0
# Keys that point at other files or must be unique.
_DROPPED = re.compile(r"^(?:related|interprets|attachments|address|statement):.*\n(?:[ \t-].*\n)*", re.MULTILINE)
_NUMBER = re.compile(r"^(index_number|document_number): .*$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def material(folder: Path) -> list[tuple[str, list[str]]]:
    """Front matter and blocks of every item of the demonstration township."""
    made = []
    for path in sorted(folder.rglob("*.md")):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        made.append((_DROPPED.sub("", head), [b for b in _LINK.sub(r"\1", body).strip().split("\n\n") if b]))
    return made


def write_items(folder: Path, count: int, seed: int) -> None:
    """``count`` items in ``folder``."""
    chance = random.Random(seed)
    stock = material(ROOT / "site_src" / "items")
    for n in range(count):
        head, blocks = chance.choice(stock)
        pool = blocks + chance.choice(stock)[1] + chance.choice(stock)[1]
        body = chance.sample(pool, min(len(pool), max(3, len(blocks))))
        head = re.sub(r"^title: (.*)$", rf"title: \1之{n}", head, count=1, flags=re.MULTILINE)
        year = re.search(r"^published_on: (\d{4})", head, re.MULTILINE)
        head = _NUMBER.sub(lambda m, n=n, year=year: _number(m[1], n, year[1] if year else "2026"), head)
        part = folder / f"{n // 500:03d}"
        part.mkdir(parents=True, exist_ok=True)
        (part / f"item-{n:05d}.md").write_text(f"---\n{head}---\n" + "\n\n".join(body) + "\n", "utf-8")


def _number(key: str, n: int, year: str) -> str:
    number = f"11999999MB0000001X/{year}-{n:05d}" if key == "index_number" else f"示政发〔{year}〕{n + 1}号"
    return f"{key}: {number}"


def read(config: Path) -> tuple[Dataset, float]:
    """The dataset of the made site, and the seconds it took to read it: everything that a check does but the rules."""
    rules, registry.RULES = registry.RULES, ()
    begin = time.process_time()
    dataset = gather(config, TODAY, cache=False).dataset
    registry.RULES = rules
    assert dataset is not None
    return dataset, time.process_time() - begin


def runs(config: Path, count: int) -> None:
    """CPU seconds of whole checks, each a process of its own: without cache, making it, nothing changed, one edit."""
    edited = config.parent / "site_src" / "items" / "000" / "item-00000.md"
    text = edited.read_text("utf-8")
    steps = (
        ("without cache", ["--no-cache"], None),
        ("cold, cache made", [], None),
        ("nothing changed", [], None),
        ("one edit", [], text + "\n新增一段。\n"),
        ("one file of it", [str(edited)], None),
    )
    print(f"{'check of ' + str(count) + ' items':24} {'CPU s':>7} {'items/s':>8} {'peak MB':>8}")
    for name, options, content in steps:
        if content is not None:
            edited.write_text(content, "utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "gongkai", "check", "--format", "json", "--today", TODAY.isoformat()]
        subprocess.run([*command, "-f", str(config), *options], stdout=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{name:24} {spent:7.2f} {count / spent:8.0f} {after.ru_maxrss / 1024:8.0f}")


def families() -> dict[str, tuple]:
    """Every rule by the name of its family."""
    core = {module.__name__.rpartition(".")[2]: module.RULES for module in (relations, metadata, text, site)}
    return core | {module.__name__.rpartition(".")[2]: module.RULES for module in registry.FAMILIES}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", help="only this one")
    parser.add_argument("--runs", action="store_true", help="whole checks instead of rules")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copy(ROOT / "mkdocs.yml", root)
        shutil.copytree(ROOT / "catalogue", root / "catalogue")
        shutil.copytree(ROOT / "site_src", root / "site_src", ignore=shutil.ignore_patterns("items"))
        write_items(root / "site_src" / "items", options.items, options.seed)
        if options.runs:
            runs(root / "mkdocs.yml", options.items)
            return
        dataset, seconds = read(root / "mkdocs.yml")
        count = len(dataset.items)
        length = sum(len(i.body) for i in dataset.items) / count
        print(
            f"{count} items of {length:.0f} characters on average; read in {seconds:.2f} s ({seconds / count * 1e6:.0f} µs each)"
        )
        begin = time.process_time()
        shown = len(dataset.published)
        print(f"dataset: {shown} on the website, {(time.process_time() - begin) / count * 1e6:.1f} µs an item\n")
        report(dataset, options.family)


def report(dataset: Dataset, only: str | None) -> None:
    """One line a rule, then one a family. A rule is timed cold, as in a check: the first that needs an item's parts pays."""
    count = len(dataset.items)
    sums = []
    print(f"{'family':12} {'rule':34} {'µs/item':>8} {'findings':>9}")
    for name, rules in families().items():
        if only and name != only:
            continue
        spent = 0.0
        for rule in rules:
            begin = time.process_time()
            found = sum(1 for _ in rule(dataset))
            each = (time.process_time() - begin) / count * 1e6
            spent += each
            print(f"{name:12} {rule.__name__:34} {each:8.1f} {found:9} {'over' if each > LIMIT else ''}")
        sums.append((name, len(rules), spent))
    print(f"\n{'family':12} {'rules':>5} {'µs/item':>8} {'µs/rule and item':>17}")
    for name, rules, spent in [*sums, ("all", sum(s[1] for s in sums), sum(s[2] for s in sums))]:
        print(
            f"{name:12} {rules:5} {spent:8.1f} {spent / max(1, rules):17.1f} {'over' if spent / max(1, rules) > LIMIT else ''}"
        )


if __name__ == "__main__":
    main()
