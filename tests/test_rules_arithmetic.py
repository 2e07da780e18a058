"""Figures in tables and texts: the pure functions behind the rules of GK701 to GK749."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.reading.structure import Table
from gongkai.rules.arithmetic import lists, products, sentences, totals
from gongkai.rules.arithmetic.figures import Blank, Figure, read_cell
from gongkai.rules.arithmetic.tables import Sheet, header_unit, kind_of

AMOUNTS = st.lists(st.decimals(-10_000, 10_000, places=2), min_size=2, max_size=12)
COUNTS = st.lists(st.integers(0, 5000), min_size=2, max_size=12)


def sheet(*rows: tuple[str, ...]) -> Sheet:
    return Sheet(Table(rows[0], rows[1:], 0, tuple(range(2, 1 + len(rows)))))


# --- cells


@pytest.mark.parametrize(
    ("cell", "value", "places", "unit"),
    [
        ("1,246", 1246, 0, ""),
        ("１２", 12, 0, ""),
        ("-0.30", Decimal("-0.30"), 2, ""),
        ("−0.30", Decimal("-0.30"), 2, ""),
        ("(12.50)", Decimal("-12.50"), 2, ""),
        ("13.60万元", Decimal("13.60"), 2, "万元"),
        ("50户", 50, 0, "户"),
        ("63.0%", 63, 1, "%"),
        ("63.0％", 63, 1, "%"),
        ("￥1,200.00元", 1200, 2, "元"),
        ("96.2元/亩", Decimal("96.2"), 1, "元/亩"),
        (" 12 345 ", 12345, 0, ""),
    ],
)
def test_cells_with_a_number(cell: str, value: Decimal | int, places: int, unit: str):
    assert read_cell(cell) == Figure(Decimal(value), places, unit)


@pytest.mark.parametrize("cell", ["", " ", "—", "——", "/", "-", "无", "…"])
def test_cells_that_state_nothing_are_no_zero(cell: str):
    assert isinstance(read_cell(cell), Blank)


@pytest.mark.parametrize(
    "cell", ["上坪村", "2026年6月", "2025年末一般债务", "每人每月10元", "1—3组", "承包户31户", "12,34", "2025-06-11"]
)
def test_cells_with_words(cell: str):
    assert read_cell(cell) is None


@given(st.text(max_size=20))
def test_any_cell_is_read_without_fail(cell: str):
    read_cell(cell)
    kind_of(cell)
    header_unit(cell)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("合计", "grand"),
        ("合　计", "grand"),
        ("收入总计", "grand"),
        ("合计（元）", "grand"),
        ("共计", "grand"),
        ("小计", "sub"),
        ("工资福利支出小计", "sub"),
        ("其中：省级", "among"),
        ("统计信息", "data"),
        ("会计服务", "data"),
        ("上坪村", "data"),
    ],
)
def test_kinds_of_rows(label: str, kind: str):
    assert kind_of(label) == kind


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("补贴标准（元/亩）", ("元", "亩")),
        ("金额(万元)", ("万元", "")),
        ("期末户数", ("户", "")),
        ("人数", ("人", "")),
        ("项目", ("", "")),
        ("本年收费金额（单位：万元）", ("万元", "")),
    ],
)
def test_units_of_headers(header: str, unit: tuple[str, str]):
    assert header_unit(header) == unit


# --- totals


@given(AMOUNTS)
def test_a_right_total_is_right(values: list[Decimal]):
    rows = [(f"第{n}项", f"{v:,}") for n, v in enumerate(values)]
    found = totals.total_rows(sheet(("项目", "金额（元）"), *rows, ("合计", f"{sum(values):,}")))
    assert list(found) == []


@given(COUNTS, st.integers(1, 100))
def test_a_wrong_total_of_counts_is_found_for_certain(values: list[int], off: int):
    rows = [(f"第{n}村", str(v)) for n, v in enumerate(values)]
    found = list(totals.total_rows(sheet(("村", "户数（户）"), *rows, ("合计", str(sum(values) + off)))))
    assert [(m.sum, m.difference, m.doubt) for m in found] == [(str(sum(values)), str(off), "")]


@given(st.lists(COUNTS, min_size=2, max_size=4))
def test_subtotals_are_not_counted_twice(groups: list[list[int]]):
    rows = []
    for g, values in enumerate(groups):
        rows += [(f"{g}组{n}户", str(v)) for n, v in enumerate(values)]
        rows.append(("小计", str(sum(values))))
    rows.append(("合计", str(sum(map(sum, groups)))))
    assert list(totals.total_rows(sheet(("户", "人数"), *rows))) == []


def test_parts_named_with_among_are_left_out():
    rows = (("补助", "500"), ("其中：省级", "200"), ("自筹", "300"), ("合计", "800"))
    assert list(totals.total_rows(sheet(("项目", "金额（元）"), *rows))) == []


def test_budget_codes_of_several_levels_are_added_once():
    rows = (("201", "公共服务", "30"), ("20101", "人大", "10"), ("20103", "政府", "20"), ("208", "社保", "5"))
    assert list(totals.total_rows(sheet(("科目编码", "科目", "预算数"), *rows, ("合计", "", "35")))) == []


def test_a_total_may_carry_the_one_before():
    rows = (("税收", "10"), ("非税", "5"), ("本级收入合计", "15"), ("补助", "20"), ("收入总计", "35"))
    assert list(totals.total_rows(sheet(("项目", "金额（元）"), *rows))) == []


def test_rates_and_serial_numbers_are_not_added():
    rows = (("1", "甲", "10.0", "96.2"), ("2", "乙", "20.0", "96.2"), ("合计", "", "30.0", "—"))
    assert list(totals.total_rows(sheet(("序号", "村", "面积（亩）", "标准（元/亩）"), *rows))) == []


def test_rows_named_less_are_taken_off():
    rows = (("经营收入", "500"), ("减：管理费用", "200"), ("合计", "300"))
    assert list(totals.total_rows(sheet(("项目", "金额（元）"), *rows))) == []


def test_numbered_levels_are_added_once():
    rows = (("一、财政拨款", "30"), ("1.省级", "10"), ("2.县级", "20"), ("二、自筹", "5"), ("合计", "35"))
    assert list(totals.total_rows(sheet(("项目", "金额（元）"), *rows))) == []


def test_a_second_line_of_headers_is_no_row():
    rows = (("", "户数", "金额（元）"), ("甲村", "3", "30"), ("乙村", "4", "40"), ("合计", "7", "71"))
    found = list(totals.total_rows(sheet(("村", "C级", "C级"), *rows)))
    assert [(m.column.name, m.sum, m.doubt) for m in found] == [("C级金额（元）", "70", "")]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (("项目", "受益户数"), (("路", "30"), ("渠", "20"), ("合计", "40"))),
        (("项目", "金额（元）"), (("甲", "10"), ("……", "—"), ("合计", "40"))),
        (("项目", "单位", "数量"), (("路", "公里", "3"), ("渠", "米", "20"), ("合计", "", "24"))),
        (("项目", "期末余额（元）"), (("甲", "10"), ("乙", "20"), ("合计", "20"))),
    ],
)
def test_totals_that_may_be_right_all_the_same_are_no_errors(
    header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
):
    found = list(totals.total_rows(sheet(header, *rows)))
    assert len(found) == 1
    assert found[0].doubt


def test_an_html_table_with_merged_cells_is_not_read_by_column():
    table = Table(("序号", "村", "户数"), (("1", "甲", "3"), ("2", "乙", "4"), ("合计", "8")), 0, (0, 0, 0))
    assert list(totals.total_rows(Sheet(table))) == []


def test_a_total_behind_a_serial_number():
    rows = (("1", "甲", "3"), ("2", "乙", "4"), ("3", "合计", "8"))
    assert [m.sum for m in totals.total_rows(sheet(("序号", "村", "户数"), *rows))] == ["7"]


def test_a_total_column_is_learnt_from_the_rows_that_fit():
    header = ("村", "救助户数", "一类人数", "二类人数", "人数合计", "分配金额")
    rows = (("甲", "3", "4", "5", "9", "900"), ("乙", "2", "1", "6", "7", "700"), ("丙", "1", "1", "1", "3", "200"))
    found = list(totals.total_columns(sheet(header, *rows)))
    assert [(m.row, m.sum, m.stated) for m in found] == [(2, "2", "3")]


# --- products, ratios, balances


@given(st.lists(st.tuples(st.decimals(1, 5000, places=1), st.just(Decimal("96.2"))), min_size=1, max_size=8))
def test_right_amounts_are_right(rows: list[tuple[Decimal, Decimal]]):
    lines = [(f"{n}村", str(q), str(r), f"{q * r:.2f}") for n, (q, r) in enumerate(rows)]
    assert list(products.products(sheet(("村", "面积（亩）", "标准（元/亩）", "金额（元）"), *lines))) == []


def test_amounts_in_another_unit_are_turned():
    header = ("村", "面积（亩）", "标准（元/亩）", "金额（万元）")
    assert list(products.products(sheet(header, ("甲", "1000", "96.2", "9.62")))) == []
    assert len(list(products.products(sheet(header, ("甲", "1000", "96.2", "9.26"))))) == 1


def test_rates_for_several_months_are_not_wrong():
    header = ("村", "人数（人）", "标准（元/人）", "金额（元）")
    assert list(products.products(sheet(header, ("甲", "2", "100", "600"), ("乙", "3", "100", "900")))) == []


def test_balance_of_a_budget_table():
    header = ("资金性质", "年初结转", "本年收入", "本年支出", "年末结转")
    assert list(products.balances(sheet(header, ("一般", "73.15", "3058.40", "3089.69", "41.86")))) == []
    assert len(list(products.balances(sheet(header, ("一般", "73.15", "3058.40", "3089.69", "41.68"))))) == 1


# --- texts


@pytest.mark.parametrize(
    "text",
    [
        "2024年三公预算14.01万元，比2023年增长16.75%(+2.01)",
        "收支总计各4697.76万元,比上年少956.31万元(−16.9%)",
        "本年支出3153.09万元，比年初预算增加674.58万元，增长27.2%；比上年决算增加21.02万元，增长0.7%。",
        "公务接待费5.30万元，比上年减少0.30万元，下降5.4%。",
        "整改率由71%提高到92%。",
        "全年农林牧渔业总产值3.76亿元，增长5.0%。",
    ],
)
def test_percentages_that_fit(text: str):
    assert list(sentences.percentages(sentences.fold(text))) == []


@given(st.decimals(10, 5000, places=2), st.decimals(1, 900, places=2), st.booleans())
def test_percentages_of_the_base_are_right_and_others_are_not(base: Decimal, change: Decimal, up: bool):
    assume(change < base)
    now = base + change if up else base - change
    percent = change / base * 100
    words = ("增加", "增长") if up else ("减少", "下降")

    def text(p: Decimal) -> str:
        return f"支出{now}万元，比上年{words[0]}{change}万元，{words[1]}{p:.2f}%。"

    assert list(sentences.percentages(text(percent))) == []
    wrong = list(sentences.percentages(text(percent + 1)))
    assert change < 5 or len(wrong) == 1


@pytest.mark.parametrize(
    "text",
    [
        "收入2046.61万元=一般公共预算2021.56+政府性基金25.05,比上年少71.94",
        "依申请9件(网络3+邮件1+协助5)",
        "6个项目1259万元: 500+230+208+140+167+14; 基础设施938、产业307、管理费14",
        "主动公开40条,分14类逐项列数(解读3,政策6,征集反馈2,规划3,其他文件4,预决算3,部门介绍1,职能1,领导活动4,简历2,工作报告3,建议议案2,任务分解5,年报1)",
        "印发清单193项: 基层党建28、城乡建设24、经济发展35、村(社区)建设11、综合治理54、公共服务28、综合保障13; 附件xlsx",
        "名额10人(3/5/2); 报名截止2010-03-21 11时",
        "面积27653.25亩,标准76.03元/亩,资金2102477元",
        "面积11.8078公顷(177.1174亩)",
        "三类救助150/140/130元",
    ],
)
def test_real_sentences_that_fit(text: str):
    folded = sentences.fold(text)
    assert [*lists.sums(folded), *sentences.products(folded), *sentences.conversions(folded)] == []


def test_real_list_that_is_one_short():
    text = "232万元=中央60+省级172; 五项用途: 道路10+50; 务工补助27.92+26.35=54.27; 公益岗75.73; 灌排20; 道路21。"
    assert [(s.sum, s.stated) for s in lists.sums(text)] == [("231.00", "232.00")]


@given(st.text(alphabet="0123456789.,，+=×*%（）():：；;元万亩户比增加长减少期初余额收入支出每公顷共三项", max_size=60))
def test_any_sentence_is_read_without_fail(text: str):
    list(sentences.percentages(text))
    list(lists.sums(text))
    list(sentences.products(text))
    list(sentences.conversions(text))
    list(sentences.long_yuan(text))
    list(sentences.balance(text))
    sentences.naked_amounts(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本年支出1087.058286元", ["1087.058286"]),
        ("电价0.4532元/千瓦时", []),
        ("本年支出1087.06元", []),
    ],
)
def test_amounts_too_fine_for_yuan(text: str, found: list[str]):
    assert [n for _, n in sentences.long_yuan(text)] == found
