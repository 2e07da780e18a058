"""Legal classes, rules for time limits and documents cited, as the catalogue says them in words."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from gongkai.catalogue import words
from gongkai.catalogue.load import standard_field, standard_files
from gongkai.model import Basis, Contact, FooterMarks, Profile
from gongkai.reading.timelimit import parse_time_limit


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
