"""Reads the cells of one table's records, asking where a reading is not certain."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from msgspec.structs import replace

from gongkai.catalogue.importing import channels as channel_cells
from gongkai.catalogue.importing.basis import read_basis
from gongkai.catalogue.importing.channels import Style, read_channels
from gongkai.catalogue.importing.elements import read_elements
from gongkai.catalogue.importing.limits import read_limit
from gongkai.catalogue.importing.marks import Group, Words, doubt_of, original, read_marks, read_words
from gongkai.catalogue.importing.questions import WHOLE_TABLE, Desk
from gongkai.catalogue.importing.readings import EMPTY, LOW, MIDDLE, NONE, Reading, bare, clean
from gongkai.catalogue.importing.rows import Record
from gongkai.catalogue.importing.tables import Table
from gongkai.catalogue.layout import NAMES
from gongkai.model import Basis, Entry, LimitRole, TimeLimit
from gongkai.reading.timelimit import parse_time_limit

T = TypeVar("T")

_NO_NAME = re.compile(r"[—─\-－–一/／无\s]*")
_YES, _NO, _OFFERED = "已选", "不选", "可选"
_LEGEND = re.compile(r"[□口○〇☐][”\"']?\s*(?:表示|为|代表|是|:|：)?\s*(?:为|是)?可选|可选[^，,；;]{0,4}[□口○〇☐]")


class TableReader:
    """Reads records of one table; what its signs mean is asked once for the table."""

    def __init__(self, table: Table, desk: Desk) -> None:
        self.table, self.desk = table, desk
        self.exact = table.has("entry_id")

    def _settle(self, record: Record | None, key: str, reading: Reading[T], read: Callable[[str], Reading[T]]) -> T:
        value = record.get(key) if record else None
        place = (self.table.name, str(record.row) if record else WHOLE_TABLE, NAMES[key])
        return self.desk.settle(place, value.original if value else "", reading, read, value.doubt if value else "")

    def name(self, record: Record, key: str) -> str:
        """A level-1 or level-2 name. A matter with one name only has it on both levels."""
        text = clean(record.get(key).text)
        if _NO_NAME.fullmatch(text):
            text = ""
        reading = _read_name(text)
        if key == "level2" and not text:
            above = clean(record.get("level1").text)
            alone = not self.table.has("level2") or self._never("level2") or bool(record.get("level2").original)
            reading = replace(_read_name(above), doubt="" if alone and above else "没有二级事项")
        elif key == "level1" and not text and not self.table.has("level1"):
            reading = _read_name(clean(record.get("level2").text))
        return self._settle(record, key, reading, _read_name)

    def _never(self, key: str) -> bool:
        """Whether no row of the table has its own text in ``key``."""
        at = [n for n, column in enumerate(self.table.columns) if column.key == key]
        return not any(row.cell(n).text.strip() for row in self.table.rows for n in at)

    def level3(self, record: Record) -> str | None:
        """The level-3 name, where a table has one."""
        text = clean(record.get("level3").text)
        return None if _NO_NAME.fullmatch(text) else text

    def elements(self, record: Record) -> tuple[str, ...]:
        """公开内容（要素）."""
        text = record.get("content").text
        reading = read_elements(text)
        if self.exact and not text:
            reading = replace(reading, doubt="")
        return self._settle(record, "content", reading, read_elements)

    def basis(self, record: Record, base: Entry | None) -> tuple[Basis, ...]:
        """公开依据."""
        standard = {(bare(b.title), bare(b.number or "")) for b in base.basis} if base else set()

        def usual(bases: tuple[Basis, ...]) -> bool:
            return {(bare(b.title), bare(b.number or "")) for b in bases} <= standard

        return self._optional(record, "basis", read_basis, usual)

    def limit(self, record: Record, base: Entry | None) -> tuple[str, tuple[TimeLimit, ...]]:
        """公开时限: the wording and its rules."""
        standard = bare(base.time_limit_text) if base else None
        self._with_cycle(record)
        return self._optional(record, "limit", read_limit, lambda limit: bare(limit[0]) == standard)

    @staticmethod
    def _with_cycle(record: Record) -> None:
        """Some tables write 长期公开 as the limit and the limit itself under 更新周期; whether to add it is asked."""
        value = record.get("limit")
        cycle = next((v.text for c, v in record.values.items() if c.added and "更新周期" in c.name), "")
        own, other = parse_time_limit(value.text), parse_time_limit(cycle)
        days = [t for t in other if t.role is LimitRole.PUBLISH and t.n]
        if days and value.text and not any(t.n for t in own):
            value.text, value.doubt = f"{value.text}；{cycle}", "期限写在“更新周期”里，已接在后面"

    def subject(self, record: Record, base: Entry | None) -> str | None:
        """公开主体."""
        standard = {base.subject_township, base.subject_county} if base else set()
        return self._optional(record, "subject", _read_subject, lambda subject: subject in standard)

    def _optional(self, record: Record, key: str, read: Callable[[str], Reading[T]], usual: Callable[[T], bool]) -> T:
        """A column that may be empty; one that the whole table lacks is asked about once.

        ``usual``: whether a value is what the standard row has, so that it raises no question.
        """
        value = record.get(key)
        reading = read(value.text)
        if not value.text and self.exact and (usual(reading.value)):
            return reading.value
        if not value.text and not self.exact and (not self.table.has(key) or self._never(key)):
            return self._whole(key, read)
        if value.text and not value.doubt and usual(reading.value):
            return reading.value
        return self._settle(record, key, reading, read)

    def _whole(self, key: str, read: Callable[[str], Reading[T]]) -> T:
        empty = read(EMPTY)
        reading = replace(empty, doubt=f"表里没有“{NAMES[key]}”", confidence=NONE)
        return self._once(NAMES[key], "", reading, read)

    def _once(self, column: str, original_text: str, reading: Reading[T], read: Callable[[str], Reading[T]]) -> T:
        """Settle a question about the whole table; asked and answered once."""
        if column not in self._asked:
            self._asked[column] = self.desk.settle((self.table.name, WHOLE_TABLE, column), original_text, reading, read)
        value: T = self._asked[column]  # type: ignore[assignment]  # each column has one type of value
        return value

    @cached_property
    def _asked(self) -> dict[str, object]:
        return {}

    # --- channels

    def channels(self, record: Record) -> tuple[Words, Words]:
        """公开渠道和载体: those that must be used, and those that may."""
        text = record.get("channels").text
        if not text and not self.table.has("channels", "channel"):
            reading: Reading[tuple[Words, Words]] = Reading(((), ()), "", "表里没有“公开渠道和载体”", NONE)
            return self._once(NAMES["channels"], "", reading, self._answered_channels)
        return self._settle(record, "channels", read_channels(text, self.style), self._answered_channels)

    @staticmethod
    def _answered_channels(text: str) -> Reading[tuple[Words, Words]]:
        return read_channels(text, Style(offered=True, trusted=True))

    @cached_property
    def style(self) -> Style:
        """What the signs before channels mean in this table."""
        if self.exact:
            return Style(offered=True, trusted=True)
        style = Style(offered=True if _LEGEND.search(self.table.legend) else None)
        at = [n for n, column in enumerate(self.table.columns) if column.key == "channels"]
        cells = ["\n".join(c.text for n in at if (c := row.cell(n)).own) for row in self.table.rows]
        parsed = [channel_cells.parse(text, style) for text in cells if text]
        style = self._unknown_signs(style, sorted({sign for p in parsed for sign in p.unknown_signs}))
        several = sorted({s for p in parsed for s in p.signs if s[-1] in "■▲◆▄"})
        if len(several) > 1:
            style = self._several(style, several)
        if style.offered is None and any(p.offered and p.listed < channel_cells.ALL_LISTED for p in parsed):
            reading = Reading(_OFFERED, "□ 是可选", "表头没有说明 □ 是可选还是不选；不选请填“不选”", MIDDLE)
            said = self._once("公开渠道和载体的 □", "", reading, _read_sign)
            style = replace(style, offered=said == _OFFERED)
        return style

    def _unknown_signs(self, style: Style, signs: list[str]) -> Style:
        for sign in signs:
            reading: Reading[str] = Reading("", "", f"不认识符号“{sign}”，请填“已选”“可选”或“不选”", NONE)
            said = self._once(f"公开渠道和载体的 {sign}", sign, reading, _read_sign)
            if said == _YES:
                style = replace(style, ticked=style.ticked | {sign[-1]})
            elif said:
                style = replace(style, unticked=style.unticked | {sign[-1]}, offered=said == _OFFERED)
        return style

    def _several(self, style: Style, signs: list[str]) -> Style:
        words = "、".join(signs)
        reading = Reading(
            _YES, f"{words} 都是已选", f"表里有几种标选符号，意思可能不同；只有“{signs[0]}”是已选的，请填“不选”", MIDDLE
        )
        said = self._once("公开渠道和载体的符号", words, reading, _read_sign)
        if said == _YES:
            return style
        return replace(
            style, ticked=frozenset(signs[:1]), unticked=style.unticked | set(signs[1:]), offered=said == _OFFERED
        )

    # --- tick columns

    def marks(self, record: Record, group: Group, usual: Callable[[], str]) -> Words:
        """公开对象, 公开方式 or 公开层级. ``usual``: what the matched standard rows have, where a table says nothing."""
        if not self._any_mark(group):
            words = usual()
            there = self.table.has(*group.keys, group.single)
            why = f"“{group.name}”整列没有勾选，可能在转换时丢失" if there else f"表里没有“{group.name}”"
            reading = Reading(read_words(words, group).value if words else (), words, why, LOW)
            return self._once(group.name, "", reading, lambda text: read_words(text, group))
        reading = read_marks(record, group)
        place = (self.table.name, str(record.row), group.name)
        return self.desk.settle(
            place, original(record, group), reading, lambda text: read_words(text, group), doubt_of(record, group)
        )

    def _any_mark(self, group: Group) -> bool:
        at = [n for n, c in enumerate(self.table.columns) if c.key in (*group.keys, group.single)]
        cells = (row.cell(n).text for row in self.table.rows for n in at)
        return any(clean(text) not in ("", "□", "口", "£") for text in cells)


def _read_name(text: str) -> Reading[str]:
    """Names are parts of a path, so they cannot hold a slash."""
    name = re.sub(r"\s*[/／]\s*", "、", clean(text))
    return Reading(name, name, "" if name else "没有名称", NONE)


def _read_subject(text: str) -> Reading[str | None]:
    name = clean(text)
    if not name or name == EMPTY:
        return Reading(None, EMPTY, "" if name else "没有公开主体", NONE)
    return Reading(name, name)


def _read_sign(text: str) -> Reading[str]:
    said = next((word for word in (_NO, _OFFERED, _YES) if word in text), "")
    return Reading(said, said, "" if said else "请填“已选”“可选”或“不选”", NONE)
