"""``gongkai catalogue show`` and ``gongkai catalogue diff``: rows in words, and what changed between two versions."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.catalogue import words
from gongkai.catalogue.adoption import load_history
from gongkai.catalogue.differences import Changed, differences, limits_compared, markdown
from gongkai.catalogue.export_workbook import workbook_bytes
from gongkai.catalogue.exporting import csv_bytes, rows_of
from gongkai.catalogue.load import standard_field, standard_files
from gongkai.cli import catalogue_diff, catalogue_show
from gongkai.cli.errors import UsageError
from gongkai.cli.parser import ChineseParser
from gongkai.model import Basis, Contact, Entry, Field, Finding, FooterMarks, Privacy, Profile
from gongkai.reading.settings import load_settings
from gongkai.reading.timelimit import parse_time_limit
from sites import ROOT, write_site

Run = Callable[..., str]


def options(module: Any, *arguments: object) -> argparse.Namespace:
    parser = ChineseParser(prog="gongkai catalogue")
    module.add_arguments(parser)
    return parser.parse_args([str(a) for a in arguments])


@pytest.fixture
def show(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> str:
        assert catalogue_show.run(options(catalogue_show, *arguments)) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def diff(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> str:
        assert catalogue_diff.run(options(catalogue_diff, *arguments)) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ---- words


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("20-1", "条例第二十条第（一）项"),
        ("20-7", "条例第二十条第（七）项"),
        ("20-10", "条例第二十条第（十）项"),
        ("20-15", "条例第二十条第（十五）项"),
        ("21-1", "条例第二十一条（贯彻落实农业农村政策）"),
        ("21-8", "条例第二十一条（社会救助）"),
    ],
)
def test_legal_classes_are_said_as_the_law_counts_them(code: str, said: str):
    assert words.legal_class_words(code) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("信息形成或者变更之日起20个工作日内", "20个工作日内（自信息形成或者变更之日起）"),
        ("批准后20日内", "20日内（批准后）"),
        ("20个工作日内", "20个工作日内"),
        ("公示7个工作日", "公示不少于7个工作日"),
        ("行政处罚:自作出决定之日起7个工作日内", "行政处罚：7个工作日内（自作出决定之日起）"),
        ("长期公开", "长期公开"),
    ],
)
def test_rules_are_said_with_what_they_count_from(text: str, said: str):
    assert words.limits_words(parse_time_limit(text)) == said


def test_every_rule_of_the_standard_catalogue_has_words():
    for field_id in standard_files():
        for entry in standard_field(field_id).entries:
            for limit in entry.time_limits:
                said = words.limit_words(limit)
                assert said
                assert "None" not in said


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("最低生活保障审核确认办法(民发〔2021〕57号)", "（已由《最低生活保障审核确认办法》（民发〔2021〕57号）取代）"),
        ("中华人民共和国噪声污染防治法", "（已由《中华人民共和国噪声污染防治法》取代）"),
        ("《甲办法》和《乙办法》", "（已由《甲办法》和《乙办法》取代）"),
        (None, ""),
    ],
)
def test_a_superseded_basis_says_what_took_its_place(by: str | None, said: str):
    assert words.superseded_words(Basis("旧办法", superseded_by=by)) == said


def township(**changes: Any) -> Profile:
    plain = Profile("示范镇", "云麓县示范镇人民政府", (), (), Contact(), FooterMarks(), county="云麓县")
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("place", "profile", "shown"),
    [
        (None, None, True),
        ("安徽省", None, False),
        ("安徽省", township(), False),
        ("安徽省", township(region_code="340123101"), True),
        ("安徽省", township(region_code="330123101"), False),
        ("云麓县", township(), True),
        ("安徽省", township(full_name="安徽省泾县示范镇人民政府"), True),
    ],
)
def test_a_place_s_own_document_is_cited_only_there(place: str | None, profile: Profile | None, shown: bool):
    row = replace(standard_field("19").entries[0], basis=(Basis("操作规程", place=place),))
    assert bool(words.cited(row, profile)) is shown


# ---- show


def test_outside_a_site_all_thirty_fields_are_listed(nowhere: Path, show: Run):
    lines = show().splitlines()
    assert [line[:2] for line in lines[:-1]] == sorted(standard_files())
    assert not any("本镇" in line for line in lines)
    total = sum(len(standard_field(i).entries) for i in standard_files())
    assert f"共 30 个领域 {total} 项" in lines[-1]


def test_in_a_site_the_list_says_what_is_adopted(nowhere: Path, show: Run):
    statement = "税收由税务部门垂直管理，本镇不办理涉税事项，请向县税务局咨询。"
    config = write_site(nowhere, adopted={"not_applicable": [{"field": "05", "statement": statement}]})
    lines = {line[:2]: line for line in show("-f", config).splitlines()}
    assert lines["19"].endswith("本镇采用")
    assert lines["05"].endswith("本镇未涉及")
    assert lines["01"].endswith("本镇未采用")
    assert f"未涉及说明：{statement}" in show("-f", config, "05")
    listed = {f["id"]: f for f in json.loads(show("-f", config, "--format", "json"))}
    assert listed["05"]["statement"] == statement
    assert listed["19"]["status"] == "本镇采用"


@pytest.mark.parametrize("name", ["社会救助", "19", "社会救助领域"])
def test_a_field_shows_every_row_with_its_wording_and_its_rules(name: str, nowhere: Path, show: Run):
    said = show(name)
    field = standard_field("19")
    for entry in field.entries:
        assert f"\n{entry.id}  {words.path_words(entry)}" in said
        if entry.time_limit_text:
            assert f"公开时限：{entry.time_limit_text}\n" in said
            assert f"时限规则：{words.limits_words(entry.time_limits)}\n" in said
    assert said.count("【待核】") == sum(not e.confirmed for e in field.entries)


def test_every_row_of_every_field_can_be_shown(nowhere: Path, show: Run):
    for field_id in standard_files():
        data = json.loads(show(field_id, "--format", "json"))
        entries = standard_field(field_id).entries
        assert [row["id"] for row in data[0]["entries"]] == [e.id for e in entries]
        for row, entry in zip(data[0]["entries"], entries, strict=True):
            assert row["time_limit"] == entry.time_limit_text
            assert [r["words"] for r in row["time_limit_rules"]] == [words.limit_words(t) for t in entry.time_limits]
            assert row["confirmed"] is entry.confirmed


def test_one_row_shows_everything_that_is_known_of_it(show: Run, nowhere: Path, monkeypatch: pytest.MonkeyPatch):
    kept = Privacy(("政府网站",), "公示期满后撤下名单", "姓名隐去中间字")
    row = replace(
        standard_field("19").entries[0],
        legal_class=("20-11", "21-8"),
        column_kind="政策文件",
        privacy=kept,
        confirmed=False,
        unconfirmed_parts=("公开主体",),
        channels_must=("政府网站",),
        channels_may=("公开查阅点",),
        extra=(("咨询电话", "0666-5550120"),),
        local=True,
        basis=(Basis("旧办法", superseded_by="新办法"), Basis("某省规程", place="安徽省")),
    )
    field = replace(standard_field("19"), entries=(row,))
    monkeypatch.setattr(catalogue_show, "standard_field", lambda i: field if i == "19" else standard_field(i))
    said = show(row.id)
    for line in (
        f"{row.id}  {words.path_words(row)}【待核】【本镇增列】",
        "  公开依据：《旧办法》（已由《新办法》取代）；《某省规程》（安徽省的文件）",
        "  公开渠道和载体：■政府网站 □公开查阅点",
        "  咨询电话：0666-5550120",
        "  法定类别：条例第二十条第（十一）项、条例第二十一条（社会救助）",
        "  栏目类别：政策文件",
        "  名单要求：名单只在政府网站公开；公示期满后撤下名单；姓名隐去中间字",
        "  未核实的部分：公开主体",
    ):
        assert line in said.splitlines()


@pytest.mark.parametrize("name", ["19-02-03", "社会救助/最低生活保障/审核信息"])
def test_a_row_is_found_by_id_and_by_path(name: str, nowhere: Path, show: Run):
    assert [row["id"] for row in json.loads(show(name, "--format", "json"))[0]["entries"]] == ["19-02-03"]


def test_a_level_1_group_is_found_by_id_and_by_name(nowhere: Path, show: Run):
    group = [e.id for e in standard_field("19").entries if e.level1_id == "19-02"]
    for name in ("19-02", "最低生活保障"):
        assert [row["id"] for row in json.loads(show(name, "--format", "json"))[0]["entries"]] == group


def test_an_unknown_name_gets_the_nearest_ones(nowhere: Path, show: Run):
    with pytest.raises(UsageError, match=r"目录中没有“社会救肋”，是不是“社会救助”"):
        show("社会救肋")


def test_unconfirmed_rows_are_all_listed(nowhere: Path, show: Run):
    waiting = [e.id for i in standard_files() for e in standard_field(i).entries if not e.confirmed]
    said = show("--unconfirmed")
    assert [line.split()[0] for line in said.splitlines() if line.startswith("  ")] == waiting
    assert f"共 {len(waiting)} 项待核" in said
    listed = json.loads(show("--unconfirmed", "--format", "json"))
    assert [row["id"] for f in listed for row in f["entries"]] == waiting
    own = [row["id"] for f in json.loads(show("19", "--unconfirmed", "--format", "json")) for row in f["entries"]]
    assert own == [i for i in waiting if i.startswith("19-")]


# ---- differences


def entries_of(field: Field, change: Callable[[Entry], Entry | None]) -> Field:
    return replace(field, entries=tuple(new for e in field.entries if (new := change(e)) is not None))


def only(field: Field, entry_id: str, **values: Any) -> Field:
    return entries_of(field, lambda e: replace(e, **values) if e.id == entry_id else e)


def with_limit(field: Field, entry_id: str, text: str) -> Field:
    return only(field, entry_id, time_limit_text=text, time_limits=parse_time_limit(text))


def the_change(old: Field, new: Field) -> Changed:
    found = differences([old], [new])
    assert (found.added, found.dropped, found.added_fields, found.dropped_fields) == ((), (), (), ())
    assert len(found.changed) == 1
    return found.changed[0]


FIELD_19 = standard_field("19")


def test_the_same_catalogue_has_no_differences():
    fields = [standard_field(i) for i in standard_files()]
    found = differences(fields, fields)
    assert found.none
    assert "没有变化" in markdown(found, "甲", "乙")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("20个工作日内", "10个工作日内", "收紧"),
        ("10个工作日内", "20个工作日内", "放宽"),
        ("20日内", "20个工作日内", "放宽"),
        ("20个工作日内", "20日内", "收紧"),
        ("20个工作日内", "25日内", "不能直接比较"),
        ("20个工作日内", "及时公开", "不能直接比较"),
        ("形成之日起20个工作日内", "批准之日起20个工作日内", "发布期限起算点调整"),
        ("20个工作日内", "20个工作日", "要求不变"),
        ("20个工作日内", "20个工作日内，公示7日", "新增公示期"),
        ("20个工作日内，公示7日", "20个工作日内", "取消公示期"),
        ("10个工作日内，公示7日", "5个工作日内，公示5日", "发布期限收紧；公示期放宽"),
        ("公示5个工作日", "公示7个工作日", "公示期收紧"),
        ("每年公开一次", "每季度公布一次", "更新周期收紧"),
        ("每月公布一次", "每半年更新1次", "更新周期放宽"),
        ("会议召开前3日", "会议召开前5日", "提前公开收紧"),
    ],
)
def test_a_changed_limit_says_whether_it_is_stricter(old: str, new: str, said: str):
    assert limits_compared(parse_time_limit(old), parse_time_limit(new)) == said


def test_each_kind_of_change_is_named():
    row = FIELD_19.entries[4]
    changes: dict[str, dict[str, Any]] = {
        "名称": {"level2": "审核结果信息"},
        "公开内容（要素）": {"elements": (*row.elements, "申诉途径")},
        "公开依据": {"basis": (*row.basis, Basis("社会救助暂行办法", "国务院令第649号"))},
        "公开主体": {"subject_township": "示范镇人民政府"},
        "公开渠道和载体": {"channels_may": ("政府网站",)},
        "公开对象": {"audience": ("特定群体",), "audience_groups": "申请人"},
        "公开方式": {"methods": ("主动公开", "依申请公开")},
        "公开层级": {"levels": ("乡级",)},
        "咨询电话": {"extra": (("咨询电话", "0666-5550120"),)},
    }
    for aspect, values in changes.items():
        pair = the_change(FIELD_19, only(FIELD_19, row.id, **values))
        assert [c.aspect for c in pair.changes] == [aspect]
    pair = the_change(FIELD_19, only(FIELD_19, row.id, **changes["公开内容（要素）"]))
    assert pair.changes[0].label == "公开内容（要素）（增加申诉途径）"
    pair = the_change(FIELD_19, with_limit(FIELD_19, row.id, "5个工作日内，公示7个工作日"))
    assert pair.changes[0].label == "公开时限（收紧）"


def test_other_wording_of_the_same_limit_is_no_other_limit():
    row = FIELD_19.entries[0]
    changed = only(FIELD_19, row.id, time_limit_text="制定或获取信息之日起十个工作日内")
    assert the_change(FIELD_19, changed).changes[0].label == "公开时限（文字调整，要求不变）"


def test_order_alone_is_no_change():
    turned = entries_of(FIELD_19, lambda e: replace(e, elements=e.elements[::-1], basis=e.basis[::-1]))
    assert differences([FIELD_19], [turned]).none


def test_rows_and_fields_come_and_go():
    gone = FIELD_19.entries[0].id
    less = entries_of(FIELD_19, lambda e: None if e.id == gone else e)
    found = differences([FIELD_19], [less, standard_field("03")])
    assert [e.id for e in found.dropped] == [gone]
    assert [f.id for f in found.added_fields] == ["03"]
    back = differences([less, standard_field("03")], [FIELD_19])
    assert [e.id for e in back.added] == [gone]
    assert [f.id for f in back.dropped_fields] == ["03"]


def test_own_rows_are_known_by_their_names_when_they_are_numbered_afresh():
    own = replace(FIELD_19.entries[0], id="19-90-01", level1="镇村事务", level2="集市摊位安排", local=True)
    more = replace(FIELD_19.entries[0], id="19-90-01", level1="镇村事务", level2="农机借用登记", local=True)
    old = replace(FIELD_19, entries=(*FIELD_19.entries, own))
    new = replace(FIELD_19, entries=(*FIELD_19.entries, more, replace(own, id="19-90-02")))
    found = differences([old], [new])
    assert [e.id for e in found.added] == ["19-90-01"]
    assert not found.dropped
    assert not found.changed
    renamed = replace(FIELD_19, entries=(*FIELD_19.entries, replace(own, id="19-90-03", level2="集市摊位安排情况")))
    assert [c.aspect for c in the_change(old, renamed).changes] == ["名称"]


def test_a_row_that_only_the_county_keeps_is_dropped_for_the_township():
    row = FIELD_19.entries[0].id
    county = only(FIELD_19, row, levels=("县级",))
    assert [e.id for e in differences([FIELD_19], [county]).dropped] == [row]
    assert differences([FIELD_19], [county], own=False).changed[0].changes[0].aspect == "公开层级"


def test_the_notice_is_a_table_for_each_kind_of_change():
    row = FIELD_19.entries[4]
    new = with_limit(FIELD_19, row.id, "5个工作日内，公示7个工作日")
    extra = replace(FIELD_19.entries[0], id="19-90-01", level2="摊位|安排", elements=("一", "二"), local=True)
    new = replace(new, entries=(*new.entries[1:], extra))
    said = markdown(differences([FIELD_19], [new]), "2025年的目录", "2026年的目录")
    assert "2026年的目录与2025年的目录相比，新增 1 项，取消 1 项，调整 1 项。" in said
    assert [line for line in said.splitlines() if line.startswith("## ")] == ["## 新增", "## 取消", "## 调整"]
    assert "| 条目 | 调整内容 | 原来 | 现在 |" in said
    assert (
        f"| 社会救助/{words.path_words(row)}（{row.id}） | 公开时限（收紧） | {row.time_limit_text} | 5个工作日内，公示7个工作日 |"
        in said
    )
    assert "摊位\\|安排（19-90-01）" in said


# ---- the command


def own_file(folder: Path, name: str, change: Callable[[dict[str, Any]], None]) -> Path:
    data = yaml.safe_load(standard_files()["19"].read_text("utf-8"))
    change(data)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return path


def test_files_folders_and_the_standard_catalogue_are_compared(nowhere: Path, diff: Run):
    def stricter(data: dict[str, Any]) -> None:
        data["entries"][0]["time_limit"] = {
            "text": "5个工作日内",
            "rules": [{"role": "publish", "kind": "working_days", "n": 5}],
        }

    old = own_file(nowhere, "a/19.yaml", lambda data: None)
    new = own_file(nowhere, "b/19.yaml", stricter)
    for left, right in ((old, new), (old.parent, new.parent), (old, new.parent)):
        said = json.loads(diff(left, right, "--format", "json"))
        assert [(row["id"], [c["aspect"] for c in row["changes"]]) for row in said["changed"]] == [
            ("19-01-01", ["公开时限"])
        ]
    assert "没有变化" in diff(ROOT / "catalogue/fields", "标准")
    diff(old, new, "-o", nowhere / "公告.md")
    assert (nowhere / "公告.md").read_text("utf-8") == diff(old, new)


def test_two_days_of_a_site_are_compared(nowhere: Path, diff: Run):
    limit = "信息形成之日起5个工作日内"
    change = {"since": "2026-01-01", "because": "县里的文件", "entry": "19-01-01", "set": {"time_limit": limit}}
    config = write_site(nowhere, adopted={"changes": [change]})
    said = diff("2025-12-31", "2026-01-01", "-f", config)
    assert "2026年1月1日的目录与2025年12月31日的目录相比，新增 0 项，取消 0 项，调整 1 项。" in said
    assert "公开时限（收紧）" in said
    assert limit in said
    assert "没有变化" in diff("2026-01-01", nowhere, "-f", config)


def test_an_exported_table_is_compared_with_a_later_day(nowhere: Path, diff: Run):
    change = {"since": "2026-01-01", "because": "县里的文件", "drop": "19-01-01"}
    config = write_site(nowhere, adopted={"changes": [change]})
    said: list[Finding] = []
    site = load_settings(config, said.append)
    assert site is not None
    history = load_history(site, said.append)
    assert history is not None, said
    before = history.on(dt.date(2025, 12, 31))
    for name, content in (
        ("旧.xlsx", workbook_bytes(before, rows_of(before), site.profile)),
        ("旧.csv", csv_bytes(rows_of(before), site.profile)),
    ):
        (nowhere / name).write_bytes(content)
        assert "没有变化" in diff(name, "2025-12-31")
        found = json.loads(diff(name, "2026-01-01", "--format", "json"))
        assert ([row["id"] for row in found["dropped"]], found["changed"]) == (["19-01-01"], [])
        with pytest.raises(UsageError, match="不能与 --all 一起用"):
            diff(name, "2026-01-01", "--all")


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("没有的.yaml", "没有“没有的.yaml”这个文件或文件夹"),
        ("2025-13-40", "不是真实的日期"),
        ("2020-01-01", "才有"),
        ("空", "没有领域文件"),
        ("坏.yaml", "读不下去"),
        ("别的.yaml", "不是领域文件"),
        ("表.txt", "不能比较"),
        ("两个", "都是领域 19"),
        ("空.csv", "“空.csv”不能比较"),
    ],
)
def test_what_cannot_be_compared_is_said(old: str, said: str, nowhere: Path, diff: Run):
    write_site(nowhere)
    (nowhere / "空").mkdir()
    (nowhere / "坏.yaml").write_text("field: [", "utf-8")
    (nowhere / "别的.yaml").write_text("a: 1\n", "utf-8")
    (nowhere / "表.txt").write_text("表", "utf-8")
    (nowhere / "空.csv").write_text("", "utf-8")
    for name in ("两个/a.yaml", "两个/b.yaml"):
        own_file(nowhere, name, lambda data: None)
    with pytest.raises(UsageError, match=said):
        diff(old, "标准")
