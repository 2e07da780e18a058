"""GK453: a service guide has eight elements (R3.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gongkai.dataset import Dataset
from gongkai.model import Entry, Finding, Item
from gongkai.patterns import regex
from gongkai.rules.elements import codes
from gongkai.rules.elements.rows import is_disclosure_guide, missing_elements, on_show, quoted, start
from gongkai.rules.elements.shown import Shown
from gongkai.rules.elements.words import element, normal, targets
from gongkai.rules.kind import by_item

GENRE = "办事指南"
_TITLE = regex(r"(?:办事|办理|服务|申请|申报|申领|报名|登记|业务)(?:流程)?指南|办事须知|一次性告知")
_PHONE = r"(?<!\d)(?:0\d{2,3}[-—－ ]?)?\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)1(?:2\d{3}|10|19|20)(?!\d)"
_REQUESTS = regex(r"依申请公开|信息公开申请|申请公开")  # the law says what such a page holds (R1.12)
_MANY = 3

# Each with what shows it in running text, and an example.
EIGHT = (
    ("事项名称", r"(?!)", "最低生活保障审核确认"),
    (
        "设定依据",
        r"《[^》]*(?:法|条例|办法|规定|意见|通知|细则|方案)》|[〔\[［]20\d\d[〕\]］]",
        "《社会救助暂行办法》第九条",
    ),
    (
        "申请条件",
        r"(?:办理|申请|申领|下列|以下|规定)的?条件|符合.{0,30}(?:可以|可|均可|能)?(?:申请|办理|申领)",
        "具有本镇户籍……",
    ),
    (
        "办理材料",
        r"(?:办理|申请|所需|提交|申报|下列|以下|携带|提供).{0,8}(?:材料|证件|资料)|(?:身份证|户口簿).{0,8}(?:原件|复印件)",
        "1. 身份证原件；2. ……",
    ),
    (
        "办理地点",
        r"地址|窗口|\d+号.{0,12}(?:室|楼|大厅)|(?:便民|政务|党群)服务(?:中心|站|大厅)",
        "示范镇便民服务中心5号窗口（政通路3号）",
    ),
    (
        "办理时间",
        r"\d{1,2}[:：]\d{2}|工作日(?:上午|全天|的?上班)|上班时间|周一至周|星期一至|全年|常年受理|随时",
        "工作日8:30—12:00，14:30—17:30",
    ),
    ("联系电话", _PHONE, "0666-5550120"),
    ("办理流程", r"流程|程序|步骤|→|(?:提出|书面)申请.*?(?:审核|审批|受理|核实)", "申请 → 受理 → 审核 → 公示 → 确认"),
)
_EVIDENCE = {name: regex(pattern, re.DOTALL) for name, pattern, _ in EIGHT}
_EXAMPLE = {name: example for name, _, example in EIGHT}


@by_item
def service_guide_incomplete(dataset: Dataset) -> Iterator[Finding]:
    """R3.8 [K]: items that are guides by genre or title, or stand in a row of guides that asks for most of the eight.

    What the row asks for as well is named by GK451 alone.
    """
    for item in dataset.items:
        if (item.genre and item.genre != GENRE and not _TITLE.search(item.title)) or not on_show(dataset, item):
            continue
        entry = dataset.entry_in_force(item)
        if not is_service_guide(item, entry):
            continue
        missing = missing_of_eight(item)
        if missing:
            named = {t.word for name in missing_elements(item, entry) for t in targets(name)}
            missing = tuple(name for name in missing if normal(name) not in named)
        if missing:
            example = "\n".join(f"## {name}\n{_EXAMPLE[name]}" for name in missing[:3])
            yield codes.SERVICE_GUIDE.at(start(item), field="elements", missing=quoted(missing), example=example)


def is_service_guide(item: Item, entry: Entry) -> bool:
    """Whether the eight elements can be asked of ``item``."""
    if is_disclosure_guide(item) or _REQUESTS.search(item.title):
        return False
    if item.genre == GENRE or _TITLE.search(item.title):
        return True
    return not item.genre and entry.column_kind == GENRE and _asks_for_eight(entry.elements, entry.id)


@lru_cache(maxsize=2048)
def _asks_for_eight(elements: tuple[str, ...], entry_id: str) -> bool:
    """Whether a row asks for so many of the eight that it is a row of service guides."""
    words = {t.word for name in elements for part in element(name, entry_id).parts for t in part.targets}
    return sum(normal(name) in words for name, _, _ in EIGHT[1:]) > _MANY


def missing_of_eight(item: Item) -> tuple[str, ...]:
    """Those of the eight that ``item`` shows neither as a name nor in its text. The title names the matter."""
    shown = Shown(item)
    missing = []
    for name, _, _ in EIGHT:
        if shown.has(element(name)) or _EVIDENCE[name].search(item.body):
            continue
        if name == "事项名称" and len(normal(_TITLE.sub("", item.title))) > 1:
            continue
        missing.append(name)
    return tuple(missing)


RULES = (service_guide_incomplete,)
