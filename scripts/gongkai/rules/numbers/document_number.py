"""The shape of a document number (文号): 机关代字〔年份〕顺序号号 (R4.8). Pure: text in, what is wrong out."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from gongkai.patterns import regex

_RIGHT = regex(r"(?P<letters>[\u3400-\u9fffA-Za-z]+)〔(?P<year>(?:19|20)[0-9]{2})〕(?P<serial>[1-9][0-9]*)号")
_LETTERS = regex(r"[\u3400-\u9fffA-Za-z]+")
# 国务院令第711号, 财政部公告2024年第3号, 2024年第3号: orders and announcements are numbered in their own way.
_ORDER = regex(
    r"[\u3400-\u9fff]*(?:令|公告|通告)?[（(]?(?:(?:19|20)\d{2}年)?[)）]?第[\d一二三四五六七八九十百]+号(?:令|公告|通告)?"
)
_NOTHING = {"无", "没有", "暂无", "空", "/", "-", "—", "——", "不详", "null", "none", "n/a", "0"}
_BRACKETS = "〔〕[]()【】﹝﹞〖〗<>《》「」{}"
_OPEN, _CLOSE = set(_BRACKETS[::2]), set(_BRACKETS[1::2])
_YEAR = regex(r"(?:19|20)\d{2}")
_BARE = {"政发", "政办发", "政办", "政字", "政函", "办发", "发", "函", "字", "办", "令", "政"}
_PARTY = regex(r"[\u3400-\u9fff]*?(?<![农建改卫健教信资工交])(委(?:办)?[发函字]|党(?:委|办|组)?(?:办)?发|党[委办])$")
EXAMPLE = "示政发〔2026〕12号"


class DocumentNumber(NamedTuple):
    """A document number in its three parts."""

    letters: str
    year: int
    serial: int


class Judged(NamedTuple):
    """What is wrong with a document number, and how it is written right; no defects: it is right."""

    defects: tuple[str, ...]
    right: str


def is_nothing(text: str) -> bool:
    """Whether ``text`` says that there is no document number, or has nothing of one."""
    bare = text.strip().lower()
    return bare in _NOTHING or not any(ch.isdigit() for ch in bare)


def parse(text: str) -> DocumentNumber | None:
    """The parts of a document number that is written right, else None."""
    match = _RIGHT.fullmatch(text)
    return DocumentNumber(match["letters"], int(match["year"]), int(match["serial"])) if match else None


def year_of(text: str) -> int | None:
    """The year between brackets, as far as it can be read."""
    match = re.search(r"[^\w\s]\s*((?:19|20)\d{2})\s*年?\s*[^\w\s]", unicodedata.normalize("NFKC", text))
    return int(match[1]) if match else None


def letters_of(text: str) -> str:
    """The letters of the organ (机关代字) in front of the year."""
    match = _LETTERS.match(text.strip())
    return match[0] if match else ""


def party_letters(text: str) -> str | None:
    """The letters, when they are those of a Party committee (来苏委发), else None."""
    letters = letters_of(text)
    return letters if ("委" in letters or "党" in letters) and _PARTY.fullmatch(letters) else None


def judge(text: str) -> Judged:
    """Everything wrong with a document number."""
    if _RIGHT.fullmatch(text):
        letters = letters_of(text)
        if letters in _BARE:
            return Judged((_no_organ(letters),), f"示{text}")
        return Judged((), text)
    if _ORDER.fullmatch(text.strip()):
        return Judged((), text)
    return _Judge(text).result()


def _no_organ(letters: str) -> str:
    return f"“{letters}”前面没有机关代字，看不出是哪个机关"


class _Judge:
    """Takes a wrong number apart from left to right."""

    def __init__(self, text: str) -> None:
        self.defects: list[str] = []
        folded = "".join(ch if ch in _BRACKETS else unicodedata.normalize("NFKC", ch) for ch in text.strip())
        if re.search(r"[０-９]", text):
            self.defects.append("数字是全角的")
        if re.search(r"\s", folded):
            self.defects.append("中间有空格")
        self.rest = re.sub(r"\s", "", folded)

    def result(self) -> Judged:
        letters, year, serial = self._letters(), self._year(), self._serial()
        right = f"{letters}〔{year}〕{serial}号" if year and serial else EXAMPLE
        return Judged(tuple(self.defects or ["不是“机关代字〔年份〕顺序号”的形式"]), right)

    def _letters(self) -> str:
        match = _LETTERS.match(self.rest)
        letters = match[0] if match else ""
        self.rest = self.rest[len(letters) :]
        if letters.endswith("第"):
            letters = letters[:-1]
        if not letters:
            self.defects.append("没有机关代字")
        elif letters in _BARE:
            self.defects.append(_no_organ(letters))
            letters = f"示{letters}"
        return letters or "示政发"

    def _year(self) -> str:
        opening = self.rest[:1]
        if opening in _OPEN:
            self.rest = self.rest[1:]
        match = re.match(r"\d+", self.rest)
        digits = match[0] if match else ""
        year = digits[:4] if _YEAR.match(digits) else ""
        taken = year or digits
        closing = self.rest[len(taken) : len(taken) + 1]
        if closing == "年":
            self.defects.append("年份后面不写“年”字")
            taken += closing
            closing = self.rest[len(taken) : len(taken) + 1]
        self._brackets(opening if opening in _OPEN else "", closing if closing in _CLOSE else "")
        if not year:
            self.defects.append(f"年份“{digits}”不是四位" if digits else "没有四位年份")
            year = f"20{digits}" if len(digits) == 2 else ""
        self.rest = self.rest[len(taken) + (closing in _CLOSE and bool(closing)) :]
        return year

    def _brackets(self, opening: str, closing: str) -> None:
        if not opening and not closing:
            self.defects.append("年份两边没有六角括号〔〕")
        elif not opening or not closing:
            self.defects.append("年份的括号〔〕缺了一半")
        elif opening + closing != "〔〕":
            self.defects.append(f"年份的括号是“{opening}{closing}”，应当用六角括号“〔〕”")

    def _serial(self) -> str:
        if self.rest.startswith("第"):
            self.defects.append("顺序号前面不加“第”字")
            self.rest = self.rest[1:]
        match = re.match(r"\d+(?:[-—–－~之]\d+)*", self.rest)
        written = match[0] if match else ""
        self.rest = self.rest[len(written) :]
        serial = re.split(r"\D+", written)[-1]
        if not written:
            self.defects.append("没有阿拉伯数字的顺序号")
        elif written != serial:
            self.defects.append(f"顺序号“{written}”应当是一个数，不加短横")
        elif serial.startswith("0"):
            self.defects.append(f"顺序号“{serial}”前面不补 0")
        serial = serial.lstrip("0")
        if not self.rest.startswith("号"):
            self.defects.append("末尾没有“号”字")
        elif len(self.rest) > 1:
            self.defects.append(f"“号”后面还有“{self.rest[1:]}”")
        return serial
