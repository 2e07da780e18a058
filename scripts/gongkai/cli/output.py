"""Where commands put what they make."""

from __future__ import annotations

from pathlib import Path

from gongkai.cli.errors import UsageError
from gongkai.reading.source import os_reason
from gongkai.writing import replace_file


def write_whole(path: Path, content: bytes) -> None:
    """Write ``path`` whole or not at all. Raises UsageError with what stands in the way."""
    try:
        replace_file(path, content)
    except OSError as error:
        why = "文件夹不存在" if isinstance(error, FileNotFoundError) else os_reason(error)
        if isinstance(error, PermissionError):
            why = "没有写入权限，或者文件正在 Excel 等程序中打开，请先关闭"
        raise UsageError(f"不能写入“{path}”：{why}。") from None
