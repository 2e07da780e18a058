"""Reads the wording of a time-limit cell (公开时限) into rules, and writes a rule in a few words.

A cell is cut into sentences (at ``;``), those into parts (at commas), and each is held against a table. What
no pattern fits makes no rule: 同上 gives an empty tuple. Working days and natural days are never converted
into each other; weeks are natural days. ``n`` is how many units of ``kind`` it lasts: ``MONTHLY`` with 1
is every month (``UPDATE``) or within a month (``PUBLISH``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec.structs import replace

from gongkai.model import LimitKind, LimitRole, TimeLimit
from gongkai.patterns import regex

_LONGEST_CELL = 400  # the longest real cell has about 90 letters
_PUBLISH, _DISPLAY, _UPDATE, _ADVANCE = (
    LimitRole.PUBLISH,
    LimitRole.DISPLAY,
    LimitRole.UPDATE,
    LimitRole.ADVANCE,
)

# A number of days; not the day of a date (1月31日), nor the tail of 0.5 or 一百20.
_SPAN = r"(?<![\d.月年百千])(?P<n>\d{1,3})(?P<unit>个?工作日|个?自然日|日|天|周|个?星期|个月)"
_SHOWN = r"(?:每榜|公示|公告|征求意见|征集意见|展示|张贴)(?:期限|期|时间|时长)?"
_RANGE = regex(r"(?<!\d)(\d{1,2})[—–~至到-]{1,2}(\d{1,2})(?=个?(?:工作日|自然日|星期)|日|天|周)")
_SHOWN_RANGE = regex(rf"({_SHOWN}){_RANGE.pattern}")
_AT_LEAST = r"(?:不得?少于|不得?低于|至少)"

# Role, kind (None: the unit in the wording says it), pattern. The first that fits a part counts. The words
# before the match say from when the limit counts, or to what it applies; some patterns name their ``start``.
_TABLE: tuple[tuple[LimitRole, LimitKind | None, re.Pattern[str]], ...] = tuple(
    (role, kind, regex(pattern))
    for role, kind, pattern in (
        # 每20个工作日更新, 每周更新
        (_UPDATE, None, rf"每隔?{_SPAN}"),
        # 1个月, 6个月 alone say how often, not how soon
        (_UPDATE, None, r"^(?P<n>\d{1,2})(?P<unit>个月)$"),
        # 每月公布一次, 按月; where a cell leaves the choice (按月或按季), the longer cycle counts
        (_UPDATE, LimitKind.MONTHLY, r"(?<!或)[每按逐]个?月(?!或)|(?<!\d)(?:12次/年|1次/月)"),
        # 每季度至少公布一次, 每季度的首个月20日
        (_UPDATE, LimitKind.QUARTERLY, r"(?:[每按]月或)?(?<!年或)[每按逐]个?季|(?<!\d)(?:4次/年|1次/季)"),
        # 半年至少更新1次
        (_UPDATE, LimitKind.HALF_YEARLY, r"每?(?<![上下])半年|(?<!\d)2次/年"),
        # 每年公开一次, 至少1次/年, 每年1月31日前
        (_UPDATE, LimitKind.YEARLY, r"[每按逐]一?年|(?<!\d)1次/年"),
        # 6月底前, 年初公布, 年终分配后公布
        (_UPDATE, LimitKind.YEARLY, r"^(?P<start>\d{1,2}月(?:底|\d{1,2}日)?前|年[初末终底](?:.{1,10}?后)?)"),
        # 按实际更新
        (_UPDATE, LimitKind.OTHER, r"按(?P<start>实际(?:情况)?更新)"),
        # 提前一周, 会议召开前3日
        (_ADVANCE, None, rf"(?<!目)提?前{_SPAN}"),
        # 组织听证7个工作日前
        (_ADVANCE, None, rf"{_SPAN}[之以]?前"),
        # 在拟征收土地前公开
        (_ADVANCE, LimitKind.OTHER, r"^在?(?P<start>\D+?)之?前(?:予以)?(?:公开|公布|公示)$"),
        # 公示7个工作日, 公告期限为5个工作日, 公示期不得少于7日; but not 公示7日内
        (_DISPLAY, None, rf"{_SHOWN}(?:一般|应当|应|为|{_AT_LEAST})*{_SPAN}(?![之以]?[内前])"),
        # 不少于30日 after any other word: "not less than" never limits publication
        (_DISPLAY, None, rf"(?:一般)?{_AT_LEAST}{_SPAN}"),
        # 信息形成或者变更之日起20个工作日内, 20工作日, 批准后20日内
        (_PUBLISH, None, _SPAN),
        # 按发放批次公示
        (_PUBLISH, LimitKind.OTHER, r"[按每](?P<start>.{0,6}?批次)"),
        # 随采购公告、采购文件公开; 在实地启动拟征收土地工作时
        (_PUBLISH, LimitKind.REALTIME, r"^随(?P<start>(?![时年季月]).+?)(?:公开|公布)$|^在(?P<at>.+?)时$"),
        # 及时公开, 实时, 重大决策作出后及时公开, 按进展情况及时公开
        (_PUBLISH, LimitKind.REALTIME, r"(?<![不未])(?:[实及即随]时|同步|立即|当日|当天)"),
        # 长期公开(动态调整), 其余长期公开
        (_PUBLISH, LimitKind.LONG_TERM, r"长期|常年|永久"),
    )
)
_DAY_IN_CYCLE = regex(r"每.*?\d(?:[日号]前?|月底?前)")  # 每季度的首个月20日
_NOT_A_LIMIT = regex(r"延长|有的地方")  # an extension; a remark on other places
# Parts without a limit that say where or when the others apply: 在村公示栏公开, 财务往来较多的.
_ASIDE = regex(r"^在(?P<place>.+?)上?(?:予以)?(?:公开|公布|公示)$|^(?P<case>.+[的前])$")

# The words before a limit: 行政处罚事项 应自 作出决定之日 起.
_MODAL = r"(?:应当|应|须|一般|至少|不超过|于)"
_SCOPE_THEN_START = regex(rf"^(?P<scope>.{{2,}}?){_MODAL}?(?:自(?!然)|在|从)(?P<start>.+)$")
_OTHERS = regex(r"^(?P<scope>其[他余])(?:相关)?(?P<start>信息.*)$")
_CONNECTIVES = regex(r"^[自在从按与随](?!然)(?:该(?:政府)?)?|(?:起|之?后)?个?$")
_EVENT = regex(r"之日|形成|变更|制[作定]|获取|作出|批准|批复|下发|收到|结束|召开|听证")
_SAYS_NOTHING = regex(r"(?:信息)?(?:公开|发布|办理)?(?:时限|期限)?为?")

_CHINESE_NUMBER = regex(r"[一二两三四五六七八九十]{1,3}(?=个|工作日|日|天|周|星期|月|次)")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}

_UNITS = {LimitKind.WORKING_DAYS: "个工作日", LimitKind.DAYS: "日", LimitKind.MONTHLY: "个月"}
_EACH = {LimitKind.YEARLY: "每年", LimitKind.HALF_YEARLY: "每半年", LimitKind.QUARTERLY: "每季度"}
_WITHOUT_NUMBER = {LimitKind.REALTIME: "及时公开", LimitKind.LONG_TERM: "长期公开"}


def parse_time_limit(text: str) -> tuple[TimeLimit, ...]:
    """The rules that a time-limit cell states; empty when its wording is not understood. Never raises."""
    return _limits(text) if len(text) <= _LONGEST_CELL else ()


@lru_cache(maxsize=2048)
def _limits(text: str) -> tuple[TimeLimit, ...]:
    found: dict[tuple[object, ...], TimeLimit] = {}
    for sentence in re.split("[;。]", _normalise(text)):
        for limit in _sentence(re.sub(r"^\d{1,2}[.、](?!\d)", "", sentence)):
            found.setdefault((limit.role, limit.kind, limit.n, limit.applies_to), limit)
    return tuple(found.values())


def format_time_limit(limit: TimeLimit) -> str:
    """The rule in a few words, such as ``20个工作日内``, without the event from which it counts."""
    n, kind, start = limit.n, limit.kind, limit.counted_from
    span = f"{n}{_UNITS[kind]}" if n is not None and kind in _UNITS else ""
    words = _WITHOUT_NUMBER.get(kind) or f"{start or '按规定'}公开"
    if limit.role is _ADVANCE:
        words = f"提前{span}" if span else f"{start or '事项开始'}前公开"
    elif limit.role is _UPDATE:
        each = _EACH.get(kind) or ("每月" if span == "1个月" else f"每{span}")
        words = f"按{start}" if kind is LimitKind.OTHER else start or f"{each}更新"
    elif span:
        words = f"公示不少于{span}" if limit.role is _DISPLAY else f"{span}内"
    return f"{limit.applies_to}:{words}" if limit.applies_to else words


def _normalise(text: str) -> str:
    """Half-width, without white space, numbers in digits, a remark at the end as a sentence of its own."""
    plain = unicodedata.normalize("NFKC", re.sub("[①-⑳\r\n]", ";", text))
    plain = _CHINESE_NUMBER.sub(lambda m: str(_number(m[0])), re.sub(r"\s+", "", plain))
    plain = re.sub(r"(?<=\d)\(((?:个?工作)?日|天)\)", r"\1", plain)  # 至少30(日)
    plain = _SHOWN_RANGE.sub(r"\1\2", plain)  # 公示3—5天: at least the shorter
    plain = _RANGE.sub(r"\2", plain)  # 3—5天内: at most the longer
    plain = re.sub(r"每(?=周|星期|日|天)", "每1", plain)
    plain = re.sub(rf"(?<=日内)并?(?={_SHOWN}\D*\d)", ",", plain)  # 10个工作日内公示7个工作日
    return re.sub(r"\(([^()]{4,})\)(?=[;。,]|$)", r";\1", plain)


def _number(chinese: str) -> int:
    """二十 is 20, 十五 is 15, 三十一 is 31."""
    tens, ten, ones = ("0" + chinese).rpartition("十")
    return (_DIGITS.get(tens[-1], 1) * 10 if ten else 0) + _DIGITS.get(ones[-1:], 0)


def _sentence(sentence: str) -> list[TimeLimit]:
    scope = ""
    if label := re.match(r"(.{1,30}?):(.+)$", sentence):
        # 处罚决定:20个工作日内 has a scope; 公示期:7日 is one phrase
        one = re.search("[期间限]$", label[1])
        scope, sentence = ("", label[1] + label[2]) if one else (label[1], label[2])
    limits: list[TimeLimit] = []
    for part in filter(None, sentence.split(",")):
        if _NOT_A_LIMIT.search(part):
            continue
        if limit := _part(part):
            limits.append(limit)
        elif aside := _ASIDE.match(part):
            scope = scope or aside["place"] or aside["case"]
    return [_narrowed(limit, scope) for limit in limits]


def _narrowed(limit: TimeLimit, scope: str) -> TimeLimit:
    """The rule within what its sentence says; 财务往来较多的 and 收支情况 read as one phrase."""
    own = limit.applies_to or ""
    return replace(limit, applies_to=(scope + own if scope.endswith("的") else own or scope) or None)


def _part(part: str) -> TimeLimit | None:
    for role, listed, pattern in _TABLE:
        if not (m := pattern.search(part)):
            continue
        named, kind = m.groupdict(), listed
        start, scope = _start_and_scope(part[: m.start()])
        start = named.get("start") or named.get("at") or start
        n: int | None = None
        if named.get("n"):
            n, kind = _span(int(named["n"]), named["unit"])
        elif role is _UPDATE and kind is not LimitKind.OTHER:
            n, day = 1, _DAY_IN_CYCLE.search(part)
            start, scope = day[0] if day else named.get("start"), _bare(part[: m.start()]) or None
        elif kind is LimitKind.OTHER and role is _PUBLISH:
            start = f"每{start}"
        return None if n == 0 or kind is None else TimeLimit(role, kind, n, start, scope)
    return None


def _span(n: int, unit: str) -> tuple[int, LimitKind]:
    if "工" in unit:
        return n, LimitKind.WORKING_DAYS
    if "月" in unit:
        return n, LimitKind.MONTHLY
    return (n * 7 if "周" in unit or "星" in unit else n), LimitKind.DAYS


def _bare(words: str) -> str:
    return re.sub(rf"^(?:其中|{_MODAL})+|{_MODAL}+$", "", words)


def _start_and_scope(words: str) -> tuple[str | None, str | None]:
    """执法决定信息在决定作出之日起: the limit runs from 决定作出之日 and applies to 执法决定信息."""
    words = _bare(words)
    scope = ""
    if m := _SCOPE_THEN_START.match(words) or _OTHERS.match(words):
        scope, words = m["scope"], m["start"]
    start = _CONNECTIVES.sub("", words)
    if _SAYS_NOTHING.fullmatch(start):
        return None, scope or None
    if start == words and not _EVENT.search(words):  # 行政许可、行政处罚7个工作日: what, not when
        return None, scope + words
    return start, scope or None
