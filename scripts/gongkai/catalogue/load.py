"""Catalogue files become the catalogue that a township has adopted."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from gongkai.model import (
    Basis,
    Catalogue,
    Entry,
    Field,
    LimitKind,
    LimitRole,
    NotApplicable,
    Place,
    TimeLimit,
)
from gongkai.reading import codes, marked_yaml
from gongkai.reading.marked_yaml import Mapping
from gongkai.reading.schema import schema
from gongkai.reading.settings import Settings, advice_of, problem_of
from gongkai.reading.source import Report, read_text
from gongkai.resources import catalogue_dir

ADOPTED = "adopted.yaml"


def standard_files() -> dict[str, Path]:
    """Field id to file of every field of the standard catalogue; the id is the start of the file's name."""
    return {path.name.split("-")[0]: path for path in sorted((catalogue_dir() / "fields").glob("*.yaml"))}


@lru_cache(maxsize=64)
def _read_field(path: Path) -> tuple[Field, tuple[str, ...]]:
    """The field in ``path`` and what its schema has against it."""
    data = marked_yaml.load(path.read_text("utf-8"))
    problems = tuple(f"{'.'.join(map(str, v.path))}:{problem_of(v)}" for v in schema("field").violations(data))
    return (_field(data) if not problems else Field("", "", "", ())), problems


def standard_field(field_id: str) -> Field:
    """One field of the standard catalogue. Raises KeyError for an unknown id, ValueError for a broken file."""
    field, problems = _read_field(standard_files()[field_id])
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


def load_catalogue(settings: Settings, report: Report) -> Catalogue | None:
    """The catalogue of ``settings``' township; None after reporting why there is none."""
    path = settings.catalogue_dir / ADOPTED
    inside = settings.root == path.parent or settings.root in path.parents
    file = path.relative_to(settings.root).as_posix() if inside else path.name
    if not path.is_file():
        report(codes.CATALOGUE_MISSING.at(settings.place("catalogue_dir"), file=file))
        return None
    data = _adopted(path, file, report)
    if data is None:
        return None
    files, names = standard_files(), standard_names()
    fields: list[Field] = []
    fine = True
    for n, field_id in enumerate(data["fields"]):
        if field_id not in files:
            known = "、".join(f"{i} {name}" for i, name in names.items())
            report(
                codes.UNKNOWN_FIELD.at(
                    _place(path, file, ("fields", n)), field="fields", field_id=field_id, known=known
                )
            )
            fine = False
            continue
        field, problems = _read_field(files[field_id])
        for problem in problems:
            report(
                codes.BAD_CATALOGUE.at(
                    Place(files[field_id].name),
                    key=field_id,
                    label="",
                    problem=problem,
                    advice="请对照 catalogue/schema/field.schema.json 改正。",
                )
            )
            fine = False
        fields.append(field)
    if not fine:
        return None
    apart = tuple(NotApplicable(n["field"], n["statement"]) for n in data.get("not_applicable", []))
    return Catalogue(tuple(fields), apart, names)


def _adopted(path: Path, file: str, report: Report) -> dict[str, Any] | None:
    text = read_text(path, file, report)
    if text is None:
        return None
    before: list[object] = []
    node = marked_yaml.parse(text, file, before.append, broken=codes.CATALOGUE_UNREADABLE)
    for finding in before:
        report(finding)  # type: ignore[arg-type]  # collected from the same kind of report
    if before:
        return None
    data = marked_yaml.plain(node) if isinstance(node, Mapping) else {}
    violations = list(schema("adopted").violations(data))
    for v in violations:
        key = ".".join(map(str, v.path))
        plain = v.keyword != "additionalProperties" and v.label != str(v.path[-1] if v.path else "")
        label = f"（{v.label}）" if plain else ""
        advice = advice_of(v, "请对照“gongkai init”生成的 adopted.yaml 改正。")
        place = _place(path, file, v.path)
        report(
            codes.BAD_CATALOGUE.at(place, field=key, key=key or file, label=label, problem=problem_of(v), advice=advice)
        )
    return None if violations else data  # type: ignore[return-value]  # the schema says it is a mapping


def _place(path: Path, file: str, steps: tuple[str | int, ...]) -> Place:
    """Where a value stands in a YAML file, as near as it exists there."""
    node: Any = marked_yaml.parse(path.read_text("utf-8-sig"), file, lambda _: None)
    line, column = (node.line, node.column) if node is not None else (1, 1)
    for step in steps:
        values = getattr(node, "values", ())
        if isinstance(step, int):
            child = values[step] if step < len(values) else None
        else:
            child = node.get(step) if isinstance(node, Mapping) else None
        if child is None:
            break
        node, line, column = child, child.line, child.column
    return Place(file, line, column)


def _field(data: dict[str, Any]) -> Field:
    head = data["field"]
    return Field(
        id=head["id"],
        name=head["name"],
        intro=head["intro"],
        entries=tuple(_entry(row, head["id"]) for row in data["entries"]),
        official_order=head.get("official_order"),
        notes=tuple(head.get("notes", ())),
    )


def _entry(row: dict[str, Any], field_id: str) -> Entry:
    channels, subject, audience = row["channels"], row.get("subject", {}), row.get("audience", {})
    return Entry(
        id=row["id"],
        field_id=field_id,
        level1=row["level1"],
        level2=row["level2"],
        level3=row.get("level3"),
        elements=tuple(row["elements"]),
        basis=tuple(Basis(b["title"], b.get("number"), b.get("number_seen", False)) for b in row["basis"]),
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
        legal_class=row.get("legal_class"),
    )
