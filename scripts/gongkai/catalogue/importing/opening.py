"""Says what a file is by what it holds, and opens it; everything else about it is refused with the reason."""

from __future__ import annotations

import errno
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from gongkai.catalogue.importing.excel import read_xlsx
from gongkai.catalogue.importing.excel_old import read_xls
from gongkai.catalogue.importing.grid import Opened, Refused
from gongkai.catalogue.importing.text import read_csv, read_text
from gongkai.catalogue.importing.web import read_html
from gongkai.catalogue.importing.word import read_docx
from gongkai.model import Finding
from gongkai.reading.source import decode

MAX_BYTES = 20_000_000
_MAX_UNPACKED = 80_000_000
_MAX_PARTS = 3_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXTS = {".csv": "csv", ".txt": "text", ".md": "text", ".html": "html", ".htm": "html"}
_READERS: dict[str, Callable[[bytes], Opened]] = {
    "xlsx": read_xlsx,
    "xls": read_xls,
    "docx": read_docx,
    "html": read_html,
}
_KNOWN = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".docx": "docx", ".docm": "docx", **_TEXTS}
_NAMES = {
    "xlsx": "Excel 工作簿（.xlsx）", "xls": "旧版 Excel 工作簿（.xls）", "docx": "Word 文档（.docx）", "html": "网页（.html）",
    "csv": "CSV 表格", "text": "文字",
}  # fmt: skip
_USABLE = "可以导入的格式：.xlsx、.xls、.csv、.docx、.html、.txt、.md。"
_ADVICE = {
    "pdf": "这是 PDF 文件，表格的格子读不出来。请向发文单位要 Word 或 Excel 原件。",
    "image": "这是图片或扫描件，不能导入。请向发文单位要 Word 或 Excel 原件。",
    "doc": "这是旧版 Word 文档（.doc）。请用 Word 或 WPS 打开，另存为 .docx 再导入。",
    "rtf": "这是 RTF 文档。请用 Word 或 WPS 打开，另存为 .docx 再导入。",
    "ods": "这是 OpenDocument 文件。请另存为 .xlsx 或 .docx 再导入。",
    "encrypted": "文件有打开密码。请在 Word 或 Excel 中去掉密码（文件 → 信息 → 保护），保存后再导入。",
    "zip": "这是压缩包或别的文件。请先解压，再导入里面的表格。",
    "unknown": f"认不出这是什么文件。{_USABLE}",
}
# What the readers of formats, which trust what they read, raise on files with damage.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    struct.error,
)
_STARTS = (
    (b"%PDF", "pdf"), (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"BM", "image"),
    (b"II*\0", "image"), (b"MM\0*", "image"), (b"{\\rtf", "rtf"),
)  # fmt: skip


def open_file(path: Path) -> Opened:
    """The grids that ``path`` holds. Raises Refused."""
    data = _bytes(path)
    suffix = path.suffix.lower()
    try:
        kind = kind_of(data, suffix)
    except Refused as error:
        raise Refused(f"“{path.name}”不能导入：{error}") from None
    if kind in _ADVICE:
        raise Refused(f"“{path.name}”不能导入：{_ADVICE[kind]}")
    named = _KNOWN.get(suffix)
    if named is None:
        raise Refused(f"“{path.name}”的扩展名是“{suffix or '空的'}”，不知道按什么格式读。{_USABLE}")
    if named != kind:
        ending = {"text": ".txt"}.get(kind, f".{kind}")
        raise Refused(
            f"“{path.name}”的扩展名是 {suffix}，里面却是{_NAMES[kind]}。请用原来的程序打开，另存为正确的格式；或把扩展名改成 {ending} 再导入。"
        )
    try:
        return _open(kind, data, path.name)
    except Refused as error:
        raise Refused(f"“{path.name}”不能导入：{error}") from None
    except _BROKEN as error:
        raise Refused(f"“{path.name}”不能导入：文件已经损坏。请用原来的程序打开后另存一份再导入。") from error
    except RecursionError:
        raise Refused(f"“{path.name}”不能导入：里面套得太深，不像是一张目录表。") from None


def _open(kind: str, data: bytes, name: str) -> Opened:
    if kind in _READERS:
        return _READERS[kind](data)
    text = _text(data, name)
    return read_csv(text) if kind == "csv" else read_text(text)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refused(f"“{path}”是一个文件夹。请写明要导入的文件。")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Refused(
                f"“{path.name}”有 {size / 1_000_000:.0f} MB，超过 {MAX_BYTES // 1_000_000} MB，不像是一张目录表。请只留下目录，去掉图片再导入。"
            )
        data = path.read_bytes()
    except OSError as error:
        if error.errno == errno.ENOENT:
            raise Refused(f"没有“{path}”这个文件。") from None
        raise Refused(f"“{path}”读不出来，可能正被别的程序打开，或没有读取的权限。") from None
    if not data.strip():
        raise Refused(f"“{path.name}”是空文件。")
    return data


def kind_of(data: bytes, suffix: str = "") -> str:
    """What ``data`` is: a key of the formats or of the advice for what cannot be imported."""
    for start, kind in _STARTS:
        if data.startswith(start) and (kind != "image" or b"\0" in data):
            return kind
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    named = _TEXTS.get(suffix)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or (
        suffix not in (".md", ".txt") and re.search(rb"<t(able|r|d)\b", head)
    ):
        return "html"
    if named == "html" and re.search(rb"<(table|body|div|p)\b", data, re.IGNORECASE):
        return "html"
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "unknown"
    return named if named in ("csv", "text") else "text"


def _ole_kind(data: bytes) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return "encrypted"
    if holds("WordDocument"):
        return "doc"
    return "xls" if holds("Workbook") or holds("Book") else "unknown"


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            kind = "xlsx" if "xl/workbook.xml" in names else "docx" if "word/document.xml" in names else None
            if kind is None:
                return "ods" if "content.xml" in names and "mimetype" in names else "zip"
            if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
                raise Refused("文件解开后太大，不像是一张目录表。请只留下目录，去掉图片再导入。")
            if any(part.flag_bits & 1 for part in parts):
                return "encrypted"
            for part in parts:
                _no_document_type(package, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError):
        raise Refused("文件已经损坏，打不开。请重新下载，或用 Word、Excel 打开后另存一份。") from None
    return kind


def _no_document_type(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Office never writes a document type; one can make a small file huge when it is read."""
    if part.filename.endswith((".xml", ".rels")):
        with package.open(part) as stream:
            head = stream.read(4096).replace(b"\0", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise Refused("文件里有不该出现的内容（DOCTYPE）。请用 Word 或 Excel 打开后另存一份再导入。")


def _text(data: bytes, name: str) -> str:
    said: list[Finding] = []
    text = decode(data, name, said.append)
    if text is None:
        raise Refused(f"{said[-1].message}{said[-1].hint}")
    return text
