"""Reads tables out of plain text: CSV, cells between tabs or bars, and columns aligned with blanks."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO

from gongkai.catalogue.importing.grid import Grid, Opened, Refused, Row, Span, lay_out
from gongkai.catalogue.importing.symbols import plain
from gongkai.catalogue.layout import BELOW, header_key

_ASK_FOR_FILE = "请向发文单位要 Word 或 Excel 原件；网页上的表格可在浏览器中另存为“网页，仅 HTML”再导入。"
_FEW_HEADERS = 4
_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?")
_TITLE = re.compile("目录|领域")


def read_csv(text: str) -> Opened:
    """The one grid of a CSV file."""
    head = max(text.splitlines()[:10], key=lambda line: line.count(",") + line.count("\t") + line.count(";"))
    return Opened([_separated(text, max(",\t;", key=head.count))])


def read_text(text: str) -> Opened:
    """The grids of pasted text. Raises Refused when its cells cannot be told apart."""
    lines = text.splitlines()
    bars = text.replace("｜", "|")
    if sum("\t" in line for line in lines) >= 2:
        return Opened([_separated(text, "\t")])
    if bars.count("|") >= 2 * _FEW_HEADERS:
        return Opened(_barred(bars))
    return Opened([_aligned(lines)])


def _separated(text: str, separator: str) -> Grid:
    limit = csv.field_size_limit(1_000_000)
    try:
        rows = [(line, row) for line, row in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator))]
    except csv.Error as error:
        raise Refused("有一格的引号没有配对，或一格太长。请用 Excel 打开检查后另存一份再导入。") from error
    finally:
        csv.field_size_limit(limit)
    return lay_out("表格", _spans(rows), loose=True)


def _spans(rows: Iterable[tuple[int, Sequence[str]]]) -> list[Span]:
    return [Span(plain(_no_formula(cell.strip())), r, c) for r, row in rows for c, cell in enumerate(row)]


def _no_formula(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking a text for a formula."""
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


# --- cells between bars


def _barred(text: str) -> list[Grid]:
    lines = [line.strip() for line in text.splitlines()]
    counts = {line.count("|") for line in lines if "|" in line and not _RULE.fullmatch(line)}
    if len(counts) == 1 and counts.pop() >= _FEW_HEADERS:
        rows = [(n, _split(line)) for n, line in enumerate(lines) if not _RULE.fullmatch(line) or "|" not in line]
        return [lay_out("表格", _spans(rows), loose=True)]
    return _stream(text)


def _split(line: str) -> list[str]:
    inner = line.removeprefix("|").removesuffix("|") if line.startswith("|") else line
    cells = re.split(r"(?<!\\)\|", inner) if "|" in line else [line]
    return [re.sub(r"<br\s*/?>", "\n", cell.replace("\\|", "|").strip(), flags=re.IGNORECASE) for cell in cells]


def _stream(text: str) -> list[Grid]:
    """Every cell ends with a bar, wherever its lines break; rows follow from the number of columns."""
    cells: list[tuple[int, str]] = []
    line = 0
    for part in text.split("|"):
        lead = len(part) - len(part.lstrip())
        cells.append((line + part[:lead].count("\n"), plain(part.strip())))
        line += part.count("\n")
    grids: list[Grid] = []
    before: list[str] = []
    i = 0
    while i < len(cells):
        if (start := _header_at(cells, i)) is None:
            before.extend(cells[i][1].splitlines())
            i += 1
            continue
        lead_lines = cells[i][1].splitlines()[:start]
        grid, i = _table(cells, i, start, f"第{len(grids) + 1}张表", [*before, *lead_lines])
        grids.append(grid)
        before = []
    if not grids:
        raise Refused("没有找到目录的表头（序号、公开事项、公开内容、公开依据、公开时限等）。" + _ASK_FOR_FILE)
    return grids


def _header_at(cells: list[tuple[int, str]], i: int) -> int | None:
    """How many lines of cell ``i`` come before a header that starts in it; None when none does."""
    lines = cells[i][1].splitlines() or [""]
    for n in range(len(lines)):
        if header_key("".join(lines[n:])) == "number":
            near = [header_key(words) for _, words in cells[i + 1 : i + 12]]
            return n if len(near) - near.count(None) >= _FEW_HEADERS else None
    return None


def _table(cells: list[tuple[int, str]], i: int, start: int, name: str, before: list[str]) -> tuple[Grid, int]:
    first = cells[i][0]
    end = next((j for j in range(i + 1, len(cells)) if _counts(cells[j][1])), len(cells))
    headers = ["".join(cells[i][1].splitlines()[start:]), *(words for _, words in cells[i + 1 : end])]
    spans, width = _headers(headers, first)
    used, i = first + 2, end
    while i < len(cells) and _counts(cells[i][1]):
        taken = _row_length(cells, i, width)
        row = max(used, cells[i][0])
        spans += [Span(words, row, c) for c, (_, words) in enumerate(cells[i : i + taken])]
        used, i = row + 1, i + taken
    return lay_out(name, spans, before=before, loose=True), i


def _counts(words: str) -> bool:
    return bool(re.fullmatch(r"\d{1,4}[.、]?", words))


def _headers(headers: list[str], row: int) -> tuple[list[Span], int]:
    """Both rows of headers, each sub-header below its own header, and the number of columns."""
    keys = [header_key(words) for words in headers]
    below = {sub for subs in BELOW.values() for sub in subs} | {"level"}
    split = next((n for n, key in enumerate(keys) if n and key in below), len(headers))
    rest = list(zip(headers[split:], keys[split:], strict=True))
    spans: list[Span] = []
    column = 0
    for words, key in zip(headers[:split], keys[:split], strict=True):
        mine: list[str] = []
        allowed = {*BELOW.get(key or "", ()), *({"level"} if key in ("levels", "methods") else ())}
        while (
            rest
            and rest[0][1] in allowed
            and not (mine and key == "methods" and rest[0][1] == "level" and "levels" in keys)
        ):
            mine.append(rest.pop(0)[0])
        spans.append(Span(words, row, column, 1 if mine else 2, max(1, len(mine))))
        spans += [Span(sub, row + 1, column + n) for n, sub in enumerate(mine)]
        column += max(1, len(mine))
    if rest:
        left = "、".join(words for words, _ in rest)
        raise Refused(f"表头第二行的“{left}”对不上第一行。{_ASK_FOR_FILE}")
    return spans, column


def _row_length(cells: list[tuple[int, str]], i: int, width: int) -> int:
    """How many cells the row at ``i`` has: the full width, or a few less where merged cells are left out."""
    for length in range(width, max(width - 4, 2), -1):
        after = cells[i + length : i + length + 1]
        if not after or _counts(after[0][1]) or (length == width and _ends(cells, i + length)):
            return length
    raise Refused(f"第 {cells[i][0] + 1} 行起数不清格子（表头有 {width} 列）。{_ASK_FOR_FILE}")


def _ends(cells: list[tuple[int, str]], i: int) -> bool:
    words = cells[i][1]
    return i == len(cells) - 1 or bool(_TITLE.search(words)) or _header_at(cells, i) is not None


# --- columns aligned with blanks


def _aligned(lines: list[str]) -> Grid:
    pieces = [_pieces(line) for line in lines]
    heads = [n for n, row in enumerate(pieces) if sum(header_key(words) is not None for _, words in row) >= 2]
    top = next((n for n in heads if len(pieces[n]) >= _FEW_HEADERS), None)
    if top is None:
        if sum(header_key(words) is not None for row in pieces for _, words in row) >= 2 * _FEW_HEADERS:
            raise Refused("表头的字一格一行，看不出哪几行是一格，像是按列倒出或从网页复制的文字。" + _ASK_FOR_FILE)
        raise Refused("没有找到目录的表头（序号、公开事项、公开内容、公开依据、公开时限等）。" + _ASK_FOR_FILE)
    header_lines = [n for n in heads if top <= n <= top + 2]
    starts = sorted({x for n in header_lines for x, _ in pieces[n]})
    spans: list[Span] = []
    for n, row in enumerate(pieces):
        if n < top:
            continue
        for x, words in row:
            column = next((c for c, s in enumerate(starts) if abs(x - s) <= 1), None)
            if column is None:
                raise Refused(f"第 {n + 1} 行的文字没有与列头对齐，一格的字散在几行里。{_ASK_FOR_FILE}")
            spans.append(Span(words, n, column))
    grid = lay_out("表格", spans, before=[line.strip() for line in lines[:top] if line.strip()])
    return Grid(grid.name, tuple(_joined(grid.rows, header_lines[-1] + 1)), grid.before)


def _pieces(line: str) -> list[tuple[int, str]]:
    """Words set apart by two blanks or more, with the place on a screen where each starts."""
    return [(_width(line[: m.start()]), m[0]) for m in re.finditer(r"\S+(?: \S+)*", line.replace("\u3000", "  "))]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WFA" else 1 for ch in text)


def _joined(rows: tuple[Row, ...], first: int) -> Iterable[Row]:
    """Lines that go on with the row above, because their first column is empty, join it."""
    done: list[Row] = []
    for row in rows:
        if row.number > first and done and done[-1].number > first and row.texts and not row.cell(0).own:
            above = done.pop()
            width = max(len(above.cells), len(row.cells))
            cells = [
                type(above.cell(c))("\n".join(filter(None, (above.cell(c).text, row.cell(c).text))))
                for c in range(width)
            ]
            done.append(Row(above.number, tuple(cells)))
        else:
            done.append(row)
    return done
