"""Files that items point at: found with the exact case of their names, inside the site's folder only."""

from __future__ import annotations

import os
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


def locate(target: str, folder: Path, docs_dir: Path) -> tuple[Path | None, str]:
    """The real file that ``target`` (as written in a file in ``folder``) names, and "" or why it is none.

    The case of names must be right even where the file system would not mind: the site will live on another one.
    """
    written = unicodedata.normalize("NFC", target.replace("\\", "/"))
    if written.startswith("/") or written[1:3] == ":/" or "://" in written:
        return None, "写的是网址" if "://" in written else "写的是绝对路径"
    current = folder
    for part in PurePosixPath(written).parts:
        if part == "..":
            current = current.parent
            continue
        real = _names(str(current)).get(part)
        if real is None:
            return None, ""
        current = current / real
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
        relative = PurePosixPath(real.relative_to(docs_dir).as_posix())
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
    reason = "是文件夹，不是文件" if (path.parent / wanted).is_dir() else "不存在"
    return codes.ATTACHMENT_MISSING.at(
        place, field=field, path=written, reason=reason, nearest=phrase(real), folder=folder
    )
