"""Splits a Markdown file into front matter (信息头) and body, keeping the lines on which they stand."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from gongkai.late import late_module
from gongkai.model import Finding, Place
from gongkai.reading import codes, marked_yaml
from gongkai.reading.marked_yaml import Mapping, Scalar
from gongkai.reading.source import Report
from gongkai.reading.values import parse_flag

_HANDLERS = late_module("frontmatter.default_handlers")


class Parts(Struct, frozen=True):
    """The text of a file in two; ``first_line`` and ``body_line`` are the lines on which they start."""

    head: str
    first_line: int
    body: str
    body_line: int


class Document(Struct, frozen=True):
    """A file in two parts, the first of them read; ``body_line`` is the line on which the body starts."""

    head: Mapping
    body: str
    body_line: int


def split(text: str, file: str, report: Report) -> Document | None:
    """Front matter and body of ``text``; None after reporting why there is none to be had."""
    parts = cut(text, file, report)
    head = read_head(parts, file, report) if parts is not None else None
    return Document(head, parts.body, parts.body_line) if parts is not None and head is not None else None


def cut(text: str, file: str, report: Report) -> Parts | None:
    """``text`` cut at the two lines around its front matter; None after reporting which of them is missing."""
    return _cut_plain(text) or _cut(text, file, report)


def _cut_plain(text: str) -> Parts | None:
    """What :func:`_cut` gives for a file that starts with ``---``, when the lines themselves show where to cut."""
    closing = text.find("\n---", 3) if text.startswith("---\n") else -1
    if closing < 0 or not text.startswith("\n---\n", closing) or text[4].isspace():
        return None
    start = closing + len("\n---\n")
    rest = text[start:]
    body = rest.lstrip("\n")
    if not body or body[0].isspace():
        return None
    return Parts(text[3 : closing + 1], 1, body.rstrip(), text.count("\n", 0, start) + 1 + len(rest) - len(body))


def _cut(text: str, file: str, report: Report) -> Parts | None:
    start = len(text) - len(text.lstrip())
    boundary = _HANDLERS.YAMLHandler.FM_BOUNDARY
    opening = boundary.match(text, start)
    if opening is None:
        report(codes.NO_FRONT_MATTER.at(Place(file)))
        return None
    closing = boundary.search(text, opening.end())
    if closing is None:
        report(codes.UNCLOSED_FRONT_MATTER.at(Place(file, text.count("\n", 0, start) + 1)))
        return None
    rest = text[closing.end() :]
    body = rest.lstrip("\n")
    return Parts(
        text[opening.end() : closing.start()],
        text.count("\n", 0, opening.end()) + 1,
        body.rstrip(),
        text.count("\n", 0, closing.end()) + 1 + (len(rest) - len(body)),
    )


def read_head(parts: Parts, file: str, report: Report) -> Mapping | None:
    """The keys and values of a front matter; None after reporting why they cannot be read."""
    said: list[Finding] = []
    head = marked_yaml.parse(parts.head, file, said.append, first_line=parts.first_line)
    for finding in said:
        report(finding)
    if not isinstance(head, Mapping):
        if not said:
            text = parts.head.strip()
            guess = "，可能用了全角冒号“：”" if "：" in parts.head else "" if text else "，里面是空的"
            blank = parts.head[: len(parts.head) - len(parts.head.lstrip())] if text else ""
            place = Place(file, parts.first_line + blank.count("\n"))
            report(codes.NOT_A_MAPPING.at(place, guess=guess))
        return None
    return head


def is_draft_page(path: Path) -> bool:
    """Whether the front matter of an ordinary page says ``draft: true``; a page that cannot be read is none."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    document = split(text, path.name, lambda _: None)
    flag = document.head.get("draft") if document else None
    return isinstance(flag, Scalar) and parse_flag(flag.text) is True
