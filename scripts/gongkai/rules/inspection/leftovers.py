"""Rules about text that should not be there: unfilled templates, the old site's shell, words pasted twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding
from gongkai.patterns import regex
from gongkai.rules.inspection import codes
from gongkai.rules.inspection.places import place_in_body
from gongkai.rules.kind import by_item
from gongkai.rules.looks import Way, Words, holds, places

SHOWN = 24
# A cheap look first: none of these, nothing to read.
_TEMPLATE_SIGNS: Words = (
    ("填", ("填写", "填入", "请填", "待填")),
    ("输", ("输入",)),
    ("此", ("此处",)),
    ("充", ("补充",)),
    ("完", ("待完善",)),
    ("X", ("XX", "X×", "Xx", "X年", "〔X")),
    ("×", ("××", "×X", "×x", "×年", "〔×")),
    ("x", ("xx", "xX", "x×", "x年", "〔x")),
    ("某", ("某某",)),
    ("【", ("【",)),
    ("形", ("表格形式",)),
    ("m", ("orem ",)),
    ("M", ("OREM ",)),
    ("这", ("请在这里",)),
)
_UNFILLED_YEAR = r"[X×x](?:[X×x]{1,3}|[X×x]?(?=年[X×x]))年(?:[X×x]{1,2}月)?(?:[X×x]{1,2}日)?"
_UNFILLED_PLACE = r"(?:镇|乡|街道|县|区|省)(?:人民政府|办事处)?"
_TEMPLATE = tuple(
    Way(words, regex(pattern, re.MULTILINE))
    for words, pattern in (
        (
            ("填", "输入"),
            r"请(?:在此|在这里|于此处?)?(?:填写|填入|输入)(?:[^，。；\n]{0,12}(?=[】）)\]…]|$)|实际|具体)",
        ),
        *(
            ((bracket,), rf"{re.escape(bracket)}(?:请|待)(?:填写|补充|填|输入)[^）)】\]\n]{{0,20}}[）)】\]]")
            for bracket in "（(【["
        ),
        (("此处",), r"此处(?:填写|输入|插入|省略|应填)[^，。；\n]{0,12}"),
        (("待",), r"待(?<![需应及可]待)(?:补充|填写|完善)(?=[】）)。]|$)"),
        (("20",), rf"20{_UNFILLED_YEAR}"),
        (("X", "×", "x"), _UNFILLED_YEAR),
        (("X", "×", "x"), rf"[X×x](?<![\u4e00-\u9fff×Xx].)[X×x]{{1,3}}{_UNFILLED_PLACE}"),
        (("某",), rf"某某(?<![\u4e00-\u9fff×Xx]..){_UNFILLED_PLACE}"),
        (("〔",), r"〔(?:[X×x]{1,4}|20[X×x]{2})〕\s*[X×x\d]+号"),
        (("【",), r"【\s*】|【(?:标题|正文|内容|单位|日期|名称|附件|填写|请)[^】\n]{0,12}】"),
        (
            ("以表格形式",),
            r"(?:该|本|此|这一?)部分(?:内容)?以表格形式(?:报告|填报|呈现)[^。\n]{0,2}。?",
        ),
        (("m", "M"), r"[Ll]orem [Ii]psum|LOREM IPSUM"),
    )
)
_UNFILLED = regex(r"<!-- (请在这里写[^>\n]{0,60}?) -->\s*(?=\Z|^#)", re.MULTILINE)

_POSITION = ("的位置", "前位置", "在位置")
_SHELL_SIGNS: Words = (
    ("印", ("打印",)),
    ("闭", ("关闭",)),
    ("篇", ("上一篇", "下一篇")),
    ("一条", ("上一条", "下一条")),
    ("友", ("友情链接",)),
    ("字", ("字体",)),
    ("享", ("分享到",)),
    ("置", _POSITION),
    *((letter, (f"{letter}次数",)) for letter in "览读问"),
    ("击", ("点击",)),
    ("扫", ("扫一扫",)),
    ("版", ("版权所有",)),
    ("返", ("返回顶部",)),
    ("图", ("网站地图",)),
)
_SHELL = tuple(
    Way(words, regex(pattern, re.MULTILINE))
    for words, pattern in (
        *(((bracket,), rf"{re.escape(bracket)}(?:打印|关闭)[^】\]］\n]{{0,8}}(?:】|\]|］)") for bracket in "【[［"),
        (
            ("印", "闭"),
            r"(?:打印(?:本页|本文|此页|页面)?|关闭(?:窗口|页面|本页)?)[ \u3000|/｜·]*(?:打印(?:本页|本文|此页|页面)?|关闭(?:窗口|页面|本页)?)",
        ),
        (
            ("打印", "关闭", "返回顶部", "网站地图", "友情链接"),
            r"^[ \u3000*]*(?:打印|关闭|打印本页|打印本文|关闭窗口|关闭页面|返回顶部|网站地图|友情链接)[ \u3000*]*$",
        ),
        (("一篇", "一条"), r"(?<![\u4e00-\u9fff])[上下]一[篇条][ \u3000]*[：:][^\n]{0,20}"),
        (("友情链接",), r"友情链接[ \u3000]*[：:][^\n]{0,20}|^[ \u3000]*友情链接[^\n]{0,20}"),
        (("字体",), r"字体(?:大小)?[ \u3000]*[：:][ \u3000]*[\[【]?[大中小][^\n]{0,12}"),
        (("分享到",), r"分享到[ \u3000]*[：:][^\n]{0,12}"),
        (
            _POSITION,
            r"(?:您(?:现在)?(?:的|所在的)|当前|现在)位置[ \u3000]*[：:][^\n]{0,20}",
        ),
        (
            ("览次数", "读次数", "问次数", "点击"),
            r"(?:浏览|阅读|点击|访问)次数[ \u3000]*[：:][^\n]{0,8}|点击(?:数|量|率)[ \u3000]*[：:][^\n]{0,8}",
        ),
        (("扫一扫",), r"扫一扫[^。\n]{0,6}(?:手机|移动端|当前页)[^。\n]{0,8}"),
        (("版权所有",), r"版权所有[ \u3000]*[：:©][^\n]{0,20}"),
    )
)

_HAN = "\u4e00-\u9fff"
_TWICE = regex(rf"([{_HAN}]{{3,8}}?)\1(?!\1)")
# By the upper byte of a character: 0 for Han characters, 255 for all others.
_NOT_HAN = bytes(0 if 0x4E <= byte <= 0x9F else 0xFF for byte in range(256))
_TOGETHER = 32  # bodies laid over themselves at once
_SPANS = range(3, 9)


@by_item
def template_text(dataset: Dataset) -> Iterator[Finding]:
    """R2.8: what a template says to its user is not for the public."""
    for item in dataset.items:
        if item.draft:
            continue
        if holds(item.title, _TEMPLATE_SIGNS) and (match := next(places(_TEMPLATE, item.title), None)):
            yield codes.TEMPLATE_TEXT.at(item.place("title"), field="title", text=match[0][:SHOWN])
        if holds(item.body, _TEMPLATE_SIGNS):
            found = sorted((*places(_TEMPLATE, item.body), *_UNFILLED.finditer(item.body)), key=lambda m: m.start())
            for match in found:
                text = match[match.lastindex or 0]
                yield codes.TEMPLATE_TEXT.at(place_in_body(item, match.start()), text=text.strip()[:SHOWN])


@by_item
def shell_text(dataset: Dataset) -> Iterator[Finding]:
    """R8.2 (I 09): words of the page around the text."""
    for item in dataset.items:
        if holds(item.body, _SHELL_SIGNS):
            told = -1
            for match in places(_SHELL, item.body):
                place = place_in_body(item, match.start())
                if place.line != told:
                    yield codes.SHELL_TEXT.at(place, text=match[0].strip()[:SHOWN])
                told = place.line


@by_item
def words_twice(dataset: Dataset) -> Iterator[Finding]:
    """R8.2 (I 23): 开始对开始对."""
    for first in range(0, len(dataset.items), _TOGETHER):
        items = dataset.items[first : first + _TOGETHER]
        if _may_repeat("\n".join([item.body for item in items])):
            for item in items:
                for start, once in repeats(item.body):
                    yield codes.WORDS_TWICE.at(place_in_body(item, start), text=once * 2, once=once)


def repeats(text: str) -> Iterator[tuple[int, str]]:
    """Three to eight Han characters that stand twice in a row, with their place."""
    if _may_repeat(text):
        for match in _TWICE.finditer(text):
            if len(set(match[1])) > 1:
                yield match.start(), match[1]


def _may_repeat(text: str) -> bool:
    """Whether three to eight Han characters may stand twice in a row.

    A text laid over itself ``n`` characters on is zero where it repeats: a few operations on one large number each, where
    a pattern with a back reference tries every place. The lower byte of each character is enough for that; where no Han
    character stands, nothing counts as zero.
    """
    data = text.encode("utf-16-le", "surrogatepass")
    low, high = data[::2], data[1::2]
    number, others = int.from_bytes(low, "little"), int.from_bytes(high.translate(_NOT_HAN), "little")
    for span in _SPANS:
        apart = (number ^ (number >> 8 * span)) | others
        if bytes(span) in apart.to_bytes(len(low), "little"):
            return True
    return False


RULES = (template_text, shell_text, words_twice)
