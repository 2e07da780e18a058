"""A cell with a day in the tables that clerks keep, and what is said of one that holds something else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection

from msgspec import Struct

from gongkai.model import Finding, FindingType, Place
from gongkai.reading.csv_column import Column
from gongkai.reading.values import BadDate, parse_date

_EXCEL_DAY_ONE = dt.date(1899, 12, 30)


class DayCells(Struct, frozen=True):
    """How a table writes days: ``nothing`` stands for none, ``empty`` and ``bad`` are said of cells with no day."""

    nothing: Collection[str]
    empty: FindingType
    bad: FindingType

    def day(self, place: Place, column: Column, text: str, say: Callable[[Finding], None]) -> dt.date | None:
        """The day in a cell; None for nothing, and after saying what is wrong. Of an empty cell nothing is said here."""
        if not text or text in self.nothing:
            if text and column.needed:
                say(self.empty.at(place, field=column.key, column=column.heading, example=column.example))
            return None
        try:
            return parse_date(text)
        except BadDate as bad:
            serial = excel_day(text)
            reason = "是 Excel 的日期序号，这一格没有设成日期格式" if serial else str(bad)
            example = serial or bad.nearest or column.example
            values = {"column": column.heading, "value": text, "reason": reason, "example": example}
            say(self.bad.at(place, field=column.key, **values))
            return None


def excel_day(text: str) -> dt.date | None:
    """The day that a serial number of Excel stands for, for those of our time (2000 to 2099)."""
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and 36_526 <= int(text[:5]) <= 73_050:
        return _EXCEL_DAY_ONE + dt.timedelta(days=int(text[:5]))
    return None
