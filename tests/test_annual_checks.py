"""Annual reports on disclosure: every cell changed by one is found, and what a sentence says is held against the tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies
from msgspec.structs import replace

from annual_reports import changed, found_in, of_year
from gongkai.dataset import Dataset
from gongkai.rules.annual import annual_reports, identities
from gongkai.rules.annual.report import read, reports
from gongkai.rules.annual.said import said


def test_the_reports_of_the_demonstration_pass_all_checks(demo: Dataset):
    assert [r.year for r in reports(demo)] == [2023, 2024, 2025]
    assert list(annual_reports(demo)) == []


@pytest.mark.parametrize("year", [2024, 2025], ids=["markdown", "html"])
def test_any_cell_of_part_three_changed_by_one_is_named(demo: Dataset, year: int):
    item = of_year(demo, year)
    table = read(item).requests
    assert table is not None
    tried = 0
    for row, cells in table.rows.items():
        for n, cell in enumerate(cells):
            for by in (1, -1):
                wrong = changed(item, cell.line, n, by)
                if wrong is None:
                    continue
                tried += 1
                report = read(wrong)
                assert report.requests
                misses = list(identities.misses(identities.of_requests(report.requests)))
                assert len(misses) >= 2, (row, cell.column)
                for miss in misses:
                    assert [(s.cell.row, s.cell.column, s.right) for s in miss.suspects] == [
                        (row, cell.column, cell.value)
                    ]
    assert tried > 175


@pytest.mark.parametrize("year", [2024, 2025], ids=["markdown", "html"])
def test_any_cell_of_part_four_changed_by_one_is_among_those_named(demo: Dataset, year: int):
    item = of_year(demo, year)
    table = read(item).remedies
    assert table is not None
    assert len(table.cells) == 15
    for n, cell in enumerate(table.cells):
        wrong = changed(item, cell.line, n, 1)
        assert wrong is not None
        report = read(wrong)
        assert report.remedies
        (miss,) = identities.misses(identities.of_remedies(report.remedies))
        assert (cell.row, cell.column, cell.value) in [(s.cell.row, s.cell.column, s.right) for s in miss.suspects]


def test_the_finding_names_the_identity_both_sums_and_the_cell(demo: Dataset):
    item = of_year(demo, 2025)
    table = read(item).requests
    assert table is not None
    cell = table.cell("withheld-4", "商业企业")
    assert cell is not None
    wrong = changed(item, cell.line, 1, 1)
    assert wrong is not None
    messages = [f.message for f in found_in(demo, wrong)]
    assert messages == [
        "表三“（三）不予公开 4.保护第三方合法权益”一行：自然人和法人或其他组织六列相加是 2，“总计”写的是 1，相差 1；"
        "最可疑的是“（三）不予公开 4.保护第三方合法权益”行“商业企业”列的 2（1 就对得上）。",
        "表三“商业企业”一列：（一）至（六）各项相加是 2，“（七）总计”写的是 1，相差 1；"
        "最可疑的是“（三）不予公开 4.保护第三方合法权益”行“商业企业”列的 2（1 就对得上）。",
        "表三“（三）不予公开 4.保护第三方合法权益”一行：“商业企业”写的是 2，登记簿是 1。",
    ]


@settings(max_examples=40, deadline=None)
@given(data=strategies.data())
def test_with_several_cells_wrong_each_wrong_row_is_still_told_of(demo: Dataset, data: strategies.DataObject):
    item = of_year(demo, 2025)
    table = read(item).requests
    assert table is not None
    rows = data.draw(strategies.lists(strategies.sampled_from(list(table.rows)), min_size=2, max_size=4, unique=True))
    for row in rows:
        made = changed(
            item, table.row_lines[row], data.draw(strategies.integers(0, 6)), data.draw(strategies.integers(1, 9))
        )
        assert made is not None
        item = made
    report = read(item)
    assert report.requests
    told = list(identities.misses(identities.of_requests(report.requests)))
    assert set(rows) == {m.identity.name for m in told if m.identity.kind == identities.ROW}
    assert all(m.suspects for m in told)


def test_other_items_cost_next_to_nothing(demo: Dataset):
    others = replace(demo, items=tuple(i for i in demo.items if "年度报告" not in i.title))
    assert list(annual_reports(others)) == []
    assert reports(others) == ()


@pytest.mark.parametrize(
    "title",
    ["关于做好2025年政府信息公开工作年度报告编制工作的通知", "2025年政府信息公开工作年度报告解读", "政府信息公开指南"],
)
def test_what_only_speaks_of_a_report_is_none(demo: Dataset, title: str):
    item = replace(of_year(demo, 2025), title=title)
    assert read(item).year == 2025
    assert not [r for r in reports(replace(demo, items=(item,))) if r.item is item]


def test_reports_of_the_old_form_are_left_alone(demo: Dataset):
    old = replace(
        of_year(demo, 2025), title="2018年政府信息公开工作年度报告", period=None, body="## 一、概述\n\n公开12条。"
    )
    assert reports(replace(demo, items=(old,))) == ()


def test_a_number_of_thousands_of_digits_is_no_count(demo: Dataset):
    item = of_year(demo, 2025)
    body = item.body.replace("<td>7</td>", f"<td>{'9' * 5000}</td>", 1).replace("申请9件", f"申请{'9' * 5000}件")
    told = [(f.code, f.message) for f in found_in(demo, replace(item, body=body))]
    words = f"“一、本年新收政府信息公开申请数量”一行“自然人”写的是“{'9' * 20}……”，不是件数。"
    assert told == [("GK755", words)]


def test_fees_may_have_separators(demo: Dataset):
    item = of_year(demo, 2025)
    body = item.body.replace("| 行政事业性收费 | 0 |", "| 行政事业性收费 | 1,234.56 |")
    assert body != item.body
    assert found_in(demo, replace(item, body=body)) == []


@pytest.mark.parametrize("change", [{"draft": True}, {"source": "云麓县人民政府网站"}, {"publisher": "云麓县人民政府"}])
def test_drafts_and_reports_of_others_are_no_second_report(demo: Dataset, change: dict[str, object]):
    item = of_year(demo, 2025)
    other = replace(item, file=item.file.replace(".md", "-b.md"), address="b", **change)
    both = replace(demo, items=(item, other))
    assert "GK775" not in {f.code for f in annual_reports(both)}


@settings(max_examples=40, deadline=None)
@given(
    strategies.lists(
        strategies.sampled_from(
            [
                "<table>",
                "</table>",
                "<tr>",
                '<td rowspan="3">',
                "<td colspan=9>",
                "<th>",
                "本年新收",
                "信息内容",
                "结果维持",
                "规章",
                "|",
                "---",
                "\n",
                "自然人",
                "5",
                "/",
                "## 一、总体情况",
            ]
        ),
        max_size=60,
    )
)
def test_no_body_makes_the_checks_fail(demo: Dataset, pieces: list[str]):
    assert isinstance(found_in(demo, replace(of_year(demo, 2025), body="".join(pieces))), list)


@pytest.mark.parametrize(
    ("text", "value", "name"),
    [
        ("全年收到政府信息公开申请9件。", 9, "一、本年新收"),
        ("全年收到政府信息公开申请1,009件。", 1009, "一、本年新收"),
        ("新收9件政府信息公开申请", 9, "一、本年新收"),
        ("2025年没有收到政府信息公开申请，也没有上年结转的申请。", 0, "一、本年新收"),
        ("1件因征求第三方意见，结转2026年继续办理。", 1, "四、结转下年度继续办理"),
        ("年末对现行有效的4件规范性文件作了评估", 4, "行政规范性文件·现行有效件数"),
    ],
)
def test_what_a_sentence_says_is_understood(text: str, value: int, name: str):
    assert (value, name) in [(s.value, s.name) for s in said(text, 2025)]


@pytest.mark.parametrize(
    "text", ["2024年收到申请6件。", "申请比上年增加3件。", "累计收到申请20件。", "接待查询1376人次。"]
)
def test_sentences_on_other_years_and_things_say_nothing(text: str):
    assert list(said(text, 2025)) == []
