"""An item read as an annual report on disclosure: which item is one, its year, parts and tables (R2.1 to R2.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.memo import remembered
from gongkai.model import Item, annual
from gongkai.patterns import regex
from gongkai.reading.nearest import nearest
from gongkai.reading.structure import BodyStructure, structure
from gongkai.rules.annual import tables
from gongkai.rules.annual.grid import grids

_TITLE = regex(
    r"(?:政府|政务|镇|乡|街道|县|区|市|局|办)?(?:政府|政务)?信息公开(?:工作)?(?:年度?(?:工作)?报告|年报)|政务公开(?:工作)?(?:年度报告|年报)"
)
_NOT_A_REPORT = regex(
    r"(?:通知|通报|函|解读|说明|公告|通告|要点|方案|指南|办法|制度|清单|目录|问答|图解)(?:[（(].*[）)])?$"
)
_YEAR = regex(r"(20\d\d)(?:年|\b)")
_NUMERAL = regex(r"^(?:第?([一二三四五六七八九])(?:部分|[、.．，,])\s*)?(.*)$")
_LOOKS_LIKE_TITLE = regex(r"^[一二三四五六七八九]、.{2,32}$")
_NUMERALS = "一二三四五六七八九"
_MARKS = regex(r"[\s\u3000：:。]+")


class PartTitle(NamedTuple):
    """A title of a part as it stands in a body; ``number`` from 1, 0 without one."""

    number: int
    text: str
    line: int


class Part(Struct, frozen=True):
    """A part that was found: the title as written, its first line and the line after its last."""

    title: PartTitle
    right: str
    end: int

    @property
    def as_it_should(self) -> bool:
        """Whether the title is the exact one."""
        return self.title.text == self.right


class Report(Struct, frozen=True):
    """An annual report. ``parts`` are those found, by number from 0."""

    item: Item
    year: int
    parts: dict[int, Part]
    proactive: dict[str, tables.Line]
    requests: tables.RequestTable | None
    remedies: tables.RemedyTable | None

    @property
    def body(self) -> BodyStructure:
        """The body in its parts."""
        return structure(self.item.body)

    def texts(self, *numbers: int) -> Iterator[tuple[int, str]]:
        """The paragraphs of some parts, by number from 0, with their lines."""
        for paragraph in self.body.paragraphs:
            if any(n in self.parts and self.parts[n].title.line <= paragraph.line < self.parts[n].end for n in numbers):
                yield paragraph.line, paragraph.text


def reports(dataset: Dataset) -> tuple[Report, ...]:
    """The annual reports of the form of 2021 among the items, in the order of their files.

    A look at the row and the title sorts out all others, so that the family costs nothing on them.
    """
    rows = frozenset(
        entry.id
        for field in dataset.catalogue.fields
        for group in field.groups
        for entry in group.entries
        if annual.holds_annual_reports(entry)
    )
    found = [item for item in dataset.items if (item.entry_id in rows or "公开" in item.title) and _is_one(item, rows)]
    return tuple(read(item) for item in found if year_of(item) >= annual.FIRST_YEAR)


def _is_one(item: Item, rows: frozenset[str]) -> bool:
    if item.statement is not None or item.interprets is not None or _NOT_A_REPORT.search(item.title):
        return False
    return item.entry_id in rows or bool(_TITLE.search(item.title))


def year_of(item: Item) -> int:
    """The report year: the period, else the year in the title, else the year before publication."""
    if item.period is not None:
        return item.period.year
    in_title = _YEAR.search(item.title)
    return int(in_title[1]) if in_title else item.published_on.year - 1


def read(item: Item) -> Report:
    """``item`` as an annual report; what is not there is not in it."""
    content = remembered("annual report", (item.body,), _Content, lambda: _content(item.body))
    return Report(item, year_of(item), *content)


class _Content(NamedTuple):
    """What is read in the body of a report, under the names of :class:`Report`."""

    parts: dict[int, Part]
    proactive: dict[str, tables.Line]
    requests: tables.RequestTable | None
    remedies: tables.RemedyTable | None


def _content(body: str) -> _Content:
    parts, found = _parts(structure(body), body.count("\n") + 1), grids(body)
    return _Content(parts, tables.proactive(found), tables.requests(found), tables.remedies(found))


def _parts(body: BodyStructure, end: int) -> dict[int, Part]:
    titles = sorted(_titles(body), key=lambda t: t.line)
    chosen: dict[int, PartTitle] = {}
    for n, right in enumerate(annual.PARTS):
        exact = [t for t in titles if t.text == right]
        if exact:
            chosen[n] = exact[0]
    for n, right in enumerate(annual.PARTS):
        if n in chosen:
            continue
        free = [t for t in titles if t not in chosen.values()]
        numbered = [t for t in free if t.number == n + 1]
        like = nearest(right, [t.text for t in free], limit=1, cutoff=70)
        if numbered or like:
            chosen[n] = numbered[0] if numbered else next(t for t in free if t.text == like[0])
    lines = sorted(t.line for t in chosen.values())
    return {
        n: Part(t, annual.PARTS[n], next((line for line in lines if line > t.line), end))
        for n, t in sorted(chosen.items())
    }


def _titles(body: BodyStructure) -> Iterator[PartTitle]:
    """Headings of the highest level in use, and lone lines that begin with a numeral as in a text pasted from Word."""
    levels = [h.level for h in body.headings]
    for heading in body.headings:
        if heading.level == min(levels) or _LOOKS_LIKE_TITLE.match(heading.text):
            yield _title(heading.text, heading.line)
    lone = [(label.text, label.line) for label in body.labels]
    for text, line in (*lone, *((p.text, p.line) for p in body.paragraphs)):
        if _LOOKS_LIKE_TITLE.match(text) and not text.endswith(("；", "，", ";")):
            yield _title(text, line)


def _title(text: str, line: int) -> PartTitle:
    match = _NUMERAL.match(text)
    assert match is not None
    number = _NUMERALS.index(match[1]) + 1 if match[1] else 0
    return PartTitle(number, _MARKS.sub("", match[2]), line)
