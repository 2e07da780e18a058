"""What a row asks for, as words that can be looked for: composite elements taken apart, other words for the same thing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from msgspec import Struct

from gongkai.patterns import regex
from gongkai.reading.marked_yaml import load
from gongkai.resources import catalogue_dir

_BRACKETS = regex(r"[(（][^()（）]*[)）]")
# Punctuation and the small words between two things say nothing about which things they are.
_NOTHING = regex(r"[\W_的和与及之]+")
_PARTS = regex(r"[、,，;；/]")
_BOTH = regex(r"(?<=..)[和与及](?=..)")
_EITHER = regex(r"(?<=..)或者?(?=..)")
_OPTIONAL = regex(r"可选|如有|若有")
# Names of people are never asked for: whether and where a list of names is shown is decided by the row's channels (R5.4).
_PEOPLE = regex(r"(?<!执法人员)名单|脱敏|清册|户主姓名|人员姓名|对象姓名|^申请人$|^相对人$|签字$")
_LIST_SIGN = regex(r"[、，,;；/]")
_NUMERALS = frozenset("第一二三四五六七八九十百章节条")
_SHORT = 2


class Target(NamedTuple):
    """One way to write an element. ``whole`` asks for the word as a name of its own, not within a longer one."""

    word: str
    whole: bool = False


class Signs(NamedTuple):
    """What shows a thing at first sight: ``words`` in the names as they are written, ``keys`` in the front matter.

    ``labels`` are what a line may begin with that says it.
    """

    words: tuple[str, ...]
    keys: tuple[str, ...]
    labels: tuple[str, ...]


class Part(Struct, frozen=True, dict=True):
    """One thing an element asks for: found when any of ``targets`` is, or all of ``both`` are."""

    name: str
    targets: tuple[Target, ...]
    both: tuple[tuple[Target, ...], ...] = ()

    @cached_property
    def signs(self) -> Signs:
        """What shows it at first sight."""
        return signs(self.targets, self.name)

    @cached_property
    def both_signs(self) -> tuple[Signs, ...]:
        """What shows the two halves at first sight."""
        return tuple([signs(half) for half in self.both])


class Element(Struct, frozen=True, dict=True):
    """An element of a row in its parts. ``targets`` are the ways to write the whole."""

    name: str
    targets: tuple[Target, ...]
    parts: tuple[Part, ...]

    @cached_property
    def word(self) -> str:
        """The name, normalised."""
        return normal(self.name)

    @cached_property
    def signs(self) -> Signs:
        """What shows the whole at first sight."""
        return signs(self.targets, _bare(self.name))


class Synonyms(Struct, frozen=True, dict=True):
    """catalogue/synonyms.yaml, all words normalised."""

    groups: tuple[tuple[str, ...], ...]
    header: dict[str, tuple[str, ...]]
    not_required: frozenset[str]
    one_of: frozenset[str]
    since: dict[str, int]
    entries: dict[str, dict[str, tuple[str, ...]]]

    @cached_property
    def groups_of(self) -> dict[str, tuple[int, ...]]:
        """The groups in which a word stands, by their numbers."""
        table: dict[str, tuple[int, ...]] = {}
        for n, group in enumerate(self.groups):
            for word in group:
                table[word] = (*table.get(word, ()), n)
        return table

    @cached_property
    def group_targets(self) -> tuple[tuple[Target, ...], ...]:
        """The groups as targets: short words of a group are looked for on their own, not within other words."""
        return tuple(tuple([Target(word, whole=len(word) <= _SHORT) for word in group]) for group in self.groups)

    @cached_property
    def header_lines(self) -> tuple[tuple[str, str], ...]:
        """The keys of the front matter, each with what it answers for, one on a line."""
        return tuple((key, "\n" + "\n".join(names) + "\n") for key, names in self.header.items())

    @cached_property
    def header_text(self) -> str:
        """All of those lines."""
        return "".join([names for _, names in self.header_lines])

    @cached_property
    def header_words(self) -> frozenset[str]:
        """Every word that the front matter can answer for."""
        return frozenset(word for words in self.header.values() for word in words)


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """A name without width, case, brackets' contents, punctuation, spaces and the words 的、和、与、及."""
    text = unicodedata.normalize("NFKC", text)
    bare = _BRACKETS.sub("", text)
    return _NOTHING.sub("", bare or text).lower()


@cache
def synonyms() -> Synonyms:
    """The product's own synonyms."""
    data: dict[str, Any] = load((catalogue_dir() / "synonyms.yaml").read_text("utf-8"))
    return Synonyms(
        groups=tuple(_normals(group) for group in data["general"]),
        header={key: _normals(words) for key, words in data["header"].items()},
        not_required=frozenset(_normals(data["not_required"])),
        one_of=frozenset(data["one_of"]),
        since=dict(data["since"]),
        entries={
            entry: {normal(word): _normals(others) for word, others in words.items()}
            for entry, words in data["entries"].items()
        },
    )


def _normals(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normal(word) for word in words))


def targets(name: str, entry_id: str = "") -> tuple[Target, ...]:
    """The ways to write ``name``: itself, the words of its groups, and those of the entry alone."""
    word = normal(name)
    table = synonyms()
    found = {word: Target(word)}
    for other in table.entries.get(entry_id, {}).get(word, ()):
        found.setdefault(other, Target(other))
    # 补贴申请材料 ends with a word of a group and means the same as the group
    endings = (word[n:] for n in range(1, len(word) - _SHORT))
    numbers = {n for ending in (word, *endings) for n in table.groups_of.get(ending, ())}
    for n in sorted(numbers):
        for target in table.group_targets[n]:
            found.setdefault(target.word, target)
    return tuple(found.values())


@lru_cache(maxsize=4096)
def element(name: str, entry_id: str = "") -> Element:
    """An element taken apart: ``办理时间、地点`` asks for 办理时间 and 办理地点, ``姓名或岗位`` for either."""
    bare = _bare(name)
    whole = list(targets(bare, entry_id))
    whole += [Target(normal(inner)) for inner in re.findall(r"[(（]([^()（）]{2,8})[)）]", name)]
    for way in _EITHER.split(bare):
        whole.extend(targets(way, entry_id))
    pieces = [piece.strip() for piece in _PARTS.split(bare) if normal(piece)]
    return Element(name, tuple(dict.fromkeys(whole)), tuple(_part(p, pieces[0], entry_id) for p in pieces))


def _bare(name: str) -> str:
    """``name`` without what stands in brackets and without an 等 at its end."""
    bare = _BRACKETS.sub("", unicodedata.normalize("NFKC", name)).strip() or name
    return re.sub(r"等(?:信息|情况|形式)?$", "", bare)


def signs(targets: tuple[Target, ...], name: str = "") -> Signs:
    """What shows one of ``targets`` at first sight; ``name`` is one of them before it was normalised."""
    words = [f"\n{t.word}\n" if t.whole else t.word for t in targets]
    table = synonyms()
    said = [word for word in words if word in table.header_text]
    keys = [key for key, names in table.header_lines if any(word in names for word in said)] if said else []
    plain = [word for word in words if _stays_whole(word.strip("\n"))]
    own = [name] if _stays_whole(name) and normal(name) in words and name not in plain else []
    labels = [f"\n{word}" for word in (*own, *words) if _han(word)]
    return Signs((*own, *plain), tuple(keys), tuple(labels))


def _stays_whole(word: str) -> bool:
    """Whether a word stays whole whatever is taken out around it (``Shown.at_sight``).

    It is one of Han characters, parted by nothing but the signs of a list, and with no number of a chapter in front.
    """
    return word[:1] not in _NUMERALS and all(map(_han, _LIST_SIGN.split(word)))


def _han(word: str) -> bool:
    """Whether a word is of Han characters alone."""
    return bool(word) and min(word) >= "\u4e00" and max(word) <= "\u9fff"


def _part(piece: str, first: str, entry_id: str) -> Part:
    name, ways = piece, list(targets(piece, entry_id))
    if piece != first and len(normal(piece)) <= _SHORT < len(normal(first)):
        name = first[:-2] + piece  # 办理时间、地点: 办理地点
        ways.extend(targets(name, entry_id))
    halves = _BOTH.split(piece)
    both = tuple(targets(half, entry_id) for half in halves) if len(halves) > 1 else ()
    return Part(name, tuple(dict.fromkeys(ways)), both)


def required(name: str) -> bool:
    """Whether an element can be asked of every item of its row."""
    word = normal(name)
    return not (
        not word
        or _OPTIONAL.search(name)
        or _PEOPLE.search(name)
        or word.startswith(("其他", "其它"))
        or word in synonyms().not_required
    )
