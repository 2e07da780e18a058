"""A township's adoption of the standard catalogue (adopted.yaml, own field files) becomes its history."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gongkai.catalogue.changes import ChangeError, apply_change
from gongkai.catalogue.load import read_field, standard_files, standard_names, to_field
from gongkai.model import Catalogue, CatalogueHistory, Field, Finding, NotApplicable, Place
from gongkai.reading import codes, marked_yaml
from gongkai.reading.marked_yaml import Mapping, Node, Sequence
from gongkai.reading.schema import schema
from gongkai.reading.settings import Settings, advice_of, problem_of
from gongkai.reading.source import Report, read_text

ADOPTED = "adopted.yaml"
OWN = "own"


class CheckedFile(Struct, frozen=True):
    """A catalogue file as read: its name for findings, its data, and where things stand in it."""

    name: str
    data: dict[str, Any]
    node: Node

    def place(self, *steps: str | int) -> Place:
        """Where a value stands, as near as it exists."""
        node, line, column = self.node, self.node.line, self.node.column
        for step in steps:
            if isinstance(step, int):
                child = node.values[step] if isinstance(node, Sequence) and step < len(node.values) else None
            else:
                child = node.get(step) if isinstance(node, Mapping) else None
            if child is None:
                break
            node, line, column = child, child.line, child.column
        return Place(self.name, line, column)


def load_history(settings: Settings, report: Report) -> CatalogueHistory | None:
    """The catalogue of ``settings``' township through time; None after reporting why there is none."""
    path = settings.catalogue_dir / ADOPTED
    name = shown_name(path, settings)
    if not path.is_file():
        report(codes.CATALOGUE_MISSING.at(settings.place("catalogue_dir"), file=name))
        return None
    said: list[Finding] = []
    adopted = read_checked(path, name, "adopted", said.append)
    own = _own_fields(settings, said.append)
    history = _History(adopted, own, said.append).build() if adopted is not None else None
    for finding in said:
        report(finding)
    return None if said else history


def shown_name(path: Path, settings: Settings) -> str:
    """The name under which findings speak of a file."""
    return path.relative_to(settings.root).as_posix() if settings.root in path.parents else path.name


def read_checked(path: Path, name: str, kind: str, report: Report) -> CheckedFile | None:
    """A catalogue file that its schema accepts; None after reporting."""
    text = read_text(path, name, report)
    if text is None:
        return None
    said: list[Finding] = []
    node = marked_yaml.parse(text, name, said.append, broken=codes.CATALOGUE_UNREADABLE)
    for finding in said:
        report(finding)
    if said:
        return None
    data = marked_yaml.plain(node) if isinstance(node, Mapping) else {}
    if kind in ("field", "assessment"):  # their schemas ask for numbers
        data = json.loads(json.dumps(marked_yaml.load(text), ensure_ascii=False, default=str))
    file = CheckedFile(name, data if isinstance(data, dict) else {}, node or marked_yaml.Scalar("", 1, 1))
    violations = list(schema(kind).violations(file.data))
    for v in violations:
        key = ".".join(map(str, v.path))
        plain = v.keyword != "additionalProperties" and v.label != str(v.path[-1] if v.path else "")
        label = f"（{v.label}）" if plain else ""
        advice = advice_of(v, "请对照“gongkai init”生成的 adopted.yaml 改正。")
        found = codes.BAD_CATALOGUE.at(
            file.place(*v.path), field=key, key=key or name, label=label, problem=problem_of(v), advice=advice
        )
        report(found)
    return None if violations else file


def _own_fields(settings: Settings, report: Report) -> list[tuple[dt.date, Field]]:
    """The township's own field files with the days from which they are in force, the oldest first."""
    found: list[tuple[dt.date, Field]] = []
    for path in sorted((settings.catalogue_dir / OWN).glob("*.yaml")):
        file = read_checked(path, shown_name(path, settings), "field", report)
        if file is None:
            continue
        since = file.data["field"].get("since")
        if since is None:
            advice = "请在 field 下加一行：since: 2026-01-01"
            found_here = codes.BAD_CATALOGUE.at(
                file.place("field"), key="field.since", label="（启用日期）", problem="没有填写", advice=advice
            )
            report(found_here)
            continue
        found.append((dt.date.fromisoformat(str(since)), to_field(file.data)))
    return sorted(found, key=lambda pair: (pair[0], pair[1].id))


class _History:
    """Builds the versions: the start, then each dated change and own field file in the order of their days."""

    def __init__(self, adopted: CheckedFile, own: list[tuple[dt.date, Field]], report: Report) -> None:
        self.file, self.own, self.report = adopted, own, report
        self.names = standard_names()

    def build(self) -> CatalogueHistory | None:
        data = self.file.data
        standard = self._standard([*data["fields"], *(c["adopt"] for c in data.get("changes", ()) if "adopt" in c)])
        since = self._day("since", data["since"])
        if standard is None or since is None:
            return None
        fields = tuple(standard[i] for i in data["fields"])
        apart = tuple(NotApplicable(n["field"], n["statement"]) for n in data["not_applicable"])
        catalogue = Catalogue(fields, apart, self.names)
        versions = [(since, self._replaced(catalogue, [f for day, f in self.own if day <= since]))]
        for day, steps in sorted(self._steps(since).items()):
            catalogue = versions[-1][1]
            catalogue = self._replaced(catalogue, [s for s in steps if isinstance(s, Field)])
            for step in steps:
                if isinstance(step, int):
                    catalogue = self._apply(catalogue, step, standard)
            versions.append((day, catalogue))
        for day, version in versions:
            self._duplicates(day, version)
        return CatalogueHistory(tuple(versions))

    def _duplicates(self, day: dt.date, catalogue: Catalogue) -> None:
        count = Counter(entry.id for entry in catalogue.entries())
        for entry_id, n in count.items():
            if n > 1:
                example = f"{entry_id[:2]}-90-01"
                self.report(codes.DUPLICATE_ENTRY.at(Place(self.file.name), entry=entry_id, since=day, example=example))

    def _standard(self, ids: list[str]) -> dict[str, Field] | None:
        files = standard_files()
        fields: dict[str, Field] = {}
        for field_id in ids:
            if field_id not in files:
                place = self.file.place("fields", ids.index(field_id))
                known = "、".join(f"{i} {name}" for i, name in self.names.items())
                self.report(codes.UNKNOWN_FIELD.at(place, field="fields", field_id=field_id, known=known))
                continue
            fields[field_id], problems = read_field(files[field_id])
            for problem in problems:
                advice = "请对照 catalogue/schema/field.schema.json 改正。"
                place = Place(files[field_id].name)
                self.report(codes.BAD_CATALOGUE.at(place, key=field_id, label="", problem=problem, advice=advice))
        return fields if all(i in fields for i in ids) else None

    def _day(self, key: str, text: str, *steps: str | int) -> dt.date | None:
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            place = self.file.place(*(steps or (key,)))
            advice = "请写成：2026-01-01"
            problem = f"“{text}”不是真实的日期"
            self.report(codes.BAD_CATALOGUE.at(place, field=key, key=key, label="", problem=problem, advice=advice))
            return None

    def _steps(self, since: dt.date) -> dict[dt.date, list[Field | int]]:
        """What happens on each day: own field files, and changes by their number in the file."""
        steps: dict[dt.date, list[Field | int]] = {}
        for day, field in self.own:
            if day > since:
                steps.setdefault(day, []).append(field)
        for n, change in enumerate(self.file.data.get("changes", ())):
            day_of = self._day("since", change["since"], "changes", n, "since")
            if day_of is not None and day_of < since:
                self._bad(n, f"日期 {day_of} 早于目录的启用日期 {since}")
            elif day_of is not None:
                steps.setdefault(day_of, []).append(n)
        return steps

    def _apply(self, catalogue: Catalogue, n: int, standard: dict[str, Field]) -> Catalogue:
        try:
            return apply_change(catalogue, self.file.data["changes"][n], standard)
        except ChangeError as error:
            self._bad(n, str(error))
            return catalogue

    def _bad(self, n: int, problem: str) -> None:
        self.report(codes.BAD_CHANGE.at(self.file.place("changes", n), field=f"changes.{n}", n=n + 1, problem=problem))

    @staticmethod
    def _replaced(catalogue: Catalogue, fields: list[Field]) -> Catalogue:
        """``catalogue`` with the township's own fields in the place of those with their ids."""
        by_id = {f.id: f for f in fields}
        kept = tuple(by_id.pop(f.id, f) for f in catalogue.fields)
        added = tuple(sorted((*kept, *by_id.values()), key=lambda f: f.id)) if by_id else kept
        apart = tuple(n for n in catalogue.not_applicable if n.field_id not in {f.id for f in fields})
        return replace(catalogue, fields=added, not_applicable=apart)
