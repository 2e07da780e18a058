"""Splits a Markdown file into front matter (信息头) and body, keeping the lines on which they stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from frontmatter.default_handlers import YAMLHandler

from gongkai.model import Finding, Place
from gongkai.reading import codes, marked_yaml
from gongkai.reading.marked_yaml import Mapping, Scalar
from gongkai.reading.source import Report
from gongkai.reading.values import parse_flag

_BOUNDARY = YAMLHandler.FM_BOUNDARY


@dataclass(frozen=True, slots=True)
class Document:
    """A file in two parts; ``body_line`` is the line on which the body starts."""

    head: Mapping
    body: str
    body_line: int


def split(text: str, file: str, report: Report) -> Document | None:
    """Front matter and body of ``text``; None after reporting why there is none to be had."""
    start = len(text) - len(text.lstrip())
    opening = _BOUNDARY.match(text, start) if _BOUNDARY else None
    if opening is None:
        report(codes.NO_FRONT_MATTER.at(Place(file)))
        return None
    closing = _BOUNDARY.search(text, opening.end())
    if closing is None:
        report(codes.UNCLOSED_FRONT_MATTER.at(Place(file, text.count("\n", 0, start) + 1)))
        return None
    head_text = text[opening.end() : closing.start()]
    first_line = text.count("\n", 0, opening.end()) + 1
    said: list[Finding] = []
    head = marked_yaml.parse(head_text, file, said.append, first_line=first_line)
    for finding in said:
        report(finding)
    if not isinstance(head, Mapping):
        if not said:
            guess = "，可能用了全角冒号“：”" if "：" in head_text else "" if head_text.strip() else "，里面是空的"
            blank = len(head_text) - len(head_text.lstrip())
            place = Place(file, first_line + head_text.count("\n", 0, blank) if head_text.strip() else first_line)
            report(codes.NOT_A_MAPPING.at(place, guess=guess))
        return None
    rest = text[closing.end() :]
    body = rest.lstrip("\n")
    body_line = text.count("\n", 0, closing.end()) + 1 + (len(rest) - len(body))
    return Document(head, body.rstrip(), body_line)


def is_draft_page(path: Path) -> bool:
    """Whether the front matter of an ordinary page says ``draft: true``; a page that cannot be read is none."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    document = split(text, path.name, lambda _: None)
    flag = document.head.get("draft") if document else None
    return isinstance(flag, Scalar) and parse_flag(flag.text) is True
