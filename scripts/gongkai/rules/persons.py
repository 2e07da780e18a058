"""No personal data in the tables that clerks keep beside mkdocs.yml (R5.1): no columns for them, no numbers, no names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from gongkai.dataset import Dataset
from gongkai.model import Finding, FindingType, Place
from gongkai.model.request import RawCell
from gongkai.patterns import regex
from gongkai.privacy.detectors import Kind, scan
from gongkai.privacy.names import full_name, mask_name
from gongkai.reading.csv_column import PERSONAL

_FREE = regex(r"日期|类型|类别|方式|单位|种类|^结果$|办理结果|工作日|登记号|编号|序号")
"""Columns in which a word that looks like a name is none."""
_HAN = "\u4e00-\u9fff"
_ROLE = "申请人|联系人|代理人|委托人|来电人|来访人|第三方|姓名"
_CALLED = "先生|女士|同志|本人|等人|来电|来访|来信|代为|委托"
_ABOUT = regex(f"{_ROLE}|{_CALLED}")
_NAMED = regex(
    rf"(?:{_ROLE})(?:是|为|[：:])(?P<a>[{_HAN}]{{2,3}})(?![{_HAN}])"
    rf"|(?:^|[^{_HAN}]|{_ROLE})(?P<b>[{_HAN}]{{2,3}})(?:{_CALLED})"
)


class PersonCodes(NamedTuple):
    """What is said of one kind of table: of a heading, of a number, of a name, and of a table that would be published."""

    column: FindingType
    number: FindingType
    name: FindingType
    public: FindingType


def personal_columns(headings: Mapping[str, Iterable[str]], codes: PersonCodes) -> Iterator[Finding]:
    """A heading that asks for personal data, filled in or not; ``headings`` are those of each file."""
    for file, header in headings.items():
        for heading in header:
            if PERSONAL.search(heading):
                yield codes.column.at(Place(file), column=heading)


def _no_other(_: RawCell) -> str:
    return ""


def personal_data(
    cells: Iterable[RawCell], codes: PersonCodes, other_name: Callable[[RawCell], str] = _no_other
) -> Iterator[Finding]:
    """Numbers of persons in any cell (R5.7), and names; ``other_name`` finds those that only this kind of table shows."""
    for cell in cells:
        place, column = Place(cell.file, cell.line), cell.heading or "没有列名的格"
        for hit in scan(cell.text):
            if hit.kind is not Kind.PARTIAL:
                yield codes.number.at(place, column=column, kind=hit.kind.value, shown=hit.shown)
        if name := name_in(cell.heading, cell.text) or other_name(cell):
            yield codes.name.at(place, column=column, shown=mask_name(name))


def name_in(heading: str, text: str) -> str:
    """The name of a person in a cell under ``heading``; empty when there is none."""
    if _FREE.search(heading):
        return ""
    bare = text.replace(" ", "").replace("\u3000", "")
    if full_name(bare):
        return bare
    for match in _NAMED.finditer(bare) if _ABOUT.search(bare) else ():
        name = match["a"] or match["b"]
        if full_name(name):
            return name
    return ""


def in_public_folder(dataset: Dataset, folder: str, codes: PersonCodes) -> Iterator[Finding]:
    """A table among what MkDocs copies into the site."""
    settings = dataset.settings
    docs = settings.docs_dir.relative_to(settings.root).as_posix()
    for public in dict.fromkeys((settings.docs_dir, settings.items_dir)):
        for path in sorted((public / folder).glob("*.csv")):
            file = path.relative_to(settings.root).as_posix()
            yield codes.public.at(Place(file), folder=file.rpartition("/")[0], docs=docs)
