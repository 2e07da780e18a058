"""Content elements: the structure of a body, names compared, notices and guides read."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.model import Item, Period
from gongkai.reading.inline import cells, plain
from gongkai.reading.labels import Definition, Label, definitions
from gongkai.reading.structure import Heading, structure
from gongkai.rules.elements.disclosure_guide import missing_of_guide, stale_clocks
from gongkai.rules.elements.notices import notice_kind, read_notice
from gongkai.rules.elements.service_guide import missing_of_eight
from gongkai.rules.elements.shown import Shown
from gongkai.rules.elements.words import Target, element, normal, required, synonyms

MARKDOWN = st.text(alphabet="#*_|-:：；。一二三名单申请条件 \n\t`<>[]()\\12.<table>/trd!~=", max_size=200)


def an_item(body: str, title: str = "办理说明", **values: object) -> Item:
    return Item(
        file="site_src/items/a.md",
        address="a",
        title=title,
        entry_id="19-02-02",
        responsible_unit="社会事务办公室",
        unit_id="shehui",
        published_on=dt.date(2026, 10, 9),
        body=body,
        body_line=8,
        lines={},
        **values,  # type: ignore[arg-type]
    )


# --- structure


def test_headings_in_both_forms():
    body = "# 一 ##\n\n申请条件\n====\n\n###### 六\n####### 七\n#没有空格\n"
    assert structure(body).headings == (Heading(1, "一", 0), Heading(1, "申请条件", 2), Heading(6, "六", 5))


def test_labels_stand_at_the_start_or_before_a_colon():
    body = "- **人数**：3\n请**注意**安全，**电话：**0666-5550100\n"
    assert structure(body).labels == (Label("人数", 0), Label("电话", 1))


def test_definitions_of_a_line_end_where_the_next_starts():
    assert list(definitions("受理单位：甲；电话：0666-1，地址：乙")) == [
        Definition("受理单位", "甲", 0),
        Definition("电话", "0666-1", 0),
        Definition("地址", "乙", 0),
    ]


@pytest.mark.parametrize("text", ["上午8:30到11:30", "见https://a.example", "没有冒号", ""])
def test_times_and_addresses_are_no_definitions(text: str):
    assert list(definitions(text)) == []


def test_a_table_keeps_masks_escapes_and_lines():
    body = "前\n\n| 姓名 | **金额** |\n|---|--:|\n| 王*明 | 3 |\n| 李** |\n| a \\| b | 4 |\n\n后"
    (table,) = structure(body).tables
    assert table.header == ("姓名", "金额")
    assert table.rows == (("王*明", "3"), ("李**",), ("a | b", "4"))
    assert (table.line, table.row_lines) == (2, (4, 5, 6))
    assert [p.line for p in structure(body).paragraphs] == [0, 8]


def test_a_table_in_html():
    (table,) = structure(
        "x\n<table><tr><th>项目</th><th>金额<br>元</th></tr>\n<tr><td>路</td><td>3</td></tr></table>"
    ).tables
    assert (table.header, table.rows, table.line, table.row_lines) == (("项目", "金额 元"), (("路", "3"),), 1, (2,))


def test_code_and_comments_hold_nothing():
    found = structure("```\n# 一\n| a |\n|---|\n```\n<!--\n# 二\n-->\n")
    parts = (found.headings, found.labels, found.definitions, found.tables, found.paragraphs)
    assert parts == ((), (), (), (), ())


def test_plain_takes_marks_away():
    assert plain("**甲**[乙](c.md)`丙`![丁](e.png)\\*") == "甲乙丙丁*"


def test_cells():
    assert cells("| a | |b|") == ("a", "", "b")


@given(MARKDOWN)
def test_any_text_is_some_body(body: str):
    found = structure(body)
    lines = body.count("\n") + 1
    for kind in (found.headings, found.labels, found.definitions, found.tables, found.paragraphs):
        assert all(0 <= part.line < lines for part in kind)
        assert [part.line for part in kind] == sorted(part.line for part in kind)


@settings(max_examples=50)
@given(st.lists(st.lists(st.text("甲乙丙丁12 ", min_size=1, max_size=4), min_size=2, max_size=2), max_size=5))
def test_a_table_written_is_the_table_read(rows: list[list[str]]):
    body = "| 甲 | 乙 |\n| --- | --- |\n" + "".join(f"| {a} | {b} |\n" for a, b in rows)
    (table,) = structure(body).tables
    assert table.rows == tuple((a.strip(), b.strip()) for a, b in rows)


@pytest.mark.parametrize(
    "body", ["*" * 20_000, "[" * 20_000, "<" * 20_000, "|" * 20_000, "：甲" * 10_000, "<table>" * 3_000]
)
def test_hostile_text_is_read_to_its_end(body: str):
    assert structure(body).headings == ()


# --- words


def test_names_are_compared_without_width_brackets_and_signs():
    assert normal("报名地点（方式）") == normal("报名地点") == "报名地点"
    assert normal("申请条件和程序") == normal("申请条件、程序")
    assert normal("ＡＢ") == "ab"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("姓名、照片", ["姓名", "照片"]),
        ("办理时间、地点", ["办理时间", "办理地点"]),
        ("申请条件、程序", ["申请条件", "申请程序"]),
        ("救助标准", ["救助标准"]),
        ("审核信息(姓名、金额)", ["审核信息"]),
    ],
)
def test_composite_elements_are_split(name: str, parts: list[str]):
    assert [part.name for part in element(name).parts] == parts


@pytest.mark.parametrize(
    "name", ["低保对象名单", "户主姓名(脱敏)", "其他支出", "图件(可选)", "数字图文、音视频等形式", "（）"]
)
def test_what_cannot_be_asked_of_every_item(name: str):
    assert not required(name)


@pytest.mark.parametrize("name", ["执法人员名单", "申请条件", "姓名、照片", "文号"])
def test_what_can_be_asked(name: str):
    assert required(name)


def test_synonyms_name_rows_that_exist():
    files = (Path(__file__).resolve().parents[1] / "catalogue" / "fields").glob("*.yaml")
    text = "".join(file.read_text("utf-8") for file in files)
    table = synonyms()
    for entry in (*table.one_of, *table.entries, *table.since):
        assert f"id: {entry}\n" in text, entry


@pytest.mark.parametrize(
    "body",
    [
        "## 申请条件\n本镇户籍",
        "**申请条件**：本镇户籍",
        "申请条件：本镇户籍",
        "| 申请条件 | 材料 |\n|---|---|\n| a | b |",
        "| 项目 | 内容 |\n|---|---|\n| 申请条件 | 本镇户籍 |",
        "## （一）申请条件与程序\n本镇户籍",
        "## 哪些人可以申请\n本镇户籍",
        "## 二、条件\n本镇户籍",
    ],
)
def test_an_element_is_found(body: str):
    assert Shown(an_item(body)).has(element("申请条件"))


@pytest.mark.parametrize("body", ["本镇户籍的可以来", "## 材料\n请按申请条件准备", "## 程序\n见附件"])
def test_an_element_is_not_found(body: str):
    assert Shown(an_item(body)).missing(element("申请条件")) == ("申请条件",)


def test_an_element_in_the_front_matter_counts():
    assert Shown(an_item("正文", elements={"申请条件": "见附件"})).has(element("申请条件"))
    assert Shown(an_item("正文", document_number="示政发〔2026〕12号")).has(element("文号"))


def test_the_missing_part_is_named():
    assert Shown(an_item("**姓名**：罗建平")).missing(element("姓名、照片")) == ("照片",)


NAMES = ["申请条件", "条件", "程序", "申请条件、程序", "标的概况", "概况", "四至", "办理时间、地点"]
NAMES += ["地点", "补偿方式和标准", "标准", "补偿方式"]
AROUND = ["\n", "\n## ", "\n**", "**", "：", "一、", "（二）", "3", "\n3\n", "第", "条", "的", "和", " "]
AROUND += ["㎡", "１", "\u0301", "| ", "甲"]


@given(st.lists(st.sampled_from(NAMES + AROUND), max_size=12).map("".join), st.sampled_from(NAMES))
def test_what_is_seen_at_first_sight_is_there_when_all_is_normalised(text: str, name: str):
    shown, sought = Shown(an_item(text, title=text[:9])), element(name)
    clauses = re.split(r"[^\w（）()“”《》]+", unicodedata.normalize("NFKC", text))
    clauses = [re.sub(r"[\W_的和与及之]", "", clause) for clause in clauses]

    def there(ways: tuple[Target, ...]) -> bool:
        return shown.named(ways) or any(c.startswith(t.word) for c in clauses for t in ways if not t.whole)

    parts = [there(part.targets) or (part.both and all(map(there, part.both))) for part in sought.parts]
    assert there(sought.targets) or all(parts) or not shown.at_sight(sought)


def test_most_elements_are_seen_at_first_sight():
    shown = Shown(an_item("## 申请条件\n\n本项目**标的概况**：\n\n| 程序 |\n|---|\n", period=Period(2026)))
    assert [name for name in ("申请条件、程序", "标的概况", "所属期", "照片") if shown.at_sight(element(name))] == [
        "申请条件、程序",
        "标的概况",
        "所属期",
    ]


# --- notices and guides


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
