"""Links to other sites, asked of a server on this machine only."""

from __future__ import annotations

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gongkai.gather import gather
from gongkai.online import NO_HOST, REFUSED, ask, check_links, external_links
from sites import ITEM, write_site


class Handler(BaseHTTPRequestHandler):
    """``/404`` answers 404 and so on; ``/no-head/200`` only to GET; ``/slow`` not in time."""

    asked: list[tuple[str, str]]
    closing: threading.Event

    def _answer(self) -> None:
        type(self).asked.append((self.command, self.path))
        if self.path == "/slow":
            self.closing.wait(30)
        code = int(self.path.rsplit("/", 1)[-1]) if self.path[-1].isdigit() else 200
        if self.path.startswith("/no-head") and self.command == "HEAD":
            code = 405
        self.send_response(code)
        if code == 302:
            self.send_header("Location", "/moved/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = _answer  # noqa: N815 - the names http.server asks for

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site():
    handler = type("Fresh", (Handler,), {"asked": [], "closing": threading.Event()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", handler.asked
    handler.closing.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "ok", "dead", "methods"),
    [
        ("/200", True, False, ["HEAD"]),
        ("/no-head/200", True, False, ["HEAD", "GET"]),
        ("/404", False, True, ["HEAD", "GET"]),
        ("/403", False, False, ["HEAD", "GET"]),
        ("/503", False, False, ["HEAD", "GET"]),
        ("/中文/200", True, False, ["HEAD"]),
    ],
)
def test_answers(site, path, ok, dead, methods):
    base, asked = site
    result = ask(base + path, "a.md:8", 5)
    assert (result.ok, result.dead, [m for m, _ in asked]) == (ok, dead, methods)


def test_a_moved_page_is_followed(site):
    base, asked = site
    assert ask(base + "/302", "", 5).ok
    assert [path for _, path in asked] == ["/302", "/moved/200"]


def test_a_server_that_is_too_slow(site):
    result = ask(site[0] + "/slow", "", 0.3)
    assert (result.dead, result.reason) == (True, "超过 0.3 秒没有回应")


def test_nobody_listens():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    assert ask(f"http://127.0.0.1:{port}/", "", 2).reason == REFUSED


@pytest.mark.parametrize("url", ["http://", "http://[::1", "https:///a"])
def test_addresses_that_are_none(url):
    assert ask(url).reason == "网址写法不对"


def test_a_host_that_does_not_exist(monkeypatch):
    def nowhere(*_args: object, **_options: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    assert ask("http://nowhere.example.gov.cn/").reason == NO_HOST


def test_no_more_than_asked_for_and_in_order(site):
    base, asked = site
    links = {f"{base}/p{n}/200": f"a.md:{n}" for n in range(5)}
    told: list[str] = []
    results = check_links(links, most=3, pause=0, told=lambda r: told.append(r.url))
    assert [r.url for r in results] == list(links)[:3] == told
    assert len(asked) == 3


def test_one_host_is_not_pressed(site):
    begin = time.monotonic()
    check_links({f"{site[0]}/a/200": "", f"{site[0]}/b/200": ""}, pause=0.2)
    assert time.monotonic() - begin >= 0.2


def test_the_links_of_items(tmp_path):
    text = (
        ITEM
        + "\n见[县网站](https://a.example.gov.cn/x#y)、http://b.example.gov.cn/z，和[本站](https://a.example.gov.cn/x)。\n"
    )
    gathered = gather(write_site(tmp_path, {"site_src/items/a.md": text}))
    assert gathered.dataset is not None
    assert external_links(gathered.dataset.items) == {
        "https://a.example.gov.cn/x": "site_src/items/a.md:10",
        "http://b.example.gov.cn/z": "site_src/items/a.md:10",
    }
