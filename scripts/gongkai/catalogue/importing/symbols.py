"""Tick marks that Word and Excel keep as letters of a symbol font become the characters they look like."""

from __future__ import annotations

import re

_WINGDINGS = {"l": "●", "n": "■", "o": "□", "q": "□", "p": "□", "r": "□", "t": "◆", "u": "◆", "ü": "√", "û": "×", "þ": "☑", "ý": "☒", "¨": "□", "§": "■", "¡": "○"}  # fmt: skip
_WINGDINGS_2 = {"P": "√", "O": "×", "R": "☑", "£": "□", "S": "☒", "T": "☒", "Q": "☒", "¢": "■", "—": "●", "™": "●"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_PRIVATE = 0xF000
# Symbol characters that lost their font; each stands for a tick or a box in one of the two fonts only.
_FONTLESS = {0xF052: "☑", 0xF050: "√", 0xF0A3: "□", 0xF0FE: "☑", 0xF0FC: "√", 0xF0A8: "□", 0xF06E: "■", 0xF06F: "□", 0xF0A7: "■"}  # fmt: skip
_PRIVATE_USE = re.compile("[\uf020-\uf0ff]")


def plain(text: str, font: str | None = None) -> str:
    """``text`` as it looks in ``font``."""
    table = _FONTS.get((font or "").strip().strip("\"'").lower())
    if table is not None:
        return "".join(table.get(_letter(ch), ch) for ch in text)
    return _PRIVATE_USE.sub(lambda m: _FONTLESS.get(ord(m[0]), m[0]), text)


def _letter(ch: str) -> str:
    return chr(ord(ch) - _PRIVATE) if _PRIVATE < ord(ch) < _PRIVATE + 0x100 else ch


def symbol_font(style: str) -> str | None:
    """The symbol font that a CSS style names, or None."""
    found = re.search(r"font-family\s*:\s*[^;]*?(wingdings(?: 2)?)\b", style, re.IGNORECASE)
    return found[1] if found else None
