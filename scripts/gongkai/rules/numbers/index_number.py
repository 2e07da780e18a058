"""The parts of an index number (索引号), and the form in which a site gives new ones (R4.1, R4.3). Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from gongkai.patterns import regex

# 015080218/2017-00173, 11341821003287377R/202405-00058, XM05904-30-01-2024-004, 01527918X-2020-153077
_TAIL = regex(r"(?:(?<=[/-])|^)(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])?-(?P<serial>\d{2,8})$", re.ASCII)
_WIDTH = 5


class IndexNumber(NamedTuple):
    """An index number in its parts; ``mark`` stands between front and year."""

    front: str
    mark: str
    year: int
    month: str
    serial: str


class Form(NamedTuple):
    """How a site writes index numbers."""

    front: str
    mark: str
    monthly: bool
    width: int

    def number(self, year: int, month: int, serial: int) -> str:
        """The index number with this serial."""
        return f"{self.front}{self.mark}{year}{f'{month:02d}' if self.monthly else ''}-{serial:0{self.width}d}"


def parse(text: str) -> IndexNumber | None:
    """The parts of an index number, None when it has no year and serial at its end."""
    hyphen = text.rfind("-")  # before the serial; year and month take the six or four places before it
    match = _TAIL.match(text, max(0, hyphen - 6)) or _TAIL.match(text, max(0, hyphen - 4))
    if match is None:
        return None
    head = text[: match.start()]
    front, mark = (head[:-1], head[-1]) if head else ("", "")
    return IndexNumber(front, mark, int(match["year"]), match["month"] or "", match["serial"])


def form(pattern: str | None, credit_code: str | None, others: Iterable[str]) -> Form | None:
    """The form of new numbers: the commonest among ``others`` that fits the site's rule, else the first usual one.

    Without a rule there must be the organ's own code, which then makes the front.
    """
    fits = re.compile(pattern).search if pattern else (lambda text: bool(credit_code and text.startswith(credit_code)))
    parsed = [parse(text) for text in others if fits(text)]
    used = [f for f, _ in Counter(_form_of(number) for number in parsed if number).most_common()]
    # The organ's own code comes before any other front that old numbers may have.
    own = [f._replace(front=credit_code) for f in used] if credit_code else []
    for candidate in (*own, *used[: 0 if credit_code else None], *_usual(pattern, credit_code), *used):
        if fits(candidate.number(2026, 1, 1)):
            return candidate
    return None


def _form_of(number: IndexNumber) -> Form:
    return Form(number.front, number.mark, bool(number.month), len(number.serial))


def _usual(pattern: str | None, credit_code: str | None) -> Iterable[Form]:
    fronts = [credit_code] if credit_code else []
    if credit_code and len(credit_code) == 18:
        fronts.append(credit_code[8:17])  # the organisation code within it
    if pattern:  # the plain beginning of the rule: ^640502017/20\d{2}-\d{5}$
        fronts += [m[1] for m in [re.match(r"\^?([0-9A-Za-z]{4,}?)[/-]", pattern)] if m]
    for front in fronts:
        for width in (_WIDTH, 6, 4, 3):
            for mark in ("/", "-"):
                for monthly in (False, True):
                    yield Form(front, mark, monthly, width)


def front_fault(front: str) -> str:
    """What a wrong front part looks like, for a message."""
    if not front:
        return "是空的"
    if len(front) in (9, 18):
        return "不是本机关的代码"
    return f"有 {len(front)} 个字符，不是18位的统一社会信用代码"
