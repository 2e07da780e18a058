"""No personal data in a register (R5.1): neither columns for them, nor numbers, nor names."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding, Place
from gongkai.model.request import FOLDER
from gongkai.patterns import regex
from gongkai.privacy.detectors import Kind, scan
from gongkai.privacy.names import full_name, mask_name
from gongkai.reading.requests import columns
from gongkai.rules.requests import codes

PERSONAL_COLUMN = columns.PERSONAL
"""Headings that ask for personal data."""
_FREE = regex(r"日期|类型|类别|方式|单位|种类|^结果$|办理结果|工作日|登记号|编号|序号")
"""Columns in which a word that looks like a name is none."""
_NUMBER_OR_UNIT = regex(r"登记号|编号|单位|机构")
_LIKE_UNIT = regex(r"[办所站室科股队局部院会厅校园厂社委组]$|中心$|公司$")
_HAN = "\u4e00-\u9fff"
_ROLE = "申请人|联系人|代理人|委托人|来电人|来访人|第三方|姓名"
_NAMED = regex(
    rf"(?:{_ROLE})(?:是|为|[：:])(?P<a>[{_HAN}]{{2,3}})(?![{_HAN}])"
    rf"|(?:^|[^{_HAN}]|{_ROLE})(?P<b>[{_HAN}]{{2,3}})(?:先生|女士|同志|本人|等人|来电|来访|来信|代为|委托)"
)


def personal_columns(dataset: Dataset) -> Iterator[Finding]:
    """A heading that asks for personal data, filled in or not."""
    for file, header in dataset.registers.headings.items():
        for heading in header:
            if PERSONAL_COLUMN.search(heading):
                yield codes.PERSONAL_COLUMN.at(Place(file), column=heading)


def personal_data(dataset: Dataset) -> Iterator[Finding]:
    """Numbers of persons in any cell; names in columns of free text and wherever a cell is nothing else."""
    for cell in dataset.registers.cells:
        place = Place(cell.file, cell.line)
        column = cell.heading or "没有列名的格"
        for hit in scan(cell.text):
            if hit.kind is not Kind.PARTIAL:
                yield codes.PERSONAL_NUMBER.at(place, column=column, kind=hit.kind.value, shown=hit.shown)
        if name := name_in(cell.heading, cell.text) or _alone(dataset, cell.heading, cell.text):
            yield codes.PERSON_NAME.at(place, column=column, shown=mask_name(name))


def name_in(heading: str, text: str) -> str:
    """The name of a person in a cell under ``heading``; empty when there is none."""
    if _FREE.search(heading):
        return ""
    bare = text.replace(" ", "").replace("\u3000", "")
    if full_name(bare):
        return bare
    for match in _NAMED.finditer(bare):
        name = match["a"] or match["b"]
        if full_name(name):
            return name
    return ""


def _alone(dataset: Dataset, heading: str, text: str) -> str:
    """A name that is all that stands in a column of numbers or units; what ends as units do is none."""
    bare = "".join(text.split())
    found = _NUMBER_OR_UNIT.search(heading) and full_name(bare) and not _LIKE_UNIT.search(bare)
    return bare if found and bare not in dataset.profile.unit_by_name else ""


def in_public_folder(dataset: Dataset) -> Iterator[Finding]:
    """A register among what MkDocs copies into the site."""
    settings = dataset.settings
    for folder in (settings.docs_dir, settings.items_dir):
        for path in sorted((folder / FOLDER).glob("*.csv")):
            file = path.relative_to(settings.root).as_posix()
            docs = settings.docs_dir.relative_to(settings.root).as_posix()
            yield codes.IN_PUBLIC_FOLDER.at(Place(file), folder=file.rpartition("/")[0], docs=docs)


RULES = (personal_columns, personal_data, in_public_folder)
