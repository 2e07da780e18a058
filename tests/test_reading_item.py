"""From the text of a file to an item: names of keys, places, normalised values, and that nothing ever raises."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from gongkai.gather import gather
from gongkai.model import Finding, Item, NoticePeriod, Period, Review, Severity
from gongkai.reading.front_matter import split
from gongkai.reading.header import read_header
from gongkai.reading.source import decode
from gongkai.reading.vocabulary import Vocabulary, load_vocabulary
from gongkai.resources import catalogue_dir
from item_examples import CHINESE, ENGLISH
from sites import ITEM, write_site

TODAY = dt.date(2028, 1, 1)

# R4.4: the labels under which real pages print the same thing.
LABELS = {
    "index_number": ["索引号", "索 引 号", "[ 索引号 ]", "信息索引号", "信息索取号", "索取号"],
    "publisher": ["发布机构", "发布单位", "发文机构", "发文机关"],
    "responsible_unit": ["责任部门", "公开责任部门"],
    "document_number": ["文号", "发文字号", "文件编号", "备注/文号", "统一编号"],
    "formed_on": ["成文日期", "生成日期", "产生日期", "公文生成日期", "发文日期", "发文时间"],
    "published_on": ["发布日期", "发布时间", "公开日期"],
    "validity": ["有效性", "是否有效", "时效"],
    "effective_on": ["生效日期"],
    "repealed_on": ["废止日期"],
    "subject": ["主题分类", "组配分类", "信息类别"],
    "category": ["分类"],
    "genre": ["体裁分类"],
    "method": ["公开方式", "公开形式"],
    "time_limit": ["公开时限"],
    "audience": ["公开范围", "服务对象"],
    "keywords": ["主题词", "关键词"],
    "summary": ["内容概述"],
}

# README-01-13, section 3: how catalogues and pages spell the channels, with their tick marks.
BOARD = "社区/企事业单位/村公示栏(电子屏)"
CHANNELS = {
    "■政府网站": "政府网站",
    "▲ 政府网站": "政府网站",
    "◆政府网站": "政府网站",
    "√政府网站": "政府网站",
    "þ政府网站": "政府网站",
    "R政府网站": "政府网站",
    "门户网站": "政府网站",
    "一微一端": "两微一端",
    "政务新媒体": "两微一端",
    "发布会听证会": "发布会/听证会",
    "发布会": "发布会/听证会",
    "公开查询点": "公开查阅点",
    "查询点": "公开查阅点",
    "政务公开专区": "公开查阅点",
    "图书馆": "公开查阅点",
    "国家档案馆": "公开查阅点",
    "行政服务中心": "政务服务中心",
    "提供政务服务的场所": "政务服务中心",
    "社区/企事业单位/村公示栏（电子屏）": BOARD,
    "社区/企事业单位、村公示栏(电子屏)": BOARD,
    "村居/企事业单位公示栏": BOARD,
    "村(社区)公示栏": BOARD,
    "存公示栏": BOARD,
    "镇公示栏": BOARD,
    "村委会公示栏": BOARD,
    "公告公示栏": BOARD,
    "广播大喇叭": "广播电视",
    "党群服务中心": "便民服务站",
    "其他_": "其他",
    "其他：办税服务厅": "其他：办税服务厅",
    "其他法律服务网": "其他法律服务网",
    "投资项目在线审批监管平台": "投资项目在线审批监管平台",
    "中国政府采购网": "中国政府采购网",
    "信用中国": "信用中国",
    "12345热线": "12345热线",
    "乡村振兴工作站": "乡村振兴工作站",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The settings file of a valid site with one attachment."""
    return write_site(tmp_path_factory.mktemp("site"), {"site_src/items/汇总表.xlsx": "x"})


def vocabulary() -> Vocabulary:
    return load_vocabulary(catalogue_dir() / "vocabulary.yaml")


def read(site: Path, content: str | bytes) -> tuple[Item | None, list[Finding]]:
    """The one item of the site, if it gives one, and what reading it says (codes below GK200)."""
    path = site.parent / "site_src" / "items" / "a.md"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    gathered = gather(site, TODAY)
    assert gathered.dataset is not None
    return next(iter(gathered.dataset.items), None), [f for f in gathered.findings if f.code < "GK200"]


def header_of(text: str):
    said: list[Finding] = []
    document = split(text, "a.md", said.append)
    assert document is not None
    return read_header(document.head, "a.md", vocabulary(), said.append), said


def test_every_key_reaches_the_item(site: Path):
    item, said = read(site, ENGLISH)
    assert said == []
    assert item is not None
    assert item.title == "2026年第三季度最低生活保障对象公示"
    assert (item.entry_id, item.responsible_unit, item.unit_id) == ("19-02-04", "社会事务办公室", "shehui")
    assert (item.formed_on, item.published_on) == (dt.date(2026, 9, 28), dt.date(2026, 10, 9))
    assert (item.validity, item.repealed_on, item.repealed) == ("失效", dt.date(2027, 10, 9), True)
    assert item.period == Period(2026, quarter=3)
    assert item.notice_period == NoticePeriod(dt.date(2026, 10, 9), dt.date(2026, 10, 15), 7, "自然日")
    assert item.review == Review("党政综合办公室", dt.date(2026, 10, 8))
    assert item.channels == ("政府网站", "公开查阅点")
    assert item.keywords == ("低保", "公示")
    assert [(a.path.as_posix(), a.title, a.kind, a.size) for a in item.attachments] == [
        ("items/汇总表.xlsx", "分村汇总表", "XLSX", 1)
    ]
    assert item.interprets is not None
    assert item.interprets.text == "示政发〔2026〕10号"
    assert [r.text for r in item.related] == ["示政发〔2026〕9号"]
    assert (item.url, item.statement, item.draft) == ("items/dibao-2026-q3.html", "本期未发生", False)


def test_chinese_names_and_spellings_give_the_same_item(site: Path):
    english, chinese = read(site, ENGLISH)[0], read(site, CHINESE)[0]
    assert english is not None
    assert chinese is not None
    assert chinese.lines.keys() == english.lines.keys()

    def placeless(item: Item) -> Item:
        return structs.replace(item, lines={}, interprets=None, related=())

    assert placeless(chinese) == placeless(english)


def test_both_examples_hold_every_key_there_is():
    known = set(vocabulary().keys.values()) - {"category"}
    assert set(header_of(ENGLISH)[0].lines) == known
    assert set(header_of(CHINESE)[0].lines) == known


@pytest.mark.parametrize(("key", "label"), [(key, label) for key, labels in LABELS.items() for label in labels])
def test_label_of_real_pages_is_accepted(key: str, label: str):
    header, said = header_of(f"---\n{label}: 1\n---\n")
    assert list(header.lines) == [key]
    assert [f for f in said if f.code == "GK101"] == []


def test_label_with_a_full_width_colon_inside_quotes_is_accepted():
    header, _ = header_of('---\n"索 引 号：": 2026-00117\n---\n')
    assert header.data["index_number"] == "2026-00117"


def test_line_and_column_of_keys_are_kept(site: Path):
    item, _ = read(
        site,
        "\n---\n\ntitle: 低保公示\n# 说明\nentry: 19-02-04\n责任单位: 民政所\n发布日期: 2026-10-09\n---\n\n\n正文\n",
    )
    assert item is not None
    assert item.lines == {
        "title": (4, 1),
        "entry": (6, 1),
        "responsible_unit": (7, 1),
        "published_on": (8, 1),
    }
    assert (item.body, item.body_line) == ("正文", 12)


def test_line_numbers_hold_with_windows_line_ends_and_a_byte_order_mark(site: Path):
    data = b"\xef\xbb\xbf" + ENGLISH.replace("2026-09-28", "2026-09-31").replace("\n", "\r\n").encode("utf-8")
    _, said = read(site, data)
    assert [(f.code, f.line, f.column) for f in said] == [("GK002", 1, 1), ("GK003", 1, 1), ("GK104", 12, 12)]


@pytest.mark.parametrize("written", CHANNELS)
def test_channel_is_known_in_every_spelling(site: Path, written: str):
    item, said = read(site, ITEM.replace("---\n全镇", f'channels: ["{written}"]\n---\n全镇'))
    assert said == []
    assert item is not None
    assert item.channels == (CHANNELS[written],)


@pytest.mark.parametrize(
    "line",
    [
        "channels: 政府网站、公开查阅点",
        "channels: 政府网站，公开查阅点",
        "channels: [政府网站，公开查阅点]",
        "channels: ■政府网站；■查询点",
        "channels:\n- 政府网站\n- 公开查阅点",
        "channels: [政府网站, 网站, 查询点]",
    ],
)
def test_channels_are_read_from_lists_and_from_plain_text(site: Path, line: str):
    item, said = read(site, ITEM.replace("---\n全镇", f"{line}\n---\n全镇"))
    assert said == []
    assert item is not None
    assert item.channels == ("政府网站", "公开查阅点")


def test_what_is_left_out_comes_from_the_entry(site: Path):
    item, _ = read(site, ITEM)
    assert item is not None
    dataset = gather(site, TODAY).dataset
    assert dataset is not None
    assert item.channels == dataset.entry(item).channels
    assert (item.method, item.disclosure_class, item.validity) == ("主动公开", "主动公开", "有效")
    assert item.address == "a"


@pytest.mark.parametrize(
    "category",
    [
        "社会救助/最低生活保障/审批信息",
        "社会救助领域/最低生活保障/审批信息",
        "社会救助 > 最低生活保障 > 审批信息",
        "最低生活保障／审批信息",
    ],
)
def test_category_leads_to_its_entry(site: Path, category: str):
    item, said = read(site, ITEM.replace("entry: 19-02-04", f"category: {category}"))
    assert said == []
    assert item is not None
    assert item.entry_id == "19-02-04"


def test_alias_of_a_unit_stands_for_its_name(site: Path):
    item, _ = read(site, ITEM.replace("社会事务办公室", "民政所"))
    assert item is not None
    assert (item.responsible_unit, item.unit_id) == ("社会事务办公室", "shehui")


def test_draft_has_no_finding_above_a_note(site: Path):
    item, said = read(site, "---\n草稿: 是\n标题: 低保公示\n成文日期: 明天\n---\n")
    assert item is not None
    assert item.draft
    assert {f.severity for f in said} == {Severity.NOTE}


def test_decode_gives_text_or_one_finding():
    said: list[Finding] = []
    assert decode("低保\r\n公示\r".encode(), "a.md", said.append) == "低保\n公示\n"
    assert [f.code for f in said] == ["GK003"]


WORDS = st.sampled_from(
    [*vocabulary().keys, "title", "entry", "19-02-04", "2026-02-30", "社会事务办公室", "天气", "{", "}", "[", "]", ":", ": ", "：",
     "- ", "\n", "\n  ", "\n\t", '"', "'", "&a ", "*a", "!", "!!int ", "|", ">", "@", "%", "#", "---", "...", "? ", ",", "~",
     "true", "0", "-1", "1e9", "\r", "\0", "\ufeff", "\x0b", "<<"]
)  # fmt: skip
YAML_LIKE = st.lists(WORDS, max_size=30).map("".join)


def has_outcome(site: Path, content: bytes) -> None:
    item, said = read(site, content)
    assert item is not None or said
    for finding in said:
        assert finding.line >= 1
        assert finding.column >= 1
        assert finding.message
        assert finding.hint


@given(st.binary())
@settings(deadline=None)
def test_any_bytes_give_an_item_or_a_finding(site: Path, content: bytes):
    has_outcome(site, content)


@given(YAML_LIKE | st.text())
@settings(deadline=None, max_examples=300)
def test_any_front_matter_gives_an_item_or_a_finding(site: Path, head: str):
    has_outcome(site, f"---\n{head}\n---\n正文\n".encode("utf-8", "replace"))


@given(st.sampled_from(sorted(set(vocabulary().keys.values()))), YAML_LIKE)
@settings(deadline=None, max_examples=300)
def test_any_value_of_any_key_gives_an_item_or_a_finding(site: Path, key: str, value: str):
    text = "".join(line for line in ITEM.splitlines(keepends=True) if not line.startswith(f"{key}:"))
    has_outcome(site, text.replace("---\n全镇", f"{key}: {value}\n---\n全镇").encode("utf-8", "replace"))


@given(st.text())
@settings(deadline=None)
def test_any_body_gives_an_item(site: Path, body: str):
    item, said = read(site, (ITEM + body).encode("utf-8", "replace"))
    assert item is not None or [f.code for f in said if f.severity is Severity.ERROR] == ["GK009"]
