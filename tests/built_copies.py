"""Offline copies: the command that makes them, and a small made-up site as a build leaves it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from gongkai.offline.making import Copy

NAME = "公开栏-示范镇-2026-11-20"
"""The name of the demonstration's copy."""

COPY = Copy("示范镇", "示范镇政府信息公开", "https://www.example.gov.cn/", "2026-11-20")


def run(*arguments: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """``gongkai offline`` as a clerk types it."""
    command = [sys.executable, "-m", "gongkai", "offline", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def write_built(folder: Path, items: dict[str, str]) -> Path:
    """A folder as a build leaves it, with these items."""
    files = {
        "index.html": "<h1>首页</h1></body>",
        "404.html": "x",
        "feed.xml": "<feed/>",
        "sw.js": "x",
        "manifest.json": "{}",
        "data/items.json": json.dumps({"items": list(items)}),
        **{f"items/{name}.html": f"<h1>{text}</h1></body>" for name, text in items.items()},
        **{f"items/{name}/表.docx": text for name, text in items.items()},
        "search/data/start.bin": "start",
    }
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def names_in(folder: Path) -> set[str]:
    """Every file of a folder, by its path."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
