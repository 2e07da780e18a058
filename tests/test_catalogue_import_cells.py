"""How the cells of a table are read: elements, bases, limits, channels, ticks and headers."""

from __future__ import annotations

import pytest

from gongkai.catalogue.importing.basis import read_basis, repair_number
from gongkai.catalogue.importing.channels import Style, read_channels
from gongkai.catalogue.importing.elements import read_elements, shown
from gongkai.catalogue.importing.fields import field_ids, field_of, read_field
from gongkai.catalogue.importing.limits import read_limit
from gongkai.catalogue.importing.marks import AUDIENCE, LEVEL, METHODS, read_words
from gongkai.catalogue.importing.symbols import plain
from gongkai.catalogue.importing.ticks import tick_of
from gongkai.catalogue.layout import header_key, levels_in
from gongkai.catalogue.load import standard_field, standard_files
from gongkai.catalogue.words import channel_lines

ENTRIES = [entry for field_id in standard_files() for entry in standard_field(field_id).entries]


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("1.征收决定;2.补偿方案;3.补助、奖励政策", ("征收决定", "补偿方案", "补助、奖励政策")),
        ("机构名称;2.开放时间;3.咨询电话", ("机构名称", "开放时间", "咨询电话")),
        ("①施工许可②施工期限", ("施工许可", "施工期限")),
        ("(一)目标；(二)措施。", ("目标", "措施")),
        ("●法规\n●规章", ("法规", "规章")),
        ("· 名称 · 地点", ("名称", "地点")),
        ("低保标准；申请条件；申请材料。", ("低保标准", "申请条件", "申请材料")),
        ("招标公告、中标结果、合同订立及备案情况、处罚信息等", ("招标公告", "中标结果", "合同订立及备案情况", "处罚信息")),
        ("名称（含简称、别名）、地址、电话", ("名称（含简称、别名）", "地址", "电话")),
        ("补助、奖励政策", ("补助、奖励政策",)),
        ("地方\n层面\n法规\n政策", ("地方层面法规政策",)),
        ("限额为1.5万元", ("限额为1.5万元",)),
    ],
)  # fmt: skip
def test_elements(text: str, elements: tuple[str, ...]) -> None:
    reading = read_elements(text)
    assert (reading.value, reading.doubt) == (elements, "")


def test_lines_that_may_be_broken_or_listed_are_asked_about() -> None:
    assert read_elements("行政法规\n部门规章").doubt
    reading = read_elements("申请低保应当具备的条件\n审核\n公示名单和监督电话")
    assert "换行" in reading.doubt
    assert reading.shown.startswith("1.申请低保应当具备的条件；\n2.")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_what_the_official_table_prints_reads_back(entry) -> None:
    if entry.elements:
        read = read_elements(shown(entry.elements)).value
        assert [e.replace(" ", "") for e in read] == [e.replace(" ", "") for e in entry.elements]
    bases = [(b.title, b.number) for b in read_basis("\n".join(b.label for b in entry.basis)).value]
    assert [(t.replace(" ", ""), n) for t, n in bases] == [(b.title.replace(" ", ""), b.number) for b in entry.basis]
    must, may = read_channels("\n".join(channel_lines(entry)), Style(offered=True, trusted=True)).value
    assert must == entry.channels_must
    assert len(may) == len([c for c in entry.channels_may if c not in must])


@pytest.mark.parametrize(
    ("text", "number", "sure"),
    [
        ("民发〔2021〕57号", "民发〔2021〕57号", True),
        ("国办发﹝2019﹞54号", "国办发〔2019〕54号", True),
        ("财预[2016]143号", "财预〔2016〕143号", True),
        ("建房〔2012 ) 8 4 号", "建房〔2012〕84号", True),
        ("国办发〔201680号", "国办发〔2016〕80号", True),
        ("税总发〔201744号", "税总发〔2017〕44号", True),
        ("国办发201680号", "国办发〔2016〕80号", False),
        ("民发〔2021〕57", "民发〔2021〕57号", False),
        ("国令第711号", "国务院令第711号", True),
        ("中华人民共和国国务院令第 649 号", "国务院令第649号", True),
        ("住房和城乡建设部令第11号", "住房和城乡建设部令第11号", True),
        ("GB/T 32939—2016", "GB/T 32939—2016", True),
    ],
)
def test_document_numbers_are_repaired_only_where_that_is_certain(text: str, number: str, sure: bool) -> None:
    assert repair_number(text) == (number, "") if sure else repair_number(text)[0] == number
    assert bool(repair_number(text)[1]) is not sure


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("《预算法》《政府信息公开条例》", [("预算法", None), ("政府信息公开条例", None)]),
        ("《甲办法》（民发〔2021〕57号）、《乙条例》等法律法规和文件规定", [("甲办法", "民发〔2021〕57号"), ("乙条例", None)]),
        ("《政府信息公开条例》(国令第711号) 号)", [("政府信息公开条例", "国务院令第711号")]),
        ("《实施意见》(建房〔2012 ) 8 4 号 )", [("实施意见", "建房〔2012〕84号")]),
        ("财政部关于印发《甲规程》的通知", [("财政部关于印发《甲规程》的通知", None)]),
        ("《财政部关于印发《甲规程》的通知》（财预〔2016〕143号）", [("财政部关于印发《甲规程》的通知", "财预〔2016〕143号")]),
        ("《关于印发《甲方案》（国开办发〔201424号）\n《乙法》", [("关于印发《甲方案》", "国开办发〔2014〕24号"), ("乙法", None)]),
        ("1.《甲法》；2.《乙法》；3.《丙法》", [("甲法", None), ("乙法", None), ("丙法", None)]),
        ("《甲办法》（试行）", [("甲办法（试行）", None)]),
    ],
)  # fmt: skip
def test_bases(text: str, bases: list[tuple[str, str | None]]) -> None:
    assert [(b.title, b.number) for b in read_basis(text).value] == bases


def test_a_basis_without_brackets_of_its_own_is_asked_about() -> None:
    assert read_basis("按上级要求").doubt


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("信息形成或 者变更之日 起20个工作\n日内予以公", True),
        ("20工作日内", True),
        ("批准后20日内", True),
        ("长期公开（动态调整）", True),
        ("20内", False),
        ("按有关规定", False),
    ],
)
def test_limits(text: str, sure: bool) -> None:
    assert read_limit(text).sure is sure


ALL = "■政府网站 □政府公报\n□两微一端 □发布会/听证会\n□广播电视 □纸质媒体\n□公开查阅点 ■政务服务中心\n□便民服务站 □入户/现场\n■社区/企事业单位/村公示栏(电子屏) □精准推送 □其他_"


@pytest.mark.parametrize(
    ("text", "must", "may"),
    [
        ("■政府网站", ("政府网站",), ()),
        ("政府网站\n村公示栏", ("政府网站", "社区/企事业单位/村公示栏(电子屏)"), ()),
        ("1.政府网站 2.政务服务中心", ("政府网站", "政务服务中心"), ()),
        ("政府网站、两微一端、公开查阅点", ("政府网站", "两微一端", "公开查阅点"), ()),
        ("þ政府网站 ¨政府公报".replace("¨", "□"), ("政府网站",), ("政府公报",)),
        ("R政府网站 £政府公报", ("政府网站",), ("政府公报",)),
        ("t政府网站\n口政府公报", ("政府网站",), ("政府公报",)),
        ("▲政府网站〇政府公报", ("政府网站",), ("政府公报",)),
        ("◆一微一端 ●公开查询点", ("两微一端", "公开查阅点"), ()),
        ("■社区/企事业单位/村公\n示栏(电子屏)", ("社区/企事业单位/村公示栏(电子屏)",), ()),
        ("■社区/企事业单位、村公示栏(电子屏)", ("社区/企事业单位/村公示栏(电子屏)",), ()),
        ("■存公示栏", ("社区/企事业单位/村公示栏(电子屏)",), ()),
        ("■其他：办税服务厅", ("其他",), ("办税服务厅",)),
        ("■政府网站 ■公共资源交易平台", ("政府网站", "其他"), ("公共资源交易平台",)),
        ("■政府网站 □政务服务窗口", ("政府网站",), ("政务服务窗口",)),
        (ALL, ("政府网站", "政务服务中心", "社区/企事业单位/村公示栏(电子屏)"), ()),
    ],
)
def test_channels(text: str, must: tuple[str, ...], may: tuple[str, ...]) -> None:
    reading = read_channels(text, Style())
    assert (reading.value, reading.doubt) == ((must, may), "")


def test_boxes_count_as_optional_where_the_header_says_so() -> None:
    must, may = read_channels(ALL, Style(offered=True)).value
    assert len(must) == 3
    assert len(may) == 10


@pytest.mark.parametrize("text", ["？？政府网站", "◎政府网站", "□政府网站", "■招投标公共服务平台", "■甲乙丙丁"])
def test_unknown_signs_and_names_are_asked_about(text: str) -> None:
    assert read_channels(text, Style()).doubt


@pytest.mark.parametrize("text", [*"√✓✔■●▲◆▄þRtP", "☑", " √ ", "是"])
def test_ticks(text: str) -> None:
    assert tick_of(text) is True


@pytest.mark.parametrize("text", ["", " \n", "□", "口", "£", "〇", "×", "否", "/", "—"])
def test_no_ticks(text: str) -> None:
    assert tick_of(text) is False


@pytest.mark.parametrize("text", ["?", "？", "项目单位", "待定", "1"])
def test_what_is_neither(text: str) -> None:
    assert tick_of(text) is None


def test_symbol_fonts() -> None:
    assert plain("R政", "Wingdings 2") == "☑政"
    assert plain("þ", "Wingdings") == "☑"
    assert plain("\uf052", "Wingdings 2") == "☑"
    assert plain("\uf0a3\uf0fe") == "□☑"
    assert plain("R政", "宋体") == "R政"


def test_words_for_ticks() -> None:
    assert read_words("全社会、特定群体（申请人）", AUDIENCE).value == ("全社会", "特定群体（申请人）")
    assert read_words("主动、依申请", METHODS).value == ("主动公开", "依申请公开")
    assert read_words("县级、镇街", LEVEL).value == ("县级", "乡级")
    assert read_words("待定", LEVEL).doubt


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("序 \n号", "number"), ("一级事 项", "level1"), ("公开内容(要素)及要求", "content"), ("公开主", "subject"), ("全社", "public"),
        ("公开渠道和载体(“■”表示必选\n项,“口”表示可选项)", "channels"), ("特定群体(请写明)", "groups"), ("特定人群", "groups"),
        ("依申请公开", "request"), ("县级", "level"), ("镇(街)级", "level"), ("备注", None), ("咨询电话", None), ("更新周期", None),
        ("省级", None), ("", None),
    ],
)  # fmt: skip
def test_headers(words: str, key: str | None) -> None:
    assert header_key(words) == key


@pytest.mark.parametrize(
    ("words", "levels"),
    [
        ("县级", ("县级",)), ("区级", ("县级",)), ("市级", ("县级",)), ("乡、村级", ("乡级", "村级")), ("镇街级", ("乡级",)),
        ("镇（街）级", ("乡级",)), ("州级县级", ("县级",)), ("村级", ("村级",)), ("镇街乡+村", ("乡级", "村级")), ("全社会", ()), ("一级", ()),
    ],
)  # fmt: skip
def test_levels(words: str, levels: tuple[str, ...]) -> None:
    assert levels_in(words) == levels


@pytest.mark.parametrize(
    ("title", "field_id"),
    [
        ("山前乡扶贫领域基层政务公开标准目录", "13"), ("（十二）农村危房改造领域", "09"), ("农村集体土地征收领域目录", "06"),
        ("国有土地上房屋征收与补偿领域目录", "07"), ("公共资源配置领域目录", "02"), ("涉乡村振兴领域目录", "13"),
    ],
)  # fmt: skip
def test_fields_by_title(title: str, field_id: str) -> None:
    assert field_of([title], "").value == field_id


def test_a_title_with_several_fields_or_none_is_asked_about() -> None:
    assert field_ids("社会救助和养老服务领域") == {"19", "20"}
    assert not field_of(["社会救助和养老服务领域目录"], "").sure
    assert not field_of(["示范镇政务公开标准目录"], "").value
    assert read_field("31 交通运输领域").value == "31 交通运输"
    assert not read_field("99").value
