"""Reads the tick columns of a record together: for whom, in what way and at what level a matter is disclosed."""

from __future__ import annotations

import re

from msgspec import Struct

from gongkai.catalogue.importing.readings import LOW, NONE, Reading, clean
from gongkai.catalogue.importing.rows import Record
from gongkai.catalogue.importing.ticks import tick_of
from gongkai.catalogue.layout import GROUPS, LEVELS, WHOLE_SOCIETY
from gongkai.model import ON_REQUEST, PROACTIVE

Words = tuple[str, ...]


class Group(Struct, frozen=True):
    """A group of tick columns, or the one column of words that stands for it."""

    name: str
    keys: tuple[str, ...]
    single: str


AUDIENCE = Group("公开对象", ("public", "groups"), "audience")
METHODS = Group("公开方式", ("proactive", "request"), "methods")
LEVEL = Group("公开层级", ("level",), "levels")
ALL = (AUDIENCE, METHODS, LEVEL)
_SPLIT = re.compile(r"[、,，;；/／\s]+")


def original(record: Record, group: Group) -> str:
    """The texts of the group's cells, each with its column's name."""
    cells = [(c.name, v.original) for c, v in record.values.items() if c.key in (*group.keys, group.single)]
    return " ".join(f"{name}：{text or '空'}" for name, text in cells)


def doubt_of(record: Record, group: Group) -> str:
    """Why the cells of the group are doubtful before they are read."""
    return next((v.doubt for c, v in record.values.items() if c.key in (*group.keys, group.single) and v.doubt), "")


def read_marks(record: Record, group: Group) -> Reading[Words]:
    """The words of the schema that the group's cells stand for; groups of people follow as ``特定群体（甲、乙）``."""
    if any(c.key == group.single for c in record.values):
        text = clean(record.get(group.single).text)
        return read_words(text, group) if text else _nothing(group)
    found: list[str] = []
    doubts: list[str] = []
    for column, value in record.values.items():
        if column.key not in group.keys:
            continue
        words, doubt = _cell(column.key, column.levels, clean(value.text))
        found += [w for w in words if w not in found]
        if doubt:
            doubts.append(doubt)
    if not found and not doubts:
        return _nothing(group)
    return Reading(tuple(found), "、".join(found), "；".join(doubts), LOW)


def _cell(key: str, levels: Words, text: str) -> tuple[Words, str]:
    tick = tick_of(text)
    if tick is False:
        return (), ""
    meant: dict[str, Words] = {
        "public": (WHOLE_SOCIETY,), "groups": (GROUPS,), "proactive": (PROACTIVE,), "request": (ON_REQUEST,), "level": levels,
    }  # fmt: skip
    if tick:
        return meant[key], ""
    if key == "groups" and re.search("[\u4e00-\u9fff]", text):
        bare = re.sub(rf"^(?:√|{GROUPS})?[:：（(]?|[)）]$", "", text) if text.startswith(("√", GROUPS)) else text
        return ((f"{GROUPS}（{bare}）",) if bare else (GROUPS,)), ""
    said = {
        "public": "全社会|社会公众|公众",
        "proactive": "主动",
        "request": "申请",
        "level": "级|县|区|市|州|乡|镇|街|村",
    }.get(key)
    if said and re.search(said, text):
        return meant[key], ""
    return (), f"“{text}”不是勾选符号"


def _nothing(group: Group) -> Reading[Words]:
    return Reading((), "", f"没有勾选{group.name}", NONE)


def read_words(text: str, group: Group) -> Reading[Words]:
    """The group as words: ``全社会、特定群体（申请人）``, ``主动公开``, ``县级、乡级``."""
    found: list[str] = []
    strange: list[str] = []
    if group is AUDIENCE:
        people = re.search(rf"{GROUPS}\s*[:：（(]\s*(.+?)[)）]?$", text)
        rest = text[: people.start()] if people else text
        if re.search("全社会|公众", rest):
            found.append(WHOLE_SOCIETY)
        if people:
            found.append(f"{GROUPS}（{people[1]}）")
        elif re.search("特定", rest):
            found.append(GROUPS)
        strange = [] if found else [text]
    elif group is METHODS:
        found = [word for mark, word in (("主动", PROACTIVE), ("申请", ON_REQUEST)) if mark in text]
        strange = [] if found else [text]
    else:
        for part in filter(None, _SPLIT.split(text)):
            levels = [
                level
                for level, mark in zip(LEVELS, ("[县区市州旗]", "[乡镇街]", "[村居]"), strict=True)
                if re.search(mark, part)
            ]
            found += [level for level in levels if level not in found]
            strange += [] if levels else [part]
    doubt = f"“{'、'.join(strange)}”看不懂" if strange else ""
    return Reading(tuple(found), "、".join(found), doubt, LOW)


def split_audience(words: Words) -> tuple[Words, str | None]:
    """Scope and groups of people out of ``特定群体（甲、乙）``."""
    scope: list[str] = []
    people: str | None = None
    for word in words:
        if word.startswith(GROUPS):
            scope.append(GROUPS)
            people = word.removeprefix(GROUPS).removeprefix("（").removesuffix("）") or people
        else:
            scope.append(word)
    return tuple(scope), people
