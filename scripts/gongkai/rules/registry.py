"""The registry of rules, and the list of every kind of finding: the manual."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding, FindingType, Severity
from gongkai.reading import codes as reading_codes
from gongkai.reading.settings import RuleLevel
from gongkai.rules import codes as rule_codes
from gongkai.rules import metadata, relations, site, text

RULES = (*relations.RULES, *metadata.RULES, *text.RULES, *site.RULES)


def all_types() -> tuple[FindingType, ...]:
    """Every kind of finding the product can give, by code."""
    return tuple(sorted((*reading_codes.ALL, *rule_codes.ALL), key=lambda t: t.code))


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


def apply_levels(findings: Iterable[Finding], levels: dict[str, RuleLevel]) -> list[Finding]:
    """Findings in file order under the severities that the site's settings give them; ``off`` drops them."""
    kept = []
    for finding in findings:
        level = levels.get(finding.code)
        if level is None:
            kept.append(finding)
        elif level.level != "off":
            kept.append(finding.with_severity(Severity[level.level.upper()]))
    return sorted(kept, key=lambda f: f.sort_key)
