"""Content elements that the catalogue row, a service guide, a notice or an interpretation must show. Codes GK451 to GK499."""

from __future__ import annotations

from gongkai.model import FindingType
from gongkai.rules.elements import codes, disclosure_guide, interpretations, notices, rows, service_guide
from gongkai.rules.kind import Rule

RULES: tuple[Rule, ...] = (
    *rows.RULES,
    *service_guide.RULES,
    *notices.RULES,
    *interpretations.RULES,
    *disclosure_guide.RULES,
)
TYPES: tuple[FindingType, ...] = codes.ALL
