"""Putting a finished site in place: built aside first, then two renames, so that the old one stays whole until then."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

_NEW, _OLD = ".gongkai-new", ".gongkai-old"


def staging_for(site_dir: Path) -> Path:
    """An empty folder beside ``site_dir`` to build into; what an interrupted build left there is put right first."""
    new, old = _beside(site_dir)
    if old.exists() and not site_dir.exists():
        old.rename(site_dir)
    for leftover in (new, old):
        if leftover.exists():
            shutil.rmtree(leftover)
    new.mkdir(parents=True)
    return new


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


def drop(staging: Path) -> None:
    """Forget a build that failed."""
    shutil.rmtree(staging, ignore_errors=True)


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
