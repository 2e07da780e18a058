"""What an inspector samples over the whole dataset (R3.5, R3.7, R8.2). Codes GK801 to GK849."""

from __future__ import annotations

from gongkai.model import FindingType
from gongkai.rules.inspection import (
    book_marks,
    codes,
    columns,
    interpretation,
    law_names,
    leftovers,
    tags,
    titles,
)
from gongkai.rules.kind import Rule

RULES: tuple[Rule, ...] = (
    *columns.RULES,
    *tags.RULES,
    *law_names.RULES,
    *titles.RULES,
    *leftovers.RULES,
    *book_marks.RULES,
    *interpretation.RULES,
)
TYPES: tuple[FindingType, ...] = codes.ALL
