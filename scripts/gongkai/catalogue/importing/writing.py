"""Writes an imported field as a field file (catalogue/schema/field.schema.json)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import yaml

from gongkai.catalogue.importing.channels import national_channels
from gongkai.catalogue.load import to_field
from gongkai.model import Basis, Entry, Field, TimeLimit
from gongkai.reading import marked_yaml
from gongkai.reading.schema import schema

_WIDTH = 100_000  # a text stays on one line


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    plain = "\n" in text and all(line == line.rstrip() for line in text.split("\n")) and text.isprintable() is False
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if plain and "\t" not in text else None)


_Dumper.add_representer(str, _text)


def field_text(field: Field, originals: dict[str, dict[str, str]], since: dt.date, remarks: Iterable[str]) -> str:
    """The text of the field file. Raises ValueError when it would not read back as ``field``."""
    data = {
        "field": _head(field, since),
        "entries": [_entry(entry, originals.get(entry.id, {})) for entry in field.entries],
    }
    head = "".join(f"# {line}\n" for remark in remarks for line in remark.splitlines())
    text = head + yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    _check(text, field)
    return text


def _check(text: str, field: Field) -> None:
    data = marked_yaml.load(text)
    problems = [f"{'.'.join(map(str, v.path))}（{v.label}）" for v in schema("field").violations(data)]
    if problems:
        raise ValueError("、".join(problems[:5]))
    if to_field(data) != field:
        raise ValueError(f"领域 {field.id} 写出后读不回原样")


def _head(field: Field, since: dt.date) -> dict[str, Any]:
    head: dict[str, Any] = {"id": field.id, "name": field.name, "intro": field.intro, "since": since.isoformat()}
    if field.official_order:
        head["official_order"] = field.official_order
    return head | ({"notes": list(field.notes)} if field.notes else {})


def _entry(entry: Entry, original: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": entry.id, "level1": entry.level1, "level2": entry.level2}
    if entry.level3:
        row["level3"] = entry.level3
    row |= {
        "elements": list(entry.elements),
        "basis": [_basis(basis) for basis in entry.basis],
        "time_limit": {"text": entry.time_limit_text, "rules": [_limit(limit) for limit in entry.time_limits]},
        "subject": {"township": entry.subject_township, "county": entry.subject_county},
        "channels": _channels(entry),
        "audience": {
            "scope": list(entry.audience),
            "groups": entry.audience_groups.split("、") if entry.audience_groups else [],
        },
        "methods": list(entry.methods),
        "levels": list(entry.levels),
        "confirmed": entry.confirmed,
    }
    if entry.privacy:
        p = entry.privacy
        row["privacy"] = {"channels": list(p.channels), "retention": p.retention} | ({"mask": p.mask} if p.mask else {})
    optional = {
        "legal_class": list(entry.legal_class),
        "column_kind": entry.column_kind,
        "unconfirmed_parts": list(entry.unconfirmed_parts),
        "sources": list(entry.sources),
        "note": entry.note,
        "local": entry.local,
        "extra": dict(entry.extra),
        "original": original,
    }
    return row | {key: value for key, value in optional.items() if value}


def _channels(entry: Entry) -> dict[str, list[str]]:
    national = national_channels()
    may = [c for c in entry.channels_may if c in national]
    other = [c for c in entry.channels_may if c not in national]
    return {"must": list(entry.channels_must), "may": may} | ({"other": other} if other else {})


def _basis(basis: Basis) -> dict[str, Any]:
    row: dict[str, Any] = {"title": basis.title}
    if basis.number:
        row |= {"number": basis.number} | ({"number_seen": True} if basis.number_seen else {})
    rest = {"superseded_by": basis.superseded_by, "place": basis.place}
    return row | {key: value for key, value in rest.items() if value}


def _limit(limit: TimeLimit) -> dict[str, Any]:
    row: dict[str, Any] = {"role": limit.role.value, "kind": limit.kind.value}
    rest = {"n": limit.n, "counted_from": limit.counted_from, "applies_to": limit.applies_to}
    return row | {key: value for key, value in rest.items() if value}
