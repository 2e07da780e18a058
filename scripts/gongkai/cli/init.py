"""``gongkai init``: a new township's site in an empty folder."""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from pathlib import Path

from gongkai.cli.errors import UsageError
from gongkai.reading.source import os_reason
from gongkai.resources import starter_dir

DEFAULT_NAME = "示范镇"
_SUFFIXES = ("镇", "乡", "街道", "办事处", "苏木")
_TEXTS = {".md", ".yml", ".yaml"}
# Names that wheels and version control would treat as their own are stored without the dot.
_DOTTED = {"gitignore": ".gitignore", "gitattributes": ".gitattributes", "github": ".github"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, metavar="文件夹", help="站点文件夹，不存在时自动新建")
    parser.add_argument("--name", metavar="名称", help="乡镇简称，如：示范镇")


def run(options: argparse.Namespace) -> int:
    """Make a new site in a folder that is empty or does not exist. All or nothing is written."""
    folder: Path = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"“{folder}”不是空文件夹，没有写入任何内容。请换一个新文件夹。")
    township = options.name or _name_of(folder.resolve().name)
    if not re.fullmatch(r"[\w·（）]{1,30}", township):
        raise UsageError(f"乡镇名称“{township}”里有特殊符号或太长，请只用汉字，如：gongkai init {folder} --name 示范镇")
    try:
        beside = folder.resolve().parent
        beside.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            dir=folder if folder.exists() else beside, prefix=".gongkai-init-"
        ) as temporary:
            new = Path(temporary) / "site"
            _copy(starter_dir(), new, township)
            if folder.exists():  # it may be the working folder, which must stay the one it is
                for path in list(new.iterdir()):
                    path.rename(folder / path.name)
            else:
                new.rename(folder)
    except OSError as error:
        raise UsageError(f"不能写入“{folder}”：{os_reason(error)}。") from error
    print(f"已在“{folder}”新建{township}的公开栏。接下来：")
    print(f"  1. 进入文件夹：cd {_shell(folder)}")
    print("  2. 打开 mkdocs.yml，填写本镇的名称、单位和联系方式")
    print("  3. 看效果：gongkai serve        生成网站：mkdocs build")
    print("  4. 写第一条信息：gongkai new")
    return 0


def _name_of(folder: str) -> str:
    """The folder's name up to its last 镇, 乡 or 街道; else the demonstration's name."""
    for suffix in _SUFFIXES:
        if suffix in folder:
            return folder[: folder.index(suffix) + len(suffix)].strip().replace(" ", "")
    return DEFAULT_NAME


def _copy(source: Path, target: Path, township: str) -> None:
    for path in sorted(source.rglob("*")):
        parts = [_DOTTED.get(part, part) for part in path.relative_to(source).parts]
        to = target.joinpath(*parts)
        if path.is_dir():
            to.mkdir(parents=True, exist_ok=True)
        elif path.suffix in _TEXTS:
            to.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text("utf-8").replace(DEFAULT_NAME, township)
            to.write_text(text, "utf-8", newline="\n")
        else:
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)


def _shell(folder: Path) -> str:
    return f'"{folder}"' if " " in str(folder) else str(folder)
