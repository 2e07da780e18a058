"""Reads the books of opinions (``feedback/<year>.csv``) that lie beside mkdocs.yml. Nothing of them is published.

Bad content gives findings and never an exception. A line with a fault is left out, and said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from gongkai.model import Finding, Place
from gongkai.model.feedback import FOLDER, KINDS, Feedback, FeedbackBooks
from gongkai.model.request import RawCell
from gongkai.patterns import regex
from gongkai.reading import csv_table as table
from gongkai.reading import feedback_codes as codes
from gongkai.reading.csv_column import Column, fold
from gongkai.reading.csv_day import DayCells
from gongkai.reading.nearest import nearest, phrase

Report = Callable[[Finding], None]

COLUMNS = (
    Column("number", "编号", "YJ2026-001", aliases=("登记号", "序号")),
    Column("received", "收到日期", "2026-03-04", True, ("收到时间", "登记日期", "反映日期", "日期")),
    Column("way", "方式", "来电", aliases=("渠道", "反映方式", "来源")),
    Column("kind", "类别", "建议", True, ("类型", "意见类别")),
    Column("content", "内容摘要", "希望公布村道路灯的维修电话", True, ("内容", "意见内容", "意见建议", "意见建议内容")),
    Column("entry", "涉及条目", "19-02-04", aliases=("条目", "涉及信息", "涉及事项")),
    Column("unit", "承办单位", "社会事务办公室", aliases=("责任单位", "办理单位")),
    Column("handling", "处理情况", "已在公开栏补充", aliases=("办理情况", "答复内容", "处理结果")),
    Column("answered_on", "答复日期", "2026-03-10", aliases=("办结日期", "答复时间")),
    Column("note", "备注", "", aliases=("说明",)),
)
"""The columns, in the order of the scaffold."""

HEADER = ",".join(column.heading for column in COLUMNS)
_YEAR_FILE = regex(r"20\d\d\.csv", re.IGNORECASE)
_BY_KEY = {column.key: column for column in COLUMNS}
_DAYS = DayCells(("-", "—", "/", "无"), codes.EMPTY, codes.BAD_DATE)


def read_feedback(root: Path, report: Report) -> FeedbackBooks:
    """All books of the site in ``root``; none when there is no such folder."""
    folder = root / FOLDER
    if not folder.is_dir():
        return FeedbackBooks()
    reader = _Reader(report)
    try:
        paths = table.files_in(folder)
    except table.Unreadable as bad:
        report(codes.UNREADABLE.at(Place(FOLDER), reason=bad.reason, advice=bad.advice))
        return FeedbackBooks()
    for path in paths:
        file = f"{FOLDER}/{path.name}"
        if _YEAR_FILE.fullmatch(path.name):
            reader.book(path, file)
        elif path.is_dir() or path.suffix.lower() not in (".md", ".txt"):
            reason = "文件名不是年份" if path.suffix.lower() == ".csv" else "记录簿要存成 CSV，文件名写年份"
            report(codes.OTHER_FILE.at(Place(file), reason=reason))
    return FeedbackBooks(tuple(reader.records), reader.headings, tuple(reader.cells))


class _Reader:
    """Reads the books one by one."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.records: list[Feedback] = []
        self.headings: dict[str, tuple[str, ...]] = {}
        self.cells: list[RawCell] = []

    def book(self, path: Path, file: str) -> None:
        """Read one book."""
        try:
            rows = table.rows_of(path, "记录簿")
        except table.Unreadable as bad:
            self._report(codes.UNREADABLE.at(Place(file), reason=bad.reason, advice=bad.advice))
            return
        n = table.heading_line(rows, COLUMNS)
        if n is None:
            what = "的第一行不是列名" if rows else "是空的，连列名也没有"
            self._report(codes.HEADINGS.at(Place(file, rows[0].number if rows else 1), what=what, example=HEADER))
            return
        header = rows[n].cells
        self.headings[file] = header
        places = table.places(header, COLUMNS)
        missing = [c.heading for c in COLUMNS if c.needed and c.key not in places]
        if missing:
            what = f"缺少“{'”“'.join(missing)}”列"
            self._report(codes.HEADINGS.at(Place(file, rows[n].number), what=what, example=HEADER))
        for name in (double := table.twice(header, COLUMNS)):
            what = f"有两列“{name}”，分不清用哪一列"
            self._report(codes.HEADINGS.at(Place(file, rows[n].number), what=what, example=HEADER))
        for row in rows[n + 1 :]:
            self.cells += table.raw_cells(file, header, row)
            if not missing and not double:
                self._row(Place(file, row.number), row, len(header), places)

    def _row(self, place: Place, row: table.Line, width: int, places: dict[str, int]) -> None:
        if any(row.cells[width:]):
            self._report(codes.TOO_MANY_CELLS.at(place, count=len(row.cells), columns=width))
            return
        cells = {key: row.cells[n].strip() if n < len(row.cells) else "" for key, n in places.items()}
        found: list[Finding] = []
        for key in ("received", "kind", "content"):
            if not cells[key]:
                column = _BY_KEY[key]
                found.append(codes.EMPTY.at(place, field=key, column=column.heading, example=column.example))
        received, answered = (
            _DAYS.day(place, _BY_KEY[key], cells.get(key, ""), found.append) for key in ("received", "answered_on")
        )
        kind = _kind(place, cells["kind"], found)
        if found or received is None:
            for finding in found:
                self._report(finding)
            return
        words = {key: cells.get(key, "") for key in ("number", "way", "content", "entry", "unit", "handling", "note")}
        self.records.append(
            Feedback(place.file, place.line, received=received, kind=kind, answered_on=answered, **words)
        )


def _kind(place: Place, text: str, found: list[Finding]) -> str:
    known = next((kind for kind in KINDS if fold(text).removesuffix("类") == kind), "")
    if text and not known:
        near = phrase(nearest(text, KINDS, limit=1))
        found.append(codes.UNKNOWN_KIND.at(place, field="kind", value=text, nearest=near, allowed="、".join(KINDS)))
    return known
