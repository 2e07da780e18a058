"""The registry of rules, and the list of every kind of finding: the manual."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongkai.dataset import Dataset
from gongkai.model import Finding, FindingType, Severity
from gongkai.privacy.detectors import Kind, scan
from gongkai.reading import codes as reading_codes
from gongkai.reading.settings import RuleLevel
from gongkai.rules import (
    arithmetic,
    deadline,
    elements,
    inspection,
    metadata,
    numbers,
    privacy,
    relations,
    site,
    text,
)
from gongkai.rules import codes as rule_codes
from gongkai.rules.kind import Rule

FAMILIES = (deadline, elements, privacy, numbers, arithmetic, inspection)
RULES: tuple[Rule, ...] = (
    *relations.RULES,
    *metadata.RULES,
    *text.RULES,
    *site.RULES,
    *(rule for family in FAMILIES for rule in family.RULES),
)


def all_types() -> tuple[FindingType, ...]:
    """Every kind of finding the product can give, by code."""
    return tuple(
        sorted((*reading_codes.ALL, *rule_codes.ALL, *(t for f in FAMILIES for t in f.TYPES)), key=lambda t: t.code)
    )


def run_rules(dataset: Dataset) -> Iterator[Finding]:
    """All findings of all rules over ``dataset``; about drafts they are notes only."""
    drafts = {item.file for item in dataset.items if item.draft}
    known = {kind.code for kind in all_types()}
    for code in dataset.settings.rules:
        if code not in known:
            place = dataset.settings.place(f"rules.{code}")
            yield rule_codes.UNKNOWN_RULE.at(place, field=f"rules.{code}", value=code)
    for rule in RULES:
        for finding in rule(dataset):
            yield finding.with_severity(Severity.NOTE) if finding.file in drafts else finding


def scrubbed(finding: Finding) -> Finding:
    """``finding`` without a whole number of a person, whichever rule has quoted the text in which it stands."""
    quoted = (finding.file, finding.message, finding.hint)
    if sum(map(str.isdecimal, "".join(quoted))) < 11:
        return finding
    clean = [_masked(text) for text in quoted]
    return finding if clean == list(quoted) else replace(finding, file=clean[0], message=clean[1], hint=clean[2])


def _masked(text: str) -> str:
    for hit in reversed(scan(text)):
        if hit.kind not in (Kind.PARTIAL, Kind.MAILBOX):
            text = text[: hit.start] + hit.shown + text[hit.end :]
    return text


def apply_levels(findings: Iterable[Finding], levels: dict[str, RuleLevel]) -> list[Finding]:
    """Findings in file order under the severities that the site's settings give them; ``off`` drops them."""
    kept = []
    for finding in map(scrubbed, findings):
        level = levels.get(finding.code)
        if level is None:
            kept.append(finding)
        elif level.level != "off":
            kept.append(finding.with_severity(Severity[level.level.upper()]))
    return sorted(kept, key=lambda f: f.sort_key)
