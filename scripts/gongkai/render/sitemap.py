"""sitemap.xml (sitemaps.org 0.9)."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from gongkai.render.urls import relative

ADDRESS = "sitemap.xml"


def sitemap(site_url: str, pages: Iterable[tuple[str, str | None]]) -> bytes:
    """The sitemap of ``pages``: addresses relative to the root, each with its last change (ISO date) if known."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for url, lastmod in sorted(pages):
        changed = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
        lines.append(f"<url><loc>{escape(site_url + relative('', url))}</loc>{changed}</url>")
    return ("\n".join([*lines, "</urlset>"]) + "\n").encode("utf-8")
