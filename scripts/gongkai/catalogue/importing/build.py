"""Records become entries: each with the id of the standard row it stands for, or with one of the township's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gongkai.catalogue.importing.grid import Refused
from gongkai.catalogue.importing.marks import ALL, AUDIENCE, LEVEL, METHODS, Group, split_audience
from gongkai.catalogue.importing.questions import WHOLE_ROW, Desk
from gongkai.catalogue.importing.reader import TableReader
from gongkai.catalogue.importing.readings import LOW, MIDDLE, NONE, Reading, bare, clean
from gongkai.catalogue.importing.rows import Record
from gongkai.catalogue.match import MORE_LIKELY_THAN_NOT, Match, Named, match_rows
from gongkai.catalogue.words import channel_lines
from gongkai.model import Basis, Entry, Field
from gongkai.model.catalogue import OWN_LEVELS

MATCH_COLUMN = "对应的标准条目"
_OWN, _LEAVE_OUT = "自有", "不导入"
_FIRST_OWN = 90
_ID = re.compile(r"\d{2}-\d{2}-\d{2}")


class Draft(Struct, frozen=True):
    """Records of one field in one table, with the reader of that table."""

    reader: TableReader
    records: tuple[Record, ...]


class _Row(Struct):
    reader: TableReader
    record: Record
    named: Named
    base: Entry | None = None
    id: str = ""


def entries_of(
    field: Field, drafts: Iterable[Draft], known: Sequence[Entry], desk: Desk
) -> list[tuple[Entry, dict[str, str]]]:
    """The entries of ``field`` with the original text of their cells."""
    rows = [row for draft in drafts for record in draft.records if (row := _named(draft.reader, record, desk))]
    if not rows:
        raise Refused(f"“{field.name}”的表里没有可以导入的行。")
    _match(rows, known, desk)
    _number(rows, field, known)
    _unlike(rows, desk)
    return [(_entry(row, field, _usual(rows)), _original(row.record)) for row in rows]


def _named(reader: TableReader, record: Record, desk: Desk) -> _Row | None:
    if record.orphan:
        return _orphan(reader, record, desk)
    level1, level2 = reader.name(record, "level1"), reader.name(record, "level2")
    return _Row(reader, record, Named(level1, level2, reader.level3(record), reader.elements(record)))


def _orphan(reader: TableReader, record: Record, desk: Desk) -> _Row | None:
    """A row without a name and with nothing above it, such as the rest of a page that is not in the file."""
    place = (reader.table.name, str(record.row), WHOLE_ROW)
    text = next((v.original for v in record.values.values() if v.original), "")
    why = f"没有事项名称，前面也没有可以接上的行。不要这一行请填“{_LEAVE_OUT}”，要则填“一级事项/二级事项”"
    nothing: Reading[tuple[str, ...]] = Reading((), "", why, NONE)
    names = desk.settle(place, text, nothing, _read_names)
    if len(names) < 2:
        return None
    return _Row(reader, record, Named(names[0], names[1], None, reader.elements(record)))


def _read_names(text: str) -> Reading[tuple[str, ...]]:
    if _LEAVE_OUT in text:
        return Reading((_LEAVE_OUT,), _LEAVE_OUT)
    names = tuple(clean(part) for part in re.split("[/／]", text) if part.strip())
    if len(names) == 2:
        return Reading(names, "/".join(names))
    return Reading((), "", f"请填“{_LEAVE_OUT}”或“一级事项/二级事项”", NONE)


# --- which entry a row stands for


def _match(rows: list[_Row], known: Sequence[Entry], desk: Desk) -> None:
    by_id = {entry.id: entry for entry in known}
    loose = []
    for row in rows:
        written = row.record.get("entry_id").text
        if _ID.fullmatch(written):
            row.id, row.base = written, by_id.get(written)
        else:
            loose.append(row)
    taken = {row.id for row in rows if row.id}
    matches = match_rows([row.named for row in loose], [e for e in known if e.id not in taken])
    for row, match in zip(loose, matches, strict=True):
        row.base = _settled(row, match, by_id, taken, desk)
        if row.base is not None:
            row.id = row.base.id
            taken.add(row.id)


def _settled(row: _Row, match: Match, by_id: dict[str, Entry], taken: set[str], desk: Desk) -> Entry | None:
    entry = match.entry
    if entry is None:
        return None
    if match.sure and entry.id not in taken:
        return entry

    def read(text: str) -> Reading[Entry | None]:
        if text.strip() == _OWN:
            return Reading(None, _OWN)
        found = _ID.search(text)
        chosen = by_id.get(found[0]) if found else None
        if chosen is None:
            return Reading(None, "", f"请填标准条目的编号，或填“{_OWN}”", NONE)
        if chosen.id in taken:
            return Reading(None, "", f"{chosen.id} 已对应别的行", NONE)
        return Reading(chosen, chosen.id)

    shown = f"{entry.id} {entry.level1}/{entry.level2}"
    why = f"名称或要素不完全一样（相似 {match.score:.0f}%）；本地自有的请填“{_OWN}”"
    reading: Reading[Entry | None] = Reading(entry, shown, why, MIDDLE)
    if entry.id in taken or match.score < MORE_LIKELY_THAN_NOT:
        why = f"与“{shown}”有些像（相似 {match.score:.0f}%）；是它请填编号"
        reading = Reading(None, _OWN, why, LOW)
    place = (row.reader.table.name, str(row.record.row), MATCH_COLUMN)
    return desk.settle(place, f"{row.named.level1}/{row.named.level2}", reading, read)


def _number(rows: list[_Row], field: Field, known: Sequence[Entry]) -> None:
    """Ids for the township's own rows: level-1 numbers from 90, each level-1 name one number."""
    used = {entry.id for entry in known} | {row.id for row in rows}
    groups: dict[str, int] = {}
    for entry in (*known, *(r.base for r in rows if r.base)):
        n = int(entry.id[3:5])
        if n >= _FIRST_OWN:
            groups.setdefault(entry.level1, n)
    free = (n for n in (*range(_FIRST_OWN, 100), *range(_FIRST_OWN - 1, 40, -1)) if n not in groups.values())
    for row in rows:
        if row.id:
            continue
        level1 = row.named.level1
        if level1 not in groups:
            groups[level1] = next(free, 99)
        numbers = (n for n in range(1, 100) if f"{field.id}-{groups[level1]:02d}-{n:02d}" not in used)
        number = next(numbers, None)
        if number is None:
            raise Refused(f"“{level1}”下本地自有的条目超过 99 条，编不出条目编号。请检查表格是否分错了一级事项。")
        row.id = f"{field.id}-{groups[level1]:02d}-{number:02d}"
        used.add(row.id)


def _unlike(rows: list[_Row], desk: Desk) -> None:
    """Two rows of one field cannot have the same names."""
    seen: dict[tuple[str, str, str | None], int] = {}
    for row in rows:
        if row.reader.exact:
            continue
        named = row.named
        key = (named.level1, named.level2, named.level3)
        first = seen.setdefault(key, row.record.row)
        if first == row.record.row:
            continue
        other = f"{named.level2}（{len([k for k in seen if k[:2] == key[:2]]) + 1}）"
        reading = Reading(other, other, f"与第 {first} 行重名；请改成能分清的名称", MIDDLE)
        place = (row.reader.table.name, str(row.record.row), "二级事项的重名")
        name = desk.settle(place, named.level2, reading, lambda text: Reading(clean(text), clean(text)))
        row.named = replace(named, level2=name)
        seen[named.level1, name, named.level3] = row.record.row


# --- the entry


def _usual(rows: list[_Row]) -> Callable[[TableReader, Group], str]:
    """What most standard rows of a table have in a group of ticks, as words."""

    def usual(reader: TableReader, group: Group) -> str:
        bases = [row.base for row in rows if row.reader is reader and row.base is not None]
        counted = Counter("、".join(_of_group(base, group)) for base in bases)
        return counted.most_common(1)[0][0] if counted else ""

    return usual


def _of_group(entry: Entry, group: Group) -> tuple[str, ...]:
    if group is AUDIENCE:
        return entry.audience
    return entry.methods if group is METHODS else entry.levels


def _entry(row: _Row, field: Field, usual: Callable[[TableReader, Group], str]) -> Entry:
    reader, record, base = row.reader, row.record, row.base
    limit_text, limits = reader.limit(record, base)
    basis = reader.basis(record, base)
    subject = reader.subject(record, base)
    exact = reader.exact and base is not None
    same = base is not None and exact and bare(record.get("channels").text) == bare("".join(channel_lines(base)))
    must, may = (base.channels_must, base.channels_may) if base and same else reader.channels(record)
    marks = {group.name: reader.marks(record, group, lambda g=group: usual(reader, g)) for group in ALL}  # type: ignore[misc]  # mypy cannot type the default
    scope, people = split_audience(marks[AUDIENCE.name])
    levels = marks[LEVEL.name]
    township, county = _subjects(subject, levels, base)
    named = row.named
    return Entry(
        id=row.id,
        field_id=field.id,
        level1=_same(named.level1, base.level1 if base else None),
        level2=_same(named.level2, base.level2 if base else None),
        level3=named.level3 and _same(named.level3, base.level3 if base else None),
        elements=_restored(named.elements, base.elements if base else ()),
        basis=_bases(basis, base, exact=exact),
        time_limit_text=_same(limit_text, base.time_limit_text if base else None),
        time_limits=limits,
        subject_township=township,
        subject_county=county,
        channels_must=must,
        channels_may=may,
        audience=scope,
        audience_groups=people,
        methods=marks[METHODS.name],
        levels=levels,
        confirmed=base.confirmed if exact and base else True,
        unconfirmed_parts=base.unconfirmed_parts if exact and base else (),
        note=_note(record, base),
        extra=_extra(record),
        local=base.local if base else True,
        **_carried(base),
    )


def _carried(base: Entry | None) -> dict[str, Any]:
    """What a county's table does not hold: legal classes, kind of column, rules of privacy, sources."""
    if base is None:
        return {}
    names = ("sources", "legal_class", "column_kind", "privacy")
    return {name: getattr(base, name) for name in names}


def _same(text: str, standard: str | None) -> str:
    """The standard's wording where the imported one differs in blanks only."""
    return standard if standard and bare(standard) == bare(text) else text


def _restored(texts: tuple[str, ...], standard: tuple[str, ...]) -> tuple[str, ...]:
    by_text = {bare(s): s for s in standard}
    return tuple(by_text.get(bare(text), text) for text in texts)


def _bases(basis: tuple[Basis, ...], base: Entry | None, *, exact: bool) -> tuple[Basis, ...]:
    """The bases as imported; what is known of one with the same title and number comes along.

    An exported table leaves out other places' own documents (``exact``); they are not gone for that.
    """
    standard = base.basis if base else ()
    known = {(bare(b.title), bare(b.number or "")): b for b in standard}
    read = tuple(known.get((bare(b.title), bare(b.number or "")), b) for b in basis)
    left_out = [b for b in standard if b not in read]
    if exact and all(b.place for b in left_out) and [b for b in standard if b in read] == list(read):
        return standard
    return read


def _subjects(subject: str | None, levels: tuple[str, ...], base: Entry | None) -> tuple[str | None, str | None]:
    township, county = (base.subject_township, base.subject_county) if base else (None, None)
    if subject is None:
        return None, None if township else county
    same = {bare(name): name for name in (township, county) if name}
    subject = same.get(bare(subject), subject)
    if subject == township or (township is None and subject == county):
        return township, county
    if not levels or OWN_LEVELS & set(levels):
        return subject, county
    return None, subject


def _extra(record: Record) -> tuple[tuple[str, str], ...]:
    return tuple((column.name, value.text) for column, value in record.values.items() if column.added and value.text)


def _note(record: Record, base: Entry | None) -> str | None:
    ditto = [column.name for column, value in record.values.items() if value.filled == "同上"]
    said = f"{'、'.join(ditto)}原写“同上”，按上一行展开。" if ditto else ""
    return "".join(filter(None, (base.note if base else None, said))) or None


def _original(record: Record) -> dict[str, str]:
    """The text of every cell as it stood, by column; of added columns only where ``extra`` differs."""
    return {
        column.name: value.original
        for column, value in record.values.items()
        if value.original and (not column.added or value.original != value.text)
    }
