"""Rules on index numbers and document numbers (R4.1 to R4.3, R4.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from gongkai.dataset import Dataset
from gongkai.model import NO_DATE, Finding, Item, Place
from gongkai.patterns import regex
from gongkai.rules.kind import by_item
from gongkai.rules.numbers import codes, document_number, index_number

_CITED = regex(
    r"(?P<letters>[\u3400-\u9fff]{1,8}(?:发|办|函|规|文|政|通|字))[\[［【﹝(（]"
    r"(?P<year>(?:19|20)\d{2})年?[\]］】﹞)）](?P<serial>\d{1,5})号"
)
_LEADING = regex(r"^.*(?:依据|根据|按照|参照|印发|贯彻|执行|[按见以和及与由对])(?=.{2})")
_CITED_SIGN = regex(
    "号(?:" + "|".join(rf"(?<=[\]］】﹞)）]{digits}号)" for digits in (r"\d" * n for n in range(1, 6))) + ")"
)


def no_index_number(dataset: Dataset) -> Iterator[Finding]:
    """R4.1: every item has an index number; asked of sites that have said how they number."""
    profile = dataset.profile
    if not profile.index_number_pattern and not profile.credit_code:
        return
    missing = [i for i in dataset.items if not i.index_number and not i.draft and i.published_on != NO_DATE]
    if not missing:
        return
    numbers = [i.index_number for i in dataset.items if i.index_number]
    form = index_number.form(profile.index_number_pattern, profile.credit_code, numbers)
    for item in missing:
        day = item.published_on
        example = form.number(day.year, day.month, 117) if form else f"{profile.credit_code or '代码'}/{day.year}-00117"
        yield codes.NO_INDEX_NUMBER.at(item.place("index_number"), field="index_number", example=example)


def index_numbers(dataset: Dataset) -> Iterator[Finding]:
    """R4.1, R4.3: year of publication and the organ's own code; what breaks the site's own rule is told by that alone."""
    profile = dataset.profile
    shape = re.compile(profile.index_number_pattern) if profile.index_number_pattern else None
    for item in dataset.items:
        number = index_number.parse(item.index_number) if item.index_number else None
        if item.index_number is None or number is None:
            continue
        day = item.published_on
        if number.year != day.year and day != NO_DATE:
            yield codes.INDEX_YEAR.at(
                item.place("index_number"),
                field="index_number",
                value=item.index_number,
                year=number.year,
                published=day,
                month_day=_month_day(day.month, day.day),
            )
        code = profile.credit_code
        if code and number.front != code and (shape is None or shape.search(item.index_number)):
            right = f"{code}{number.mark or '/'}{number.year}{number.month}-{number.serial}"
            yield codes.INDEX_FRONT.at(
                item.place("index_number"),
                field="index_number",
                value=item.index_number,
                front=number.front,
                reason=index_number.front_fault(number.front),
                code=code,
                right=right,
            )


def _month_day(month: int, day: int) -> str:
    """A month and day that every year has."""
    return f"{month:02d}-{min(day, 28) if month == 2 else day:02d}"


def document_numbers(dataset: Dataset) -> Iterator[Finding]:
    """R4.8: shape, year, and whose number it is."""
    first: dict[str, Item] = {}
    for item in dataset.items:
        value = item.document_number
        if not value:
            continue
        place = item.place("document_number")
        if document_number.is_nothing(value):
            yield codes.NOT_A_DOCUMENT_NUMBER.at(place, field="document_number", value=value)
            continue
        yield from _shape_and_year(item, value, place)
        if value in first:
            other = first[value].file
            yield codes.SAME_DOCUMENT_NUMBER.at(
                place, field="document_number", value=value, other=other, name=PurePosixPath(other).stem
            )
        first.setdefault(value, item)


def _shape_and_year(item: Item, value: str, place: Place) -> Iterator[Finding]:
    judged = document_number.judge(value)
    if judged.defects:
        yield codes.DOCUMENT_NUMBER_SHAPE.at(
            place, field="document_number", value=value, defects="；".join(judged.defects), right=judged.right
        )
    year = document_number.year_of(value)
    if year and item.formed_on and year != item.formed_on.year:
        yield codes.DOCUMENT_NUMBER_YEAR.at(
            place,
            field="document_number",
            value=value,
            year=year,
            formed=item.formed_on,
            month_day=_month_day(item.formed_on.month, item.formed_on.day),
        )
    if not item.source and (letters := document_number.party_letters(value)):
        yield codes.PARTY_NUMBER.at(place, field="document_number", value=value, letters=letters)


@by_item
def cited_numbers(dataset: Dataset) -> Iterator[Finding]:
    """R4.8: numbers cited in a text have their own brackets too."""
    for item in dataset.items:
        if not _CITED_SIGN.search(item.body):
            continue
        for match in _CITED.finditer(item.body):
            letters = _LEADING.sub("", match["letters"])
            start = match.start() + len(match["letters"]) - len(letters)
            line = item.body.count("\n", 0, start)
            place = Place(item.file, item.body_line + line, start - item.body.rfind("\n", 0, start))
            right = f"{letters}〔{match['year']}〕{int(match['serial'])}号"
            yield codes.CITED_NUMBER_BRACKETS.at(place, value=item.body[start : match.end()], right=right)


RULES = (no_index_number, index_numbers, document_numbers, cited_numbers)
