"""Reads a channel cell: which channels are ticked, which are offered, in all the signs that tables use for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from gongkai.catalogue.importing.readings import EMPTY, LOW, MIDDLE, NONE, Reading, bare, clean
from gongkai.reading.nearest import nearest
from gongkai.reading.vocabulary import Vocabulary, fold, load_vocabulary
from gongkai.resources import catalogue_dir

OTHER = "其他"
TICKED = frozenset("■▲◆▄☑√✓✔●☒þRtP")
UNTICKED = frozenset("□☐口£〇○")
_SIGNS = "■▲◆▄☑√✓✔●☒□☐〇○◇△▢▣◎★☆※◎？?¨"
_LETTERS = "þR£tP口"
ALL_LISTED = 9
_ADDED = re.compile(
    r"(?:平台|网|网站|栏|系统|屏|号|群|站|点|中心|厅|馆|报|热线|广播|专区|APP|会|端|墙|牌|室|喇叭|柜|窗口?|手册|明白纸|\))$",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[\n;；]|(?<=[\u4e00-\u9fff)）])\s+(?=[\u4e00-\u9fff])")
_NUMBERED = re.compile(r"(?:^|(?<=[\s;；、,，]))\s*\d{1,2}\s*[.．、](?!\d)")
_FILL = re.compile(r"[_＿]+|[.。;；,，、:：]+$")


class Channels(Struct, frozen=True):
    """What a cell lists: ticked and offered channels in order, with the signs before them."""

    ticked: tuple[str, ...]
    offered: tuple[str, ...]
    signs: frozenset[str]
    unknown_signs: frozenset[str]
    strange: tuple[str, ...]

    @property
    def listed(self) -> int:
        """How many channels the cell names."""
        return len(self.ticked) + len(self.offered)


class Style(Struct, frozen=True):
    """What the signs of a table mean, as its header says or the clerk answered.

    ``offered``: an empty box is an optional channel; else it is one that is not used, or (None) that is not known.
    """

    offered: bool | None = None
    ticked: frozenset[str] = TICKED
    unticked: frozenset[str] = UNTICKED
    trusted: bool = False
    """The text is the clerk's answer: names that are not known are added channels."""


@cache
def _words() -> Vocabulary:
    return load_vocabulary(catalogue_dir() / "vocabulary.yaml")


def national_channels() -> tuple[str, ...]:
    """The channels of the national list."""
    return _words().channel_words


@cache
def _name_alternatives() -> str:
    names = sorted((n for n in _words().channels if len(n) > 2), key=len, reverse=True)
    return "|".join(r"\s*".join(map(re.escape, n)) for n in names)


@cache
def _sign_pattern() -> re.Pattern[str]:
    """A sign, or a letter that stands for one: before a channel, at the start of a word."""
    return re.compile(
        rf"[{_SIGNS}]+|(?<![A-Za-z窗出进入人户港门])[{_LETTERS}](?=\s*(?:{_name_alternatives()}|其他|其它))|(?:^|(?<=\s))[{_LETTERS}](?=\s*[\u4e00-\u9fff])"
    )


def holds_channel(text: str) -> bool:
    """Whether ``text`` names a channel."""
    flat = fold(text)
    return any(name in flat for name in _words().channels if len(name) > 2)


def read_channels(text: str, style: Style) -> Reading[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The channels that must be used and those that may be."""
    if not text.strip() or text.strip() == EMPTY:
        return Reading(((), ()), "", "没有公开渠道", NONE)
    read = parse(text, style)
    full = read.listed >= ALL_LISTED and style.offered is None
    may = () if style.offered is False or full else read.offered
    must, others = _split_added(read.ticked)
    if any(n not in _words().channel_words for n in read.ticked) and OTHER not in must:
        must = (*must, OTHER)
    may_known, may_added = _split_added(may)
    allowed = tuple(dict.fromkeys((*may_known, *others, *may_added)))
    allowed = tuple(c for c in allowed if c not in must)
    doubts = []
    if read.strange:
        doubts.append(f"不认识“{'、'.join(read.strange)}”")
    if not must:
        doubts.append("没有标选的渠道")
    if read.unknown_signs:
        doubts.append(f"不认识符号“{''.join(sorted(read.unknown_signs))}”")
    shown = "\n".join([*(f"■{c}" for c in must), *(f"□{c}" for c in allowed)])
    return Reading((must, allowed), shown if must else "", "；".join(doubts), MIDDLE if must else LOW)


def _split_added(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The channels of the national list, and those that a county added."""
    national = [n for n in names if n in _words().channel_words]
    return tuple(dict.fromkeys(national)), tuple(dict.fromkeys(n for n in names if n not in national))


def parse(text: str, style: Style) -> Channels:
    """Every channel a cell names, by the sign before it. Without any sign, all that are named are ticked."""
    pattern = _sign_pattern()
    pieces = _by_signs(text, pattern)
    signs = {sign for sign, _ in pieces if sign}
    ticked: list[str] = []
    offered: list[str] = []
    strange: list[str] = []
    unknown: set[str] = set()
    for sign, words in pieces:
        names, odd = _names(words)
        if style.trusted and odd:
            names, odd = [n for n in names if n not in {m for o in odd for m in meant(o)}] + odd, []
        strange += odd
        if not sign:
            (ticked if not signs else strange).extend(names)
        elif sign[-1] in style.ticked:
            ticked += names
        elif sign[-1] in style.unticked:
            offered += names
        elif names:
            unknown.add(sign)
    known = tuple(dict.fromkeys(ticked))
    return Channels(
        known,
        tuple(n for n in dict.fromkeys(offered) if n not in known),
        frozenset(signs),
        frozenset(unknown),
        tuple(strange),
    )


def _by_signs(text: str, pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    found = list(pattern.finditer(text))
    pieces = [("", text[: found[0].start()] if found else text)]
    ends = [*(m.start() for m in found[1:]), len(text)]
    pieces += [(m[0], text[m.end() : end]) for m, end in zip(found, ends, strict=False)]
    return [(sign, words) for sign, words in pieces if words.strip()]


def _names(words: str) -> tuple[list[str], list[str]]:
    """The channels that ``words`` name, and what is left that names none."""
    words = _NUMBERED.sub("\n", words)
    if not words.strip():
        return [], []
    if name := known(words):
        return [name], []
    names: list[str] = []
    strange: list[str] = []
    for piece in _PIECE.split(words):
        for part in [piece] if known(piece) else _apart(piece):
            if name := known(part) or added(part):
                names.append(name)
            elif bare(_FILL.sub("", part)):
                strange.append(clean(part))
                names += meant(part)
    return names, strange


def _apart(piece: str) -> list[str]:
    """Parts between enumeration marks, but names that hold such a mark stay whole."""
    parts = re.split("[、,，]", piece)
    done: list[str] = []
    while parts:
        n = next((n for n in range(len(parts), 0, -1) if known("、".join(parts[:n]))), 1)
        done.append("、".join(parts[:n]))
        parts = parts[n:]
    return done


def known(written: str) -> str | None:
    """The channel for a spelling in which blanks, line breaks and fill-in lines may stand."""
    plain = _FILL.sub("", bare(written))
    if not plain:
        return None
    found = _words().channels.get(fold(plain))
    if found is None and plain.startswith((OTHER, "其它")):
        rest = re.sub(r"^其[他它][:：_（(]*|[)）]+$", "", plain)
        found = (_words().channels.get(fold(rest)) or rest) if rest else OTHER
    return found


def meant(written: str) -> list[str]:
    """The channel that a slip of the pen may stand for, as a proposal."""
    near = nearest(fold(written), list(_words().channels), limit=1, cutoff=80)
    return [_words().channels[near[0]]] if near else []


def added(written: str) -> str | None:
    """A channel that a county added, by the look of its name; None for what may be a slip of the pen."""
    plain = _FILL.sub("", clean(written))
    if not _ADDED.search(plain) or len(plain) > 30:
        return None
    return None if nearest(fold(plain), list(_words().channels), limit=1, cutoff=88) else plain
