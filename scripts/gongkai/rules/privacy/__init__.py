"""Personal data in text, metadata, file names and attachments, stopped before publishing (R5). Codes GK501 to GK599."""

from __future__ import annotations

from gongkai.model import FindingType
from gongkai.rules.kind import Rule
from gongkai.rules.privacy import codes, gate, keeping

RULES: tuple[Rule, ...] = (
    gate.numbers_in_text,
    gate.numbers_in_metadata,
    gate.telling_tables,
    gate.numbers_in_files,
    gate.allowed_in_vain,
    gate.ordinary_pages,
    keeping.named_lists,
)
TYPES: tuple[FindingType, ...] = codes.ALL

__all__ = ["RULES", "TYPES", "codes"]
