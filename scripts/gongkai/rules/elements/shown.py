"""What an item shows: the names its body and front matter give to things, and whether an element is among them."""

from __future__ import annotations

import unicodedata
from functools import cached_property

from gongkai.model import Item
from gongkai.patterns import regex
from gongkai.reading.structure import structure
from gongkai.rules.elements.words import Element, Part, Signs, Target, synonyms

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
_LABEL = 20
_SENTENCE = 12
_SHARE = 0.7


class Shown:
    """The names in an item and its running text, normalised as elements are.

    Most elements are found without that, in the first names that are asked for; all else is prepared when it is needed.
    """

    def __init__(self, item: Item) -> None:
        self.item = item
        self._written = _lines([item.title, *item.elements, *self._headings(), *self._in_tables()])

    def _headings(self) -> list[str]:
        return [heading.text for heading in structure(self.item.body).headings]

    def _in_tables(self) -> list[str]:
        names: list[str] = []
        for table in structure(self.item.body).tables:
            names += table.header
            names += [row[0] for row in table.rows[:_ROWS_NAMED] if row]
        return names

    @cached_property
    def _bold(self) -> str:
        """What stands behind marks of bold type, cut short, each on a line: clauses that start with a label, mostly."""
        pieces = self.item.body.split("**")[1:]
        return "\n" + "\n".join([piece[:_LABEL] for piece in pieces]) if pieces else ""

    @cached_property
    def _own(self) -> str:
        """All that the item names itself, each name on a line."""
        item, parts = self.item, structure(self.item.body)
        names = [item.title, *item.elements, *self._headings()]
        names += [label.text for label in parts.labels]
        names += [definition.label for definition in parts.definitions]
        names += [*self._in_tables(), *(attachment.title for attachment in item.attachments)]
        return _NOTHING.sub("", _NUMBERING.sub("", _folded(_lines(names))))

    @cached_property
    def names(self) -> str:
        """All names, each on a line, normalised."""
        return self._own + _header_words(self.item)

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

    def at_sight(self, element: Element) -> bool:
        """Whether the element is shown as the names are written, in the front matter or by a label in bold: so most are.

        What is taken out of a text (:attr:`names`) never stands within a plain word, and NFKC leaves Han characters alone.
        """
        if self._seen(element.signs):
            return True
        for part in element.parts:
            if not self._seen(part.signs) and not (part.both and all(map(self._seen, part.both_signs))):
                return False
        return True

    def _seen(self, signs: Signs) -> bool:
        for word in signs.words:
            if word in self._written:
                return True
        for key in signs.keys:
            if getattr(self.item, key, None):
                return True
        return any(word in self._bold for word in signs.labels) if self._bold else False

    def missing(self, element: Element) -> tuple[str, ...]:
        """The parts of the element that are not shown, by their names; the element's own when it has no parts."""
        if (
            self.at_sight(element)
            or self.named(element.targets)
            or self._said(element.targets)
            or self._sentence(element.name)
        ):
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


def _lines(names: list[str]) -> str:
    """The names, each on a line of its own."""
    return "\n" + "\n".join(names) + "\n"


def _folded(text: str) -> str:
    """``text`` under NFKC as far as its letters and figures go; punctuation is taken out later, whatever its width."""
    return (unicodedata.normalize("NFKC", text) if _FORMS.search(text) else text).lower()


def _header_words(item: Item) -> str:
    """The names of things that the front matter says, each on a line."""
    return "".join([names for key, names in synonyms().header_lines if getattr(item, key, None)])
