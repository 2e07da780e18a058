"""Numbers that belong to persons, found in a text in whatever disguise (R5.7). Pure: text in, hits out.

Digits may be full-width, set apart by spaces, hyphens or dots, or split by characters that nobody sees. What looks alike and
is public (unified social credit codes, index numbers, budget codes, landlines, dates, amounts) is no hit.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from gongkai.patterns import regex
from gongkai.privacy.check_digits import card, credit_code, id_old, id_shaped, id_valid, place_known
from gongkai.privacy.runs import MASK_SIGNS, SEEN_GAP, X, at_signs, long_runs, may_be_masked

_MASKED = regex(
    rf"(?<![\dA-Za-z])(?P<front>\d+)(?P<hidden>(?:\\?[{MASK_SIGNS}]|[ -](?=\\?[{MASK_SIGNS}])){{2,}})[ -]?(?P<back>\d*[XxＸｘ]?)(?![\dA-Za-z])"
)
_MARKUP = regex(r"&#(?:x[0-9a-f]+|\d+);|&(?:nbsp|ensp|emsp|thinsp|shy|zwj|zwnj|ZeroWidthSpace);|</?[a-z][^<>]*>", re.I)
_BOX = regex(
    r"[@＠]((?:vip\.)?(?:qq|163|126|yeah|sina|sohu|139|189|gmail|hotmail|outlook|live|foxmail|aliyun|yahoo|tom|21cn|"
    r"icloud|msn|wo|263|188|88)\.(?:com|cn|net)(?:\.cn)?)(?![\w-])",
    re.ASCII | re.I,
)
_BOX_OWNER = regex(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*$", re.ASCII)
# How ID numbers, mobile numbers and cards begin; years of dates and area codes of landlines do not.
_BEGINS = regex(r"00|1|2[1-7]|3[1-7]|[45]\d|6[0-589]|71|8[1236]|9[4589]")
_LENGTHS = frozenset((11, 13, 15, 16, 17, 18, 19))

_CODE_WORDS = regex(
    r"(?:代码|编码|编号|索引号|索取号|单号|批号|流水号|备案号|许可证号?|注册号|登记号|证书号|权证号?|合同号?|图号|宗地号?|项目号|采购号|标识码|条码|备案|[Nn][Oo][.:：]?)"
    r"[^\d\n]{0,6}$"
)
_PERSONAL_WORDS = regex(r"身份证|证件|卡号|账号|帐号|账户|银行|手机|电话|联系")
_AMOUNT_AFTER = regex(r"(?:\.\d{1,2}(?!\d))?\s*(?:元|万|亿|亩|平方|公斤|吨|千瓦|株|%|％)")
_DECIMAL = regex(r"\.\d{1,2}(?!\d)")
_MOBILE_GROUPS = {(11,), (3, 4, 4), (3, 3, 5), (4, 4, 3), (3, 8), (5, 6), (7, 4), (6, 5), (3, 2, 6), (1,) * 11}
_SUMS = regex(r"元|金额|资金|数额|面积|单价|余额|收入|支出|合计|数量")
_CREDIT_WORDS = regex(r"信用代码|机构代码")


class Kind(enum.Enum):
    """What a hit is. The value is the word that a clerk reads."""

    ID = "身份证号"
    ID_MISTYPED = "像身份证号但校验码不对的号码"
    ID_OLD = "15位旧身份证号"
    MOBILE = "手机号"
    CARD = "银行卡号"
    PARTIAL = "遮得不够的号码"
    MAILBOX = "个人邮箱"


class Hit(Struct, frozen=True):
    """A hit in a text: where it stands, its bare digits, and the form in which it may be named."""

    kind: Kind
    start: int
    end: int
    value: str
    shown: str


def masked(value: str) -> str:
    """The form in which a number may be named: the first two and the last three places (R5.3)."""
    return value[:2] + "*" * (len(value) - 5) + value[-3:] if len(value) > 5 else "*" * len(value)


def plain(text: str) -> str:
    """Digits of a disguised number in ASCII, check digit as ``X``, nothing else."""
    return "".join(str(unicodedata.decimal(ch)) if ch.isdecimal() else "X" for ch in text if ch.isdecimal() or ch in X)


def flatten(text: str) -> str:
    """Markup and entities inside digits made invisible; every place keeps its number."""
    if "&" not in text and "<" not in text:
        return text

    def replace(match: re.Match[str]) -> str:
        found = match[0]
        sign = "\u200b"
        if found.startswith("&#"):
            number = int(found[3:-1], 16) if found[2] in "xX" else int(found[2:-1])
            sign = chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\u200b"
        return sign + "\u200b" * (len(found) - 1)

    return _MARKUP.sub(replace, text)


def scan(text: str, *, wrapped: bool = False, heading: str = "") -> list[Hit]:
    """Every hit in ``text``, in order. ``wrapped``: a number may go on in the next line; ``heading``: of the text's column."""
    hits: list[Hit] = []
    clear = flatten(text)
    for start, end in long_runs(clear, wrapped=wrapped):
        before = heading + "：" + clear[max(0, start - 24) : start]
        hits += _Run(clear, start, end, before, sums=bool(heading and _SUMS.search(heading))).hits()
    if may_be_masked(clear):
        hits += _partial(clear, heading)
    if "@" in clear or "＠" in clear:
        hits += _mailboxes(clear)
    return sorted(hits, key=lambda h: h.start) if hits else hits


def _mailboxes(text: str) -> Iterator[Hit]:
    for at in at_signs(text):
        match = _BOX.match(text, at)
        if match is None:
            continue
        first = max(0, match.start() - 64)
        if owner := _BOX_OWNER.search(text[first : match.start()]):
            shown = owner[0][:2] + "***@" + match[1]
            yield Hit(Kind.MAILBOX, first + owner.start(), match.end(), owner[0] + match[0], shown)


class _Run:
    """A run of digits and gaps, cut into groups at what the eye sees as gaps."""

    def __init__(self, text: str, start: int, end: int, before: str, *, sums: bool) -> None:
        self.text, self.start, self.end, self.before, self.sums = text, start, end, before, sums
        self.groups: list[tuple[str, int, int]] = []
        first = last = -1
        for n in range(start, end):
            ch = text[n]
            if ch.isdecimal() or ch in X:
                first, last = (n if first < 0 else first), n
            elif SEEN_GAP.match(ch) and first >= 0:
                self.groups.append((plain(text[first : last + 1]), first, last + 1))
                first = -1
        if first >= 0:
            self.groups.append((plain(text[first : last + 1]), first, last + 1))

    def hits(self) -> Iterator[Hit]:
        """The hits of this run; no two overlap."""
        if self._inside_code():
            return
        n = 0
        while n < len(self.groups):
            taken = 0
            for hit, used in self._from(n):
                yield hit
                taken = used
                break
            n += taken or 1

    def _inside_code(self) -> bool:
        """Whether a letter ties the run to a longer code (50011122T000002075487)."""
        around = self.text[max(0, self.start - 2) : self.start]
        tied_before = (
            len(around) == 2
            and around[1].isascii()
            and around[1].isalpha()
            and around[1] not in X
            and around[0].isdigit()
        )
        after = self.text[self.end : self.end + 2]
        tied_after = (
            len(after) == 2 and after[0].isascii() and after[0].isalpha() and after[1].isascii() and after[1].isalnum()
        )
        return tied_before or (tied_after and self.text[self.end - 1] not in X and after[1].isdigit())

    def _from(self, n: int) -> Iterator[tuple[Hit, int]]:
        """Hits that start with group ``n``, the surest first, with the number of groups they take."""
        if not _BEGINS.match("".join(group for group, *_ in self.groups[n : n + 2])):
            return
        value, sizes = "", []
        options: list[tuple[int, int, Hit]] = []
        for k in range(n, len(self.groups)):
            group, _, end = self.groups[k]
            value += group
            sizes.append(len(group))
            if len(value) > 19:
                break
            if len(value) not in _LENGTHS:
                continue
            whole = n == 0 and k == len(self.groups) - 1
            kind = self._kind(value, tuple(sizes), whole, n, end)
            inside = self.text[self.groups[n][1] : end]
            if kind is not None and (kind is Kind.ID or "\n" not in inside):
                hit = Hit(kind, self.groups[n][1], end, value, masked(value))
                options.append((list(Kind).index(kind), k - n + 1, hit))
        if options:
            _, used, hit = min(options, key=lambda option: (option[0], -option[1]))
            yield hit, used

    def _kind(self, value: str, sizes: tuple[int, ...], whole: bool, n: int, end: int) -> Kind | None:
        near = self.before if n == 0 else ""
        other_code = bool(_CODE_WORDS.search(near)) and not _PERSONAL_WORDS.search(near)
        if len(value) == 18:
            return self._eighteen(value, len(sizes) == 1 or whole, near, other_code)
        if not value.isdigit() or other_code or self._amount(end):
            return None
        regular = len(sizes) == 1 or whole or set(sizes[:4]) == {4} or set(sizes) == {1}
        if len(value) in (16, 17, 19) and regular and card(value):
            return Kind.CARD
        if len(value) == 15 and (len(sizes) == 1 or whole) and id_old(value):
            return Kind.ID_OLD
        return Kind.MOBILE if self._mobile(value, sizes) else None

    @staticmethod
    def _eighteen(value: str, regular: bool, near: str, other_code: bool) -> Kind | None:
        if id_valid(value):
            return None if _CREDIT_WORDS.search(near) and credit_code(value) else Kind.ID
        if credit_code(value) or other_code:
            return None
        if value.isdigit() and regular and card(value):
            return Kind.CARD
        return Kind.ID_MISTYPED if regular and id_shaped(value) else None

    def _mobile(self, value: str, sizes: tuple[int, ...]) -> bool:
        if len(value) == 13 and value.startswith("86"):
            value, sizes = value[2:], (sizes[0] - 2, *sizes[1:]) if sizes[0] > 2 else sizes[1:]
        elif len(value) == 15 and value.startswith("0086"):
            value, sizes = value[4:], (sizes[0] - 4, *sizes[1:]) if sizes[0] > 4 else sizes[1:]
        if len(value) != 11 or value[0] != "1" or value[1] not in "3456789":
            return False
        return sizes in _MOBILE_GROUPS and not (len(sizes) == 2 and "." in self.text[self.start : self.end])

    def _amount(self, end: int) -> bool:
        rest = self.text[end : end + 12]
        return (
            self.sums or bool(_AMOUNT_AFTER.match(rest) or _DECIMAL.match(rest)) or self.before.rstrip()[-1:] in "¥￥$"
        )


def _partial(text: str, heading: str) -> Iterator[Hit]:
    """Masked numbers that still show too much: more than the first two and last three places of an ID number."""
    for match in _MASKED.finditer(text):
        front, back = plain(match["front"]), plain(match["back"])
        hidden = sum(ch in MASK_SIGNS for ch in match["hidden"])
        if hidden < 2 or not front or (match["hidden"].strip() in "xX×" * 9 and not back):
            continue
        near = heading + "：" + text[max(0, match.start() - 16) : match.start()]
        if _too_open(front, back, hidden, near):
            yield Hit(
                Kind.PARTIAL,
                match.start(),
                match.end(),
                front + "*" * hidden + back,
                front[:2] + "*" * max(3, len(front) - 2 + hidden + max(0, len(back) - 3)) + back[-3:],
            )


def _too_open(front: str, back: str, hidden: int, near: str) -> bool:
    total = len(front) + hidden + len(back)
    if (
        front[0] == "1"
        and front[1:2] in tuple("3456789")
        and (total == 11 or "手机" in near or "电话" in near)
        and len(front) < 11
    ):
        return len(front) > 3 or len(back) > 4
    if "卡号" in near or "账号" in near or "帐号" in near or (front.startswith("62") and total in (16, 17, 19)):
        return len(front) > 6 or len(back) > 4
    identity = (
        "身份证" in near
        or "证件" in near
        or total in (15, 18)
        or (total >= 12 and place_known(front[:6].ljust(6, "1")))
    )
    return identity and len(front) + len(back) >= 4 and (len(front) > 2 or len(back) > 3)
