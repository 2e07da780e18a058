"""``gongkai coverage``: what is there for each row and period, what is missing, late or due soon."""

from __future__ import annotations

import argparse
from pathlib import Path

from gongkai.catalogue.workbook_text import letters
from gongkai.cli.output import write_whole
from gongkai.cli.reporting import add_site_arguments, load_gathered, report_format, report_path, tell_left_out
from gongkai.dataset import Dataset
from gongkai.readable import json_bytes
from gongkai.reports.coverage import Coverage, Figures, coverage
from gongkai.reports.coverage_page import gaps
from gongkai.reports.coverage_sheets import DETAILS, as_json, coverage_sheets, details
from gongkai.reports.workbook import csv_bytes, workbook_bytes

NAME = "公开情况"
FORMATS = ("text", "json", "csv", "xlsx")
_HEADS = ("条目", "有信息", "应公开", "按时", "说明", "迟", "缺", "将到期", "公开率")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="text 和 json 打印在屏幕上，csv 和 xlsx 写到文件（默认按 -o 的扩展名，否则 text）",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help=f"写到哪个文件（默认 reports/{NAME}.xlsx）")
    add_site_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print or write the coverage. What is missing is for the reader to judge: 1 only when items could not be counted."""
    style = report_format(options.format, options.output, FORMATS, "text")
    gathered, dataset = load_gathered(options)
    found = coverage(dataset)
    if style in ("text", "json") and options.output is None:
        print(_content(dataset, found, style).decode("utf-8"), end="")
    else:
        path = report_path(options, f"{NAME}.{style}")
        write_whole(path, _content(dataset, found, style))
        print(f"已写好：{path}")
    return tell_left_out(gathered)


def _content(dataset: Dataset, found: Coverage, style: str) -> bytes:
    if style == "xlsx":
        sheets = coverage_sheets(dataset, found, found.years)
        return workbook_bytes(f"{dataset.profile.name}{NAME}", dataset.profile.full_name, sheets)
    if style == "csv":
        return csv_bytes(DETAILS, details(dataset, found))
    if style == "json":
        return json_bytes(as_json(dataset, found))
    return text(dataset, found).encode("utf-8")


def text(dataset: Dataset, found: Coverage) -> str:
    """The coverage for people: a line for each field, then what is missing, due soon or was late."""
    width = max([letters(field.name) for field in found.fields()] + [4])
    out = [f"{dataset.settings.site_name} 公开情况（截至 {found.today}）", ""]
    out.append(_line("领域", width, _HEADS))
    for field in found.fields():
        entries = found.entries(field.id)
        out.append(_line(field.name, width, _cells(entries.total, entries.filled, found.figures(field=field.id))))
    entries = found.entries()
    out.append(_line("合计", width, _cells(entries.total, entries.filled, found.figures())))
    if listed := list(gaps(found)):
        out += ["", "缺的、快到期限的和迟的："]
    for row, cell in listed if listed else ():
        due = f"，最迟 {cell.due}" if cell.due else ""
        done = f"，{cell.published_on} 公开" if cell.published_on else ""
        out.append(f"  [{cell.state.value}] {row.entry.id} {row.name}，{cell.period.label}{due}{done}")
    out += ["", f"条目、期数的算法见 README；另有 {entries.board_only} 个条目只在公示栏等处公开，不计在内。"]
    return "\n".join(out) + "\n"


def _cells(total: int, filled: int, figures: Figures) -> tuple[str, ...]:
    rate = "—" if figures.rate is None else f"{figures.rate:.1%}"
    numbers = (figures.expected, figures.published, figures.statement, figures.late, figures.missing, figures.due)
    return (str(total), str(filled), *(str(n) for n in numbers), rate)


def _line(name: str, width: int, cells: tuple[str, ...]) -> str:
    """Chinese letters are two wide, so that the columns stand under one another in a terminal."""
    padded = (" " * (7 - letters(cell)) + cell for cell in cells)
    return name + " " * (width - letters(name)) + " " + " ".join(padded)
