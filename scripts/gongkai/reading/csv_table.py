"""A table's bytes become rows: the encodings and separators that Excel writes, and where the headings stand."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import NamedTuple

from gongkai.model.request import RawCell
from gongkai.reading.csv_column import Column, fold
from gongkai.reading.source import MAX_BYTES, os_reason

_SEPARATORS = (",", "\t", ";", "，")
_HEADING_ROWS = 10


class Line(NamedTuple):
    """A row of the file: the line on which it starts, and its cells."""

    number: int
    cells: tuple[str, ...]


class Unreadable(ValueError):  # noqa: N818 - the name says what is the matter
    """Why bytes are no table, in Chinese, with what to do."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason, self.advice = reason, advice


def files_in(folder: Path) -> list[Path]:
    """What lies in a folder of tables, sorted; hidden files and those that Excel makes for itself are left out. Raises Unreadable."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~")))
    except OSError as error:
        raise Unreadable(os_reason(error), "请检查文件夹的读取权限。") from error


def rows_of(path: Path, what: str) -> list[Line]:
    """The rows of a table that is called ``what`` (登记簿). Raises Unreadable."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(f"文件超过 5 MB，不像是{what}", "请核对文件；一年一个文件。")
        return lines(decode(path.read_bytes()))
    except OSError as error:
        raise Unreadable(os_reason(error), "请关闭正在打开它的程序再试。") from error


def raw_cells(file: str, header: tuple[str, ...], row: Line) -> list[RawCell]:
    """The cells of a row that hold something, each with the heading above it."""
    named = ((header[k] if k < len(header) else "", text) for k, text in enumerate(row.cells))
    return [RawCell(file, row.number, heading, text) for heading, text in named if text]


def decode(data: bytes) -> str:
    """Text out of UTF-8 (with or without BOM), UTF-16 with BOM or GB18030, as Excel and Notepad save it.

    GB18030 may be taken for granted here, unlike in items: headings that are known words prove it. Raises Unreadable.
    """
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise Unreadable("这是 Excel 文件，只是改了后缀", "请在 Excel 中“另存为”，类型选“CSV UTF-8（逗号分隔）”。")
    codecs = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for codec in codecs:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise Unreadable(
        "不是文字文件，或者已经损坏", "请在 Excel 中重新“另存为”，类型选“CSV UTF-8（逗号分隔）”，再替换这个文件。"
    )


def lines(text: str) -> list[Line]:
    """The rows of a table with commas, tabs or semicolons, empty ones left out. Raises Unreadable."""
    head = [line for line in text.splitlines() if line.strip()][:_HEADING_ROWS]
    separator = max(_SEPARATORS, key=lambda s: max((line.count(s) for line in head), default=0))
    # Strict, for else a quotation mark without its fellow would swallow all lines below it, and nobody would know.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found, start = [], 1
    try:
        for row in reader:
            cells = tuple(cell.strip() for cell in row)
            if any(cells):
                found.append(Line(start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            f"第 {start} 行的引号没有成对，或者后一个引号后面还有字",
            "请在 Excel 中打开核对，另存为“CSV UTF-8（逗号分隔）”；用记事本改的，一格里有引号要写成两个，整格再加一对引号。",
        ) from error
    return found


def twice(header: tuple[str, ...], columns: tuple[Column, ...]) -> list[str]:
    """Headings of ``columns`` that stand more than once: which of the cells counts nobody can say."""
    folded = [fold(cell) for cell in header]
    return [
        column.heading
        for column in columns
        if column.key != "note" and any(folded.count(fold(name)) > 1 for name in (column.heading, *column.aliases))
    ]


def heading_line(rows: list[Line], columns: tuple[Column, ...]) -> int | None:
    """Which of the first rows holds the headings: the one with the most known ones, two at least."""
    known = {fold(name) for column in columns for name in (column.heading, *column.aliases)}
    best, most = None, 1
    for n, row in enumerate(rows[:_HEADING_ROWS]):
        found = sum(fold(cell) in known for cell in row.cells)
        if found > most:
            best, most = n, found
    return best


def places(header: tuple[str, ...], columns: tuple[Column, ...]) -> dict[str, int]:
    """Which cell holds which column, by heading first, then by other headings in their order."""
    folded = [fold(cell) for cell in header]
    found: dict[str, int] = {}
    for column in columns:
        for name in (column.heading, *column.aliases):
            if fold(name) in folded and folded.index(fold(name)) not in found.values():
                found[column.key] = folded.index(fold(name))
                break
    return found
