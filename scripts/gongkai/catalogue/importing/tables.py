"""Finds the catalogue tables in a grid: titles, headers of one to three rows, headers that come again."""

from __future__ import annotations

import re

from msgspec import Struct, field

from gongkai.catalogue.importing.channels import known as channel_named
from gongkai.catalogue.importing.grid import Grid, Refused, Row
from gongkai.catalogue.layout import BELOW, NAMES, Column, fold_header, header_key, levels_in

_TITLE = re.compile("目录|领域")
_TOP = {"number", "items", "content", "basis", "limit", "subject", "channels", "audience", "methods", "levels"}
_SUB = {sub for subs in BELOW.values() for sub in subs} | {"level"}
_LEVEL_OF = {"levels": ("level",)}
_ENOUGH = 4
_MOST_HEADER_ROWS = 3
_FURNITURE = re.compile(
    r"(?:第\s*\d+\s*页.*|[—\-]+\s*\d+\s*[—\-]+|P\.?\s*\d+|page\s*\d+.*|续表|接上页|\(?续\)?)", re.IGNORECASE
)
_REMARK = re.compile(r"(?:备?注|说明|填表说明|填报|制表|联系人|联系电话|单位[:：]|注[:：])")


class Table(Struct):
    """One table: the titles above it, what its columns hold, and its rows."""

    name: str
    titles: tuple[str, ...]
    columns: tuple[Column, ...]
    headers: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    loose: bool = False

    def has(self, *keys: str) -> bool:
        """Whether one of ``keys`` is among the columns."""
        return any(column.key in keys for column in self.columns)

    @property
    def legend(self) -> str:
        """The header of the channels with its remark, which may say what the marks mean."""
        return " ".join(h for h, c in zip(self.headers, self.columns, strict=True) if c.key == "channels")


def find_tables(grid: Grid) -> list[Table]:
    """The catalogue tables in ``grid``, in order; none when it has no header."""
    tables: list[Table] = []
    titles: list[str] = list(grid.before)
    i = 0
    while i < len(grid.rows):
        row = grid.rows[i]
        if length := _header_length(grid.rows, i):
            header = grid.rows[i : i + length]
            columns, words = _columns(header)
            again = bool(tables) and not titles and tables[-1].columns == columns
            if not again:
                tables.append(Table("", tuple(titles), columns, words, loose=grid.loose))
            titles = []
            i += length
            continue
        i += 1
        only = _only_text(row)
        if only is not None and (not tables or _TITLE.search(only)) and not _REMARK.match(only):
            titles.append(only)
        elif not tables or not row.texts or (only is not None and _FURNITURE.fullmatch(only)):
            continue
        elif only is not None and _REMARK.match(only):
            tables[-1].remarks.append(only)
        else:
            tables[-1].rows.append(row)
    for n, table in enumerate(tables, 1):
        table.name = grid.name if len(tables) == 1 else f"{grid.name}之{n}"
        if titles and table is tables[-1]:
            table.remarks.extend(titles)
    return tables


def _only_text(row: Row) -> str | None:
    """The text of a row with nothing else in it, such as a title merged over all columns.

    A text alone in the third column or later is the rest of a cell above.
    """
    texts = row.texts
    if len(texts) != 1:
        return None
    first = next(c for c, cell in enumerate(row.cells) if cell.own)
    alone = not any(cell.below for cell in row.cells)
    return texts[0] if alone and (first < 2 or (_TITLE.search(texts[0]) is not None and len(texts[0]) < 60)) else None


def _keys(row: Row) -> list[str | None]:
    return [header_key(part) for cell in row.cells if cell.text.strip() for part in cell.text.strip().split("-")[-1:]]


def _header_length(rows: tuple[Row, ...], i: int) -> int:
    """How many rows the header at ``i`` has; 0 when none starts there."""
    known = {key for key in _all_keys(rows[i]) if key in _TOP}
    if len(known) < _ENOUGH or not known & {"content", "items"} or any(_long(c.text) for c in rows[i].cells):
        return 0
    length = 1
    while length < _MOST_HEADER_ROWS and i + length < len(rows):
        row = rows[i + length]
        own = [cell.text for cell in row.cells if cell.own]
        below = [cell for cell in row.cells if cell.text.strip() and cell.below]
        subs = sum(header_key(text) in _SUB or channel_named(text) is not None for text in own)
        if not own and not below and length == 1 and not row.texts:
            break
        if own and (subs * 2 <= len(own) or any(re.fullmatch(r"\d+\.?", t.strip()) for t in own)):
            break
        if not own and not below:
            break
        length += 1
    return length


def _long(text: str) -> bool:
    return len(fold_header(text)) > 40


def _all_keys(row: Row) -> set[str | None]:
    keys: set[str | None] = set()
    for cell in row.cells:
        if cell.text.strip():
            keys.add(header_key(cell.text))
            keys |= {header_key(part) for part in re.split("[-—/]", cell.text, maxsplit=1)}
    return keys


def _columns(header: tuple[Row, ...]) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """What each column holds, and its headers as words."""
    paths = _paths(header)
    columns: list[Column] = []
    singles = [header_key(path[-1]) if path else None for path in paths]
    attribute = "attribute" in singles and "proactive" not in singles
    below = {_column(path, attribute=attribute).key for path in paths if len(path) > 1}
    seen: dict[str, int] = {}
    for path in paths:
        column = _column(path, attribute=attribute)
        if len(path) == 1 and below & {*BELOW.get(header_key(path[0]) or "", ()), *_LEVEL_OF.get(column.key, ())}:
            column = Column("extra", "")  # a blank column under a header that stands over others
        if column.added and column.name:
            seen[column.name] = seen.get(column.name, 0) + 1
            if seen[column.name] > 1 and columns[-1].name != column.name:
                column = Column("extra", f"{column.name}（{seen[column.name]}）")
        columns.append(column)
    return tuple(columns), tuple(" ".join(path) for path in paths)


def _paths(header: tuple[Row, ...]) -> list[list[str]]:
    """For each column the headers over it, from the top; a shorter second row is spread by its words."""
    width = max(len(row.cells) for row in header)
    if len(header) > 1 and _shifted(header[0], header[1]):
        return _spread([c.text.strip() for c in header[0].cells if not c.beside], header[1].texts)
    paths: list[list[str]] = []
    group = ""
    for c in range(width):
        path: list[str] = []
        for r, row in enumerate(header):
            text = row.cell(c).text.strip()
            if r == 0:
                if text:
                    group = text if header_key(text) in BELOW else ""
                elif group and any(later.cell(c).text.strip() for later in header[1:]):
                    text = group
            if text and (not path or fold_header(path[-1]) != fold_header(text)):
                path.append(text)
        paths.append(path)
    return paths


def _shifted(top: Row, below: Row) -> bool:
    """Whether sub-headers stand under headers that have none: the cells between them are missing."""
    wrong = 0
    for c, cell in enumerate(below.cells):
        over = header_key(top.cell(c).text)
        if cell.own and header_key(cell.text) in _SUB and over in _TOP and over not in BELOW:
            wrong += 1
    return wrong > 0


def _spread(top: list[str], subs: list[str]) -> list[list[str]]:
    rest = list(subs)
    paths: list[list[str]] = []
    for words in top:
        key = header_key(words)
        allowed = {*BELOW.get(key or "", ()), *({"level"} if key == "levels" else ())}
        mine: list[str] = []
        while rest and header_key(rest[0]) in allowed:
            mine.append(rest.pop(0))
        paths += [[words, sub] for sub in mine] or [[words] if words else []]
    if rest:
        raise Refused(f"表头第二行的“{'、'.join(rest)}”对不上第一行，不知道各列是什么。请补齐表头再导入。")
    return paths


def _column(path: list[str], *, attribute: bool) -> Column:
    if len(path) == 1 and "-" in path[0] and header_key(path[0]) is None:
        path = path[0].split("-", 1)
    if not path:
        return Column("extra", "")
    last, top = path[-1], path[0]
    key = header_key(last)
    if len(path) > 1 and header_key(top) == "channels" and (name := channel_named(last)):
        return Column("channel", name)
    if key is None and len(path) > 1 and header_key(top) not in BELOW:
        key = header_key(top)
    if key == "level":
        return Column("level", fold_header(last), levels_in(last))
    if key == "items":
        return Column("level2", NAMES["level2"])
    if key == "attribute" or (key == "methods" and attribute):
        if key == "attribute" and attribute:
            return Column("methods", NAMES["methods"])
        return Column("extra", fold_header(last))
    if key is None or (len(path) > 1 and header_key(top) in BELOW and key not in BELOW[header_key(top) or ""]):
        return Column("extra", "/".join(re.sub(r"\s+", "", p) for p in path))
    return Column(key, NAMES[key])
