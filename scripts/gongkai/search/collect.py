"""What of the site can be found: a record for each published item and each ordinary page."""

from __future__ import annotations

from gongkai.dataset import Dataset
from gongkai.model import Item
from gongkai.render.item_page import files_of, rows_of
from gongkai.render.markdown import Body, plain_text
from gongkai.search.records import SearchRecord

ITEM_KIND, STATEMENT_KIND, PAGE_KIND = "公开信息", "情况说明", "指南和栏目"


def item_record(dataset: Dataset, item: Item, body: Body) -> SearchRecord:
    """The record of an item: its metadata, its text and its attachments' names."""
    field, entry = dataset.field(item), dataset.entry(item)
    known = {label: value for label, value, _ in rows_of(dataset, item) if label != "名称"}
    files = [f.title for f in files_of(dataset, item)] if body.html else []
    return SearchRecord(
        url=item.url,
        title=item.title,
        date=item.published_on.isoformat(),
        blocks=(*plain_text(str(body.html)), *files, *known.values()),
        meta={
            "unit": item.responsible_unit,
            "field": field.name,
            "entry": entry.level2,
            "index_number": item.index_number or "",
            "document_number": item.document_number or "",
            "validity": "" if item.validity == "有效" else item.validity,
        },
        facets={
            "field": field.name,
            "unit": item.responsible_unit,
            "year": f"{item.published_on.year}年",
            "method": item.method,
            "validity": item.validity,
            "kind": STATEMENT_KIND if item.statement else ITEM_KIND,
        },
    )


def page_record(url: str, title: str, html: str) -> SearchRecord:
    """The record of an ordinary page out of its rendered content."""
    return SearchRecord(url=url, title=title, date="", blocks=plain_text(html), facets={"kind": PAGE_KIND})
