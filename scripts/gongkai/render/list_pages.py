"""List pages: all items, and items by level-1 group, entry, unit, year, month and method."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from gongkai.dataset import Dataset
from gongkai.model import Entry, Field, Item, Unit
from gongkai.render import catalogue_urls as urls
from gongkai.render import meta_tags
from gongkai.render.item_page import Row, canonical
from gongkai.render.page import UNCONFIRMED, Page, Renderer
from gongkai.render.rows import Breadcrumbs

Sibling = tuple[str, str, int, bool]
EDGE = 2


class Pager(Struct, frozen=True):
    """Links to the pages of a list; a link without address stands for the pages left out."""

    page: int
    pages: int
    prev: str | None
    next: str | None
    links: list[tuple[int, str | None]]


class Listing(Struct, frozen=True):
    """What one list shows. ``within`` tells lists of one name apart in the browser's title."""

    url: str
    title: str
    items: tuple[Item, ...]
    breadcrumbs: Breadcrumbs
    lead: str | None = None
    within: str = ""
    facts: list[Row] = field(default_factory=list)
    siblings: list[Sibling] = field(default_factory=list)
    siblings_title: str = ""
    feed: str | None = None
    notes: list[str] = field(default_factory=list)
    empty_text: str = "这里还没有公开的信息。"
    column_type: str = meta_tags.CATALOGUE


def _pager(url: str, page: int, pages: int) -> Pager | None:
    if pages < 2:
        return None
    links: list[tuple[int, str | None]] = []
    for n in range(1, pages + 1):
        if n in (1, pages) or abs(n - page) <= EDGE:
            links.append((n, urls.page_n(url, n)))
        elif links and links[-1][1] is not None:
            links.append((n, None))
    before = urls.page_n(url, page - 1) if page > 1 else None
    after = urls.page_n(url, page + 1) if page < pages else None
    return Pager(page, pages, before, after, links)


class Part(Struct, frozen=True):
    """One page of a list: the ``number``-th of ``count``, with the items on it."""

    listing: Listing
    number: int
    count: int
    items: tuple[Item, ...]

    @property
    def url(self) -> str:
        """Its address."""
        return urls.page_n(self.listing.url, self.number)

    @property
    def lastmod(self) -> str | None:
        """The day on which the newest item on it was published (ISO)."""
        return max(i.published_on for i in self.items).isoformat() if self.items else None


def parts_of(listing: Listing, size: int) -> Iterator[Part]:
    """The pages of one list with ``size`` items on each; at least one, even of an empty list."""
    count = max(1, -(-len(listing.items) // size))
    for n in range(1, count + 1):
        yield Part(listing, n, count, listing.items[(n - 1) * size : n * size])


def part_page(renderer: Renderer, part: Part) -> Page:
    """The page of a part of a list."""
    listing, n = part.listing, part.number
    title = f"{listing.title}（{listing.within}）" if listing.within else listing.title
    title += "" if n == 1 else f" 第{n}页"
    content = renderer.fragment(
        "list",
        part.url,
        title=listing.title,
        lead=listing.lead,
        facts=listing.facts if n == 1 else [],
        breadcrumbs=[renderer.home_crumb(), *listing.breadcrumbs],
        items=part.items,
        pager=_pager(listing.url, n, part.count),
        siblings=listing.siblings,
        siblings_title=listing.siblings_title,
        feed=listing.feed,
        notes=listing.notes,
        empty_text=listing.empty_text,
    )
    head = "\n".join(
        (
            meta_tags.site_tags(renderer.dataset.settings),
            meta_tags.column_tags(listing.title, listing.column_type, listing.lead),
            canonical(renderer.dataset, part.url),
        )
    )
    return Page(part.url, "list", title, head, content, part.lastmod)


def all_listings(renderer: Renderer) -> Iterator[Listing]:
    """Every list of the site."""
    yield _everything(renderer)
    yield from _retired_fields(renderer)
    yield from _level1_groups(renderer)
    yield from _entries(renderer)
    yield from _units(renderer)
    yield from _years(renderer)
    yield from _methods(renderer)


def _everything(renderer: Renderer) -> Listing:
    published = renderer.dataset.published
    lead = f"本站公开的全部信息，共{len(published)}条，按发布日期从新到旧排列。"
    return Listing(urls.ITEMS, "全部公开信息", published, [], lead, feed=urls.FEED)


def _shown_entries(dataset: Dataset) -> Iterator[tuple[Field, list[Entry]]]:
    """The entries that have a page, by field: those in force, and retired ones that still have items."""
    catalogue = dataset.catalogue
    retired = [e for e in catalogue.retired if e.id in dataset.by_entry]
    for f in catalogue.fields:
        yield f, [*f.own_entries, *(e for e in retired if e.field_id == f.id)]
    for f in catalogue.retired_fields:
        entries = [e for e in retired if e.field_id == f.id]
        if entries:
            yield f, entries


def _retired_fields(renderer: Renderer) -> Iterator[Listing]:
    dataset = renderer.dataset
    for f in dataset.catalogue.retired_fields:
        if items := dataset.by_field.get(f.id, ()):
            notes = ["本镇已不再采用这个领域的目录，这里是以前公开的信息。"]
            yield Listing(urls.field_url(f.id), f.name, items, [("公开目录", urls.CATALOGUE)], f.intro, notes=notes)


def _level1_groups(renderer: Renderer) -> Iterator[Listing]:
    dataset = renderer.dataset
    for f, entries in _shown_entries(dataset):
        groups: dict[str, list[Entry]] = {}
        for entry in entries:
            groups.setdefault(entry.level1_id, []).append(entry)
        for group_id, members in groups.items():
            name = members[0].level1
            yield Listing(
                urls.level1_url(group_id),
                name,
                dataset.by_level1.get(group_id, ()),
                [(f.name, urls.field_url(f.id))],
                f"{f.name}领域“{name}”下的公开信息。",
                within=f.name,
                siblings=[
                    (e.level2, urls.entry_url(e.id), len(dataset.by_entry.get(e.id, ())), False) for e in members
                ],
                siblings_title="二级事项",
                feed=urls.field_feed(f.id) if f.id in dataset.by_field else None,
            )


def _entry_facts(entry: Entry) -> list[Row]:
    basis = "、".join(b.label for b in entry.basis if b.place is None)
    facts = [
        ("条目编号", entry.id),
        ("公开内容（要素）", "、".join(entry.elements)),
        ("公开依据", basis),
        ("公开时限", entry.time_limit_text),
        ("公开主体", entry.subject_township or entry.subject_county),
        ("公开渠道和载体", "、".join(entry.channels)),
        ("公开对象", "、".join(entry.audience) + (f"（{entry.audience_groups}）" if entry.audience_groups else "")),
        ("公开方式", "、".join(entry.methods)),
        ("公开层级", "、".join(entry.levels)),
    ]
    return [(label, value, None) for label, value in (*facts, *entry.extra) if value]


def _entry_notes(dataset: Dataset, entry: Entry) -> list[str]:
    notes = [] if entry.confirmed else [f"{UNCONFIRMED}：本条目尚未与正式印发的目录核对，仅供参考。"]
    if entry.local:
        notes.append("本条目由本镇增列。")
    if (day := dataset.history.last_day(entry.id)) is not None and day <= dataset.today:
        notes.append(f"这一条自 {day} 起不再列入本镇目录，这里是以前公开的信息。")
    return notes


def _entries(renderer: Renderer) -> Iterator[Listing]:
    dataset = renderer.dataset
    for f, entries in _shown_entries(dataset):
        for entry in entries:
            website = "政府网站" in entry.channels
            empty = (
                "这个条目下还没有公开的信息。" if website else "按目录规定，本条目在公示栏等渠道公开，不在网站登载。"
            )
            yield Listing(
                urls.entry_url(entry.id),
                entry.level2,
                dataset.by_entry.get(entry.id, ()),
                [(f.name, urls.field_url(f.id)), (entry.level1, urls.level1_url(entry.level1_id))],
                within=f"{f.name}·{entry.level1}",
                facts=_entry_facts(entry),
                notes=_entry_notes(dataset, entry),
                empty_text=empty,
                column_type=meta_tags.ANNUAL if entry.level2.endswith("年报") else meta_tags.CATALOGUE,
            )


def _unit_facts(unit: Unit) -> list[Row]:
    facts = [("职责", unit.duties), ("电话", unit.telephone), ("地址", unit.address)]
    return [(label, value, None) for label, value in facts if value]


def _units(renderer: Renderer) -> Iterator[Listing]:
    dataset = renderer.dataset
    for unit in dataset.profile.units:
        items = dataset.by_unit.get(unit.id, ())
        lead = f"{unit.name}负责公开的信息，共{len(items)}条。"
        yield Listing(
            urls.unit_url(unit.id), unit.name, items, [("责任单位", urls.UNITS)], lead, facts=_unit_facts(unit)
        )


def _years(renderer: Renderer) -> Iterator[Listing]:
    dataset = renderer.dataset
    crumb = ("按年份", urls.YEARS)
    for year, items in dataset.by_year.items():
        months = [(m, found) for (y, m), found in dataset.by_month.items() if y == year]

        def siblings(
            current: int | None, months: list[tuple[int, tuple[Item, ...]]] = months, year: int = year
        ) -> list[Sibling]:
            return [(f"{m}月", urls.month_url(year, m), len(found), m == current) for m, found in months]

        lead = f"{year}年发布的公开信息，共{len(items)}条。"
        yield Listing(
            urls.year_url(year),
            f"{year}年公开信息",
            items,
            [crumb],
            lead,
            siblings=siblings(None),
            siblings_title="按月查看",
        )
        for month, found in months:
            yield Listing(
                urls.month_url(year, month),
                f"{year}年{month}月公开信息",
                found,
                [crumb, (f"{year}年", urls.year_url(year))],
                f"{year}年{month}月发布的公开信息，共{len(found)}条。",
                siblings=siblings(month),
                siblings_title=f"{year}年各月",
            )


def _methods(renderer: Renderer) -> Iterator[Listing]:
    leads = {
        "主动公开": "由本机关主动向社会公开的信息。",
        "依申请公开": "需要提出申请才能获取的信息；这里列出名称，正文不在网上登载。",
    }
    for method, items in renderer.dataset.by_method.items():
        yield Listing(urls.method_url(method), f"{method}的信息", items, [], leads[method])
