"""A file's bytes become text with plain line ends, or a finding says why they cannot."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from gongkai.model import Finding, Place
from gongkai.reading import codes

MAX_BYTES = 5_000_000
_BOM = b"\xef\xbb\xbf"
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

Report = Callable[[Finding], None]

_REASONS = {
    errno.ENOENT: "文件不存在，或链接已失效",
    errno.EACCES: "没有读写的权限",
    errno.EPERM: "没有读写的权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘读写出错",
    errno.EISDIR: "这是一个文件夹，不是文件",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
}


def os_reason(error: OSError) -> str:
    """Why the system refuses, in Chinese."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


def read_text(path: Path, file: str, report: Report) -> str | None:
    """Read ``path`` as UTF-8 text with plain line ends.

    ``file`` is the name used in findings (relative, with ``/``). Returns None after reporting a file that
    cannot be read; BOM and CRLF are reported as notes and taken away.
    """
    data = read_data(path, file, report)
    return decode(data, file, report) if data is not None else None


def read_data(path: Path, file: str, report: Report) -> bytes | None:
    """The bytes of a text file; None after reporting why there are none to be had."""
    data = _at_once(path)
    if data is not None:
        return data
    place = Place(file)
    if path.is_dir():
        advice = "文件夹的名字请不要以 .md 结尾。"
        report(codes.UNREADABLE.at(place, reason="这是一个文件夹，不是文件", advice=advice))
        return None
    try:
        if path.stat().st_size > MAX_BYTES:
            advice = "请把大表格、图片做成附件，正文只写要点。"
            report(codes.UNREADABLE.at(place, reason="文件超过 5 MB，不像是一篇文字", advice=advice))
            return None
        return path.read_bytes()
    except OSError as error:
        advice = "请检查文件是否被别的程序占用、是否有权限读取，或链接是否已失效。"
        report(codes.UNREADABLE.at(place, reason=os_reason(error), advice=advice))
        return None


def _at_once(path: Path) -> bytes | None:
    """The bytes of an ordinary file, in four calls of the system; None for all that has to be looked at with care."""
    try:
        opened = os.open(path, _READ)
    except (OSError, ValueError):
        return None
    try:
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
            return None
        data = os.read(opened, found.st_size + 1)
    except OSError:
        return None
    finally:
        os.close(opened)
    return data if len(data) == found.st_size else None


def decode(data: bytes, file: str, report: Report) -> str | None:
    """Bytes to text; None after reporting that they are none."""
    if data.startswith(_BOM):
        report(codes.BOM.at(Place(file)))
        data = data[len(_BOM) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report(codes.NOT_UTF8.at(Place(file, line), guess=_guess(data)))
        return None
    if b"\0" in data:
        advice = "这可能是改了后缀的 Word、Excel 或图片文件；请另存为纯文本，或作为附件。"
        report(codes.UNREADABLE.at(Place(file), reason="里面有二进制内容，不是文字文件", advice=advice))
        return None
    if b"\r" in data:
        lone = text.replace("\r\n", "")
        mixed = "，而且与普通换行混用" if "\n" in lone or "\r" in lone else ""
        report(codes.CRLF.at(Place(file), mixed=mixed))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _guess(data: bytes) -> str:
    if data.startswith(_UTF16):
        return "看起来是 UTF-16（“Unicode”）编码"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return "也不是 GB18030，可能已经损坏"
    common = sum("\u4e00" <= ch <= "\u9fff" for ch in text)
    return "看起来是 GB18030（GBK、ANSI）编码" if common else "编码不明"
