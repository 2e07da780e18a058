"""The catalogue on the built site: tables to take away, a page to print, rules beside the wording."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from gongkai.catalogue import layout, words
from gongkai.catalogue.export_workbook import workbook_bytes
from gongkai.catalogue.exporting import columns, csv_bytes, rows_of
from gongkai.model import Catalogue, Profile
from links import parse

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


def test_the_site_publishes_the_tables(demo_site: Path, township: tuple[Profile, Catalogue]):
    profile, catalogue = township
    rows = rows_of(catalogue)
    assert (demo_site / "data/catalogue.xlsx").read_bytes() == workbook_bytes(catalogue, rows, profile)
    assert (demo_site / "data/catalogue.csv").read_bytes() == csv_bytes(rows, profile)


@pytest.mark.parametrize("address", ["catalogue/index.html", "catalogue/19.html"])
def test_catalogue_pages_lead_to_the_printable_page_and_the_tables(address: str, demo_site: Path):
    found = set(parse(demo_site / address).xpath("//p[@class='gk-actions']/a/@href"))
    assert found == {"print.html", *(f"../data/catalogue.{kind}" for kind in ("xlsx", "csv", "json"))}


def test_one_page_prints_the_whole_catalogue(demo_site: Path, township: tuple[Profile, Catalogue]):
    tree = parse(demo_site / "catalogue/print.html")
    own = [e for f in township[1].fields for group in f.groups for e in group.entries]
    assert [row.xpath("string(td[last()])") for row in tree.xpath("//tbody/tr")] == [e.id for e in own]
    assert len(tree.xpath("//table")) == len(township[1].fields)
    for table, field in zip(tree.xpath("//table"), township[1].fields, strict=True):
        upper, lower = table.xpath("thead/tr")
        wide = sum(int(th.get("colspan", "1")) for th in upper)
        assert wide == len(columns(field.own_entries)) == len(table.xpath("colgroup/col"))
        assert [th.text for th in lower] == [sub for _, sub in layout.OFFICIAL if sub]
        assert len(table.xpath("tbody/tr/th[@rowspan or @scope='row']")) >= len(field.own_entries)
    assert [n.statement for n in township[1].not_applicable] == [d.text for d in tree.xpath("//dd[not(*)]")][
        : len(township[1].not_applicable)
    ]
    assert "size: landscape" in tree.xpath("string(//head/style)")


def test_field_pages_say_the_rules_beside_the_wording(demo_site: Path, township: tuple[Profile, Catalogue]):
    profile, catalogue = township
    for field in catalogue.fields:
        tree = parse(demo_site / f"catalogue/{field.id}.html")
        for entry in field.own_entries:
            (row,) = tree.xpath(f"//tr[@id='e-{entry.id}']")
            said = row.text_content()
            assert entry.time_limit_text in said
            assert words.limits_words(entry.time_limits) in said
            assert bool(row.xpath(".//b[text()='本镇增列']")) is entry.local
            shown = words.cited(entry, profile)
            for basis in entry.basis:
                assert (basis.label + words.superseded_words(basis) in said) is (basis in shown)
            for label, value in entry.extra:
                assert label in tree.xpath("//thead//th/text()")
                assert value in said


def test_open_data_say_what_the_pages_say(demo_site: Path, township: tuple[Profile, Catalogue]):
    rows = json.loads((demo_site / "data/catalogue.json").read_bytes())["entries"]
    for row, entry in zip(rows, township[1].own_entries(), strict=True):
        assert row["id"] == entry.id
        assert row["extra"] == dict(entry.extra)
        assert row["local"] is entry.local
        assert [r["words"] for r in row["time_limit_rules"]] == [words.limit_words(t) for t in entry.time_limits]
        assert [b["title"] for b in row["basis"]] == [b.title for b in words.cited(entry, township[0])]


def test_the_printable_page_is_accessible(demo_site: Path, browser: Browser):
    page = browser.new_page()
    page.goto((demo_site / "catalogue/print.html").as_uri())
    found = Axe().run(page)
    page.close()
    assert found.violations_count == 0, found.generate_report()
