"""PDF files: the text layer, notes, form fields, bookmarks and properties."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from gongkai.privacy.attachments.pieces import Piece, UncheckableError

logging.getLogger("pypdf").setLevel(logging.ERROR)


def read_pdf(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """Texts of a PDF file, its embedded files as name and content."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UncheckableError("加了密码")
        yield from _read(reader)
    except UncheckableError:
        raise
    except DependencyError:
        raise UncheckableError("加了密码") from None
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        AssertionError,
    ):
        raise UncheckableError("文件已损坏") from None


def _read(reader: pypdf.PdfReader) -> Iterator[Piece | tuple[str, bytes]]:
    blank = []
    for n, page in enumerate(reader.pages, 1):
        text = page.extract_text() or ""
        if not text.strip() and _has_images(page):
            blank.append(n)
        yield Piece(f"第{n}页", text, wrapped=True)
        yield from _notes(page, n)
    for value in (reader.metadata or {}).values():
        yield Piece("文件属性", str(value))
    if reader.xmp_metadata is not None:
        yield Piece("文件属性", reader.xmp_metadata.stream.get_data().decode("utf-8", "replace"))
    for field, value in (reader.get_form_text_fields() or {}).items():
        yield Piece("表单", f"{field}：{value or ''}")
    for title in _titles(reader.outline):
        yield Piece("书签", title)
    for name, contents in reader.attachments.items():
        yield from ((name, content) for content in contents)
    if blank:
        pages = "、".join(str(n) for n in blank[:5]) + ("等" if len(blank) > 5 else "")
        raise UncheckableError(f"第{pages}页是扫描的图片，没有文字层")


def _notes(page: Any, n: int) -> Iterator[Piece]:
    """Comments, fields and links of a page."""
    for note in page.get("/Annots") or ():
        thing = note.get_object()
        for key in ("/Contents", "/T", "/V", "/TU"):
            if isinstance(thing.get(key), str):
                yield Piece(f"第{n}页的批注或表单", thing[key])
        action = thing.get("/A")
        uri = action.get_object().get("/URI") if action is not None else None
        if isinstance(uri, str):
            yield Piece(f"第{n}页的链接", uri)


def _has_images(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    return bool(objects)


def _titles(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        elif entry.title:
            yield str(entry.title)
