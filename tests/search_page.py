"""What tests of the search page share: asking it, and reading what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from browser import Server, answered, search

if TYPE_CHECKING:
    from playwright.sync_api import Page


def open_at(page: Page, server: Server, query: str = "") -> None:
    page.goto(server.address + "search/" + query)
    if query:
        answered(page)


def ask(page: Page, query: str) -> list[str]:
    """Ask from the box and give the addresses of all results, in order."""
    search(page, query)
    while page.locator(".gk-more").is_visible():
        before = page.locator(".gk-result").count()
        page.locator(".gk-more").click()
        page.wait_for_function("n => document.querySelectorAll('.gk-result').length > n", arg=before)
    return shown(page)


def shown(page: Page) -> list[str]:
    paths = page.locator(".gk-result-title a").evaluate_all("links => links.map(link => link.pathname)")
    return [unquote(path).partition("/a/b/")[2] for path in paths]


def count(page: Page) -> int:
    """The number that the page says it has found."""
    said = page.locator(".gk-status").inner_text()
    return int(said.split()[1]) if said.startswith("找到") else 0


def query_of(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}
