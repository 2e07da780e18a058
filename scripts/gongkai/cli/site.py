"""What commands share that work on one site: which settings file, and which day counts as today."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from gongkai.cli.errors import UsageError


def add_config(parser: argparse.ArgumentParser) -> None:
    """``-f``: the settings file."""
    parser.add_argument(
        "-f", "--config-file", type=Path, default=Path("mkdocs.yml"), metavar="文件", help="站点设置（默认 mkdocs.yml）"
    )


def add_today(parser: argparse.ArgumentParser) -> None:
    """``--today``."""
    parser.add_argument("--today", metavar="日期", help="把这一天当作今天（YYYY-MM-DD）")


def need_config(config_file: Path) -> None:
    """Raise UsageError when there is no settings file."""
    if not config_file.is_file():
        raise UsageError(
            f"找不到站点设置“{config_file}”。请在站点文件夹里运行，或用 -f 指明；新建站点：gongkai init 文件夹"
        )


def parse_today(text: str | None) -> dt.date | None:
    """``--today`` as a date; None when it is not given."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--today 的“{text}”不是日期，请写成 2026-10-09 的形式。") from None
