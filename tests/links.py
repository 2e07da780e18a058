"""A link checker for a built site: every link must lead to a file of the site, as it must from a folder (file://)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml import html

_LINKS = ("href", "src", "action", "srcset", "poster", "data-gk-bundle", "data-gk-facets")
_CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)")


@cache
def parse(path: Path) -> html.HtmlElement:
    """A built page."""
    return html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


@cache
def _anchors(path: Path) -> frozenset[str]:
    tree = parse(path)
    return frozenset(tree.xpath("//@id")) | frozenset(tree.xpath("//a/@name"))


def links_of(path: Path) -> Iterator[tuple[html.HtmlElement, str]]:
    """Every element of a page that refers to something, with what it refers to as written."""
    for element in parse(path).iter(html.etree.Element):
        for attribute in _LINKS:
            if attribute in element.attrib:
                yield element, element.get(attribute)


def foreign(path: Path) -> Iterator[tuple[str, str]]:
    """The links of a page that lead to another host: the element's name (with its rel) and the address."""
    for element, link in links_of(path):
        if link.startswith("//") or urlsplit(link).scheme in ("http", "https"):
            yield f"{element.tag} {element.get('rel', '')}".strip(), link


def dead_ends(site: Path) -> list[str]:
    """One line for each link that leads nowhere as a reader would find it now who starts at the home page and follows all links.

    For a site that others write into at the same time: nothing is believed from before, and what no page leads to may be
    unfinished.
    """
    waiting, seen, lines = ["index.html"], {"index.html"}, []
    while waiting:
        name = waiting.pop()
        tree = html.document_fromstring((site / name).read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        for link in {
            element.get(a) for element in tree.iter(html.etree.Element) for a in _LINKS if a in element.attrib
        }:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = _normal(PurePosixPath(name).parent / unquote(parts.path))
            if target is None or not (site / target).is_file():
                lines.append(f"{name}: {link}")
            elif target.endswith(".html") and target not in seen:
                seen.add(target)
                waiting.append(target)
    return lines


def broken_links(site: Path) -> list[str]:
    """One line for each link of the site that leads nowhere; ``[]`` for a good site."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    lines: list[str] = []
    for name in sorted(files):
        if name.endswith(".html"):
            for _, link in links_of(site / name):
                problem = _problem(site, files, name, link)
                if problem:
                    lines.append(f"{name}: {link}: {problem}")
        elif name.endswith(".css"):
            for link in _CSS_URL.findall((site / name).read_text("utf-8")):
                problem = None if link.startswith("data:") else _problem(site, files, name, link)
                if problem:
                    lines.append(f"{name}: {link}: {problem}")
    return lines


def _problem(site: Path, files: set[str], page: str, link: str) -> str | None:
    parts = urlsplit(link)
    if parts.scheme in ("tel", "mailto", "webcal", "http", "https") or link.startswith("data:,"):
        return None
    if parts.scheme or parts.netloc:
        return "a scheme or host that does not belong here"
    if parts.path.startswith("/"):
        return "starts at the host's root"
    target = _normal(PurePosixPath(page).parent / unquote(parts.path)) if parts.path else page
    if target is None:
        return "leaves the site"
    if target not in files:
        return "no such file"
    if parts.fragment and target.endswith(".html") and unquote(parts.fragment) not in _anchors(site / target):
        return "no such anchor"
    return None


def _normal(path: PurePosixPath) -> str | None:
    parts: list[str] = []
    for part in path.parts:
        if part != "..":
            parts.append(part)
        elif not parts:
            return None
        else:
            parts.pop()
    return "/".join(parts)
