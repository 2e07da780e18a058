"""The township's catalogue as a table: the official form, the same bytes each time."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.catalogue import layout, words
from gongkai.catalogue.export_workbook import FIRST_ROW, workbook_bytes
from gongkai.catalogue.exporting import cells, columns, csv_bytes, rows_of
from gongkai.catalogue.load import standard_field
from gongkai.model import Basis, Catalogue, Profile
from small_catalogue import one_field


@pytest.fixture(scope="module")
def book(township: tuple[Profile, Catalogue]) -> Workbook:
    profile, catalogue = township
    return load_workbook(io.BytesIO(workbook_bytes(catalogue, rows_of(catalogue), profile)))


def sheet_of(catalogue: Catalogue, **options: Any) -> Worksheet:
    made = load_workbook(io.BytesIO(workbook_bytes(catalogue, rows_of(catalogue, **options))))
    return made.worksheets[1]


def headers(sheet: Worksheet) -> list[tuple[str, str]]:
    """Both headers of every column, as a reader sees merged cells."""
    found: list[tuple[str, str]] = []
    for k in range(1, sheet.max_column + 1):
        head, sub = sheet.cell(2, k).value, sheet.cell(3, k).value
        found.append((head or found[-1][0], sub or ""))
    return found


def texts(sheet: Worksheet) -> list[dict[str, str]]:
    """Rows by full header, level-1 cells filled downwards."""
    names = [f"{head}-{sub}" if sub else head for head, sub in headers(sheet)]
    rows: list[dict[str, str]] = []
    for line in sheet.iter_rows(min_row=FIRST_ROW, values_only=True):
        row = {name: str(value or "") for name, value in zip(names, line, strict=True)}
        row["公开事项-一级事项"] = row["公开事项-一级事项"] or rows[-1]["公开事项-一级事项"]
        rows.append(row)
    return rows


# ---- the official form


def test_the_workbook_has_a_list_a_sheet_for_each_field_and_the_fields_left_out(
    book: Workbook, township: tuple[Profile, Catalogue]
):
    profile, catalogue = township
    assert book.sheetnames == ["目录", *(f"{f.id} {f.name}" for f in catalogue.fields), "未涉及领域"]
    index, absent = book["目录"], book["未涉及领域"]
    assert index["A1"].value == f"{profile.full_name}基层政务公开标准目录"
    for n, field in enumerate(catalogue.fields):
        waiting = sum(not e.confirmed for e in field.own_entries)
        line = [str(c.value) for c in index[n + 3]]
        assert line == [str(n + 1), field.id, field.name, str(len(field.own_entries)), str(waiting)]
        assert index.cell(n + 3, 3).hyperlink.location == f"'{field.id} {field.name}'!A1"
    told = {row[0]: row[2] for row in absent.iter_rows(min_row=3, values_only=True)}
    assert told == {n.field_id: n.statement for n in catalogue.not_applicable}


def test_headers_are_the_official_ones_in_two_rows(book: Workbook, township: tuple[Profile, Catalogue]):
    for field, sheet in zip(township[1].fields, book.worksheets[1:-1], strict=True):
        assert sheet["A1"].value == f"{field.name}领域基层政务公开标准目录"
        extra = dict.fromkeys((label, "") for e in field.own_entries for label, _ in e.extra)
        assert headers(sheet) == [*layout.OFFICIAL, *extra, (layout.ENTRY_ID, "")]
        merged = {str(area) for area in sheet.merged_cells.ranges}
        assert {"A2:A3", "B2:C2", "D2:D3", "I2:J2", "K2:L2", "M2:O2"} <= merged


def test_level_1_cells_are_merged_over_their_rows(book: Workbook, township: tuple[Profile, Catalogue]):
    for field, sheet in zip(township[1].fields, book.worksheets[1:-1], strict=True):
        row = FIRST_ROW
        merged = {str(area) for area in sheet.merged_cells.ranges}
        for group in field.groups:
            last = row + len(group.entries) - 1
            assert sheet.cell(row, 2).value == group.name
            assert (f"B{row}:B{last}" in merged) is (last > row)
            row = last + 1
        assert row - 1 == sheet.max_row


def test_every_row_stands_in_its_columns(book: Workbook, township: tuple[Profile, Catalogue]):
    profile, catalogue = township
    for field, sheet in zip(catalogue.fields, book.worksheets[1:-1], strict=True):
        entries = [e for group in field.groups for e in group.entries]
        for n, (row, entry) in enumerate(zip(texts(sheet), entries, strict=True), 1):
            assert row["条目编号"] == entry.id
            assert row["序号"] == (str(n) if entry.confirmed else f"{n}\n待核")
            assert row["公开事项-二级事项"] == entry.level2
            assert row["公开时限"] == entry.time_limit_text
            assert row["公开内容（要素）"].count("\n") == max(len(entry.elements) - 1, 0)
            assert row["公开依据"].splitlines() == [b.label for b in words.cited(entry, profile)]
            assert row["公开渠道和载体"].splitlines() == words.channel_lines(entry)
            ticks = {level: bool(row[f"公开层级-{level}"]) for level in layout.LEVELS}
            assert ticks == {level: level in entry.levels for level in layout.LEVELS}
            assert bool(row["公开方式-依申请"]) is ("依申请公开" in entry.methods)
            assert row["公开对象-特定群体"] == ((entry.audience_groups or "√") if "特定群体" in entry.audience else "")


def test_sheets_are_made_to_be_printed(book: Workbook):
    for sheet in book.worksheets[1:-1]:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # 1 where nothing is said
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$2:$3"
        assert sheet.freeze_panes == f"D{FIRST_ROW}"
        cell = sheet.cell(FIRST_ROW, 4)
        assert cell.alignment.wrap_text
        assert cell.border.left.style == cell.border.bottom.style == "thin"
        assert sheet.column_dimensions["D"].width > sheet.column_dimensions["A"].width


def test_added_columns_follow_in_their_order_and_a_third_level_stands_with_the_others():
    first, second = standard_field("19").entries[:2]
    first = replace(first, extra=(("咨询电话", "0666-5550120"), ("备注", "镇里办理")), level3="综合")
    second = replace(second, extra=(("更新周期", "每月"),))
    sheet = sheet_of(one_field(first, second))
    assert headers(sheet) == [
        *layout.OFFICIAL[:3],
        ("公开事项", "三级事项"),
        *layout.OFFICIAL[3:],
        ("咨询电话", ""),
        ("备注", ""),
        ("更新周期", ""),
        ("条目编号", ""),
    ]
    assert [row["备注"] for row in texts(sheet)] == ["镇里办理", ""]
    assert [row["公开事项-三级事项"] for row in texts(sheet)] == ["综合", ""]


def test_county_rows_are_written_only_when_asked_for():
    first, second = standard_field("19").entries[:2]
    catalogue = one_field(first, replace(second, levels=("县级",), subject_township=None))
    assert [row["条目编号"] for row in texts(sheet_of(catalogue))] == [first.id]
    rows = texts(sheet_of(catalogue, everything=True))
    assert [row["条目编号"] for row in rows] == [first.id, second.id]
    assert rows[1]["公开主体"] == second.subject_county


def test_another_province_s_document_is_not_cited():
    row = replace(standard_field("19").entries[0], basis=(Basis("社会救助暂行办法"), Basis("操作规程", place="安徽省")))
    assert [r["公开依据"] for r in texts(sheet_of(one_field(row)))] == ["《社会救助暂行办法》"]


def test_text_stays_text_whatever_it_starts_with():
    row = replace(standard_field("19").entries[0], level2="=1+1", extra=(("备注", '=HYPERLINK("x")\x07'),))
    catalogue = one_field(row)
    sheet = sheet_of(catalogue)
    cell = sheet.cell(FIRST_ROW, 3)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert texts(sheet)[0]["备注"] == '=HYPERLINK("x")'
    line = next(csv.DictReader(io.StringIO(csv_bytes(rows_of(catalogue)).decode("utf-8-sig"))))
    assert line["公开事项-二级事项"] == "'=1+1"


def test_the_same_catalogue_gives_the_same_bytes(township: tuple[Profile, Catalogue]):
    profile, catalogue = township
    rows = rows_of(catalogue)
    content = workbook_bytes(catalogue, rows, profile)
    assert workbook_bytes(catalogue, rows, profile) == content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms:" not in packed.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")


def test_an_empty_catalogue_still_makes_a_workbook():
    made = load_workbook(io.BytesIO(workbook_bytes(Catalogue(()), [])))
    assert made.sheetnames == ["目录", "未涉及领域"]
    assert csv_bytes([]).decode("utf-8-sig").startswith("领域,序号,")


# ---- CSV


def test_csv_opens_in_excel_and_holds_every_row_under_full_names(township: tuple[Profile, Catalogue]):
    profile, catalogue = township
    content = csv_bytes(rows_of(catalogue), profile)
    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    full = [f"{head}-{sub}" if sub else head for head, sub in layout.OFFICIAL]
    assert list(table[0])[: len(full) + 1] == ["领域", *full]
    assert list(table[0])[-1] == "条目编号"
    own = [e for f in catalogue.fields for group in f.groups for e in group.entries]
    assert [row["条目编号"] for row in table] == [e.id for e in own]
    assert all(row["公开事项-一级事项"] for row in table)
    names = {f.id: f.name for f in catalogue.fields}
    assert [row["领域"] for row in table] == [names[e.field_id] for e in own]


def test_cells_and_columns_belong_together(township: tuple[Profile, Catalogue]):
    for field in township[1].fields:
        shown = columns(field.own_entries)
        assert len(set(shown)) == len(shown)
        for n, entry in enumerate(field.own_entries, 1):
            assert {c for c, text in cells(entry, n, None).items() if text} <= set(shown)
