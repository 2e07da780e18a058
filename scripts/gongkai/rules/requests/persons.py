"""No personal data in a register (R5.1): neither columns for them, nor numbers, nor names."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding
from gongkai.model.request import FOLDER, RawCell
from gongkai.patterns import regex
from gongkai.privacy.names import full_name
from gongkai.rules import persons
from gongkai.rules.requests import codes

_CODES = persons.PersonCodes(codes.PERSONAL_COLUMN, codes.PERSONAL_NUMBER, codes.PERSON_NAME, codes.IN_PUBLIC_FOLDER)
_NUMBER_OR_UNIT = regex(r"登记号|编号|单位|机构")
_LIKE_UNIT = regex(r"[办所站室科股队局部院会厅校园厂社委组]$|中心$|公司$")


def personal_columns(dataset: Dataset) -> Iterator[Finding]:
    """A heading that asks for personal data, filled in or not."""
    return persons.personal_columns(dataset.registers.headings, _CODES)


def personal_data(dataset: Dataset) -> Iterator[Finding]:
    """Numbers of persons in any cell; names in columns of free text and wherever a cell is nothing else."""
    return persons.personal_data(dataset.registers.cells, _CODES, lambda cell: _alone(dataset, cell))


def _alone(dataset: Dataset, cell: RawCell) -> str:
    """A name that is all that stands in a column of numbers or units; what ends as units do is none."""
    bare = "".join(cell.text.split())
    found = _NUMBER_OR_UNIT.search(cell.heading) and full_name(bare) and not _LIKE_UNIT.search(bare)
    return bare if found and bare not in dataset.profile.unit_by_name else ""


def in_public_folder(dataset: Dataset) -> Iterator[Finding]:
    """A register among what MkDocs copies into the site."""
    return persons.in_public_folder(dataset, FOLDER, _CODES)


RULES = (personal_columns, personal_data, in_public_folder)
