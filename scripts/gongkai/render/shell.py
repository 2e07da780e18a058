"""A page's shell: rendered once by the real theme, then filled for every page of its kind.

MkDocs renders one page that holds marks where title, meta tags, address and content go; the shell is that page cut at
the marks, and filling it is one join. Everything around the marks is whatever the theme makes of it.
"""

from __future__ import annotations

import re
from functools import cached_property
from html import escape

from msgspec import Struct

TITLE = "GkTitleMark"
HEAD = "<!--GkHeadMark-->"
CONTENT = "<!--GkContentMark-->"
_SLOTS = {TITLE: "title", HEAD: "head", CONTENT: "content"}
_SPLIT = re.compile("(" + "|".join(map(re.escape, _SLOTS)) + ")")


# Where line breaks and spaces count, and what a browser does not read as text.
_KEPT = re.compile(r"(<(?P<name>pre|textarea|script|style)\b.*?</(?P=name)>)", re.DOTALL | re.IGNORECASE)
_INDENT = re.compile(r"\s*\n\s*")
# Parts of Material's frame that only its scripts use, which no page loads: drawer, search dialog, messages.
_UNUSED = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div data-md-component="(?:skip|announce)">\s*</div>'
    r'|<div class="md-dialog" data-md-component="dialog">\s*<div class="md-dialog__inner md-typeset"></div>\s*</div>'
    r'| data-md-component="(?:container|main)"'
)


def squeezed(html: str) -> str:
    """``html`` without indentation, empty lines, and the empty parts of the theme that nothing uses: it stands on every page."""
    parts = _KEPT.split(_UNUSED.sub("", html))
    return "".join(_INDENT.sub("\n", part) if n % 3 == 0 else part for n, part in enumerate(parts) if n % 3 < 2)


class ShellError(ValueError):
    """The theme has not printed a mark, so pages of this kind cannot be filled."""


class Shell(Struct, frozen=True, dict=True):
    """``parts`` are the texts around the slots, with the slot names in between."""

    parts: tuple[str, ...]

    @classmethod
    def cut(cls, html: str) -> Shell:
        """The shell out of a rendered page. Raises :class:`ShellError` when a mark is missing or doubled content."""
        parts = _SPLIT.split(squeezed(html))
        slots = parts[1::2]
        if slots.count(CONTENT) != 1 or slots.count(HEAD) != 1 or TITLE not in slots:
            raise ShellError("主题没有留出标题、页面标签或正文的位置，请检查自定义的 main.html。")
        return cls(tuple(_SLOTS.get(part, part) if n % 2 else part for n, part in enumerate(parts)))

    @cached_property
    def _encoded(self) -> tuple[bytes, ...]:
        """What stands around the slots, which most of a page's bytes are, as it is written into every file."""
        return tuple(part.encode() for part in self.parts[::2])

    def fill(self, title: str, head: str, content: str) -> bytes:
        """A whole page in UTF-8. ``title`` is plain text, ``head`` and ``content`` are ready HTML."""
        values = {"title": escape(title).encode(), "head": head.encode(), "content": content.encode()}
        first, *others = self._encoded
        filled = (values[slot] + part for slot, part in zip(self.parts[1::2], others, strict=True))
        return b"".join((first, *filled))
