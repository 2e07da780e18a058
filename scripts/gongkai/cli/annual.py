"""``gongkai annual``: the draft of an annual report on disclosure, its figures computed (R2)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gongkai.cli.errors import UsageError
from gongkai.cli.reporting import add_site_arguments, load_gathered, tell_left_out
from gongkai.cli.requests import register_errors
from gongkai.dataset import Dataset
from gongkai.model import Entry, Unit, annual
from gongkai.model.request import REMEDIES_FILE, register_file
from gongkai.reading.source import os_reason
from gongkai.reports.annual.draft import draft, entry_of, report_of
from gongkai.reports.annual.figures import Figures, figures


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("year", metavar="年度", type=int, help="报告的年度，如：2025")
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help="写到哪个文件（默认按事项文件夹的习惯）")
    add_site_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write the draft and say what is still to be filled in; 1 when a register has errors, or items that may be missing."""
    gathered, dataset = load_gathered(options)
    year: int = options.year
    _possible(dataset, year)
    if wrong := register_errors(gathered):
        print(f"登记簿有 {wrong} 处错误，改正后才能生成年度报告。", file=sys.stderr)
        return 1
    entry = entry_of(dataset)
    if entry is None:
        raise UsageError("本镇目录里没有“政府信息公开年报”条目，不知道年度报告归到哪里。")
    path = options.output or _habitual(dataset, year, entry)
    found = figures(dataset, year)
    _write(path, draft(dataset, found, entry, _unit(dataset, year, entry)))
    _tell(dataset, found, path)
    return tell_left_out(gathered)


def _possible(dataset: Dataset, year: int) -> None:
    if year < annual.FIRST_YEAR:
        raise UsageError(f"{year} 年的报告用的是旧格式；现行格式从 {annual.FIRST_YEAR} 年度起使用。")
    if year > dataset.today.year:
        raise UsageError(f"{year} 年还没有到（今天是 {dataset.today}）。")


def _habitual(dataset: Dataset, year: int, entry: Entry) -> Path:
    """Among the items, under the year in which the report is published; never where there is a report already."""
    there = report_of(dataset, year)
    if there is not None:
        raise UsageError(
            f"{year}年度报告已经有了：{there.file}。不会改动它；另写一份请用 -o 指明文件，如：-o {year}年报草稿.md"
        )
    settings = dataset.settings
    path = settings.items_dir / entry.field_id / str(dataset.today.year) / f"{entry.id}-{year}.md"
    if path.stem.casefold() in {p.stem.casefold() for p in settings.items_dir.rglob("*.md")}:
        raise UsageError(f"已经有叫“{path.name}”的文件，不会覆盖它；请用 -o 指明另一个文件。")
    return path


def _unit(dataset: Dataset, year: int, entry: Entry) -> Unit:
    """The unit of last year's report, else the one that the row names, else the first."""
    profile, before = dataset.profile, report_of(dataset, year - 1)
    if before is not None and before.responsible_unit in profile.unit_by_name:
        return profile.unit_by_name[before.responsible_unit]
    wanted = f"{profile.contact.office or ''}{entry.subject_township or ''}"
    return next((u for name, u in profile.unit_by_name.items() if name in wanted), profile.units[0])


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = "上一级不是文件夹" if isinstance(error, FileExistsError) else os_reason(error)
        raise UsageError(f"不能写入“{path}”：{why}。") from error
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"“{path}”已经有了，不会覆盖它；请先改名，或用 -o 指明另一个文件。") from None
    except OSError as error:
        raise UsageError(f"不能写入“{path}”：{os_reason(error)}。") from error


def _tell(dataset: Dataset, found: Figures, path: Path) -> None:
    shown = path
    if path.is_absolute() and dataset.settings.root in path.parents:
        shown = path.relative_to(dataset.settings.root)
    print(f"已生成草稿：{shown.as_posix()}")
    if not found.whole_year:
        print(f"注意：{found.year} 年还没有结束，数字统计到 {found.until}。")
    if found.part_three is None:
        print(f"没有登记簿 {register_file(found.year)}，表三空着；新建：gongkai requests --new {found.year}")
    if found.part_four is None:
        print(f"没有 {REMEDIES_FILE}，表四空着；新建：gongkai requests --new {found.year}")
    print("请填好“（请填写……）”和第二部分空着的件数，删去“draft: true”一行，再运行：gongkai check")
