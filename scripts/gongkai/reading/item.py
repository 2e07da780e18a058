"""One Markdown file becomes one checked item."""

from __future__ import annotations

import datetime as dt
import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gongkai.model import (
    NO_DATE,
    PROACTIVE,
    CatalogueHistory,
    Entry,
    Finding,
    Item,
    NoticePeriod,
    Period,
    Place,
    PrivacyAllowance,
    Profile,
    Reference,
    Review,
    Severity,
    Unit,
    looser,
)
from gongkai.patterns import regex
from gongkai.reading import codes, front_matter
from gongkai.reading.attachments import find_attachments
from gongkai.reading.body import find_links
from gongkai.reading.entries import Rows, find_entry
from gongkai.reading.header import Header, read_header
from gongkai.reading.nearest import nearest, phrase
from gongkai.reading.plain_header import PlainHeaders
from gongkai.reading.source import Report, decode
from gongkai.reading.timelimit import parse_time_limit
from gongkai.reading.values import parse_period
from gongkai.reading.vocabulary import Vocabulary

_ADDRESS = regex(r"[^\W_][\w\-]*\Z")
_RESERVED = regex(r"(?:index|con|prn|aux|nul|com\d|lpt\d)\Z", re.IGNORECASE)
MAX_ADDRESS = 80


class ItemContext(Struct, frozen=True, dict=True):
    """What an item is read against. ``root`` is the folder of mkdocs.yml; both folders are absolute."""

    root: Path
    docs_dir: Path
    vocabulary: Vocabulary
    history: CatalogueHistory
    profile: Profile

    @cached_property
    def plain_headers(self) -> PlainHeaders:
        """The fast reader of headers, with what it remembers."""
        return PlainHeaders(self.vocabulary)

    @cached_property
    def rows(self) -> Rows:
        """The rows of the catalogue, by their names."""
        return Rows(self.history)


class Reading(Struct, frozen=True):
    """What a file says by itself: the same bytes, read against the same context, give the same reading.

    ``item`` is None when there is no front matter to make one of; its attachments are not looked for yet: they are
    ``wanted`` (path and title as written) by the key at ``place`` (line and column).
    """

    item: Item | None
    said: tuple[Finding, ...]
    wanted: tuple[tuple[str, str], ...] = ()
    place: tuple[int, int] = (1, 1)


def read_item(data: bytes, file: str, context: ItemContext) -> Reading:
    """Read the bytes of the item ``file`` (relative to the site's root, with ``/``).

    An item with errors is given too, as far as it goes and not ``sound``, so that what is wrong between items and in
    their texts is said at once with the rest.
    """
    said: list[Finding] = []
    text = decode(data, file, said.append)
    parts = front_matter.cut(text, file, said.append) if text is not None else None
    if parts is None:
        return Reading(None, tuple(said))
    header = context.plain_headers.read(parts.head, file, parts.first_line)
    if header is None:
        head = front_matter.read_head(parts, file, said.append)
        if head is None:
            return Reading(None, tuple(said))
        header = read_header(head, file, context.vocabulary, said.append)
    item = _Builder(header, parts, context, said.append).build()
    if "attachments" not in header.data:
        return Reading(item, tuple(said), (), header.lines.get("attachments", (1, 1)))
    wanted = tuple((str(entry["path"]), entry.get("title") or "") for entry in header.data["attachments"])
    return Reading(item, tuple(said), wanted, header.lines["attachments"])


def complete(reading: Reading, path: Path, context: ItemContext, report: Report) -> Item | None:
    """The item of a reading with its attachments, as they lie on the disk now; everything found is reported.

    A draft (``draft: true``) is checked loosely: what is still missing or wrong in it is a note.
    """
    item, said = reading.item, list(reading.said)
    if item is not None and not said and not reading.wanted:
        return item
    if item is None:
        for finding in said:
            report(finding)
        return None
    if reading.wanted:
        place = Place(item.file, *reading.place)
        found = find_attachments(reading.wanted, place, path, context.docs_dir, context.root, said.append)
        item = replace(item, attachments=found)
    if item.draft:
        said = [f.with_severity(Severity.NOTE) for f in said]
    for finding in said:
        report(finding)
    return replace(item, sound=False) if item.sound and any(f.severity is Severity.ERROR for f in said) else item


@lru_cache(maxsize=4096)
def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text is not None else None


@lru_cache(maxsize=1024)
def _period(text: str) -> Period | None:
    return parse_period(text)


@lru_cache(maxsize=1024)
def _review(by: str, on: str | None) -> Review:
    return Review(by, _day(on))


class _Builder:
    """Settles what the schema cannot: entry, unit, limits, address."""

    def __init__(self, header: Header, parts: front_matter.Parts, context: ItemContext, report: Report) -> None:
        self.header, self.parts, self.context, self.report = header, parts, context, report
        self.data: dict[str, Any] = header.data
        self.stem = header.file.rpartition("/")[2].removesuffix(".md")

    def build(self) -> Item:
        header, data, parts = self.header, self.data, self.parts
        get = data.get
        formed, published = _day(get("formed_on")), _day(get("published_on"))
        entry = find_entry(
            header.text("entry"),
            header.text("category"),
            header.place,
            self.context.rows,
            formed or published or dt.date.max,
            self.report,
        )
        unit = self._unit()
        address = self._address()
        notice = self._notice_period()
        if "formed_on" not in header.lines:
            self.report(codes.MISSING_FORMED_ON.at(Place(header.file), field="formed_on"))
        if not parts.body:
            self.report(codes.EMPTY_BODY.at(Place(header.file, parts.body_line)))
        if entry is not None:
            self._check_time_limit(entry)
        method = get("method", PROACTIVE)
        channels = get("channels")
        if channels is None and entry is not None:
            channels = entry.channels
        review = get("review")
        return Item(
            sound=not (entry is None or unit is None or address is None) and "title" in data and "published_on" in data,
            file=header.file,
            address=address or self.stem,
            title=get("title", self.stem),
            entry_id=entry.id if entry else "",
            responsible_unit=unit.name if unit else "",
            unit_id=unit.id if unit else "",
            published_on=published or NO_DATE,
            published_time=header.published_time,
            body=parts.body,
            body_line=parts.body_line,
            lines=header.lines,
            method=method,
            disclosure_class=get("disclosure_class", method),
            formed_on=formed,
            effective_on=_day(get("effective_on")),
            repealed_on=_day(get("repealed_on")),
            validity=get("validity", "废止" if "repealed_on" in data else "有效"),
            publisher=get("publisher"),
            source=get("source"),
            time_limit=get("time_limit"),
            channels=tuple(channels or ()),
            audience=get("audience"),
            period=_period(data["period"]) if "period" in data else None,
            notice_period=notice,
            index_number=get("index_number"),
            document_number=get("document_number"),
            subject=get("subject"),
            genre=get("genre"),
            keywords=tuple(get("keywords", ())),
            summary=get("summary"),
            review=_review(review["by"], review.get("on")) if review else None,
            links=find_links(parts.body, parts.body_line),
            interprets=self._references("interprets", [data["interprets"]])[0] if "interprets" in data else None,
            related=self._references("related", data["related"]) if "related" in data else (),
            statement=get("statement"),
            elements=dict(get("elements", ())),
            list_until=_day(get("list_until")),
            privacy_allow=tuple([PrivacyAllowance(a["value"], a["reason"], a["by"]) for a in get("privacy_allow", ())]),
            draft=get("draft", False),
        )

    def _references(self, key: str, texts: list[str]) -> tuple[Reference, ...]:
        place = self.header.place(key)
        return tuple(Reference(text, place.line, place.column) for text in texts)

    def _notice_period(self) -> NoticePeriod | None:
        data = self.data.get("notice_period")
        if not data:
            return None
        start, end = dt.date.fromisoformat(data["start"]), dt.date.fromisoformat(data["end"])
        if end < start:
            place = self.header.place("notice_period")
            reason = f"结束日期 {end} 早于开始日期 {start}"
            self.report(codes.BAD_NOTICE_PERIOD.at(place, field="notice_period", reason=reason))
            return None
        return NoticePeriod(start, end, data.get("count"), data.get("unit"))

    def _unit(self) -> Unit | None:
        name = self.header.text("responsible_unit")
        if name is None:
            return None
        unit = self.context.profile.unit_by_name.get(name)
        if unit is None:
            names = self.context.profile.unit_by_name
            near = [names[n].name for n in nearest(name, names.keys(), limit=1)]
            units = "、".join(u.name for u in self.context.profile.units)
            advice = f"本镇单位：{units}。新设单位请先写进 mkdocs.yml 的 township.units。"
            place = self.header.place("responsible_unit")
            found = codes.UNKNOWN_UNIT.at(
                place, field="responsible_unit", value=name, nearest=phrase(near), advice=advice
            )
            self.report(found)
        return unit

    def _address(self) -> str | None:
        """The permanent page name: ``address:`` if given, else the file's name."""
        value = self.header.text("address") or self.stem
        reason = ""
        if not _ADDRESS.match(value):
            reason = "里面有空格或特殊符号"
        elif _RESERVED.match(value):
            reason = "这个名字有特殊用途"
        elif len(value) > MAX_ADDRESS:
            reason = f"超过 {MAX_ADDRESS} 个字"
        if not reason:
            return value
        source = "页面地址" if "address" in self.data else "文件名"
        example = re.sub(r"[^\w\-]+", "-", value).strip("-_")[:MAX_ADDRESS]
        example = "19-02-03-2026-q3" if not example or _RESERVED.match(example) else example
        advice, example = (
            ("请只", f"address: {example}") if source == "页面地址" else ("请给文件改名，只", f"{example}.md")
        )
        place = self.header.place("address")
        self.report(
            codes.BAD_ADDRESS.at(
                place, field="address", source=source, value=value, reason=reason, advice=advice, example=example
            )
        )
        return None

    def _check_time_limit(self, entry: Entry) -> None:
        text = self.header.text("time_limit")
        if text is None:
            return
        place = self.header.place("time_limit")
        limits = parse_time_limit(text)
        if not limits:
            found = codes.BAD_TIME_LIMIT.at(
                place, field="time_limit", value=text, entry_limit=entry.time_limit_text or "目录没有规定"
            )
            self.report(found)
        elif looser(limits, entry.publish_limit):
            self.report(
                codes.LOOSER_TIME_LIMIT.at(
                    place, field="time_limit", value=text, entry=entry.id, entry_limit=entry.time_limit_text
                )
            )
