"""``gongkai clean``: throw away what is kept from run to run. Nothing is lost but time."""

from __future__ import annotations

import argparse

from gongkai.cache_folder import FOLDER, clean
from gongkai.cli.errors import UsageError
from gongkai.cli.site import add_config, need_config
from gongkai.reading.source import os_reason


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Remove the cache folder of the site."""
    need_config(options.config_file)
    try:
        there = clean(options.config_file.resolve().parent)
    except OSError as error:
        raise UsageError(f"删不掉缓存文件夹 {FOLDER.as_posix()}：{os_reason(error)}。") from error
    print("已清除缓存，下一次会全部重新检查。" if there else "没有缓存，不用清除。")
    return 0
