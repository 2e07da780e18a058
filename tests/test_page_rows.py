"""Rows written without the template engine: whatever a value holds, a browser reads the value and nothing else."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from gongkai.render.markdown import render_body
from gongkai.render.rows import MetaRow, crumbs, meta_rows, toc_rows
from gongkai.render.urls import link_from


class Read(HTMLParser):
    """The elements and texts of a piece of HTML, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str | None] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(f"<{tag}>")
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(data.strip())


VALUES = st.text(st.sampled_from("甲a1<>&\"'/=;#{}%"), min_size=1, max_size=12)


@given(VALUES, st.none() | VALUES, st.booleans(), st.sampled_from(["", "待核"]))
def test_row_of_metadata_shows_its_value(value: str, href: str | None, wide: bool, badge: str):
    read = Read(meta_rows([MetaRow("名称", value, href, wide, badge)]))
    link, mark = (["<a>"] if href else []), (["<b>", badge] if badge else [])
    assert read.found == ["<div>", "<dt>", "名称", "<dd>", *link, value, *mark]
    assert read.links == ([href] if href else [])


@given(VALUES)
def test_breadcrumb_shows_its_text(text: str):
    read = Read(crumbs([("首页", "index.html"), (text, "fields/19.html")], link_from("items/a.html")))
    assert read.found[2:] == ["<li>", "<a>", "首页", "<li>", "<a>", text]
    assert read.links == ["../index.html", "../fields/19.html"]


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_table_of_contents_leads_to_the_headings(texts: list[str]):
    body = render_body("\n\n".join(f"## 第{n}项 {text}" for n, text in enumerate(texts)), str)
    anchors = [f"#{heading.id}" for heading in body.headings]
    assert Read(toc_rows(body.headings)).links == anchors
    assert all(f'id="{anchor[1:]}"' in body.html for anchor in anchors)
