"""The body of an item: CommonMark with tables and strikethrough, cleaned, with readable anchors."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import nh3
import pyromark
from markupsafe import Markup
from msgspec import Struct

from gongkai.patterns import regex
from gongkai.reading.masks import protect_masks

_PARSER = pyromark.Markdown(options=pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH)
_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del", "details", "div", "dl"),
    *("dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li"),
    *("mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "small", "span", "strong", "sub", "summary", "sup"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"style", "colspan", "rowspan"},
    "th": {"style", "colspan", "rowspan"},
    "*": set[str](),
}
_SCHEMES = {"http", "https", "mailto", "tel"}
# A body without any of these has no HTML of its own, no link, no image and no letter that nh3 would write otherwise.
_RISKY = regex("[<&\\[\x00-\x08\x0b-\x1f\x7f-\xa0\ud800-\udfff]")
_WRITTEN = (
    ('<td style="text-align: ', '<td style="text-align:'),
    ('<th style="text-align: ', '<th style="text-align:'),
    ("<br />", "<br>"),
    ("<hr />", "<hr>"),
    ("&quot;", '"'),
)
_HEADING = regex(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = regex(r"<[^>]+>")
_NOT_WORD = regex(r"[^\w\-]+")


class Heading(NamedTuple):
    """A heading of the body: level from 2, anchor and text, both ready to be written into HTML."""

    level: int
    id: str
    text: str


class Body(Struct, frozen=True):
    """A rendered body."""

    html: Markup
    headings: tuple[Heading, ...]


def anchor(text: str, used: set[str]) -> str:
    """A heading's anchor: its words, Chinese kept, unique in ``used`` (which it joins)."""
    base = _NOT_WORD.sub("-", text).strip("-").lower() or "section"
    name, n = base, 1
    while name in used:
        n += 1
        name = f"{base}-{n}"
    used.add(name)
    return name


def render_body(body: str, resolve: Callable[[str], str]) -> Body:
    """Render a Markdown body. ``resolve`` turns a link as written into the link to print.

    Headings are moved so that the highest is ``h2`` (the page's title is its ``h1``). Scripts, frames, styles and
    event handlers do not survive.
    """
    html = _cleaned(_PARSER.html(protect_masks(body)), resolve, plain=not _RISKY.search(body))
    levels = [int(level) for level, _ in _HEADING.findall(html)]
    shift = 2 - min(levels) if levels else 0
    used: set[str] = set()
    headings: list[Heading] = []

    def heading(match: re.Match[str]) -> str:
        level = min(int(match[1]) + shift, 6)
        text = _TAG.sub("", match[2])
        headings.append(Heading(level, anchor(text, used), text))
        return f'<h{level} id="{headings[-1].id}">{match[2]}</h{level}>'

    return Body(Markup(wrap_tables(_HEADING.sub(heading, html))), tuple(headings))  # noqa: S704 - cleaned by nh3


def _cleaned(html: str, resolve: Callable[[str], str], *, plain: bool) -> str:
    """``html`` as nh3 leaves it. What was made of a ``plain`` body holds nothing to clean: only the way it is written changes."""
    if plain and " class=" not in html:
        for made, cleaned in _WRITTEN:
            html = html.replace(made, cleaned)
        return html

    def attribute(tag: str, name: str, value: str) -> str | None:
        if (tag, name) in (("a", "href"), ("img", "src")):
            return resolve(value)
        return value

    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        attribute_filter=attribute,
        filter_style_properties={"text-align"},
    )


def wrap_tables(html: str) -> str:
    """Each table in a scroll box of its own that the keyboard reaches; header cells know their scope."""
    if "<table>" not in html:
        return html
    parts = html.split("<table>")
    boxed = [parts[0]]
    for n, part in enumerate(parts[1:], 1):
        box = f'<div class="gk-table" role="region" tabindex="0" aria-label="表格{n}"><table>'
        boxed.append(box + part.replace("</table>", "</table></div>", 1).replace("<th", '<th scope="col"'))
    return "".join(boxed).replace('<th scope="col"ead', "<thead")


def plain_text(html: str) -> tuple[str, ...]:
    """The readable lines of rendered HTML, one for each block or cell row."""
    text = re.sub(r"</(?:p|h[1-6]|li|tr|dt|dd|blockquote|pre|summary)>|<br ?/?>", "\n", html)
    text = re.sub(r"</t[hd]>", " ", text)
    lines = (" ".join(_unescape(_TAG.sub("", line)).split()) for line in text.split("\n"))
    return tuple(line for line in lines if line)


def _unescape(text: str) -> str:
    return str(Markup(text).unescape()) if "&" in text else text  # noqa: S704 - goes to plain text
