"""The file of a catalogue's workbook: text comes out as it went in, names and links fit, borders close, no time is left in it."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import subprocess
import sys
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from gongkai.catalogue.book import LEFT, Book
from gongkai.catalogue.export_workbook import FIRST_ROW, workbook_bytes
from gongkai.catalogue.exporting import rows_of
from gongkai.catalogue.load import standard_field
from gongkai.catalogue.workbook_text import clean
from gongkai.model import Catalogue, NotApplicable, Profile
from small_catalogue import one_field

WRITTEN = """
from gongkai.catalogue.book import MIDDLE, Book
book = Book("目录", "示范镇")
for name in "甲乙丙":
    page = book.page(name)
    page.merged((0, 0), (2, 3), name, MIDDLE)
    page.printed(0, 1)
import hashlib
print(hashlib.sha256(book.content()).hexdigest())
"""


def read(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def read_apart(content: bytes) -> Workbook:
    """The workbook with no cells merged, as openpyxl takes the borders out of the middle of merged ones."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, re.sub(rb"<mergeCells.*</mergeCells>", b"", old.read(info)))
    return read(out.getvalue())


def cells_with(*texts: str) -> list[Any]:
    """Cells below one another that were written with ``texts``."""
    book = Book("表", "")
    page = book.page("表")
    for n, text in enumerate(texts):
        page.text(n, 0, text, LEFT)
    sheet = read(book.content()).worksheets[0]
    return [sheet.cell(n, 1) for n in range(1, len(texts) + 1)]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "{=SUM(A1:A2)}",
        "+1",
        "@x",
        "00123",
        "1.50",
        "2026-11-20",
        "https://www.example.gov.cn/#a",
        "mailto:a@example.gov.cn",
        "internal:目录!A1",
        "external:c:\\a.xlsx",
        "<r><t>甲</t></r>",
        "<r>甲&乙</r>",
        "甲 & <乙> \"丙\" '丁'",
        " 前后有空格 ",
        "_x000D_",
        "一行\n又一行",
        "𠮷野家",
    ],
)
def test_text_stays_the_text_that_it_is(text: str):
    (cell,) = cells_with(text)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert cell.number_format == "@"
    assert (cell.font.name, cell.border.right.style) == ("宋体", "thin")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_any_text_comes_out_without_what_a_file_cannot_hold(texts: list[str]):
    found = [cell.value or "" for cell in cells_with(*texts)]
    assert found == [clean(text).replace("\r\n", "\n").replace("\r", "\n") for text in texts]


def test_text_that_is_too_long_is_cut_where_excel_cuts_it():
    plain, rare, marked = cells_with("长" * 40_000, "𠮷" * 40_000, "<r>" + "长" * 40_000 + "</r>")
    assert plain.value == "长" * 32_767
    assert rare.value == "𠮷" * 16_383
    assert marked.value == "<r>" + "长" * 32_764


def test_control_characters_anywhere_leave_a_file_that_opens(township: tuple[Profile, Catalogue]):
    entry = replace(standard_field("19").entries[0], level1="甲\x00", level2="乙\x1f\ud800", time_limit_text="丙\x0b")
    catalogue = one_field(entry)
    (field,) = catalogue.fields
    absent = (NotApplicable("02", "不\x07涉及\uffff"),)
    catalogue = replace(catalogue, fields=(replace(field, name="救\x01助"),), not_applicable=absent)
    profile = replace(township[0], full_name="示范\x02镇")
    book = read(workbook_bytes(catalogue, rows_of(catalogue), profile))
    assert book.properties.creator == "示范镇"
    assert book["目录"]["A1"].value == "示范镇基层政务公开标准目录"
    assert book["目录"]["C3"].value == "救助"
    sheet = book["19 救助"]
    assert [sheet.cell(FIRST_ROW, k).value for k in (2, 3, 6)] == ["甲", "乙", "丙"]
    assert book["未涉及领域"]["C3"].value == "不涉及"


def test_names_of_sheets_fit_and_links_lead_to_them():
    (first,) = one_field(standard_field("19").entries[0]).fields
    names = ["规划[建设]/'生态': 环境\t*?" * 3, "规划[建设]/'生态': 环境\t*?" * 3 + "二", "𠮷" * 30]
    fields = tuple(replace(first, name=name) for name in names)
    catalogue = Catalogue(fields)
    book = read(workbook_bytes(catalogue, rows_of(catalogue)))
    made = book.sheetnames[1:-1]
    assert made == ["19 规划 建设   生态   环境   规划 建设   生态", made[0][:29] + "~2", "19 " + "𠮷" * 14]
    assert all(len(name.encode("utf-16-le")) <= 62 for name in made)
    assert [book["目录"][f"C{n}"].hyperlink.location for n in (3, 4, 5)] == [f"'{name}'!A1" for name in made]
    assert [book["目录"][f"C{n}"].value for n in (3, 4, 5)] == names


def test_name_that_excel_keeps_for_itself_is_not_taken():
    book = Book("表", "")
    book.page("History")
    assert read(book.content()).sheetnames == ["History~2"]


def test_every_cell_of_the_table_has_its_border_merged_or_empty(township: tuple[Profile, Catalogue]):
    profile, catalogue = township
    for sheet in read_apart(workbook_bytes(catalogue, rows_of(catalogue), profile)).worksheets[1:-1]:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                box = cell.border
                assert [s.style for s in (box.left, box.right, box.top, box.bottom)] == ["thin"] * 4, cell.coordinate


def test_the_same_bytes_come_out_in_another_process_and_another_time_zone():
    made = set()
    for zone, seed in (("UTC", "0"), ("Asia/Shanghai", "1"), ("America/Los_Angeles", "2")):
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", WRITTEN], env=env, capture_output=True, text=True, check=True)
        made.add(done.stdout)
    assert len(made) == 1


def test_no_part_of_the_file_says_when_it_was_written(township: tuple[Profile, Catalogue]):
    profile, catalogue = township
    today = dt.datetime.now(dt.timezone.utc)
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(catalogue, rows_of(catalogue), profile))) as packed:
        for info in packed.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            if info.filename.startswith("docProps/"):
                assert today.strftime("%Y-").encode() not in packed.read(info)
