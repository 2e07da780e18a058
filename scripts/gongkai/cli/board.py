"""``gongkai board``: sheets to print and post on the village's notice board, also of items that the website may not show (R5.4)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from msgspec.structs import replace

from gongkai.cli.errors import UsageError
from gongkai.cli.reporting import add_site_arguments
from gongkai.cli.site import need_config, parse_today
from gongkai.dataset import Dataset
from gongkai.gather import Gathered, gather
from gongkai.model import Item, Severity
from gongkai.printing import print_findings
from gongkai.reading.source import os_reason
from gongkai.writing import replace_file

FOLDER = Path("reports") / "board"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("items", nargs="+", metavar="信息", help="信息的文件，或它的文件名、索引号、文号")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="文件夹", help="写到哪里（默认站点文件夹下的 reports/board）"
    )
    parser.add_argument(
        "--size", choices=("A4", "A3"), help="纸张大小（不写时：一般用 A4 竖放，有 7 列以上的宽表用 A3 横放）"
    )
    add_site_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write one HTML file an item. 0: all written; 1: an item has errors, or may not be posted."""
    from gongkai.render.page import Renderer
    from gongkai.reports.board import refusal, sheet

    need_config(options.config_file)
    gathered = gather(options.config_file, parse_today(options.today))
    dataset = gathered.dataset
    if dataset is None:
        print_findings(gathered, "text", sys.stdout)
        return 1
    folder = _folder(dataset, options.output)
    items = [_item(dataset, name) for name in options.items]
    renderer, refused = Renderer(dataset), 0
    for item in dict.fromkeys(item.file for item in items):
        wanted = next(i for i in items if i.file == item)
        if _faulty(gathered, wanted):
            refused += 1
        elif reason := refusal(dataset, wanted):
            print(f"{wanted.file} {reason}")
            refused += 1
        else:
            path = folder / f"{wanted.address}.html"
            _write(path, sheet(renderer, wanted, options.size))
            print(f"已生成 {_shown(path)}：{wanted.title}")
    if refused:
        print(f"{refused} 条没有生成，原因见上。")
    else:
        print("请用浏览器打开后打印；可缩放到公示栏的大小。")
    return 1 if refused else 0


def _faulty(gathered: Gathered, item: Item) -> bool:
    """Print the errors of an item, personal data among them: with one nothing is posted."""
    errors = [f for f in gathered.findings if f.file == item.file and f.severity is Severity.ERROR]
    if not errors:
        return not item.sound
    print_findings(replace(gathered, findings=errors, read=1), "text", sys.stdout)
    return True


def _item(dataset: Dataset, name: str) -> Item:
    path = Path(name)
    if path.is_file():
        try:
            file = path.resolve().relative_to(dataset.settings.root).as_posix()
        except ValueError:
            raise UsageError(f"“{name}”不在站点文件夹里。") from None
        found = next((i for i in dataset.items if i.file == file), None)
        if file in dataset.faulty:
            raise UsageError(f"“{name}”读不成一条信息，请先运行 gongkai check {name} 改好。")
    else:
        found = dataset.find(name)
    if found is None:
        raise UsageError(f"没有找到信息“{name}”。请写 .md 文件、文件名、索引号或文号。")
    return found


def _folder(dataset: Dataset, output: Path | None) -> Path:
    """The folder to write to; never one that goes on the website."""
    settings = dataset.settings
    folder = (output if output is not None else settings.root / FOLDER).resolve()
    for kept, what in ((settings.docs_dir, "内容文件夹"), (settings.site_dir, "网站文件夹")):
        if folder == kept or kept in folder.parents:
            raise UsageError(
                f"不能写到“{_shown(folder)}”：{what}里的文件会上网站，张贴件可能不许上网。请换一个文件夹，如：{FOLDER.as_posix()}"
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"建不了文件夹“{_shown(folder)}”：{os_reason(error)}。") from error
    return folder


def _shown(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _write(path: Path, text: str) -> None:
    try:
        replace_file(path, text.encode("utf-8"))
    except OSError as error:
        raise UsageError(f"写不进“{_shown(path)}”：{os_reason(error)}。") from error
