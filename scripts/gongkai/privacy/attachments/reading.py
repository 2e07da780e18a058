"""A file's bytes become pieces of text, whatever the file is: chosen by content first, then by name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from gongkai.late import late_module
from gongkai.patterns import regex, regex_bytes
from gongkai.privacy.attachments.pieces import MAX_DEPTH, MAX_FILE, Grid, Piece, UncheckableError
from gongkai.privacy.headings import heading_row

if TYPE_CHECKING:
    import zipfile
else:
    zipfile = late_module("zipfile")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".heic")
_TEXTS = (
    ".csv",
    ".tsv",
    ".txt",
    ".md",
    ".html",
    ".htm",
    ".xml",
    ".json",
    ".svg",
    ".yaml",
    ".yml",
    ".log",
    ".rtf",
    ".tex",
    ".ini",
    ".js",
    ".css",
)
_RTF_CODE = regex(r"\\'([0-9a-f]{2})|\\[a-z]+-?\d* ?|[{}]", re.I)
_ASCII = regex_bytes(rb"[\x20-\x7e\t]{11,}")
_UTF16 = regex_bytes(rb"(?:[\x20-\x7e]\x00){11,}")
Part = Piece | Grid


def is_image(name: str) -> bool:
    """Whether a file is a picture, in which no text can be read."""
    return PurePosixPath(name).suffix.lower() in _IMAGES


def read(name: str, data: bytes, depth: int = 0) -> Iterator[Part]:
    """Pieces and tables of a file. Raises :class:`UncheckableError` when it, or a file inside it, cannot be read."""
    if len(data) > MAX_FILE:
        raise UncheckableError(f"超过 {MAX_FILE // 1_000_000} MB")
    inner: list[tuple[str, bytes]] = []
    for part in _parts(name, data):
        if isinstance(part, tuple):
            inner.append(part)
        else:
            yield part
    failed: list[str] = []
    for inner_name, content in inner:
        yield Piece("包内的文件名", inner_name)
        if is_image(inner_name):
            continue
        try:
            if depth >= MAX_DEPTH:
                raise UncheckableError("压缩包层数太多")
            for part in read(inner_name, content, depth + 1):
                yield _inside(inner_name, part)
        except UncheckableError as error:
            failed.append(f"里面的“{inner_name}”{error}")
    if failed:
        raise UncheckableError("；".join(failed[:3]))


def _inside(name: str, part: Part) -> Part:
    where = f"内含文件“{name}”{part.where}"
    if isinstance(part, Grid):
        return Grid(where, part.rows)
    return Piece(where, part.text, part.heading, part.wrapped, part.cell)


# The readers of each format bring large libraries: they are imported when such a file is read, so that a check starts fast.


def _parts(name: str, data: bytes) -> Iterator[Piece | Grid | tuple[str, bytes]]:
    suffix = PurePosixPath(name).suffix.lower()
    if is_image(name) or not data:
        return
    if data[:1024].lstrip().startswith(b"%PDF"):
        from gongkai.privacy.attachments.pdf import read_pdf  # noqa: PLC0415 - see above

        yield from read_pdf(data)
    elif data.startswith(b"PK\x03\x04"):
        yield from _zip(suffix, data)
    elif data.startswith(_OLE):
        yield from _ole(suffix, data)
    elif suffix in _TEXTS or b"\0" not in data[:4096]:
        yield from _text(suffix, data)
    else:
        yield from _text("", data) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else _raw(data)


def _zip(suffix: str, data: bytes) -> Iterator[Piece | Grid | tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                from gongkai.privacy.attachments.workbook import read_xlsx  # noqa: PLC0415 - see above

                yield from read_xlsx(data)
            elif "[Content_Types].xml" in names or "content.xml" in names or "OFD.xml" in names or suffix == ".ofd":
                yield from _office(data)
            else:
                from gongkai.privacy.attachments import xmlparts  # noqa: PLC0415 - see above

                yield from xmlparts.unpack(archive)
    except zipfile.BadZipFile:
        raise UncheckableError("文件已损坏") from None
    except (NotImplementedError, RuntimeError):
        raise UncheckableError("加了密码，或者用了不认识的压缩方法") from None
    except (OSError, EOFError, ValueError):
        raise UncheckableError("文件已损坏") from None


def _office(data: bytes) -> Iterator[Piece | Grid | tuple[str, bytes]]:
    from gongkai.privacy.attachments.document import read_parts  # noqa: PLC0415 - see above

    seen: set[tuple[str, str]] = set()
    for part in read_parts(data):
        if isinstance(part, Piece):
            if (part.where, part.text) in seen:
                continue
            seen.add((part.where, part.text))
        yield part


def _ole(suffix: str, data: bytes) -> Iterator[Piece | Grid]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UncheckableError("加了密码")
    if suffix in (".xls", ".et"):
        from gongkai.privacy.attachments.workbook import read_xls  # noqa: PLC0415 - see above

        yield from read_xls(data)
    else:
        yield from _raw(data)


def _raw(data: bytes) -> Iterator[Piece]:
    """Numbers that lie openly in a file of an unknown or old format; the file itself counts as not checked."""
    for match in _ASCII.finditer(data):
        yield Piece("文件内部", match[0].decode("ascii"))
    for match in _UTF16.finditer(data):
        yield Piece("文件内部", match[0].decode("utf-16-le"))
    raise UncheckableError("的格式不能完整检查")


def decode(data: bytes) -> str:
    """Text in UTF-8, UTF-16 with a mark, or GB18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _text(suffix: str, data: bytes) -> Iterator[Piece | Grid]:
    text = decode(data)
    if suffix in (".csv", ".tsv"):
        yield from _csv(text, "\t" if suffix == ".tsv" or "\t" in text.partition("\n")[0] else ",")
        return
    if data.startswith(b"{\\rtf"):
        text = _RTF_CODE.sub(lambda m: chr(int(m[1], 16)) if m[1] else "", text)
    for n, line in enumerate(text.splitlines(), 1):
        if line:
            yield Piece(f"第{n}行", line)


def _csv(text: str, delimiter: str) -> Iterator[Piece | Grid]:
    if delimiter == "," and ";" in text.partition("\n")[0] and "," not in text.partition("\n")[0]:
        delimiter = ";"
    try:
        rows = [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error:
        rows = [tuple(line.split(delimiter)) for line in text.splitlines()]
    yield Grid("表格", tuple(rows))
    headings = heading_row(rows)
    for n, row in enumerate(rows, 1):
        for m, cell in enumerate(row):
            if cell:
                heading = headings[m] if headings and m < len(headings) else ""
                yield Piece(f"第{n}行第{m + 1}列", cell, heading, cell=True)
