"""Assessment tables: formulas that are arithmetic and nothing more, points, problems put right."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards import made, term
from gongkai.catalogue.assessments import load_assessments
from gongkai.dataset import Dataset
from gongkai.model.assessment import FIGURES
from gongkai.model.rectification import Event, Happening, Problem, ProblemText
from gongkai.reading.formula import BadFormula, NotKnown, parse_formula
from gongkai.reports.scoring import named_figures, rectified, scored
from sites import ITEM, ROOT, dataset, write_site


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
