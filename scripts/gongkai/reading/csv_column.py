"""The columns of the tables that clerks keep beside mkdocs.yml: headings, other headings that mean the same, personal ones."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from gongkai.patterns import regex

PERSONAL = regex(
    r"姓名|名字|^申请人$|^申请人名称$|联系人|联系方式|电话|手机|身份证|证件|住址|地址|邮箱|微信|出生|^性别$|^年龄$|代理人|监护人"
)
"""Headings that ask for personal data, which no such table has (R5.1)."""

_MARKS = regex(r"[\s\u3000，,。；;：:、.．·“”\"'‘’()（）\-—－–/]+")


class Column(NamedTuple):
    """A column. ``key`` is its name in findings and in the record that a line becomes."""

    key: str
    heading: str
    example: str
    needed: bool = False
    aliases: tuple[str, ...] = ()


def fold(text: str) -> str:
    """A heading or value without blanks, punctuation and width."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))
