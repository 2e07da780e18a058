"""Rules on publisher, subject, genre and attribute (R1.1, R1.5, R4.5 to R4.7)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from gongkai.dataset import Dataset
from gongkai.model import ON_REQUEST, WITHHELD, Finding, Item, Profile
from gongkai.patterns import regex
from gongkai.reading.nearest import nearest, phrase
from gongkai.reading.vocabulary import Vocabulary, fold, load_vocabulary
from gongkai.resources import catalogue_dir
from gongkai.rules.numbers import codes

_ORGAN = regex(r"^[《“]?(?P<organ>[\u3400-\u9fff]{2,20}?(?:镇|乡|街道|苏木)(?:人民政府|办事处))")
_PLACE_ONLY = regex(r"[\u3400-\u9fff]{1,}(?:镇|乡|街道|苏木|县|区|市)$")
_GROUND = regex(r"第?(?:十四|十五|十六|14|15|16)条|国家秘密|商业秘密|个人隐私|内部事务|过程性|执法案卷|第三方")
_LIST = regex(r"[/\\>＞›»;；|]+")
_PLAIN = str.maketrans("", "", "、，,·和与及（）()")


def publishers(dataset: Dataset) -> Iterator[Finding]:
    """R1.1: the maker publishes; what others made names its source."""
    profile = dataset.profile
    own = _own_names(profile)
    for item in dataset.items:
        value = item.publisher
        if not value:
            continue
        place = item.place("publisher")
        organ = _ORGAN.match(item.title)
        if organ and not item.source and not _same_place(organ["organ"], value, profile):
            yield codes.PUBLISHER_AND_TITLE.at(place, field="publisher", organ=organ["organ"], value=value)
        elif value not in own and not item.source:
            yield codes.FOREIGN_PUBLISHER.at(place, field="publisher", value=value, township=profile.full_name)
        elif _PLACE_ONLY.fullmatch(value):
            full = profile.full_name if value.endswith(profile.name) else f"{value}人民政府"
            yield codes.SHORT_PUBLISHER.at(place, field="publisher", value=value, full=full)


def _own_names(profile: Profile) -> frozenset[str]:
    """All ways to write this township and its units."""
    county = profile.county or ""
    towns = {profile.name, profile.full_name, f"{profile.name}人民政府"}
    towns |= {f"{county}{profile.name}", f"{county}{profile.name}人民政府"}
    units = set(profile.unit_by_name) | {profile.contact.office or profile.name}
    return frozenset(towns | units | {f"{town}{unit}" for town in towns for unit in units})


def _same_place(organ: str, publisher: str, profile: Profile) -> bool:
    """Whether the organ in a title and the publisher are of one township, or the publisher is a unit of it."""
    town = re.sub(r"(?:人民政府|办事处)$", "", organ)
    names = {town[n:] for n in range(len(town) - 1)}
    if any(len(name) >= 3 and name in publisher for name in names):
        return True
    return town.endswith(profile.name) and publisher in _own_names(profile)


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    return load_vocabulary(catalogue_dir() / "vocabulary.yaml")


def _key(word: str) -> str:
    return fold(word).translate(_PLAIN)


@lru_cache(maxsize=1)
def _subjects() -> dict[str, str]:
    """Folded first-level subjects to the words as printed."""
    words = _vocabulary()
    return {_key(s): s for s in (*words.subjects, *words.subjects_local)}


@lru_cache(maxsize=1)
def _second() -> dict[str, tuple[str, ...]]:
    """Folded second-level subjects to the first levels they stand under."""
    return {_key(word): firsts for word, firsts in _vocabulary().subjects_second.items()}


@lru_cache(maxsize=1)
def _genres() -> dict[str, str]:
    return {_key(g): g for g in _vocabulary().genres}


@lru_cache(maxsize=4096)
def _subject_kind(value: str) -> str:
    """``first``, ``second``, ``genre`` or ``unknown``: what a value of the subject is."""
    whole = _key(value)
    parts = (
        [whole] if whole in _subjects() or whole in _second() else [_key(p) for p in _LIST.split(value) if p.strip()]
    )
    if parts and all(p in _subjects() or p in _second() for p in parts):
        return "first" if any(p in _subjects() for p in parts) else "second"
    return "genre" if whole in _genres() else "unknown"


@lru_cache(maxsize=4096)
def _genre_kind(value: str) -> str:
    """``genre``, ``subject`` or ``unknown``: what a value of the genre is."""
    whole = _key(value)
    if whole in _genres():
        return "genre"
    if whole in _subjects() or whole in _second():
        return "subject"
    named = (p for p in re.split(r"[、，,/]", value) if p.strip())
    return (
        "subject"
        if any(_key(p) in _second() or any(_key(p).startswith(s) for s in _topics()) for p in named)
        else "unknown"
    )


@lru_cache(maxsize=1)
def _topics() -> tuple[str, ...]:
    return tuple(word for word in _second() if len(word) >= 2 and word != "其他")


def subjects(dataset: Dataset) -> Iterator[Finding]:
    """R4.6: the subject is one of the list."""
    usual: dict[str, str] | None = None
    for item in dataset.items:
        value = item.subject
        kind = _subject_kind(value) if value else "first"
        if value is None or kind == "first":
            continue
        place = item.place("subject")
        if kind == "second":
            firsts = _second().get(_key(value)) or ("其他",)
            yield codes.SECOND_LEVEL_SUBJECT.at(place, field="subject", value=value, first=firsts[0])
            continue
        if usual is None:
            usual = _usual_subjects(dataset)
        example = usual.get(item.entry_id.partition("-")[0], "综合政务")
        if kind == "genre":
            yield codes.GENRE_IN_SUBJECT.at(place, field="subject", value=value, example=example)
        else:
            near = nearest(value, _vocabulary().subjects, limit=1, cutoff=60)
            example = near[0] if near else example
            yield codes.UNKNOWN_SUBJECT.at(place, field="subject", value=value, nearest=phrase(near), example=example)


def _usual_subjects(dataset: Dataset) -> dict[str, str]:
    """The subject that most items of a field have, by the field's id."""
    words = frozenset(_vocabulary().subjects)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for item in dataset.items:
        if item.subject in words:
            counts[item.entry_id.partition("-")[0]][str(item.subject)] += 1
    return {field_id: found.most_common(1)[0][0] for field_id, found in counts.items()}


def genres(dataset: Dataset) -> Iterator[Finding]:
    """R4.7: the genre is a kind of document, not a topic."""
    for item in dataset.items:
        value = item.genre
        kind = _genre_kind(value) if value else "genre"
        if value is None or kind == "genre":
            continue
        place = item.place("genre")
        example = _genre_of(item)
        if kind == "subject":
            yield codes.SUBJECT_IN_GENRE.at(place, field="genre", value=value, example=example)
        else:
            near = nearest(value, _vocabulary().genres, limit=1, cutoff=60)
            example = near[0] if near else example
            yield codes.UNKNOWN_GENRE.at(place, field="genre", value=value, nearest=phrase(near), example=example)


def _genre_of(item: Item) -> str:
    """The genre that the title ends with, else the commonest."""
    last = re.sub(r"[（(].*$|[》”]$", "", item.title.strip())
    return next((g for g in _vocabulary().genres if g != "其他" and last.endswith(g)), "公告")


def class_not_stated(dataset: Dataset) -> Iterator[Finding]:
    """R1.5: where the row leaves open how an item is disclosed, the item says it."""
    for item in dataset.items:
        if "method" in item.lines or "disclosure_class" in item.lines or item.draft:
            continue
        entry = dataset.catalogue.find(item.entry_id)
        if entry and ON_REQUEST in entry.methods:
            yield codes.CLASS_NOT_STATED.at(
                item.place("method"),
                field="method",
                entry=entry.id,
                methods="、".join(f"“{m}”" for m in entry.methods),
                first=entry.methods[0],
            )


def withheld_without_ground(dataset: Dataset) -> Iterator[Finding]:
    """R1.5: what is withheld names the article."""
    for item in dataset.items:
        if item.disclosure_class == WITHHELD and not _GROUND.search(f"{item.summary or ''}{item.body}"):
            yield codes.WITHHELD_WITHOUT_GROUND.at(item.place("disclosure_class"), field="disclosure_class")


RULES = (publishers, subjects, genres, class_not_stated, withheld_without_ground)
