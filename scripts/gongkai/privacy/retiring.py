"""Named lists leave when their time is over; title, totals and dates stay (R5.5). Pure."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from msgspec.structs import replace

from gongkai.memo import remembered
from gongkai.model import Item
from gongkai.patterns import regex
from gongkai.privacy.headings import is_total, may_name, name_columns
from gongkai.privacy.names import name_like, names_in
from gongkai.reading.body import find_links
from gongkai.reading.inline import cells
from gongkai.reading.structure import Table, structure

_FILE_LINK = regex(r"!?\[([^\]]*)\]\((?!https?:|mailto:|tel:|#)[^)\s]*\.(?!md\b|html?\b)[A-Za-z0-9]{2,5}(?:\s[^)]*)?\)")
_DELIMITER = "|-: \t"
_HIDDEN_NAME = regex(r"[*＊×某○●](?<=[\u4e00-\u9fff].)")
_ENTRY = regex(r"^\s*(?:[-*+]\s+|\d+[.．、)）]\s*)(?:\*\*)?(?P<first>[^\s，,、：:；;（(|]+)")


def list_end(item: Item) -> dt.date | None:
    """The last day on which the named list of ``item`` may stand: ``list_until``, else the end of its display period."""
    return item.list_until or (item.notice_period.end if item.notice_period else None)


@lru_cache(maxsize=4096)
def person_tables(body: str) -> tuple[Table, ...]:
    """The tables of a body that list persons."""
    if not _may_list(body):
        return ()
    return tuple(t for t in structure(body).tables if name_columns(t.header, t.rows))


def _may_list(body: str) -> bool:
    """Whether a table of ``body`` may list persons, by the lines above lines of hyphens; taking a body apart takes much longer.

    Where comments, HTML or masks make headings hard to tell, it may.
    """
    if "<" in body:
        return True
    lines = body.split("\n")
    for n in range(1, len(lines)):
        if "-" in lines[n] and not lines[n].strip(_DELIMITER):
            heading = lines[n - 1]
            if "*" in heading or may_name(cells(heading)):
                return True
    return False


@lru_cache(maxsize=4096)
def name_lines(body: str) -> tuple[int, ...]:
    """The lines of a body that list names outside of tables: three and more in a line, or in entries one after another."""
    if "名单" not in body and not _HIDDEN_NAME.search(body):
        return ()
    found: set[int] = set()
    entries: list[int] = []
    for n, line in enumerate(body.split("\n")):
        text = line.lstrip()
        if not text:
            continue
        if ("、" in line or " " in line) and "|" not in line and names_in(line.strip(" -*>#")):
            found.add(n)
        match = _ENTRY.match(line) if text[0] in "-*+" or text[0].isdecimal() else None
        if match and name_like(match["first"].strip("*")):
            entries.append(n)
        elif entries:
            found.update(entries if len(entries) >= 3 else ())
            entries = []
    found.update(entries if len(entries) >= 3 else ())
    return tuple(sorted(found))


@lru_cache(maxsize=4096)
def shows_names(body: str) -> bool:
    """Whether a body shows a list of persons."""
    return any(
        any(name_like(r[n].strip()) for r in t.rows for n in name_columns(t.header, t.rows) if n < len(r))
        for t in person_tables(body)
    ) or bool(name_lines(body))


def retire_list(item: Item, today: dt.date, listing: bool = False) -> Item:
    """``item`` as it may be shown ``today``: after its list's last day without names, totals kept, and without the list's files.

    Tables with a column of names give way to a sentence and their rows of totals; so do lines that list names. With a named
    list all files of the item go, and its text no longer links to them. ``listing``: one of its files lists persons.
    """
    end = list_end(item)
    if end is None or today <= end:
        return item
    always = listing or item.list_until is not None
    given = (item.body, end.isoformat(), str(always))
    body = remembered("retired", given, str | None, lambda: _retired(item.body, end, always=always))
    if body is None:
        return item
    return replace(item, body=body, links=find_links(body, item.body_line), attachments=())


def _retired(body: str, end: dt.date, *, always: bool) -> str | None:
    """``body`` without its list, whose last day was ``end``; None when it holds none (and not ``always``)."""
    tables, lines = person_tables(body), name_lines(body)
    if not (tables or lines or always):
        return None
    sentence = f"名单公示期已满，于{_chinese(end + dt.timedelta(days=1))}撤下。"
    body = _without(body, tables, lines, sentence)
    body = _FILE_LINK.sub(r"\1（已撤下）", body)
    return body if sentence in body else f"{body.rstrip()}\n\n{sentence}\n"


def _without(body: str, tables: tuple[Table, ...], listed: tuple[int, ...], sentence: str) -> str:
    lines: list[str | None] = list(body.split("\n"))
    for table in tables:
        last = max(table.row_lines, default=table.line + 1)
        if _is_html(lines[table.line]):
            last = next(
                (n for n in range(table.line, len(lines)) if "</table" in (lines[n] or "").lower()), len(lines) - 1
            )
            kept: list[str] = []
        else:
            kept = [str(lines[n]) for n, row in zip(table.row_lines, table.rows, strict=False) if is_total(row)]
            kept = [str(lines[table.line]), str(lines[table.line + 1]), *kept, ""] if kept else []
        lines[table.line] = "\n".join([sentence, "", *kept])
        for n in range(table.line + 1, last + 1):
            lines[n] = None
    for k, n in enumerate(listed):
        first = k == 0 or listed[k - 1] != n - 1
        lines[n] = (sentence if first else None) if lines[n] is not None else None
    return "\n".join(line for line in lines if line is not None)


def _is_html(line: str | None) -> bool:
    return line is not None and "<table" in line.lower()


def _chinese(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
