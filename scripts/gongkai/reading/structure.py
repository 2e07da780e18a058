"""What the body of an item consists of: headings, labels, definitions, tables, paragraphs, each with its line.

Rules read a body through this, so that a body is taken apart once, however many rules look at it. Lines are counted from
0 within the body: ``item.body_line + line`` is the line of the file. All texts are plain: marks of emphasis, links and
escapes are gone, masks (王*明) stay. A line parser does it, as the Markdown engine counts in bytes, gives no labels and
definitions, and is no faster once its events are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from gongkai.patterns import regex
from gongkai.reading.masks import protect_masks

KEPT = 16_384
"""How many bodies are kept in their parts; a rule that walks over more items than that takes them apart anew."""


class Heading(NamedTuple):
    """A heading; ``level`` is 1 to 6."""

    level: int
    text: str
    line: int


class Label(NamedTuple):
    """Bold words that name what follows them: at the start of a line, or before a colon."""

    text: str
    line: int


class Definition(NamedTuple):
    """A place that reads ``标签：内容``; a line may hold several (``电话：…；地址：…``)."""

    label: str
    value: str
    line: int


class Table(NamedTuple):
    """A table. Row ``n`` of a Markdown table stands on line ``line + 2 + n``; a row may have too few or too many cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    line: int
    row_lines: tuple[int, ...]


class Paragraph(NamedTuple):
    """Running text: a paragraph, or one item of a list; its lines are joined."""

    text: str
    line: int


class BodyStructure(NamedTuple):
    """A body in its parts, each kind in the order of the text."""

    headings: tuple[Heading, ...]
    labels: tuple[Label, ...]
    definitions: tuple[Definition, ...]
    tables: tuple[Table, ...]
    paragraphs: tuple[Paragraph, ...]


_FENCE = regex(r" {0,3}(```+|~~~+)")
_HEADING = regex(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = regex(r" {0,3}(=+|-+)[ \t]*$")
_RULE = regex(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_DELIMITER = regex(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_MARKS = frozenset("->+*0123456789")
_MARKER = regex(r"\s*(?:>\s?|[-+*]\s+|\d{1,9}[.)]\s+)+")
_CELL_END = regex(r"(?<!\\)\|")
_BOLD = regex(r"(?<!\\)\*\*(?=[^\s*])((?:[^*\\]|\\.)+?)(?<=\S)\*\*|(?<!\w)__(?=\S)([^_]+?)(?<=\S)__(?!\w)")
_COLON = regex(r"\s*[：:]")
_IMAGE_OR_LINK = regex(r"!?\[([^\]]*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])")
_EMPHASIS = regex(r"(?<!\\)\*+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|(?<!\\)`+|~~")
_ESCAPE = regex(r"\\([!-/:-@\[-`{-~])")
_TAG = regex(r"</?[A-Za-z][^>]*>")
_COMMENT = regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MARKUP = regex(r"[*_`~\\<\[]")
_LONGEST_LABEL = 24
# A label has no stop inside; a colon between figures is a time of day, one before // an address.
_DEFINITION = regex(
    rf"(?:^|[。；;，,！？!?\s])(?P<label>[^。；;，,！？!?：:\s][^。；;，,！？!?：:]{{0,{_LONGEST_LABEL - 1}}})"
    r"(?:：|(?<!\d):(?!//)|:(?!\d|//))"
)
_HTML_TABLE = regex(r"<table\b.*?(?:</table\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_ROW = regex(r"<tr\b.*?(?=<tr\b|</tr\s*>|</table|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_CELL = regex(r"<t[hd]\b[^>]*>(.*?)(?=<t[hdr]\b|</t[hdr]|</table|\Z)", re.DOTALL | re.IGNORECASE)


@lru_cache(maxsize=KEPT)
def structure(body: str) -> BodyStructure:
    """The parts of ``body``. Never raises; any text is some body."""
    parser = _Parser()
    if "<!--" in body:
        body = _COMMENT.sub(_blank, body)
    if "<table" in body or "<TABLE" in body:
        body = _HTML_TABLE.sub(lambda m: parser.html_table(m[0], body.count("\n", 0, m.start())), body)
    return parser.parse(protect_masks(body).split("\n"))


def plain(text: str) -> str:
    """A piece of inline Markdown without its marks."""
    if not _MARKUP.search(text):
        return text.strip()
    if "[" in text:
        text = _IMAGE_OR_LINK.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub("", text)).strip()


def cells(line: str) -> tuple[str, ...]:
    """The cells of one line of a table, plain."""
    line = line.strip()
    line = line[1:] if line.startswith("|") else line
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    parts = line.split("|") if "\\" not in line else _CELL_END.split(line)
    if _MARKUP.search(line):
        return tuple([plain(part) for part in parts])
    return tuple([part.strip() for part in parts])


def definitions(text: str, line: int = 0) -> Iterator[Definition]:
    """All places in plain ``text`` that read ``标签：内容``; a value ends where the next label starts."""
    found = list(_DEFINITION.finditer(text))
    ends = [*(m.start() for m in found[1:]), len(text)]
    for match, end in zip(found, ends, strict=False):
        yield Definition(match["label"].strip(), text[match.end() : end].strip(), line)


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


class _Parser:
    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self.labels: list[Label] = []
        self.definitions: list[Definition] = []
        self.tables: list[Table] = []
        self.paragraphs: list[Paragraph] = []
        self.open: list[str] = []
        self.first = 0

    def parse(self, lines: list[str]) -> BodyStructure:
        n, fence = 0, ""
        while n < len(lines):
            line = lines[n]
            if fence:
                if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                    fence = ""
            elif not line or line.isspace():
                self.close()
            else:
                first = line.lstrip()[0]
                if first in "`~" and (opened := _FENCE.match(line)):
                    self.close()
                    fence = opened[1]
                elif first == "#" and (heading := _HEADING.match(line)):
                    self.close()
                    self.headings.append(Heading(len(heading[1]), plain(heading[2] or ""), n))
                elif "|" in line and (width := self._table_at(lines, n)):
                    self.close()
                    n = self._table(lines, n, width)
                    continue
                elif first in "=-*_" and (_UNDERLINE.match(line) or _RULE.match(line)):
                    self._underline(line)
                else:
                    self._text(line, n)
            n += 1
        self.close()
        self.tables.sort(key=lambda table: table.line)
        return BodyStructure(
            tuple(self.headings),
            tuple(self.labels),
            tuple(self.definitions),
            tuple(self.tables),
            tuple(self.paragraphs),
        )

    def close(self) -> None:
        """End the open paragraph."""
        if self.open:
            self.paragraphs.append(Paragraph("".join(self.open), self.first))
            self.open = []

    def _underline(self, line: str) -> None:
        """A line of = or - below a paragraph makes a heading of it; else it is a rule."""
        if self.open and (match := _UNDERLINE.match(line)):
            self.headings.append(Heading(1 if match[1][0] == "=" else 2, "".join(self.open), self.first))
            self.open = []
        self.close()

    def _text(self, line: str, n: int) -> None:
        marker = _MARKER.match(line) if line.lstrip()[0] in _MARKS else None
        if marker and marker.end() < len(line):
            self.close()
            line = line[marker.end() :]
        if "**" in line or "__" in line:
            for bold in _BOLD.finditer(line):
                words = bold[1] or bold[2]
                if not line[: bold.start()].strip() or words[-1] in "：:" or _COLON.match(line, bold.end()):
                    self.labels.append(Label(plain(words).rstrip("：: "), n))
        text = plain(line)
        if "：" in text or ":" in text:
            self.definitions.extend(definitions(text, n))
        if not self.open:
            self.first = n
        self.open.append(text)

    @staticmethod
    def _table_at(lines: list[str], n: int) -> int:
        """The number of columns, when a table starts on line ``n``; else 0."""
        if n + 1 >= len(lines) or "-" not in lines[n + 1] or not _DELIMITER.match(lines[n + 1]):
            return 0
        width = len(cells(lines[n + 1]))
        return width if len(cells(lines[n])) == width else 0

    def _table(self, lines: list[str], n: int, width: int) -> int:
        """Read the table on line ``n``; the line after it."""
        header, start = cells(lines[n]), n
        rows = []
        n += 2
        while n < len(lines) and lines[n].strip() and ("|" in lines[n] or width == 1) and lines[n].lstrip()[0] != "#":
            rows.append(cells(lines[n]))
            n += 1
        self.tables.append(Table(header, tuple(rows), start, tuple(range(start + 2, n))))
        return n

    def html_table(self, html: str, line: int) -> str:
        """Read a table written as HTML; the empty lines that stand for it."""
        rows, places = [], []
        for row in _HTML_ROW.finditer(html):
            found = tuple(" ".join(plain(cell).split()) for cell in _HTML_CELL.findall(row[0]))
            if found:
                rows.append(found)
                places.append(line + html.count("\n", 0, row.start()))
        if rows:
            self.tables.append(Table(rows[0], tuple(rows[1:]), line, tuple(places[1:])))
        return "\n" * html.count("\n")
