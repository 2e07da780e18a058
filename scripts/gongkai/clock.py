"""What day it is: given, or from the environment, or the system's, by the clock of China."""

from __future__ import annotations

import datetime as dt
import os

CHINA = dt.timezone(dt.timedelta(hours=8), "UTC+8")


def today(given: dt.date | None = None) -> dt.date:
    """``given``, else GONGKAI_TODAY (an ISO date), else SOURCE_DATE_EPOCH (seconds), else the present day in China.

    An environment variable that cannot be read is left aside.
    """
    if given is not None:
        return given
    try:
        if text := os.environ.get("GONGKAI_TODAY"):
            return dt.date.fromisoformat(text)
        if seconds := os.environ.get("SOURCE_DATE_EPOCH"):
            return dt.datetime.fromtimestamp(int(seconds), CHINA).date()
    except (ValueError, OverflowError, OSError):
        pass
    return dt.datetime.now(CHINA).date()
