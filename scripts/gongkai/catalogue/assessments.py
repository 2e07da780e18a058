"""Assessment tables as data: the package's own, and the township's in ``assessments/`` of its catalogue folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongkai.catalogue.adoption import CheckedFile, read_checked, shown_name
from gongkai.model import Finding, Severity
from gongkai.model.assessment import FIGURES, Assessment, AssessmentRow, RowKind
from gongkai.reading.formula import BadFormula, parse_formula
from gongkai.reading.nearest import nearest, phrase
from gongkai.reading.report_codes import BAD_FORMULA, UNKNOWN_FIGURE
from gongkai.reading.settings import Settings
from gongkai.reading.source import Report
from gongkai.resources import catalogue_dir

FOLDER = "assessments"
STANDARD = "township"
"""The table that is used where none is named."""


def load_assessments(settings: Settings | None, report: Report) -> dict[str, Assessment]:
    """The tables by name, those of the township over the package's of the same name; what is wrong is told and left aside.

    Without settings only the package's.
    """
    folders = [catalogue_dir() / FOLDER]
    if settings is not None and (own := settings.catalogue_dir / FOLDER).resolve() != folders[0].resolve():
        folders.append(own)
    found: dict[str, Assessment] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            name = shown_name(path, settings) if settings is not None else path.name
            table = _read(path, name, report)
            if table is not None:
                found[table.name] = table
    return found


def _read(path: Path, name: str, report: Report) -> Assessment | None:
    said: list[Finding] = []
    file = read_checked(path, name, "assessment", said.append)
    rows = [_row(file, n, row, said.append) for n, row in enumerate(file.data["rows"])] if file is not None else []
    for finding in said:
        report(finding.with_severity(min(finding.severity, Severity.WARNING)))
    if file is None or any(f.severity >= Severity.WARNING for f in said):
        return None
    data = file.data
    return Assessment(path.stem, data["title"], data["source"], tuple(rows), data.get("note", ""))


def _row(file: CheckedFile, n: int, row: dict[str, Any], report: Report) -> AssessmentRow:
    formula = row.get("formula")
    if formula is not None:
        place = file.place("rows", n, "formula")
        try:
            for name in sorted(parse_formula(formula).names - set(FIGURES)):
                guess = phrase(nearest(name, list(FIGURES)))
                names = "、".join(FIGURES)
                report(UNKNOWN_FIGURE.at(place, item=row["item"], name=name, guess=guess, names=names))
        except BadFormula as bad:
            report(BAD_FORMULA.at(place, item=row["item"], formula=formula, reason=bad))
    return AssessmentRow(
        item=row["item"],
        standard=row["standard"],
        weight=row["weight"],
        kind=RowKind(row.get("kind", RowKind.SCORE.value)),
        formula=formula,
        group=row.get("group", ""),
    )
