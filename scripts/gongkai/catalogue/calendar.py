"""The working days by which limits are judged: a library's, corrected by the package's and the site's calendar.yaml.

Why chinesecalendar: docs/adr/0005-dependencies.md.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

from chinese_calendar import constants

from gongkai.catalogue.adoption import CheckedFile, read_checked, shown_name
from gongkai.model import Finding, WorkCalendar
from gongkai.reading import codes
from gongkai.reading.settings import Settings
from gongkai.reading.source import Report
from gongkai.resources import catalogue_dir

CALENDAR = "calendar.yaml"
_LONGEST = 60  # days off in one go; more is a slip of the pen


@lru_cache(maxsize=1)
def library_calendar() -> WorkCalendar:
    """What the library knows: only years whose arrangement the State Council has published."""
    return WorkCalendar(
        frozenset(day.year for day in constants.holidays), frozenset(constants.holidays), frozenset(constants.workdays)
    )


def load_calendar(settings: Settings, report: Report) -> WorkCalendar:
    """The calendar of ``settings``' township; what is wrong in its own file is reported and left aside."""
    calendar = library_calendar()
    package, own = catalogue_dir() / CALENDAR, settings.catalogue_dir / CALENDAR
    files = [package] if package.resolve() == own.resolve() else [package, own]
    for path in files:
        if path.is_file():
            calendar = _merged(calendar, path, shown_name(path, settings), report)
    return calendar


def _merged(calendar: WorkCalendar, path: Path, name: str, report: Report) -> WorkCalendar:
    said: list[Finding] = []
    file = read_checked(path, name, "calendar", said.append)
    if file is not None:
        for n, year in enumerate(file.data.get("years") or ()):
            off, worked = (_days(file, ("years", n), year, key, said.append) for key in ("off", "worked"))
            calendar = calendar.with_year(int(year["year"]), off, worked)
        for n, change in enumerate(file.data.get("local") or ()):
            off, worked = (_days(file, ("local", n), change, key, said.append) for key in ("off", "worked"))
            calendar = calendar.with_days(off, worked)
    for finding in said:
        report(finding)
    return calendar


def _days(
    file: CheckedFile, where: tuple[str, int], data: dict[str, Any], key: str, report: Report
) -> frozenset[dt.date]:
    """The days that a list names; each is 2027-01-01 or 2027-02-05至2027-02-11."""
    days: set[dt.date] = set()
    for n, text in enumerate(data.get(key, ())):
        first_text, _, last_text = text.partition("至")
        try:
            first = dt.date.fromisoformat(first_text)
            last = dt.date.fromisoformat(last_text) if last_text else first
        except ValueError:
            problem = f"“{text}”里有不存在的日期"
        else:
            if 0 <= (length := (last - first).days) < _LONGEST:
                days.update(first + dt.timedelta(days=d) for d in range(length + 1))
                continue
            problem = f"“{text}”的结束日期早于开始日期" if length < 0 else f"“{text}”有{length + 1}天，太长了"
        path = ".".join(map(str, (*where, key, n)))
        place, advice = file.place(*where, key, n), "请写成：2027-02-05至2027-02-11"
        report(codes.BAD_CATALOGUE.at(place, field=path, key=path, label="", problem=problem, advice=advice))
    return frozenset(days)
