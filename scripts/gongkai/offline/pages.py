"""One page (or style sheet) of the site as it stands in an offline copy: nothing in it asks for another host.

Pages are changed tag by tag, as text: what is not changed keeps its bytes, so that an update holds only pages whose
content has changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field

from gongkai.patterns import regex
from gongkai.render.urls import relative

ONLINE_ONLY = "data-gk-online"
"""The attribute of elements that make sense only on the web (feeds): copies leave them out with all they hold."""

DATA, PACKS = "data-gk-data", "data-gk-packs"

_ATTRIBUTE = regex(
    r"""\s+(?P<name>[^\s"'>/=]+)"""
    r"""(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+)))?"""
)
_REST = r"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_TOKEN = regex(
    r"<!--.*?-->"
    rf"|<(?P<raw>script|style|textarea|title)\b(?P<rawattrs>{_REST})>(?P<text>.*?)</(?P=raw)\s*>"
    r"|<(?P<name>(?:a|area|audio|embed|form|iframe|img|input|link|meta|object|source|track|video)\b"
    r"|(?=[^>]*\s(?:data-gk-|style=|background=))[a-z][\w-]*)"
    rf"(?P<attrs>{_REST})>"
    r"|(?P<end></a\s*>)"
    rf"|</?(?P<other>[a-z][\w-]*){_REST}>",  # no concern of ours, but what its values hold is no tag
    re.DOTALL | re.IGNORECASE,
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_ASKING = {
    "area": "href",
    "audio": "src",
    "embed": "src",
    "form": "action",
    "iframe": "src",
    "img": "src",
    "input": "src",
    "link": "href",
    "object": "data",
    "source": "src",
    "track": "src",
    "video": "src",
}
"""What a browser asks for by itself, or sends a form to: element -> attribute."""

_METADATA = frozenset({"canonical", "license", "author", "bookmark"})
_CSS_URL = regex(r"url\(\s*(?P<quote>['\"]?)(?P<address>[^'\")]+)(?P=quote)\s*\)")
_CSS_IMPORT = regex(r"@import\s+(?:url\()?\s*['\"]?(?:[a-z]+:)?//[^;]*;", re.IGNORECASE)
_OUTSIDE = regex(r"(?:https?:|ftp:|wss?:)?//", re.IGNORECASE)


class Pages(Struct, frozen=True):
    """The pages of a copy: ``files`` are the addresses of all that it holds, ``site_url`` the site's own or empty."""

    files: Container[str]
    site_url: str = ""
    _known: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def rewritten(self, url: str, html: str, script: str) -> str:
        """The page at ``url`` for the copy. ``script`` (an address of the copy) is added as its last script.

        Links to other hosts become text with the address written out; images, styles, scripts and frames of other hosts
        go, and so does what is meant for the web only. Links to folders lead to their index pages.
        """
        html = _Rewriting(self, url.rpartition("/")[0]).run(html)
        return html.replace("</body>", f'<script src="{relative(url, script)}" defer></script>\n</body>', 1)

    def target(self, folder: str, link: str) -> str | None:
        """A ``link`` of a page in ``folder`` as it should be written in the copy; None when the copy holds no such thing."""
        key = folder, link
        if key not in self._known:
            self._known[key] = self._target(folder, link)
        return self._known[key]

    def _target(self, folder: str, link: str) -> str | None:
        value = link.strip()
        here = f"{folder}/" if folder else ""
        if self.site_url and (value + "/").startswith(self.site_url):
            value = relative(here, unquote(value[len(self.site_url) :]) or "index.html")
        if _OUTSIDE.match(value) or value.startswith("/"):
            return None
        try:
            parts = urlsplit(value)
        except ValueError:  # an address that is none
            return None
        if parts.scheme:
            return link if parts.scheme in ("mailto", "tel", "data") else None
        if not parts.path:
            return link
        address = _resolved(folder, unquote(parts.path))
        if address is None:
            return None
        if address in self.files:
            return link if value == link.strip() else value
        index = f"{address.rstrip('/')}/index.html".lstrip("/")
        if index in self.files:
            query, hash_ = f"?{parts.query}" if parts.query else "", f"#{parts.fragment}" if parts.fragment else ""
            return relative(here, index) + query + hash_
        return None


def offline_style(css: str) -> str:
    """The style sheet without anything of another host."""
    css = _CSS_IMPORT.sub("", css)
    return _CSS_URL.sub(lambda m: 'url("data:,")' if _OUTSIDE.match(m["address"]) else m[0], css)


class _Rewriting:
    """One pass over one page in ``folder``."""

    def __init__(self, pages: Pages, folder: str) -> None:
        self.pages, self.folder = pages, folder
        self.out: list[str] = []
        self.links: list[tuple[int, str] | None] = []

    def run(self, html: str) -> str:
        """The page rewritten."""
        done = at = 0
        while token := _TOKEN.search(html, at):
            at = token.end()
            if token.lastgroup == "other" or token.lastgroup is None:
                continue
            self.out.append(html[done : token.start()])
            name, attributes = (token["name"] or "").lower(), _attributes(token["attrs"])
            if ONLINE_ONLY in attributes:
                at = at if name in _VOID else _end_of_element(html, name, at)
            elif token["raw"]:
                self.out.append(self._raw(token))
            elif token["end"]:
                self.out.append(self._end_of_link() or token[0])
            else:
                self.out.append(self._tag(token[0], name, attributes))
            done = at
        self.out.append(html[done:])
        return "".join(self.out)

    def _raw(self, token: re.Match[str]) -> str:
        if token["raw"].lower() == "style":
            return token[0].replace(token["text"], offline_style(token["text"]))
        source = _attributes(token["rawattrs"]).get("src") if token["raw"].lower() == "script" else None
        return "" if source is not None and self._target(source) is None else token[0]

    def _tag(self, tag: str, name: str, attributes: dict[str, str]) -> str:
        if name == "a" and "href" in attributes:
            return self._link(tag, attributes["href"])
        if name == "a":
            self.links.append(None)
        if DATA in attributes:
            folder = attributes[DATA].removesuffix("/").rpartition("/")[0]
            return _with(tag, DATA, f"{folder}/packs/", PACKS)
        if name == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            address = attributes.get("content", "").partition("=")[2].strip(" '\"")
            return tag if not address or self._target(address) else ""
        if name == "link" and attributes.get("rel", "").lower() in _METADATA:
            return tag
        for listed in ("srcset", "imagesrcset", "ping", "background", "poster"):
            if _OUTSIDE.search(attributes.get(listed, "")):
                tag = _without(tag, listed)
        if "url(" in attributes.get("style", "") and _OUTSIDE.search(attributes["style"]):
            tag = _without(tag, "style")
        if (attribute := _ASKING.get(name)) and attribute in attributes:
            return self._asking(tag, name, attribute, attributes)
        return tag

    def _asking(self, tag: str, name: str, attribute: str, attributes: dict[str, str]) -> str:
        target = self._target(attributes[attribute])
        if target is not None:
            return tag if target == attributes[attribute] else _with(tag, attribute, target)
        if name == "img":
            return escape(attributes.get("alt", ""))
        return "" if name in ("link", "embed", "source", "track", "input") else _without(tag, attribute)

    def _link(self, tag: str, href: str) -> str:
        target = self._target(href)
        if target is not None:
            self.links.append(None)
            return tag if target == href else _with(tag, "href", target)
        self.links.append((len(self.out), href if _OUTSIDE.match(href) else ""))
        return "<span>"

    def _end_of_link(self) -> str | None:
        opened = self.links.pop() if self.links else None
        if opened is None:
            return None
        start, address = opened
        text = unescape("".join(self.out[start:]))
        shown = f"（{escape(address)}）" if address and address.partition("//")[2].strip("/") not in text else ""
        return f"{shown}</span>"

    def _target(self, link: str) -> str | None:
        return self.pages.target(self.folder, link)


def _end_of_element(html: str, name: str, at: int) -> int:
    """Where the element ``name`` ends whose tag ends at ``at``."""
    depth = 1
    for tag in re.compile(rf"<(?P<close>/?){name}\b{_REST}>", re.IGNORECASE).finditer(html, at):
        depth += -1 if tag["close"] else 1
        if depth == 0:
            return tag.end()
    return len(html)


def _attributes(text: str | None) -> dict[str, str]:
    """The attributes of a tag with their values as the browser reads them."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text or ""):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), unescape(value))
    return found


def _with(tag: str, name: str, value: str, new_name: str | None = None) -> str:
    return _changed(tag, name, lambda _: f' {new_name or name}="{escape(value)}"')


def _without(tag: str, name: str) -> str:
    return _changed(tag, name, lambda _: "")


def _changed(tag: str, name: str, change: Callable[[re.Match[str]], str]) -> str:
    return _ATTRIBUTE.sub(lambda m: change(m) if m["name"].lower() == name else m[0], tag)


def _resolved(folder: str, path: str) -> str | None:
    """The address that ``path`` means for a page in ``folder``; None when it leaves the site."""
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
