"""The report card: every figure equals a plain count over the items; page, document, workbook and assessment tables."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import shutil
import statistics
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from gongkai.catalogue.assessments import load_assessments
from gongkai.cli.main import main
from gongkai.dataset import Dataset
from gongkai.model import Item
from gongkai.model.assessment import FIGURES
from gongkai.model.rectification import Event, Happening, Problem, ProblemText
from gongkai.reading.formula import BadFormula, NotKnown, parse_formula
from gongkai.render.page import Renderer
from gongkai.reports.card import Card, card
from gongkai.reports.card_files import card_document, card_workbook
from gongkai.reports.card_page import card_pages
from gongkai.reports.card_tables import sentences
from gongkai.reports.coverage import coverage
from gongkai.reports.facts import facts_of
from gongkai.reports.scoring import named_figures, rectified, scored
from gongkai.reports.terms import Term, last_quarter, parse_term, terms
from gongkai.rules.registry import run_rules
from sites import ITEM, ROOT, TODAY, dataset, write_site

WHOSE = "云麓县示范镇人民政府"


def term(text: str) -> Term:
    found = parse_term(text)
    assert found is not None
    return found


def made(data: Dataset, text: str) -> Card:
    return card(facts_of(data), term(text))


DAYS = {
    "2026-Q3": ("2026-07-01", "2026-09-30"),
    "2026-Q2": ("2026-04-01", "2026-06-30"),
    "2025": ("2025-01-01", "2025-12-31"),
    "2026": ("2026-01-01", "2026-12-31"),
}


def items_in(data: Dataset, text: str) -> list[Item]:
    first, last = DAYS[text]
    return [i for i in data.published if first <= i.published_on.isoformat() <= last]


# --- every figure a second time


@pytest.mark.parametrize("text", DAYS)
def test_published_and_statements_equal_a_plain_count(demo: Dataset, text: str):
    found, items = made(demo, text), items_in(demo, text)
    assert found.whole.now.published == len(items)
    assert found.whole.now.statements == len([i for i in items if i.statement])
    for part in found.units:
        assert part.now.published == len([i for i in items if i.responsible_unit == part.name])
    by_field = {f.name: [i for i in items if i.entry_id[:2] == f.id] for f in demo.catalogue.fields}
    assert {p.name: p.now.published for p in found.fields if p.now.published} == {
        name: len(mine) for name, mine in by_field.items() if mine
    }


@pytest.mark.parametrize("text", DAYS)
def test_sums_of_fields_and_of_units_are_the_whole(demo: Dataset, text: str):
    found = made(demo, text)
    for parts in (found.fields, found.units):
        for name in ("published", "statements", "judged", "late", "interpretations", "uninterpreted", "corrections"):
            assert sum(getattr(p.now, name) for p in parts) == getattr(found.whole.now, name)
        assert sum(p.now.owed.expected for p in parts) == found.whole.now.owed.expected
    assert sum(p.now.blank for p in found.fields) == found.whole.now.blank


def late_site(folder: Path) -> Path:
    """Six items of the third quarter: in time after 4, 7 and 11 days, late, a statement, and one without day of formation."""
    days = {"a": ("07-06", "07-10"), "b": ("07-06", "07-13"), "c": ("08-03", "08-14"), "d": ("07-01", "09-15")}
    files = {
        name: ITEM.replace("2026-09-28", f"2026-{formed}")
        .replace("2026-10-09", f"2026-{published}")
        .replace("第三", name)
        for name, (formed, published) in days.items()
    }
    files["e"] = ITEM.replace("formed_on: 2026-09-28", "statement: 没有发生。").replace("2026-10-09", "2026-08-20")
    files["f"] = (
        ITEM.replace("formed_on: 2026-09-28\n", "").replace("2026-10-09", "2026-08-21").replace("公示", "更正公告")
    )
    return write_site(folder, {f"site_src/items/{name}.md": text for name, text in files.items()})


def test_lateness_median_and_corrections_by_hand(tmp_path: Path):
    now = made(dataset(late_site(tmp_path)), "2026-Q3").whole.now
    assert (now.published, now.judged, now.late, now.statements, now.corrections) == (6, 4, 1, 1, 1)
    assert now.median_days == statistics.median([4, 7, 11, 76])
    assert now.in_time == 0.75


def test_late_items_are_those_that_the_rule_finds(tmp_path: Path):
    data = dataset(late_site(tmp_path))
    said = [f for f in run_rules(data) if f.code == "GK401"]
    assert made(data, "2026-Q3").whole.now.late == len({f.file for f in said}) == 1


@pytest.mark.parametrize("text", DAYS)
def test_owed_periods_equal_the_coverage_of_those_days(demo: Dataset, text: str):
    first, last = (dt.date.fromisoformat(day) for day in DAYS[text])
    found = coverage(demo).figures(first=first, last=last)
    assert made(demo, text).whole.now.owed == found


def test_blank_rows_of_today_equal_those_of_the_coverage(demo: Dataset):
    now = made(demo, "2026").whole.now
    entries = coverage(demo).entries()
    assert (now.rows, now.blank) == (entries.total, entries.blank)


def test_term_before_is_counted_as_a_card_of_its_own(demo: Dataset):
    later, before = made(demo, "2026-Q3"), made(demo, "2026-Q2")
    assert later.whole.before == before.whole.now
    assert [p.before for p in later.units] == [p.now for p in before.units]


def test_units_that_published_nothing_are_named(demo: Dataset):
    found = made(demo, "2026-Q3")
    busy = {i.responsible_unit for i in items_in(demo, "2026-Q3")}
    assert found.silent == tuple(u.name for u in demo.profile.units if u.name not in busy)
    assert found.silent
    assert any("、".join(found.silent) in sentence for sentence in sentences(found))


def test_later_day_counts_what_was_published_until_then(demo: Dataset):
    early = made(dataset(ROOT / "mkdocs.yml", dt.date(2026, 8, 31)), "2026-Q3")
    days = [i for i in items_in(demo, "2026-Q3") if i.published_on <= dt.date(2026, 8, 31)]
    assert early.whole.now.published == len(days) < made(demo, "2026-Q3").whole.now.published
    assert not early.over


# --- terms


@pytest.mark.parametrize("text", ["2026-Q3", "2026q3", "2026年第三季度", "2026年3季度", "2026第3季度"])
def test_quarter_is_understood_as_people_write_it(text: str):
    assert str(parse_term(text)) == "2026-Q3"


@pytest.mark.parametrize("text", ["", "2026-Q5", "第三季度", "26-Q3", "2026-09", "3026"])
def test_what_is_no_term_is_none(text: str):
    assert parse_term(text) is None


def test_terms_lie_around_the_days():
    assert last_quarter(dt.date(2026, 1, 5)) == term("2025-Q4")
    assert term("2026-Q1").before == term("2025-Q4")
    assert term("2026").before == term("2025")
    days = [dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2027, 1, 1)]
    assert [str(t) for t in terms(days, TODAY)] == ["2026", "2026-Q1", "2025", "2025-Q4"]


# --- formulas and tables


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20 * 及时率", 15),
        ("10 - 2.5 × max(0, 4 - 公开数)", 7.5),
        ("(1 如果 公开数 ≥ 3 否则 0) + 2", 3),
        ("1 if 公开数 > 5 or 及时率 < 1 else 0", 1),
        ("round(及时率, 1)", 0.8),
        ("-公开数 ÷ 2", -1.5),
        ("５＊公开数", 15),
    ],
)
def test_formula_is_computed(text: str, value: float):
    assert parse_formula(text).value({"及时率": 0.75, "公开数": 3.0}) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "().__class__",
        "[x for x in (1,)]",
        "lambda: 1",
        "9 ** 9",
        "'a' * 9",
        "True",
        "open(1, 2)",
        "max(*[1, 2])",
        "f'{1}'",
        "1e300 * 1",
        "(" * 60 + "1" + ")" * 60 + "+",
        "+".join("1" * 200),
        "20 * ",
        "",
    ],
)
def test_formula_that_is_more_than_arithmetic_is_refused(text: str):
    with pytest.raises(BadFormula):
        parse_formula(text)


@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_refused(text: str):
    try:
        formula = parse_formula(text)
    except BadFormula:
        return
    with contextlib.suppress(NotKnown):
        assert isinstance(formula.value(dict.fromkeys(formula.names, 2.0)), float)


def test_what_cannot_be_counted_is_left_to_people_and_never_a_number():
    with pytest.raises(NotKnown, match="解读及时率"):
        parse_formula("5 * 解读及时率").value({"解读及时率": None})
    with pytest.raises(NotKnown, match="除数为 0"):
        parse_formula("1 / 公开数").value({"公开数": 0})


def test_names_of_figures_are_those_that_a_card_gives(demo: Dataset):
    assert list(named_figures(made(demo, "2026-Q3"), ())) == list(FIGURES)


def test_every_figure_is_in_the_documentation():
    text = (ROOT / "docs/assessments.md").read_text("utf-8")
    assert [name for name, meaning in FIGURES.items() if f"| {name} | {meaning} |" not in text] == []


def test_tables_of_the_package_are_sound_and_make_a_hundred():
    tables = load_assessments(None, pytest.fail)
    assert {name: (table.full_marks, len(table.rows)) for name, table in tables.items()} == {
        "golmud-2017": (100, 11),
        "township": (100, 13),
    }


def table(folder: Path, *rows: str) -> Path:
    text = "title: 县考核表\nsource: 云政公开办〔2026〕3号\nrows:\n" + "".join(f"  - {{{row}}}\n" for row in rows)
    return write_site(folder, {"catalogue/assessments/county.yaml": text})


def test_points_stay_within_their_row_and_open_rows_are_counted(tmp_path: Path):
    config = table(
        tmp_path,
        "item: 一, standard: x, weight: 10, formula: 公开数 * 100",
        "item: 二, standard: x, weight: 10, formula: 0 - 5",
        "item: 三, standard: x, weight: 10, formula: 10 * 解读及时率",
        "item: 四, standard: x, weight: 10",
        "item: 五, standard: x, weight: 4, kind: 扣分, formula: 0 * 公开数 + 1.5",
        "item: 六, standard: x, weight: 4, kind: 加分, formula: 0 * 公开数 + 9",
    )
    (tmp_path / "site_src/items/a.md").write_text(ITEM, "utf-8")
    data = dataset(config)
    sheet = scored(load_assessments(data.settings, pytest.fail)["county"], named_figures(made(data, "2026-Q4"), ()))
    assert [s.points for s in sheet.scores] == [10, 0, None, None, 1.5, 4]
    assert [s.why for s in sheet.scores[2:4]] == ["本期没有可计算的“解读及时率”，由考核人员填写", "由考核人员填写"]
    assert (sheet.computed, sheet.reachable, sheet.open_rows) == (12.5, 20, 2)


def test_zeroing_row_makes_the_sum_zero(tmp_path: Path):
    config = table(
        tmp_path,
        "item: 一, standard: x, weight: 10, formula: 10 - 0 * 公开数",
        "item: 清零, standard: x, weight: 0, kind: 清零, formula: 公开数 == 0",
    )
    data = dataset(config)
    sheet = scored(load_assessments(data.settings, pytest.fail)["county"], named_figures(made(data, "2026-Q4"), ()))
    assert sheet.computed == 0


def problem(*events: tuple[str, Happening]) -> Problem:
    found = ProblemText("GK401", "warning", "a.md", 1, None, "x", "x", "x", "x", dt.date(2026, 8, 10))
    return Problem(
        tuple(
            Event(dt.date.fromisoformat(day), "20260803-001", h, found if h is not Happening.SOLVED else None)
            for day, h in events
        )
    )


def test_problems_are_counted_by_the_days_of_their_events():
    opened, solved = ("2026-08-03", Happening.OPENED), ("2026-10-08", Happening.SOLVED)
    assert rectified([problem(opened, solved)], term("2026-Q3")) == (1, 0, 1)
    assert rectified([problem(opened, solved)], term("2026-Q4")) == (0, 1, 0)
    again = ("2026-11-02", Happening.RETURNED)
    assert rectified([problem(opened, solved, again)], term("2026")) == (2, 1, 1)


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
