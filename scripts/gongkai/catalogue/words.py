"""A row of the catalogue in words, the same on pages, in tables, at the terminal and in lists of changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from gongkai.model import Basis, Entry, LimitRole, Profile, TimeLimit
from gongkai.patterns import regex
from gongkai.reading.timelimit import format_time_limit

MUST, MAY = "■", "□"
OWN_ROW = "本镇增列"
ROLES = {
    LimitRole.PUBLISH: "发布期限",
    LimitRole.DISPLAY: "公示期",
    LimitRole.UPDATE: "更新周期",
    LimitRole.ADVANCE: "提前公开",
}
_TENS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_ARTICLE_21 = (
    "贯彻落实农业农村政策",
    "农田水利工程建设运营",
    "农村土地承包经营权流转",
    "宅基地使用情况审核",
    "土地征收",
    "房屋征收",
    "筹资筹劳",
    "社会救助",
)
_NAME_AND_NUMBER = regex(r"(?P<name>.+?)(?:[(（](?P<number>[^()（）]*号)[)）])?")

# The first two digits of a region code (GB/T 2260) say the province.
_PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区", "21": "辽宁省", "22": "吉林省",
    "23": "黑龙江省", "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省",
    "37": "山东省", "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区", "61": "陕西省", "62": "甘肃省",
    "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
}  # fmt: skip


def limit_words(limit: TimeLimit) -> str:
    """A time-limit rule with the event from which it counts: ``10个工作日内（自批准之日起）``."""
    words = format_time_limit(replace(limit, applies_to=None))
    start = limit.counted_from
    if start and limit.n is not None and start not in words:
        start = start.removesuffix("起")
        words += f"（自{start}起）" if start.endswith(("日", "时")) else f"（{start.removesuffix('后')}后）"
    return f"{limit.applies_to}：{words}" if limit.applies_to else words


def limits_words(limits: Iterable[TimeLimit]) -> str:
    """All rules of a row; empty when there are none."""
    return "；".join(map(limit_words, limits))


def legal_class_words(code: str) -> str:
    """``20-7`` as ``条例第二十条第（七）项``; the classes of Art. 21 have no numbers, hence their names."""
    article, _, n = code.partition("-")
    if article == "21":
        return f"条例第二十一条（{_ARTICLE_21[int(n) - 1]}）"
    return f"条例第二十条第（{_chinese(int(n))}）项"


def _chinese(n: int) -> str:
    return ("十" if n < 20 else _TENS[n // 10] + "十") * (n >= 10) + _TENS[n % 10]


def channel_lines(entry: Entry) -> list[str]:
    """The channels with their marks, the required ones first."""
    return [(MUST if c in entry.channels_must else MAY) + c for c in entry.channels]


def subject(entry: Entry) -> str:
    """The body that a table names as 公开主体: the township's own, else the county's."""
    return entry.subject_township or entry.subject_county or ""


def audience(entry: Entry) -> str:
    """``特定群体（本村村民）``."""
    return "、".join(entry.audience) + (f"（{entry.audience_groups}）" if entry.audience_groups else "")


def path_words(entry: Entry) -> str:
    """``最低生活保障/审核信息``, with the third level where a row has one."""
    return "/".join(filter(None, (entry.level1, entry.level2, entry.level3)))


def limit_rules(entry: Entry) -> list[dict[str, Any]]:
    """The rules read from a row's limit, as JSON-like data with their wording."""
    return [
        {
            "role": t.role.value,
            "kind": t.kind.value,
            "n": t.n,
            "counted_from": t.counted_from,
            "applies_to": t.applies_to,
            "words": limit_words(t),
        }
        for t in entry.time_limits
    ]


def superseded_words(basis: Basis) -> str:
    """``（已由《…》取代）`` for a basis that something has taken the place of, else nothing."""
    by = basis.superseded_by
    if not by:
        return ""
    if "《" not in by and (m := _NAME_AND_NUMBER.fullmatch(by)):
        by = f"《{m['name']}》" + (f"（{m['number']}）" if m["number"] else "")
    return f"（已由{by}取代）"


def cited(entry: Entry, profile: Profile | None) -> tuple[Basis, ...]:
    """The bases of a row that a township cites: without those that are another province's or county's own."""
    return tuple(b for b in entry.basis if b.place is None or (profile is not None and _within(b.place, profile)))


def _within(place: str, profile: Profile) -> bool:
    province = _PROVINCES.get((profile.region_code or "")[:2], "")
    return place in f"{province} {profile.county or ''} {profile.full_name}"
