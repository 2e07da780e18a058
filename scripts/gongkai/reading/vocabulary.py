"""The field's words with their variant spellings (catalogue/vocabulary.yaml)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from gongkai.patterns import regex
from gongkai.reading.marked_yaml import load

_DECORATION = regex(r"[\s\u3000\[\]【】:：*]+")


@lru_cache(maxsize=16_384)
def fold(word: str) -> str:
    """A label without width, case, white space and decoration: ``[ 索 引 号 ]：`` becomes ``索引号``."""
    return _DECORATION.sub("", unicodedata.normalize("NFKC", word)).lower()


def _spellings(table: dict[str, list[str]]) -> dict[str, str]:
    return {fold(s): word for word, others in table.items() for s in (word, *others)}


class Vocabulary(Struct, frozen=True):
    """Lookup tables from folded spelling to the word the product uses."""

    keys: dict[str, str]
    labels: dict[str, str]
    nested_keys: dict[str, dict[str, str]]
    methods: dict[str, str]
    disclosure_classes: dict[str, str]
    validity: dict[str, str]
    day_units: dict[str, str]
    channels: dict[str, str]
    channel_words: tuple[str, ...]
    genres: tuple[str, ...]
    subjects: tuple[str, ...]
    subjects_second: dict[str, tuple[str, ...]]
    """Second-level subjects, each with the first-level ones it stands under."""
    subjects_local: tuple[str, ...]

    def key(self, written: str) -> str | None:
        """The canonical key for what stands in a file, or None."""
        return self.keys.get(fold(written))

    def channel(self, written: str) -> str | None:
        """The canonical channel for a spelling, tick marks and fill-in lines taken away, or None."""
        bare = re.sub(r"^[■▲◆▄þ√✓☑R]?\s*|[_＿]+$", "", written.strip())
        return self.channels.get(fold(bare)) or (bare if bare.startswith("其他") and len(bare) > len("其他") else None)


def _second_level(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    firsts: dict[str, list[str]] = {}
    for first, words in table.items():
        for word in words:
            firsts.setdefault(word, []).append(first)
    return {word: tuple(found) for word, found in firsts.items()}


@lru_cache(maxsize=4)
def load_vocabulary(path: Path) -> Vocabulary:
    """Load vocabulary.yaml. It is part of the product, so a broken one raises as any broken program would."""
    data: dict[str, Any] = load(path.read_text("utf-8"))
    keys = {fold(s): key for key, labels in data["keys"].items() for s in (key, *labels)}
    nested = {
        name.removesuffix("_keys"): {fold(s): key for key, labels in data[name].items() for s in (key, *labels)}
        for name in data
        if name.endswith("_keys")
    }
    channels = _spellings(data["channels"])
    channels.update({fold(name): name for name in data["other_channels"]})
    return Vocabulary(
        keys=keys,
        labels={key: labels[0] for key, labels in data["keys"].items()},
        nested_keys=nested,
        methods=_spellings(data["methods"]),
        disclosure_classes=_spellings(data["disclosure_classes"]),
        validity=_spellings(data["validity"]),
        day_units=_spellings(data["day_units"]),
        channels=channels,
        channel_words=tuple(data["channels"]),
        genres=tuple(data["genres"]),
        subjects=tuple(data["subjects"]),
        subjects_second=_second_level(data["subjects_second"]),
        subjects_local=tuple(data["subjects_local"]),
    )
