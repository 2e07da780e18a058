"""Results of dear pure functions, kept from run to run: a function's name and the digest of all it was given lead to what it gave.

:func:`gongkai.gather.gather` opens the memo of its site; without one open everything is simply computed. What a run did not
ask for is forgotten when the memo is next written.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from gongkai.cache_folder import (
    FOLDER,
    cache_folder,
    digest,
    dropped,
    library_stamp,
    program_stamp,
    read_kept,
    write_kept,
)

Result = TypeVar("Result")
_FILE = "memo.bin"
_ENCODER = msgspec.msgpack.Encoder()
_TABLE = msgspec.msgpack.Decoder(dict[bytes, msgspec.Raw])


class Memo:
    """The kept results of one site. Nothing is written before :meth:`save`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[bytes, msgspec.Raw] = {}
        self._used: dict[bytes, msgspec.Raw] = {}
        content = read_kept(root / FOLDER / _FILE, _stamp())
        if content is not None:
            try:
                self._known = _TABLE.decode(content)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                dropped(root / FOLDER / _FILE, "内容不对")

    def get(self, key: bytes, kind: Any, compute: Callable[[], Result]) -> Result:
        """What stands under ``key``, as an object of type ``kind``; computed when nothing does."""
        raw = self._used.get(key) or self._known.get(key)
        if raw is not None:
            try:
                result: Result = _decoder(kind).decode(raw)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                raw = None
            else:
                self._used[key] = raw
                return result
        result = compute()
        try:
            self._used[key] = msgspec.Raw(_ENCODER.encode(result))
        except (msgspec.MsgspecError, UnicodeEncodeError, TypeError, ValueError):
            self._used.pop(key, None)
        return result

    def save(self) -> None:
        """Write what this run has used, when there is something new among it."""
        if self._used.keys() <= self._known.keys():
            return
        folder = cache_folder(self._root)
        if folder is not None:
            write_kept(folder / _FILE, _stamp(), _ENCODER.encode(self._used))


_open: list[Memo] = []


def open_memo(memo: Memo | None) -> None:
    """From now on results are looked for in ``memo`` only; None: everything is computed."""
    _open[:] = [memo] if memo is not None else []


def remembered(name: str, given: tuple[str | bytes, ...], kind: Any, compute: Callable[[], Result]) -> Result:
    """``compute()``, or what it gave an earlier run under this ``name`` and for what was ``given``; ``kind`` is its type."""
    return _open[0].get(digest(name, *given), kind, compute) if _open else compute()


@lru_cache(maxsize=16)
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


def _stamp() -> bytes:
    return digest(program_stamp(), library_stamp())
