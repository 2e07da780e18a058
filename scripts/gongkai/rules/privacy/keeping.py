"""Named lists: where they may stand, how long, and how names are shown there (R5.2, R5.4, R5.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.memo import remembered
from gongkai.model import NO_DATE, WEBSITE, Entry, Finding, Item, Place
from gongkai.privacy.attachments.examining import FileReport, examine
from gongkai.privacy.headings import full_names, name_columns
from gongkai.privacy.names import mask_name
from gongkai.privacy.retiring import list_end, name_lines, person_tables, shows_names
from gongkai.rules.privacy import codes

YEAR = dt.timedelta(days=365)


def named_lists(dataset: Dataset) -> Iterator[Finding]:
    """R5.4, R5.5: lists under rows that say how they are to be kept."""
    shown = {item.file: item for item in dataset.published}
    for item in dataset.items:
        entry = dataset.catalogue.find(item.entry_id)
        if entry is None or (entry.privacy is None and item.list_until is None):
            continue
        on_site = shown.get(item.file)
        if on_site is None or on_site.on_request:
            continue
        if on_site is not item:
            yield _retired(dataset, item)
        if entry.privacy is not None:
            yield from _kept(dataset, on_site, entry)


def _retired(dataset: Dataset, item: Item) -> Finding:
    end = list_end(item)
    key = "list_until" if item.list_until else "notice_period"
    example = (dataset.today + YEAR).isoformat()
    return codes.LIST_RETIRED.at(item.place(key), field=key, end=end, today=dataset.today, example=example)


def _kept(dataset: Dataset, item: Item, entry: Entry) -> Iterator[Finding]:
    privacy = entry.privacy
    assert privacy is not None
    places = [(Place(item.file, item.body_line + line), "正文") for line in _list_lines(item)]
    reports = _listing_files(dataset, item)
    places += [(item.place("attachments"), f"附件“{r.name}”{r.listing[0]}") for r in reports]
    if not places:
        return
    if WEBSITE not in privacy.channels:
        place, where = places[0]
        channels = "、".join(privacy.channels)
        yield codes.LIST_NOT_FOR_WEBSITE.at(place, where=where, entry=entry.id, name=entry.level2, channels=channels)
        return
    if list_end(item) is None:
        day = item.published_on if item.published_on != NO_DATE else dataset.today
        example = (day + YEAR).isoformat()
        yield codes.LIST_WITHOUT_END.at(
            places[0][0], field="list_until", where=places[0][1], example=example, retention=privacy.retention
        )
    if privacy.mask and "隐去" in privacy.mask:
        yield from _in_full(item, reports, privacy.mask)


def _list_lines(item: Item) -> list[int]:
    def lines() -> list[int]:
        if not shows_names(item.body):
            return []
        return sorted({*(t.line for t in person_tables(item.body)), *name_lines(item.body)[:1]})

    return remembered("list lines", (item.body,), list[int], lines)


def _listing_files(dataset: Dataset, item: Item) -> list[FileReport]:
    docs = dataset.settings.docs_dir
    paths = [docs / (t.source or t.url) for t in dataset.files_of(item)]
    return [report for path in dict.fromkeys(paths) if (report := examine(path)).listing]


def _in_full(item: Item, reports: list[FileReport], mask: str) -> Iterator[Finding]:

    def tables() -> list[tuple[int, list[str]]]:
        found = person_tables(item.body)
        return [(t.line, full_names(t.rows, name_columns(t.header, t.rows))) for t in found]

    for line, names in remembered("full names", (item.body,), list[tuple[int, list[str]]], tables):
        if names:
            yield _full(Place(item.file, item.body_line + line), "正文", names, mask)
    for report in reports:
        if report.full:
            yield _full(item.place("attachments"), f"附件“{report.name}”", report.full, mask)


def _full(place: Place, where: str, names: list[str], mask: str) -> Finding:
    hidden = mask_name(names[0])
    shown = names[0][0] + "某" * (len(names[0]) - 1)
    return codes.NAMES_IN_FULL.at(place, where=where, count=len(names), shown=shown, mask=mask, example=hidden)
