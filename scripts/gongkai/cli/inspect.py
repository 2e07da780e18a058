"""``gongkai inspect``: the sheet that an inspector would fill in."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from gongkai.cli.errors import UsageError
from gongkai.cli.site import add_config, add_today, need_config, parse_today
from gongkai.dataset import Dataset
from gongkai.gather import gather
from gongkai.online import LinkResult, check_links, external_links
from gongkai.rules.inspection.sheet import Line, State, sheet

SHOWN = 5
_SIGN = {State.PASSED: "√", State.FAILED: "×", State.HUMAN: "？"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式（默认 text）")
    add_today(parser)
    parser.add_argument("--online", action="store_true", help="连网检查站外链接（最多 200 个）")
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Print the sheet. 0, or 1 when a veto line has failed."""
    need_config(options.config_file)
    gathered = gather(options.config_file, parse_today(options.today))
    if gathered.dataset is None:
        said = "\n".join(f"{f.file}:{f.line} {f.message}" for f in gathered.findings)
        raise UsageError(f"站点设置或目录有错误，不能检查：\n{said}")
    links = external_links(gathered.dataset.published)
    results = check_links(links, told=_told) if options.online else None
    lines = sheet(gathered.dataset, gathered.findings, len(links), results)
    if options.format == "json":
        print(json.dumps(as_json(gathered.dataset, lines), ensure_ascii=False, indent=1))
    else:
        print(text(gathered.dataset, lines), end="")
    return 1 if any(line.veto and line.state is State.FAILED for line in lines) else 0


def _told(result: LinkResult) -> None:
    print(f"{result.reason}  {result.url}", file=sys.stderr)


def count(lines: Sequence[Line], state: State) -> int:
    """How many lines are in ``state``."""
    return sum(line.state is state for line in lines)


def as_json(dataset: Dataset, lines: Sequence[Line]) -> dict[str, Any]:
    """The sheet for machines; nothing is cut short."""
    return {
        "site": dataset.settings.site_name,
        "today": dataset.today.isoformat(),
        "items": len(dataset.published),
        "passed": count(lines, State.PASSED),
        "failed": count(lines, State.FAILED),
        "undecided": count(lines, State.HUMAN),
        "lines": [
            {
                "veto": line.veto,
                "title": line.title,
                "standard": line.standard,
                "source": line.source,
                "state": line.state.value,
                "figure": line.figure,
                "behind": list(line.behind),
            }
            for line in lines
        ],
    }


def text(dataset: Dataset, lines: Sequence[Line]) -> str:
    """The sheet for people."""
    out = [f"{dataset.settings.site_name} 检查评分表（{dataset.today}，已公开 {len(dataset.published)} 条）", ""]
    for veto, heading in ((True, "一、单项否决"), (False, "二、扣分指标")):
        out.append(heading)
        for n, line in enumerate((line for line in lines if line.veto is veto), 1):
            out += _lines(n, line)
        out.append("")
    figures = "，".join(f"{state.value} {count(lines, state)} 项" for state in State)
    out.append(f"合计：{figures}。")
    if any(line.veto and line.state is State.FAILED for line in lines):
        out.append("有单项否决指标不通过，全站会被评为不合格，请先处理。")
    return "\n".join(out) + "\n"


def _lines(n: int, line: Line) -> list[str]:
    more = len(line.behind) - SHOWN
    return [
        f"{n:2d}. [{_SIGN[line.state]}] {line.title}：{line.state.value}",
        f"      要求：{line.standard}",
        f"      结果：{line.figure}",
        *(f"        - {behind}" for behind in line.behind[:SHOWN]),
        *([f"        还有 {more} 条（--format json 可看全部）"] if more > 0 else []),
        f"      依据：{line.source}",
    ]
