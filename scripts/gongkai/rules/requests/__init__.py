"""The register of requests (requests/*.csv): personal data, order, clocks of R1.12. Codes GK651 to GK699."""

from __future__ import annotations

from gongkai.model import FindingType
from gongkai.reading.requests import codes as reading_codes
from gongkai.rules.kind import Rule
from gongkai.rules.requests import clocks, codes, lines, persons

RULES: tuple[Rule, ...] = (*persons.RULES, *lines.RULES, *clocks.RULES)
TYPES: tuple[FindingType, ...] = (*reading_codes.ALL, *codes.ALL)
