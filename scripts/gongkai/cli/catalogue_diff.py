"""``gongkai catalogue diff``: what changed between two versions of a catalogue."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
from collections.abc import Sequence
from pathlib import Path

import yaml
from msgspec import Struct

from gongkai.catalogue.differences import as_dict, differences, markdown
from gongkai.catalogue.importing import Refused, import_file
from gongkai.catalogue.load import read_field, standard_field, standard_files
from gongkai.cli.catalogue_site import SETTINGS, add_optional_config, load_site, site_here
from gongkai.cli.errors import UsageError
from gongkai.cli.output import write_whole
from gongkai.model import Field

STANDARD = "标准"
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_OTHER_FILES = ("adopted.yaml", "vocabulary.yaml")
_TABLES = (".xlsx", ".csv")
_MOST_PROBLEMS = 5


class _Version(Struct, frozen=True):
    """One side of the comparison. A table holds only the township's own rows."""

    label: str
    fields: tuple[Field, ...]
    own_only: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    one = "领域文件夹、领域文件（.yaml）、导出的表格（.xlsx、.csv）、本站目录的日期（2025-12-31），或“标准”"
    parser.add_argument("old", metavar="原目录", help=one)
    parser.add_argument("new", metavar="新目录", help="同上")
    parser.add_argument("--all", action="store_true", help="连同只由县级公开的条目一起比较")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="输出格式（默认 text，Markdown 文字）"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help="写到文件，不写则显示在屏幕上")
    add_optional_config(parser)


def run(options: argparse.Namespace) -> int:
    """Print what changed, or write it into a file."""
    old, new = (_version(text, options.config_file) for text in (options.old, options.new))
    if options.all and (old.own_only or new.own_only):
        raise UsageError("表格中只有乡级、村级的条目，不能与 --all 一起用。")
    site = None if options.all else site_here(options.config_file)
    found = differences(old.fields, new.fields, own=not options.all, profile=site.profile if site else None)
    if options.format == "json":
        text = json.dumps(as_dict(found, old.label, new.label), ensure_ascii=False, indent=1) + "\n"
    else:
        text = markdown(found, old.label, new.label)
    if options.output:
        write_whole(options.output, text.encode("utf-8"))
        print(f"已写入：{options.output}")
    else:
        print(text, end="")
    return 0


def _version(text: str, config_file: Path | None) -> _Version:
    if text in (STANDARD, "standard"):
        return _Version("标准目录", tuple(map(standard_field, standard_files())))
    if _DATE.fullmatch(text):
        return _dated(text, config_file)
    path = Path(text)
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        raise UsageError(
            f"没有“{text}”这个文件或文件夹。比较本站的目录请写日期，如：gongkai catalogue diff 2025-12-31 2026-12-31"
        )
    if path.suffix.lower() in _TABLES:
        return _Version(f"“{path.name}”", _table(path), own_only=True)
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise UsageError(f"不能比较“{path.name}”：请用领域文件（.yaml）或导出的表格（.xlsx、.csv）。")
    return _Version(f"“{path.name}”", (_field(path),))


def _dated(text: str, config_file: Path | None) -> _Version:
    try:
        day = dt.date(*map(int, text.split("-")))
    except ValueError:
        raise UsageError(f"“{text}”不是真实的日期。") from None
    history = load_site(config_file).history
    first = history.versions[0][0]
    if day < first:
        raise UsageError(f"本站的目录自 {first} 起才有，{day} 没有目录可以比较。")
    return _Version(f"{day.year}年{day.month}月{day.day}日的目录", history.on(day).fields)


def _folder(path: Path) -> _Version:
    if (path / SETTINGS).is_file():
        site = load_site(path / SETTINGS)
        return _Version(f"“{path.resolve().name}”的现行目录", site.catalogue.fields)
    files = [p for p in sorted(path.glob("*.yaml")) if p.name not in _OTHER_FILES] or sorted(path.glob("fields/*.yaml"))
    if not files:
        raise UsageError(f"“{path}”里没有领域文件（.yaml）。")
    fields = tuple(map(_field, files))
    ids = [f.id for f in fields]
    if double := next((i for i in ids if ids.count(i) > 1), None):
        raise UsageError(f"“{path}”里有几个文件都是领域 {double}，请分开比较。")
    return _Version(f"“{path.resolve().name}”", fields)


def _field(path: Path) -> Field:
    try:
        field, problems = read_field(path.resolve())
    except (yaml.YAMLError, ValueError, OSError) as error:
        raise UsageError(f"“{path}”读不下去：{str(error).splitlines()[0]}") from None
    if problems:
        raise UsageError(f"“{path}”不是领域文件，或者有错：{_shown(problems)}")
    return field


def _shown(problems: Sequence[str]) -> str:
    more = f" 等 {len(problems)} 处" if len(problems) > _MOST_PROBLEMS else ""
    return "；".join(problems[:_MOST_PROBLEMS]) + more


def _table(path: Path) -> tuple[Field, ...]:
    """The fields of a table that was exported before. One that raises questions has to be imported first."""
    try:
        read = import_file(path)
    except Refused as refused:
        raise UsageError(f"“{path.name}”不能比较：{refused}") from None
    if read.open:
        waiting = sum(q.open for q in read.questions)
        raise UsageError(f"“{path.name}”里有 {waiting} 处读不准，请先导入并回答：gongkai catalogue import {path.name}")
    return read.fields
