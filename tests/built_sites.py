"""Small sites that tests build, and the items in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from browser import build
from sites import ITEM


def good_build(config: Path, **options: Any) -> Path:
    """Build and return the site folder."""
    done = build(config, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return config.parent / "site"


def item(**changes: str | None) -> str:
    """The valid item with keys of its front matter replaced, added, or (None) taken away."""
    lines = ITEM.split("---\n")[1].splitlines()
    for key, value in changes.items():
        lines = [line for line in lines if not line.startswith(f"{key}:")]
        if value is not None:
            lines.append(f"{key}: {value}")
    body = changes.get("body") or "全镇共有最低生活保障对象 27 户 31 人。\n"
    return "---\n" + "\n".join(line for line in lines if not line.startswith("body:")) + "\n---\n" + body
