"""Files that are written whole or not at all, and thousands of new ones fast."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def write_new(path: Path | str, *contents: bytes) -> None:
    """Write a file by its handle: for thousands of small ones twice as fast as a file object. Raises OSError."""
    handle = os.open(path, _NEW_FILE, 0o666)
    try:
        for content in contents:
            left = memoryview(content)
            while left:
                left = left[os.write(handle, left) :]
    finally:
        os.close(handle)


def replace_file(path: Path, *contents: bytes) -> None:
    """Write beside ``path``, then put in its place, so that there never is half a file; the rights of an old one stay.

    Where ``path`` is a link, the file it leads to is replaced. Raises OSError; the old file is untouched then.
    """
    real = path.resolve()
    aside = real.with_name(f".{real.name}.{os.getpid()}.part")
    try:
        write_new(aside, *contents)
        if real.exists():
            shutil.copymode(real, aside)
        aside.replace(real)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
