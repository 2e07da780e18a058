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

SHOWN = 24
# A cheap look first: none of these, nothing to read.
_TEMPLATE_SIGNS = (
    "填写",
    "此处",
    "补充",
    "XX",
    "××",
    "xx",
    "某某",
    "【",
    "表格形式",
    "orem ipsum",
    "OREM",
    "请在这里",
    "说明：本",
)
_TEMPLATE_LIKE = regex("|".join(_TEMPLATE_SIGNS))
_TEMPLATE = regex(
    r"请(?:在此|在这里|于此处?)?(?:填写|填入|输入)(?:[^，。；\n]{0,12}(?=[】）)\]…]|$)|实际|具体)"
    r"|[（(【\[](?:请|待)(?:填写|补充|填|输入)[^）)】\]\n]{0,20}[）)】\]]"
    r"|此处(?:填写|输入|插入|省略|应填)[^，。；\n]{0,12}"
    r"|(?<![需应及可])待(?:补充|填写|完善)(?=[】）)。]|$)"
    r"|(?:20)?(?:[X×x]{2,4}|[X×x]{1,2}(?=年[X×x]))年(?:[X×x]{1,2}月)?(?:[X×x]{1,2}日)?"
    r"|(?<![\u4e00-\u9fff×X])(?:[X×]{2,4}|某某)(?:镇|乡|街道|县|区|省)(?:人民政府|办事处)?"
    r"|〔(?:[X×x]{1,4}|20[X×x]{2})〕\s*[X×x\d]+号"
    r"|【\s*】|【(?:标题|正文|内容|单位|日期|名称|附件|填写|请)[^】\n]{0,12}】"
    r"|(?:该|本|此|这一?)部分(?:内容)?以表格形式(?:报告|填报|呈现)[^。\n]{0,2}。?"
    r"|lorem ipsum",
    re.MULTILINE | re.IGNORECASE,
)
_UNFILLED = regex(r"<!-- (请在这里写[^>\n]{0,60}?) -->\s*(?=\Z|^#)", re.MULTILINE)

_SHELL_SIGNS = (
    "打印",
    "关闭",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "友情链接",
    "字体",
    "分享到",
    "位置",
    "次数",
    "点击",
    "扫一扫",
    "版权所有",
    "返回顶部",
    "网站地图",
)
_SHELL_LIKE = regex("|".join(_SHELL_SIGNS))
_SHELL = regex(
    r"(?:【|\[|［)(?:打印|关闭)[^】\]］\n]{0,8}(?:】|\]|］)"
    r"|(?:打印(?:本页|本文|此页|页面)?|关闭(?:窗口|页面|本页)?)[ \u3000|/｜·]*(?:打印(?:本页|本文|此页|页面)?|关闭(?:窗口|页面|本页)?)"
    r"|^[ \u3000*]*(?:打印|关闭|打印本页|打印本文|关闭窗口|关闭页面|返回顶部|网站地图|友情链接)[ \u3000*]*$"
    r"|(?<![\u4e00-\u9fff])[上下]一[篇条][ \u3000]*[：:][^\n]{0,20}"
    r"|友情链接[ \u3000]*[：:][^\n]{0,20}|^[ \u3000]*友情链接[^\n]{0,20}"
    r"|字体(?:大小)?[ \u3000]*[：:][ \u3000]*[\[【]?[大中小][^\n]{0,12}"
    r"|分享到[ \u3000]*[：:][^\n]{0,12}"
    r"|(?:您(?:现在)?(?:的|所在的)|当前|现在)位置[ \u3000]*[：:][^\n]{0,20}"
    r"|(?:浏览|阅读|点击|访问)次数[ \u3000]*[：:][^\n]{0,8}|点击(?:数|量|率)[ \u3000]*[：:][^\n]{0,8}"
    r"|扫一扫[^。\n]{0,6}(?:手机|移动端|当前页)[^。\n]{0,8}"
    r"|版权所有[ \u3000]*[：:©][^\n]{0,20}",
    re.MULTILINE,
)

_HAN = "\u4e00-\u9fff"
_TWICE = regex(rf"([{_HAN}]{{3,8}}?)\1(?!\1)")
_HAN_RUN = regex(rf"[{_HAN}]{{6,}}")
_SPANS = range(3, 9)


@by_item
def template_text(dataset: Dataset) -> Iterator[Finding]:
    """R2.8: what a template says to its user is not for the public."""
    for item in dataset.items:
        if item.draft:
            continue
        if match := _TEMPLATE.search(item.title) if _TEMPLATE_LIKE.search(item.title) else None:
            yield codes.TEMPLATE_TEXT.at(item.place("title"), field="title", text=match[0][:SHOWN])
        if _TEMPLATE_LIKE.search(item.body):
            found = sorted((*_TEMPLATE.finditer(item.body), *_UNFILLED.finditer(item.body)), key=lambda m: m.start())
            for match in found:
                text = match[match.lastindex or 0]
                yield codes.TEMPLATE_TEXT.at(place_in_body(item, match.start()), text=text.strip()[:SHOWN])


@by_item
def shell_text(dataset: Dataset) -> Iterator[Finding]:
    """R8.2 (I 09): words of the page around the text."""
    for item in dataset.items:
        if _SHELL_LIKE.search(item.body):
            told = -1
            for match in _SHELL.finditer(item.body):
                place = place_in_body(item, match.start())
                if place.line != told:
                    yield codes.SHELL_TEXT.at(place, text=match[0].strip()[:SHOWN])
                told = place.line


@by_item
def words_twice(dataset: Dataset) -> Iterator[Finding]:
    """R8.2 (I 23): 开始对开始对."""
    for item in dataset.items:
        for start, once in repeats(item.body):
            yield codes.WORDS_TWICE.at(place_in_body(item, start), text=once * 2, once=once)


def repeats(text: str) -> Iterator[tuple[int, str]]:
    """Three to eight Han characters that stand twice in a row, with their place.

    A text laid over itself ``n`` characters on is zero where it repeats: a few operations on one large number each, where
    a pattern with a back reference tries every place. Only runs of Han characters long enough are laid over.
    """
    data = "\n".join(_HAN_RUN.findall(text)).encode("utf-16-le")
    number, size = int.from_bytes(data, "little"), len(data)
    for span in _SPANS:
        kept = size - 2 * span
        if kept < 2 * span:
            return
        same = (number ^ (number >> 16 * span)).to_bytes(size, "little")
        if same.find(bytes(2 * span), 0, kept) >= 0:
            break
    else:
        return
    for match in _TWICE.finditer(text):
        if len(set(match[1])) > 1:
            yield match.start(), match[1]


RULES = (template_text, shell_text, words_twice)
