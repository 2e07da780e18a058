"""``gongkai card``: the report card of a quarter or year as .docx and .xlsx."""

from __future__ import annotations

import argparse
from pathlib import Path

from gongkai.catalogue.assessments import STANDARD, load_assessments
from gongkai.cli.errors import UsageError
from gongkai.cli.output import write_whole
from gongkai.cli.reporting import add_site_arguments, load_dataset, report_path
from gongkai.dataset import Dataset
from gongkai.model import Finding
from gongkai.model.assessment import Assessment
from gongkai.reading.nearest import nearest, phrase
from gongkai.reading.rectification import read_problems
from gongkai.reports import card_tables
from gongkai.reports.card import card
from gongkai.reports.card_files import card_document, card_workbook
from gongkai.reports.facts import facts_of
from gongkai.reports.scoring import named_figures, scored
from gongkai.reports.terms import Term, last_quarter, parse_term

FORMATS = ("docx", "xlsx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("term", nargs="?", metavar="期", help="季度或年份，如 2026-Q3、2026（默认最近一个完整的季度）")
    parser.add_argument("--format", choices=FORMATS, action="append", help="只写一种文件（默认两种都写）")
    parser.add_argument(
        "--assessment", action="append", metavar="考核表", help=f"附哪张考核表，可写多次（默认 {STANDARD}）"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help="写到哪个文件（.docx 或 .xlsx）")
    parser.add_argument("--force", action="store_true", help="替换已有的、内容不同的文件")
    add_site_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write the card and print its sentences."""
    dataset = load_dataset(options)
    term = _term(options.term, dataset)
    formats = _formats(options)
    tables = _assessments(options.assessment or [STANDARD], dataset)
    made = card(facts_of(dataset), term)
    damaged: list[Finding] = []
    figures = named_figures(made, read_problems(dataset.settings.root, damaged.append))
    for finding in damaged:
        print(f"{finding.file}:{finding.line} {finding.severity.label} {finding.code} {finding.message}")
    sheets = [scored(table, figures) for table in tables]
    whose = dataset.profile.full_name
    print(f"{card_tables.title(made)}（{card_tables.lead(made)}）")
    for sentence in card_tables.sentences(made):
        print(f"  {sentence}")
    for style in formats:
        make = card_document if style == "docx" else card_workbook
        path = report_path(options, f"成绩单-{term}.{style}")
        _write(path, make(made, sheets, whose), force=options.force)
        print(f"已写好：{path}")
    return 0


def _term(text: str | None, dataset: Dataset) -> Term:
    if text is None:
        return last_quarter(dataset.today)
    term = parse_term(text)
    if term is None:
        raise UsageError(f"“{text}”不是季度或年份，请写成 2026-Q3 或 2026 的形式。")
    if term.first > dataset.today:
        raise UsageError(f"{term.label}还没有开始（今天是 {dataset.today}）。")
    return term


def _formats(options: argparse.Namespace) -> list[str]:
    if options.output is None:
        return options.format or list(FORMATS)
    style = options.output.suffix.lower().removeprefix(".")
    if style not in FORMATS:
        raise UsageError(f"“{options.output}”的扩展名应是 .docx 或 .xlsx。")
    if options.format and options.format != [style]:
        raise UsageError(f"--format 与文件名“{options.output}”不一致，请改其中一个。")
    return [style]


def _assessments(wanted: list[str], dataset: Dataset) -> list[Assessment]:
    known = load_assessments(dataset.settings, lambda _: None)
    for name in wanted:
        if name not in known:
            raise UsageError(
                f"没有“{name}”这张考核表（或它有错，见 gongkai check）{phrase(nearest(name, list(known)))}。现有：{'、'.join(known)}"
            )
    return [known[name] for name in dict.fromkeys(wanted)]


def _write(path: Path, content: bytes, *, force: bool) -> None:
    """Write ``content``; what somebody may have filled in is not replaced unasked."""
    if path.exists() and not force and path.read_bytes() != content:
        raise UsageError(
            f"“{path}”已经存在，内容不同，可能有人填过，没有改动。要替换它请加 --force，或用 -o 换一个文件名。"
        )
    write_whole(path, content)
