"""What the index knows about one page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec import Struct, field

FACETS: dict[str, str] = {
    "field": "领域",
    "unit": "责任单位",
    "year": "年份",
    "method": "公开方式",
    "validity": "有效性",
    "kind": "类别",
}
"""The facets of the search page in the order in which it shows them, with their labels."""

TITLE, NAMES, BODY, FILES = range(4)
"""The zones of a record, the better hit first."""


class FileText(Struct, frozen=True):
    """The readable text of an attachment: its title, and one text per paragraph or row."""

    title: str
    blocks: tuple[str, ...]


class SearchRecord(Struct, frozen=True):
    """One page as residents may find it.

    ``url`` is relative to the site's root (``items/x.html``), ``date`` is an ISO day or empty. ``names`` are those
    of entry, field and unit; ``blocks`` the readable texts after the title, one per block element: no hit crosses
    from one into the next. ``files`` are the texts of its attachments. ``meta`` goes along with the hit; what of it
    should be found must also stand in ``names`` or ``blocks``. ``facets`` maps keys of :data:`FACETS` to Chinese
    labels; a key left out, or empty, means that the page has no such value.
    """

    url: str
    title: str
    date: str
    blocks: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    facets: dict[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    files: tuple[FileText, ...] = ()


class Listed(Struct, frozen=True):
    """What must be known of a page while its record stays as it was: the rest is in the index already.

    ``digest`` is :func:`digest_of` the record that ``load`` gives.
    """

    url: str
    date: str
    facets: dict[str, str]
    digest: str
    load: Callable[[], SearchRecord]


Page = TypeVar("Page", SearchRecord, Listed)


def listed(record: SearchRecord) -> Listed:
    """The entry of a record that is at hand."""
    return Listed(record.url, record.date, record.facets, digest_of(record), lambda: record)


def newest_first(records: Iterable[Page]) -> list[Page]:
    """Return the records newest first, those of one day by address, those without a date last.

    Raises ``ValueError`` when two records share an address or one names a facet that does not exist.
    """
    ordered = sorted(sorted(records, key=lambda r: r.url), key=lambda r: r.date, reverse=True)
    seen: set[str] = set()
    for record in ordered:
        if record.url in seen:
            raise ValueError(f"两条检索记录的地址相同：{record.url}")
        if unknown := sorted(record.facets.keys() - FACETS.keys()):
            raise ValueError(f"检索记录 {record.url} 含有未知的筛选项：{'、'.join(unknown)}")
        seen.add(record.url)
    return ordered


def digest_of(record: SearchRecord) -> str:
    """What changes when anything of the record's searchable or readable text changes; facets are not in it."""
    parts = [record.url, record.title, record.date, f"{len(record.names)} {len(record.blocks)} {len(record.files)}"]
    parts += (*record.names, *record.blocks)
    for key, value in sorted(record.meta.items()):
        parts += (key, value)
    for file in record.files:
        parts += (f"{len(file.blocks)}", file.title, *file.blocks)
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
