"""Links to other sites, asked over the network: only on demand, few at a time, never while a site is built."""

from __future__ import annotations

import re
import socket
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from msgspec import Struct

from gongkai import __version__
from gongkai.model import Item

MOST = 200
TIMEOUT = 15.0
"""R3.7: what does not answer within 15 seconds counts as out of reach."""
PAUSE = 0.3
AT_ONCE = 4
_AGENT = f"gongkailan/{__version__} (link check)"
_BARE = re.compile(r"https?://[^\s<>()\[\]（）【】“”\"'`|，。；、）》]+")
NO_HOST, REFUSED, BROKEN = "找不到这个网站", "网站拒绝连接", "连接中断"
_FINAL = (NO_HOST, REFUSED)
# What a server says that only does not like to be asked by a program.
_UNSURE = {401, 403, 405, 406, 407, 412, 418, 429, 451}


class LinkResult(Struct, frozen=True):
    """What came back. ``dead``: it is surely gone; neither ``ok`` nor ``dead``: somebody has to click on it."""

    url: str
    where: str
    ok: bool
    dead: bool
    reason: str


def external_links(items: Iterable[Item]) -> dict[str, str]:
    """Every address of another site in the texts of ``items``, with the first place where it stands."""
    found: dict[str, str] = {}
    for item in items:
        for link in item.links:
            if link.target.startswith(("http://", "https://")):
                found.setdefault(link.target.partition("#")[0], f"{item.file}:{link.line}")
        if "://" in item.body:
            for match in _BARE.finditer(item.body):
                line = item.body_line + item.body.count("\n", 0, match.start())
                found.setdefault(match[0].partition("#")[0].rstrip(".,;:"), f"{item.file}:{line}")
    return found


def check_links(
    links: dict[str, str],
    *,
    most: int = MOST,
    timeout: float = TIMEOUT,
    pause: float = PAUSE,
    told: Callable[[LinkResult], None] = lambda _: None,
) -> list[LinkResult]:
    """Ask for the first ``most`` of ``links``: the addresses of one host one after the other, with a pause between."""
    hosts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for url, where in list(links.items())[:most]:
        hosts[_host(url)].append((url, where))

    def ask_host(pairs: list[tuple[str, str]]) -> list[LinkResult]:
        results = []
        for n, (url, where) in enumerate(pairs):
            if n:
                time.sleep(pause)
            results.append(ask(url, where, timeout))
            told(results[-1])
        return results

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = {r.url: r for results in pool.map(ask_host, hosts.values()) for r in results}
    return [found[url] for url in links if url in found]


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def ask(url: str, where: str = "", timeout: float = TIMEOUT) -> LinkResult:
    """HEAD, and GET where that is not answered well: many servers know no HEAD."""
    try:
        address = quote(url, safe=":/?#[]@!$&'()*+,;=%~-._")
        if not urlsplit(address).hostname:
            return LinkResult(url, where, ok=False, dead=True, reason="网址写法不对")
    except ValueError:
        return LinkResult(url, where, ok=False, dead=True, reason="网址写法不对")
    result = LinkResult(url, where, ok=False, dead=False, reason="")
    for method in ("HEAD", "GET"):
        result = _once(address, method, url, where, timeout)
        if result.ok or result.reason in _FINAL:
            break
    return result


def _once(address: str, method: str, url: str, where: str, timeout: float) -> LinkResult:
    # Only here, because they are slow to read in and a build asks nobody.
    import urllib.request  # noqa: PLC0415
    from http.client import HTTPException  # noqa: PLC0415
    from urllib.error import HTTPError  # noqa: PLC0415

    request = urllib.request.Request(address, method=method, headers={"User-Agent": _AGENT, "Accept": "*/*"})  # noqa: S310 - only http and https come here
    try:
        with urllib.request.urlopen(request, timeout=timeout):  # noqa: S310 - same
            return LinkResult(url, where, ok=True, dead=False, reason="能打开")
    except HTTPError as error:
        with error:
            gone = error.code not in _UNSURE and error.code < HTTPStatus.INTERNAL_SERVER_ERROR
        return LinkResult(url, where, ok=False, dead=gone, reason=f"返回 {error.code}")
    except (OSError, HTTPException, ValueError) as error:
        return LinkResult(url, where, ok=False, dead=True, reason=_why(error, timeout))


def _why(error: Exception, timeout: float) -> str:
    cause = getattr(error, "reason", error)
    if isinstance(cause, TimeoutError):
        return f"超过 {timeout:g} 秒没有回应"
    if isinstance(cause, socket.gaierror):
        return NO_HOST
    return REFUSED if isinstance(cause, ConnectionRefusedError) else BROKEN
