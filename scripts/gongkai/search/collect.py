"""What of the site can be found: a record for each published item, each ordinary page and each field of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.catalogue import words
from gongkai.dataset import Dataset
from gongkai.model import Field, Item
from gongkai.render.catalogue_urls import field_url
from gongkai.render.item_page import files_of, rows_of
from gongkai.render.markdown import Body, plain_text
from gongkai.search.attachments import FileTexts
from gongkai.search.records import FileText, SearchRecord

ITEM_KIND, STATEMENT_KIND, PAGE_KIND = "公开信息", "情况说明", "指南和栏目"


def item_record(dataset: Dataset, item: Item, body: Body, texts: FileTexts) -> SearchRecord:
    """The record of an item: its metadata, its text, its attachments' names and their text."""
    field, entry = dataset.field(item), dataset.entry(item)
    known = {label: value for label, value, _ in rows_of(dataset, item) if label not in ("名称", "分类", "责任单位")}
    files = [] if item.on_request else [f.title for f in files_of(dataset, item)]
    return SearchRecord(
        url=item.url,
        title=item.title,
        date=item.published_on.isoformat(),
        names=(field.name, entry.level1, entry.level2, item.responsible_unit),
        blocks=(*plain_text(str(body.html)), *files, *known.values()),
        files=tuple(_texts(dataset, item, texts)),
        meta={
            "unit": item.responsible_unit,
            "field": field.name,
            "entry": entry.level2,
            "index_number": item.index_number or "",
            "document_number": item.document_number or "",
            "validity": "" if item.validity == "有效" else item.validity,
            "files": "、".join(files),
        },
        facets=item_facets(dataset, item),
    )


def item_facets(dataset: Dataset, item: Item) -> dict[str, str]:
    """The facets of an item's record."""
    return {
        "field": dataset.field(item).name,
        "unit": item.responsible_unit,
        "year": f"{item.published_on.year}年",
        "method": item.method,
        "validity": item.validity,
        "kind": STATEMENT_KIND if item.statement else ITEM_KIND,
    }


def _texts(dataset: Dataset, item: Item, texts: FileTexts) -> Iterator[FileText]:
    """The texts of the attachments that the item's page offers."""
    for attachment in () if item.on_request else item.attachments:
        text = texts.of(dataset.settings.docs_dir / attachment.path, attachment.title)
        if text is not None:
            yield text


def field_record(dataset: Dataset, field: Field) -> SearchRecord:
    """The record of a field's page of the public catalogue: what its rows ask for, on which basis, by when."""
    blocks: list[str] = []
    for group in field.groups:
        blocks.append(group.name)
        for entry in group.entries:
            asked = (entry.level2, "；".join(entry.elements), entry.time_limit_text or "", words.subject(entry))
            blocks += (text for text in asked if text)
            blocks += (basis.label for basis in words.cited(entry, dataset.profile))
    return SearchRecord(
        url=field_url(field.id),
        title=field.name,
        date="",
        blocks=tuple(dict.fromkeys(blocks)),
        facets={"kind": PAGE_KIND},
    )


def page_record(url: str, title: str, html: str) -> SearchRecord:
    """The record of an ordinary page out of its rendered content."""
    return SearchRecord(url=url, title=title, date="", blocks=plain_text(html), facets={"kind": PAGE_KIND})
