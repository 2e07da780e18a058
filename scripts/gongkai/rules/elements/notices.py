"""GK454, GK455: what a posted notice (公示, 公告) must show (R7.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.dataset import Dataset
from gongkai.model import Finding, Item
from gongkai.patterns import regex
from gongkai.reading.structure import BodyStructure, structure
from gongkai.rules.elements import codes
from gongkai.rules.elements.rows import judged, start
from gongkai.rules.kind import by_item

_KIND = regex(r"公示|公告")
# Titles that only speak of notices: boards, rules about them, records that they took place.
_ABOUT = regex(
    r"公[示告](?:栏|牌|屏|制度|办法|细则|规定|规范|工作|情况|照片|档案|台账|登记|目录|指南|流程|率|墙)|解读|(?:通知|报告|方案|办法|细则|意见|制度|规定)(?:[(（].*)?$"
)
# What a notice is that asks for objections, and what one is that only makes known.
_TAKES = regex(
    r"公示期|公告期|公示(?:时间|期限)|公告(?:时间|期限)|异议|(?:予以|现将.*?|进行)公示|公示如下|征求意见|征集|意见(?:收集|反馈|反映)"
)
_SIGNS = regex(r"公[示告](?:如下|期|时间|期限)|(?:予以|现将[^。]*|特此|进行)公[示告]|异议")
_DATE = r"(?:20\d\d\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
_SPAN = regex(
    rf"{_DATE}\s*(?:[(（][^()（）]*[)）])?\s*(?:起|上午|下午|\d+[:：时]\d*)*\s*(?:[,，]?\s*至|到|—+|-+|~|～|–|开始[,，]?\s*至)\s*{_DATE}"
)
_WINDOW = regex(rf"(?:截止|截至|之?前|期满).{{0,12}}{_DATE}|{_DATE}.{{0,8}}(?:前|截止|止)")
_FROM_NOW = regex(r"自(?:本)?(?:公告|公示|发布|张贴|公布)(?:发布)?之日起?")
_DAYS = regex(
    r"(?<![月\d])\d+\s*个?\s*(?:工作日|自然日|日历日|天|日(?!起|至|前|止|内))|(?<!月)[一二三五七十]+个?(?:工作日|自然日|日历日|天|日(?!起|至))"
)
_BASIS = regex(r"《[^》]+》|[〔\[［【(（]20\d\d[〕\]］】)）]\s*\d+\s*号|(?:根据|依据|按照|依照|经|鉴于|因|为了?)")
_OBJECTION = regex(r"异议|反映|反馈|举报|投诉|意见|不同看法|有疑问|监督|咨询|联系")
_OBJECTION_PROPER = regex(r"异议|反映|举报|投诉|不同意见|提出意见|反馈意见|意见反馈|有意见")
_PHONE = regex(
    r"(?<![\d.])(?:0\d{2,3}[-—－ ]?)?[2-8]\d{6,7}(?![\d.])|(?<!\d)1[3-9][\d*]{9}(?!\d)|(?<!\d)(?:12\d{3}|9\d{4,5})(?!\d)"
)
_ADDRESS = regex(
    r"地址|[路街巷道村镇]\S{0,12}\d+号|\d+室|办公室|邮箱|信箱|邮编|邮政编码|窗口|@|村委会|居委会|服务(?:中心|站)"
)
_SUPERVISION = regex(r"监督|举报|投诉|(?<!\d)12\d{3}(?!\d)")
_SIGNED = regex(
    r"(?:20\d\d|二[〇○零OoＯ]\S{2})\s*年\s*[\d一二三四五六七八九十元]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
)
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


@dataclass(frozen=True)
class Notice:
    """What was found in a notice. ``lists`` says that it shows a list or a table."""

    missing: tuple[str, ...]
    lists: bool


@by_item
def notice_incomplete(dataset: Dataset) -> Iterator[Finding]:
    """R7.3: the nine things of a notice; what is missing is named in one finding.

    A 公告 that asks for no objections (a tender, a road closed) needs no period, body for objections or supervision.
    A line or two that report totals under such a title are none, unless the genre says so. The error is kept for a
    公示 with a list that calls itself one and has neither a period nor a way to object; the unit of amounts is looked at with the tables (GK701 and following).
    """
    for item in judged(dataset):
        kind = notice_kind(item)
        if kind is None:
            continue
        notice = read_notice(item, kind)
        if not notice.missing:
            continue
        grave = (
            kind == "公示"
            and notice.lists
            and set(_GRAVE) <= set(notice.missing)
            and (item.genre == kind or bool(_SIGNS.search(item.body)))
        )
        shown = notice.missing if not grave else [name for name in notice.missing if name not in _GRAVE[:2]]
        example = "\n".join(_EXAMPLES[name] for name in notice.missing[:4])
        found = codes.NOTICE_WITHOUT_OBJECTION if grave else codes.NOTICE_INCOMPLETE
        yield found.at(start(item), kind=kind, missing="、".join(shown), example=example)


def notice_kind(item: Item) -> str | None:
    """``公示`` or ``公告`` for a notice, else None; the last such word of the title counts."""
    named = _KIND.findall(item.title)
    if item.genre not in (None, "公示", "公告", "其他", "通告", "名单"):
        return None
    if item.genre not in ("公示", "公告") and (not named or _ABOUT.search(item.title)):
        return None
    kind = named[-1] if named else item.genre
    full = len(item.body) > _BRIEF or bool(structure(item.body).tables)
    return kind if kind == "公告" or item.genre == "公示" or full else None


def read_notice(item: Item, kind: str) -> Notice:
    """Look for the nine things."""
    body, parts = item.body, structure(item.body)
    lists = bool(parts.tables or _LIST.search(body))
    objections = kind == "公示" or item.notice_period is not None or bool(_TAKES.search(body))
    dated = item.notice_period is not None or bool(_SPAN.search(body))
    counted = bool((item.notice_period and item.notice_period.count) or _DAYS.search(body))
    has = {
        TITLE: bool(_KIND.search(item.title)),
        BASIS: bool(_BASIS.search(body)),
        LIST: lists or bool(item.attachments or item.links) or bool(re.search(r"\d", body)),
        DATES: not objections
        or dated
        or (kind == "公告" and not _FROM_NOW.search(body) and bool(_WINDOW.search(body))),
        DAYS: not objections or counted or kind == "公告" or not dated,
        BODY: not objections or bool((_OBJECTION_PROPER if kind == "公示" else _OBJECTION).search(body)),
        PHONE: bool(_PHONE.search(body)),
        ADDRESS: not objections or bool(_ADDRESS.search(body)),
        SUPERVISION: kind != "公示" or bool(_SUPERVISION.search(body)),
        SIGNED: _signed(body, parts),
        NUMBER: item.index_number is not None or sum(len(t.rows) for t in parts.tables) <= _PAGE,
    }
    return Notice(tuple(name for name, found in has.items() if not found), lists)


def _signed(body: str, parts: BodyStructure) -> bool:
    """A date in Chinese form among the last lines."""
    last = [line for line in body.rstrip().rsplit("\n", 3 * _TAIL) if line.strip()][-_TAIL:]
    return any(_SIGNED.search(line) for line in last) or any(d.label == "日期" for d in parts.definitions)


RULES = (notice_incomplete,)
