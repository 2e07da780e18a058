"""The ledger and the registers: every item once, figures against a plain count, real days, the same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from gongkai.cli.main import main
from gongkai.dataset import Dataset
from gongkai.gather import Gathered, gather
from gongkai.model import Finding
from gongkai.reading.feedback import COLUMNS, HEADER, read_feedback
from gongkai.reports.coverage import State, coverage
from gongkai.reports.ledger import Line, ledger
from gongkai.reports.ledger_sheets import LEDGER
from gongkai.reports.sheet import Column, Link, Share, Sheet
from gongkai.reports.workbook import csv_bytes, workbook_bytes
from sites import ITEM, ROOT, TODAY, write_site

SHEETS = ["报送登记表", "审批登记表", "群众意见建议及处理记录簿"]


@pytest.fixture(scope="module")
def gathered() -> Gathered:
    return gather(ROOT / "mkdocs.yml", TODAY)


@pytest.fixture(scope="module")
def lines(demo: Dataset) -> tuple[Line, ...]:
    return ledger(demo, coverage(demo))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return load_workbook(io.BytesIO(run(tmp_path_factory.mktemp("book"), "xlsx")))


def run(folder: Path, style: str, *more: str, config: Path = ROOT / "mkdocs.yml") -> bytes:
    path = folder / f"台账.{style}"
    assert main(["ledger", "-f", str(config), "--today", "2026-11-20", "-o", str(path), *more]) == 0
    return path.read_bytes()


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    """The rows below the headers: those that are numbered."""
    return [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]


def test_every_item_made_public_has_one_line(demo: Dataset, lines: tuple[Line, ...]):
    plain = {
        i.file
        for i in demo.items
        if not i.draft and i.sound and i.disclosure_class != "不予公开" and dt.date.min < i.published_on <= TODAY
    }
    assert sorted(line.item.file for line in lines) == sorted(plain)
    assert [line.n for line in lines] == list(range(1, len(plain) + 1))
    assert [line.item.published_on for line in lines] == sorted(line.item.published_on for line in lines)


def test_only_items_of_the_website_have_an_address(demo: Dataset, lines: tuple[Line, ...]):
    shown = {item.file: f"https://www.example.gov.cn/shifan/items/{item.address}.html" for item in demo.published}
    assert {line.item.file: line.address for line in lines if line.address} == shown


def test_overdue_lines_are_the_late_findings_and_the_late_periods(
    gathered: Gathered, demo: Dataset, lines: tuple[Line, ...]
):
    late = {f.file for f in gathered.findings if f.code in ("GK401", "GK431", "GK421")}
    periods = {cell.items[0].file for _, cell in coverage(demo).expected() if cell.state is State.LATE}
    assert {line.item.file for line in lines if line.overdue} == late | periods
    assert [line.item.title for line in lines if line.overdue] == ["示范镇2026年第一季度计划生育政策落实情况"]


def test_due_days_of_the_demonstration_are_what_counting_day_by_day_gives(demo: Dataset, lines: tuple[Line, ...]):
    checked = 0
    for line in lines:
        judged = line.timing
        if judged.start is None or line.due != judged.due or not judged.limit.endswith("个工作日"):
            continue
        day, left = judged.start, int("".join(c for c in judged.limit if c.isdigit()))
        while left:
            day += dt.timedelta(days=1)
            left -= demo.calendar.is_working(day)
        assert day == line.due
        assert line.overdue == (line.item.published_on > day)
        checked += 1
    assert checked > 150


def test_a_late_item_and_its_finding_agree(tmp_path: Path):
    text = ITEM.replace("2026-09-28", "2026-09-01")  # ten working days end on 2026-09-15
    found = gather(write_site(tmp_path, {"site_src/items/a.md": text}), TODAY)
    assert found.dataset is not None
    (line,) = ledger(found.dataset, coverage(found.dataset))
    assert (line.timing.limit, line.due, line.overdue) == ("10个工作日", dt.date(2026, 9, 15), True)
    assert "GK401" in {f.code for f in found.findings}


def test_workbook_has_a_sheet_for_all_for_each_unit_and_for_each_register(book: Workbook, demo: Dataset):
    units = [u.name for u in demo.profile.units if any(demo.unit(i) is u for i in demo.published)]
    assert book.sheetnames == ["台账", *units, *SHEETS]
    assert sum(len(rows(book[unit])) for unit in units) == len(rows(book["台账"]))
    for unit in units:
        assert {row[7] for row in rows(book[unit])} <= {
            n for n, u in demo.profile.unit_by_name.items() if u.name == unit
        }


def test_columns_are_those_that_inspectors_ask_for(book: Workbook):
    headers = [cell.value for cell in book["台账"][3]]
    wanted = "序号 索引号 领域 一级事项 二级事项 标题 文号 责任单位 成文日期 发布日期 公开时限 到期日 是否逾期 所属期 公开渠道 公开方式 有效性 网址 打开"
    assert headers == wanted.split()


def test_days_are_days_and_headers_stay_in_sight_and_on_every_printed_page(book: Workbook):
    sheet = book["台账"]
    assert all(isinstance(row[9], dt.datetime) for row in rows(sheet))
    assert sheet["J4"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == f"A3:S{3 + len(rows(sheet))}"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == (
        9,
        "landscape",
        1,
    )
    assert sheet["S4"].hyperlink.target == sheet["R4"].value


def test_registers_are_filled_in_as_far_as_the_items_say_and_no_further(book: Workbook, lines: tuple[Line, ...]):
    approvals = rows(book["审批登记表"])
    assert len(approvals) == len(lines)
    for row, line in zip(approvals, lines, strict=True):
        review = line.item.review
        assert row[1] == line.item.title
        assert row[5] == (review.by if review else None)
        assert (row[6].date() if row[6] else None) == (review.on if review else None)
        assert row[8:] == (None, None, None)
    submissions = rows(book["报送登记表"])
    assert [row[2] for row in submissions] == [line.item.title for line in lines]
    assert all(row[8:] == (None, None, None) for row in submissions)


def test_opinions_of_residents_are_listed_with_the_row_they_are_about(book: Workbook):
    listed = rows(book["群众意见建议及处理记录簿"])
    plain = list(csv.DictReader((ROOT / "feedback/2026.csv").open(encoding="utf-8-sig")))
    assert [row[5] for row in listed] == [line["内容摘要"] for line in plain]
    assert [row[10] for row in listed] == ["是" if line["答复日期"] else "否" for line in plain]
    assert listed[5][6] == "19-05-03 低保资金发放信息"


def test_a_year_lists_what_was_published_in_it(tmp_path: Path, lines: tuple[Line, ...]):
    made = json.loads(run(tmp_path, "json", "--year", "2025"))
    assert len(made["items"]) == sum(line.item.published_on.year == 2025 for line in lines)
    assert made["feedback"] == []


def test_csv_opens_in_excel_and_starts_no_formula(tmp_path: Path):
    text = ITEM.replace("title: 2026", "title: =2026")
    config = write_site(tmp_path, {"site_src/items/a.md": text})
    data = run(tmp_path, "csv", config=config)
    assert data.startswith(b"\xef\xbb\xbf")
    heads, line = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert heads == [column.head for column in LEDGER]
    assert line[5] == "'=2026年第三季度最低生活保障对象公示"


def test_two_runs_give_the_same_bytes(tmp_path: Path):
    assert run(tmp_path, "xlsx", "--year", "2026") == run(tmp_path, "xlsx", "--year", "2026")


def test_the_report_lies_beside_the_settings_by_default(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM})
    assert main(["ledger", "-f", str(config), "--today", "2026-11-20"]) == 0
    assert (tmp_path / "reports/信息公开台账.xlsx").is_file()
    assert "1 条信息，0 条群众意见" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["-o", "台账.doc"], "“台账.doc”的扩展名应是 .xlsx、.csv 或 .json。"),
        (["-o", "台账.csv", "--format", "xlsx"], "--format xlsx 与文件名“台账.csv”不一致"),
        (["--year", "26"], "--year 的“26”不是年份"),
    ],
)
def test_wrong_usage_is_said(wrong: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["ledger", "-f", str(write_site(tmp_path)), *wrong]) == 2
    assert said in capsys.readouterr().err


def test_opinions_that_cannot_be_counted_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    text = "编号,收到日期,类别,内容摘要\nYJ1,2026-11-02,建议,路灯不亮\nYJ2,-,建议,路面破损\n"
    config = write_site(tmp_path, {"feedback/2026.csv": text})
    assert main(["ledger", "-f", str(config), "--today", "2026-11-20"]) == 1
    said = capsys.readouterr()
    assert said.out.endswith("（0 条信息，1 条群众意见）\n")
    assert said.err == "注意：feedback/2026.csv 有错误，可能没有计入；请先运行 gongkai check 并改正。\n"


@pytest.mark.slow
def test_nothing_of_the_opinions_is_published(demo_site: Path):
    said = "希望把公交末班车时间印在便民手册上".encode()
    assert [path.name for path in demo_site.rglob("*") if path.is_file() and said in path.read_bytes()] == []


# ---- the one way to a workbook


def workbook(sheet: Sheet) -> Any:
    return load_workbook(io.BytesIO(workbook_bytes("表", "示范镇", [sheet, sheet]))).worksheets


def test_cells_are_what_they_are():
    cells = ["=1+1", 7, 0.5, dt.date(2026, 2, 28), Share(0.25), None, Link("网址", "https://www.example.gov.cn/")]
    sheet = workbook(Sheet("表", "标题", tuple(Column(str(n)) for n in range(7)), [cells]))[0]
    assert [c.value for c in sheet[3]] == ["=1+1", 7, 0.5, dt.datetime(2026, 2, 28), 0.25, None, "网址"]
    assert [c.data_type for c in sheet[3]][:3] == ["s", "n", "n"]
    assert sheet["E3"].number_format == "0.0%"
    assert sheet["G3"].hyperlink.target == "https://www.example.gov.cn/"


def test_addresses_that_excel_does_not_take_stand_as_text():
    far = "https://www.example.gov.cn/" + "a" * 2100
    cells = [Link("太远", far), Link("有杂字", "https://www.example.gov.cn/\x01a")]
    sheet = workbook(Sheet("表", "标题", (Column("甲"), Column("乙")), [cells]))[0]
    assert [c.value for c in sheet[3]] == ["太远", "有杂字"]
    assert sheet["A3"].hyperlink is None
    assert sheet["B3"].hyperlink.target == "https://www.example.gov.cn/a"


def test_no_sheet_has_more_links_than_excel_takes():
    rows = [[Link(f"第{n}条", "https://www.example.gov.cn/")] for n in range(65_532)]
    made = workbook_bytes("表", "示范镇", [Sheet("表", "标题", (Column("甲"),), rows)])
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    assert sheet.count(b"<hyperlink ") == 65_530
    assert "第65531条".encode() in sheet


def test_names_of_sheets_are_sound_and_unique():
    name = "规划建设[和]生态/环境办公室" * 3
    names = [s.title for s in workbook(Sheet(name, "标题", (Column("一"),), []))]
    assert names == [name.replace("[", " ").replace("]", " ").replace("/", " ")[:31], f"{names[0][:29]}~2"]


def test_groups_stand_above_their_columns():
    sheet = workbook(
        Sheet("表", "标题", (Column("甲"), Column("乙", group="合计"), Column("丙", group="合计")), [[1, 2, 3]])
    )[0]
    assert [[c.value for c in row] for row in sheet.iter_rows(min_row=2, max_row=4)] == [
        [None, "合计", None],
        ["甲", "乙", "丙"],
        [1, 2, 3],
    ]
    assert "B2:C2" in {str(merged) for merged in sheet.merged_cells.ranges}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.text(max_size=40), min_size=2, max_size=2), max_size=5))
def test_any_text_can_be_written(texts: list[list[str]]):
    columns = (Column("甲"), Column("乙"))
    sheet = workbook(Sheet("表", "标题", columns, texts))[0]
    assert sheet["A2"].value == "甲"
    assert csv_bytes(columns, texts) == csv_bytes(columns, texts)


# ---- reading the opinions


def test_a_new_book_is_read_without_a_finding_and_never_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path)
    assert main(["ledger", "-f", str(config), "--new", "2026"]) == 0
    assert (tmp_path / "feedback/2026.csv").read_bytes() == ("\ufeff" + HEADER + "\n").encode()
    assert gather(config, TODAY).findings == []
    assert main(["ledger", "-f", str(config), "--new", "2026"]) == 2
    assert "已经存在，没有改动" in capsys.readouterr().err


@settings(deadline=None, max_examples=40)
@given(data=st.binary(max_size=300))
def test_any_bytes_give_findings_and_no_crash(tmp_path_factory: pytest.TempPathFactory, data: bytes):
    folder = tmp_path_factory.mktemp("site")
    (folder / "feedback").mkdir()
    (folder / "feedback/2026.csv").write_bytes(data)
    said: list[Finding] = []
    assert read_feedback(folder, said.append).records == ()
    assert {f.code for f in said} <= {"GK851", "GK852"}


@settings(deadline=None, max_examples=40)
@given(cells=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20), max_size=12))
def test_any_line_gives_a_record_or_findings(tmp_path_factory: pytest.TempPathFactory, cells: list[str]):
    folder = tmp_path_factory.mktemp("site")
    (folder / "feedback").mkdir()
    with (folder / "feedback/2026.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\n")
        csv.writer(file).writerow(cells)
    said: list[Finding] = []
    records = read_feedback(folder, said.append).records
    assert records or said or not any(cell.strip() for cell in cells)


def test_the_scaffold_names_every_column():
    assert HEADER == "编号,收到日期,方式,类别,内容摘要,涉及条目,承办单位,处理情况,答复日期,备注"
    assert [c.key for c in COLUMNS if c.needed] == ["received", "kind", "content"]
