"""Rows of which a page has dozens and a site hundreds of thousands: written straight, as the template engine takes three to five times as long.

The fragments of the theme print them by the names of these functions; a township's own fragment may go
over the values itself instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape as html_escape
from typing import NamedTuple

from markupsafe import Markup

from gongkai.model import Item
from gongkai.render.markdown import Heading
from gongkai.render.urls import Link

escape = lru_cache(maxsize=1 << 14)(html_escape)  # a title stands in some ten lists, a unit in hundreds
Breadcrumbs = list[tuple[str, str]]


class MetaRow(NamedTuple):
    """A row of the metadata block: alone on its line (``wide``) or not, with a badge behind its value or not.

    ``href`` is the link as the page writes it.
    """

    label: str
    value: str
    href: str | None
    wide: bool
    badge: str


def meta_rows(rows: Iterable[MetaRow]) -> Markup:
    """The rows of the metadata block's ``dl``."""
    made = []
    for label, value, href, wide, badge in rows:
        shown = escape(value)
        if href:
            shown = f'<a href="{escape(href)}">{shown}</a>'
        if badge:
            shown += f' <b class="gk-badge">{escape(badge)}</b>'
        made.append(f"<div{_WIDE if wide else ''}><dt>{label}</dt><dd>{shown}</dd></div>")
    return Markup("".join(made))  # noqa: S704 - every value in it is escaped


def item_rows(items: Iterable[Item], link: Link) -> Markup:
    """The rows of a list of items: title, date, unit; repealed ones are marked."""
    made = []
    for item in items:
        off = f' <b class="gk-badge gk-off">已{escape(item.validity)}</b>' if item.repealed else ""
        day, unit = item.published_on.isoformat(), escape(item.responsible_unit)
        made.append(
            f'<li>\n<div><a href="{escape(link(item.url))}">{escape(item.title)}</a>{off}</div>\n'
            f'<p><time datetime="{day}">{day}</time> <span>{unit}</span></p>\n</li>'
        )
    return _lines(made)


def toc_rows(headings: Iterable[Heading]) -> Markup:
    """The rows of a page's own table of contents."""
    return _lines([f'<li class="gk-l{level}"><a href="#{anchor}">{text}</a></li>' for level, anchor, text in headings])


def crumbs(breadcrumbs: Breadcrumbs, link: Link) -> Markup:
    """The way here: the steps from the home page down to the page's parent."""
    steps = [f'<li><a href="{escape(link(href))}">{escape(text)}</a></li>' for text, href in breadcrumbs]
    start, end = '<nav class="gk-crumbs" aria-label="所在位置"><ol>', "</ol></nav>"
    return Markup("".join((start, *steps, end)))  # noqa: S704 - every value in it is escaped


_WIDE = ' class="gk-row"'


def _lines(rows: list[str]) -> Markup:
    return Markup("\n".join(rows))  # noqa: S704 - every value in it is escaped
