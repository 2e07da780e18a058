"""How long the reports take: all of one township with 3,000 items over five years, and a county of 30 such townships.

    python benchmarks/reports.py [--items 3000] [--sites 30] [--seed 1]

The items are those of benchmarks/check.py: shuffled paragraphs of the demonstration township, with days spread over five
years. What is timed (seconds of the processor, as other work must not count) begins after the check, with the dataset read. The aims: all reports of a site in less than 3 s; 30 sites
aggregated in less than 20 s and 1 GB. Run by hand: nothing here is a test.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import io
import json
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from check import ROOT, TODAY, write_items

from gongkai.catalogue.assessments import load_assessments
from gongkai.dataset import Dataset
from gongkai.gather import gather
from gongkai.render.open_data import open_data
from gongkai.render.page import Renderer
from gongkai.reports.annual.figures import figures
from gongkai.reports.calendar_file import calendar_bytes
from gongkai.reports.card import card
from gongkai.reports.card_files import card_document, card_workbook
from gongkai.reports.coverage import coverage
from gongkai.reports.coverage_sheets import coverage_sheets
from gongkai.reports.duties import duties
from gongkai.reports.facts import facts_of
from gongkai.reports.ledger import ledger
from gongkai.reports.ledger_sheets import ledger_sheets
from gongkai.reports.open_report import open_report
from gongkai.reports.rectification import new_events
from gongkai.reports.scoring import named_figures, scored
from gongkai.reports.site import SiteReports
from gongkai.reports.terms import parse_term
from gongkai.reports.workbook import workbook_bytes

YEARS = 5
_DAY = re.compile(r"^(formed_on|published_on): \d{4}-\d{2}-\d{2}.*$", re.MULTILINE)


def site(folder: Path, count: int, seed: int) -> Path:
    """A site of ``count`` items whose days lie in the last five years."""
    shutil.copytree(ROOT / "site_src", folder / "site_src", ignore=shutil.ignore_patterns("items"))
    shutil.copytree(ROOT / "catalogue", folder / "catalogue")
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    adopted = folder / "catalogue/adopted.yaml"
    adopted.write_text(adopted.read_text("utf-8").replace("since: 2024-01-01", "since: 2021-01-01", 1), "utf-8")
    write_items(folder / "site_src/items", count, seed)
    chance = random.Random(seed)
    for path in sorted((folder / "site_src/items").rglob("*.md")):
        published = TODAY - dt.timedelta(days=chance.randrange(YEARS * 365))
        formed = published - dt.timedelta(days=chance.randrange(40))
        days = {"formed_on": formed, "published_on": published}
        path.write_text(_DAY.sub(lambda m, d=days: f"{m[1]}: {d[m[1]]}", path.read_text("utf-8")), "utf-8")
    return folder / "mkdocs.yml"


def timed(name: str, make: Callable[[], object]) -> float:
    """How long ``make`` takes the processor, printed."""
    start = time.process_time()
    made = make()
    took = time.process_time() - start
    size = f", {len(made):,} bytes" if isinstance(made, bytes) else ""
    print(f"  {name}: {took:.2f} s{size}")
    return took


def township(dataset: Dataset, findings: list) -> float:
    """All reports of one site, one by one."""
    whose = dataset.profile.full_name
    term = parse_term("2026-Q3")
    assert term is not None

    def cards() -> bytes:
        made = card(facts_of(dataset), term)
        table = scored(load_assessments(None, print)["township"], named_figures(made, ()))
        return card_document(made, [table], whose) + card_workbook(made, [table], whose)

    def whole_coverage() -> bytes:
        found = coverage(dataset)
        return workbook_bytes("公开情况", whose, coverage_sheets(dataset, found, found.years))

    def whole_ledger() -> bytes:
        lines = ledger(dataset, coverage(dataset))
        return workbook_bytes("台账", whose, ledger_sheets(dataset, lines, (), ""))

    made = SiteReports(dataset)
    return sum(
        (
            timed("coverage (.xlsx)", whole_coverage),
            timed("figures of the annual report", lambda: figures(dataset, 2026)),
            timed("ledger and registers (.xlsx)", whole_ledger),
            timed("report card (.docx and .xlsx)", cards),
            timed("rectification list", lambda: new_events(dataset, (), findings)),
            timed("due list (.ics)", lambda: calendar_bytes(dataset, duties(dataset), "x")),
            timed("pages of the reports", lambda: list(made.pages(Renderer(dataset)))),
            timed("files of the reports", lambda: list(made.files())),
        )
    )


def county(dataset: Dataset, sites: int, folder: Path) -> None:
    """``sites`` townships out of one: a process of its own, so that its memory can be read."""
    data = dict((*open_data(dataset), *open_report(dataset)))
    report = json.loads(data["data/report.json"])
    for n in range(sites):
        place = folder / f"{n:02d}/data"
        place.mkdir(parents=True)
        (place / "items.json").write_bytes(data["data/items.json"])
        text = json.dumps({**report, "township": f"第{n}镇"}, ensure_ascii=False)
        (place / "report.json").write_text(text, "utf-8")
    command = [sys.executable, "-m", "gongkai", "aggregate", *(str(folder / f"{n:02d}") for n in range(sites))]
    subprocess.run([*command, "-o", str(folder / "out")], check=True, capture_output=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    took, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(f"{sites} sites of {len(report['items'])} items aggregated: {took:.1f} s, {memory:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=3000)
    parser.add_argument("--sites", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = site(folder / "town", options.items, options.seed)
        with contextlib.redirect_stderr(io.StringIO()):
            gathered = gather(config, TODAY)
        assert gathered.dataset is not None
        print(f"{len(gathered.dataset.published)} items published, {len(gathered.findings)} findings")
        print(f"all reports: {township(gathered.dataset, gathered.findings):.2f} s")
        county(gathered.dataset, options.sites, folder / "county")


if __name__ == "__main__":
    main()
