"""Index numbers, document numbers, publisher, classification, review (R1.1, R1.5, R4). Codes GK601 to GK649."""

from __future__ import annotations

from gongkai.model import FindingType
from gongkai.rules.kind import Rule
from gongkai.rules.numbers import classification, codes, numbering, review

RULES: tuple[Rule, ...] = (*numbering.RULES, *classification.RULES, *review.RULES)
TYPES: tuple[FindingType, ...] = codes.ALL
