"""Notices and disclosure guides: what they must show, and what of it is missed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.rules.elements.disclosure_guide import missing_of_guide, stale_clocks
from gongkai.rules.elements.notices import notice_kind, read_notice
from gongkai.rules.elements.service_guide import missing_of_eight
from sites import an_item


@pytest.mark.parametrize(
    ("title", "values", "kind"),
    [
        ("低保对象公示", {}, None),
        ("低保对象公示", {"genre": "公示"}, "公示"),
        ("招聘公告", {}, "公告"),
        ("公示栏管理办法", {"genre": "公示"}, "公示"),
        ("公示栏更新情况", {}, None),
        ("关于做好公示工作的通知", {"genre": "通知"}, None),
    ],
)
def test_what_is_a_notice(title: str, values: dict[str, str], kind: str | None):
    assert notice_kind(an_item("共 3 户。", title, **values)) == kind


COMPLETE = """根据《办法》，现将结果公示如下。

公示时间：2026年10月9日至10月15日，共7个自然日。

| 村 | 户 |
|---|---|
| 甲 | 1 |

有异议的，请向示范镇财政所反映，地址政通路1号，电话0666-5550120。监督电话12345。

示范镇人民政府

二〇二六年十月九日
"""


@pytest.mark.parametrize(
    ("cut", "missing"),
    [
        ("", ()),
        ("根据《办法》，", ("事由和依据",)),
        ("2026年10月9日至10月15日，", ("起止日期",)),
        ("，共7个自然日", ("天数和计算单位（自然日还是工作日）",)),
        ("有异议的，请向示范镇财政所反映，", ("受理异议的单位",)),
        ("，电话0666-5550120。监督电话12345", ("联系电话", "监督电话")),
        ("地址政通路1号，", ("联系地址或者信箱",)),
        ("二〇二六年十月九日", ("落款单位和日期",)),
    ],
)
def test_each_of_the_nine_things_is_missed(cut: str, missing: tuple[str, ...]):
    body = COMPLETE.replace(cut, "") if cut else COMPLETE
    assert read_notice(an_item(body, "低保对象公示"), "公示").missing == missing


DAY = r"(?:20\d\d\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
SPAN = rf"{DAY}\s*(?:[(（][^()（）]*[)）])?\s*(?:起|上午|下午|\d+[:：时]\d*)*\s*(?:[,，]?\s*至|到|—+|-+|~|～|–|开始[,，]?\s*至)\s*{DAY}"
WINDOW = rf"(?:截止|截至|之?前|期满).{{0,12}}{DAY}|{DAY}.{{0,8}}(?:前|截止|止)"
PHONE = r"(?<![\d.])(?:0\d{2,3}[-—－ ]?)?[2-8]\d{6,7}(?![\d.])|(?<!\d)1[3-9][\d*]{9}(?!\d)|(?<!\d)(?:12\d{3}|9\d{4,5})(?!\d)"
IN_NOTICES = [
    "2026年",
    "3月",
    "10",
    "日",
    "起",
    "至",
    "-",
    "—",
    "前",
    "之前",
    "截至",
    "止",
    "期满",
    "（周一）",
    "开始，",
]
IN_NOTICES += [".", "/", "\n", " ", "甲乙丙", "电话", "0666", "５", "5550120", "139", "****", "1", "12345", "9", "*"]


@given(st.lists(st.sampled_from(IN_NOTICES), max_size=16).map("".join))
def test_days_and_telephones_are_found_as_they_are_in_full(body: str):
    missing = read_notice(an_item(f"异议{body}"), "公告").missing
    assert ("起止日期" in missing) == (not re.search(SPAN, body) and not re.search(WINDOW, body))
    assert ("联系电话" in missing) == (not re.search(PHONE, body))


def test_the_eight_elements():
    assert len(missing_of_eight(an_item("见附件", "办事指南"))) == 8  # the title names no matter
    assert missing_of_eight(an_item("见附件", "低保办事指南"))[0] == "设定依据"


@pytest.mark.parametrize(
    ("line", "stale"),
    [
        ("自收到申请之日起15个工作日内予以答复", True),
        ("延长答复期限最长不超过十五个工作日", True),
        ("自收到申请之日起20个工作日内予以答复", False),
        ("第三方应当自收到征求意见书之日起15个工作日内答复", False),
        ("| 征求第三方意见 | 15个工作日内答复 |", False),
        ("115个工作日内答复", False),
        ("15个工作日内公开", False),
    ],
)
def test_stale_clocks(line: str, stale: bool):
    assert [n for n, _ in stale_clocks(f"第一行\n{line}")] == ([1] if stale else [])


def test_an_empty_guide_lacks_everything():
    assert len(missing_of_guide("")) == 11
