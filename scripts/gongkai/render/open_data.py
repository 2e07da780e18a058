"""Open data: the items and the catalogue as JSON and CSV, with their JSON Schemas beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any

from gongkai.catalogue import words
from gongkai.catalogue.exporting import RISKY, csv_bytes, rows_of, safe_cell
from gongkai.dataset import Dataset
from gongkai.model import Catalogue, Entry, Field, Item, NotApplicable, Profile
from gongkai.readable import json_bytes
from gongkai.render.item_page import files_of
from gongkai.render.kept import kept
from gongkai.resources import catalogue_dir

CATALOGUE_JSON, CATALOGUE_XLSX, CATALOGUE_CSV = "data/catalogue.json", "data/catalogue.xlsx", "data/catalogue.csv"
SCHEMAS = ("open-items", "open-catalogue")
CSV_COLUMNS = {
    "index_number": "索引号",
    "title": "名称",
    "field": "领域",
    "level1": "一级事项",
    "level2": "二级事项",
    "entry": "条目编号",
    "responsible_unit": "责任单位",
    "document_number": "文号",
    "formed_on": "成文日期",
    "published_on": "发布日期",
    "time_limit": "公开时限",
    "method": "公开方式",
    "validity": "有效性",
    "period": "所属期",
    "summary": "内容概述",
    "url": "网址",
}


def open_data(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """Address and content of every open-data file."""
    records = [_record(dataset, item) for item in dataset.published]
    yield "data/items.json", json_bytes({"$schema": "items.schema.json", **_head(dataset), "items": records})
    yield "data/items.csv", _csv(records)
    entries = [_row(dataset, e) for e in dataset.catalogue.own_entries()]
    fields = [{"id": f.id, "name": f.name, "intro": f.intro} for f in dataset.catalogue.fields]
    names = dataset.catalogue.standard_fields
    absent = [
        {"id": n.field_id, "name": names.get(n.field_id, ""), "statement": n.statement}
        for n in dataset.catalogue.not_applicable
    ]
    yield (
        CATALOGUE_JSON,
        json_bytes(
            {
                "$schema": "catalogue.schema.json",
                **_head(dataset),
                "fields": fields,
                "entries": entries,
                "not_applicable": absent,
            }
        ),
    )
    now = dataset.catalogue
    parts = (now.fields, now.not_applicable, tuple(names.items()), dataset.profile)
    yield CATALOGUE_XLSX, kept(dataset.settings.root, "catalogue-xlsx", repr(parts), partial(_workbook, *parts))
    yield CATALOGUE_CSV, csv_bytes(rows_of(now), dataset.profile)
    for name in SCHEMAS:
        text = (catalogue_dir() / "schema" / f"{name}.schema.json").read_text("utf-8")
        yield f"data/{name.removeprefix('open-')}.schema.json", text.encode("utf-8")


@lru_cache(maxsize=1)
def _workbook(
    fields: tuple[Field, ...], absent: tuple[NotApplicable, ...], names: tuple[tuple[str, str], ...], profile: Profile
) -> bytes:
    """The catalogue as a workbook; kept, because it takes a fifth of a second and an edited item does not change it."""
    from gongkai.catalogue.export_workbook import workbook_bytes  # noqa: PLC0415 - XlsxWriter is slow to read in

    catalogue = Catalogue(fields, absent, dict(names))
    return workbook_bytes(catalogue, rows_of(catalogue), profile)


def _head(dataset: Dataset) -> dict[str, Any]:
    updated = dataset.updated_on
    return {
        "publisher": dataset.profile.full_name,
        "site": dataset.settings.site_url or None,
        "updated_on": updated.isoformat() if updated else None,
    }


def _record(dataset: Dataset, item: Item) -> dict[str, Any]:
    entry, field = dataset.entry(item), dataset.field(item)
    return {
        "index_number": item.index_number,
        "title": item.title,
        "field": field.name,
        "level1": entry.level1,
        "level2": entry.level2,
        "entry": entry.id,
        "responsible_unit": item.responsible_unit,
        "publisher": item.publisher or dataset.profile.full_name,
        "document_number": item.document_number,
        "formed_on": item.formed_on.isoformat() if item.formed_on else None,
        "published_on": item.published_on.isoformat(),
        "effective_on": item.effective_on.isoformat() if item.effective_on else None,
        "repealed_on": item.repealed_on.isoformat() if item.repealed_on else None,
        "time_limit": item.time_limit or dataset.entry_in_force(item).time_limit_text,
        "method": item.method,
        "validity": item.validity,
        "period": str(item.period) if item.period else None,
        "channels": list(item.channels),
        "subject": item.subject,
        "genre": item.genre,
        "keywords": list(item.keywords),
        "summary": item.summary,
        "statement": item.statement,
        "url": item.url,
        "attachments": []
        if item.on_request
        else [{"title": f.title, "url": f.href, "type": f.kind} for f in files_of(dataset, item)],
    }


def _row(dataset: Dataset, entry: Entry) -> dict[str, Any]:
    items = dataset.by_entry.get(entry.id, ())
    newest = dataset.newest(items)
    return {
        "id": entry.id,
        "field": entry.field_id,
        "level1": entry.level1,
        "level2": entry.level2,
        "level3": entry.level3,
        "elements": list(entry.elements),
        "basis": [
            {"title": b.title, "number": b.number, "superseded_by": b.superseded_by}
            for b in words.cited(entry, dataset.profile)
        ],
        "time_limit": entry.time_limit_text,
        "time_limit_rules": words.limit_rules(entry),
        "subject": words.subject(entry) or None,
        "channels": {"must": list(entry.channels_must), "may": list(entry.channels_may)},
        "audience": list(entry.audience),
        "audience_groups": entry.audience_groups,
        "methods": list(entry.methods),
        "levels": list(entry.levels),
        "extra": dict(entry.extra),
        "legal_class": list(entry.legal_class),
        "column_kind": entry.column_kind,
        "local": entry.local,
        "confirmed": entry.confirmed,
        "published": len(items),
        "newest": newest.isoformat() if newest else None,
    }


def _csv(records: list[dict[str, Any]]) -> bytes:
    """CSV that Excel opens without asking: UTF-8 with BOM, Chinese headers; no cell starts a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS.values())
    rows = map(itemgetter(*CSV_COLUMNS), records)
    writer.writerows([safe_cell(cell) if cell and cell[0] in RISKY else cell for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
