"""``gongkai board``: sheets for the notice board, of items that the website may not show, too."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from gongkai.cli.main import main
from sites import write_site

FIRST = "site_src/items/a.md"
ROWS = "\n".join(f"| {n} | 第{n % 9 + 1}村民小组 | 王*{'明强芳丽军'[n % 5]} | {n % 4 + 1} |" for n in range(1, 101))
LIST = f"""\
---
title: 示范镇2026年第四季度最低生活保障初审对象名单公示
entry: 19-02-03
responsible_unit: 社会事务办公室
formed_on: 2026-11-10
published_on: 2026-11-12
notice_period: {{start: 2026-11-13, end: 2026-11-23, count: 7, unit: 工作日}}
index_number: 11999999MB0000001X/2026-00117
---
根据《最低生活保障审核确认办法》，现将初审名单公示如下。

| 序号 | 村组 | 姓名 | 保障人口 |
| ---: | --- | --- | ---: |
{ROWS}

监督电话：[12345](tel:12345)。
"""


def made(folder: Path, item: str = LIST, *options: str, files: dict[str, object] | None = None) -> int:
    config = write_site(folder, {FIRST: item, **(files or {})})
    return main(["board", "a", "--today", "2026-11-20", "-f", str(config), *options])


def sheet(folder: Path) -> str:
    return (folder / "reports" / "board" / "a.html").read_text("utf-8")


def test_item_for_the_board_only_gets_a_sheet_beside_the_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert made(tmp_path) == 0
    assert "a.html：示范镇2026年第四季度最低生活保障初审对象名单公示\n" in capsys.readouterr().out
    html = sheet(tmp_path)
    assert "<h1>示范镇2026年第四季度最低生活保障初审对象名单公示</h1>" in html
    assert "责任单位：社会事务办公室" in html
    assert "2026年11月13日至2026年11月23日，共7个工作日。" in html
    assert "有异议的，请在公示期内向社会事务办公室反映。" in html
    assert "云麓县示范镇人民政府（盖章）<br>2026年11月12日" in html
    assert "王*明" in html
    assert "网上查看" not in html
    assert not list((tmp_path / "site_src").rglob("*.html"))


def test_sheet_asks_for_no_other_file(tmp_path: Path):
    picture = {"base64": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="}
    body = LIST.replace("监督电话", "![村示意图](图.png)![](https://www.example.gov.cn/x.png)\n\n监督电话")
    assert made(tmp_path, body, files={"site_src/items/图.png": picture}) == 0
    html = sheet(tmp_path)
    assert '<img src="data:image/png;base64,iVBOR' in html
    assert "href=" not in html
    assert "http" not in html


def test_the_same_item_gives_the_same_bytes(tmp_path: Path):
    for name in ("一", "二"):
        (tmp_path / name).mkdir()
        assert made(tmp_path / name) == 0
    assert sheet(tmp_path / "一") == sheet(tmp_path / "二")


def test_personal_data_stops_the_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert made(tmp_path, LIST.replace("| 1 | 第2村民小组", "| 1 | 11010519491231002X")) == 1
    out = capsys.readouterr().out
    assert "错误 GK50" in out
    assert "11010519491231002X" not in out
    assert not (tmp_path / "reports" / "board" / "a.html").exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("draft: true", "还是草稿。写完后删去 draft: true，再打印。"),
        ("method: 依申请公开", "是依申请公开的信息，正文只提供给申请人，不能张贴。"),
        ("disclosure_class: 不予公开", "的公开属性是“不予公开”，不能张贴。"),
        ("channels: [广播电视]", "的公开渠道（广播电视）里没有能张贴的地方。"),
    ],
)
def test_what_may_not_be_posted_gets_no_sheet(tmp_path: Path, change: str, reason: str, capsys):
    assert made(tmp_path, LIST.replace("formed_on", f"{change}\nformed_on")) == 1
    assert f"{FIRST} {reason}" in capsys.readouterr().out
    assert not list(tmp_path.rglob("*.html"))


def test_list_whose_time_is_over_is_left_out(tmp_path: Path):
    config = write_site(tmp_path, {FIRST: LIST})
    assert main(["board", "a", "--today", "2026-12-20", "-f", str(config)]) == 0
    html = sheet(tmp_path)
    assert "王*明" not in html
    assert "名单公示期已满" in html


@pytest.mark.parametrize("folder", ["site_src/board", "site", "site/board"])
def test_nothing_is_written_where_it_would_go_online(tmp_path: Path, folder: str, capsys):
    assert made(tmp_path, LIST, "-o", str(tmp_path / folder)) == 2
    assert "里的文件会上网站，张贴件可能不许上网" in capsys.readouterr().err
    assert not list(tmp_path.rglob("*.html"))


def test_unknown_item_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path, {FIRST: LIST})
    assert main(["board", "没有", "-f", str(config)]) == 2
    assert capsys.readouterr().err == "没有找到信息“没有”。请写 .md 文件、文件名、索引号或文号。\n"


def test_wide_table_gets_a_sheet_across(tmp_path: Path):
    wide = "| " + " | ".join("甲乙丙丁戊己庚") + " |\n|" + " --- |" * 7 + "\n| " + " | ".join("1234567") + " |"
    assert made(tmp_path, LIST.replace("监督电话", f"{wide}\n\n监督电话")) == 0
    assert "size: A3 landscape" in sheet(tmp_path)


def test_notice_that_is_signed_is_not_signed_again(tmp_path: Path):
    assert made(tmp_path, LIST + "\n云麓县示范镇人民政府\n\n2026年11月12日\n") == 0
    assert "（盖章）" not in sheet(tmp_path)


@pytest.mark.slow
def test_long_list_prints_with_its_heading_on_every_page(tmp_path: Path, chromium: str):
    assert made(tmp_path) == 0
    pdf = tmp_path / "sheet.pdf"
    url = (tmp_path / "reports" / "board" / "a.html").as_uri()
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={pdf}", url]
    subprocess.run(command, check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(tmp_path)})
    pages = [unicodedata.normalize("NFKC", page.extract_text()) for page in PdfReader(pdf).pages]
    listing = [text for text in pages if "小组 王" in text]
    assert len(listing) >= 4
    assert all("姓名" in text and "保障人口" in text for text in listing)
    assert sum(text.count("小组 王") for text in listing) == 100
    assert f"共{len(pages)}" in "".join(pages[-1].split())
