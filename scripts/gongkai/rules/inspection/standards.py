"""The numbers of the inspection form (catalogue/inspection.yaml)."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache
from typing import Any

from msgspec import Struct

from gongkai.reading import marked_yaml
from gongkai.resources import catalogue_dir


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later; the last day of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Limit(Struct, frozen=True):
    """How long something may go without an update. ``main`` are the columns of the stricter veto."""

    days: int = 0
    months: int = 0
    main: bool = False
    certain: bool = True
    source: str = ""

    def due(self, newest: dt.date) -> dt.date:
        """The last day on which what was updated on ``newest`` is still fresh."""
        return months_later(newest, self.months) + dt.timedelta(days=self.days)

    @property
    def label(self) -> str:
        """As a form prints it: 两周, 六个月, 一年."""
        words = {(14, 0): "两周", (0, 3): "三个月", (0, 6): "六个月", (0, 12): "一年"}
        count = f" {self.days} 天" if self.days else f" {self.months} 个月"
        return words.get((self.days, self.months), count)


class Standards(Struct, frozen=True):
    """All numbers of the form."""

    operating: int
    home: Limit
    freshness: dict[str, Limit]
    veto_main: int
    veto_all: int
    veto_blank: int


@lru_cache(maxsize=1)
def standards() -> Standards:
    """The product's own table; a broken one raises as any broken program would."""
    data: dict[str, Any] = marked_yaml.load((catalogue_dir() / "inspection.yaml").read_text("utf-8"))
    veto = data["veto"]
    return Standards(
        operating=data["operating"],
        home=Limit(**data["home"]),
        freshness={kind: Limit(**row) for kind, row in data["freshness"].items()},
        veto_main=veto["main"],
        veto_all=veto["all"],
        veto_blank=veto["blank"],
    )
