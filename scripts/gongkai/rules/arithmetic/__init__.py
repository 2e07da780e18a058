"""Figures: tables that add up, texts that agree with them, units, percentages (R2.6, R8.2). Codes GK701 to GK749."""

from __future__ import annotations

from gongkai.model import FindingType
from gongkai.rules.arithmetic import codes, in_tables, in_text
from gongkai.rules.kind import Rule

RULES: tuple[Rule, ...] = (*in_tables.RULES, *in_text.RULES)
TYPES: tuple[FindingType, ...] = codes.ALL
