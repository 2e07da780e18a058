"""The pure parts of the inspection family: limits, laws, book marks, words twice; and what its rules leave alone."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from gongkai.gather import gather
from gongkai.model import LimitKind, LimitRole, TimeLimit
from gongkai.resources import catalogue_dir
from gongkai.rules.inspection.book_marks import halves
from gongkai.rules.inspection.freshness import limit_of
from gongkai.rules.inspection.laws import bare, citations, laws
from gongkai.rules.inspection.leftovers import repeats
from gongkai.rules.inspection.standards import Limit, months_later, standards
from gongkai.rules.inspection.tags import domain_problem
from gongkai.rules.inspection.titles import title_kind
from sites import ITEM, TODAY, write_site

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))


# --- limits


@given(DAYS, st.integers(0, 40))
def test_months_are_those_of_the_calendar(day, months):
    assert months_later(day, months) == day + relativedelta(months=months)


@pytest.mark.parametrize(
    ("limit", "newest", "due"),
    [
        (Limit(days=14), dt.date(2026, 11, 6), dt.date(2026, 11, 20)),
        (Limit(months=6), dt.date(2026, 8, 31), dt.date(2027, 2, 28)),
        (Limit(months=12), dt.date(2024, 2, 29), dt.date(2025, 2, 28)),
    ],
)
def test_a_column_is_fresh_to_the_day(limit, newest, due):
    assert limit.due(newest) == due


def test_the_numbers_of_the_form():
    table = standards()
    assert (table.home.days, table.veto_main, table.veto_all, table.veto_blank) == (14, 5, 10, 5)
    assert [k for k, limit in table.freshness.items() if limit.main] == ["动态要闻", "通知公告", "政策文件"]
    assert {k: limit.label for k, limit in table.freshness.items()} == {
        "动态要闻": "两周",
        "通知公告": "六个月",
        "政策文件": "六个月",
        "人事信息": "一年",
        "规划计划": "一年",
        "统计数据": "三个月",
    }


def test_a_yearly_table_is_not_due_in_spring(demo):
    row = next(e for e in demo.catalogue.own_entries() if e.column_kind == "统计数据")
    limit = standards().freshness["统计数据"]
    yearly = TimeLimit(LimitRole.UPDATE, LimitKind.YEARLY)
    assert limit_of(_with(row, (yearly,)), limit).months == 12
    assert limit_of(_with(row, ()), limit) == limit


def _with(row, limits):
    from msgspec.structs import replace  # noqa: PLC0415

    return replace(row, time_limits=limits)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    gathered = gather(write_site(tmp_path_factory.mktemp("site")), TODAY)
    assert gathered.dataset is not None
    return gathered.dataset


# --- laws


def found(text: str, day: dt.date = TODAY) -> list[tuple[str, str]]:
    return [(c.kind, c.right) for c in citations(text, day)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("依据《环境噪声污染防治法》", "outdated"),
        ("依据《最低生活保障审核审批办法(试行)》办理", "outdated"),
        ("依据国务院令第492号", "outdated"),
        ("依据《中华人民共和国政府信息公开条例》（中华人民共和国国务院令第492号）", "outdated"),
        ("依据《特困人员认定办法》（民发〔2016〕178号）", "outdated"),
        ("依据《妇女权益保护法》", "wrong"),
        ("依据《自然灾害救助条例》（国务院令第557号）", "number"),
        ("依据《最低生活保障审核确认办法》（民发〔2022〕57号）", "number"),
        ("依据《政府信息公开条例》（国令第711号）", "order"),
        ("依据国务院第711号令", "order"),
    ],
)
def test_what_is_wrong_with_a_citation(text, kind):
    assert [k for k, _ in found(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "依据《政府信息公开条例》（国务院令第711号）",
        "依据《中华人民共和国政府信息公开条例》（2019年修订，国务院令第711号）",
        "依据《中华人民共和国噪声污染防治法》",
        "《合同法》已经废止，依据《中华人民共和国民法典》",
        "原《信访条例》（国务院令第431号）",
        "依据《自然灾害救助条例》（2019年修订）",
        "依据《示范省自然灾害救助办法》（省政府令第12号）",
        "依据《政府信息公开条例》（示政发〔2020〕3号转发）",
        "云麓县国发〔2000〕23号",
        "中华人民共和国令第711号",
        "国务院令第4921号",
    ],
)
def test_right_citations_are_left_alone(text):
    assert found(text) == []


def test_a_law_is_judged_by_the_day():
    text = "依据《中华人民共和国环境噪声污染防治法》"
    assert found(text, dt.date(2022, 6, 4)) == []
    assert found(text, dt.date(2022, 6, 5)) == [("outdated", "《中华人民共和国噪声污染防治法》")]


@given(st.text(alphabet="《》（）〔〕国务院令第号政府信息公开条例0123456789。\n民发办法", max_size=80))
def test_any_text_can_be_read(text):
    for citation in citations(text, TODAY):
        assert 0 <= citation.start < len(text)


def test_the_table_is_sound():
    table = laws()
    assert len(table.names) >= 30
    for name, right in table.wrong.items():
        assert name == bare(name) != bare(right)
        assert name not in table.names
        assert name not in table.numbers
    for name, old in table.names.items():
        assert name == bare(name)
        assert name not in table.numbers
        assert f"《{name}》" not in old.successor
    for old in [*table.names.values(), *table.by_number.values()]:
        assert dt.date(1990, 1, 1) < old.until <= TODAY


def test_no_row_of_the_catalogue_cites_a_name_that_no_law_has():
    text = "".join(path.read_text("utf-8") for path in sorted((catalogue_dir() / "fields").glob("*.yaml")))
    titles = {bare(t.strip("《》\"' ")) for t in re.findall(r"title: ([^,}\n]+)", text)}
    assert titles
    assert not titles & laws().wrong.keys()


# --- texts


@pytest.mark.parametrize(
    ("text", "lonely"),
    [
        ("《甲》和《乙》", []),
        ("《关于印发《甲》的通知》", []),
        ("《甲", [(0, "《")]),
        ("甲》", [(1, "》")]),
        ("》甲《", [(0, "》"), (2, "《")]),
        ("《甲\n乙》", []),
        ("《甲\n\n乙》", [(0, "《"), (5, "》")]),
    ],
)
def test_halves_of_book_marks(text, lonely):
    assert halves(text) == lonely


@given(st.text(alphabet="甲乙丙丁 ，|-", max_size=40))
def test_words_twice_are_those_of_the_pattern(text):
    pattern = re.compile(r"([\u4e00-\u9fff]{3,8}?)\1(?!\1)")
    expected = [(m.start(), m[1]) for m in pattern.finditer(text) if len(set(m[1])) > 1]
    assert list(repeats(text)) == expected


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2026年第三季度最低生活保障对象公示", "公示"),
        ("关于召开会议的通知（第二次）", "通知"),
        ("征收土地公告", "公告"),
        ("关于公示有关事项的报告", None),
        ("公示制度", None),
    ],
)
def test_the_kind_that_a_title_names(title, kind):
    assert title_kind(title) == kind


@pytest.mark.parametrize(
    ("domain", "good"),
    [("www.example.gov.cn", True), ("example.com", False), ("http://a.gov.cn", False), ("a.gov.cn/b", False)],
)
def test_domains(domain, good):
    assert (domain_problem(domain) is None) is good


@pytest.mark.parametrize(
    "body",
    [
        "请填写《低保申请表》后交村委会。",
        "申请人填写申请表，工作人员打印后交申请人签字，然后关闭系统。",
        "办事位置：政通路3号一楼大厅。",
        "补充材料待补充完整后受理。",
        "由云麓县××食品有限公司供货，经办人王××，王某某。",
        "研究研究再说，说说看看。",
        "根据上级文件，根据等级确定标准。",
        "气温 <5℃ 时停止施工，a<b。",
    ],
)
def test_ordinary_words_are_left_alone(tmp_path: Path, body: str):
    text = ITEM.rsplit("\n", 2)[0] + f"\n全镇共有最低生活保障对象 27 户 31 人。\n\n{body}\n"
    config = write_site(tmp_path, {"site_src/items/a.md": text})
    assert [f.message for f in gather(config, TODAY).findings if f.code.startswith("GK8")] == []
