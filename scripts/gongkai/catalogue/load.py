"""Catalogue files become fields and entries; the standard catalogue lies in the package."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from gongkai.model import (
    Basis,
    Entry,
    Field,
    LimitKind,
    LimitRole,
    Privacy,
    TimeLimit,
)
from gongkai.reading import marked_yaml
from gongkai.reading.schema import schema
from gongkai.reading.settings import problem_of
from gongkai.resources import catalogue_dir


def standard_files() -> dict[str, Path]:
    """Field id to file of every field of the standard catalogue; the id is the start of the file's name."""
    return {path.name.split("-")[0]: path for path in sorted((catalogue_dir() / "fields").glob("*.yaml"))}


@lru_cache(maxsize=64)
def read_field(path: Path) -> tuple[Field, tuple[str, ...]]:
    """The field in ``path`` and what its schema has against it."""
    data = marked_yaml.load(path.read_text("utf-8"))
    problems = tuple(f"{'.'.join(map(str, v.path))}:{problem_of(v)}" for v in schema("field").violations(data))
    return (to_field(data) if not problems else Field("", "", "", ())), problems


def standard_field(field_id: str) -> Field:
    """One field of the standard catalogue. Raises KeyError for an unknown id, ValueError for a broken file."""
    field, problems = read_field(standard_files()[field_id])
    if problems:
        raise ValueError("; ".join(problems))
    return field


@lru_cache(maxsize=1)
def standard_names() -> dict[str, str]:
    """Id to name of every field of the standard catalogue, without reading their rows."""
    names: dict[str, str] = {}
    for field_id, path in standard_files().items():
        with path.open(encoding="utf-8") as lines:
            names[field_id] = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("  name:"))
    return names


def to_field(data: dict[str, Any]) -> Field:
    """A field out of the data of a field file that its schema accepts."""
    head = data["field"]
    return Field(
        id=head["id"],
        name=head["name"],
        intro=head["intro"],
        entries=tuple(to_entry(row, head["id"]) for row in data["entries"]),
        official_order=head.get("official_order"),
        notes=tuple(head.get("notes", ())),
    )


def _privacy(data: dict[str, Any] | None) -> Privacy | None:
    return Privacy(tuple(data["channels"]), data["retention"], data.get("mask")) if data else None


def to_entry(row: dict[str, Any], field_id: str) -> Entry:
    """An entry out of a row of a field file that its schema accepts."""
    channels, subject, audience = row["channels"], row.get("subject", {}), row.get("audience", {})
    return Entry(
        id=row["id"],
        field_id=field_id,
        level1=row["level1"],
        level2=row["level2"],
        level3=row.get("level3"),
        elements=tuple(row["elements"]),
        basis=tuple(Basis(**b) for b in row["basis"]),
        time_limit_text=row["time_limit"]["text"],
        time_limits=tuple(
            TimeLimit(
                LimitRole(r["role"]), LimitKind(r["kind"]), r.get("n"), r.get("counted_from"), r.get("applies_to")
            )
            for r in row["time_limit"]["rules"]
        ),
        subject_township=subject.get("township"),
        subject_county=subject.get("county"),
        channels_must=tuple(channels.get("must", ())),
        channels_may=(*channels.get("may", ()), *channels.get("other", ())),
        audience=tuple(audience.get("scope", ())),
        audience_groups="、".join(audience.get("groups", ())) or None,
        methods=tuple(row["methods"]),
        levels=tuple(row["levels"]),
        confirmed=row["confirmed"],
        unconfirmed_parts=tuple(row.get("unconfirmed_parts", ())),
        sources=tuple(row.get("sources", ())),
        note=row.get("note"),
        legal_class=tuple(row.get("legal_class", ())),
        column_kind=row.get("column_kind"),
        privacy=_privacy(row.get("privacy")),
        extra=tuple((label, value) for label, value in row.get("extra", {}).items()),
        local=row.get("local", False),
    )
