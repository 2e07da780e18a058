"""``gongkai check``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gongkai.cli.errors import UsageError
from gongkai.cli.site import add_config, add_today, need_config, parse_today
from gongkai.model.finding import Severity
from gongkai.outcome import Outcome, check_site
from gongkai.printing import print_findings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("paths", nargs="*", metavar="路径", type=Path, help="只列出这些文件或文件夹里的问题")
    parser.add_argument(
        "--format", choices=("text", "json", "sarif", "github"), default="text", help="输出格式（默认 text）"
    )
    parser.add_argument("--strict", action="store_true", help="有警告也算不通过")
    add_today(parser)
    parser.add_argument("--no-cache", action="store_true", help="不用缓存，全部重新检查")
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Check the site and print what is found in the paths given (everything when there are none)."""
    need_config(options.config_file)
    outcome = check_site(options.config_file, parse_today(options.today), cache=not options.no_cache)
    found = _narrowed(outcome, options.config_file, options.paths)
    print_findings(found, options.format, sys.stdout)
    bad = found.errors + (found.count(Severity.WARNING) if options.strict else 0)
    return 1 if bad else 0


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
