"""The official table of the standard catalogue: its columns, and the headers under which counties print them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from msgspec import Struct

from gongkai.patterns import regex

TITLE = "{name}领域基层政务公开标准目录"
FIELD, ENTRY_ID = "领域", "条目编号"
WHOLE_SOCIETY, GROUPS = "全社会", "特定群体"
LEVELS = ("县级", "乡级", "村级")
TICK = "√"

# (header, header below it) of the official table in its order; added columns and 条目编号 follow.
OFFICIAL: tuple[tuple[str, str], ...] = (
    ("序号", ""),
    ("公开事项", "一级事项"),
    ("公开事项", "二级事项"),
    ("公开内容（要素）", ""),
    ("公开依据", ""),
    ("公开时限", ""),
    ("公开主体", ""),
    ("公开渠道和载体", ""),
    ("公开对象", "全社会"),
    ("公开对象", "特定群体"),
    ("公开方式", "主动"),
    ("公开方式", "依申请"),
    ("公开层级", "县级"),
    ("公开层级", "乡级"),
    ("公开层级", "村级"),
)

# What a column holds -> the headers it goes under, folded by `fold_header`. The first is the product's own.
PLAIN: dict[str, tuple[str, ...]] = {
    "number": ("序号", "编号", "行号"),
    "level1": ("一级事项", "一级目录", "一级", "事项一级"),
    "level2": ("二级事项", "二级目录", "二级", "事项二级", "事项名称"),
    "level3": ("三级事项", "三级目录", "三级"),
    "items": ("公开事项",),
    "content": ("公开内容", "公开内容要素", "公开要素", "公开内容及要求"),
    "basis": ("公开依据", "公开依据文件"),
    "limit": ("公开时限", "公开期限", "公开时间要求"),
    "subject": ("公开主体", "公开责任主体", "责任主体"),
    "channels": ("公开渠道和载体", "公开渠道", "公开载体", "公开渠道与载体", "公开渠道及载体"),
    "audience": ("公开对象", "公开范围"),
    "public": ("全社会", "社会公众"),
    "groups": ("特定群体", "特定群众", "特定人群", "特定对象"),
    "methods": ("公开方式",),
    "attribute": ("公开属性",),
    "proactive": ("主动", "主动公开"),
    "request": ("依申请", "依申请公开"),
    "levels": ("公开层级",),
    "field": ("领域", "相应领域", "公开领域", "所属领域", "领域名称"),
    "entry_id": ("条目编号",),
}
NAMES = {
    "number": "序号", "level1": "一级事项", "level2": "二级事项", "level3": "三级事项", "content": "公开内容（要素）",
    "basis": "公开依据", "limit": "公开时限", "subject": "公开主体", "channels": "公开渠道和载体", "audience": "公开对象",
    "public": "全社会", "groups": "特定群体", "methods": "公开方式", "proactive": "主动", "request": "依申请",
    "levels": "公开层级", "field": "领域", "entry_id": "条目编号",
}  # fmt: skip
# Headers that stand over others; which of the others may stand below them.
BELOW: dict[str, tuple[str, ...]] = {
    "items": ("level1", "level2", "level3"),
    "audience": ("public", "groups"),
    "methods": ("proactive", "request"),
    "levels": ("county", "township", "village"),
}
# The words by which a header names levels; 市级 is the level above townships, for a city is on the rank of a county.
_LEVEL_WORDS = (
    ("县级", regex("[县区市州旗]级?")),
    ("乡级", regex("乡|镇|街")),
    ("村级", regex("村|居|社区")),
)
_LEVEL_HEADER = regex(r"[省市州县区旗乡镇街道村居委园、，,/和及与+（）()级社]{1,12}")
_WHOLE_LEVEL_HEADER = regex(r".*级.*|.*(?:[乡镇街]|街道).*村.*|乡镇|村居|村")

# What else fields are called in titles; the longest that a title holds counts.
FIELD_ALIASES: dict[str, tuple[str, ...]] = {
    "02": ("公共资源配置",),
    "03": ("预决算",),
    "04": ("应急管理",),
    "05": ("税收", "税务"),
    "06": ("农村集体土地征收", "集体土地征收", "征地信息"),
    "07": ("国有土地上房屋征收", "房屋征收与补偿"),
    "08": ("住房保障", "公共租赁住房"),
    "09": ("危房改造",),
    "10": ("环境保护",),
    "11": ("公共文化",),
    "12": ("公共法律",),
    "13": ("扶贫", "乡村振兴", "防止返贫", "脱贫攻坚"),
    "14": ("救灾", "灾害救助"),
    "15": ("食品药品", "市场监管"),
    "16": ("综合执法", "城市管理"),
    "17": ("就业",),
    "19": ("社会救助",),
    "20": ("养老",),
    "21": ("户籍",),
    "22": ("涉农补贴", "惠农补贴"),
    "25": ("市政",),
    "26": ("国土空间规划", "城乡规划", "国土空间"),
    "27": ("卫生健康", "计划生育"),
    "28": ("村务公开", "居务公开", "村居务公开", "村(居)务"),
    "29": ("农村集体资产", "三农"),
    "30": ("通用栏目",),
}


class Column(Struct, frozen=True):
    """What a column of a table holds: an official one, or an added one under its own ``name``."""

    key: str
    name: str
    levels: tuple[str, ...] = ()

    @property
    def added(self) -> bool:
        """Whether the column is beyond the official ones."""
        return self.key == "extra"


def fold_header(text: str) -> str:
    """A header without white space, remarks in brackets and punctuation: ``公开内 容(要素)`` is ``公开内容``."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    without = re.sub(r"\([^()]*\)?", "", plain) or plain
    return re.sub("[:;,.、。●■□▲○〇*_|\"'“”]+", "", without)


@cache
def _by_header() -> dict[str, str]:
    return {fold_header(name): key for key, names in PLAIN.items() for name in names}


def header_key(text: str) -> str | None:
    """What a header names: a key of :data:`PLAIN`, ``level`` for 县级 and its kin, or None.

    A header that lost its last letter (``公开主``) still counts when no other starts like it.
    """
    folded = fold_header(text)
    if not folded:
        return None
    if key := _by_header().get(folded):
        return key
    if levels_in(text):
        return "level"
    cut = {key for name, key in _by_header().items() if len(name) == len(folded) + 1 and name.startswith(folded)}
    return cut.pop() if len(cut) == 1 and len(folded) > 1 else None


def levels_in(text: str) -> tuple[str, ...]:
    """The levels that a header such as ``县级``, ``乡、村级`` or ``镇(街)级`` names."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if not (_LEVEL_HEADER.fullmatch(plain) and _WHOLE_LEVEL_HEADER.fullmatch(plain)) or plain.startswith(("一", "二")):
        return ()
    return tuple(level for level, pattern in _LEVEL_WORDS if pattern.search(plain))
