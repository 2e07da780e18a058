"""``gongkai catalogue export``: what it writes where, and what it says when it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gongkai.catalogue.load import standard_field
from gongkai.cli import catalogue_export
from gongkai.cli.errors import UsageError
from sites import write_site
from small_catalogue import STATEMENT, Run, running


@pytest.fixture
def export(here: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a small site of its own."""
    write_site(here, adopted={"not_applicable": [{"field": "05", "statement": STATEMENT}]})
    return running(catalogue_export, capsys)


def test_export_writes_the_table_and_says_where(export: Run):
    own = {i: len(standard_field(i).own_entries) for i in ("19", "30")}
    name = "示范镇基层政务公开标准目录"
    assert export() == f"已导出：{name}.xlsx（2 个领域，{sum(own.values())} 项）\n"
    assert load_workbook(f"{name}.xlsx").sheetnames == ["目录", "19 社会救助", "30 通用栏目", "未涉及领域"]
    assert export("--format", "csv", "--field", "社会救助") == f"已导出：{name}.csv（1 个领域，{own['19']} 项）\n"
    export("-o", "表.csv", "--field", "19", "--field", "通用栏目领域")
    assert Path("表.csv").read_bytes().count(b"\r\n") == sum(own.values()) + 1
    assert sorted(p.name for p in Path().iterdir() if p.is_file()) == sorted(
        [f"{name}.xlsx", f"{name}.csv", "表.csv", "mkdocs.yml"]
    )


def test_a_table_that_somebody_has_edited_is_not_replaced_unasked(export: Run):
    export("-o", "表.xlsx")
    export("-o", "表.xlsx")
    Path("表.xlsx").write_bytes(b"edited")
    with pytest.raises(UsageError, match=r"没有改动.*--replace"):
        export("-o", "表.xlsx")
    assert Path("表.xlsx").read_bytes() == b"edited"
    export("-o", "表.xlsx", "--replace")
    assert load_workbook("表.xlsx").sheetnames[0] == "目录"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--field", "社会救肋"), "本镇没有采用“社会救肋”这个领域，是不是“社会救助”"),
        (("--field", "05"), "本镇没有采用“05”这个领域"),
        (("-o", "表.doc"), "扩展名应是 .xlsx 或 .csv"),
        (("-o", "表.csv", "--format", "xlsx"), "不一致"),
        (("-o", "没有的文件夹/表.csv"), "不能写入.*文件夹不存在"),
        (("-f", "别处/mkdocs.yml"), "找不到站点设置"),
    ],
)
def test_what_cannot_be_exported_is_said(arguments: Sequence[str], said: str, export: Run):
    before = sorted(Path().rglob("*"))
    with pytest.raises(UsageError, match=said):
        export(*arguments)
    assert sorted(Path().rglob("*")) == before
