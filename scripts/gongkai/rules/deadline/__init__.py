"""Time limits as working-day arithmetic (R6): late, due soon, overdue, display periods. Codes GK401 to GK449."""

from __future__ import annotations

from gongkai.rules.deadline import budgets, codes, interpretations, notices, periodic, publishing
from gongkai.rules.kind import Rule

RULES: tuple[Rule, ...] = (
    *publishing.RULES,
    *notices.RULES,
    *interpretations.RULES,
    *budgets.RULES,
    *periodic.RULES,
)
TYPES = codes.ALL
