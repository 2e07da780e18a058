"""One line of a register becomes a Request or a Remedy, or findings say why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from gongkai.model import Finding, Place, annual
from gongkai.model.request import EXTENSION, Remedy, Request
from gongkai.patterns import regex
from gongkai.reading.csv_column import Column
from gongkai.reading.csv_day import DayCells
from gongkai.reading.csv_table import Line
from gongkai.reading.nearest import nearest, phrase
from gongkai.reading.requests import codes, columns

Report = Callable[[Finding], None]

_MONEY = regex(r"[¥￥]?(\d{1,9}(?:\.\d{1,2})?)元?")
_NOTHING = {"", "-", "—", "——", "/", "无", "未收", "未收取", "免", "免收"}
_DAYS = DayCells(_NOTHING, codes.EMPTY, codes.BAD_DATE)


class Reader:
    """Reads the lines of one file. ``cells`` says which cell holds which column."""

    def __init__(self, file: str, table: tuple[Column, ...], cells: dict[str, int], report: Report) -> None:
        self.file, self.cells, self._report = file, cells, report
        self.by_key = {column.key: column for column in table}
        self.failed = False

    def request(self, line: Line) -> Request | None:
        """The request on ``line``; None after saying what is wrong with it."""
        self.failed = False
        number, received = self._needed(line, "number"), self._day(line, "received")
        applicant = self._word(line, "applicant", columns.applicant, annual.APPLICANTS)
        outcome = self._outcome(line)
        days = {
            key: self._day(line, key)
            for key in ("correction_asked", "correction_received", "consulted_from", "consulted_to", "extended_on")
        }
        answered, extension, fee = self._day(line, "answered_on"), self._extension(line), self._fee(line)
        if self.failed or received is None or applicant is None:
            return None
        if extension is None and days["extended_on"]:
            extension = EXTENSION
        return Request(
            self.file,
            line.number,
            number,
            received,
            applicant,
            **days,
            extension=extension,
            answered_on=answered,
            outcome=outcome,
            unit=self._text(line, "unit") or None,
            fee=fee,
        )

    def remedy(self, line: Line) -> Remedy | None:
        """The case on ``line``; None after saying what is wrong with it."""
        self.failed = False
        kind = self._word(line, "kind", columns.remedy_kind, annual.REMEDIES)
        accepted, closed = self._day(line, "accepted"), self._day(line, "closed")
        result = self._word(line, "result", columns.remedy_result, annual.REMEDY_RESULTS)
        if self.failed or kind is None or accepted is None or result is None:
            return None
        return Remedy(self.file, line.number, kind, accepted, closed, result)

    # --- cells

    def _text(self, line: Line, key: str) -> str:
        n = self.cells.get(key, -1)
        return line.cells[n].strip() if 0 <= n < len(line.cells) else ""

    def _needed(self, line: Line, key: str) -> str:
        text, column = self._text(line, key), self.by_key[key]
        if not text and column.needed:
            self._say(codes.EMPTY.at(self._place(line), field=key, column=column.heading, example=column.example))
        return text

    def _day(self, line: Line, key: str) -> dt.date | None:
        text = self._needed(line, key)
        return _DAYS.day(self._place(line), self.by_key[key], text, self._say)

    def _word(self, line: Line, key: str, meaning: Callable[[str], str | None], allowed: tuple[str, ...]) -> str | None:
        text, column = self._needed(line, key), self.by_key[key]
        if not text and column.needed:
            return None
        found = meaning(text)
        if found is None:
            self._say(
                codes.NOT_IN_LIST.at(
                    self._place(line),
                    field=key,
                    column=column.heading,
                    value=text,
                    nearest=phrase(nearest(text, allowed, limit=1)),
                    allowed="、".join(allowed),
                )
            )
        return found

    def _outcome(self, line: Line) -> str | None:
        text = self._text(line, "outcome")
        if not text or text in ("在办", "办理中", "未答复", "-", "—"):
            return None
        key = columns.outcome(text)
        if key is None:
            near = nearest(text, annual.OUTCOMES, limit=2, cutoff=40)
            self._say(
                codes.UNKNOWN_OUTCOME.at(
                    self._place(line),
                    field="outcome",
                    value=text,
                    nearest=phrase(near),
                    example=near[0] if near else "予以公开",
                )
            )
        return key

    def _extension(self, line: Line) -> int | None:
        text = self._text(line, "extension").removesuffix("个工作日").removesuffix("天").removesuffix("日").strip()
        if text in _NOTHING or text == "0":
            return None
        if text.isascii() and text.isdigit() and len(text) < 4:
            return int(text)
        self._number_fault(line, "extension", "不是天数")
        return None

    def _fee(self, line: Line) -> str | None:
        text = self._text(line, "fee").replace(",", "").replace("，", "")
        if text in _NOTHING:
            return None
        match = _MONEY.fullmatch(text)
        if match is None:
            self._number_fault(line, "fee", "不是金额")
            return None
        return match[1]

    def _number_fault(self, line: Line, key: str, reason: str) -> None:
        column = self.by_key[key]
        self._say(
            codes.NOT_A_NUMBER.at(
                self._place(line),
                field=key,
                column=column.heading,
                value=self._text(line, key),
                reason=reason,
                example=column.example,
            )
        )

    def _place(self, line: Line) -> Place:
        return Place(self.file, line.number)

    def _say(self, finding: Finding) -> None:
        self.failed = True
        self._report(finding)
