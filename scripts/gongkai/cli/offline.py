"""``gongkai offline``: the site as a folder and a .zip that work without a network; checks of such copies; updates."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from gongkai import clock
from gongkai.cli.errors import UsageError
from gongkai.cli.site import add_config, add_today, need_config
from gongkai.model import Finding
from gongkai.offline import FOLDER, SWITCH, Copy, Made, OfflineError, base_of, make_copy, make_update, verify
from gongkai.offline.manifest import ManifestError, Problem
from gongkai.reading.settings import Settings, load_settings

_WORDS = {
    "missing": "缺少",
    "changed": "内容不对",
    "unreadable": "读不出来",
    "withdrawn": "已经撤下，但旧文件还在",
}
_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "-o", "--output", type=Path, metavar="文件夹", help=f"副本放在哪里（默认 mkdocs.yml 旁边的 {FOLDER}）"
    )
    parser.add_argument("--since", type=Path, metavar="旧副本", help="另做一个更新包，只含比这个旧副本新的文件")
    parser.add_argument("--site", type=Path, metavar="文件夹", help="用已经生成好的网站，不再生成一次")
    parser.add_argument("--verify", type=Path, metavar="副本", help="只核对一个副本（文件夹或 .zip）是否完整")
    add_today(parser)
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Make a copy (and an update), or check one; 1 when the site has errors or the copy is not whole."""
    if options.verify is not None:
        return _verify(options.verify)
    need_config(options.config_file)
    findings: list[Finding] = []
    settings = load_settings(options.config_file, findings.append)
    if settings is None:
        raise UsageError("\n".join(f"{f.file}:{f.line} {f.message}" for f in findings))
    today = _day(options.today)
    out = (options.output or settings.root / FOLDER).resolve()
    _keep_apart(out, settings)
    copy = Copy.of(settings, today)
    try:
        older = base_of(options.since, copy) if options.since is not None else None
        if options.site is not None:
            made = make_copy(options.site, out, copy)
        else:
            with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as folder:
                site = Path(folder) / "site"
                if code := _build(options.config_file, site, today):
                    return code
                made = make_copy(site, out, copy)
        _say(made)
        if older is not None:
            _say_update(make_update(made, older, out))
    except OfflineError as error:
        raise UsageError(str(error)) from error
    return 0


def _day(given: str | None) -> dt.date:
    try:
        return clock.today(dt.date.fromisoformat(given) if given else None)
    except ValueError:
        raise UsageError(f"日期“{given}”写得不对，请写成 2026-11-20 的形式。") from None


def _keep_apart(out: Path, settings: Settings) -> None:
    for folder, what in ((settings.docs_dir, "内容"), (settings.site_dir, "网站"), (settings.catalogue_dir, "目录")):
        if out == folder or folder in out.parents:
            raise UsageError(f"不能把副本放在“{folder.name}”里，那是{what}文件夹。请换一个文件夹，如：-o {FOLDER}")


def _build(config_file: Path, site: Path, today: dt.date) -> int:
    """The exit code of ``mkdocs build`` into ``site``; 1 for any failure."""
    variables = {SWITCH: "0", "NO_MKDOCS_2_WARNING": "1", "GONGKAI_TODAY": today.isoformat()}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config_file), "-d", str(site)]
    return 1 if subprocess.run(command, check=False, env={**os.environ, **variables}).returncode else 0


def _say(made: Made) -> None:
    counts = made.manifest.counts
    print(f"离线副本做好了：{made.folder}")
    print(f"压缩包：{made.archive}（{_size(made.archive.stat().st_size)}）")
    print(
        f"内容截至 {made.manifest.date}，公开信息 {counts['items']} 条，网页 {counts['pages']} 个。双击“打开.html”就能看。"
    )


def _say_update(update: Made | None) -> None:
    if update is None:
        print("和旧副本相比没有变化，不用做更新包。")
        return
    manifest = update.manifest
    assert manifest.base is not None
    print(f"更新包：{update.archive}（{_size(update.archive.stat().st_size)}），用在 {manifest.base.date} 的副本上：")
    print(
        f"  变化的文件 {len(manifest.changed)} 个，撤下的文件 {len(manifest.removed)} 个，用法见里面的“怎样更新.txt”。"
    )


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.0f} KB"


def _verify(path: Path) -> int:
    try:
        verdict = verify(path)
    except ManifestError as error:
        raise UsageError(str(error)) from error
    manifest = verdict.manifest
    what = "更新包" if verdict.update else "离线副本"
    print(f"{manifest.site_name}（{what}），内容截至 {manifest.date}，共 {len(manifest.files)} 个文件。")
    _list(verdict.problems)
    if verdict.extras:
        names = "、".join(problem.name for problem in verdict.extras[:3])
        print(
            f"另有 {len(verdict.extras)} 个文件不是副本里的（{names}{'等' if len(verdict.extras) > 3 else ''}），不影响使用。"
        )
    if verdict.problems:
        print(f"不完整：{len(verdict.problems)} 个文件有问题。请重新复制整个文件夹，等复制完再拔出U盘。")
        return 1
    print("完整：每个文件都在，内容都对。")
    return 0


def _list(problems: tuple[Problem, ...]) -> None:
    for problem in problems[:_SHOWN]:
        print(f"  {_WORDS[problem.kind]}：{problem.name}")
    if len(problems) > _SHOWN:
        print(f"  ……还有 {len(problems) - _SHOWN} 个")
