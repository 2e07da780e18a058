"""The time-limit parser, and the standard catalogue whose rules it made."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongkai.model import LimitKind, LimitRole, TimeLimit
from gongkai.reading.timelimit import format_time_limit, parse_time_limit

CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue"
FIELD_FILES = sorted((CATALOGUE / "fields").glob("*.yaml"))
ROWS = {
    "01": 28, "02": 33, "03": 4, "04": 22, "05": 17, "06": 11, "07": 12, "08": 22, "09": 16, "10": 26,
    "11": 18, "12": 20, "13": 18, "14": 17, "15": 19, "16": 32, "17": 27, "18": 64, "19": 20, "20": 11,
    "21": 31, "22": 25, "23": 28, "24": 34, "25": 16, "26": 18, "27": 14, "28": 42, "29": 24, "30": 34,
}  # fmt: skip

P, D, U, A = LimitRole.PUBLISH, LimitRole.DISPLAY, LimitRole.UPDATE, LimitRole.ADVANCE
WD, DAYS, NOW, LONG = LimitKind.WORKING_DAYS, LimitKind.DAYS, LimitKind.REALTIME, LimitKind.LONG_TERM
MONTH, QUARTER, HALF, YEAR = (
    LimitKind.MONTHLY,
    LimitKind.QUARTERLY,
    LimitKind.HALF_YEARLY,
    LimitKind.YEARLY,
)
OTHER = LimitKind.OTHER

# Wording, then (role, kind, n) of each rule.
WORDINGS: list[tuple[str, list[tuple[LimitRole, LimitKind, int | None]]]] = [
    # twenty working days, in its spellings
    ("信息形成或者变更之日起20个工作日内予以公开", [(P, WD, 20)]),
    ("自该政府信息形成或者变更之日起20个工作日内及时公开", [(P, WD, 20)]),
    ("信息形成(变更)20个工作日内", [(P, WD, 20)]),
    ("信息获取（形成、变更）20个工作日内", [(P, WD, 20)]),
    ("信息形成之后20个工作日内公开", [(P, WD, 20)]),
    ("信息形成 20 个工作日内公开", [(P, WD, 20)]),
    ("20工作日", [(P, WD, 20)]),
    ("２０个工作日内", [(P, WD, 20)]),
    ("二十个工作日内", [(P, WD, 20)]),
    ("形成个20个工作日", [(P, WD, 20)]),
    ("信息形成(变更)下发至本单位20个工作日", [(P, WD, 20)]),
    ("自该信息形成或者变更之日起20个工作日内予以公开,法律法规另有规定的除外", [(P, WD, 20)]),
    ("信息形成或者变更之日起20个工作日内。法律、法规另有规定的,从其规定。", [(P, WD, 20)]),
    ("制定或获取信息之日起10个工作日内", [(P, WD, 10)]),
    ("信息形成(变更)十五个工作日内", [(P, WD, 15)]),
    # natural days and weeks, never made into working days
    ("本级人民代表大会或其常务委员会批准后20日内", [(P, DAYS, 20)]),
    ("收到批复后五日内公布", [(P, DAYS, 5)]),
    ("会议召开后一周内", [(P, DAYS, 7)]),
    # display periods
    ("公示期不得少于7日", [(D, DAYS, 7)]),
    ("公示期:7日", [(D, DAYS, 7)]),
    ("征求意见期限不得少于30日", [(D, DAYS, 30)]),
    ("公告至少30(日)", [(D, DAYS, 30)]),
    ("公告期限5个工作日", [(D, WD, 5)]),
    ("公示不得少于10天", [(D, DAYS, 10)]),
    ("规划送审报批前,公示不少于30日", [(D, DAYS, 30)]),
    ("制定或获取信息之日起10个工作日内,公示7个工作日", [(P, WD, 10), (D, WD, 7)]),
    ("10个工作日内公示7个工作日", [(P, WD, 10), (D, WD, 7)]),
    ("公示3—5天", [(D, DAYS, 3)]),
    ("三榜公示,每榜3-5天", [(D, DAYS, 3)]),
    ("3—5天内公开", [(P, DAYS, 5)]),
    ("3个工作日内,公示时间不少于7个工作日", [(P, WD, 3), (D, WD, 7)]),
    ("及时公开,公告期限为5个工作日", [(P, NOW, None), (D, WD, 5)]),
    ("村(社区)公示7天;街道(乡镇)初审后公示7日", [(D, DAYS, 7), (D, DAYS, 7)]),
    ("村(居)民主评议后张榜公示,公示期不少于7日(有的地方不少于10天)", [(D, DAYS, 7)]),
    # ahead of the event
    ("提前一周发通知邀请", [(A, DAYS, 7)]),
    ("《听证通知书》在组织听证7个工作日前予以公开;其他听证公开内容为依申请公开", [(A, WD, 7)]),
    ("在拟征收土地前公开", [(A, OTHER, None)]),
    # update cycles
    ("每20个工作日更新", [(U, WD, 20)]),
    ("每周更新一次", [(U, DAYS, 7)]),
    ("至少1次/年", [(U, YEAR, 1)]),
    ("每年1月31日前", [(U, YEAR, 1)]),
    ("6月底前", [(U, YEAR, 1)]),
    ("半年至少更新1次", [(U, HALF, 1)]),
    ("每季度的首个月20日", [(U, QUARTER, 1)]),
    ("4次/年", [(U, QUARTER, 1)]),
    ("按月", [(U, MONTH, 1)]),
    ("6个月", [(U, MONTH, 6)]),
    ("按实际更新", [(U, OTHER, None)]),
    ("至少每季度公开一次;财务往来较多的,收支情况每月公开一次", [(U, QUARTER, 1), (U, MONTH, 1)]),
    ("发放前公示不少于7天;发放后按月或按季公开", [(D, DAYS, 7), (U, QUARTER, 1)]),
    # without a number
    ("实时公开", [(P, NOW, None)]),
    ("按进展情况及时公开", [(P, NOW, None)]),
    ("随采购公告、采购文件公开", [(P, NOW, None)]),
    ("随时公布", [(P, NOW, None)]),
    ("长期公开(动态调整)", [(P, LONG, None)]),
    ("常年公开", [(P, LONG, None)]),
    ("按发放批次公示", [(P, OTHER, None)]),
    # an extension is no limit
    ("7个工作日,情况复杂经批准可延长7个工作日", [(P, WD, 7)]),
    (
        "收到申请之日起20个工作日内答复(可延长不超过20个工作日);受理渠道长期公开",
        [(P, WD, 20), (P, LONG, None)],
    ),
    ("1.除处罚决定外其他内容:长期公开(动态调整);2.处罚决定:20个工作日内", [(P, LONG, None), (P, WD, 20)]),
]
# 批准后20内 lost its 日, 公告至少30 its unit: either could be meant.
NOT_UNDERSTOOD = [
    "", "—", "同上", "见上", "按规定公开", "依申请公开", "未及时公布的", "批准后20内", "公告至少30",
    "0.5个工作日", "一百二十日", "0个工作日", "2024年1月31日前", "3次/年", "20" * 300,
]  # fmt: skip


def _load(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


FIELDS = [_load(path) for path in FIELD_FILES]
ENTRIES = [entry for data in FIELDS for entry in data["entries"]]


def _stored(limit: TimeLimit) -> dict[str, str | int]:
    rule: dict[str, Any] = {
        "role": limit.role.value,
        "kind": limit.kind.value,
        "n": limit.n,
        "counted_from": limit.counted_from,
        "applies_to": limit.applies_to,
    }
    return {key: value for key, value in rule.items() if value is not None}


@pytest.mark.parametrize(("text", "rules"), WORDINGS, ids=[text for text, _ in WORDINGS])
def test_wording_is_understood(text: str, rules: list[tuple[LimitRole, LimitKind, int | None]]) -> None:
    assert [(limit.role, limit.kind, limit.n) for limit in parse_time_limit(text)] == rules


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_wording_is_left_alone(text: str) -> None:
    assert parse_time_limit(text) == ()


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        (
            "信息形成20个工作日内公开;其中行政许可、行政处罚事项应自作出行政决定之日起7个工作日内公示",
            [
                TimeLimit(P, WD, 20, "信息形成"),
                TimeLimit(P, WD, 7, "作出行政决定之日", "行政许可、行政处罚事项"),
            ],
        ),
        (
            "行政许可、行政处罚7个工作日;其他20个工作日",
            [TimeLimit(P, WD, 7, None, "行政许可、行政处罚"), TimeLimit(P, WD, 20, None, "其他")],
        ),
        (
            "执法决定信息在决定作出之日起7个工作日内公开,其他相关信息形成或变更之日起20个工作日内公开",
            [
                TimeLimit(P, WD, 7, "决定作出之日", "执法决定信息"),
                TimeLimit(P, WD, 20, "信息形成或变更之日", "其他"),
            ],
        ),
        (
            "在实地启动拟征收土地工作时,在村公示栏公开;收到征地批准文件之日起10个工作日内,在政府网站公开",
            [
                TimeLimit(P, NOW, None, "实地启动拟征收土地工作", "村公示栏"),
                TimeLimit(P, WD, 10, "收到征地批准文件之日", "政府网站"),
            ],
        ),
        (
            "每季度的首个月20日(集体财务往来较多的,财务收支情况应每月公布一次)",
            [
                TimeLimit(U, QUARTER, 1, "每季度的首个月20日"),
                TimeLimit(U, MONTH, 1, None, "集体财务往来较多的财务收支情况"),
            ],
        ),
        ("分户评估结果公示期不得少于7日", [TimeLimit(D, DAYS, 7, None, "分户评估结果")]),
        ("组织听证7个工作日前", [TimeLimit(A, WD, 7, "组织听证")]),
    ],
)
def test_start_and_scope(text: str, limits: list[TimeLimit]) -> None:
    assert list(parse_time_limit(text)) == limits


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (TimeLimit(P, WD, 20, "信息形成之日"), "20个工作日内"),
        (TimeLimit(P, DAYS, 20), "20日内"),
        (TimeLimit(P, WD, 7, None, "行政处罚"), "行政处罚:7个工作日内"),
        (TimeLimit(D, WD, 7), "公示不少于7个工作日"),
        (TimeLimit(A, DAYS, 7), "提前7日"),
        (TimeLimit(U, WD, 20), "每20个工作日更新"),
        (TimeLimit(U, MONTH, 1), "每月更新"),
        (TimeLimit(U, YEAR, 1, "每年1月31日前"), "每年1月31日前"),
        (TimeLimit(P, NOW), "及时公开"),
        (TimeLimit(P, LONG), "长期公开"),
    ],
)
def test_format(limit: TimeLimit, words: str) -> None:
    assert format_time_limit(limit) == words


@given(
    st.text(
        alphabet="0123456789二十百个工作日天周月年季每次前后内起自在的按随公示告开更新至少不得于,;。:()/ 、",
        max_size=60,
    )
)
def test_never_raises(text: str) -> None:
    for limit in parse_time_limit(text):
        assert format_time_limit(limit)


def test_every_wording_of_the_catalogue_reads_back() -> None:
    for text in {entry["time_limit"]["text"] for entry in ENTRIES}:
        for limit in parse_time_limit(text):
            again = parse_time_limit(format_time_limit(limit))
            assert [(r.role, r.kind, r.n) for r in again] == [(limit.role, limit.kind, limit.n)], text


@pytest.mark.parametrize("path", FIELD_FILES, ids=[path.stem for path in FIELD_FILES])
def test_field_file_fits_the_schema(path: Path) -> None:
    schema = json.loads((CATALOGUE / "schema" / "field.schema.json").read_text("utf-8"))
    errors = [str(e) for e in jsonschema_rs.validator_for(schema).iter_errors(_load(path))]
    assert errors == []


def test_stored_rules_are_what_the_parser_gives() -> None:
    for entry in ENTRIES:
        limits = parse_time_limit(entry["time_limit"]["text"])
        assert entry["time_limit"]["rules"] == [_stored(limit) for limit in limits], entry["id"]
        assert limits or not entry["time_limit"]["text"], entry["id"]


def test_counts() -> None:
    assert {data["field"]["id"]: len(data["entries"]) for data in FIELDS} == ROWS
    assert len(ENTRIES) == 703


def test_ids_and_paths_are_unique() -> None:
    ids = [entry["id"] for entry in ENTRIES]
    assert len(set(ids)) == len(ids)
    names = [data["field"]["name"] for data in FIELDS]
    assert len(set(names)) == len(names)
    for path, data in zip(FIELD_FILES, FIELDS, strict=True):
        field_id = data["field"]["id"]
        assert path.name.startswith(f"{field_id}-")
        assert all(entry["id"].startswith(f"{field_id}-") for entry in data["entries"])
        groups: dict[str, str] = {}
        for entry in data["entries"]:
            assert groups.setdefault(entry["id"][:5], entry["level1"]) == entry["level1"]
        assert len(set(groups.values())) == len(groups)
        paths = [(entry["level1"], entry["level2"]) for entry in data["entries"]]
        assert len(set(paths)) == len(paths)


def test_channels_are_words_of_the_vocabulary() -> None:
    words = set(_load(CATALOGUE / "vocabulary.yaml")["channels"])
    for entry in ENTRIES:
        assert words >= {*entry["channels"]["must"], *entry["channels"]["may"]}, entry["id"]


def test_adopted_catalogue_places_every_field() -> None:
    data = _load(CATALOGUE / "adopted.yaml")
    assert isinstance(data["since"], dt.date)
    schema = json.loads((CATALOGUE / "schema" / "adopted.schema.json").read_text("utf-8"))
    plain = json.loads(json.dumps(data, default=str))
    assert [str(e) for e in jsonschema_rs.validator_for(schema).iter_errors(plain)] == []
    left_out = [row["field"] for row in data["not_applicable"]]
    assert sorted([*data["fields"], *left_out]) == sorted(ROWS)
