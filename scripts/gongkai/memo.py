"""Results of dear pure functions, kept from run to run: a function's name and the digest of all it was given lead to what it gave.

:func:`gongkai.gather.gather` opens the memo of its site; without one open everything is simply computed. What a run did not
ask for is forgotten when the memo is next written.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any, Final, TypeVar

import msgspec

from gongkai.cache_folder import (
    FOLDER,
    cache_folder,
    digest,
    dropped,
    read_kept,
    results_stamp,
    write_kept,
)
from gongkai.model.finding import Finding

Report = Callable[[Finding], None]
NOTHING: Final[Any] = object()
Result = TypeVar("Result")
_FILE = "memo.bin"


def _outof(value: Any) -> str:
    if isinstance(value, PurePath):
        return str(value)
    raise NotImplementedError(type(value))  # so msgspec asks of a hook that does not know a type


ENCODER = msgspec.msgpack.Encoder(enc_hook=_outof)
"""Writes the records of the cache, paths among them."""
_TABLE = msgspec.msgpack.Decoder(dict[bytes, msgspec.Raw])


class Memo:
    """The kept results of one site. Nothing is written before :meth:`save`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[bytes, msgspec.Raw] = {}
        self._used: dict[bytes, msgspec.Raw] = {}
        content = read_kept(root / FOLDER / _FILE, results_stamp())
        if content is not None:
            try:
                self._known = _TABLE.decode(content)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                dropped(root / FOLDER / _FILE, "内容不对")

    def find(self, key: bytes, kind: Any) -> Any:
        """What stands under ``key``, as an object of type ``kind``; :data:`NOTHING` when nothing does."""
        raw = self._used.get(key) or self._known.get(key)
        if raw is None:
            return NOTHING
        try:
            result = decoder(kind).decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError, ValueError):
            return NOTHING
        self._used[key] = raw
        return result

    def put(self, key: bytes, result: object) -> None:
        """Keep ``result`` under ``key``, if it can be kept."""
        try:
            self._used[key] = msgspec.Raw(ENCODER.encode(result))
        except (msgspec.MsgspecError, UnicodeEncodeError, OverflowError, TypeError, ValueError):
            self._used.pop(key, None)

    def save(self) -> None:
        """Write what this run has used, when there is something new among it."""
        if self._used.keys() <= self._known.keys():
            return
        folder = cache_folder(self._root)
        if folder is not None:
            write_kept(folder / _FILE, results_stamp(), ENCODER.encode(self._used))


_open: list[Memo] = []


def open_memo(memo: Memo | None) -> None:
    """From now on results are looked for in ``memo`` only; None: everything is computed."""
    _open[:] = [memo] if memo is not None else []


def remembered(name: str, given: tuple[str | bytes, ...], kind: Any, compute: Callable[[], Result]) -> Result:
    """``compute()``, or what it gave an earlier run under this ``name`` and for what was ``given``; ``kind`` is its type."""
    if not _open:
        return compute()
    memo, key = _open[0], digest(name, *given)
    result: Result = memo.find(key, kind)
    if result is NOTHING:
        result = compute()
        memo.put(key, result)
    return result


def remembered_if_sound(
    name: str,
    given: tuple[str | bytes, ...],
    kind: Any,
    compute: Callable[[Report], Result | None],
    report: Report,
) -> Result | None:
    """:func:`remembered` for what may report findings on its way: with any, or without a result, nothing is kept."""
    key = digest(name, *given) if _open else b""
    result: Result | None = _open[0].find(key, kind) if _open else None
    if _open and result is not NOTHING:
        return result
    said: list[Finding] = []
    result = compute(said.append)
    for finding in said:
        report(finding)
    if _open and result is not None and not said:
        _open[0].put(key, result)
    return result


@lru_cache(maxsize=16)
def decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    """What reads objects of type ``kind`` that :data:`ENCODER` has written, paths among them."""
    return msgspec.msgpack.Decoder(kind, dec_hook=_into)


def _into(kind: type[Any], value: Any) -> Any:
    if issubclass(kind, PurePath) and isinstance(value, str):
        return kind(value)
    raise NotImplementedError(kind)  # as above
