"""A finding: one thing that is wrong, or worth knowing, in one place of one file."""

from __future__ import annotations

import enum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace


class Severity(enum.IntEnum):
    """How much a finding weighs. Sorted by weight, so that ``max()`` gives the worst."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The name used in JSON and in settings: ``error``, ``warning`` or ``note``."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """The name a clerk reads."""
        return {"ERROR": "错误", "WARNING": "警告", "NOTE": "提示"}[self.name]


class Place(Struct, frozen=True):
    """Where something stands: a file (relative to the site's root, with ``/``), line and column from 1."""

    file: str
    line: int = 1
    column: int = 1


class Finding(Struct, frozen=True):
    """One finding, ready to print.

    ``message`` says what is wrong and why, ``hint`` what to do with right input shown, both in Chinese;
    ``rule`` is the source (law article, catalogue row or indicator); ``field`` the canonical key, if any.
    """

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    field: str | None
    message: str
    hint: str
    rule: str

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """File order, then place in the file, then code."""
        return (self.file, self.line, self.column, self.code)

    def as_dict(self) -> dict[str, Any]:
        """The finding under the names of the JSON contract (docs/architecture.md)."""
        return {
            "code": self.code,
            "severity": self.severity.word,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "field": self.field,
            "message": self.message,
            "hint": self.hint,
            "rule": self.rule,
        }

    def with_severity(self, severity: Severity) -> Finding:
        """The same finding under another severity (a site's settings may change it)."""
        return replace(self, severity=severity)


class FindingType(Struct, frozen=True):
    """A kind of finding. The list of all of them is the manual (``docs/rules.md``).

    ``message`` and ``hint`` are ``str.format`` templates; ``why`` explains the rule to a reader of
    the manual; ``source`` names the law, rule number or format behind it. A code is never reused.
    """

    code: str
    severity: Severity
    title: str
    message: str
    hint: str
    source: str
    why: str

    def at(self, place: Place, *, field: str | None = None, **values: object) -> Finding:
        """Make a finding of this type at ``place``, filling the templates with ``values``."""
        return Finding(
            code=self.code,
            severity=self.severity,
            file=place.file,
            line=place.line,
            column=place.column,
            field=field,
            message=self.message.format(**values),
            hint=self.hint.format(**values),
            rule=self.source,
        )


class HasFindings:
    """What has ``findings`` can say how many there are of each severity."""

    __slots__ = ()
    findings: list[Finding]

    def count(self, severity: Severity) -> int:
        """How many findings there are of one severity."""
        return sum(f.severity is severity for f in self.findings)

    @property
    def errors(self) -> int:
        """How many errors there are; a site is built only when there is none."""
        return self.count(Severity.ERROR)
