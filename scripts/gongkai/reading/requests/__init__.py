"""Reads the registers of requests (``requests/<year>.csv``, ``requests/reviews.csv``) that lie beside mkdocs.yml.

Bad content gives findings and never an exception. What is read is for counting only: nothing of it is published.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from gongkai.model import Finding, Place
from gongkai.model.request import FOLDER, REMEDIES_FILE, RawCell, Registers, Remedy, Request
from gongkai.patterns import regex
from gongkai.reading import csv_table as table
from gongkai.reading.csv_column import PERSONAL, Column
from gongkai.reading.nearest import nearest, phrase
from gongkai.reading.requests import codes, columns
from gongkai.reading.requests.rows import Reader

Report = Callable[[Finding], None]

_YEAR_FILE = regex(r"(20\d\d)\.csv", re.IGNORECASE)
_IGNORED = ("序号",)
_TABLES = (".xlsx", ".xls", ".et", ".ods", ".xlsm")


def read_registers(root: Path, report: Report) -> Registers:
    """All registers of the site in ``root``; none when there is no such folder."""
    folder = root / FOLDER
    if not folder.is_dir():
        return Registers()
    gathering = _Gathering(report)
    try:
        paths = table.files_in(folder)
    except table.Unreadable as bad:
        report(codes.UNREADABLE.at(Place(FOLDER), reason=bad.reason, advice=bad.advice))
        return Registers(faulty=frozenset((FOLDER,)))
    for path in paths:
        file = f"{FOLDER}/{path.name}"
        year = _YEAR_FILE.fullmatch(path.name)
        if year:
            gathering.years.append(int(year[1]))
            gathering.read(path, file, columns.REQUESTS)
        elif file.lower() == REMEDIES_FILE:
            gathering.has_remedies = True
            gathering.read(path, file, columns.REMEDIES)
        elif path.suffix.lower() not in (".md", ".txt") or path.is_dir():
            _other_file(path, file, report)
    return gathering.done()


def _other_file(path: Path, file: str, report: Report) -> None:
    if path.suffix.lower() in _TABLES:
        reason, advice = (
            "登记簿要存成 CSV",
            "请在 Excel 中“另存为”，类型选“CSV UTF-8（逗号分隔）”，文件名写年份，如：2025.csv",
        )
    else:
        reason, advice = (
            "文件名不是年份",
            "请把登记簿命名为年份，如：2025.csv；复议、诉讼登记在 reviews.csv；别的文件请移走。",
        )
    report(codes.OTHER_FILE.at(Place(file), reason=reason, advice=advice))


class _Gathering:
    def __init__(self, report: Report) -> None:
        self._report = report
        self.years: list[int] = []
        self.has_remedies = False
        self.requests: list[Request] = []
        self.remedies: list[Remedy] = []
        self.faulty: set[str] = set()
        self.headings: dict[str, tuple[str, ...]] = {}
        self.cells: list[RawCell] = []

    def done(self) -> Registers:
        """What has been read."""
        return Registers(
            tuple(self.requests),
            tuple(self.remedies),
            tuple(self.years),
            self.has_remedies,
            frozenset(self.faulty),
            self.headings,
            tuple(self.cells),
        )

    def read(self, path: Path, file: str, known: tuple[Column, ...]) -> None:
        """Read one register."""
        try:
            rows = table.rows_of(path, "登记簿")
        except table.Unreadable as bad:
            self._fault(file, codes.UNREADABLE.at(Place(file), reason=bad.reason, advice=bad.advice))
        else:
            self._rows(file, known, rows)

    def _fault(self, file: str, finding: Finding) -> None:
        self.faulty.add(file)
        self._report(finding)

    def _rows(self, file: str, known: tuple[Column, ...], rows: list[table.Line]) -> None:
        n = table.heading_line(rows, known)
        if n is None:
            advice = (
                "第一行应是列名，如："
                + ",".join(c.heading for c in known)
                + "\n可用“gongkai requests --new 2026”新建。"
            )
            line = rows[0].number if rows else 1
            what = "是空的，连列名也没有" if not rows else "的第一行不是列名"
            self._fault(file, codes.HEADINGS.at(Place(file, line), what=what, advice=advice))
            return
        header, line = rows[n].cells, rows[n].number
        self.headings[file] = header
        cells = table.places(header, known)
        missing = [c.heading for c in known if c.needed and c.key not in cells]
        if missing:
            what = "缺少“" + "”“".join(missing) + "”" + ("列" if len(missing) == 1 else f" {len(missing)} 列")
            advice = f"请在表头加上：{','.join(missing)}"
            self._fault(file, codes.HEADINGS.at(Place(file, line), what=what, advice=advice))
        for name in (double := table.twice(header, known)):
            advice = f"请删去一列，或者把其中一列改成别的列名，只留一列“{name}”。"
            self._fault(
                file, codes.HEADINGS.at(Place(file, line), what=f"有两列“{name}”，分不清用哪一列", advice=advice)
            )
        self._unknown(file, line, header, known, set(cells.values()))
        reader = Reader(file, known, cells, self._report)
        for row in rows[n + 1 :]:
            self.cells += table.raw_cells(file, header, row)
            if not missing and not double:
                self._row(file, row, reader, len(header), remedies=known is columns.REMEDIES)

    def _unknown(
        self, file: str, line: int, header: tuple[str, ...], known: tuple[Column, ...], used: set[int]
    ) -> None:
        names = [c.heading for c in known]
        for n, text in enumerate(header):
            if text and n not in used and text not in header[:n] and text not in _IGNORED and not PERSONAL.search(text):
                near = phrase(nearest(text, names, limit=1, cutoff=60))
                self._report(
                    codes.UNKNOWN_COLUMN.at(Place(file, line), column=text, nearest=near, known="、".join(names))
                )

    def _row(self, file: str, row: table.Line, reader: Reader, width: int, *, remedies: bool) -> None:
        if any(row.cells[width:]):
            finding = codes.TOO_MANY_CELLS.at(Place(file, row.number), count=len(row.cells), columns=width)
            self._fault(file, finding)
            return
        if remedies:
            case = reader.remedy(row)
            if case is not None:
                self.remedies.append(case)
        else:
            request = reader.request(row)
            if request is not None:
                self.requests.append(request)
        if reader.failed:
            self.faulty.add(file)
