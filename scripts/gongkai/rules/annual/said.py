"""Figures in running text that name a line of a table of the report: 新收申请9件, 予以公开5件, 行政复议1件. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.model import annual
from gongkai.patterns import regex

_N = r"(?P<n>\d{1,9})件"
_ZERO = r"(?P<zero>没有|未|无)"
_SENTENCE = regex(r"[^。；;]+")
_THOUSANDS = regex(r"(?<=\d),(?=\d{3}(?!\d))")
_OTHER_YEAR = regex(r"上年(?!结转|度结转)|去年|同比|比上|较上|以来|累计")


class Said(NamedTuple):
    """A statement: the words, their number, and the place in the tables that says the same.

    ``keys`` are rows of part 3 (their sum) or a line of part 2, ``blocks`` those of part 4, ``place`` the figure of a line of
    part 2. ``name`` is how a message calls it.
    """

    text: str
    value: int
    table: int
    name: str
    keys: tuple[str, ...] = ()
    column: str = annual.TOTAL
    blocks: tuple[int, ...] = ()
    place: int = 0


class _Sign(NamedTuple):
    pattern: re.Pattern[str]
    table: int
    name: str
    keys: tuple[str, ...] = ()
    blocks: tuple[int, ...] = ()
    place: int = 0


def _keys(start: str) -> tuple[str, ...]:
    return tuple(row.key for row in annual.RESULTS if row.key.startswith(start))


_SIGNS = (
    _Sign(
        regex(
            rf"(?:新收|收到|接收|共收|受理)(?:到)?(?:的)?(?:政府信息公开|信息公开|依申请公开|公开)?(?:的)?申请(?:事项|表)?(?:共)?{_N}"
            rf"|(?:新收|收到|接收|受理)(?:到)?(?:政府信息公开|依申请公开)?(?P<n2>\d{{1,9}})件(?:政府信息公开|依申请公开|信息公开)?申请"
            rf"|{_ZERO}(?:有)?(?:新收|收到|接到)(?:到)?(?:任何)?(?:政府信息公开|信息公开|依申请公开)?申请"
        ),
        3,
        "一、本年新收",
        (annual.NEW.key,),
    ),
    _Sign(
        regex(rf"上年(?:度)?结转(?:的)?(?:申请)?{_N}|{_ZERO}(?:有)?上年(?:度)?结转"),
        3,
        "二、上年结转",
        (annual.CARRIED_IN.key,),
    ),
    _Sign(regex(rf"(?<!不)予以公开(?:的)?{_N}"), 3, "（一）予以公开", ("granted",)),
    _Sign(regex(rf"部分公开(?:的)?{_N}"), 3, "（二）部分公开", ("partly",)),
    _Sign(regex(rf"不予公开(?:的)?{_N}"), 3, "（三）不予公开", _keys("withheld")),
    _Sign(regex(rf"无法提供(?:的)?{_N}"), 3, "（四）无法提供", _keys("unable")),
    _Sign(regex(rf"不予处理(?:的)?{_N}"), 3, "（五）不予处理", _keys("refused")),
    _Sign(regex(rf"其他处理(?:的)?{_N}"), 3, "（六）其他处理", _keys("other")),
    _Sign(regex(rf"(?<!未)(?:办结|答复|办理完毕)(?:申请|完毕)?(?:共)?{_N}"), 3, "（七）总计", (annual.DONE.key,)),
    _Sign(
        regex(
            rf"结转(?:到|至)?(?:下一?年度?|次年|20\d\d年(?:度)?)(?:继续)?(?:办理)?(?:的)?(?:申请)?{_N}"
            rf"|(?P<n2>\d{{1,9}})件(?:申请)?(?:[^，。；\d]{{0,14}}，)?(?:将|需)?结转(?:到|至)?(?:下一?年度?|次年|20\d\d年)"
            rf"|{_ZERO}(?:有)?结转(?:下年度?|20\d\d年)"
        ),
        3,
        "四、结转下年度继续办理",
        (annual.CARRIED_OUT.key,),
    ),
    _Sign(regex(rf"行政复议(?:案件|申请)?(?:共)?{_N}"), 4, "行政复议总计", blocks=(0,)),
    _Sign(regex(rf"行政诉讼(?:案件)?(?:共)?{_N}"), 4, "行政诉讼总计", blocks=(1, 2)),
    _Sign(
        regex(
            rf"(?<!废止)(?:制发|制定|出台|印发|新增)(?:了)?(?:行政)?规范性文件(?:共)?{_N}"
            rf"|{_ZERO}(?:有)?(?:制发|制定|出台)(?:行政)?规范性文件"
        ),
        2,
        "行政规范性文件·本年制发件数",
        ("normative",),
    ),
    _Sign(
        regex(rf"废止(?:了)?(?:行政)?规范性文件(?:共)?{_N}"),
        2,
        "行政规范性文件·本年废止件数",
        ("normative",),
        place=1,
    ),
    _Sign(
        regex(rf"现行有效(?:的)?(?:行政)?规范性文件(?:共)?{_N}|现行有效(?:的)?(?P<n2>\d{{1,9}})件(?:行政)?规范性文件"),
        2,
        "行政规范性文件·现行有效件数",
        ("normative",),
        place=2,
    ),
    _Sign(regex(rf"(?:作出|办理|办结)(?:的)?行政许可(?:决定)?{_N}"), 2, "行政许可", ("permits",)),
    _Sign(regex(rf"(?:作出|实施|办理|办结)(?:的)?行政处罚(?:决定)?{_N}"), 2, "行政处罚", ("penalties",)),
)
_APPLICANT = regex(rf"(?P<who>{'|'.join(annual.APPLICANTS[:-1])})(?:申请|提出)?(?P<n>\d{{1,9}})件")


def said(text: str, year: int) -> Iterator[Said]:
    """The statements of a paragraph, those on other years left out."""
    if not any(ch.isdigit() for ch in text) and not re.search("没有|未|无", text):
        return
    for match in _SENTENCE.finditer(_THOUSANDS.sub("", re.sub(r"[\s\u3000]+", "", text))):
        sentence = match[0]
        if _OTHER_YEAR.search(sentence) or _of_other_year(sentence, year):
            continue
        for sign in _SIGNS:
            for found in sign.pattern.finditer(sentence):
                yield Said(
                    found[0], _number(found), sign.table, sign.name, sign.keys, annual.TOTAL, sign.blocks, sign.place
                )
        if re.search(r"新收|收到[^，]{0,12}申请", sentence):
            for found in _APPLICANT.finditer(sentence):
                yield Said(
                    found[0], int(found["n"]), 3, f"一、本年新收·{found['who']}", (annual.NEW.key,), found["who"]
                )


def _of_other_year(sentence: str, year: int) -> bool:
    """Whether the sentence begins with another year than that of the report."""
    match = re.match(r"(?:其中)?[，,]?(20\d\d)年", sentence)
    return bool(match) and int(match[1]) != year if match else False


def _number(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("zero"):
        return 0
    return int(groups.get("n") or groups.get("n2") or 0)
