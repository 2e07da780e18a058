"""Exported tables come back by import, row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gongkai.catalogue import words
from gongkai.catalogue.export_workbook import workbook_bytes
from gongkai.catalogue.exporting import csv_bytes, rows_of
from gongkai.catalogue.importing import import_file
from gongkai.catalogue.importing.elements import read_elements, shown
from gongkai.catalogue.load import standard_field
from gongkai.model import Basis, Catalogue, Entry, Profile
from gongkai.reading.timelimit import parse_time_limit
from gongkai.reading.vocabulary import load_vocabulary
from gongkai.resources import catalogue_dir
from small_catalogue import one_field


def plain_channels(names: Sequence[str]) -> list[str]:
    """Channels as an import knows them: a local name of one of the official thirteen is that one."""
    known = load_vocabulary(catalogue_dir() / "vocabulary.yaml")
    return sorted(known.channel(name) or name for name in names)


def compared(entry: Entry, profile: Profile | None) -> dict[str, object]:
    """What a table says of a row, and what an import brings back with it."""
    found = {name: getattr(entry, name) for name in Entry.__struct_fields__}
    found["basis"] = words.cited(entry, profile)
    found["channels_must"], found["channels_may"] = map(plain_channels, (entry.channels_must, entry.channels_may))
    return found


def assert_comes_back(catalogue: Catalogue, path: Path, profile: Profile | None, *, everything: bool = False) -> None:
    """Export ``catalogue`` to ``path``, import that, and compare row by row. Nothing may be asked."""
    rows = rows_of(catalogue, everything=everything)
    path.write_bytes(csv_bytes(rows, profile) if path.suffix == ".csv" else workbook_bytes(catalogue, rows, profile))
    back = import_file(path, known=catalogue.fields)
    assert [str(q) for q in back.questions] == []
    assert [f.id for f in back.fields] == [f.id for f, _ in rows]
    assert [f.name for f in back.fields] == [f.name for f, _ in rows]
    for read, (_, entries) in zip(back.fields, rows, strict=True):
        assert [compared(e, profile) for e in read.entries] == [compared(e, profile) for e in entries]


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_what_the_demonstration_exports_comes_back_by_import(
    suffix: str, everything: bool, township: tuple[Profile, Catalogue], tmp_path: Path
):
    profile, catalogue = township
    assert_comes_back(catalogue, tmp_path / f"目录.{suffix}", profile, everything=everything)


HAN = "甲乙丙丁戊己庚辛信息名单审核发放补贴情况公示村组"
NAMES = st.text(HAN, min_size=2, max_size=12)
# A number behind a mark in the last element reads as one more of the list; no table tells which was meant.
ELEMENTS = st.text(HAN + "、，；。.（）0123456789“”-", min_size=2, max_size=20).filter(
    lambda t: (
        t[0] in HAN and t[-1] in HAN and t.count("（") == t.count("）") and not re.search(r"[、，；。]\d+[.、]", t)
    )
)
BASES = st.builds(
    Basis,
    st.builds(lambda name, kind: name + kind, NAMES, st.sampled_from(["条例", "办法", "规定", "意见", "通知"])),
    st.none() | st.builds("示政发〔{}〕{}号".format, st.integers(1999, 2026), st.integers(1, 99)),
).map(lambda b: replace(b, number_seen=b.number is not None))
LIMITS = st.sampled_from(
    [
        "信息形成或者变更之日起20个工作日内",
        "20个工作日内，公示7日",
        "行政处罚自作出决定之日起7个工作日内；其他信息形成之日起20个工作日内",
        "每季度更新",
        "会议召开前3日",
        "长期公开",
        "及时公开",
        "按有关规定",
        "",
    ]
)
OFFICIAL_CHANNELS = [
    *("政府网站", "政府公报", "两微一端", "广播电视", "公开查阅点", "社区/企事业单位/村公示栏(电子屏)", "其他"),
]


@st.composite
def made_rows(draw: st.DrawFn) -> list[Entry]:
    """Rows as a county might write them: standard ones changed, and a township's own."""
    standard = standard_field("19").own_entries
    chosen = draw(st.lists(st.sampled_from(standard), unique=True, max_size=4))
    own = [
        replace(standard[0], id=f"19-{90 + n // 3}-{n % 3 + 1:02d}", local=True, level1=draw(NAMES), **UNKNOWN)
        for n in range(draw(st.integers(0 if chosen else 1, 4)))
    ]
    labels = draw(st.lists(st.sampled_from(["咨询电话", "备注", "更新周期", "网站栏目"]), unique=True))
    rows: list[Entry] = []
    for entry in (*chosen, *own):
        limit = draw(LIMITS)
        channels = draw(st.lists(st.sampled_from(OFFICIAL_CHANNELS), unique=True, min_size=1))
        ticked = draw(st.integers(1, len(channels)))
        scope = draw(st.sampled_from([("全社会",), ("特定群体",), ("全社会", "特定群体")]))
        groups = draw(st.none() | st.sampled_from(["本村村民", "申请人", "征收范围内的被征收人"]))
        phone = draw(st.sampled_from(["0666-5550120", "每月", "镇里办理"]))
        rows.append(
            replace(
                entry,
                level2=draw(NAMES),
                elements=tuple(draw(st.lists(ELEMENTS, unique=True, max_size=13))),
                basis=tuple(draw(st.lists(BASES, unique_by=lambda b: (b.title, b.number), max_size=4))),
                time_limit_text=limit,
                time_limits=parse_time_limit(limit),
                subject_township=draw(st.sampled_from(["示范镇人民政府", "社会事务办公室(民政所)"])),
                channels_must=tuple(channels[:ticked]),
                channels_may=tuple(channels[ticked:]),
                audience=scope,
                audience_groups=groups if "特定群体" in scope else None,
                methods=draw(st.sampled_from([("主动公开",), ("依申请公开",), ("主动公开", "依申请公开")])),
                levels=draw(st.sampled_from([("乡级",), ("村级",), ("县级", "乡级"), ("县级", "乡级", "村级")])),
                extra=tuple((label, phone) for label in labels),
            )
        )
    return rows


UNKNOWN: dict[str, Any] = {
    "level3": None,
    "subject_county": None,
    "confirmed": True,
    "unconfirmed_parts": (),
    "sources": (),
    "note": None,
    "legal_class": (),
    "column_kind": None,
    "privacy": None,
}
"""What only the standard catalogue knows of its rows."""


@pytest.mark.parametrize(
    "elements",
    [
        ("“甲村", "乙村"),
        ("甲”村", "乙“村", "丙村"),
        ("甲村，2.乙村", "“丙村"),
        ("“补贴名单；发放表", "“一折通”", "情况"),
    ],
)
def test_elements_with_a_lone_quotation_mark_stay_apart(elements: tuple[str, ...]):
    assert read_elements(shown(elements)).value == elements


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@given(rows=made_rows())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rows_come_back_by_import(suffix: str, rows: list[Entry], tmp_path: Path):
    assert_comes_back(one_field(*rows), tmp_path / f"表.{suffix}", None)
