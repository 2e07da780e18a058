"""``gongkai new``: an item with everything filled in that its catalogue entry knows."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from gongkai import clock
from gongkai.catalogue.adoption import load_history
from gongkai.cli.errors import UsageError
from gongkai.cli.site import add_config, add_today, need_config, parse_today
from gongkai.model import WEBSITE, Catalogue, Entry, Finding, Profile, Unit
from gongkai.model.annual import holds_annual_reports
from gongkai.reading.entries import containing, matching
from gongkai.reading.nearest import nearest
from gongkai.reading.settings import Settings, load_settings
from gongkai.reading.source import os_reason
from gongkai.rules.numbers.review import reviewer

SHOWN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("entry", nargs="?", metavar="条目", help="条目编号或“领域/一级事项/二级事项”")
    parser.add_argument("--title", metavar="标题", help="标题")
    parser.add_argument("--unit", metavar="单位", help="责任单位")
    add_today(parser)
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Write a new draft for the entry named (by id or path; asked for when there is none) and print where it lies."""
    need_config(options.config_file)
    day = clock.today(parse_today(options.today))
    settings, catalogue = _site(options.config_file, day)
    entry = _entry(options.entry, catalogue) if options.entry else _ask(catalogue)
    responsible = _unit(options.unit, entry, settings.profile)
    heading = options.title or f"{day.year}年{entry.level2}"
    text = scaffold(entry, catalogue, responsible, heading, day, reviewer(settings.profile))
    try:
        path = _write(settings, entry, day, text)
    except OSError as error:
        raise UsageError(f"不能写入事项文件夹：{os_reason(error)}。") from error
    print(f"已新建：{path.relative_to(settings.root).as_posix()}")
    print(f"目录条目：{entry.id} {catalogue.path(entry)}")
    print("写好后请删去“draft: true”一行，再运行：gongkai check")
    if holds_annual_reports(entry):
        print(f"年度报告有固定的六个部分和表格，可以用“gongkai annual {day.year - 1}”按公开的信息和登记簿生成草稿。")
    if WEBSITE not in entry.channels:
        print("注意：按目录规定，本条目在公示栏等渠道公开，不会出现在网站上。")
    return 0


def _site(config_file: Path, day: dt.date) -> tuple[Settings, Catalogue]:
    said: list[Finding] = []
    settings = load_settings(config_file, said.append)
    history = load_history(settings, said.append) if settings else None
    if settings is None or history is None:
        raise UsageError("\n".join(f"{f.file}:{f.line} {f.message}" for f in said))
    return settings, history.on(day)


def _entry(wanted: str, catalogue: Catalogue) -> Entry:
    found = [catalogue.by_id[wanted]] if wanted in catalogue.by_id else matching(catalogue, wanted)
    found = [e for e in found or containing(catalogue, wanted) if e.own]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"“{wanted}”对应 {len(found)} 个条目，请写编号：\n{_listed(found, catalogue)}")
    paths = {catalogue.path(e): e for e in catalogue.own_entries()}
    by_name = [paths[p] for p in nearest(wanted, paths.keys(), limit=SHOWN, cutoff=30)]
    by_id = [catalogue.by_id[i] for i in nearest(wanted, [e.id for e in catalogue.own_entries()], limit=SHOWN)]
    near = by_id or by_name
    advice = f"最接近的条目：\n{_listed(near, catalogue)}" if near else "不写条目可以逐级选择：gongkai new"
    raise UsageError(f"本镇目录中没有“{wanted}”。{advice}")


def _listed(entries: Sequence[Entry], catalogue: Catalogue) -> str:
    return "\n".join(f"  {e.id}  {catalogue.path(e)}" for e in entries[: SHOWN * 4])


def _ask(catalogue: Catalogue) -> Entry:
    """Choose an entry step by step at the terminal."""
    if not sys.stdin.isatty():
        raise UsageError("请写明条目，如：gongkai new 社会救助/最低生活保障/审批信息")
    field = catalogue.fields[_choice("领域", [f"{f.id} {f.name}" for f in catalogue.fields])]
    group = field.groups[_choice("一级事项", [g.name for g in field.groups])]
    return group.entries[_choice("二级事项", [f"{e.level2}（{e.id}）" for e in group.entries])]


def _choice(what: str, names: list[str]) -> int:
    if len(names) == 1:
        return 0
    for n, name in enumerate(names, 1):
        print(f"{n:3d}  {name}")
    while True:
        try:
            answer = input(f"请选择{what}（1—{len(names)}）：").strip()
        except EOFError:
            raise UsageError("没有选择条目，未新建。") from None
        if answer.isdigit() and 1 <= int(answer) <= len(names):
            return int(answer) - 1
        print(f"请输入 1 到 {len(names)} 之间的数字。")


def _unit(wanted: str | None, entry: Entry, profile: Profile) -> Unit:
    """The unit asked for, or the one whose name the entry's usual subject holds, or the one with the nearest duties."""
    names = profile.unit_by_name
    if wanted is not None:
        if wanted not in names:
            raise UsageError(f"本镇没有“{wanted}”这个单位。本镇单位：{'、'.join(u.name for u in profile.units)}")
        return names[wanted]
    subject = entry.subject_township or ""
    named = [unit for name, unit in names.items() if name in subject]
    if named:
        return named[0]
    duties = {(u.duties or "") + u.name: u for u in profile.units}
    near = nearest(entry.level1 + entry.level2 + subject, duties.keys(), limit=1, cutoff=0)
    return duties[near[0]] if near else profile.units[0]


def scaffold(
    entry: Entry, catalogue: Catalogue, unit: Unit, title: str, day: dt.date, review_by: str | None = None
) -> str:
    """The text of a new draft; who reviews is not who writes, where that can be known."""
    limit = f"\ntime_limit: {_quoted(entry.time_limit_text)}" if entry.time_limit_text else ""
    head = f"""---
draft: true  # 写好后删去这一行
title: {_quoted(title)}  # 请改成具体标题
entry: {entry.id}  # {catalogue.path(entry)}
responsible_unit: {unit.name}
method: {entry.methods[0] if entry.methods else "主动公开"}{limit}
channels: [{", ".join(entry.channels)}]
formed_on: {day.isoformat()}  # 成文日期
published_on: {day.isoformat()}  # 发布日期
# period: {day.year}-{day.month:02d}  # 所属期：年 2026、季 2026-Q3、月 2026-09；不是定期公开的删去
# document_number: 文号
# attachments: [附件.xlsx]  # 与本文件放在一起
summary: {_quoted(title)}  # 一句话概述，不超过 100 字
review: {{by: {review_by or unit.name}, on: {day.isoformat()}}}  # 保密审查
---
"""
    sections = "".join(f"\n## {element}\n\n<!-- 请在这里写“{element}”的内容 -->\n" for element in entry.elements)
    return head + (sections or "\n<!-- 请在这里写正文 -->\n")


def _quoted(text: str) -> str:
    """A YAML scalar for any text."""
    if any(mark in text for mark in ":#[]{}&*!|>'\"%@`,") or text != text.strip():
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text


def _write(settings: Settings, entry: Entry, day: dt.date, text: str) -> Path:
    """Write into ``<items>/<field>/<year>/`` under the first free name; never over a file that is there."""
    folder = settings.items_dir / entry.field_id / str(day.year)
    folder.mkdir(parents=True, exist_ok=True)
    taken = {path.stem.casefold() for path in settings.items_dir.rglob("*.md")}
    base = f"{entry.id}-{day:%Y%m%d}"
    name, n = base, 1
    while name.casefold() in taken:
        n += 1
        name = f"{base}-{n}"
    path = folder / f"{name}.md"
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path
