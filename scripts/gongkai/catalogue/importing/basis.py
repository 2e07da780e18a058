"""Splits a basis cell (公开依据) into titles and document numbers, and repairs numbers that lost their brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongkai.catalogue.importing.readings import EMPTY, LOW, MIDDLE, NONE, Reading, bare, clean, close_numbers
from gongkai.model import Basis

_YEARED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,14}(?:[（(][\u4e00-\u9fff]{1,6}[)）])?)(?P<open>[〔﹝\[【(（〈]?)(?P<year>(?:19|20)\d\d)"
    r"(?P<close>[〕﹞\]】)）〉]?)(?:第)?(?P<n>\d{1,5})号?"
)
_ORDER = re.compile(r"(?:中华人民共和国)?(?P<body>国务院|国|[\u4e00-\u9fff]*?)令(?:第)?(?P<n>\d+)号?")
_LEFT = re.compile(r"^(?:[;；、,，.。及和与以及等\s]|\d{1,2}[.、．]|[①-⑳]|[（(]\d[)）])+|[;；、,，.。\s]+$")
_TAIL = re.compile(r"^(?:等|及|和)*(?:相关|有关)?(?:法律|法规|规章|规范性文件|文件|政策|、|和|及|的|规定|等)*$")
_LEAD = re.compile(r"(?:印发|转发|批转|公布|发布|修改)\s*$")
_TAIL_OF_LEAD = re.compile(r"\s*的(?:通知|意见|决定|公告|批复|函|命令)")
_KINDS = re.compile(
    "(?:法|条例|规定|办法|意见|通知|决定|方案|规则|细则|规范|标准|纲要|指引|指南|目录|章程|制度|公告|解释|规程|计划|批复|函|准则|预案)(?:[（(][^（）()]*[)）])?$"
)


def read_basis(text: str) -> Reading[tuple[Basis, ...]]:
    """The bases that a cell names."""
    plain = text.strip()
    if not plain or plain == EMPTY:
        return Reading((), EMPTY, "" if plain else "没有公开依据", NONE)
    found: list[Basis] = []
    doubts: list[str] = []
    for title, number, inside in _cited(plain):
        if not inside and _TAIL.fullmatch(title):
            continue
        repaired, doubt = repair_number(number) if number else (None, "")
        found.append(Basis(title, repaired, number_seen=repaired is not None))
        if doubt:
            doubts.append(doubt)
        if not inside and not _KINDS.search(title):
            doubts.append("有没加书名号的文字")
    bases = tuple(dict.fromkeys(found))
    return Reading(bases, shown(bases), "；".join(dict.fromkeys(doubts)), MIDDLE if bases else LOW)


def shown(bases: Iterable[Basis]) -> str:
    """As the official table prints bases: one a line."""
    return "\n".join(basis.label for basis in bases)


def _cited(text: str) -> Iterable[tuple[str, str | None, bool]]:
    """Title, number and whether the title stood in 《》, of everything the cell names."""
    rest = ""
    i = 0
    while i < len(text):
        if text[i] != "《":
            rest += text[i]
            i += 1
            continue
        before, lead = _lead(rest)
        yield from _bare_titles(before)
        rest = ""
        end, whole = _closing(text, i)
        title = clean(text[i + 1 : end if whole else end + 1])
        end = min(end + 1, len(text)) if text[end : end + 1] == "》" else end
        if lead:
            tail = _TAIL_OF_LEAD.match(text, end)
            title = f"{lead}《{title}》{tail[0] if tail else ''}"
            end = tail.end() if tail else end
        number, i = _number_after(text, end)
        if number and not re.search(r"\d|号|令", number):
            title, number = f"{title}（{number}）", None
        yield title, number, True
    yield from _bare_titles(rest)


def _lead(text: str) -> tuple[str, str]:
    """Text before a title, and the words at its end that make one title with it: ``财政部关于印发``."""
    line = re.split(r"[\n;；。]", text)[-1]
    if not _LEAD.search(line):
        return text, ""
    return text[: len(text) - len(line)], clean(_LEFT.sub("", clean(line)))


def _closing(text: str, start: int) -> tuple[int, bool]:
    """Where the title that opens at ``start`` ends; titles within titles are opened twice, sometimes closed once.

    False with the latter: the mark that closes the inner title belongs to the whole.
    """
    depth = 0
    last = -1
    for i in range(start, len(text)):
        if text[i] == "《":
            if last > 0 and depth == 1 and text[last + 1 : i].strip(" \n、，,;；") == "":
                return last, False
            depth += 1
        elif text[i] == "》":
            depth -= 1
            last = i
            if depth == 0:
                return i, True
        if depth == 1 and last > 0 and text[i] in "\n；;" and i > last:
            return last, False
    line_end = text.find("\n", start)
    return (last, False) if last > 0 else (line_end if line_end > 0 else len(text), True)


_BRACKETS = {"(": ")", "（": "）"}


def _number_after(text: str, i: int) -> tuple[str | None, int]:
    """The document number that follows a title, in brackets or not, and where the text goes on."""
    m = re.compile(r"\s*").match(text, i)
    at = m.end() if m else i
    if at < len(text) and text[at] in _BRACKETS:
        end = _bracket_end(text, at)
        number = close_numbers(text[at + 1 : end])
        after = re.compile(r"\s*号\s*[)）]?").match(text, end + 1)
        return _tidy(number), after.end() if after else end + 1
    loose = re.compile(
        r"\s*(?:[\u4e00-\u9fff]{1,8}\s*[〔﹝\[【]\s*(?:19|20)\d\d[^《》\n；;、，,]{0,12}?号|国?务?院?令\s*第?\s*\d+\s*号)"
    )
    if m := loose.match(text, i):
        return _tidy(close_numbers(m[0])), m.end()
    return None, i


def _bracket_end(text: str, start: int) -> int:
    """Where the bracket at ``start`` closes. ``(建房〔2012 ) 8 4 号 )`` closes at the last one, ``(国令第711号) 号)`` too."""
    stop = next((i for i in range(start, len(text)) if text[i] in "《\n;；"), len(text))
    inside = text[start:stop]
    depth = 0
    for i, ch in enumerate(inside):
        depth += (ch in _BRACKETS) - (ch in _BRACKETS.values())
        if depth == 0 and i:
            lost = re.search(r"[〔﹝\[【]\s*(?:19|20)\d[\d\s]*$", inside[:i])
            if lost and re.match(r"\s*\d[\d\s]*号\s*[)）]", inside[i + 1 :]):
                depth = 1
                continue
            return start + i
    return stop


def _tidy(number: str) -> str:
    return clean(number).strip(" ,，;；")


def _bare_titles(text: str) -> Iterable[tuple[str, str | None, bool]]:
    """Titles without 《》, one a line or between semicolons; the number stands in brackets behind."""
    for line in re.split(r"[\n;；]", text):
        words = clean(_LEFT.sub("", clean(line)))
        if not words:
            continue
        m = re.fullmatch(r"(?P<title>.*?)[（(](?P<number>[^（）()]*(?:号|令)[^（）()]*)[)）]", words)
        if m and m["title"]:
            yield m["title"], m["number"], False
        else:
            yield words, None, False


def repair_number(text: str) -> tuple[str, str]:
    """A document number with its brackets, and what is doubtful about it.

    The year of four figures says where a lost bracket belongs; with both lost, that is only likely.
    """
    packed = bare(close_numbers(text)).rstrip("号") + ("号" if "号" in text else "")
    if m := _YEARED.fullmatch(packed):
        number = f"{m['name']}〔{m['year']}〕{int(m['n'])}号"
        if not m["open"] and not m["close"]:
            return number, "文号缺括号"
        return number, "" if "号" in packed else "文号缺“号”字"
    if (m := _ORDER.fullmatch(packed)) and m["body"] in ("国", "国务院"):
        return f"国务院令第{m['n']}号", ""
    return clean(text), ""
