"""Personal data in text, metadata, file names and attachments, stopped before publishing (R5). Codes GK501 to GK599."""

from __future__ import annotations

from gongkai.model import FindingType
from gongkai.rules.kind import Rule
from gongkai.rules.privacy import codes, gate, keeping

RULES: tuple[Rule, ...] = (gate.personal_data, gate.ordinary_pages, keeping.named_lists)
TYPES: tuple[FindingType, ...] = codes.ALL

__all__ = ["RULES", "TYPES", "codes"]
