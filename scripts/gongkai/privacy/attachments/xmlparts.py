"""Texts out of the XML parts of office files (.docx .pptx .xlsx .odt .ods .ofd), the hidden ones too."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from gongkai.late import late_module
from gongkai.patterns import regex
from gongkai.privacy.attachments.pieces import MAX_MEMBERS, MAX_UNPACKED, UncheckableError

etree = late_module("lxml.etree")
_PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": False, "recover": True}
_ATTRIBUTES = frozenset(
    [
        "descr",
        "title",
        "name",
        "Target",
        "val",
        "author",
        "initials",
        "display",
        "tooltip",
        "prompt",
        "promptTitle",
        "error",
        "errorTitle",
        "v",
        "s",
        "string",
        "instr",
        "alt",
        "tag",
        "alias",
        "href",
        "displayName",
        "userId",
        "providerId",
        "location",
        "formatCode",
    ]
)
# Blocks whose runs of text belong together: paragraphs, strings, comments, cells.
_BLOCKS = frozenset(("p", "si", "text", "is", "h", "lpwstr", "oddHeader", "oddFooter", "evenHeader", "evenFooter"))
_LONG = regex(r"[\d*＊]|[@＠]")


def unpack(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the members of an archive, within limits against archive bombs."""
    total = 0
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise UncheckableError(f"里面的文件超过 {MAX_MEMBERS} 个")
    for member in members:
        if member.is_dir():
            continue
        if member.flag_bits & 1:
            raise UncheckableError("加了密码")
        total += member.file_size
        if total > MAX_UNPACKED:
            raise UncheckableError("解压后太大")
        with archive.open(member) as stream:
            data = stream.read(member.file_size + 1)
        yield name_of(member), data


def name_of(member: zipfile.ZipInfo) -> str:
    """The name of a member; Windows writes Chinese names as GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def parse(data: bytes) -> Any:
    """The root of an XML part, or None. Entities are not resolved and nothing is fetched."""
    try:
        return etree.fromstring(data, etree.XMLParser(**_PARSER))
    except (etree.XMLSyntaxError, ValueError):
        return None


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def texts(root: Any) -> Iterator[str]:
    """All texts of an XML part, runs of one paragraph joined, then the telling attributes."""
    yield from _blocks(root)
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] in _ATTRIBUTES and _LONG.search(value):
                yield value


def _blocks(root: Any) -> Iterator[str]:
    loose: list[str] = []
    for element in root:
        if local(element) in _BLOCKS:
            yield block_text(element)
            yield from (
                block_text(inner) for inner in element.iter() if inner is not element and local(inner) in _BLOCKS
            )
        elif len(element):
            yield from _blocks(element)
        elif element.text:
            loose.append(element.text)
    if root.text and root.text.strip():
        loose.insert(0, root.text)
    yield from loose


def block_text(block: Any) -> str:
    """The text of a paragraph or string without that of the paragraphs inside it (text boxes)."""
    parts: list[str] = []
    _collect(block, parts)
    return "".join(parts)


def _collect(element: Any, parts: list[str]) -> None:
    if element.text and isinstance(element.tag, str):
        parts.append(element.text)
    for child in element:
        name = local(child)
        if name in ("tab", "br", "cr"):
            parts.append(" ")
        elif name not in _BLOCKS:
            _collect(child, parts)
        if child.tail:
            parts.append(child.tail)
