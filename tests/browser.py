"""What tests of whole sites share: building, serving, and a browser page that notices what goes wrong."""

from __future__ import annotations

import functools
import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from links import parse

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

PREFIX = "/a/b/"
"""The sub-path under which sites are served."""

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "microsoft-edge")

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}

KINDS = (
    "home",
    "guide",
    "request",
    "item with tables",
    "item with attachments",
    "item with notice period",
    "repealed item",
    "statement",
    "document with interpretation",
    "interpretation",
    "all items",
    "catalogue index",
    "field page",
    "level-1 page",
    "entry page",
    "empty entry",
    "units overview",
    "unit page",
    "years overview",
    "year page",
    "month page",
    "method page",
    "duties",
    "report cards",
    "report card",
    "search",
    "not found",
)
"""The kinds of pages of the demonstration site, of which the fixture ``kinds`` gives one example each."""


def build(
    config: Path, site: Path | None = None, tool: str = "mkdocs", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``mkdocs build`` (or ``properdocs build``) as a clerk would."""
    command = [sys.executable, "-m", tool, "build", "-f", str(config)]
    if site is not None:
        command += ["-d", str(site)]
    # One day for all, so that named lists, due dates and catalogue versions are the same whenever the tests run.
    variables = {**os.environ, "PYTHONIOENCODING": "utf-8", "GONGKAI_TODAY": "2026-11-20", **environment}
    return subprocess.run(command, env=variables, capture_output=True, encoding="utf-8", check=False)


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def items_of(site: Path) -> list[dict[str, Any]]:
    """The open data's records of all published items, newest first."""
    return json.loads((site / "data/items.json").read_bytes())["items"]


def entries_of(site: Path) -> list[dict[str, Any]]:
    """The open data's records of all rows of the catalogue."""
    return json.loads((site / "data/catalogue.json").read_bytes())["entries"]


def examples(site: Path) -> dict[str, str]:
    """An address for every kind in :data:`KINDS`."""
    items = items_of(site)

    def first(xpath: str) -> str:
        return next(item["url"] for item in items if parse(site / item["url"]).xpath(xpath))

    entries = entries_of(site)
    full = next(entry for entry in entries if entry["published"] >= 3)
    empty = next(entry for entry in entries if not entry["published"])
    newest = items[0]["published_on"]
    unit = parse(site / "units/index.html").xpath("string(//*[@class='gk-cards']//a/@href)")
    return {
        "home": "index.html",
        "guide": "guide.html",
        "request": "request.html",
        "item with tables": first("//*[@data-body]//table"),
        "item with attachments": first("//*[contains(@class,'gk-files')]//a"),
        "item with notice period": first("//*[@data-from]"),
        "repealed item": next(item["url"] for item in items if item["validity"] == "废止"),
        "statement": next(item["url"] for item in items if item["statement"]),
        "document with interpretation": first("//*[@aria-labelledby='gk-interpretations']"),
        "interpretation": first("//*[contains(text(),'本文解读的文件')]"),
        "all items": "items/index.html",
        "catalogue index": "catalogue/index.html",
        "field page": f"catalogue/{full['field']}.html",
        "level-1 page": f"catalogue/{full['id'].rpartition('-')[0]}.html",
        "entry page": f"catalogue/{full['id']}.html",
        "empty entry": f"catalogue/{empty['id']}.html",
        "units overview": "units/index.html",
        "unit page": f"units/{unit}",
        "years overview": "years/index.html",
        "year page": f"years/{newest[:4]}.html",
        "month page": f"years/{newest[:7]}.html",
        "method page": "methods/proactive.html",
        "duties": "due/index.html",
        "report cards": "cards/index.html",
        "report card": f"cards/{newest[:4]}.html",
        "search": "search/index.html",
        "not found": "404.html",
    }


class Server(http.server.ThreadingHTTPServer):
    """A site under a sub-path. Unknown addresses get the site's own 404 page; ``asked`` remembers the paths."""

    daemon_threads = True

    def __init__(self, folder: Path, prefix: str = PREFIX) -> None:
        self.asked: list[str] = []
        self.prefix = prefix
        self.folder = folder
        super().__init__(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
        self.address = f"http://127.0.0.1:{self.server_address[1]}{prefix}"


class _Handler(http.server.SimpleHTTPRequestHandler):
    server: Server

    def translate_path(self, path: str) -> str:
        if not urlsplit(path).path.startswith(self.server.prefix):
            return str(self.server.folder / "outside the site")
        return super().translate_path(path[len(self.server.prefix) - 1 :])

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = self.server.folder / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path, prefix: str = PREFIX) -> Iterator[Server]:
    """A running server of ``folder``."""
    with Server(folder, prefix) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@contextmanager
def watched_page(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page of its own context. At the end: no error on the console, no request to any other host."""
    context = browser.new_context(**options)
    context.set_default_timeout(15_000)
    page = context.new_page()
    problems: list[str] = []

    def check(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.hostname not in ("127.0.0.1", None) or (parts.scheme == "file" and parts.netloc):
            problems.append(f"request to another host: {request.url}")

    page.on("request", check)
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are the same, however they are percent-encoded."""
    return unquote(one) == unquote(other)


def search(page: Page, query: str) -> None:
    """Type a query into the search page, press Enter and wait for the answer."""
    page.fill("#gk-q", query)
    page.keyboard.press("Enter")
    answered(page)


def answered(page: Page) -> None:
    """Wait until the search page has answered."""
    page.wait_for_function(
        "() => !document.querySelector('[aria-busy]') && document.querySelector('.gk-status').textContent.includes('。')"
    )
