"""The table of wrong and outdated names of laws (catalogue/laws.yaml), and how it is looked up in a text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from msgspec import Struct

from gongkai.patterns import regex
from gongkai.reading import marked_yaml
from gongkai.resources import catalogue_dir

# A name in 《》, and what stands in brackets behind it.
_NAMED = regex(r"《([^《》\n]{2,60})》(?:[（(]([^（）()\n]{4,40})[）)])?")
NUMBER = regex(r"(?:国务院|财政部)令第\d{1,4}号|[\u4e00-\u9fff]{2,8}〔\d{4}〕\d{1,4}号")
_ORDER = regex(r"(?<![\u4e00-\u9fff])国令第(\d{1,4})号|(?<=[（(，、据照])国令第(\d{1,4})号|国务院第(\d{1,4})号令")
_ORDER_LIKE = regex(r"国(?:令|务院)第")
# Words that tell that a text speaks of the past of a law.
_PAST = regex(r"废止|失效|取代|代替|修订前|修改前|原《|旧|历史|不再(?:施行|执行|适用)|停止(?:施行|执行)")
_SENTENCE = regex(r"[。；！？\n|]")
_NARROW = regex(r"[()﹝﹞\[\]]")
_BRACKETS = str.maketrans("()﹝﹞[]", "（）〔〕〔〕")


class Outdated(Struct, frozen=True):
    """A name or number that is no longer in force from ``until``."""

    until: dt.date
    successor: str


class Laws(Struct, frozen=True, dict=True):
    """The table, by bare name (without 中华人民共和国) and by number."""

    names: dict[str, Outdated]
    by_number: dict[str, Outdated]
    wrong: dict[str, str]
    numbers: dict[str, tuple[str, ...]]

    @cached_property
    def ends(self) -> tuple[re.Pattern[str], ...]:
        """Patterns of which one fits where an outdated number stands: each begins with a sign of its own and is quick."""
        ends: dict[str, list[str]] = {}
        for number in self.by_number:
            sign = next((sign for sign in ("〔", "令第") if sign in number), number)
            ends.setdefault(sign, []).append(re.escape(number.partition(sign)[2]))
        return tuple(re.compile(f"{re.escape(sign)}(?:{'|'.join(some)})") for sign, some in ends.items())


class Citation(Struct, frozen=True):
    """Something wrong with a law cited at ``start`` of a text. ``kind``: outdated, wrong, number or order."""

    kind: str
    start: int
    cited: str
    right: str
    name: str = ""
    until: dt.date | None = None


def bare(name: str) -> str:
    """A law's name without 中华人民共和国 and with full-width brackets."""
    return _full_width(name).strip().removeprefix("中华人民共和国")


def _full_width(text: str) -> str:
    return text.translate(_BRACKETS) if _NARROW.search(text) else text


@lru_cache(maxsize=1)
def laws() -> Laws:
    """The product's own table; a broken one raises as any broken program would."""
    data: dict[str, Any] = marked_yaml.load((catalogue_dir() / "laws.yaml").read_text("utf-8"))
    names: dict[str, Outdated] = {}
    by_number: dict[str, Outdated] = {}
    for row in data["outdated"]:
        found = Outdated(_day(row["until"]), row["successor"])
        names[row["name"]] = found
        if "number" in row:
            by_number[row["number"]] = found
    for name, versions in data["numbers"].items():
        for version, after in pairwise(versions):
            successor = f"《{name}》（{after['number']}）"
            by_number[version["number"]] = Outdated(_day(after["since"]), successor)
    return Laws(
        names=names,
        by_number=by_number,
        wrong={row["name"]: row["right"] for row in data["wrong"]},
        numbers={name: tuple(v["number"] for v in versions) for name, versions in data["numbers"].items()},
    )


def _day(value: object) -> dt.date:
    return dt.date.fromisoformat(str(value))


def may_be_wrong(text: str) -> bool:
    """Whether :func:`citations` may find something in ``text``, on whatever day; in most texts it cannot."""
    for name, behind in _NAMED.findall(text) if "《" in text else ():
        if _suspect(name, behind):
            return True
    return "号" in text and (_may_be_outdated(text) or ("令" in text and _ORDER_LIKE.search(text) is not None))


@lru_cache(maxsize=4096)
def _suspect(name: str, behind: str) -> bool:
    """Whether a name with what stands in brackets ``behind`` it may be wrong: the same few laws are cited again and again."""
    table, name = laws(), bare(name)
    if name in table.wrong or name in table.names:
        return True
    number = NUMBER.search(_full_width(behind)) if name in table.numbers else None
    return number is not None and number[0] not in table.numbers[name]


def _may_be_outdated(text: str) -> bool:
    """Whether an outdated number may stand in ``text``."""
    for end in laws().ends:  # noqa: SIM110 - a generator would cost as much as the looks
        if end.search(text):
            return True
    return False


def citations(text: str, day: dt.date) -> Iterator[Citation]:
    """What is wrong with the laws that ``text`` cites, by what was in force on ``day``."""
    told: set[int] = set()
    for found in (*_names(text, day, told), *_numbers(text, day, told), *_orders(text)):
        if not (found.kind == "outdated" and _past(text, found.start)):
            yield found


def _names(text: str, day: dt.date, told: set[int]) -> Iterator[Citation]:
    """``told`` gets the places of numbers that need no second word."""
    if "《" not in text:
        return
    table = laws()
    for match in _NAMED.finditer(text):
        name = bare(match[1])
        number = NUMBER.search(_full_width(match[2])) if match[2] else None
        place = match.start(2) + number.start() if number else -1
        if name in table.wrong:
            yield Citation("wrong", match.start(), match[1], table.wrong[name])
        elif (old := table.names.get(name)) is not None:
            told.add(place)
            if old.until <= day:
                yield Citation("outdated", match.start(), match[0], old.successor, until=old.until)
        elif number and name in table.numbers and number[0] not in table.numbers[name]:
            told.add(place)
            right = table.numbers[name][-1]
            if _comparable(number[0], table.numbers[name]):
                yield Citation("number", match.start(), number[0], right, name=match[1])


def _comparable(cited: str, known: tuple[str, ...]) -> bool:
    """Whether ``cited`` is a number of the same maker: 〔〕 numbers of the same letters, or orders of the same organ."""
    head = re.split(r"〔|令第", cited)[0]
    return any(head.endswith(re.split(r"〔|令第", number)[0]) for number in known)


def _numbers(text: str, day: dt.date, told: set[int]) -> Iterator[Citation]:
    """Outdated numbers, each looked for as it is: there are few of them, and in few texts."""
    if not _may_be_outdated(text):
        return
    for number, old in laws().by_number.items():
        start = text.find(number) if old.until <= day else -1
        while start >= 0:
            if start not in told and _starts_here(text, start):
                yield Citation("outdated", start, number, old.successor, until=old.until)
            start = text.find(number, start + 1)


def _starts_here(text: str, start: int) -> bool:
    """Whether the letters of a number begin at ``start``: 国发〔2000〕23号 also stands in 云国发〔2000〕23号."""
    before = text[max(0, start - 4) : start]
    return not before[-1:].strip() or not "\u4e00" <= before[-1] <= "\u9fff" or before.endswith(_LEADS)


_LEADS = ("据", "照", "按", "和", "及", "由", "以", "文号", "见", "与", "即", "共和国", "废止")


def _orders(text: str) -> Iterator[Citation]:
    if not _ORDER_LIKE.search(text):
        return
    for match in _ORDER.finditer(text):
        number = match[1] or match[2] or match[3]
        yield Citation("order", match.start(), match[0], f"国务院令第{number}号")


def _past(text: str, start: int) -> bool:
    """Whether the sentence around ``start`` speaks of the past."""
    begin = max((m.end() for m in _SENTENCE.finditer(text, max(0, start - 80), start)), default=max(0, start - 80))
    end = _SENTENCE.search(text, start)
    return bool(_PAST.search(text, begin, min(end.start() if end else len(text), start + 160)))
