"""``gongkai catalogue diff``: what changed between two versions of a catalogue."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from gongkai.catalogue import words
from gongkai.catalogue.adoption import load_history
from gongkai.catalogue.differences import Changed, differences, limits_compared, markdown
from gongkai.catalogue.export_workbook import workbook_bytes
from gongkai.catalogue.exporting import csv_bytes, rows_of
from gongkai.catalogue.load import standard_field, standard_files
from gongkai.cli import catalogue_diff
from gongkai.cli.errors import UsageError
from gongkai.model import Basis, Entry, Field, Finding
from gongkai.reading.settings import load_settings
from gongkai.reading.timelimit import parse_time_limit
from sites import ROOT, write_site
from small_catalogue import Run, running


@pytest.fixture
def diff(capsys: pytest.CaptureFixture[str]) -> Run:
    return running(catalogue_diff, capsys)


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


def test_files_folders_and_the_standard_catalogue_are_compared(here: Path, diff: Run):
    def stricter(data: dict[str, Any]) -> None:
        data["entries"][0]["time_limit"] = {
            "text": "5个工作日内",
            "rules": [{"role": "publish", "kind": "working_days", "n": 5}],
        }

    old = own_file(here, "a/19.yaml", lambda data: None)
    new = own_file(here, "b/19.yaml", stricter)
    for left, right in ((old, new), (old.parent, new.parent), (old, new.parent)):
        said = json.loads(diff(left, right, "--format", "json"))
        assert [(row["id"], [c["aspect"] for c in row["changes"]]) for row in said["changed"]] == [
            ("19-01-01", ["公开时限"])
        ]
    assert "没有变化" in diff(ROOT / "catalogue/fields", "标准")
    diff(old, new, "-o", here / "公告.md")
    assert (here / "公告.md").read_text("utf-8") == diff(old, new)


def test_two_days_of_a_site_are_compared(here: Path, diff: Run):
    limit = "信息形成之日起5个工作日内"
    change = {"since": "2026-01-01", "because": "县里的文件", "entry": "19-01-01", "set": {"time_limit": limit}}
    config = write_site(here, adopted={"changes": [change]})
    said = diff("2025-12-31", "2026-01-01", "-f", config)
    assert "2026年1月1日的目录与2025年12月31日的目录相比，新增 0 项，取消 0 项，调整 1 项。" in said
    assert "公开时限（收紧）" in said
    assert limit in said
    assert "没有变化" in diff("2026-01-01", here, "-f", config)


def test_an_exported_table_is_compared_with_a_later_day(here: Path, diff: Run):
    change = {"since": "2026-01-01", "because": "县里的文件", "drop": "19-01-01"}
    config = write_site(here, adopted={"changes": [change]})
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
        (here / name).write_bytes(content)
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
def test_what_cannot_be_compared_is_said(old: str, said: str, here: Path, diff: Run):
    write_site(here)
    (here / "空").mkdir()
    (here / "坏.yaml").write_text("field: [", "utf-8")
    (here / "别的.yaml").write_text("a: 1\n", "utf-8")
    (here / "表.txt").write_text("表", "utf-8")
    (here / "空.csv").write_text("", "utf-8")
    for name in ("两个/a.yaml", "两个/b.yaml"):
        own_file(here, name, lambda data: None)
    with pytest.raises(UsageError, match=said):
        diff(old, "标准")
