"""``gongkai catalogue show``: what the catalogue says, row by row."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from gongkai.catalogue import words
from gongkai.catalogue.load import standard_field, standard_files
from gongkai.cli.catalogue_site import Site, add_optional_config, site_here
from gongkai.cli.errors import UsageError
from gongkai.model import Catalogue, Entry, Field
from gongkai.reading.entries import containing, matching
from gongkai.reading.nearest import nearest, phrase

WAITING = "待核"
Rows = tuple[Field, Sequence[Entry]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "what", nargs="?", metavar="领域或条目", help="领域编号、名称，或条目编号、路径；不写时列出全部领域"
    )
    parser.add_argument("--unconfirmed", action="store_true", help="只列出待核的条目")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式（默认 text）")
    add_optional_config(parser)


class _Shelf(Struct, frozen=True):
    """All 30 fields: the township's own version of those it has adopted, the standard one of the others."""

    fields: tuple[Field, ...]
    site: Site | None

    def status(self, field_id: str) -> str:
        """Whether the township has adopted the field; empty outside a site."""
        if self.site is None:
            return ""
        catalogue = self.site.catalogue
        if field_id in catalogue.field_by_id:
            return "本镇采用"
        return "本镇未涉及" if self.statement(field_id) else "本镇未采用"

    def statement(self, field_id: str) -> str | None:
        """What the public is told of a field that does not apply."""
        absent = self.site.catalogue.not_applicable if self.site else ()
        return next((n.statement for n in absent if n.field_id == field_id), None)


def run(options: argparse.Namespace) -> int:
    """Show the field or entry asked for, or the list of all fields."""
    shelf = _shelf(site_here(options.config_file))
    if options.what is None and not options.unconfirmed:
        _print_list(shelf, options.format)
        return 0
    found: list[Rows] = _wanted(shelf, options.what) if options.what else [(f, f.entries) for f in shelf.fields]
    if options.unconfirmed:
        found = [(f, waiting) for f, entries in found if (waiting := [e for e in entries if not e.confirmed])]
    if options.format == "json":
        print(json.dumps([_field_dict(shelf, f, entries) for f, entries in found], ensure_ascii=False, indent=1))
    elif options.unconfirmed:
        print("\n".join(_waiting_lines(found)))
    else:
        print("\n".join(line for f, entries in found for line in _field_lines(shelf, f, entries)))
    return 0


def _shelf(site: Site | None) -> _Shelf:
    own = site.catalogue.field_by_id if site else {}
    return _Shelf(tuple(own.get(i) or standard_field(i) for i in sorted({*standard_files(), *own})), site)


# ---- what is asked for


def _wanted(shelf: _Shelf, what: str) -> list[Rows]:
    """The field or the rows that ``what`` names. Raises UsageError with the nearest names when there are none."""
    bare = what.strip().removesuffix("领域")
    for field in shelf.fields:
        if bare in (field.id, field.name) or what.strip() == field.name:
            return [(field, field.entries)]
    catalogue = Catalogue(shelf.fields)
    rows = [e for e in catalogue.entries() if bare in (e.id, e.level1_id)]
    rows = rows or matching(catalogue, what) or containing(catalogue, what)
    if not rows:
        known = [*(f.name for f in shelf.fields), *catalogue.by_id, *map(catalogue.path, catalogue.entries())]
        raise UsageError(f"目录中没有“{what}”{phrase(nearest(bare, known))}。不写名称可列出全部领域。")
    return [(f, own) for f in shelf.fields if (own := [e for e in rows if e.field_id == f.id])]


# ---- text


def _print_list(shelf: _Shelf, style: str) -> None:
    if style == "json":
        print(json.dumps([_head_dict(shelf, f) for f in shelf.fields], ensure_ascii=False, indent=1))
        return
    for field in shelf.fields:
        waiting = sum(not e.confirmed for e in field.entries)
        status = shelf.status(field.id)
        counts = f"{len(field.entries)}项，其中乡村级{len(field.own_entries)}项，待核{waiting}项"
        print(f"{field.id}  {field.name}（{counts}）{status}")
    total = sum(len(f.entries) for f in shelf.fields)
    waiting = sum(not e.confirmed for f in shelf.fields for e in f.entries)
    print(
        f"共 {len(shelf.fields)} 个领域 {total} 项，其中待核 {waiting} 项。查看一个领域：gongkai catalogue show 社会救助"
    )


def _waiting_lines(found: Sequence[Rows]) -> Iterator[str]:
    for field, entries in found:
        yield f"{field.id} {field.name}：待核 {len(entries)} 项"
        yield from (f"  {e.id}  {words.path_words(e)}" for e in entries)
    yield f"共 {sum(len(entries) for _, entries in found)} 项待核：没有在公开的目录表中见到，使用前请与县里印发的目录核对。"


def _field_lines(shelf: _Shelf, field: Field, entries: Sequence[Entry]) -> Iterator[str]:
    status = shelf.status(field.id)
    waiting = sum(not e.confirmed for e in entries)
    about = [f"{len(entries)}项", *([f"待核{waiting}项"] if waiting else []), *([status] if status else [])]
    yield f"{field.id} {field.name}（{'，'.join(about)}）"
    if statement := shelf.statement(field.id):
        yield f"未涉及说明：{statement}"
    if len(entries) == len(field.entries):
        yield from (f"说明：{note}" for note in field.notes)
    for entry in entries:
        marks = [WAITING] * (not entry.confirmed) + [words.OWN_ROW] * entry.local
        yield ""
        yield f"{entry.id}  {words.path_words(entry)}" + "".join(f"【{mark}】" for mark in marks)
        yield from (f"  {label}：{text}" for label, text in _lines(entry) if text)


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    """The row's cells, with everything the official table has no column for behind them."""
    yield "公开内容（要素）", "；".join(entry.elements)
    yield "公开依据", "；".join(_basis(entry))
    yield "公开时限", entry.time_limit_text
    yield (
        "时限规则",
        words.limits_words(entry.time_limits) or ("读不出规则，按原文执行" if entry.time_limit_text else ""),
    )
    subjects = (("乡级", entry.subject_township), ("县级", entry.subject_county))
    yield "公开主体", "；".join(f"{level} {body}" for level, body in subjects if body)
    yield "公开渠道和载体", " ".join(words.channel_lines(entry))
    yield "公开对象", words.audience(entry)
    yield "公开方式", "、".join(entry.methods)
    yield "公开层级", "、".join(entry.levels)
    yield from entry.extra
    yield "法定类别", "、".join(map(words.legal_class_words, entry.legal_class))
    yield "栏目类别", entry.column_kind or ""
    yield "名单要求", _privacy(entry)
    yield "未核实的部分", "、".join(entry.unconfirmed_parts)
    yield "说明", entry.note or ""


def _basis(entry: Entry) -> list[str]:
    return [b.label + words.superseded_words(b) + (f"（{b.place}的文件）" if b.place else "") for b in entry.basis]


def _privacy(entry: Entry) -> str:
    if entry.privacy is None:
        return ""
    kept = entry.privacy
    said = (f"名单只在{'、'.join(kept.channels)}公开", kept.retention, kept.mask)
    return "；".join(filter(None, said))


# ---- JSON


def _head_dict(shelf: _Shelf, field: Field) -> dict[str, Any]:
    return {
        "id": field.id,
        "name": field.name,
        "count": len(field.entries),
        "own": len(field.own_entries),
        "unconfirmed": sum(not e.confirmed for e in field.entries),
        "status": shelf.status(field.id) or None,
        "statement": shelf.statement(field.id),
        "notes": list(field.notes),
    }


def _field_dict(shelf: _Shelf, field: Field, entries: Sequence[Entry]) -> dict[str, Any]:
    return {**_head_dict(shelf, field), "entries": [_entry_dict(e) for e in entries]}


def _entry_dict(entry: Entry) -> dict[str, Any]:
    kept = entry.privacy
    return {
        "id": entry.id,
        "level1": entry.level1,
        "level2": entry.level2,
        "level3": entry.level3,
        "elements": list(entry.elements),
        "basis": [
            {"title": b.title, "number": b.number, "superseded_by": b.superseded_by, "place": b.place}
            for b in entry.basis
        ],
        "time_limit": entry.time_limit_text,
        "time_limit_rules": words.limit_rules(entry),
        "subject": {"township": entry.subject_township, "county": entry.subject_county},
        "channels": {"must": list(entry.channels_must), "may": list(entry.channels_may)},
        "audience": list(entry.audience),
        "audience_groups": entry.audience_groups,
        "methods": list(entry.methods),
        "levels": list(entry.levels),
        "extra": dict(entry.extra),
        "legal_class": list(entry.legal_class),
        "legal_class_words": [words.legal_class_words(c) for c in entry.legal_class],
        "column_kind": entry.column_kind,
        "privacy": {"channels": list(kept.channels), "retention": kept.retention, "mask": kept.mask} if kept else None,
        "local": entry.local,
        "confirmed": entry.confirmed,
        "unconfirmed_parts": list(entry.unconfirmed_parts),
        "sources": list(entry.sources),
        "note": entry.note,
    }
