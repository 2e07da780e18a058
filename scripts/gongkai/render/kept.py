"""What takes long to make and seldom changes, kept from build to build in the site's cache folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gongkai.cache_folder import cache_folder, digest, read_kept, results_stamp, switched_off, write_kept


def kept(root: Path, name: str, made_of: str, make: Callable[[], bytes]) -> bytes:
    """What ``make`` gives, from the cache of the site in ``root`` when it was made of the same the last time.

    ``made_of`` says everything that it depends on, besides this program and its libraries.
    """
    folder = None if switched_off() else cache_folder(root)
    if folder is None:
        return make()
    path, stamp, key = folder / name, results_stamp(), digest(made_of)
    old = read_kept(path, stamp)
    if old is not None and old.startswith(key):
        return old[len(key) :]
    content = make()
    write_kept(path, stamp, key + content)
    return content
