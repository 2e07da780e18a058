"""The report card as pages, document and workbook, and the command that writes them."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from cards import late_site, made
from gongkai.catalogue.assessments import load_assessments
from gongkai.cli.main import main
from gongkai.dataset import Dataset
from gongkai.render.page import Renderer
from gongkai.reports.card import Card
from gongkai.reports.card_files import card_document, card_workbook
from gongkai.reports.card_page import card_pages
from gongkai.reports.card_tables import sentences
from gongkai.reports.facts import facts_of
from gongkai.reports.scoring import named_figures, scored
from sites import ROOT, TODAY, dataset

WHOSE = "云麓县示范镇人民政府"


# --- page, document, workbook


def test_pages_are_an_overview_and_one_for_each_term(demo: Dataset):
    pages = {p.url: p for p in card_pages(Renderer(demo), facts_of(demo))}
    wanted = {f"{i.published_on.year}" for i in demo.published}
    wanted |= {f"{i.published_on.year}-Q{(i.published_on.month + 2) // 3}" for i in demo.published}
    assert set(pages) == {"cards/index.html", *(f"cards/{name}.html" for name in wanted)}
    assert pages["cards/2026-Q3.html"].title == "示范镇2026年第三季度政务公开成绩单"
    assert "文化和旅游服务中心、综合行政执法队" in pages["cards/2026-Q3.html"].content
    assert "考核" not in pages["cards/2026-Q3.html"].content


def test_page_of_a_term_that_is_over_stays_the_same_the_next_day(demo: Dataset):
    later = dataset(ROOT / "mkdocs.yml", TODAY + dt.timedelta(days=1))
    before, after = ({p.url: p for p in card_pages(Renderer(d), facts_of(d))} for d in (demo, later))
    changed = {url for url in before if before[url] != after[url]}
    assert changed <= {"cards/index.html", "cards/2026.html", "cards/2026-Q4.html"}


def sheets(data: Dataset, found: Card) -> list[Any]:
    return [scored(t, named_figures(found, ())) for t in load_assessments(None, pytest.fail).values()]


def test_document_and_workbook_show_the_same_figures(demo: Dataset):
    found = made(demo, "2026-Q3")
    document = Document(io.BytesIO(card_document(found, sheets(demo, found), WHOSE)))
    book = load_workbook(io.BytesIO(card_workbook(found, sheets(demo, found), WHOSE)))
    units = {row[0].value: row for row in book["各责任单位"].iter_rows(min_row=4) if row[1].value is not None}
    printed = {row.cells[0].text: row for row in document.tables[2].rows[1:]}
    assert set(units) == set(printed) == {u.name for u in demo.profile.units}
    for part in found.units:
        assert units[part.name][1].value == int(printed[part.name].cells[1].text) == part.now.published
        rate = units[part.name][4]
        assert (rate.value, rate.number_format) == ((part.now.in_time, "0.0%") if part.now.judged else ("—", "@"))
    text = "\n".join(p.text for p in document.paragraphs)
    assert all(sentence in text for sentence in sentences(found))


def test_rows_for_people_have_empty_points_in_both(demo: Dataset):
    found = made(demo, "2026-Q3")
    filled = sheets(demo, found)
    document = Document(io.BytesIO(card_document(found, filled, WHOSE)))
    book = load_workbook(io.BytesIO(card_workbook(found, filled, WHOSE)))
    for n, sheet in enumerate(filled):
        open_rows = [s.row.item for s in sheet.scores if s.row.formula is None]
        printed = [r.cells[2].text for r in document.tables[3 + n].rows[1:] if not r.cells[7].text]
        written = [r[2].value for r in book.worksheets[3 + n].iter_rows(min_row=4) if r[8].value and r[7].value is None]
        assert printed == written == open_rows != []


def test_document_and_workbook_have_the_same_bytes_each_time(demo: Dataset):
    found = made(demo, "2026-Q3")
    for make in (card_document, card_workbook):
        assert make(found, sheets(demo, found), WHOSE) == make(found, sheets(demo, found), WHOSE)


def test_document_lies_on_a4(demo: Dataset):
    section = Document(io.BytesIO(card_document(made(demo, "2026"), [], WHOSE))).sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_opens_document_and_workbook_and_prints_them_on_a4(demo: Dataset, tmp_path: Path):
    found = made(demo, "2026-Q3")
    (tmp_path / "文.docx").write_bytes(card_document(found, sheets(demo, found), WHOSE))
    (tmp_path / "表.xlsx").write_bytes(card_workbook(found, sheets(demo, found), WHOSE))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "文.docx", "表.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    for name in ("文.pdf", "表.pdf"):
        pages = PdfReader(tmp_path / name).pages
        assert {
            (round(float(p.mediabox.width) / 72 * 2.54, 1), round(float(p.mediabox.height) / 72 * 2.54, 1))
            for p in pages
        } == {(29.7, 21.0)}
        text = "".join(page.extract_text() for page in pages)
        assert "综合行政执法队" in text
        assert "由考核人员填写" in text.replace("\n", "")


# --- the command


def test_command_writes_both_files_and_says_the_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = late_site(tmp_path)
    assert main(["card", "2026-Q3", "-f", str(config), "--today", "2026-11-20"]) == 0
    assert {p.name for p in (tmp_path / "reports").iterdir()} == {"成绩单-2026-Q3.docx", "成绩单-2026-Q3.xlsx"}
    out = capsys.readouterr().out
    assert "  2026年第三季度共公开信息6条，比上期（2026年第二季度）0条增加6条。其中情况说明1条。" in out
    assert "  能够判断是否按时的4条中，按时公开3条，按时率75.0%；公开天数的中位数是9天。" in out
    assert "  没有公开过信息的单位2个：党政综合办公室、财政所。" in out


def test_file_that_somebody_filled_in_is_not_replaced_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = late_site(tmp_path)
    command = ["card", "2026-Q3", "-f", str(config), "--today", "2026-11-20", "--format", "xlsx"]
    path = tmp_path / "reports/成绩单-2026-Q3.xlsx"
    assert main(command) == main(command) == 0
    path.write_bytes(b"filled in")
    assert main(command) == 2
    assert "可能有人填过" in capsys.readouterr().err
    assert path.read_bytes() == b"filled in"
    assert main([*command, "--force"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2026-Q9"], "“2026-Q9”不是季度或年份，请写成 2026-Q3 或 2026 的形式。"),
        (["2027"], "2027年还没有开始"),
        (["--assessment", "townships"], "没有“townships”这张考核表（或它有错，见 gongkai check），是不是“township”"),
        (["-o", "x.pdf"], "“x.pdf”的扩展名应是 .docx 或 .xlsx。"),
        (["-o", "x.docx", "--format", "xlsx"], "--format 与文件名“x.docx”不一致"),
    ],
)
def test_wrong_usage_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str):
    assert main(["card", "-f", str(late_site(tmp_path)), "--today", "2026-11-20", *arguments]) == 2
    assert said in capsys.readouterr().err
