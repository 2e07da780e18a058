"""Findings as people and machines read them: text, JSON, GitHub annotations, SARIF 2.1.0."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any, Protocol

from gongkai import __version__
from gongkai.late import late_module
from gongkai.model.finding import Finding, Severity

if TYPE_CHECKING:
    import json
else:
    json = late_module("json")  # a check is mostly printed as text

FORMATS = ("text", "json", "github", "sarif")
SAME_NOTES = 3


class Said(Protocol):
    """What can be printed: how many item files were read, and what is wrong with them."""

    @property
    def read(self) -> int:
        """How many item files were read."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What was found, in the order in which it is to be told."""

    @property
    def errors(self) -> int:
        """How many errors there are."""

    def count(self, severity: Severity) -> int:
        """How many findings there are of one severity."""


def print_findings(gathered: Said, style: str = "text", out: IO[str] | None = None) -> None:
    """Print all findings of ``gathered`` in one of :data:`FORMATS`, to standard output if nothing else is given."""
    out = out or sys.stdout
    if style == "json":
        counts = {"items": gathered.read, "errors": gathered.errors, "warnings": gathered.count(Severity.WARNING)}
        found = [f.as_dict() for f in gathered.findings]
        out.write(json.dumps({**counts, "findings": found}, ensure_ascii=False, indent=1) + "\n")
    elif style == "sarif":
        out.write(json.dumps(_sarif(gathered.findings), ensure_ascii=False, indent=1) + "\n")
    elif style == "github":
        for finding in gathered.findings:
            out.write(_annotation(finding) + "\n")
    else:
        out.write(text(gathered))
    out.flush()


def text(gathered: Said) -> str:
    """For people: file, line, what is wrong, what to do; then the sum. Notes that repeat themselves are cut short."""
    lines: list[str] = []
    notes: Counter[str] = Counter()
    for f in gathered.findings:
        if f.severity is Severity.NOTE:
            notes[f.code] += 1
            if notes[f.code] > SAME_NOTES:
                continue
        lines.append(f"{f.file}:{f.line}:{f.column} {f.severity.label} {f.code} {f.message}")
        lines += [f"    {part}" for part in f.hint.split("\n")]
    for code, n in sorted(notes.items()):
        if n > SAME_NOTES:
            lines.append(f"另有 {n - SAME_NOTES} 处 {code} 提示没有列出（gongkai check --format json 可看全部）。")
    warnings, remarks = gathered.count(Severity.WARNING), gathered.count(Severity.NOTE)
    tail = f"，提示 {remarks} 处" if remarks else ""
    lines.append(f"检查了 {gathered.read} 条信息：错误 {gathered.errors} 处，警告 {warnings} 处{tail}。")
    return "\n".join(lines) + "\n"


def _annotation(f: Finding) -> str:
    """A workflow command of GitHub Actions; Gitee's runner reads the same form."""
    kind = {"note": "notice"}.get(f.severity.word, f.severity.word)
    message = f"{f.message} {f.hint}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = f.file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    return f"::{kind} file={file},line={f.line},col={f.column},title={f.code}::{message}"


def _sarif(findings: Sequence[Finding]) -> dict[str, Any]:
    from urllib.parse import quote  # noqa: PLC0415 - only this form asks for them

    from gongkai.rules.registry import all_types  # noqa: PLC0415 - the other formats need none of the rules

    used = {f.code for f in findings}
    rules = [
        {
            "id": t.code,
            "shortDescription": {"text": t.title},
            "fullDescription": {"text": t.why},
            "help": {"text": t.source},
        }
        for t in all_types()
        if t.code in used
    ]
    results = [
        {
            "ruleId": f.code,
            "level": f.severity.word,
            "message": {"text": f"{f.message} {f.hint}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(f.file)},
                        "region": {"startLine": f.line, "startColumn": f.column},
                    }
                }
            ],
        }
        for f in findings
    ]
    driver = {"name": "gongkai", "version": __version__, "rules": rules}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return {"$schema": schema, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
