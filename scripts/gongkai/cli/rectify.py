"""``gongkai rectify``: keep the rectification list, and write it as a workbook."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from gongkai.cli.errors import UsageError
from gongkai.cli.output import write_whole
from gongkai.cli.reporting import add_site_arguments, load_gathered, report_path
from gongkai.dataset import Dataset
from gongkai.model import Finding
from gongkai.model.rectification import RECTIFICATION_FILE, Event, Happening, Problem
from gongkai.reading.rectification import append_events, read_problems
from gongkai.reading.source import os_reason
from gongkai.reports.rectification import WITHIN, new_events
from gongkai.reports.rectification_sheet import done, rectification_workbook

_NAME = "整改清单.xlsx"
_WORDS = {
    Happening.OPENED: "新发现",
    Happening.SOLVED: "已改好",
    Happening.RETURNED: "又出现",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "--within", type=int, default=WITHIN, metavar="天数", help=f"整改期限，几个工作日（默认 {WITHIN}）"
    )
    parser.add_argument("--note", nargs=2, metavar=("编号", "说明"), help="给一个问题写一句说明，不做检查")
    parser.add_argument("--dry-run", action="store_true", help="只看会记下什么，不写文件")
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help=f"表格写到哪里（默认 reports/{_NAME}）")
    add_site_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Append what is new and write the workbook. 1 when problems are open, or when the list is damaged and nothing was done."""
    if not 1 <= options.within <= 250:
        raise UsageError(f"--within 的“{options.within}”应在 1 到 250 之间。")
    gathered, dataset = load_gathered(options)
    root = dataset.settings.root
    damaged: list[Finding] = []
    problems = read_problems(root, damaged.append)
    if damaged:
        for finding in damaged:
            print(f"{finding.file}:{finding.line} {finding.severity.label} {finding.code} {finding.message}")
            print("    " + finding.hint.replace("\n", "\n    "))
        print("整改清单有上面的问题，没有改动它。")
        return 1
    if options.note:
        events = [_note(dataset, problems, *options.note)]
    else:
        events = new_events(dataset, problems, gathered.findings, options.within)
    if not options.dry_run:
        try:
            append_events(root, events)
        except OSError as error:
            raise UsageError(f"不能写入“{root / RECTIFICATION_FILE}”：{os_reason(error)}。") from None
        problems = read_problems(root, damaged.append)
    _tell(events)
    if not options.dry_run:
        path = report_path(options, _NAME)
        write_whole(path, rectification_workbook(dataset, problems))
        print(f"表格：{path}")
    still_open = [p for p in problems if p.solved_on is None]
    _tell_open(dataset, problems, still_open)
    return 1 if still_open else 0


def _note(dataset: Dataset, problems: Sequence[Problem], number: str, text: str) -> Event:
    if number not in {p.id for p in problems}:
        raise UsageError(f"整改清单里没有编号“{number}”。编号见 reports/{_NAME} 第二列，如：20261120-001")
    if not (said := " ".join(text.split())):
        raise UsageError('请写上说明，如：gongkai rectify --note 20261120-001 "已与县民政局核对"')
    return Event(dataset.today, number, Happening.NOTE, text=said)


def _tell(events: Sequence[Event]) -> None:
    for happening, words in _WORDS.items():
        same = [e for e in events if e.happening is happening]
        if same:
            print(f"{words} {len(same)} 项：")
        for event in same:
            place = f"{event.found.file}:{event.found.line} {event.found.problem}" if event.found else event.text
            print(f"  {event.id} {place}".rstrip())
    if not events:
        print("与上次相比没有变化。")


def _tell_open(dataset: Dataset, problems: Sequence[Problem], still_open: Sequence[Problem]) -> None:
    late = sum(p.overdue(dataset.today) for p in still_open)
    print(
        f"共 {len(problems)} 项，已完成 {len(problems) - len(still_open)} 项，未完成 {len(still_open)} 项，逾期 {late} 项。"
    )
    for problem in still_open:
        print(f"  {problem.id} {problem.found.unit} 期限 {problem.found.due or '待定'}：{done(problem, dataset.today)}")
