"""GK451, GK452: what the row of the catalogue asks for stands in the item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from gongkai.dataset import Dataset
from gongkai.model import WITHHELD, Entry, Finding, Item, Place
from gongkai.patterns import regex
from gongkai.rules.elements import codes
from gongkai.rules.elements.shown import Shown
from gongkai.rules.elements.words import Element, element, normal, required, synonyms
from gongkai.rules.kind import by_item

POLICY_DOCUMENTS = "政策文件"
_SHOWN = 3
_INNER_QUOTES = str.maketrans("“”", "‘’")
_YEAR = regex(r"(?<!\d)(?:19|20)\d\d(?=年)")
_NAME_ENDS = regex(r"[(（:：].*", re.DOTALL)
_DOCUMENT = regex(r"通知|意见|办法|规定|细则|决定|批复|函$|命令|通告|通报")
_NUMBER = regex(r"[〔\[［﹝]\s*(?:19|20)\d\d\s*[〕\]］﹞]")
# Their absence is said where the front matter is read.
_DATES = frozenset({"成文日期", "生成日期", "发布日期", "发布时间"})
_ELEMENTS_UNSURE = ("要素", "全部字段")


def judged(dataset: Dataset) -> Iterator[Item]:
    """The items whose content is on show: no statements, nothing withheld or on request, nothing without a row."""
    for item in dataset.items:
        if on_show(dataset, item):
            yield item


def on_show(dataset: Dataset, item: Item) -> bool:
    """Whether ``item`` is one of those; a rule for few items asks this last."""
    return bool(
        item.body
        and not item.statement
        and not item.on_request
        and item.disclosure_class != WITHHELD
        and item.entry_id
        and dataset.catalogue.find(item.entry_id) is not None
    )


def start(item: Item) -> Place:
    """Where the body starts: what is missing has no place of its own."""
    return Place(item.file, item.body_line)


def quoted(names: Iterable[str]) -> str:
    """Names as a message lists them."""
    return "、".join(f"“{name.translate(_INNER_QUOTES)}”" for name in names)


def short(name: str) -> str:
    """An element's name without what stands in brackets or behind a colon."""
    return _NAME_ENDS.sub("", name).strip() or name


def _example(name: str) -> str:
    return "文号写在信息头，如：document_number: 示政发〔2026〕12号" if name == "文号" else f"**{short(name)}**：……"


@by_item
def row_elements_missing(dataset: Dataset) -> Iterator[Finding]:
    """R4.10: each element of the row in force is found, under its own or another name (catalogue/synonyms.yaml).

    Rows of policy documents (column kind 政策文件) name the documents that belong there: those are alternatives, as a
    document is one of them, and only what the front matter tells of a document (文号, 成文日期) is asked for. The same
    holds for rows whose elements are kinds of items (``one_of``). A row with a single thing asks for the item itself.
    Lists of names are never asked for: the row's channels say where they may stand (R5.4).
    """
    for item in judged(dataset):
        entry = dataset.entry_in_force(item)
        missing = missing_elements(item, entry)
        if not missing:
            continue
        unsure = not entry.confirmed or any(w in part for part in entry.unconfirmed_parts for w in _ELEMENTS_UNSURE)
        kind = codes.ELEMENTS_MISSING_UNCONFIRMED if unsure else codes.ELEMENTS_MISSING
        yield kind.at(
            start(item),
            field="elements",
            entry=entry.id,
            level2=entry.level2,
            missing=quoted(missing),
            example="\n".join(_example(name) for name in missing[:_SHOWN]),
            first=short(missing[0]),
        )


def missing_elements(item: Item, entry: Entry) -> tuple[str, ...]:
    """The elements, or parts of elements, of ``entry`` that ``item`` does not show."""
    asked = _asked(entry.id, entry.elements, entry.column_kind == POLICY_DOCUMENTS)
    if not asked or is_disclosure_guide(item):
        return ()
    since = synonyms().since.get(entry.id)
    if since and _year(item) < since:
        return ()
    shown = Shown(item)
    sought = [one for one in asked if not shown.at_sight(one)]
    if sought and entry.column_kind == POLICY_DOCUMENTS and not _numbered(item):
        sought = [one for one in sought if one.word != "文号"]
    return tuple(dict.fromkeys([part for one in sought for part in shown.missing(one)])) if sought else ()


@lru_cache(maxsize=2048)
def _asked(entry_id: str, elements: tuple[str, ...], policy: bool) -> tuple[Element, ...]:
    """What can be asked of each item of a row, taken apart."""
    table = synonyms()
    if entry_id in table.one_of:
        return ()
    if policy:
        words = table.header_words - _DATES
        return tuple(element(name, entry_id) for name in elements if required(name) and normal(name) in words)
    asked = tuple(element(name, entry_id) for name in elements if required(name))
    return asked if sum(len(one.parts) for one in asked) > 1 or len(elements) > 1 else ()


def is_disclosure_guide(item: Item) -> bool:
    """Whether the item is the 政府信息公开指南, which has a rule of its own."""
    return "信息公开指南" in item.title


def _numbered(item: Item) -> bool:
    """Whether a number is to be expected of a document, and it does not stand in the text."""
    return bool(_DOCUMENT.search(item.title)) and not _NUMBER.search(item.body)


def _year(item: Item) -> int:
    """The year an item reports on."""
    if item.period:
        return item.period.year
    named = _YEAR.search(item.title)
    return int(named[0]) if named else item.published_on.year


RULES = (row_elements_missing,)
