"""GK454, GK455: what a posted notice (公示, 公告) must show (R7.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.model import Finding, Item
from gongkai.patterns import regex
from gongkai.reading.structure import structure
from gongkai.rules.elements import codes
from gongkai.rules.elements.rows import on_show, start
from gongkai.rules.kind import by_item
from gongkai.rules.looks import has_one

_KINDS = ("公示", "公告")
_NOTICES = frozenset(_KINDS)
_MAYBE = frozenset({None, "其他", "通告", "名单"})
# Titles that only speak of notices: boards, rules about them, records that they took place.
_ABOUT = regex(
    r"公[示告](?:栏|牌|屏|制度|办法|细则|规定|规范|工作|情况|照片|档案|台账|登记|目录|指南|流程|率|墙)|解读|(?:通知|报告|方案|办法|细则|意见|制度|规定)(?:[(（].*)?$"
)
# What a notice is that asks for objections, and what one is that only makes known.
_TAKES = regex(
    r"公示期|公告期|公示(?:时间|期限)|公告(?:时间|期限)|异议|(?:予以|现将.*?|进行)公示|公示如下|征求意见|征集|意见(?:收集|反馈|反映)"
)
_SIGNS = regex(r"公[示告](?:如下|期|时间|期限)|(?:予以|现将[^。]*|特此|进行)公[示告]|异议")
# Whether there is a day is all that is asked, so a day begins with the last digit of its month, which is found soonest, and
# ends with the first of its date where nothing has to follow.
_DAY = r"\d\s*[月./-]\s*\d{1,2}\s*日?"
_NEXT_DAY = r"(?:20\d\d\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d"
_SPAN = regex(
    rf"{_DAY}\s*(?:[(（][^()（）]*[)）])?\s*(?:起|上午|下午|\d+[:：时]\d*)*\s*(?:[,，]?\s*至|到|—+|-+|~|～|–|开始[,，]?\s*至)\s*{_NEXT_DAY}"
)
_UNTIL = regex(rf"(?:截[止至]|前|期满).{{0,12}}{_NEXT_DAY}")
_BEFORE = regex(rf"{_DAY}.{{0,8}}(?:前|截止|止)")
_FROM_NOW = regex(r"自(?:本)?(?:公告|公示|发布|张贴|公布)(?:发布)?之日起?")
_DAYS = regex(
    r"(?<![月\d])\d+\s*个?\s*(?:工作日|自然日|日历日|天|日(?!起|至|前|止|内))|(?<!月)[一二三五七十]+个?(?:工作日|自然日|日历日|天|日(?!起|至))"
)
_BASIS = regex(r"《[^》]+》|[〔\[［【(（]20\d\d[〕\]］】)）]\s*\d+\s*号|(?:根据|依据|按照|依照|经|鉴于|因|为了?)")
_OBJECTION = ("联系", "异议", "反映", "反馈", "举报", "投诉", "意见", "不同看法", "有疑问", "监督", "咨询")
_OBJECTION_PROPER = ("异议", "反映", "举报", "投诉", "不同意见", "提出意见", "反馈意见", "意见反馈", "有意见")
_PHONE = regex(
    r"(?<![\d.])(?:0\d{2,3}[-—－ ]?)?[2-8]\d{6,7}(?![\d.])|(?<!\d)1[3-9][\d*]{9}(?!\d)|(?<!\d)(?:12\d{3}|9\d{4,5})(?!\d)"
)
_ADDRESS_WORDS = ("办公室", "地址", "村委会", "居委会", "窗口", "邮箱", "信箱", "邮编", "邮政编码", "@")
_ADDRESS = regex(r"[路街巷道村镇]\S{0,12}\d+号|\d室|服务(?:中心|站)")
_SUPERVISION_WORDS = ("监督", "举报", "投诉")
_HOTLINE = regex(r"(?<!\d)12\d{3}(?!\d)")
_SIGNED = regex(
    r"(?:20\d\d|二[〇○零OoＯ]\S{2})\s*年\s*[\d一二三四五六七八九十元]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
)
# Every number of a telephone has five figures (or masked ones) in a row, and is one from there on.
_FIGURES = regex(r"\d[\d*]{4}")
_DIGIT = regex(r"\d")
_LIST = regex(r"^\s*(?:[-*+]|\d+[.、)）])\s*\S", re.MULTILINE)
_TAIL = 4
_BRIEF = 160
_PAGE = 40

_EXAMPLES = {
    "“公示”或“公告”字样（标题里）": "title: 关于……的公示",
    "事由和依据": "根据《……办法》（示政发〔2026〕12号），现将……公示如下。",
    "名单、表格或者具体内容": "| 项目 | 金额（元） |\n| --- | ---: |",
    "起止日期": "公示时间：2026年10月9日至2026年10月15日，共7个自然日。",
    "天数和计算单位（自然日还是工作日）": "共7个自然日",
    "受理异议的单位": "有异议的，请在公示期内向示范镇社会事务办公室反映。",
    "联系电话": "联系电话：0666-5550120",
    "联系地址或者信箱": "联系地址：示范镇政通路1号，邮政编码999011",
    "监督电话": "监督电话：12345",
    "落款单位和日期": "示范镇人民政府\n\n2026年10月9日",
    "索引号（内容超过一页）": "index_number: 11999999MB0000001X/2026-00117",
}
(TITLE, BASIS, LIST, DATES, DAYS, BODY, PHONE, ADDRESS, SUPERVISION, SIGNED, NUMBER) = _EXAMPLES
_GRAVE = (DATES, BODY, PHONE)


class Notice(Struct, frozen=True):
    """What was not found in a notice."""

    missing: tuple[str, ...]


@by_item
def notice_incomplete(dataset: Dataset) -> Iterator[Finding]:
    """R7.3: the nine things of a notice; what is missing is named in one finding.

    A 公告 that asks for no objections (a tender, a road closed) needs no period, body for objections or supervision.
    A line or two that report totals under such a title are none, unless the genre says so. The error is kept for a
    公示 with a list that calls itself one and has neither a period nor a way to object; the unit of amounts is looked at with the tables (GK701 and following).
    """
    for item in dataset.items:
        kind = notice_kind(item)
        if kind is None or not on_show(dataset, item):
            continue
        notice = read_notice(item, kind)
        if not notice.missing:
            continue
        grave = (
            kind == "公示"
            and set(_GRAVE) <= set(notice.missing)
            and _lists(item)
            and (item.genre == kind or bool(_SIGNS.search(item.body)))
        )
        shown = notice.missing if not grave else [name for name in notice.missing if name not in _GRAVE[:2]]
        example = "\n".join(_EXAMPLES[name] for name in notice.missing[:4])
        found = codes.NOTICE_WITHOUT_OBJECTION if grave else codes.NOTICE_INCOMPLETE
        yield found.at(start(item), kind=kind, missing="、".join(shown), example=example)


def notice_kind(item: Item) -> str | None:
    """``公示`` or ``公告`` for a notice, else None; the last such word of the title counts."""
    title, genre = item.title, item.genre
    shown, told = title.rfind("公示"), title.rfind("公告")
    if genre not in _NOTICES and (genre not in _MAYBE or shown == told or _ABOUT.search(title)):
        return None  # shown == told: neither is there
    kind = genre if shown == told else "公示" if shown > told else "公告"
    if kind == "公告" or genre == "公示":
        return kind
    return kind if len(item.body) > _BRIEF or structure(item.body).tables else None


def read_notice(item: Item, kind: str) -> Notice:
    """Look for the nine things."""
    body, period = item.body, item.notice_period
    objections = kind == "公示" or period is not None or bool(_TAKES.search(body))
    dated = period is not None or bool(_SPAN.search(body))
    has = {
        TITLE: has_one(item.title, _KINDS),
        BASIS: bool(_BASIS.search(body)),
        LIST: bool(item.attachments or item.links or _DIGIT.search(body)) or _lists(item),
        DATES: not objections or dated or (kind == "公告" and not _FROM_NOW.search(body) and _windowed(body)),
        DAYS: not objections
        or not dated
        or kind == "公告"
        or bool(period and period.count)
        or bool(_DAYS.search(body)),
        BODY: not objections or has_one(body, _OBJECTION_PROPER if kind == "公示" else _OBJECTION),
        PHONE: _has_phone(body),
        ADDRESS: not objections or has_one(body, _ADDRESS_WORDS) or bool(_ADDRESS.search(body)),
        SUPERVISION: kind != "公示" or has_one(body, _SUPERVISION_WORDS) or bool(_HOTLINE.search(body)),
        SIGNED: _signed(body),
        NUMBER: item.index_number is not None or sum(len(t.rows) for t in structure(body).tables) <= _PAGE,
    }
    return Notice(tuple([name for name, found in has.items() if not found]))


def _lists(item: Item) -> bool:
    """Whether there is a list or a table."""
    return bool(structure(item.body).tables or _LIST.search(item.body))


def _windowed(body: str) -> bool:
    """Whether the text says until which day."""
    return bool(_UNTIL.search(body) or _BEFORE.search(body))


def _has_phone(body: str) -> bool:
    """Whether there is a number of a telephone: behind the word, as a rule, so one is looked for there first."""
    named = body.find("电话")
    return (named >= 0 and _phone_from(body, named)) or _phone_from(body, 0)


def _phone_from(body: str, at: int) -> bool:
    figures = _FIGURES.search(body, at)
    return bool(figures and _PHONE.search(body, figures.start()))


def _signed(body: str) -> bool:
    """A date in Chinese form among the last lines, which are read from the end."""
    left = _TAIL
    for line in reversed(body.rstrip().rsplit("\n", 3 * _TAIL)):
        if not left:
            break
        if _SIGNED.search(line):
            return True
        if line and not line.isspace():
            left -= 1
    return any(d.label == "日期" for d in structure(body).definitions)


RULES = (notice_incomplete,)
