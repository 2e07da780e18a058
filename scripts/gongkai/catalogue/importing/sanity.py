"""Refuses tables whose columns do not hold what their headers say."""

from __future__ import annotations

import re

from gongkai.catalogue.importing.channels import holds_channel
from gongkai.catalogue.importing.grid import Refused
from gongkai.catalogue.importing.rows import DITTO, Record
from gongkai.catalogue.importing.tables import Table
from gongkai.reading.timelimit import parse_time_limit

_DOCUMENT = re.compile("《|法|条例|规定|办法|意见|通知|方案|令")
_TIME = re.compile(r"\d|日|时|期|年|月")
_FEW = 3


def check_columns(table: Table, records: list[Record]) -> None:
    """Raise Refused when most cells of two columns belong elsewhere, as in text poured out by columns."""
    wrong = [name for key, name, fits in _KINDS if _misfits([r.get(key).text for r in records if not r.orphan], fits)]
    if len(wrong) >= 2:
        raise Refused(
            f"{table.name}里“{'”“'.join(wrong)}”各列的内容与表头对不上，像是按列倒出或错位的文字。请向发文单位要 Word 或 Excel 原件。"
        )


def _is_limit(text: str) -> bool:
    return bool(parse_time_limit(text)) or (bool(_TIME.search(text)) and "《" not in text)


def _is_basis(text: str) -> bool:
    return bool(_DOCUMENT.search(text))


_KINDS = (
    ("basis", "公开依据", _is_basis),
    ("limit", "公开时限", _is_limit),
    ("channels", "公开渠道和载体", holds_channel),
)


def _misfits(texts: list[str], fits: object) -> bool:
    said = [text for text in texts if text and not DITTO.fullmatch(text)]
    good = sum(bool(fits(text)) for text in said) if callable(fits) else 0
    return (len(said) >= _FEW and good * 2 < len(said)) or (0 < len(said) < _FEW and good == 0)
