"""Rules about the text of items, as readers will see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding, Place
from gongkai.patterns import regex
from gongkai.reading.masks import protect_masks
from gongkai.rules import codes
from gongkai.rules.kind import by_item

_BOLD = regex(r"\*\*(?P<text>[^*\n]+)\*\*")
_PUNCTUATION = regex(r"[^\w\s]", re.UNICODE)
_FENCE = regex(r"^ {0,3}(```|~~~)")
_COMMENT = regex(r"<!--.*?-->", re.DOTALL)
_CODE = regex(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)")
_DROPPED = regex(r"<(script|style|iframe|object|embed|form|input|button|video|audio|link|meta)\b[^>]*>?", re.IGNORECASE)
_SENTENCE_END = regex(r"[。！？；：][”’）]?$")
_PLAIN_LINE = regex(r" {0,3}(?![-+*] |\d+[.)] |[#>|<`~\\]|\s)\S")
# A sentence that ends a line, and a line right behind it: most bodies have none. Line ends are found fast, so it begins there.
_TOGETHER = regex(r"\n(?:(?<=[。！？；：]\n)|(?<=[。！？；：][”’）]\n)) {0,3}(?![-+*] |\d+[.)] |[#>|<`~\\]|\s)\S")
SHOWN = 20
_PAIRS = ("“”", "《》", "（）", "()", "【】", "‘’", "[]", "「」")
_CORE = regex(r"(\W*)(.*?)(\W*)", re.DOTALL)
_CLOSING = tuple("”》）)】’]」")


@by_item
def images_without_text(dataset: Dataset) -> Iterator[Finding]:
    """WCAG 2.2, 1.1.1: an image has a text that says the same."""
    for item in dataset.items:
        for link in item.links:
            if link.image and not link.alt.strip():
                yield codes.IMAGE_WITHOUT_TEXT.at(Place(item.file, link.line, link.column), target=link.target)


def _lines(body: str) -> Iterator[tuple[int, str]]:
    """The lines of a body outside fenced code, numbered from 0; comments are blank, code within a line is ``x``."""
    if "<!--" not in body and "`" not in body and "~~~" not in body:
        yield from enumerate(body.split("\n"))
        return
    fenced = False
    for n, line in enumerate(_COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), body).split("\n")):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield n, _CODE.sub(lambda m: m[1] + "x" * len(m[2]) + m[1], line)


@by_item
def bold_not_working(dataset: Dataset) -> Iterator[Finding]:
    """CommonMark 6.2: ``**`` between punctuation inside and a letter outside does not close (or open) bold text."""
    for item in dataset.items:
        if "**" not in item.body or _only_letters_at_ends(item.body):
            continue
        for n, line in _lines(item.body):
            if "**" not in line:
                continue
            safe = protect_masks(line)
            for match in _BOLD.finditer(safe):
                text, before, after = match["text"], safe[: match.start()][-1:], safe[match.end() :][:1]
                stuck_end = _PUNCTUATION.match(text[-1]) and after and after.isalnum()
                stuck_start = _PUNCTUATION.match(text[0]) and before and before.isalnum()
                if stuck_end or stuck_start or text != text.strip():
                    column = (
                        match.start() + 1 - safe.count("\\*", 0, match.start()) + line.count("\\*", 0, match.start())
                    )
                    place = Place(item.file, item.body_line + n, column)
                    right = _right_bold(text)
                    yield codes.BOLD_NOT_WORKING.at(place, text=match[0][:SHOWN], right=right)


def _only_letters_at_ends(body: str) -> bool:
    """Whether all bold text begins and ends with a letter, so that it works; False as well where code or comments may hide it."""
    if "`" in body or "<!--" in body or "~~~" in body:
        return False
    # Masks are dear to find, and where all that may be bold is sound they do not matter.
    return _all_sound(body.split("**")[1:-1]) or _all_sound(_BOLD.findall(protect_masks(body)))


def _all_sound(texts: list[str]) -> bool:
    """Whether each of ``texts`` is bold that works, or goes over lines and so is not bold."""
    for text in texts:
        if not (text[:1].isalnum() and text[-1].isalnum()) and ("\n" not in text or text[0] == "*"):
            return False
    return True


def _right_bold(text: str) -> str:
    """Bold text that works: quotes and punctuation at its ends stand outside, spaces are gone."""
    text = text.strip()
    if text[:1] + text[-1:] in _PAIRS:
        return f"{text[0]}**{text[1:-1]}**{text[-1]}"
    if text.endswith(_CLOSING):
        return f"**{text}** （后面空一格）"
    before, core, after = _CORE.fullmatch(text).groups()  # type: ignore[union-attr]  # it matches any text
    return f"{before}**{core}**{after}"


@by_item
def raw_html(dataset: Dataset) -> Iterator[Finding]:
    """Tags that the sanitizer takes away do not vanish in silence."""
    for item in dataset.items:
        if "<" not in item.body:
            continue
        for n, line in _lines(item.body):
            for match in _DROPPED.finditer(line):
                place = Place(item.file, item.body_line + n, match.start() + 1)
                yield codes.RAW_HTML.at(place, tag=f"<{match[1].lower()}>")


@by_item
def lines_run_together(dataset: Dataset) -> Iterator[Finding]:
    """CommonMark 4.8: lines without an empty one between them are one paragraph; a sentence that ends a line tells."""
    for item in dataset.items:
        if not _TOGETHER.search(item.body):
            continue
        before: tuple[int, str] | None = None
        for n, line in _lines(item.body):
            if before and before[0] == n - 1 and _SENTENCE_END.search(before[1]) and _PLAIN_LINE.match(line):
                place = Place(item.file, item.body_line + n - 1)
                yield codes.LINES_RUN_TOGETHER.at(place, text=before[1].strip()[-SHOWN:])
            before = (n, line) if _PLAIN_LINE.match(line) else None


RULES = (lines_run_together, images_without_text, bold_not_working, raw_html)
