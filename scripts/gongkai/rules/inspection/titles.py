"""Rules about titles: repeated, written again in the body, at odds with genre or text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding, Item, Place
from gongkai.patterns import regex
from gongkai.reading.vocabulary import fold
from gongkai.rules.inspection import codes
from gongkai.rules.kind import by_item
from gongkai.rules.looks import Words, holds

# Kinds of documents that a title names by its last word, and that must not be taken for each other.
_KINDS = ("公示", "公告", "通告", "通知", "通报", "公报", "决定", "批复", "请示", "纪要")
_TAIL = regex(rf"({'|'.join(_KINDS)})(?:[（(【\[].*|[一二三四五六七八九十\d]+)?\Z")
_FIRST_LINE = regex(r"\s*(?:#{1,6}\s*)?(?:\*\*)?([^\n*]+)")
# What only a letter to lower offices says; the last is the imprint line at its foot.
_ORDERS = regex(
    r"印发给你们|(?:请|望)(?:你们)?(?:认真|遵照|参照|抓好|严格)?(?:组织)?(?:贯彻|遵照)(?:落实|执行)"
    r"|(?:方案|办法|意见|细则|计划|要点)的?印发通知|^\W{0,4}(?:主送|抄送)[：:]|\d日印发$",
    re.MULTILINE,
)
_ORDER_SIGNS: Words = (("印", ("印发",)), ("彻", ("贯彻",)), ("遵", ("遵照",)), ("送", ("主送", "抄送")))


def title_kind(title: str) -> str | None:
    """The kind of document that a title names: 关于……的公示 is a 公示."""
    match = _TAIL.search(title)
    return match[1] if match else None


def titles_repeated(dataset: Dataset) -> Iterator[Finding]:
    """R8.2: two items under one title. Copies with the same index number or address are told by GK201 and GK202."""
    first: dict[str, Item] = {}
    for item in dataset.items:
        if "title" not in item.lines or item.draft:
            continue
        key = fold(item.title)
        other = first.setdefault(key, item)
        copy = item.index_number and item.index_number == other.index_number
        if other is not item and not copy and item.address.casefold() != other.address.casefold():
            yield codes.TITLE_REPEATED.at(item.place("title"), field="title", title=item.title, other=other.file)


@by_item
def title_in_body(dataset: Dataset) -> Iterator[Finding]:
    """R8.2 (I 06, 13, 36): the body starts with its own title."""
    for item in dataset.items:
        match = _FIRST_LINE.match(item.body)
        if (
            match
            and len(item.title) > 4
            and item.title[-1] in match[1]
            and fold(match[1].strip("* ")) == fold(item.title)
        ):
            line = item.body_line + item.body.count("\n", 0, match.start(1))
            yield codes.TITLE_IN_BODY.at(Place(item.file, line), title=item.title)


def title_not_genre(dataset: Dataset) -> Iterator[Finding]:
    """R7.3: the title's word and the genre are of one kind."""
    for item in dataset.items:
        if item.genre in _KINDS and (word := title_kind(item.title)) and word != item.genre:
            yield codes.TITLE_NOT_GENRE.at(item.place("genre"), field="genre", word=word, genre=item.genre)


def title_not_body(dataset: Dataset) -> Iterator[Finding]:
    """R7.3 (I 75): called 公示, but a letter to lower offices."""
    for item in dataset.items:
        if "公示" not in item.title or not holds(item.body, _ORDER_SIGNS) or title_kind(item.title) != "公示":
            continue
        if match := _ORDERS.search(item.body):
            yield codes.TITLE_NOT_BODY.at(item.place("title"), field="title", word="公示", sign=match[0].strip())


RULES = (titles_repeated, title_in_body, title_not_genre, title_not_body)
