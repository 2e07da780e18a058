"""Asterisks that hide letters of names and numbers (王*明, 138****1234) are no Markdown.

CommonMark takes two of them in one line for italics or bold type and swallows them. A list that was masked on paper must
not lose its masks on the site, so they are escaped before the body is parsed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.patterns import regex

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# The hundred commonest family names and the common double ones: before ** they tell 张** (a mask) from 请**注意** (bold).
_NAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_DOUBLE = "欧阳|上官|司马|诸葛|司徒|东方|夏侯|皇甫|尉迟|公孙|慕容|令狐"
_STOP = r"(?:^|(?<=[^\w*\\])|(?<=[和与及等户为是]))"
# Each with a text it needs. All but the last begin with an asterisk, which is found fast, and look back from there.
_PATTERNS = (
    ("***", regex(r"\*(?<=[^\s*\\]\*)\*{2,}")),  # three and more, after a letter or figure
    ("*", regex(r"\*(?<=\d\*)\*?(?=\d)")),  # between figures
    ("*", regex(rf"\*(?<=[{_HAN}]\*)(?=[{_HAN}、，。；：,;）)\s|]|$)")),  # one, after a Han character
    ("**", regex(rf"{_STOP}(?P<name>[{_NAMES}]|{_DOUBLE})\*\*(?!\*)")),  # two, after a family name
)
# What each of them needs or more, looked for from the asterisk on: most bodies with bold text have none of it.
_ANY = regex(
    r"\*(?:(?<=[^\s*\\]\*)\*\*|(?<=\d\*)\*?\d"
    rf"|(?<=[^\W\da-zA-Z_]\*)(?!\*)|(?<=[{_NAMES}{_DOUBLE.replace('|', '')}]\*)\*(?!\*))"
)
_FENCE = regex(r"^ {0,3}(```|~~~)")
_CODE = regex(r"(`+[^`]*`+)")


@lru_cache(maxsize=16_384)
def protect_masks(body: str) -> str:
    """``body`` with the asterisks of masks escaped; code, rules and emphasis stay as they are.

    Kept, as a body is read for its rules and again for its page.
    """
    if "*" not in body or not _ANY.search(body):
        return body
    lines, fenced = body.split("\n"), False
    if "`" not in body and "~~~" not in body:  # there is no code
        return "\n".join([_protect(line) if "*" in line else line for line in lines])
    for n, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and "*" in line:
            parts = _CODE.split(line) if "`" in line else [line]
            lines[n] = "".join([part if k % 2 else _protect(part) for k, part in enumerate(parts)])
    return "\n".join(lines)


def _protect(text: str) -> str:
    if not _ANY.search(text):
        return text
    for needed, pattern in _PATTERNS:
        if needed in text:
            text = pattern.sub(_escaped, text)
    return text


def _escaped(mask: re.Match[str]) -> str:
    return mask[0].replace("*", "\\*")
