"""Putting a finished site in place: built aside, then moved in file by file, so that no reader ever meets a broken link.

What is new comes first, then what changed, the home page last of all; then what is no longer there goes. Files that
are the same stay untouched with their time stamps, so that rsync and copies onto USB sticks move only what changed. A
list beside the site says what it is made of while files move: a build killed in the middle is finished by the next.
"""

from __future__ import annotations

import contextlib
import filecmp
import json
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path

_NEW, _LIST, _LOCK = ".gongkai-new", ".gongkai-list", ".gongkai-lock"
_LOCK_SECONDS = 3600
_HOME = "index.html"
_SIGNS = (_HOME, "data/items.json", "catalogue/index.html")
"""One of these is in every site; a folder that has none of them is somebody else's."""
_SMALL = 1 << 20
_TRIES, _PAUSE_SECONDS = 10, 0.2


class PlacingError(Exception):
    """The site cannot be put where it should go; the message says why, in Chinese."""


def recover(site_dir: Path) -> None:
    """Finish the moving in of a build that was killed at it. Does nothing while another build is at work.

    Raises :class:`PlacingError` and OSError as :func:`put_in_place` does.
    """
    if not _beside(site_dir, _LIST).exists():
        return
    try:
        _lock(site_dir)
    except PlacingError:
        return
    try:
        _move_in(site_dir)
    finally:
        _unlock(site_dir)


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
    if any(_shown_in(site_dir)) and not any((site_dir / name).is_file() for name in _SIGNS):
        raise PlacingError(f"“{site_dir.name}”里有别的文件，不像是生成过的网站，没有改动。请换一个空文件夹。")
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    _lock(site_dir)
    new = _beside(site_dir, _NEW)
    _beside(site_dir, _LIST).unlink(missing_ok=True)
    _remove(new)
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
        except OSError:  # a full disk: an empty lock would keep the next build out for a moment
            _unlock(site_dir)
            raise
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


def put_in_place(
    staging: Path, site_dir: Path, kept: Collection[str] = (), then: Callable[[], None] = lambda: None
) -> None:
    """Make ``staging`` the site, together with those files of the old one that are ``kept`` (relative, with ``/``).

    ``then`` is called at the end, before another build may begin. Names at the top of the site that start with a dot
    (``.git``, say) are nobody's business here.

    Raises :class:`PlacingError` when a file stays locked by another program (the next build goes on from there),
    OSError when the disk does not take it.
    """
    try:
        if not site_dir.exists():
            if kept:
                raise PlacingError(f"“{site_dir.name}”在生成的时候被删去了。请再生成一次。")
            staging.rename(site_dir)
        else:
            files = sorted({*_files_in(staging), *kept})
            half = _beside(site_dir, _LIST + "~")
            half.write_text(json.dumps(files, ensure_ascii=False), "utf-8")
            half.replace(_beside(site_dir, _LIST))
            _move_in(site_dir)
        then()
    finally:
        _unlock(site_dir)


def drop(staging: Path, site_dir: Path) -> None:
    """Forget a build that failed; one that has begun to move in is left for the next to finish."""
    if not _beside(site_dir, _LIST).exists():
        shutil.rmtree(staging, ignore_errors=True)
    _unlock(site_dir)


def _beside(site_dir: Path, ending: str) -> Path:
    return site_dir.with_name(site_dir.name + ending)


def _shown_in(folder: Path) -> Iterator[Path]:
    """What lies in a folder, hidden names left out."""
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if not path.name.startswith("."))


def _move_in(site_dir: Path) -> None:
    """Bring the site to what the list says, from what is still in the staging folder."""
    staging, listed = _beside(site_dir, _NEW), _beside(site_dir, _LIST)
    try:
        files: list[str] = json.loads(listed.read_text("utf-8"))
    except ValueError:  # not ours
        listed.unlink()
        return
    staged = set(_files_in(staging))
    waiting = [file for file in files if file in staged]
    new = [file for file in waiting if not (site_dir / file).is_file()]
    known = set(new)
    changed = [f for f in waiting if f not in known and not _same(staging / f, site_dir / f)]
    for file in (*sorted(new, key=_pages_last), *sorted(changed, key=_home_last)):
        _patiently(partial(_move, staging, site_dir, file), file)
    fresh = {os.path.normcase(file) for file in files}
    for path in _shown_in(site_dir):
        _sweep(path, os.path.normcase(path.name), fresh)
    _remove(staging)
    listed.unlink(missing_ok=True)


def _files_in(top: Path) -> Iterator[str]:
    """The files in a folder and all below it, relative to it, with ``/``."""
    for folder, _, names in os.walk(top):
        inside = Path(folder).relative_to(top).as_posix()
        prefix = "" if inside == "." else f"{inside}/"
        yield from (prefix + name for name in names)


def _same(one: Path, other: Path) -> bool:
    """Whether two files hold the same; small ones are read in one go, which is twice as fast as piece by piece."""
    size = one.stat().st_size
    if size != other.stat().st_size:
        return False
    return one.read_bytes() == other.read_bytes() if size <= _SMALL else filecmp.cmp(one, other, shallow=False)


def _pages_last(file: str) -> tuple[bool, str]:
    return file.endswith(".html"), file


def _home_last(file: str) -> tuple[bool, str]:
    return file == _HOME, file


def _move(staging: Path, site_dir: Path, file: str) -> None:
    target = site_dir / file
    for folder in reversed(target.relative_to(site_dir).parents[:-1]):
        if (site_dir / folder).is_file():  # the old site has a file where the new one has a folder
            (site_dir / folder).unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        shutil.rmtree(target)
    (staging / file).replace(target)


def _sweep(path: Path, name: str, fresh: set[str]) -> None:
    """Take away a file that is not of the site, and folders that are empty then. ``name`` is what ``fresh`` would call it."""
    if path.is_dir() and not path.is_symlink():
        for inner in sorted(os.listdir(path)):  # noqa: PTH208 - names only: most files stay
            below = f"{name}{os.path.normcase('/')}{os.path.normcase(inner)}"
            if below not in fresh:
                _sweep(path / inner, below, fresh)
        with contextlib.suppress(OSError):
            path.rmdir()
    elif name not in fresh:
        _patiently(path.unlink, path.name)


def _patiently(work: Callable[[], None], name: str) -> None:
    """Do ``work``; a file that another program holds open (Windows) gets a little time."""
    for _ in range(_TRIES):
        try:
            return work()
        except PermissionError:  # noqa: PERF203 - the rare case
            time.sleep(_PAUSE_SECONDS)
    raise PlacingError(f"“{name}”正被别的程序占用，网站只更新了一部分。请关闭打开它的程序，再生成一次，会接着更新。")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
