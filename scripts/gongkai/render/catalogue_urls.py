"""The permanent addresses of generated pages, all relative to the site's root."""

from __future__ import annotations

from gongkai.model import PROACTIVE

HOME = "index.html"
ITEMS = "items/index.html"
CATALOGUE = "catalogue/index.html"
UNITS = "units/index.html"
YEARS = "years/index.html"
SEARCH = "search/index.html"
FEED = "feed.xml"


def field_url(field_id: str) -> str:
    """Page of a field."""
    return f"catalogue/{field_id}.html"


def level1_url(level1_id: str) -> str:
    """Page of a level-1 group."""
    return f"catalogue/{level1_id}.html"


def entry_url(entry_id: str) -> str:
    """Page of an entry."""
    return f"catalogue/{entry_id}.html"


def unit_url(unit_id: str) -> str:
    """Page of a responsible unit."""
    return f"units/{unit_id}.html"


def year_url(year: int) -> str:
    """Page of a year of publication."""
    return f"years/{year}.html"


def month_url(year: int, month: int) -> str:
    """Page of a month of publication."""
    return f"years/{year}-{month:02d}.html"


def method_url(method: str) -> str:
    """Page of a method of disclosure."""
    return f"methods/{'proactive' if method == PROACTIVE else 'on-request'}.html"


def field_feed(field_id: str) -> str:
    """Atom feed of a field."""
    return f"feeds/{field_id}.xml"


def page_n(url: str, n: int) -> str:
    """Page ``n`` (from 1) of a list."""
    return url if n == 1 else f"{url.removesuffix('.html')}-p{n}.html"
