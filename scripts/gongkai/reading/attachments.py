"""Files that items point at: found with the exact case of their names, inside the site's folder only."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from gongkai.model import Attachment, Place
from gongkai.reading import codes
from gongkai.reading.nearest import nearest, phrase
from gongkai.reading.source import Report


@lru_cache(maxsize=4096)
def _names(folder: str) -> dict[str, str]:
    """Normalised name to real name of the entries of a folder."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names only, as the system spells them
    except OSError:
        return {}
    return {unicodedata.normalize("NFC", name): name for name in names}


def forget_folders() -> None:
    """Drop what is remembered of folders, at the start of each run."""
    _names.cache_clear()
    _within.cache_clear()


@lru_cache(maxsize=4096)
def _within(folder: str, docs_dir: str) -> bool:
    """Whether what lies in ``folder`` lies in the site's folder, as it is written and as it really is."""
    written = Path(folder), Path(docs_dir)
    return all(outer in (inner, *inner.parents) for inner, outer in (written, [path.resolve() for path in written]))


def _is_plain_file(path: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False


def locate(target: str, folder: Path, docs_dir: Path) -> tuple[Path | None, str]:
    """The real file that ``target`` (as written in a file in ``folder``) names, and "" or why it is none.

    The case of names must be right even where the file system would not mind: the site will live on another one.
    """
    written = unicodedata.normalize("NFC", target.replace("\\", "/"))
    if written.startswith("/") or written[1:3] == ":/" or "://" in written:
        return None, "写的是网址" if "://" in written else "写的是绝对路径"
    path = str(folder)
    for part in written.split("/"):
        if part == "..":
            path = str(Path(path).parent)
        elif part not in ("", "."):
            real = _names(path).get(part)
            if real is None:
                return None, ""
            path = os.path.join(path, real)  # noqa: PTH118 - a text is all that is needed until the end, and much cheaper
    current = Path(path)
    if _is_plain_file(path) and _within(os.path.dirname(path), str(docs_dir)):  # noqa: PTH120 - same
        return current, ""
    if docs_dir != current and docs_dir not in current.parents:
        return None, "在站点文件夹之外"
    if docs_dir.resolve() not in current.resolve().parents:
        return None, "是指向站点文件夹之外的快捷方式"
    return (current, "") if current.is_file() else (None, "")


def find_attachments(
    wanted: Iterable[tuple[str, str]], place: Place, path: Path, docs_dir: Path, root: Path, report: Report
) -> tuple[Attachment, ...]:
    """The attachments that the item in ``path`` lists (path and title as written), in their order.

    What is not there is reported at ``place``.
    """
    found: list[Attachment] = []
    for written, title in wanted:
        real, reason = locate(written, path.parent, docs_dir)
        if real is None:
            report(missing(written, reason, place, path, root, field="attachments"))
            continue
        relative = PurePosixPath(str(real)[len(str(docs_dir)) :].replace(os.sep, "/").lstrip("/"))
        found.append(Attachment(relative, title or relative.stem, real.stat().st_size))
    return tuple(found)


def missing(written: str, reason: str, place: Place, path: Path, root: Path, *, field: str | None) -> Any:
    """The finding for a file that is not there or may not be used."""
    if reason:
        return codes.ATTACHMENT_OUTSIDE.at(place, field=field, path=written, reason=reason)
    wanted = PurePosixPath(unicodedata.normalize("NFC", written.replace("\\", "/")))
    target = path.parent / wanted.parent
    names = {n.lower(): n for n in _names(os.path.normpath(target)) if (target / n).is_file() and n != path.name}
    real = [str(wanted.parent / names[n]) for n in nearest(wanted.name.lower(), list(names), limit=1)]
    folder = os.path.relpath(target, root).replace(os.sep, "/")
    reason = "是文件夹，不是文件" if _is_folder(path.parent / wanted) else "不存在"
    return codes.ATTACHMENT_MISSING.at(
        place, field=field, path=written, reason=reason, nearest=phrase(real), folder=folder
    )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # no system could have this name: it is too long
        return False
