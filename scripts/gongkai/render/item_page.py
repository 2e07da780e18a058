"""Item pages: the metadata block in the order residents and inspectors know, then the text."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from gongkai.dataset import Dataset, TargetKind
from gongkai.model import Attachment, Entry, Item
from gongkai.render import meta_tags
from gongkai.render.catalogue_urls import entry_url, field_url, level1_url, method_url, month_url, unit_url
from gongkai.render.markdown import Body, render_body
from gongkai.render.page import Page, Renderer, label_entry_status
from gongkai.render.rows import MetaRow
from gongkai.render.urls import Link, link_from, relative

Row = tuple[str, str, str | None]
_OFFICIAL = frozenset(
    ("索引号", "分类", "发布机构", "成文日期", "名称", "文号", "发布日期", "主题词", "责任单位", "有效性")
)
_HALF_LINE = 20


class FileLink(Struct, frozen=True):
    """An attachment as the page shows it."""

    title: str
    href: str
    kind: str
    size_label: str


def size_label(size: int) -> str:
    """``12 KB``, ``3.4 MB``; bytes below one KB."""
    if size < 1000:
        return f"{size} 字节"
    if size < 1_000_000:
        return f"{round(size / 1000)} KB"
    return f"{size / 1_000_000:.1f} MB"


def body_of(dataset: Dataset, item: Item) -> Body:
    """The rendered body of ``item``, its links made relative to the item's page."""

    def resolve(written: str) -> str:
        target = dataset.target(item, written)
        if target.kind in (TargetKind.ITEM, TargetKind.PAGE, TargetKind.FILE):
            url = quote(target.url) if target.kind is TargetKind.FILE else target.url
            return relative(item.url, url)
        return written

    return render_body(item.body, resolve)


def rows_of(dataset: Dataset, item: Item) -> list[Row]:
    """The metadata block (site-ux.md, R4.4): label, value and the page it leads to."""
    entry, field = dataset.entry(item), dataset.field(item)
    limit = item.time_limit or dataset.entry_in_force(item).time_limit_text
    review = item.review
    rows: list[tuple[str, str | None, str | None]] = [
        ("索引号", item.index_number, None),
        ("分类", f"{field.name} / {entry.level1} / {entry.level2}", entry_url(entry.id)),
        ("发布机构", item.publisher or dataset.profile.full_name, None),
        ("成文日期", item.formed_on.isoformat() if item.formed_on else None, None),
        ("名称", item.title, None),
        ("文号", item.document_number, None),
        ("发布日期", item.published_on.isoformat(), month_url(item.published_on.year, item.published_on.month)),
        ("主题词", "、".join(item.keywords), None),
        ("主题分类", item.subject, None),
        ("体裁分类", item.genre, None),
        ("责任单位", item.responsible_unit, unit_url(item.unit_id)),
        ("公开方式", item.method, method_url(item.method)),
        ("公开时限", limit, None),
        ("公开渠道", "、".join(item.channels), None),
        ("公开对象", item.audience or "、".join(entry.audience), None),
        ("所属期", item.period.label if item.period else None, None),
        ("生效日期", item.effective_on.isoformat() if item.effective_on else None, None),
        ("有效性", item.validity, None),
        ("废止日期", item.repealed_on.isoformat() if item.repealed_on else None, None),
        ("来源", item.source, None),
        ("保密审查", f"{review.by} {review.on or ''}".strip() if review else None, None),
        ("内容概述", item.summary, None),
    ]
    return [(label, value, href) for label, value, href in rows if value]


def laid_out(rows: Sequence[Row], badge: str, link: Link) -> list[MetaRow]:
    """Two rows to a line where there is room; long values, and what would stand alone, take the whole line.

    ``badge`` stands behind the category; ``link`` makes the links out of the page.
    """
    made: list[MetaRow] = []
    long = [label == "名称" or len(value) > _HALF_LINE for label, value, _ in rows]
    half_open = False
    for (label, value, href), whole, next_whole in zip(rows, long, [*long, True][1:], strict=True):
        wide = whole or (not half_open and next_whole)
        half_open = not (half_open or wide)
        made.append(MetaRow(label, value, link(href) if href else None, wide, badge if label == "分类" else ""))
    return made


def files_of(dataset: Dataset, item: Item) -> list[FileLink]:
    """The attachments of ``item`` with the addresses under which they lie on the site."""

    def link(attachment: Attachment) -> FileLink:
        href = dataset.links.attachment(item, attachment).url
        return FileLink(attachment.title, href, attachment.kind, size_label(attachment.size))

    return [link(a) for a in item.attachments]


def _column_type(entry: Entry) -> str:
    if entry.level1 == meta_tags.INTERPRETATION:
        return meta_tags.INTERPRETATION
    if entry.level1 == meta_tags.POLICY:
        return meta_tags.POLICY
    return meta_tags.SERVICE if "办事指南" in entry.level2 else meta_tags.CATALOGUE


def shown_body(dataset: Dataset, item: Item) -> Body:
    """The rendered body of ``item`` as its page shows it: none of what is only given on request."""
    return Body(html=Markup(), headings=()) if item.on_request else body_of(dataset, item)


def item_page(renderer: Renderer, item: Item, request_href: str) -> tuple[Page, Body]:
    """The page of ``item``, and its rendered body (the search index reads that)."""
    dataset = renderer.dataset
    entry, field = dataset.entry(item), dataset.field(item)
    body = shown_body(dataset, item)
    older, newer = dataset.neighbours(item)
    rows, badge, link = rows_of(dataset, item), label_entry_status(entry), link_from(item.url)
    content = renderer.fragment(
        "item",
        item.url,
        item=item,
        entry=entry,
        field=field,
        unit=dataset.unit(item),
        official=laid_out([r for r in rows if r[0] in _OFFICIAL], badge, link),
        others=laid_out([r for r in rows if r[0] not in _OFFICIAL], badge, link),
        breadcrumbs=[
            renderer.home_crumb(),
            (field.name, field_url(field.id)),
            (entry.level1, level1_url(entry.level1_id)),
            (entry.level2, entry_url(entry.id)),
        ],
        body=body.html,
        toc=body.headings,
        attachments=[] if item.on_request else [replace(f, href=quote(f.href)) for f in files_of(dataset, item)],
        older=older,
        newer=newer,
        interprets=dataset.interpreted(item),
        interpretations=dataset.interpretations(item),
        related=dataset.related(item),
        notice=item.notice_period,
        on_request=item.on_request,
        request_href=request_href,
        statement=item.statement,
    )
    head = "\n".join(
        (
            meta_tags.site_tags(dataset.settings),
            meta_tags.column_tags(entry.level2, _column_type(entry), f"{field.name}领域{entry.level1}:{entry.level2}"),
            meta_tags.article_tags(item, dataset.settings),
            canonical(dataset, item.url),
        )
    )
    return Page(item.url, "item", item.title, head, content, item.published_on.isoformat()), body


def canonical(dataset: Dataset, url: str) -> str:
    """The canonical link, when the site's address is known."""
    site = dataset.settings.site_url
    return f'<link rel="canonical" href="{site}{relative("", url)}">' if site else ""
