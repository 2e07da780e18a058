"""GK456: an interpretation (政策解读) says who interprets what (R6.1)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Entry, Finding, Item
from gongkai.patterns import regex
from gongkai.reading.structure import structure
from gongkai.rules.elements import codes
from gongkai.rules.elements.rows import on_show, quoted, start
from gongkai.rules.elements.words import normal

GENRE = "政策解读"
_PERHAPS = (GENRE, "其他", None, "")
_ANSWERS = regex(r"回应|问答|答复")
_UNIT = regex(r"解读(?:单位|部门|机构|机关|科室)")
_PERSON = regex(
    r"解读(?:人|专家)|(?:负责人|主任|镇长|所长|局长|站长|书记|工作人员).{0,12}(?:解读|介绍|回答|表示)|(?:撰稿|联系)人"
)
_DOCUMENT = regex(r"[〔\[［]20\d\d[〕\]］]\s*\d+\s*号|关联文件|解读文件|文件链接")
_EXAMPLES = {
    "解读单位": "**解读单位**：示范镇应急管理办公室",
    "解读人": "**解读人**：应急管理办公室主任 曹一鸣",
    "关联文件": "在信息头加一行：interprets: 30-04-01-2026-zhaijidi（文件的文件名、索引号或者文号）",
}


def interpretation_incomplete(dataset: Dataset) -> Iterator[Finding]:
    """R6.1: 解读单位, 解读人, 发布日期, 正文, 关联文件; date and text are asked for in every item.

    A reference to a document that is there makes an interpretation, whatever the genre (GK203 speaks of the others).
    """
    for item in dataset.items:
        if (item.interprets is None and item.genre not in _PERHAPS) or not on_show(dataset, item):
            continue
        known = item.interprets is not None and dataset.find(item.interprets.text) is not None
        if not known and not is_interpretation(item, dataset.entry_in_force(item)):
            continue
        missing = missing_of_interpretation(item)
        if missing:
            example = "\n".join(_EXAMPLES[name] for name in missing)
            yield codes.INTERPRETATION_INCOMPLETE.at(start(item), missing=quoted(missing), example=example)


def is_interpretation(item: Item, entry: Entry) -> bool:
    """Whether ``item`` is an interpretation by its genre, or, where it states none, by its row."""
    if item.genre == GENRE:
        return True
    asked = entry.level1 == GENRE and not _ANSWERS.search(entry.level2)
    return asked and (not item.genre or item.genre == "其他")


def missing_of_interpretation(item: Item) -> tuple[str, ...]:
    """Those of the three that may be missing."""
    said = {normal(key) for key in item.elements}
    text = "\n".join([item.body, *(f"{d.label}：" for d in structure(item.body).definitions)])
    has = {
        "解读单位": "解读单位" in said or bool(_UNIT.search(text)),
        "解读人": "解读人" in said or bool(_PERSON.search(text)),
        "关联文件": bool(item.interprets or item.related or item.links or "关联文件" in said)
        or bool(_DOCUMENT.search(text)),
    }
    return tuple(name for name, found in has.items() if not found)


RULES = (interpretation_incomplete,)
