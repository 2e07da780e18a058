"""Rules about how items stand to each other and to their files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from gongkai.dataset import Dataset, TargetKind
from gongkai.model import Finding, Item, Link, Place, Reference
from gongkai.reading.nearest import nearest, phrase
from gongkai.rules import codes

_REASONS = {
    TargetKind.MISSING: (
        "指向的文件不存在",
        "请改正路径；链接到别的事项写相对路径，如：[通知](../2026/30-04-02-2026-03.md)",
    ),
    TargetKind.STRANGE: (
        "用“{url}”开头，在网页上打不开",
        "网页请写完整的地址，如：https://www.gov.cn/；文件请放在站点文件夹里，写相对路径。",
    ),
    TargetKind.OUTSIDE: ("{url}", "请改成相对路径，并把文件放在站点文件夹里。"),
    TargetKind.UNPUBLISHED: ("指向的“{url}”没有在网站公开", "请去掉链接；草稿和不上网站的信息没有页面。"),
}


def _repeated(items: Iterable[Item], key: Callable[[Item], str | None]) -> Iterator[tuple[Item, Item]]:
    """Each later item with the first one that has the same key."""
    first: dict[str, Item] = {}
    for item in items:
        if value := key(item):
            if value in first:
                yield item, first[value]
            else:
                first[value] = item


def duplicate_index_numbers(dataset: Dataset) -> Iterator[Finding]:
    """R4.1: an index number is unique and never changes."""
    for item, other in _repeated(dataset.items, lambda i: i.index_number):
        yield codes.DUPLICATE_INDEX_NUMBER.at(
            item.place("index_number"), field="index_number", value=item.index_number, other=other.file
        )


def duplicate_addresses(dataset: Dataset) -> Iterator[Finding]:
    """Two items cannot have one page; file systems that do not tell cases apart count too."""
    for item, other in _repeated(dataset.items, lambda i: i.address.casefold()):
        yield codes.DUPLICATE_ADDRESS.at(item.place("address"), field="address", value=item.address, other=other.file)


def unknown_references(dataset: Dataset) -> Iterator[Finding]:
    """R3.5: document and interpretation are linked both ways, so both must be there."""
    for item in dataset.items:
        if item.interprets:
            yield from _unknown(dataset, item, item.interprets, "interprets", "解读文件")
        for reference in item.related:
            yield from _unknown(dataset, item, reference, "related", "相关文件")


def _unknown(dataset: Dataset, item: Item, reference: Reference, key: str, label: str) -> Iterator[Finding]:
    if dataset.find(reference.text) is None and reference.text.removesuffix(".md") not in dataset.faulty_names:
        names = [name for i in dataset.items for name in (i.address, i.document_number) if name]
        near = phrase(nearest(reference.text, names, limit=1, cutoff=70))
        place = Place(item.file, reference.line, reference.column)
        yield codes.UNKNOWN_REFERENCE.at(place, field=key, key=key, label=label, value=reference.text, nearest=near)


def dead_links(dataset: Dataset) -> Iterator[Finding]:
    """R8.2: wrong links are the most frequent defect of all."""
    for item in dataset.items:
        for link in item.links:
            yield from _dead(dataset, item, link)


def _dead(dataset: Dataset, item: Item, link: Link) -> Iterator[Finding]:
    target = dataset.target(item, link.target)
    if target.kind in _REASONS:
        reason, advice = _REASONS[target.kind]
        what = "图片" if link.image else "链接"
        if link.image and target.kind is TargetKind.MISSING:
            advice = "请改正路径或文件名（大小写要一致），并把图片与本文件放在一起。"
        place = Place(item.file, link.line, link.column)
        yield codes.DEAD_LINK.at(
            place, what=what, target=link.target, reason=reason.format(url=target.url), advice=advice
        )


def index_number_shapes(dataset: Dataset) -> Iterator[Finding]:
    """R4.3: the shape is the site's own; the front part is checked against the site's code."""
    if pattern := dataset.profile.index_number_pattern:
        shape = re.compile(pattern)
        for item in dataset.items:
            if item.index_number and not shape.search(item.index_number):
                yield codes.INDEX_NUMBER_SHAPE.at(
                    item.place("index_number"), field="index_number", value=item.index_number, pattern=pattern
                )


def repealed_without_date(dataset: Dataset) -> Iterator[Finding]:
    """R3.5: documents that are no longer in force are marked, with the day."""
    for item in dataset.items:
        if item.repealed and item.repealed_on is None:
            yield codes.REPEALED_WITHOUT_DATE.at(item.place("validity"), field="validity", value=item.validity)


RULES = (
    duplicate_index_numbers,
    duplicate_addresses,
    unknown_references,
    dead_links,
    index_number_shapes,
    repealed_without_date,
)
