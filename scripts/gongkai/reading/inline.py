"""Inline Markdown without its marks: a line of text, or the cells of a line of a table. Pure.

Most bodies have no mark but asterisks, which are taken away faster than by patterns: whoever reads a whole body looks once
which marks it has, and reads its lines by :func:`plain` and :func:`cells` or by what does the same for fewer marks.
"""

from __future__ import annotations

from gongkai.patterns import regex

_CELL_END = regex(r"(?<!\\)\|")
_IMAGE_OR_LINK = regex(r"!?\[([^\]]*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])")
_EMPHASIS = regex(r"(?<!\\)\*+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|(?<!\\)`+|~~")
_ESCAPE = regex(r"\\([!-/:-@\[-`{-~])")
_TAG = regex(r"</?[A-Za-z][^>]*>")
_MARKUP = regex(r"[*_`~\\<\[]")
MASK = "\ufdd0"
"""Stands for the asterisk of a mask while a body is read; no text has this one, which Unicode leaves to programs."""
RARE_MARKUP = f"_`~\\<[{MASK}"
"""The marks other than asterisks; most bodies have none of them, and without them asterisks are all that goes."""


def plain(text: str) -> str:
    """A piece of inline Markdown without its marks."""
    if not _MARKUP.search(text):
        return text.strip()
    if "[" in text:
        text = _IMAGE_OR_LINK.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub("", text)).strip()


def cells(line: str) -> tuple[str, ...]:
    """The cells of one line of a table, plain."""
    return tuple(map(plain if _MARKUP.search(line) else str.strip, split_cells(line)))


def bare(text: str) -> str:
    """:func:`plain`, for text whose only marks are asterisks."""
    return text.replace("*", "").strip()


def bare_cells(line: str) -> tuple[str, ...]:
    """:func:`cells`, for a line whose only marks are asterisks."""
    return tuple(map(bare if "*" in line else str.strip, split_cells(line)))


def unmasked(text: str) -> str:
    """:func:`plain`, for text whose only marks are asterisks and :data:`MASK`."""
    return text.replace("*", "").replace(MASK, "*").strip()


def unmasked_cells(line: str) -> tuple[str, ...]:
    """:func:`cells`, for a line whose only marks are asterisks and :data:`MASK`."""
    if "*" in line:
        return tuple(map(unmasked, split_cells(line)))
    return tuple(map(str.strip, split_cells(line.replace(MASK, "*"))))


def split_cells(line: str) -> list[str]:
    """The cells of one line of a table as they are written."""
    line = line.strip()
    if "\\" not in line:
        parts = line.split("|")
        first = 0 if parts[0] or len(parts) == 1 else 1
        return parts[first : -1 if not parts[-1] and len(parts) > first + 1 else None]
    line = line[1:] if line.startswith("|") else line
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return _CELL_END.split(line)
