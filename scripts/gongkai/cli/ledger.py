"""``gongkai ledger``: the ledger of everything made public, and the registers that townships keep."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from gongkai.cli.errors import UsageError
from gongkai.cli.output import write_whole
from gongkai.cli.reporting import add_site_arguments, load_gathered, report_format, report_path, tell_left_out
from gongkai.cli.site import need_config
from gongkai.dataset import Dataset
from gongkai.model.feedback import FOLDER, KINDS, Feedback, book_file
from gongkai.readable import json_bytes
from gongkai.reading.feedback import HEADER
from gongkai.reading.source import os_reason
from gongkai.reports.coverage import coverage
from gongkai.reports.ledger import Line, ledger
from gongkai.reports.ledger_sheets import LEDGER, as_json, ledger_row, ledger_sheets
from gongkai.reports.workbook import csv_bytes, workbook_bytes

FORMATS = ("xlsx", "csv", "json")
NAME = "信息公开台账"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--format", choices=FORMATS, help="格式（默认按 -o 的扩展名，否则 xlsx）")
    parser.add_argument("--year", type=int, metavar="年份", help="只列这一年发布的信息（默认全部）")
    parser.add_argument(
        "--new", metavar="年份", type=int, help="新建这一年的群众意见记录簿（feedback/年份.csv），用 Excel 填写"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help=f"写到哪个文件（默认 reports/{NAME}.xlsx）")
    add_site_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write the ledger and say where it lies, or make a new book of opinions. 1 when items or opinions could not be counted."""
    if options.new is not None:
        need_config(options.config_file)
        return _new(options.config_file.resolve().parent, options.new)
    style = report_format(options.format, options.output, FORMATS, "xlsx")
    if options.year is not None and not 1949 <= options.year <= 9999:
        raise UsageError(f"--year 的“{options.year}”不是年份，请写四位数，如：--year 2026")
    gathered, dataset = load_gathered(options)
    lines = ledger(dataset, coverage(dataset), options.year)
    feedback = [f for f in dataset.feedback.records if options.year in (None, f.received.year)]
    when = f"{options.year}年" if options.year else ""
    path = report_path(options, f"{NAME}{when}.{style}")
    write_whole(path, _content(dataset, lines, feedback, style, when))
    print(f"已写好：{path}（{len(lines)} 条信息，{len(feedback)} 条群众意见）")
    return tell_left_out(gathered, FOLDER)


def _new(root: Path, year: int) -> int:
    """A book of opinions with nothing but its headings, as Excel opens it; one that is there stays as it is."""
    if not 2000 <= year <= 2099:
        raise UsageError(f"--new 的“{year}”不是年份，请写四位数，如：--new 2026")
    path = root / book_file(year)
    if path.exists():
        raise UsageError(f"“{path}”已经存在，没有改动。")
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"不能新建文件夹“{path.parent}”：{os_reason(error)}。") from None
    write_whole(path, (HEADER + "\n").encode("utf-8-sig"))
    print(f"已新建：{path}。请用 Excel 填写，不要写提意见的人的姓名和号码；类别可写：{'、'.join(KINDS)}")
    return 0


def _content(dataset: Dataset, lines: tuple[Line, ...], feedback: Sequence[Feedback], style: str, when: str) -> bytes:
    if style == "csv":
        return csv_bytes(LEDGER, (ledger_row(line, line.n) for line in lines))
    if style == "json":
        return json_bytes(as_json(dataset, lines, feedback))
    title = f"{dataset.profile.name}{when}{NAME}"
    return workbook_bytes(title, dataset.profile.full_name, ledger_sheets(dataset, lines, feedback, when))
