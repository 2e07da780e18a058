"""``gongkai check``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from gongkai.cli.errors import UsageError
from gongkai.model.finding import Severity
from gongkai.outcome import Outcome, check_site
from gongkai.printing import print_findings


def check(
    config_file: Path, paths: list[Path], style: str, *, strict: bool, today: str | None, cache: bool = True
) -> int:
    """Check the site of ``config_file`` and print what is found in ``paths`` (everything when there are none)."""
    need_config(config_file)
    found = _narrowed(check_site(config_file, parse_today(today), cache=cache), config_file, paths)
    print_findings(found, style, sys.stdout)
    bad = found.errors + (found.count(Severity.WARNING) if strict else 0)
    return 1 if bad else 0


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


def _narrowed(found: Outcome, config_file: Path, paths: list[Path]) -> Outcome:
    if not paths:
        return found
    root = config_file.resolve().parent
    wanted: list[str] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"没有“{path}”这个文件或文件夹。")
        try:
            wanted.append(path.resolve().relative_to(root).as_posix())
        except ValueError:
            raise UsageError(f"“{path}”不在站点文件夹里。") from None

    def inside(file: str) -> bool:
        return any(w in (".", file) or file.startswith(w + "/") for w in wanted)

    files = tuple(file for file in found.files if inside(file))
    return Outcome(files, [f for f in found.findings if inside(f.file)])
