"""``gongkai due``: what each unit owes in the coming days, as a list or a calendar. Drafts are in it: it is for the office."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from gongkai.cli.errors import UsageError
from gongkai.cli.output import write_whole
from gongkai.cli.reporting import add_site_arguments, load_dataset, report_path
from gongkai.dataset import Dataset
from gongkai.reading.nearest import nearest, phrase
from gongkai.reports.duties import HORIZON, Duty, by_unit, duties


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--days", type=int, default=HORIZON, metavar="天数", help=f"往后看几天（默认 {HORIZON}）")
    parser.add_argument("--unit", metavar="单位", help="只看这个责任单位")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式（默认 text）")
    parser.add_argument("--ics", action="store_true", help="写成日历文件（默认 reports/近期应公开.ics）")
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help="日历写到哪个文件")
    add_site_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print the list or write the calendar; always 0, as nothing is wrong with a duty."""
    if not 0 <= options.days <= 366:
        raise UsageError(f"--days 的“{options.days}”应在 0 到 366 之间。")
    if options.output and not options.ics:
        raise UsageError("-o 要和 --ics 一起用，例如：gongkai due --ics -o 近期应公开.ics")
    dataset = load_dataset(options)
    found = duties(dataset, options.days)
    if options.unit:
        found = tuple(duty for duty in found if duty.unit.name == _unit(dataset, options.unit))
    if options.ics:
        from gongkai.reports.calendar_file import calendar_bytes

        path = report_path(options, f"近期应公开{options.unit or ''}.ics")
        name = f"{dataset.profile.name}{options.unit or ''}近期应公开"
        write_whole(path, calendar_bytes(dataset, found, name))
        print(f"已写好：{path}（{sum(duty.due is not None for duty in found)} 项）")
    elif options.format == "json":
        print(json.dumps(_as_json(dataset, found), ensure_ascii=False, indent=1))
    else:
        print(_text(dataset, found, options.days), end="")
    return 0


def _unit(dataset: Dataset, wanted: str) -> str:
    unit = dataset.profile.unit_by_name.get(wanted)
    if unit is None:
        names = [u.name for u in dataset.profile.units]
        raise UsageError(f"没有“{wanted}”这个责任单位{phrase(nearest(wanted, names))}。本镇有：{'、'.join(names)}")
    return unit.name


def _as_json(dataset: Dataset, found: tuple[Duty, ...]) -> dict[str, Any]:
    return {
        "site": dataset.settings.site_name,
        "today": dataset.today.isoformat(),
        "duties": [
            {
                "kind": duty.kind.value,
                "unit": duty.unit.name,
                "entry": duty.entry.id,
                "what": duty.what,
                "period": str(duty.period) if duty.period else None,
                "due": duty.due.isoformat() if duty.due else None,
                "overdue": duty.overdue(dataset.today),
                "basis": duty.basis,
                "file": duty.item.file if not duty.public else None,
            }
            for duty in found
        ],
    }


def _text(dataset: Dataset, found: tuple[Duty, ...], days: int) -> str:
    late = sum(duty.overdue(dataset.today) for duty in found)
    out = [f"{dataset.settings.site_name} 近期应公开（{dataset.today} 起 {days} 天）"]
    for unit, mine in by_unit(found):
        out += ["", unit.name, *(line for duty in mine for line in _lines(dataset, duty))]
    out += ["", f"共 {len(found)} 项，其中已过期 {late} 项。" if found else "没有到期应公开的信息。"]
    return "\n".join(out) + "\n"


def _lines(dataset: Dataset, duty: Duty) -> tuple[str, str]:
    left = duty.left(dataset.today)
    state = "期限待定" if left is None else f"已过期 {-left} 天" if left < 0 else f"还有 {left} 天"
    day = duty.due.isoformat() if duty.due else "待定      "
    source = "" if duty.public else f"；文件：{duty.item.file}"
    return (
        f"  {day} [{duty.kind.value}] {duty.entry.id} {duty.what}（{state}）",
        f"             依据：{duty.basis}{source}",
    )
