"""The layouts in which counties hand out their tables: every cell is read right or asked about, none wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from gongkai.catalogue.export_workbook import workbook_bytes
from gongkai.catalogue.exporting import rows_of
from gongkai.catalogue.importing import Imported, Question, Refused, import_file
from gongkai.catalogue.load import standard_field, standard_files, standard_names
from gongkai.model import Catalogue, Entry
from importing_tables import LAYOUTS, Expected, rushan_text

COLUMNS = {
    "一级事项": "level1", "二级事项": "level2", "公开内容（要素）": "elements", "公开依据": "basis", "公开时限": "limits",
    "公开主体": "subject", "公开渠道和载体": "must", "公开对象": "audience", "公开方式": "methods", "公开层级": "levels",
}  # fmt: skip


def read(entry: Entry) -> Expected:
    return Expected(
        entry.level1,
        entry.level2,
        entry.elements,
        tuple((b.title, b.number) for b in entry.basis),
        tuple((t.role.value, t.kind.value, t.n) for t in entry.time_limits),
        "",
        entry.channels_must,
        entry.channels_may,
        entry.audience,
        entry.audience_groups,
        entry.methods,
        entry.levels,
        dict(entry.extra),
    )


def cells(expected: Expected) -> dict[str, object]:
    """What a row holds by column; channels and audience hold two things each."""
    found = {name: getattr(expected, key) for name, key in COLUMNS.items()}
    found["公开渠道和载体"] = (set(expected.must), set(expected.may))
    found["公开对象"] = (expected.audience, expected.groups)
    return found | {f"附加列{name}": text for name, text in expected.extra.items()}


def compare(imported: Imported, wanted: dict[str, list[Expected]]) -> dict[str, list[str]]:
    """Right, asked and wrong cells."""
    result: dict[str, list[str]] = {"right": [], "asked": [], "wrong": []}
    assert [f.id for f in imported.fields] == list(wanted)
    for field in imported.fields:
        assert len(field.entries) == len(wanted[field.id])
        for entry, expected in zip(field.entries, wanted[field.id], strict=True):
            got = cells(read(entry))
            got["公开主体"] = (
                expected.subject if expected.subject in (entry.subject_township, entry.subject_county) else entry
            )
            for name, value in cells(expected).items():
                if name == "公开层级" and expected.levels is None:
                    continue  # the table has no such column
                asked = any(_about(q, entry, name, imported) for q in imported.questions)
                kind = "asked" if asked else "right" if got.get(name) == value else "wrong"
                result[kind].append(f"{entry.id} {name}: {got.get(name)!r}")
    return result


def _about(question: Question, entry: Entry, column: str, imported: Imported) -> bool:
    if not question.column.startswith(column):
        return False
    same = imported.originals[entry.id].get(question.column, "")
    return question.row == "全表" or same == question.original


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_cell_of_a_layout_is_read_wrong(name: str, tmp_path: Path, request, capsys) -> None:
    make, wanted = LAYOUTS[name]
    result = compare(import_file(make(tmp_path)), wanted)
    figures = {kind: len(found) for kind, found in result.items()}
    if request.config.getoption("verbose") > 0:
        with capsys.disabled():
            sys.stdout.write("".join(f"\n  {kind}: {n}" for kind, n in figures.items()) + "\n")
    assert result["wrong"] == []
    assert figures["asked"] < sum(figures.values()) / 10, result["asked"]


def test_a_page_of_scattered_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"没有找到目录的表头.*请向发文单位要 Word 或 Excel 原件"):
        import_file(rushan_text(tmp_path))


def test_the_whole_standard_catalogue_as_a_county_hands_it_out(tmp_path: Path) -> None:
    """703 rows in the official form without the product's own numbers: matched and read, or asked about."""
    catalogue = Catalogue(tuple(map(standard_field, standard_files())), (), standard_names())
    path = tmp_path / "县级目录.xlsx"
    path.write_bytes(workbook_bytes(catalogue, rows_of(catalogue, everything=True)))
    book = load_workbook(path)
    for sheet in book.worksheets[1:-1]:
        last = sheet.max_column
        for row in sheet.iter_rows(min_row=2, min_col=last, max_col=last):
            if not isinstance(row[0], MergedCell):
                row[0].value = None
    book.save(path)
    done = import_file(path)
    got = {entry.id: entry for field in done.fields for entry in field.entries}
    asked = {(q.column, q.table, q.row) for q in done.questions}
    assert len(asked) < 703 * 14 / 50
    assert {column for column, _, _ in asked} == {"公开内容（要素）", "公开依据", "公开时限", "公开渠道和载体的 □"}
    for entry in catalogue.entries():
        read_back = got[entry.id]
        for key in (
            "level1",
            "level2",
            "level3",
            "elements",
            "channels_must",
            "audience",
            "audience_groups",
            "methods",
            "levels",
        ):
            assert getattr(read_back, key) == getattr(entry, key), (entry.id, key)
        assert not entry.time_limit_text or read_back.time_limits == entry.time_limits
