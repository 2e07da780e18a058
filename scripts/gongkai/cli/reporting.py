"""What the commands that write reports share: which site, as of which day, and the folder ``reports/`` beside mkdocs.yml."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gongkai.cli.errors import UsageError
from gongkai.cli.site import add_config, add_today, need_config, parse_today
from gongkai.dataset import Dataset
from gongkai.gather import Gathered, gather
from gongkai.model import Severity
from gongkai.reading.source import os_reason

FOLDER = "reports"


def add_site_arguments(parser: argparse.ArgumentParser) -> None:
    """``--today`` and ``-f``."""
    add_today(parser)
    add_config(parser)


def load_gathered(options: argparse.Namespace) -> tuple[Gathered, Dataset]:
    """The site with its findings. Raises UsageError when settings or catalogue cannot be read."""
    need_config(options.config_file)
    gathered = gather(options.config_file, parse_today(options.today))
    if gathered.dataset is None:
        said = "\n".join(f"{f.file}:{f.line} {f.message}" for f in gathered.findings)
        raise UsageError(f"站点设置或目录有错误，不能生成报表：\n{said}")
    return gathered, gathered.dataset


def load_dataset(options: argparse.Namespace) -> Dataset:
    """The dataset of the site; raises as above."""
    return load_gathered(options)[1]


def report_path(options: argparse.Namespace, name: str) -> Path:
    """Where a report goes: ``-o``, else ``name`` in the folder of reports, which is made."""
    if options.output is not None:
        try:
            folder_given = options.output.is_dir()
        except OSError as error:
            raise UsageError(f"不能写入“{options.output}”：{os_reason(error)}。") from None
        if folder_given:
            raise UsageError(f"“{options.output}”是文件夹，请写文件名。")
        return Path(options.output)
    folder: Path = options.config_file.resolve().parent / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise UsageError(f"“{folder}”是文件，不能在里面写报表；请先把它改名，或用 -o 指明另一个文件。") from None
    except OSError as error:
        raise UsageError(f"不能新建文件夹“{folder}”：{os_reason(error)}。") from None
    return folder / name


def report_format(wanted: str | None, output: Path | None, formats: tuple[str, ...], otherwise: str) -> str:
    """The format of a report: ``--format``, else what the name after ``-o`` ends on, else ``otherwise``.

    Raises UsageError when the name ends on something else: an .xlsx file with text in it opens nowhere.
    """
    if output is None:
        return wanted or otherwise
    suffix = output.suffix.lower().removeprefix(".")
    named = "text" if suffix == "txt" else suffix
    if named not in formats:
        ends = [".txt" if style == "text" else f".{style}" for style in formats]
        raise UsageError(f"“{output}”的扩展名应是 {'、'.join(ends[:-1])} 或 {ends[-1]}。")
    if wanted and wanted != named:
        raise UsageError(f"--format {wanted} 与文件名“{output}”不一致，请改其中一个。")
    return named


def tell_left_out(gathered: Gathered, *folders: str) -> int:
    """Say on stderr which items and books have errors, for they may be missing from a report; 1 when there are some, else 0.

    ``folders`` are those beside mkdocs.yml whose books the report counts.
    """
    dataset = gathered.dataset
    assert dataset is not None
    errors = {f.file for f in gathered.findings if f.severity is Severity.ERROR}
    items = len(dataset.faulty) + sum(not item.sound and not item.draft for item in dataset.items)
    books = sorted(file for file in errors if file.startswith(tuple(f"{folder}/" for folder in folders)))
    said = [f"{items} 条信息"] * bool(items) + books
    if said:
        named = "、".join(said) + " " * bool(books)
        print(f"注意：{named}有错误，可能没有计入；请先运行 gongkai check 并改正。", file=sys.stderr)
    return 1 if said else 0
