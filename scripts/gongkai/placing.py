"""Putting a finished site in place: built aside first, then two renames, so that the old one stays whole until then."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

_NEW, _OLD, _LOCK = ".gongkai-new", ".gongkai-old", ".gongkai-lock"
_LOCK_SECONDS = 3600


class PlacingError(Exception):
    """The site cannot be put where it should go; the message says why, in Chinese."""


def recover(site_dir: Path) -> None:
    """Bring back the last good site when a build was killed between its two renames."""
    old = _beside(site_dir)[1]
    if old.is_dir() and not site_dir.exists():
        old.rename(site_dir)


def staging_for(site_dir: Path, kept: Iterable[Path]) -> Path:
    """An empty folder beside ``site_dir`` to build into, locked against other builds until :func:`drop` or placing.

    Raises :class:`PlacingError` when ``site_dir`` is one of the ``kept`` folders (or around one), holds files that are no
    site, or is being built by somebody else; OSError when the disk does not take it.
    """
    for folder in kept:
        if site_dir == folder or site_dir in folder.parents:
            raise PlacingError(f"不能把网站生成到“{site_dir.name}”：那里放着站点的内容或目录。请换一个文件夹，如：site")
    if site_dir.exists() and not site_dir.is_dir():
        raise PlacingError(f"“{site_dir.name}”是一个文件，不能生成到那里。请改名或删去它，或换一个文件夹。")
    if site_dir.is_dir() and any(site_dir.iterdir()) and not (site_dir / "index.html").is_file():
        raise PlacingError(f"“{site_dir.name}”里有别的文件，不像是生成过的网站，没有改动。请换一个空文件夹。")
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    _lock(site_dir)
    new, old = _beside(site_dir)
    for leftover in (new, old):
        if leftover.is_dir():
            shutil.rmtree(leftover)
        elif leftover.exists():
            leftover.unlink()
    new.mkdir(parents=True)
    return new


def _lock(site_dir: Path) -> None:
    """Take the lock; one that was left by a killed build an hour ago, or by a process that is gone, is taken over."""
    path = site_dir.with_name(site_dir.name + _LOCK)
    for _ in range(2):
        try:
            with path.open("x", encoding="ascii") as file:
                file.write(str(os.getpid()))
        except FileExistsError:  # noqa: PERF203 - twice at most
            if _in_use(path):
                raise PlacingError("另一个生成正在进行，请等它结束后再试。") from None
            path.unlink(missing_ok=True)
        else:
            return
    raise PlacingError("另一个生成正在进行，请等它结束后再试。")


def _in_use(lock: Path) -> bool:
    try:
        holder, age = lock.read_text("ascii").strip(), time.time() - lock.stat().st_mtime
    except (OSError, UnicodeDecodeError):
        return True
    if age > _LOCK_SECONDS or not holder.isdigit() or int(holder) == os.getpid():
        return not holder and age < 1
    if os.name != "posix":
        return True
    try:
        os.kill(int(holder), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _unlock(site_dir: Path) -> None:
    with contextlib.suppress(OSError):
        site_dir.with_name(site_dir.name + _LOCK).unlink(missing_ok=True)


def put_in_place(staging: Path, site_dir: Path) -> None:
    """Make ``staging`` the site. Where a folder in use cannot be renamed (Windows), its content is replaced instead."""
    _, old = _beside(site_dir)
    try:
        if site_dir.exists():
            site_dir.rename(old)
        staging.rename(site_dir)
    except OSError:
        if old.exists() and not site_dir.exists():
            old.rename(site_dir)
        _replace_content(staging, site_dir)
    for leftover in (old, staging):
        shutil.rmtree(leftover, ignore_errors=True)
    _unlock(site_dir)


def drop(staging: Path, site_dir: Path) -> None:
    """Forget a build that failed."""
    shutil.rmtree(staging, ignore_errors=True)
    _unlock(site_dir)


def _beside(site_dir: Path) -> tuple[Path, Path]:
    return site_dir.with_name(site_dir.name + _NEW), site_dir.with_name(site_dir.name + _OLD)


def _replace_content(staging: Path, site_dir: Path) -> None:
    """Copy file by file, then take away what the new site does not have."""
    fresh = {path.relative_to(staging) for path in staging.rglob("*") if path.is_file()}
    shutil.copytree(staging, site_dir, dirs_exist_ok=True)
    for path in sorted(site_dir.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(site_dir) not in fresh:
            path.unlink()
        elif path.is_dir():
            with contextlib.suppress(OSError):
                path.rmdir()
