"""Which catalogue entry an item belongs to, by id or by its path of names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache

from gongkai.model import Catalogue, CatalogueHistory, Entry, Place
from gongkai.patterns import regex
from gongkai.reading import codes
from gongkai.reading.nearest import nearest
from gongkai.reading.source import Report

_SEPARATOR = regex(r"\s*(?:/|／|>|>|\\|—>|->)\s*")
SHOWN = 3


def normal_path(text: str) -> tuple[str, ...]:
    """``社会救助领域 > 最低生活保障`` as ``("社会救助", "最低生活保障")``."""
    parts = [p.strip() for p in _SEPARATOR.split(text.strip().strip("/")) if p.strip()]
    return tuple(p.removesuffix("领域") if i == 0 and len(p) > len("领域") else p for i, p in enumerate(parts))


def matching(catalogue: Catalogue, text: str) -> list[Entry]:
    """All entries whose path of names starts with (or whose last names are) the path in ``text``."""
    wanted = normal_path(text)
    if not wanted:
        return []
    paths = [(entry, normal_path(catalogue.path(entry))) for entry in catalogue.entries()]
    exact = [entry for entry, path in paths if path == wanted]
    return exact or [e for e, path in paths if path[: len(wanted)] == wanted or path[-len(wanted) :] == wanted]


def containing(catalogue: Catalogue, text: str) -> list[Entry]:
    """All entries with ``text`` somewhere in their path of names."""
    return [entry for entry in catalogue.entries() if text.strip() in catalogue.path(entry)]


class Rows:
    """The rows of a township's catalogue through time, by their names; what was asked once is remembered.

    Catalogues are told apart by identity: to compare two would mean to compare all their rows, for each item.
    """

    def __init__(self, history: CatalogueHistory) -> None:
        self.history = history
        self._remembered = lru_cache(maxsize=1024)(self._matching)

    def matching(self, catalogue: Catalogue, text: str) -> list[Entry]:
        """:func:`matching` in one of the history's catalogues."""
        return self._remembered(id(catalogue), text)

    def _matching(self, identity: int, text: str) -> list[Entry]:
        return matching(next(found for _, found in self.history.versions if id(found) == identity), text)


def find_entry(
    entry_id: str | None,
    category: str | None,
    place_of: Callable[[str], Place],
    rows: Rows,
    day: dt.date,
    report: Report,
) -> Entry | None:
    """The entry, in force on ``day``, that ``entry:`` and ``category:`` name; None after reporting why there is none.

    ``place_of`` says where one of these keys stands.
    """
    catalogue = rows.history.on(day)
    by_id = catalogue.by_id.get(entry_id) if entry_id else None
    if category is None and by_id is not None and by_id.own:
        return by_id
    if entry_id and by_id is None:
        _unknown(entry_id, place_of("entry"), rows.history, day, report)
        return None
    if category is None:
        return _township(by_id, place_of("entry"), catalogue, report)
    found = rows.matching(catalogue, category)
    place = place_of("category")
    if by_id is not None:
        if by_id not in found:
            path = catalogue.path(by_id)
            report(codes.ENTRY_CONFLICT.at(place, field="category", entry=by_id.id, path=path, category=category))
            return None
        return _township(by_id, place_of("entry"), catalogue, report)
    if not found:
        paths = {catalogue.path(e): e for e in catalogue.entries()}
        wanted = normal_path(category)
        named = [p for p in paths if wanted and normal_path(p)[-1] == wanted[-1]]  # the last name is often right
        alike = nearest("/".join(wanted), paths.keys(), limit=SHOWN, cutoff=30)
        near = [f"{p}（{paths[p].id}）" for p in dict.fromkeys([*named, *alike])][:SHOWN]
        advice = "最接近的条目：" + "、".join(near) if near else "可用“gongkai new”查看本镇目录。"
        report(codes.UNKNOWN_ENTRY.at(place, field="category", value=category, reason="", advice=advice))
        return None
    if len(found) > 1:
        names = "、".join(f"{e.id} {e.level2}" for e in found[:SHOWN]) + ("等" if len(found) > SHOWN else "")
        report(
            codes.AMBIGUOUS_CATEGORY.at(
                place, field="category", value=category, count=len(found), found=names, example=found[0].id
            )
        )
        return None
    return _township(found[0], place, catalogue, report)


def _unknown(entry_id: str, place: Place, history: CatalogueHistory, day: dt.date, report: Report) -> None:
    """Reports that no entry in force on ``day`` has this id, and why."""
    catalogue = history.on(day)
    field_id = entry_id.split("-", maxsplit=1)[0]
    first, last = history.first_day(entry_id), history.last_day(entry_id)
    if first is not None and day < first:
        reason = f"（这一条自 {first} 起才列入目录，本信息成文在前）"
        advice = "请核对成文日期，或改用当时目录中的条目。"
    elif last is not None:
        reason = f"（这一条自 {last} 起不再列入目录）"
        advice = "请核对成文日期，或改用现行目录中的条目。"
    elif field_id in catalogue.standard_fields and field_id not in catalogue.field_by_id:
        reason = f"（“{catalogue.standard_fields[field_id]}”领域没有列入本镇目录）"
        advice = f'请改用本镇目录中的条目；确需公开的，先在目录文件 adopted.yaml 的 fields 中加上 "{field_id}"。'
    else:
        reason = ""
        near = [
            f"{e}（{catalogue.path(catalogue.by_id[e])}）"
            for e in nearest(entry_id, catalogue.by_id.keys(), limit=SHOWN)
        ]
        advice = (
            "最接近的条目：" + "、".join(near) if near else "条目编号形如 19-02-03，可用“gongkai new”查看本镇目录。"
        )
    report(codes.UNKNOWN_ENTRY.at(place, field="entry", value=entry_id, reason=reason, advice=advice))


def _township(entry: Entry | None, place: Place, catalogue: Catalogue, report: Report) -> Entry | None:
    if entry is not None and not entry.own:
        levels = "、".join(entry.levels)
        report(codes.BAD_ENTRY_FORM.at(place, field="entry", entry=entry.id, path=catalogue.path(entry), levels=levels))
        return None
    return entry
