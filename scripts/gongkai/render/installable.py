"""What lets a phone install the site and read it without a network: the web manifest, and the build's mark in ``sw.js``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from gongkai.patterns import regex
from gongkai.readable import json_bytes
from gongkai.reading.settings import Settings
from gongkai.render import catalogue_urls as urls
from gongkai.staging import Staging

MANIFEST = "manifest.json"
WORKER = "sw.js"
_COLOUR = "#0b4a8b"
_BUILD_LINE = 'const BUILD = "";\n'
_HOME_LINE = "const HOME = [];\n"
_PARTS = regex(r'<(?:link[^>]+?href|script[^>]+?src)="(?P<path>assets/[^"]+\.(?:css|js|svg))"')
_DIGEST_BYTES = 12


def web_manifest(settings: Settings) -> bytes:
    """The web manifest. All its addresses are relative to it, so that the site may lie under any path."""
    name = settings.profile.name
    shortcuts = [("公开目录", urls.CATALOGUE), ("全部信息", urls.ITEMS)]
    if settings.search:
        shortcuts.insert(0, ("检索", urls.SEARCH))
    content = {
        "name": settings.site_name,
        "short_name": f"{name}公开栏",
        "lang": "zh-CN",
        "id": "./",
        "start_url": "./index.html",
        "scope": "./",
        "display": "standalone",
        "theme_color": _COLOUR,
        "background_color": "#ffffff",
        "icons": [
            {"src": "assets/icon-192.png", "sizes": "192x192", "type": "image/png", "purpose": "any maskable"},
            {"src": "assets/icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
            {"src": "assets/favicon.svg", "sizes": "any", "type": "image/svg+xml"},
        ],
        "shortcuts": [{"name": label, "url": f"./{address}"} for label, address in shortcuts],
    }
    return json_bytes(content)


def service_worker(source: str, build: str, home: Iterable[str]) -> str:
    """``source`` (theme/sw.js) for one build: its digest and the files of the home page are filled in."""
    for line in (_BUILD_LINE, _HOME_LINE):
        if source.count(line) != 1:
            raise ValueError(f"sw.js lacks the line {line!r}")
    listed = json.dumps(list(home), ensure_ascii=False)
    marked = source.replace(_BUILD_LINE, f'const BUILD = "{build}";\n')
    return marked.replace(_HOME_LINE, f"const HOME = {listed};\n")


def build_digest(files: Mapping[str, bytes]) -> str:
    """A digest of a site out of those of its ``files`` (by address), the service worker left out: another build, another digest."""
    made = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for name, content in sorted(files.items()):
        if name != WORKER:
            made.update(len(name.encode()).to_bytes(4, "big") + name.encode() + content)
    return made.hexdigest()


def write_installable(settings: Settings, staging: Staging) -> None:
    """Write the web manifest and mark the service worker that the theme has put into the finished site in ``staging``.

    A worker of the township's own, which has no place for the marks, stays as it is. When the site is not to be installed there is no manifest, and the unmarked worker takes earlier ones out of service.
    """
    worker = staging.folder / WORKER
    if not worker.is_file():
        return
    if not settings.installable:
        worker.touch()  # the theme's own, older time would tell servers and phones that nothing has changed
        return
    staging.put(MANIFEST, web_manifest(settings))
    page = (staging.folder / urls.HOME).read_text("utf-8")
    source = worker.read_text("utf-8", errors="replace")
    if _BUILD_LINE not in source or _HOME_LINE not in source:
        return
    home = [urls.HOME, *dict.fromkeys(found["path"] for found in _PARTS.finditer(page))]
    marked = service_worker(source, build_digest(staging.digests()), home)
    staging.put(WORKER, marked.encode("utf-8"))
