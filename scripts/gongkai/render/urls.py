"""Relative links: the site works under any path and from a folder without a server."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

Link = Callable[[str], str]
_RELATIVE_LINK = re.compile(r"""(?<=\s)(href|src)=(["'])(?![a-z][a-z0-9+.-]*:|[/#?])""", re.IGNORECASE)
_SAFE = "/#?&=:,;+@!$'()*~%"
_PLAIN = re.compile(r"[a-z0-9/._-]+", re.IGNORECASE | re.ASCII)  # nothing to encode: nearly all of them


def relative(page: str, target: str) -> str:
    """The link from ``page`` to ``target``, both relative to the site's root, percent-encoded."""
    return _from_folder(page.rpartition("/")[0], target)


@lru_cache(maxsize=1 << 14)
def _from_folder(folder: str, target: str) -> str:
    path = target
    if folder:
        here, there = folder.split("/"), target.split("/")
        common = 0
        while common < min(len(here), len(there) - 1) and here[common] == there[common]:
            common += 1
        path = "../" * (len(here) - common) + "/".join(there[common:])
    return path if _PLAIN.fullmatch(path) else quote(path or "./", safe=_SAFE)


def link_from(page: str) -> Link:
    """A function that makes links out of ``page``."""
    folder = page.rpartition("/")[0]
    return lambda target: _from_folder(folder, target)


def rebase(html: str, base: str) -> str:
    """A piece of the settings' own HTML, its links written from the site's root, for a page whose root is ``base``."""
    return _RELATIVE_LINK.sub(lambda m: f"{m[1]}={m[2]}{base}/", html)
