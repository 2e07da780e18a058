"""Rows of a table become records: one for each matter, with the text of every column and where it came from."""

from __future__ import annotations

import re
from itertools import combinations

from msgspec import Struct, field

from gongkai.catalogue.importing.channels import holds_channel
from gongkai.catalogue.importing.grid import BLANK, Cell, Refused, Row
from gongkai.catalogue.importing.tables import Table
from gongkai.catalogue.importing.ticks import tick_of
from gongkai.catalogue.layout import NAMES, Column
from gongkai.reading.timelimit import parse_time_limit

DITTO = re.compile(r"[(（]?\s*(?:同\s*上|同\s*前|同上一?[行栏格]|[〃″]|″)\s*[)）]?")
_STARTERS = ("entry_id", "number", "level1", "level2", "level3")
_NAMES = ("level1", "level2", "level3")
_SPREAD = ("basis", "limit", "subject", "channels")
_MOST_MISSING = 4
_BODIES = re.compile(
    r"(?:府|局|处|委|办|办公室|所|村|中心|部门|站|社|会|单位|机构|人|街道|乡|镇|厅|队|院|校)(?:\(.*\)|（.*）)?等?$"
)
_MARKS = re.compile("[■□▲◆▄☑☐√þ]")


class Value(Struct):
    """What stands in a column for a record.

    ``filled`` says how an empty cell got its text (``同上``, ``上行``); ``doubt`` why the text may not be right.
    """

    text: str = ""
    original: str = ""
    filled: str = ""
    doubt: str = ""


class Record(Struct):
    """One matter of a table. ``row`` is where it starts in the file."""

    row: int
    values: dict[Column, Value] = field(default_factory=dict)
    orphan: bool = False
    band: str = ""
    """The heading over all columns that stands right above."""

    def get(self, key: str) -> Value:
        """The value of the first column that holds ``key``; empty when there is none."""
        return next((value for column, value in self.values.items() if column.key == key), Value())


def records_of(table: Table, *, exact: bool) -> list[Record]:
    """The records of ``table``. ``exact``: it was written by this product, so an empty cell is meant to be empty."""
    done: list[Record] = []
    band = ""
    for row in table.rows:
        if heading := _band(row):
            band = heading
            table.remarks.append(f"第 {row.number} 行“{heading}”是通栏的小标题，没有当作条目。")
            continue
        cells, doubtful = _aligned(row, table) if table.loose else (row.cells, {})
        values = _values(table.columns, cells, doubtful)
        owned = {column.key for column, (_, own) in values.items() if own}
        if not owned:
            continue
        if owned == {"number"} and not any(v.text for c, (v, _) in values.items() if c.key != "number"):
            table.remarks.append(
                f"第 {row.number} 行只有序号“{next(iter(values.values()))[0].text}”，没有内容，已略过。"
            )
            continue
        if owned & set(_STARTERS):
            _check_one_row(row, values)
            done.append(Record(row.number, {c: v for c, (v, _) in values.items()}, band=band))
            band = ""
        elif done:
            _go_on(done[-1], values)
        else:
            text = "\n".join(v.text for v, own in values.values() if own)
            done.append(Record(row.number, {c: v for c, (v, _) in values.items()}, orphan=True))
            next(iter(done[-1].values.values())).original = text
    _fill([r for r in done if not r.orphan], exact=exact)
    return done


def _band(row: Row) -> str:
    """The text of a row that is a heading over the rows below: all alone, at the left or across most columns."""
    if len(row.texts) != 1 or any(cell.below for cell in row.cells):
        return ""
    first = next(c for c, cell in enumerate(row.cells) if cell.own)
    across = sum(cell.beside for cell in row.cells) + 1
    words = re.sub(r"^[（(]?[一二三四五六七八九十]+[)）、.．]\s*", "", row.texts[0])
    return words if (first < 2 or across > 4) and not re.fullmatch(r"[\d.、]*", words) else ""


def _values(
    columns: tuple[Column, ...], cells: tuple[Cell, ...], doubtful: dict[int, str]
) -> dict[Column, tuple[Value, bool]]:
    """For each column its value, and whether something of it starts in this row; columns with one name are one."""
    found: dict[Column, tuple[Value, bool]] = {}
    for n in range(max(len(columns), len(cells))):
        column = columns[n] if n < len(columns) else Column("extra", "")
        if column.key == "extra" and not column.name:
            column = Column("extra", f"第{n + 1}列")
        cell = cells[n] if n < len(cells) else BLANK
        text = cell.text.strip()
        if column in found:
            value, own = found[column]
            if text and not cell.beside:
                value.text = f"{value.text}\n{text}".strip()
            found[column] = (value, own or cell.own)
        else:
            found[column] = (Value(text, doubt=doubtful.get(n, "")), cell.own)
    _join_channels(found)
    for value, _ in found.values():
        value.original = value.original or value.text
    return {c: pair for c, pair in found.items() if pair[0].text or (c.name and not re.fullmatch(r"第\d+列", c.name))}


def _join_channels(found: dict[Column, tuple[Value, bool]]) -> None:
    """Channels with a tick column each become one cell, as other tables have it."""
    apart = [(column, *found.pop(column)) for column in list(found) if column.key == "channel"]
    if not apart:
        return
    ticked = [column.name for column, value, _ in apart if tick_of(value.text)]
    odd = [value.text for _, value, _ in apart if tick_of(value.text) is None]
    whole = Value("\n".join(f"■{name}" for name in ticked), doubt=f"“{'、'.join(odd)}”不是勾选符号" if odd else "")
    whole.original = " ".join(f"{column.name}：{value.text}" for column, value, _ in apart if value.text)
    found[Column("channels", NAMES["channels"])] = (whole, any(own for _, _, own in apart))


def _check_one_row(row: Row, values: dict[Column, tuple[Value, bool]]) -> None:
    for column, (value, _) in values.items():
        if column.key == "number" and len(re.findall(r"^\s*\d{1,3}[.、]?\s*$", value.text, re.MULTILINE)) > 2:
            count = len(value.text.split())
            raise Refused(
                f"第 {row.number} 行的“序号”一格里有 {count} 个序号，像是许多行挤进了一格（常见于扫描件或 PDF 转换）。请向发文单位要 Word 或 Excel 原件。"
            )


def _go_on(record: Record, values: dict[Column, tuple[Value, bool]]) -> None:
    """The rest of the record above: more content, or what a page break cut off."""
    for column, (value, own) in values.items():
        if not own:
            continue
        above = record.values.setdefault(column, Value())
        had = above.text
        above.text = f"{above.text}\n{value.text}".strip()
        above.original = f"{above.original}\n{value.text}".strip()
        if had and column.key not in ("content", "channels", "basis"):
            above.doubt = "由上下两行接成"


def _fill(records: list[Record], *, exact: bool) -> None:
    """Fill what merges and 同上 leave empty from the record above, and say where that is not certain."""
    above: Record | None = None
    for record in records:
        for column, value in record.values.items():
            before = above.values.get(column) if above else None
            if DITTO.fullmatch(value.text):
                _ditto(value, before)
            elif value.text or exact:
                continue
            elif column.key == "level1":
                if record.band:
                    value.text, value.doubt = record.band, "按上面通栏的小标题"
                elif before and before.text:
                    value.text, value.filled, value.doubt = before.text, "上行", before.doubt
                else:
                    value.doubt = "没有一级事项"
            elif column.key in _SPREAD and before and before.text:
                value.text, value.filled, value.doubt = before.text, "上行", "空格，可能与上一行合并"
        above = record


def _ditto(value: Value, before: Value | None) -> None:
    if before is not None and before.text and not DITTO.fullmatch(before.text):
        value.text, value.filled, value.doubt = before.text, "同上", before.doubt
    else:
        value.text, value.doubt = "", "写着“同上”，但上一行不在本表"


# --- rows that are too short


def _aligned(row: Row, table: Table) -> tuple[tuple[Cell, ...], dict[int, str]]:
    """The cells of a row in their columns. When cells are missing, those ways count that fit best.

    Columns on which equally good ways differ are doubtful.
    """
    width = len(table.columns)
    missing = width - len(row.cells)
    if missing <= 0 or len(row.cells) < 3:
        return row.cells, {}
    if missing > _MOST_MISSING:
        return row.cells, dict.fromkeys(range(width), "这一行少了许多格") if len(row.texts) > 2 else {}
    ways: dict[int, list[tuple[Cell, ...]]] = {}
    for gaps in combinations(range(width), missing):
        rest = iter(row.cells)
        cells = tuple(BLANK if n in gaps else next(rest) for n in range(width))
        score = sum(_fit(column.key, cell.text.strip()) for column, cell in zip(table.columns, cells, strict=True))
        ways.setdefault(score, []).append(cells)
    best = ways[max(ways)]
    differ = {n for n in range(width) if len({way[n].text for way in best}) > 1}
    return best[0], dict.fromkeys(differ, "这一行少了格子，对不准列")


def _fit(key: str, text: str) -> int:
    """How well ``text`` suits a column."""
    if not text:
        return -1 if key in ("content", "level2") else 0
    if key in _NAMES or key in ("content", "subject"):
        return _fit_words(key, text)
    fits, misfits = {
        "number": (4, -5), "basis": (3, -3), "limit": (3, -2), "channels": (3, -3), "groups": (2, -1), "extra": (0, 0),
    }.get(key, (2, -4))  # fmt: skip
    return fits if _suits(key, text) else misfits


def _suits(key: str, text: str) -> bool:
    if key == "number":
        return bool(re.fullmatch(r"[\d.]{1,6}[.、]?", text))
    if key == "basis":
        return "《" in text or bool(DITTO.fullmatch(text))
    if key == "limit":
        return bool(parse_time_limit(text))
    return holds_channel(text) if key == "channels" else tick_of(text) is not None


def _fit_words(key: str, text: str) -> int:
    if tick_of(text) is not None or bool(_MARKS.search(text)) or text.isdigit():
        return -4
    if key == "content":
        return 1
    if key == "subject":
        return -4 if "《" in text or parse_time_limit(text) else 3 if _BODIES.search(text) else 0
    return -2 if "《" in text or len(text) > 40 else 1
