"""What the body of an item consists of: headings, labels, definitions, tables, paragraphs, each with its line.

Rules read a body through this, so that a body is taken apart once, however many rules look at it. Lines are counted from
0 within the body: ``item.body_line + line`` is the line of the file. All texts are plain: marks of emphasis, links and
escapes are gone, masks (王*明) stay. A line parser does it, as the Markdown engine counts in bytes, gives no labels and
definitions, and is no faster once its events are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import NamedTuple

from gongkai.patterns import regex
from gongkai.reading.inline import (
    MASK,
    RARE_MARKUP,
    bare,
    bare_cells,
    cells,
    plain,
    split_cells,
    unmasked,
    unmasked_cells,
)
from gongkai.reading.labels import Definition, Label, definitions, labels
from gongkai.reading.masks import protect_masks

KEPT = 16_384
"""How many bodies are kept in what was made of them; a rule that walks over more items than that takes them apart anew."""


class Heading(NamedTuple):
    """A heading; ``level`` is 1 to 6."""

    level: int
    text: str
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


class BodyStructure:
    """A body in its parts, each kind in the order of the text. Labels and definitions are looked for when asked for.

    ``texts`` and ``starts`` are the paragraphs as bare texts and lines, for rules that walk over those of every item.
    """

    def __init__(self, parser: _Parser) -> None:
        self.headings = tuple(parser.headings)
        self.tables = tuple(parser.tables)
        self.texts = tuple(parser.texts)
        self.starts = tuple(parser.starts)
        self._bold = parser.bold
        self._defining = parser.defining

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs."""
        return tuple(map(Paragraph, self.texts, self.starts))

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """The labels."""
        return tuple([label for n, line in self._bold for label in labels(line, n)])

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """The definitions."""
        return tuple([definition for n, text in self._defining for definition in definitions(text, n)])


_FENCE = regex(r" {0,3}(```+|~~~+)")
_HEADING = regex(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = regex(r" {0,3}(=+|-+)[ \t]*$")
_RULE = regex(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_DELIMITER = regex(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_MARKER = regex(r"\s*(?:>\s?|[-+*]\s+|\d{1,9}[.)]\s+)+")
_COMMENT = regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SIGNS = frozenset("`~#=*_->+0123456789")
"""What a line begins with that may be other than a line of a paragraph or table."""
_MARKS = frozenset("->+*0123456789")
_HTML_TABLE = regex(r"<table\b.*?(?:</table\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_ROW = regex(r"<tr\b.*?(?=<tr\b|</tr\s*>|</table|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_CELL = regex(r"<t[hd]\b[^>]*>(.*?)(?=<t[hdr]\b|</t[hdr]|</table|\Z)", re.DOTALL | re.IGNORECASE)


@lru_cache(maxsize=KEPT)
def structure(body: str) -> BodyStructure:
    """The parts of ``body``. Never raises; any text is some body."""
    tables: list[Table] = []
    if "<!--" in body:
        body = _COMMENT.sub(_blank, body)
    if "<table" in body or "<TABLE" in body:
        body = _HTML_TABLE.sub(lambda m: _html_table(tables, m[0], body.count("\n", 0, m.start())), body)
    return _Parser(body, tables).parse()


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _has_rare_markup(body: str) -> bool:
    for mark in RARE_MARKUP:  # noqa: SIM110 - any() takes longer than the searches
        if mark in body:
            return True
    return False


class _Parser:
    """Goes through a body once. ``tables`` are those written as HTML, which are no longer in ``body``."""

    def __init__(self, body: str, tables: list[Table]) -> None:
        self.body = protect_masks(body)
        self.plain: Callable[[str], str] = bare
        self.cells: Callable[[str], tuple[str, ...]] = bare_cells
        if _has_rare_markup(body):
            self.plain, self.cells = plain, cells
        elif self.body is not body and "\\" in self.body:
            self.body = self.body.replace("\\*", MASK)
            self.plain, self.cells = unmasked, unmasked_cells
        self.tables = tables
        self.headings: list[Heading] = []
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.bold: list[tuple[int, str]] = []
        self.defining: list[tuple[int, str]] = []
        self.open: list[str] = []

    def parse(self) -> BodyStructure:
        """The parts of the body. What stands between empty lines is read by itself: most of it is one line."""
        body = self.body
        if "```" in body or "~~~" in body:
            self._lines(body.split("\n"), 0)
            body = ""
        n = 0
        for block in body.split("\n\n"):
            if "\n" in block:
                if block[0] != "|" or not self._table_alone(block, n):
                    self._lines(block.split("\n"), n)
                n += block.count("\n") + 2
                continue
            first = block.lstrip()[:1]
            if first and (first not in _SIGNS or not self._signed(block, first, n)):
                self.starts.append(n)
                self.texts.append(self._text(block, first, n))
            n += 2
        if len(self.tables) > 1:
            self.tables.sort(key=lambda table: table.line)
        return BodyStructure(self)

    def _table_alone(self, block: str, top: int) -> bool:
        """Read a block that is nothing but a table, each line of it between bars and with as many cells: nearly all are so."""
        parts = block.split("|")
        width = parts.index("\n") if "\n" in parts else 0
        ends = parts[width::width] if width > 1 else []  # what stands behind each line
        lines = len(ends)
        if ends != ["\n"] * (lines - 1) + [""] or block.count("\n") >= lines or len(parts) > lines * width + 1:
            return False
        below = block.index("\n") + 1
        end = block.find("\n", below)
        if "\\" in block or not _DELIMITER.match(block, below, end if end > 0 else len(block)):
            return False
        cells = tuple(map(self.plain if "*" in block or self.plain is not bare else str.strip, parts))
        rows = [cells[n : n + width - 1] for n in range(1, len(cells), width)]
        self.tables.append(Table(rows[0], tuple(rows[2:]), top, tuple(range(top + 2, top + lines))))
        return True

    def _lines(self, lines: list[str], start: int) -> None:
        """Read several lines, the first of which is line ``start`` of the body."""
        n = 0
        while n < len(lines):
            line = lines[n]
            first = line.lstrip()[:1]
            if not first:
                self._close()
            elif first in "`~" and (opened := _FENCE.match(line)):
                self._close()
                n = _fence_end(lines, n + 1, opened[1])
                continue
            elif first in _SIGNS and self._signed(line, first, start + n):
                pass
            elif "|" in line and (header := self._header(lines, n)):
                self._close()
                n = self._table(lines, n, header, start)
                continue
            else:
                text = self._text(line, first, start + n)
                if not self.open:
                    self.starts.append(start + n)
                self.open.append(text)
            n += 1
        self._close()

    def _close(self) -> None:
        """End the open paragraph."""
        if self.open:
            self.texts.append("".join(self.open))
            self.open = []

    def _signed(self, line: str, first: str, n: int) -> bool:
        """Read the heading or rule on line ``n``, if it is one."""
        if first == "#":
            return self._heading(line, n)
        if first in "=-*_" and not line.strip(" \t=-*_") and (_UNDERLINE.match(line) or _RULE.match(line)):
            self._underline(line)
            return True
        return False

    def _heading(self, line: str, n: int) -> bool:
        text = line.lstrip("#")
        level = len(line) - len(text)
        if not 0 < level < 7 or text[:1] != " " or "#" in text:  # else there is but one way to read it
            heading = _HEADING.match(line)
            if heading is None:
                return False
            level, text = len(heading[1]), heading[2] or ""
        self._close()
        self.headings.append(Heading(level, self.plain(text), n))
        return True

    def _underline(self, line: str) -> None:
        """A line of = or - below a paragraph makes a heading of it; else it is a rule."""
        if self.open and (match := _UNDERLINE.match(line)):
            self.headings.append(Heading(1 if match[1][0] == "=" else 2, "".join(self.open), self.starts.pop()))
            self.open = []
        self._close()

    def _text(self, line: str, first: str, n: int) -> str:
        """A line of a paragraph, plain; the mark of a list before it ends the open paragraph."""
        if first in _MARKS and (marker := _MARKER.match(line)) and marker.end() < len(line):
            self._close()
            line = line[marker.end() :]
        text = self.plain(line)
        if len(text) < len(line):  # whatever is bold loses its marks
            self.bold.append((n, line if self.plain is not unmasked else line.replace(MASK, "\\*")))
        if "：" in text or ":" in text:
            self.defining.append((n, text))
        return text

    def _header(self, lines: list[str], n: int) -> tuple[str, ...]:
        """The headings of the columns, when a table starts on line ``n``; else nothing."""
        below = lines[n + 1] if n + 1 < len(lines) else ""
        if "-" not in below or not _DELIMITER.match(below):
            return ()
        header = self.cells(lines[n])
        return header if len(header) == len(split_cells(below)) else ()

    def _table(self, lines: list[str], n: int, header: tuple[str, ...], start: int) -> int:
        """Read the table on line ``n``; the line after it."""
        rows: list[tuple[str, ...]] = []
        for line in lines[n + 2 :]:
            if ("|" not in line and len(header) > 1) or (first := line.lstrip()[:1]) == "#" or not first:
                break
            rows.append(self.cells(line))
        top = start + n
        self.tables.append(Table(header, tuple(rows), top, tuple(range(top + 2, top + 2 + len(rows)))))
        return n + 2 + len(rows)


def _fence_end(lines: list[str], n: int, fence: str) -> int:
    """The line after code that begins on line ``n``."""
    for end in range(n, len(lines)):
        line = lines[end].strip()
        if line.startswith(fence) and not line.strip(fence[0]):
            return end + 1
    return len(lines)


def _html_table(tables: list[Table], html: str, line: int) -> str:
    """Add a table written as HTML to ``tables``; the empty lines that stand for it."""
    rows, places = [], []
    for row in _HTML_ROW.finditer(html):
        found = tuple(" ".join(plain(cell).split()) for cell in _HTML_CELL.findall(row[0]))
        if found:
            rows.append(found)
            places.append(line + html.count("\n", 0, row.start()))
    if rows:
        tables.append(Table(rows[0], tuple(rows[1:]), line, tuple(places[1:])))
    return "\n" * html.count("\n")
