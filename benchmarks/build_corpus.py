"""Items of a made township, for benchmarks/build.py: the demonstration's items again and again, with words of other items.

Every item is one of the demonstration's with a new title and new numbers, its own text, and up to three paragraphs of
other items that hold no figures, so that lengths, tables and lists are those of a township and nothing is wrong with
them. The same seed gives the same items.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
# Keys that point at other files or must be unique.
_DROPPED = re.compile(r"^(?:related|address):.*\n(?:[ \t-].*\n)*", re.MULTILINE)
_OUT = re.compile(r"^(?:draft|attachments|interprets|statement):", re.MULTILINE)
# Guide, system, annual report: more than one of a year is a mistake.
_ONCE = re.compile(r"^entry: 30-0[1-4]", re.MULTILINE)
_NUMBER = re.compile(r"^index_number: .*$", re.MULTILINE)
_UNIQUE = re.compile(r"^document_number: .*\n", re.MULTILINE)
_TITLE = re.compile(r"^title: (.*)$", re.MULTILINE)
_YEAR = re.compile(r"^published_on: (\d{4})", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_PLAIN = re.compile(r"[^\d#|<>*\-一二三四五六七八九十（(][^\d|<>]{20,}", re.DOTALL)


class Item:
    """One made item: where it goes (relative to the items folder), its front matter and its body, both as text."""

    def __init__(self, path: str, head: str, body: str) -> None:
        self.path, self.head, self.body = path, head, body

    @property
    def meta(self) -> dict:
        """The front matter."""
        return yaml.load(self.head, yaml.CSafeLoader)

    @property
    def text(self) -> str:
        """The whole file."""
        return f"---\n{self.head}---\n{self.body}\n"


def corpus(count: int, seed: int = 1) -> list[Item]:
    """``count`` items."""
    chance = random.Random(seed)
    stock = []
    for path in sorted((ROOT / "site_src" / "items").rglob("*.md")):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        if not _OUT.search(head):
            stock.append((_UNIQUE.sub("", _DROPPED.sub("", head)), _LINK.sub(r"\1", body).strip()))
    many = [(head, body) for head, body in stock if not _ONCE.search(head)]
    words = [p for _, body in stock for p in body.split("\n\n") if _PLAIN.fullmatch(p)]
    made = []
    for n in range(count):
        head, body = stock[n % len(stock)] if n < len(stock) else chance.choice(many)
        head = _TITLE.sub(rf"title: \1（之{n}）", head, count=1)
        head = _NUMBER.sub(f"index_number: 11999999MB0000001X/{_YEAR.search(head)[1]}-{n % 100_000:05d}", head)
        body = "\n\n".join((body, *chance.sample(words, chance.randrange(4))))
        made.append(Item(f"{n // 500:03d}/item-{n:05d}.md", head, body))
    return made
