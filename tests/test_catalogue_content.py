"""What the standard catalogue says: no row lost, and legal classes, column kinds, privacy and bases that make sense."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from gongkai.catalogue.load import standard_field, standard_files
from gongkai.model import Basis, Entry

MANIFEST = yaml.safe_load((Path(__file__).parent / "data" / "catalogue_manifest.yaml").read_text("utf-8"))
ENTRIES = [entry for field_id in standard_files() for entry in standard_field(field_id).entries]
BY_ID = {entry.id: entry for entry in ENTRIES}
BASES = [(entry.id, basis) for entry in ENTRIES for basis in entry.basis]

WEBSITE = "政府网站"
BOARD = "社区/企事业单位/村公示栏(电子屏)"

# Fields whose every row, and words in a name, that belong to a class of 条例 Art. 20 or 21.
CLASS_OF_FIELD = {
    "03": "20-7",
    "06": "21-5",
    "07": "21-6",
    "08": "20-11",
    "09": "20-11",
    "13": "21-1",
    "16": "20-6",
    "17": "20-11|20-5",
    "18": "20-11",
    "19": "21-8",
    "20": "20-11",
    "21": "20-5",
    "22": "21-1",
    "23": "20-11",
    "25": "20-5",
}
CLASS_OF_NAME = {
    r"^行政许可|许可证核发$|许可$": "20-5",
    r"^行政处罚(决定|流程)?$|^行政强制": "20-6",
    "政府采购": "20-9",
    "财政预决算|^(政府|部门)[预决]算$": "20-7",
    "预警": "20-12",
    "监督检查$": "20-13|21-8",
    "统计(数据|报告|信息)": "20-4",
    "宅基地": "21-4",
    "承包经营权流转": "21-3",
    "筹资筹劳": "21-7",
    "高标准农田": "21-2",
    "征收土地|土地征收|征地补偿安置": "21-5",
    "最低生活保障|特困|临时救助|残疾人生活补贴": "21-8",
    "机构职能|内设机构|领导信息": "20-2",
}
# Rows that no class names. The village's own affairs and accounts are published under other laws (R6.1).
WITHOUT_CLASS = {
    "会议": {"04-01-07", "14-01-07", "30-10-02"},
    "宣传和活动": {"10-05-02", "12-01-01", "12-01-02", "12-07-01", "15-04-04"},
    "减灾队伍和示范社区": {"14-02-01", "14-02-02"},
    "已取消的征收、投诉渠道": {"24-08-01", "24-10-02"},
    "村里的计划生育": {"27-02-03"},
    "网站的通用栏目": {"30-01-05", "30-04-02", "30-07-01", "30-08-01", "30-08-02", "30-15-02"},
}
# A list in the elements that needs no masking, with the reason.
OPEN_LISTS = {
    "评审专家名单按《政府采购法实施条例》第四十三条随结果公告": {"02-02-07"},
    "名单里是企业和机构": {"04-03-03", "05-02-04"},
    "表彰先进，公示的是荣誉": {"12-01-03", "12-02-02", "12-06-01"},
    "执法人员依法亮明身份": {e.id for e in ENTRIES if e.field_id == "16" and "执法人员名单" in e.elements},
    "教师培训是职务行为": {"23-07-01"},
    "责任督学依规定公示": {"23-10-01"},
    "村民选出的班子成员": {"28-02-02"},
}
POLICY_NAME = re.compile(r"(?<!批准)文件(\(.*\))?$|法律法规$|规章$|法规政策$|教育法律$")
# Rows whose lists must never go out unmasked, whatever their elements are called.
NAMES_PERSONS = {
    "住房、危房改造、宅基地": ["08-05-01", "09-05-02", "09-06-01", "28-04-08", "29-13-01"],
    "低保、特困、临时救助、救灾": ["14-03-03", "19-02-03", "19-02-04", "19-03-03", "19-03-04", "19-04-03", "28-04-04"],
    "残疾人两补、老年人补贴、养老金": ["18-11-02", "19-05-01", "20-03-03", "28-04-05"],
    "公益性岗位、惠农补贴": ["17-10-01", "17-10-02", "22-01-02", "22-10-01", "28-04-03"],
    "贫困、监测、扶助对象，成员名册": ["13-02-01", "13-06-01", "27-01-04", "29-12-03"],
}
ON_SCHOOL_BOARD = {"23-05-05", "23-06-03", "23-06-04"}


def ids(entries: list[Entry]) -> list[str]:
    return [entry.id for entry in entries]


def plain(text: str) -> str:
    """Without the difference between full-width and half-width punctuation."""
    return unicodedata.normalize("NFKC", text)


def test_there_are_thirty_fields_and_703_rows():
    assert list(standard_files()) == list(MANIFEST["fields"]) == [f"{n:02}" for n in range(1, 31)]
    assert len(ENTRIES) == len(BY_ID) == 703


@pytest.mark.parametrize("field_id", MANIFEST["fields"])
def test_rows_of_a_field_are_those_of_the_manifest(field_id: str):
    assert [entry.id for entry in standard_field(field_id).entries] == MANIFEST["fields"][field_id]


def test_social_aid_keeps_the_printed_wording_of_every_limit():
    printed = {entry.id: plain(entry.time_limit_text) for entry in standard_field("19").entries}
    assert printed == {row: plain(text) for row, text in MANIFEST["time_limits"].items()}
    assert [entry.id for entry in standard_field("19").entries if not entry.time_limits] == []


@pytest.mark.parametrize("field_id", CLASS_OF_FIELD)
def test_field_belongs_to_its_legal_class(field_id: str):
    classes = set(CLASS_OF_FIELD[field_id].split("|"))
    assert ids([e for e in standard_field(field_id).entries if classes.isdisjoint(e.legal_class)]) == []


@pytest.mark.parametrize("pattern", CLASS_OF_NAME)
def test_name_of_a_row_shows_its_legal_class(pattern: str):
    classes = set(CLASS_OF_NAME[pattern].split("|"))
    named = [e for e in ENTRIES if re.search(pattern, e.level2)]
    assert named
    assert ids([e for e in named if classes.isdisjoint(e.legal_class)]) == []


def test_only_named_rows_and_village_affairs_are_without_legal_class():
    known = set().union(*WITHOUT_CLASS.values())
    without = {e.id for e in ENTRIES if not e.legal_class and e.field_id not in {"28", "29"}}
    assert without == known


def test_legal_classes_stand_in_order():
    def order(name: str) -> tuple[int, int]:
        article, item = name.split("-")
        return int(article), int(item)

    assert ids([e for e in ENTRIES if list(e.legal_class) != sorted(e.legal_class, key=order)]) == []


def test_every_row_has_a_column_kind():
    assert ids([e for e in ENTRIES if e.column_kind is None]) == []


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("政策文件", POLICY_NAME.pattern),
        ("政策解读", "解读"),
        ("通知公告", "公告$"),
        ("办事指南", r"(办事|服务|办税)指南(\(.*\))?$"),
        ("公开年报", "年报"),
        ("规划计划", "(?<!影响村庄、集镇)(规划|计划)$"),
        ("统计数据", "统计(数据|报告|信息)"),
        ("人事信息", "人事|招聘"),
    ],
)
def test_name_of_a_row_shows_its_column_kind(kind: str, pattern: str):
    named = [e for e in ENTRIES if re.search(pattern, e.level2) and e.id != "28-01-02"]  # the village's own rules
    assert named
    assert ids([e for e in named if e.column_kind != kind]) == []


def test_policy_columns_hold_policy():
    words = re.compile("文件|法律|法规|规章|政策|标准|制度")
    assert ids([e for e in ENTRIES if e.column_kind == "政策文件" and not words.search(e.level2)]) == []


def test_policy_documents_are_of_the_first_class():
    documents = [e for e in ENTRIES if e.column_kind == "政策文件" and POLICY_NAME.search(e.level2)]
    assert ids([e for e in documents if "20-1" not in e.legal_class]) == ["30-04-02"]  # 其他文件 are no 规范性文件


def test_lists_of_persons_have_privacy_or_a_reason_why_not():
    reasons = set().union(*OPEN_LISTS.values())
    lists = {e.id for e in ENTRIES if any("名单" in element for element in e.elements)}
    assert {e for e in lists if BY_ID[e].privacy is None} == reasons


@pytest.mark.parametrize("what", NAMES_PERSONS)
def test_rows_that_name_persons_have_privacy(what: str):
    assert [e for e in NAMES_PERSONS[what] if BY_ID[e].privacy is None] == []


def test_first_review_and_poverty_lists_stay_on_the_village_board():
    first = [
        e for e in ENTRIES if re.search("初审|评议公示|识别|贫困人口退出|监测对象退出", e.level2 + "".join(e.elements))
    ]
    lists = [e for e in first if e.privacy or "初审" in "".join(e.elements)]
    assert len(lists) >= 8
    assert [e.id for e in lists if e.privacy is None or e.privacy.channels != (BOARD,)] == []


def test_named_list_uses_no_channel_that_its_row_lacks():
    beyond = {e.id for e in ENTRIES if e.privacy and not set(e.privacy.channels) <= {*e.channels_must, *e.channels_may}}
    assert beyond == ON_SCHOOL_BOARD  # pupils: the school's board instead of the website
    assert all(BY_ID[e].privacy.channels == (BOARD,) for e in ON_SCHOOL_BOARD)


def test_list_ends_and_leaves_its_totals():
    private = [e for e in ENTRIES if e.privacy]
    assert [e.id for e in private if not re.search("撤下.*保留", e.privacy.retention)] == []


def test_list_on_the_website_masks_names_and_no_list_shows_id_numbers():
    private = [e for e in ENTRIES if e.privacy]
    on_web = [e for e in private if WEBSITE in e.privacy.channels]
    assert [e.id for e in on_web if "隐去中间字" not in (e.privacy.mask or "")] == []
    assert [e.id for e in private if not re.search("不公布.*身份证号", e.privacy.mask or "")] == []


REPLACED = ["民发〔2012〕220号", "民发〔2016〕178号", "国办发〔2013〕101号", "国务院令第434号", "环境保护部令第8号"]
REPLACED += ["国家食品药品监督管理总局令第23号", "人社部发〔2014〕23号", "财农〔2017〕41号", "国开办发〔2014〕24号"]


def test_replaced_documents_name_what_took_their_place():
    seen = {basis.number for _, basis in BASES}
    assert set(REPLACED) <= seen
    assert [row for row, basis in BASES if basis.number in REPLACED and not basis.superseded_by] == []
    gone = re.compile("环境噪声污染防治法|收养法$|程序暂行规定|七五”?普法|第七个五年规划")
    assert [row for row, basis in BASES if gone.search(basis.title) and not basis.superseded_by] == []
    assert "国务院令第492号" not in seen  # 条例 of 2007: every row cites the one of 2019


def test_plan_whose_years_are_over_names_its_successor():
    def over(basis: Basis) -> bool:
        years = re.search(r"20\d\d-(20\d\d)", basis.title)
        return "十三五" in basis.title or bool(years and int(years[1]) < 2024)

    assert [row for row, basis in BASES if over(basis) and not basis.superseded_by] == []


def test_successor_is_another_document_and_the_same_in_every_row():
    successors: dict[tuple[str, str | None], set[str | None]] = {}
    for _, basis in BASES:
        successors.setdefault((basis.title, basis.number), set()).add(basis.superseded_by)
    assert [key for key, named in successors.items() if len(named) > 1] == []
    assert [row for row, b in BASES if b.superseded_by in {b.title, b.label.strip("《》")}] == []


def test_document_of_one_place_says_which():
    local = re.compile("^(安徽|福建|广东|东莞|浙江|山东|江苏|四川|云南|湖北|湖南|上海|重庆|北京|天津)")
    number = re.compile("^[皖闽粤沪渝京浙苏鲁豫湘鄂川赣]")
    placed = {row for row, basis in BASES if basis.place}
    assert {row for row, b in BASES if local.search(b.title) or number.search(b.number or "")} == placed
    assert [row for row, b in BASES if b.place and b.title[:2] not in b.place] == []


def test_sources_are_government_addresses():
    hosts = {urlsplit(source).hostname or "" for entry in ENTRIES for source in entry.sources}
    assert hosts
    assert [host for host in hosts if not host.endswith(".gov.cn")] == []
