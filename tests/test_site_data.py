"""What of the site is for programs: sitemap, feeds, open data."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema_rs
import pytest

pytestmark = pytest.mark.slow

SITE = "https://www.example.gov.cn/shifan/"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_sitemap_lists_every_page_once(demo_site: Path):
    root = ElementTree.parse(demo_site / "sitemap.xml").getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{space}urlset"
    listed_pages = [unquote(loc.text or "") for loc in root.iter(f"{space}loc")]
    pages = {path.relative_to(demo_site).as_posix() for path in demo_site.rglob("*.html")} - {"404.html"}
    assert sorted(listed_pages) == sorted(SITE + page for page in pages)
    for day in root.iter(f"{space}lastmod"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", day.text or "")


def test_feeds_are_atom_with_entries_that_exist(demo_site: Path, items: list[dict[str, Any]]):
    feeds = [demo_site / "feed.xml", *sorted((demo_site / "feeds").glob("*.xml"))]
    assert len(feeds) == 1 + len({item["field"] for item in items})
    for path in feeds:
        feed = ElementTree.parse(path).getroot()
        assert feed.tag == f"{ATOM}feed"
        for name in ("id", "title", "updated"):
            assert feed.findtext(ATOM + name)
        entries = feed.findall(f"{ATOM}entry")
        assert entries
        for entry in entries:
            link = entry.find(f"{ATOM}link")
            assert link is not None
            address = unquote(link.get("href", ""))
            assert address.startswith(SITE)
            assert (demo_site / address.removeprefix(SITE)).is_file()
            assert entry.findtext(f"{ATOM}id", "").startswith("tag:www.example.gov.cn,")
        days = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
        assert days == sorted(days, reverse=True)
    newest = [entry.findtext(f"{ATOM}title") for entry in ElementTree.parse(feeds[0]).getroot().findall(f"{ATOM}entry")]
    assert newest == [item["title"] for item in items[:50]]


def test_feed_ids_are_unique(demo_site: Path):
    entries = ElementTree.parse(demo_site / "feed.xml").getroot().findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["items", "catalogue"])
def test_open_data_are_valid_under_the_schema_beside_them(name: str, demo_site: Path):
    data = json.loads((demo_site / f"data/{name}.json").read_bytes())
    assert data["$schema"] == f"{name}.schema.json"
    schema = json.loads((demo_site / f"data/{name}.schema.json").read_bytes())
    assert [error.message for error in jsonschema_rs.validator_for(schema).iter_errors(data)] == []


def test_csv_opens_in_excel_and_holds_every_item(demo_site: Path, items: list[dict[str, Any]]):
    path = demo_site / "data/items.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["索引号", "名称", "领域", "一级事项", "二级事项", "条目编号", "责任单位", "文号", "成文日期",
                             "发布日期", "公开时限", "公开方式", "有效性", "所属期", "内容概述", "网址"]  # fmt: skip
    assert [row["网址"] for row in rows] == [item["url"] for item in items]
    assert [row["名称"] for row in rows] == [item["title"] for item in items]
