"""What an item shows: the names its body and front matter give to things, and whether an element is among them."""

from __future__ import annotations

import unicodedata
from functools import cache, cached_property

from gongkai.model import Item
from gongkai.patterns import regex
from gongkai.reading.structure import structure
from gongkai.rules.elements.words import Element, Part, Target, synonyms

_NUMBERING = regex(r"(?<=\n)[\s#(（]*(?:第?[一二三四五六七八九十百]{1,4}|\d{1,2})[)）]?\s*[、.．章节条]?\s*(?=[^\W\d])")
_NOTHING = regex(r"[^\w\n]+|[_的和与及之]")
_STOPS = regex(r"[^\w（）()“”《》\"]+")
_SIGNS = regex(r"[\W_的和与及之]")
# Letters and figures that NFKC changes: full-width, encircled, radicals, compatibility ideographs.
_FORMS = regex(
    "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2100-\u218f\u2460-\u24ff\u2e80-\u2fdf\u3200-\u33ff\uf900-\ufaff]"
)
_ROWS_NAMED = 60
_LONG = 6
_SENTENCE = 12
_SHARE = 0.7


class Shown:
    """The names in an item and its running text, normalised as elements are. The text is prepared when it is needed."""

    def __init__(self, item: Item) -> None:
        self.item = item
        parts = structure(item.body)
        names = [item.title, *item.elements]
        names += [h.text for h in parts.headings]
        names += [x.text for x in parts.labels]
        names += [d.label for d in parts.definitions]
        for table in parts.tables:
            names += table.header
            names += [row[0] for row in table.rows[:_ROWS_NAMED] if row]
        names += [a.title for a in item.attachments]
        joined = "\n" + _folded("\n".join(names)) + "\n"
        self._own = _NOTHING.sub("", _NUMBERING.sub("", joined))
        self.names = self._own + _header_words(item)

    @cached_property
    def _each(self) -> list[str]:
        return [name for name in self._own.split("\n") if len(name) > 1]

    @cached_property
    def _text(self) -> str:
        """The clauses of the body, each on a line."""
        text = _STOPS.sub("\n", _folded(self.item.body))
        return "\n" + _NOTHING.sub("", text)

    def has(self, element: Element) -> bool:
        """Whether the element, in one piece or in all its parts, is shown."""
        return not self.missing(element)

    def missing(self, element: Element) -> tuple[str, ...]:
        """The parts of the element that are not shown, by their names; the element's own when it has no parts."""
        if self.named(element.targets) or self._said(element.targets) or self._sentence(element.name):
            return ()
        lacking = tuple(part.name for part in element.parts if not self._part(part))
        return (element.name,) if lacking and len(lacking) == len(element.parts) else lacking

    def named(self, targets: tuple[Target, ...]) -> bool:
        """Whether one of the words is a name in the item (and not merely in its text)."""
        return any((f"\n{t.word}\n" if t.whole else t.word) in self.names for t in targets)

    def _part(self, part: Part) -> bool:
        return self._any(part.targets) or (bool(part.both) and all(self._any(ways) for ways in part.both))

    def _any(self, targets: tuple[Target, ...]) -> bool:
        return self.named(targets) or any(self._shortened(t.word) for t in targets[:1]) or self._said(targets)

    def _shortened(self, word: str) -> bool:
        """A name that is the longer half of ``word``: 建设完成情况 for 项目建设完成情况."""
        for name in self._each:
            if 2 * len(name) >= len(word) and (word.endswith(name) or (len(name) > 3 and name in word)):
                return True
        return False

    def _said(self, targets: tuple[Target, ...]) -> bool:
        """A clause of the text that starts with the word; long words count wherever they stand."""
        text = self._text
        return any(
            (len(t.word) >= _LONG and t.word in text) or (not t.whole and f"\n{t.word}" in text) for t in targets
        )

    def _sentence(self, name: str) -> bool:
        """An element that is a whole phrase: most pairs of its characters stand in the text."""
        word = _SIGNS.sub("", unicodedata.normalize("NFKC", name).lower())
        if len(word) < _SENTENCE or word.endswith("表"):
            return False
        pairs = {word[n : n + 2] for n in range(len(word) - 1)}
        return sum(pair in self._text or pair in self.names for pair in pairs) >= _SHARE * len(pairs)


def _folded(text: str) -> str:
    """``text`` under NFKC as far as its letters and figures go; punctuation is taken out later, whatever its width."""
    return (unicodedata.normalize("NFKC", text) if _FORMS.search(text) else text).lower()


def _header_words(item: Item) -> str:
    """The names of things that the front matter says, each on a line."""
    return "".join(names for key, names in _header_lines() if getattr(item, key, None))


@cache
def _header_lines() -> tuple[tuple[str, str], ...]:
    return tuple((key, "\n".join(names) + "\n") for key, names in synonyms().header.items())
