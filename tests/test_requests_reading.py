"""Registers of requests as clerks' programs write them, and the command that lists them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies

from gongkai.cli.main import main
from gongkai.model import Finding, annual
from gongkai.model.request import Registers
from gongkai.reading.requests import columns, read_registers
from sites import write_site

TEXT = '登记号,收到日期,申请人类型,申请内容,答复日期,办理结果\r\nSQ1,2026/3/4,个人,"低保、特困,名册",2026年3月18日,信息不存在\r\n'


def read(folder: Path, data: bytes, name: str = "2026.csv") -> tuple[Registers, list[Finding]]:
    (folder / "requests").mkdir(exist_ok=True)
    (folder / "requests" / name).write_bytes(data)
    said: list[Finding] = []
    return read_registers(folder, said.append), said


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_register_reads_the_same_in_every_encoding_that_excel_writes(tmp_path: Path, codec: str):
    found, said = read(tmp_path, TEXT.encode(codec))
    assert said == []
    assert [(r.number, r.received.isoformat(), r.applicant, r.outcome) for r in found.requests] == [
        ("SQ1", "2026-03-04", "自然人", "unable-1")
    ]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_commas_tabs_and_semicolons_separate(tmp_path: Path, separator: str):
    found, said = read(tmp_path, TEXT.replace(",", separator).encode())
    assert (said, len(found.requests)) == ([], 1)


def test_every_outcome_that_the_command_lists_is_understood():
    assert [columns.outcome(word) for word in annual.OUTCOMES] == [row.key for row in annual.RESULTS]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("已主动公开", "granted"),
        ("不属于本机关", "unable-1"),
        ("政府信息不存在", "unable-1"),
        ("重复申请，不予重复处理", "refused-2"),
        ("（三）不予公开 4.保护第三方合法权益", "withheld-4"),
        ("危及三安全一稳定", "withheld-3"),
    ],
)
def test_the_answers_of_the_law_are_understood(word: str, key: str):
    assert columns.outcome(word) == key


def test_other_alone_is_no_answer():
    assert columns.outcome("其他") is None


@settings(max_examples=60, deadline=None)
@given(
    strategies.binary(max_size=400) | strategies.text(max_size=300).map(lambda t: (TEXT + t).encode("utf-8", "replace"))
)
def test_no_bytes_make_reading_fail(tmp_path_factory: pytest.TempPathFactory, data: bytes):
    found, _ = read(tmp_path_factory.mktemp("any"), data)
    assert isinstance(found, Registers)


def test_a_new_register_opens_in_excel_and_has_no_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path)
    assert main(["requests", "--new", "2026", "-f", str(config)]) == 0
    data = (tmp_path / "requests" / "2026.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert next(csv.reader([data.decode("utf-8-sig")])) == [c.heading for c in columns.REQUESTS]
    assert "已新建：requests/2026.csv、requests/reviews.csv" in capsys.readouterr().out
    assert main(["check", "--strict", "--today", "2026-11-20", "-f", str(config)]) == 0


def test_a_register_that_is_there_is_not_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path, {"requests/2026.csv": TEXT})
    before = (tmp_path / "requests" / "2026.csv").read_bytes()
    assert main(["requests", "--new", "2026", "-f", str(config)]) == 2
    assert (tmp_path / "requests" / "2026.csv").read_bytes() == before
    assert "已经有 requests/2026.csv" in capsys.readouterr().err


REGISTER = """\
登记号,收到日期,申请人类型,征求意见开始,承办单位,申请内容,答复日期,办理结果
SQ2026-001,2026-09-04,自然人,,财政所,惠农补贴分村汇总表,,
SQ2026-002,2026-10-26,商业企业,2026-11-02,财政所,采购意向,,
SQ2026-003,2026-03-04,自然人,,财政所,村级财务,2026-03-18,予以公开
"""


def test_the_list_names_overdue_requests_first_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path, {"requests/2026.csv": REGISTER})
    assert main(["requests", "--today", "2026-11-20", "-f", str(config)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "依申请公开（2026-11-20）：在办 2 件，其中超期 1 件。"
    assert "SQ2026-001" in lines[1]
    assert "应在 2026-10-09 前答复  已超 31 个工作日" in lines[1]
    assert "征求意见中" in lines[2]
    assert len(lines) == 3


def test_the_list_for_machines_holds_no_content_of_requests(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path, {"requests/2026.csv": REGISTER})
    main(["requests", "--all", "--format", "json", "--today", "2026-11-20", "-f", str(config)])
    out = capsys.readouterr().out
    assert "惠农补贴" not in out
    assert [r["outcome"] for r in json.loads(out)["requests"]] == [None, None, "予以公开"]


def test_a_month_later_just_the_requests_that_fall_due_become_overdue(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    config = write_site(tmp_path, {"requests/2026.csv": REGISTER})
    states = {}
    for today in ("2026-11-20", "2026-12-20"):
        main(["requests", "--format", "json", "--today", today, "-f", str(config)])
        states[today] = {r["number"]: r["state"] for r in json.loads(capsys.readouterr().out)["requests"]}
    assert states["2026-11-20"] == {"SQ2026-001": "超期未答复", "SQ2026-002": "征求意见中"}
    assert states["2026-12-20"] == {"SQ2026-001": "超期未答复", "SQ2026-002": "超期未答复"}


@pytest.mark.slow
def test_nothing_of_the_registers_is_on_the_site(demo_site: Path):
    names = [p.name for p in demo_site.rglob("*.csv")]
    assert not {"2025.csv", "2026.csv", "reviews.csv"} & set(names)
    assert not (demo_site / "requests").exists()
    texts = (
        p.read_text("utf-8") for p in demo_site.rglob("*") if p.suffix in (".html", ".json", ".xml", ".csv", ".ics")
    )
    assert not any("SQ2026-" in text or "SQ2025-" in text for text in texts)
