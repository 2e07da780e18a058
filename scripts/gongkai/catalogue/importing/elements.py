"""Splits a content cell into its elements (要素): by numbers, by bullets, by lines, by marks of punctuation."""

from __future__ import annotations

import re
from itertools import pairwise

from gongkai.catalogue.importing.readings import EMPTY, LOW, MIDDLE, NONE, Reading, clean

_NUMBER = r"(?:\d{1,2}\s*[.．、)）](?!\d)|[（(]\d{1,2}[)）]|[（(][一二三四五六七八九十]{1,3}[)）])"
_NUMBERED = re.compile(rf"(?:^|(?<=[\n;；。，,、:：]))\s*{_NUMBER}|\s*[①-⑳]")
_BULLETS = re.compile(r"[●•·◆■○★]\s*|(?:^|\n)\s*[-—]\s+")
_ENDS = " \n\t;；。，,、．"
_OPEN, _CLOSE = "（(《“「【〔[〈", "）)》”」】〕]〉"
_ETC = re.compile(r"等(?:内容|信息|情况)?$")


def read_elements(text: str) -> Reading[tuple[str, ...]]:
    """The elements of a content cell."""
    if not text.strip() or text.strip() == EMPTY:
        return Reading((), EMPTY, "没有公开内容" if not text.strip() else "", NONE)
    parts, doubt = _split(text.strip())
    elements = tuple(dict.fromkeys(filter(None, (clean(part).strip(_ENDS) for part in parts))))
    return Reading(elements, shown(elements), doubt, MIDDLE if len(elements) > 1 else LOW)


def shown(elements: tuple[str, ...]) -> str:
    """As the official table prints elements: numbered, one a line."""
    return "；\n".join(f"{n}.{element}" for n, element in enumerate(elements, 1))


def _split(text: str) -> tuple[list[str], str]:
    if lines := _counted(text):
        return lines, ""
    numbers = list(_NUMBERED.finditer(text))
    if len(numbers) > 1 or (numbers and numbers[0].start() == 0):
        cuts = [0, *(m.start() for m in numbers), len(text)]
        pieces = [text[a:b] for a, b in pairwise(cuts)]
        pieces = [_NUMBERED.sub("", piece, count=1) for piece in pieces]
        return [part for n, piece in enumerate(pieces) for part in ([piece] if n else _by(piece, ";；。"))], ""
    if len(_BULLETS.findall(text)) > 1 or _BULLETS.match(text):
        return _BULLETS.split(text), ""
    if re.search("[;；。](?=.)", text, re.DOTALL):
        return _by(text, ";；。"), ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and not _wrapped(lines):
        return lines, "看不出换行是分条还是折行"
    flat = clean(text)
    parts = _by(flat.rstrip(_ENDS), "、,，")
    if len(parts) > 2 or (len(parts) == 2 and all(len(p) > 3 for p in parts) and not re.search("[,，]", flat)):
        return [_ETC.sub("", part) or part for part in parts], ""
    return [flat], ""


def _counted(text: str) -> list[str]:
    """Elements on lines numbered 1, 2, 3 ... without a gap, as the official table prints them."""
    parts = re.split(r"(?:^|；\n)(?=\d{1,3}\.)", text)
    if len(parts) < 2 or parts[0]:
        return []
    for n, part in enumerate(parts[1:], 1):
        if not part.startswith(f"{n}."):
            return []
    # The number behind the last may stand in the last line itself; that of the others begins a line.
    if re.search(rf"[;；。，,、\n]\s*{len(parts)}\s*[.．、]", parts[-1]):
        return []
    return [part.partition(".")[2] for part in parts[1:]]


def _wrapped(lines: list[str]) -> bool:
    """Whether the lines are one text broken at the width of its column."""
    joined = "".join(lines)
    if any(_depth(line) for line in lines[:-1]):
        return True
    longest = max(map(len, lines))
    return (
        len(joined) > len(lines)
        and longest <= 24
        and all(len(line) >= longest - 2 for line in lines[:-1])
        and (len(lines) > 2 or len(lines[-1]) < 4)
    )


def _depth(text: str) -> int:
    return sum((ch in _OPEN) - (ch in _CLOSE) for ch in text)


def _by(text: str, marks: str) -> list[str]:
    """Parts of ``text`` between ``marks`` that stand outside brackets and quotation marks; a lone “ holds nothing."""
    lone = "“”" if text.count("“") != text.count("”") else ""
    parts, part, depth = [], "", 0
    for ch in text:
        depth = max(0, depth + (ch in _OPEN) - (ch in _CLOSE)) if ch not in lone else depth
        if ch in marks and not depth:
            parts.append(part)
            part = ""
        else:
            part += ch
    return [p for p in (*parts, part) if p.strip(_ENDS)]
