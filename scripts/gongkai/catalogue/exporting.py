"""A catalogue as counties print it: the columns and cells of its table, and one CSV with all of them.

The workbook is made by :mod:`gongkai.catalogue.export_workbook`, apart, because reading XlsxWriter in takes its time.

The same catalogue gives the same bytes, whenever it is written.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from gongkai.catalogue import layout, words
from gongkai.catalogue.workbook_text import sound
from gongkai.model import Catalogue, Entry, Field, Profile

WAITING = "待核"
NOTES = (
    "公开渠道和载体中，■为必选，□为可选；公开对象、公开方式、公开层级中，√为适用。",
    "序号下面写着“待核”的条目，尚未与正式印发的目录核对。",
)
_STAMP = (1980, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")

Rows = Sequence[tuple[Field, Sequence[Entry]]]


class Column(Struct, frozen=True):
    """A column of the table: its header, the one under it where there are two, and its width in letters."""

    head: str
    sub: str = ""
    width: int = 7
    text: bool = False

    @property
    def full(self) -> str:
        """Both headers in one, for tables with one header row: ``公开对象-全社会``."""
        return f"{self.head}-{self.sub}" if self.sub else self.head


FIELD = Column(layout.FIELD, width=14)
NUMBER = Column("序号", width=6)
LEVEL1, LEVEL2, LEVEL3 = (Column("公开事项", sub, 15) for sub in ("一级事项", "二级事项", "三级事项"))
ELEMENTS = Column("公开内容（要素）", width=36, text=True)
BASIS = Column("公开依据", width=42, text=True)
LIMIT = Column("公开时限", width=22, text=True)
SUBJECT = Column("公开主体", width=18, text=True)
CHANNELS = Column("公开渠道和载体", width=30, text=True)
AUDIENCE = {
    scope: Column("公开对象", scope, width) for scope, width in ((layout.WHOLE_SOCIETY, 7), (layout.GROUPS, 12))
}
METHODS = {f"{sub}公开": Column("公开方式", sub) for sub in ("主动", "依申请")}
LEVELS = {level: Column("公开层级", level) for level in layout.LEVELS}
ID = Column(layout.ENTRY_ID, width=11)


def rows_of(catalogue: Catalogue, *, everything: bool = False) -> list[tuple[Field, Sequence[Entry]]]:
    """The fields with the rows to be written: the township's own, or with ``everything`` those of the county, too.

    Rows of one level-1 group stand together, as on the pages.
    """
    found: list[tuple[Field, Sequence[Entry]]] = []
    for field in catalogue.fields:
        groups: dict[str, list[Entry]] = {}
        for entry in field.entries if everything else field.own_entries:
            groups.setdefault(entry.level1_id, []).append(entry)
        found.append((field, [entry for group in groups.values() for entry in group]))
    return found


def columns(entries: Iterable[Entry]) -> list[Column]:
    """The official columns, and those that some of ``entries`` have beyond them."""
    entries = list(entries)
    extra = dict.fromkeys(label for e in entries for label, _ in e.extra)
    return [
        NUMBER,
        LEVEL1,
        LEVEL2,
        *([LEVEL3] if any(e.level3 for e in entries) else ()),
        ELEMENTS,
        BASIS,
        LIMIT,
        SUBJECT,
        CHANNELS,
        *AUDIENCE.values(),
        *METHODS.values(),
        *LEVELS.values(),
        *(Column(label, width=16, text=True) for label in extra),
        ID,
    ]


def cells(entry: Entry, n: int, profile: Profile | None) -> dict[Column, str]:
    """What stands in the columns of a row; 待核 stands under its number, so that the form stays the official one."""
    found = {
        NUMBER: str(n) if entry.confirmed else f"{n}\n{WAITING}",
        LEVEL1: entry.level1,
        LEVEL2: entry.level2,
        LEVEL3: entry.level3 or "",
        ELEMENTS: "；\n".join(f"{k}.{element}" for k, element in enumerate(entry.elements, 1)),
        BASIS: "\n".join(basis.label for basis in words.cited(entry, profile)),
        LIMIT: entry.time_limit_text,
        SUBJECT: words.subject(entry),
        CHANNELS: "\n".join(words.channel_lines(entry)),
        ID: entry.id,
    }
    for ticks, chosen in ((AUDIENCE, entry.audience), (METHODS, entry.methods), (LEVELS, entry.levels)):
        found |= {column: layout.TICK if word in chosen else "" for word, column in ticks.items()}
    if found[AUDIENCE[layout.GROUPS]] and entry.audience_groups:
        found[AUDIENCE[layout.GROUPS]] = entry.audience_groups
    found |= {Column(label, width=16, text=True): value for label, value in entry.extra}
    return {column: sound(text) for column, text in found.items()}


# ---- CSV


def csv_bytes(rows: Rows, profile: Profile | None = None) -> bytes:
    """All rows under one header row, as Excel opens it without asking: UTF-8 with BOM; no cell starts a formula."""
    shown = [FIELD, *columns(entry for _, entries in rows for entry in entries)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.full for column in shown)
    for field, entries in rows:
        for n, entry in enumerate(entries, 1):
            found = {FIELD: field.name, **cells(entry, n, profile)}
            writer.writerow(safe_cell(found.get(column, "")) for column in shown)
    return out.getvalue().encode("utf-8-sig")


RISKY = frozenset("=+-@\t\r")
"""What a text may begin with that a spreadsheet takes for a formula."""


def safe_cell(text: str) -> str:
    """``text`` for a CSV cell that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in RISKY else text


# ---- what both share


def absent_fields(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Id, name and statement of the fields that do not apply."""
    for n in catalogue.not_applicable:
        yield n.field_id, catalogue.standard_fields.get(n.field_id, n.field_id), n.statement


def without_times(data: bytes) -> bytes:
    """A package of Office (.xlsx, .docx) without any trace of when it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "docProps/core.xml":
                content = _TIMES.sub(b"", content)
            fixed = zipfile.ZipInfo(info.filename, _STAMP)
            fixed.compress_type, fixed.external_attr, fixed.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 0
            new.writestr(fixed, content)
    return out.getvalue()
