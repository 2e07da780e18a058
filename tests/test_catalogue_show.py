"""``gongkai catalogue show``: fields, groups and rows in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from gongkai.catalogue import words
from gongkai.catalogue.load import standard_field, standard_files
from gongkai.cli import catalogue_show
from gongkai.cli.errors import UsageError
from gongkai.model import Basis, Privacy
from sites import write_site
from small_catalogue import STATEMENT, Run, running


@pytest.fixture
def show(capsys: pytest.CaptureFixture[str]) -> Run:
    return running(catalogue_show, capsys)


def test_outside_a_site_all_thirty_fields_are_listed(here: Path, show: Run):
    lines = show().splitlines()
    assert [line[:2] for line in lines[:-1]] == sorted(standard_files())
    assert not any("本镇" in line for line in lines)
    total = sum(len(standard_field(i).entries) for i in standard_files())
    assert f"共 30 个领域 {total} 项" in lines[-1]


def test_in_a_site_the_list_says_what_is_adopted(here: Path, show: Run):
    config = write_site(here, adopted={"not_applicable": [{"field": "05", "statement": STATEMENT}]})
    lines = {line[:2]: line for line in show("-f", config).splitlines()}
    assert lines["19"].endswith("本镇采用")
    assert lines["05"].endswith("本镇未涉及")
    assert lines["01"].endswith("本镇未采用")
    assert f"未涉及说明：{STATEMENT}" in show("-f", config, "05")
    listed = {f["id"]: f for f in json.loads(show("-f", config, "--format", "json"))}
    assert listed["05"]["statement"] == STATEMENT
    assert listed["19"]["status"] == "本镇采用"


@pytest.mark.parametrize("name", ["社会救助", "19", "社会救助领域"])
def test_a_field_shows_every_row_with_its_wording_and_its_rules(name: str, here: Path, show: Run):
    said = show(name)
    field = standard_field("19")
    for entry in field.entries:
        assert f"\n{entry.id}  {words.path_words(entry)}" in said
        if entry.time_limit_text:
            assert f"公开时限：{entry.time_limit_text}\n" in said
            assert f"时限规则：{words.limits_words(entry.time_limits)}\n" in said
    assert said.count("【待核】") == sum(not e.confirmed for e in field.entries)


def test_every_row_of_every_field_can_be_shown(here: Path, show: Run):
    for field_id in standard_files():
        data = json.loads(show(field_id, "--format", "json"))
        entries = standard_field(field_id).entries
        assert [row["id"] for row in data[0]["entries"]] == [e.id for e in entries]
        for row, entry in zip(data[0]["entries"], entries, strict=True):
            assert row["time_limit"] == entry.time_limit_text
            assert [r["words"] for r in row["time_limit_rules"]] == [words.limit_words(t) for t in entry.time_limits]
            assert row["confirmed"] is entry.confirmed


def test_one_row_shows_everything_that_is_known_of_it(show: Run, here: Path, monkeypatch: pytest.MonkeyPatch):
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
def test_a_row_is_found_by_id_and_by_path(name: str, here: Path, show: Run):
    assert [row["id"] for row in json.loads(show(name, "--format", "json"))[0]["entries"]] == ["19-02-03"]


def test_a_level_1_group_is_found_by_id_and_by_name(here: Path, show: Run):
    group = [e.id for e in standard_field("19").entries if e.level1_id == "19-02"]
    for name in ("19-02", "最低生活保障"):
        assert [row["id"] for row in json.loads(show(name, "--format", "json"))[0]["entries"]] == group


def test_an_unknown_name_gets_the_nearest_ones(here: Path, show: Run):
    with pytest.raises(UsageError, match=r"目录中没有“社会救肋”，是不是“社会救助”"):
        show("社会救肋")


def test_unconfirmed_rows_are_all_listed(here: Path, show: Run):
    waiting = [e.id for i in standard_files() for e in standard_field(i).entries if not e.confirmed]
    said = show("--unconfirmed")
    assert [line.split()[0] for line in said.splitlines() if line.startswith("  ")] == waiting
    assert f"共 {len(waiting)} 项待核" in said
    listed = json.loads(show("--unconfirmed", "--format", "json"))
    assert [row["id"] for f in listed for row in f["entries"]] == waiting
    own = [row["id"] for f in json.loads(show("19", "--unconfirmed", "--format", "json")) for row in f["entries"]]
    assert own == [i for i in waiting if i.startswith("19-")]
