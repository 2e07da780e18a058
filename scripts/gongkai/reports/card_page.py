"""The pages of the report cards: one for each quarter and year, and an overview of them. Assessments are not on them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gongkai.render import meta_tags
from gongkai.render.item_page import canonical
from gongkai.render.page import Page, Renderer
from gongkai.reports import card_tables
from gongkai.reports.card import Card, cards
from gongkai.reports.card_tables import NOTES, number, words
from gongkai.reports.facts import Facts
from gongkai.reports.terms import Term, terms

TITLE = "政务公开成绩单"
ADDRESS = "cards/index.html"


class PageTable(Struct, frozen=True):
    """A table as the page prints it: the first cell of a row heads it; ``links`` are the addresses of the first cells."""

    title: str
    heads: tuple[str, ...]
    rows: list[list[str]]
    links: list[str | None]


def card_url(term: Term) -> str:
    """The page of one card."""
    return f"cards/{term}.html"


def card_pages(renderer: Renderer, facts: Facts) -> Iterator[Page]:
    """The overview, and a page for each quarter and year in which something was published; newest first."""
    found = cards(facts, terms((i.published_on for i in facts.items), facts.today))
    yield _overview(renderer, found)
    for one in found:
        yield _page(renderer, one, found)


def _overview(renderer: Renderer, cards: list[Card]) -> Page:
    heads = ("期", "公开条数", "按时率", "公开天数", "定期公开覆盖率", "解读", "没有公开的单位")
    rows = [_line(one) for one in cards]
    table = PageTable("各季度、各年度", heads, rows, [card_url(one.term) for one in cards])
    lead = f"各季度和年度公开了多少、是否按时、还缺什么，由程序按公开的信息计算，截至{renderer.dataset.today}。"
    return _made(renderer, ADDRESS, TITLE, lead, [], [table], [])


def _line(one: Card) -> list[str]:
    now = one.whole.now
    cells = (card_tables.share(now.in_time), now.median_days, card_tables.share(now.owed.rate))
    name = one.term.label + ("" if one.over else "（未结束）")
    silent = "、".join(one.silent) or "无"
    return [name, number(now.published), *map(words, cells), number(now.interpretations), silent]


def _page(renderer: Renderer, one: Card, cards: list[Card]) -> Page:
    tables = [
        PageTable(t.title, t.heads, [[words(cell) for cell in row] for row in t.rows], [None] * len(t.rows))
        for t in card_tables.tables(one)
    ]
    siblings = [(c.term.label, card_url(c.term), None, c.term == one.term) for c in cards]
    url = card_url(one.term)
    # No day of counting on what is over: the page of an old quarter stays the same file until its figures change.
    lead = f"{one.term.first}至{one.term.last}" if one.over else card_tables.lead(one)
    return _made(renderer, url, card_tables.title(one), lead, [*card_tables.sentences(one)], tables, siblings)


def _made(
    renderer: Renderer,
    url: str,
    title: str,
    lead: str,
    sentences: list[str],
    tables: list[PageTable],
    siblings: list[tuple[str, str, None, bool]],
) -> Page:
    dataset = renderer.dataset
    crumbs = [renderer.home_crumb()] + ([] if url == ADDRESS else [(TITLE, ADDRESS)])
    content = renderer.fragment(
        "card",
        url,
        title=title,
        lead=lead,
        breadcrumbs=crumbs,
        sentences=sentences,
        tables=tables,
        siblings=siblings,
        notes=NOTES,
    )
    head = "\n".join(
        (
            meta_tags.site_tags(dataset.settings),
            meta_tags.column_tags(TITLE, meta_tags.CATALOGUE, lead),
            canonical(dataset, url),
        )
    )
    newest = dataset.updated_on.isoformat() if dataset.updated_on else None
    return Page(url, "list", title, head, content, newest)
