"""The way from a file to a township's own fields: open, find tables, make records, read cells, match, assemble."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct, field

from gongkai.catalogue.importing import fields as field_names
from gongkai.catalogue.importing.build import Draft, entries_of
from gongkai.catalogue.importing.grid import Grid, Refused
from gongkai.catalogue.importing.opening import open_file
from gongkai.catalogue.importing.questions import WHOLE_TABLE, Desk, Place, Question
from gongkai.catalogue.importing.reader import TableReader
from gongkai.catalogue.importing.readings import Reading, clean
from gongkai.catalogue.importing.rows import Record, records_of
from gongkai.catalogue.importing.sanity import check_columns
from gongkai.catalogue.importing.tables import Table, find_tables
from gongkai.catalogue.load import standard_field, standard_names
from gongkai.model import Entry, Field

FIELD_COLUMN = "领域"
_NO_HEADER = "没有找到目录的表头（序号、公开事项、公开内容、公开依据、公开时限等）。"
_ADVICE = "扫描件、图片和按列倒出的文字不能导入；请向发文单位要 Word 或 Excel 原件。"


class Imported(Struct, frozen=True):
    """What an import gives: fields with their entries, and the questions that are still open or were answered.

    ``originals``: entry id to the text of its cells by column. ``titles``: field id to the titles of its tables.
    """

    fields: tuple[Field, ...]
    originals: dict[str, dict[str, str]]
    questions: tuple[Question, ...]
    remarks: tuple[str, ...] = ()
    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether a question still waits for the clerk; the entries are provisional until none does."""
        return any(q.open for q in self.questions)


def import_file(
    path: Path,
    *,
    field_id: str | None = None,
    known: Sequence[Field] = (),
    answers: dict[Place, Question] | None = None,
) -> Imported:
    """Import the tables of ``path``. Raises Refused.

    ``field_id``: the field to import, and the field of a table that does not name one. ``known``: the township's
    fields so far, whose own rows keep their ids. ``answers``: what :func:`read_review` read.
    """
    opened = open_file(path)
    return import_grid(*opened.grids, name=path.stem, field_id=field_id, known=known, answers=answers)


def import_grid(
    *grids: Grid,
    name: str = "",
    field_id: str | None = None,
    known: Sequence[Field] = (),
    answers: dict[Place, Question] | None = None,
) -> Imported:
    """Import the tables of ``grids``, as :func:`import_file` does with a file's. ``name`` may name the field."""
    tables = [table for grid in grids for table in find_tables(grid)]
    if not tables:
        raise Refused(_NO_HEADER + _ADVICE)
    desk = Desk(answers)
    drafts: dict[str, list[Draft]] = {}
    titles: dict[str, list[str]] = {}
    remarks: list[str] = []
    for table, records in _with_records(tables):
        parts = _by_field(table, records, desk, name, field_id)
        for wanted, part in parts:
            if field_id is not None and wanted != field_id:
                continue
            drafts.setdefault(wanted, []).append(Draft(TableReader(table, desk), tuple(part)))
            title = next((t for t in reversed(table.titles) if "目录" in t or "领域" in t), None)
            if title and title not in titles.setdefault(wanted, []):
                titles[wanted].append(title)
        remarks += [f"{table.name}：{clean(remark)}" for remark in table.remarks]
    if not drafts:
        names = standard_names()
        raise Refused(f"文件里没有“{field_id} {names.get(field_id or '', '')}”这个领域的表。")
    by_id = {f.id: f for f in known}
    fields: list[Field] = []
    originals: dict[str, dict[str, str]] = {}
    for wanted in sorted(drafts):
        base = _base(wanted, by_id)
        rows = entries_of(base, drafts[wanted], _candidates(base, by_id), desk)
        fields.append(Field(base.id, base.name, base.intro, tuple(e for e, _ in rows), base.official_order, base.notes))
        originals |= {entry.id: text for entry, text in rows}
    return Imported(
        tuple(fields), originals, tuple(desk.questions), tuple(remarks), {i: tuple(t) for i, t in titles.items()}
    )


def _with_records(tables: Iterable[Table]) -> list[tuple[Table, list[Record]]]:
    found = []
    for table in tables:
        records = records_of(table, exact=table.has("entry_id"))
        if not table.has("entry_id"):  # a table that this product wrote needs no such doubt
            check_columns(table, records)
        if records:
            found.append((table, records))
    if not found:
        raise Refused("表头下面没有内容。")
    return found


def _by_field(
    table: Table, records: list[Record], desk: Desk, name: str, field_id: str | None
) -> list[tuple[str, list[Record]]]:
    """The records of a table by their field: a column may say it, else the titles do."""
    if table.has("field"):
        groups: dict[str, list[Record]] = {}
        for record in records:
            groups.setdefault(record.get("field").text, []).append(record)
        found = []
        for words, group in groups.items():
            reading = field_names.read_field(clean(words)) if words else field_names.field_of((), "")
            place = (table.name, str(group[0].row), FIELD_COLUMN)
            found.append((desk.settle(place, words, reading, field_names.read_field), group))
        return found
    titled = field_names.field_of(table.titles, "")
    if field_id is not None and (not titled.value or not titled.sure):
        return [(field_id, records)]
    reading = titled if titled.value else field_names.field_of((), f"{table.name} {name}")
    if not reading.value and table.has("level1"):
        reading = Reading("", "", reading.doubt, reading.confidence)
    return [
        (
            desk.settle(
                (table.name, WHOLE_TABLE, FIELD_COLUMN), "；".join(table.titles[-2:]), reading, field_names.read_field
            ),
            records,
        )
    ]


def _base(wanted: str, known: dict[str, Field]) -> Field:
    """The standard field, or the township's, or a new one for a field that the standard does not have."""
    if wanted in standard_names():
        return standard_field(wanted)
    field_id, _, name = wanted.partition(" ")
    if field_id in known:
        return known[field_id]
    name = name or "领域待定"
    return Field(field_id or "00", name, f"{name}领域的公开事项。", ())


def _candidates(base: Field, known: dict[str, Field]) -> list[Entry]:
    """The rows that imported rows can stand for: the standard's as the township has them, and its own."""
    have = known.get(base.id)
    if have is None:
        return list(base.entries)
    adopted = {e.id: e for e in have.entries}
    rest = [e for e in have.entries if e.id not in {s.id for s in base.entries}]
    return [adopted.get(e.id, e) for e in base.entries] + rest
