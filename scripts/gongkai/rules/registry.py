"""The registry of rules, and the list of every kind of finding: the manual."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain

from msgspec.structs import replace

from gongkai.dataset import Dataset
from gongkai.model import Finding, FindingType, Item, Severity
from gongkai.patterns import regex
from gongkai.privacy.detectors import Kind, scan
from gongkai.progress import counted
from gongkai.reading import codes as reading_codes
from gongkai.reading.cache import Judged
from gongkai.reading.settings import RuleLevel
from gongkai.rules import (
    annual,
    arithmetic,
    deadline,
    elements,
    feedback,
    inspection,
    metadata,
    numbers,
    privacy,
    rectification,
    relations,
    requests,
    site,
    text,
)
from gongkai.rules import codes as rule_codes
from gongkai.rules.kind import BY_ITEM, BY_ITEM_AND_DAY, Rule

FAMILIES = (deadline, elements, privacy, numbers, arithmetic, inspection, rectification, requests, annual, feedback)
RULES: tuple[Rule, ...] = (
    *relations.RULES,
    *metadata.RULES,
    *text.RULES,
    *site.RULES,
    *(rule for family in FAMILIES for rule in family.RULES),
)


_DIGIT = regex(r"\d")
_SHORTEST = 11  # digits of the shortest number of a person
AT_ONCE = 256
"""How many items go through all rules together: what a rule has made of a body is still at hand for the next one."""


def all_types() -> tuple[FindingType, ...]:
    """Every kind of finding the product can give, by code."""
    return tuple(
        sorted((*reading_codes.ALL, *rule_codes.ALL, *(t for f in FAMILIES for t in f.TYPES)), key=lambda t: t.code)
    )


def judge_items(dataset: Dataset, known: Mapping[str, Judged]) -> dict[str, Judged]:
    """What the rules that look at one item alone find in each item, by its file.

    Items that are ``known`` are not looked at again, but for what holds on another day than today.
    """
    fresh = tuple(item for item in dataset.items if item.file not in known)
    today = tuple(item for item in dataset.items if item.file not in known or known[item.file].day != dataset.today)
    lasting, daily = _by_file(dataset, fresh, BY_ITEM), _by_file(dataset, today, BY_ITEM_AND_DAY)
    table = dict(known)
    for item in today:
        file = item.file
        said = known[file].findings if file in known else tuple(lasting[file])
        table[file] = Judged(item.sound, item.attachments, said, dataset.today, tuple(daily[file]))
    return table


def _by_file(dataset: Dataset, items: tuple[Item, ...], kind: AbstractSet[Rule]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {item.file: [] for item in items}
    rules = [rule for rule in RULES if rule in kind]
    for first in counted(range(0, len(items), AT_ONCE), "检查信息"):
        part = replace(dataset, items=items[first : first + AT_ONCE])
        for rule in rules:
            for finding in rule(part):
                found[finding.file].append(finding)
    return found


def run_rules(dataset: Dataset, judged: Mapping[str, Judged] | None = None) -> Iterator[Finding]:
    """All findings of all rules over ``dataset``; about drafts they are notes only.

    ``judged`` is what :func:`judge_items` gives; without it that is done here.
    """
    drafts = {item.file for item in dataset.items if item.draft}
    known = {kind.code for kind in all_types()}
    for code in dataset.settings.rules:
        if code not in known:
            place = dataset.settings.place(f"rules.{code}")
            yield rule_codes.UNKNOWN_RULE.at(place, field=f"rules.{code}", value=code)
    table = judge_items(dataset, {}) if judged is None else judged
    alone = (f for item in dataset.items for f in (*table[item.file].findings, *table[item.file].daily))
    rest = (f for rule in RULES if rule not in BY_ITEM and rule not in BY_ITEM_AND_DAY for f in rule(dataset))
    for finding in chain(alone, rest):
        yield finding.with_severity(Severity.NOTE) if finding.file in drafts else finding


def scrubbed(finding: Finding) -> Finding:
    """``finding`` without a whole number of a person, whichever rule has quoted the text in which it stands."""
    quoted = [finding.file, finding.message, finding.hint]
    clean = [_masked(text) for text in quoted]
    return finding if clean == quoted else replace(finding, file=clean[0], message=clean[1], hint=clean[2])


def _masked(text: str) -> str:
    if len(_DIGIT.findall(text)) < _SHORTEST:
        return text
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
