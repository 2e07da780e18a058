"""``gongkai coverage``: the same figures as text, JSON, CSV and workbook, and wrong usage said."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gongkai.cli.main import main
from gongkai.dataset import Dataset
from gongkai.reports.coverage import Coverage, coverage
from sites import ROOT, write_site


@pytest.fixture(scope="module")
def found(demo: Dataset) -> Coverage:
    return coverage(demo)


def test_the_command_prints_figures_and_gaps(capsys: pytest.CaptureFixture[str]):
    assert main(["coverage", "-f", str(ROOT / "mkdocs.yml"), "--today", "2026-11-20"]) == 0
    said = capsys.readouterr().out
    assert "示范镇政府信息公开 公开情况（截至 2026-11-20）" in said
    assert "  [缺] 19-05-03 低保资金发放信息，2026年5月，最迟 2026-06-29" in said
    assert "  [迟公开] 27-02-03 计划生育政策落实情况，2026年第一季度，最迟 2026-04-20，2026-04-23 公开" in said


def run(folder: Path, style: str) -> bytes:
    path = folder / f"公开情况.{style}"
    command = ["coverage", "-f", str(ROOT / "mkdocs.yml"), "--today", "2026-11-20", "--format", style]
    assert main([*command, "-o", str(path)]) == 0
    return path.read_bytes()


def test_the_name_of_the_file_says_what_is_written(tmp_path: Path):
    command = ["coverage", "-f", str(write_site(tmp_path)), "-o"]
    assert main([*command, str(tmp_path / "公开 情况.xlsx")]) == 0
    assert load_workbook(tmp_path / "公开 情况.xlsx").sheetnames[0] == "各领域"
    assert main([*command, str(tmp_path / "公开 情况.txt")]) == 0
    assert "公开情况（截至 " in (tmp_path / "公开 情况.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["-o", "情况.docx"], "“情况.docx”的扩展名应是 .txt、.json、.csv 或 .xlsx。"),
        (["-o", "情况.xlsx", "--format", "csv"], "--format csv 与文件名“情况.xlsx”不一致，请改其中一个。"),
        (["-o", f"{'长' * 200}.xlsx"], "文件名太长。"),
    ],
)
def test_wrong_usage_is_said(wrong: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["coverage", "-f", str(write_site(tmp_path)), *wrong]) == 2
    assert said in capsys.readouterr().err


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path, {"reports": "不是文件夹\n"})
    assert main(["coverage", "-f", str(config), "--format", "xlsx"]) == 2
    assert "reports”是文件，不能在里面写报表" in capsys.readouterr().err


def test_items_that_cannot_be_counted_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path, {"site_src/items/b.md": "没有信息头\n"})
    assert main(["coverage", "-f", str(config), "--today", "2026-11-20"]) == 1
    said = capsys.readouterr().err
    assert said == "注意：1 条信息有错误，可能没有计入；请先运行 gongkai check 并改正。\n"


def test_two_runs_give_the_same_bytes(tmp_path: Path):
    assert run(tmp_path, "xlsx") == run(tmp_path, "xlsx")


def test_json_has_the_same_figures(tmp_path: Path, found: Coverage):
    made = json.loads(run(tmp_path, "json"))
    assert made["total"]["expected"] == found.figures().expected
    assert sum(field["missing"] for field in made["fields"]) == found.figures().missing
    states = Counter(c["state"] for r in made["rows"] if r["kind"] == "periodic" for c in r["cells"])
    assert states["missing"] == found.figures().missing
    assert states["published"] == found.figures().published


def test_csv_has_a_line_for_every_cell(tmp_path: Path, found: Coverage):
    lines = list(csv.reader(io.StringIO(run(tmp_path, "csv").decode("utf-8-sig"))))
    assert lines[0][:4] == ["领域", "一级事项", "二级事项", "条目编号"]
    assert len(lines) - 1 == sum(len(row.cells) for row in found.rows)


def test_workbook_has_totals_maps_and_blank_rows(tmp_path: Path, found: Coverage):
    book = load_workbook(io.BytesIO(run(tmp_path, "xlsx")))
    assert book.sheetnames == [
        "各领域",
        "各责任单位",
        "2026年分布",
        "2025年分布",
        "2024年分布",
        "明细",
        "尚无信息的条目",
    ]
    sheet = book["各领域"]
    total = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "合计")
    figures = found.figures()
    assert total[1:9] == (
        found.entries().total,
        found.entries().filled,
        figures.expected,
        figures.published,
        figures.statement,
        figures.late,
        figures.missing,
        figures.due,
    )
    allowance = next(row for row in book["2026年分布"].iter_rows(values_only=True) if row[1] == "低保资金发放信息")
    assert allowance[3:] == ("公", "公", "公", "公", "缺", "公", "公", "公", "公", "期", None, None)
