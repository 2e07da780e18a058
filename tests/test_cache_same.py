"""Warm runs find what cold ones find, whatever has changed between."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from changing_site import FIRST, STEPS, cold, lived_through, same, site
from gongkai.gather import gather
from gongkai.rules.kind import BY_ITEM, BY_ITEM_AND_DAY
from gongkai.rules.registry import RULES
from sites import ITEM, ROOT, TODAY, write_site
from test_cases import load

pytestmark = pytest.mark.usefixtures("with_cache")
CASES = sorted((ROOT / "tests" / "cases").glob("*.yaml"))[::3]


@pytest.mark.slow
def test_cases_give_the_same_findings_warm_and_cold(tmp_path: Path):
    """Every third case: what a cold run finds stands in the case and is tested there."""
    differing = []
    for n, path in enumerate(CASES):
        case = load(path)
        folder = tmp_path / str(n)
        folder.mkdir()
        config = write_site(folder, case.get("files"), mkdocs=case.get("mkdocs"), adopted=case.get("adopted"))
        if gather(config, TODAY).findings != gather(config, TODAY).findings:
            differing.append(path.stem)
    assert differing == []


@pytest.mark.slow
def test_rules_marked_as_looking_at_one_item_do_so(tmp_path: Path):
    """The demonstration township's items, each alone in its dataset, give what they give among the others."""
    dataset = cold(ROOT / "mkdocs.yml").dataset
    assert dataset is not None
    later = replace(dataset, today=TODAY.replace(day=27))
    for rule in RULES:
        if rule in BY_ITEM or rule in BY_ITEM_AND_DAY:
            whole = list(rule(dataset))
            assert whole == [f for item in dataset.items for f in rule(replace(dataset, items=(item,)))], rule
        if rule in BY_ITEM:
            assert whole == list(rule(later)), rule


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=8))
def test_warm_run_after_any_changes_says_what_a_cold_one_says(tmp_path_factory, steps: list[tuple[Any, ...]]):
    folder = tmp_path_factory.mktemp("site")
    config = lived_through(folder, steps, lambda config: gather(config, TODAY))
    warm, other = gather(config, TODAY), cold(config)
    assert warm.findings == other.findings
    assert (warm.dataset is None) == (other.dataset is None)
    if warm.dataset is not None:
        assert same(warm, other)
    shutil.rmtree(folder)


def test_another_day_is_judged_by_that_day(tmp_path: Path):
    config = site(tmp_path)
    gather(config, TODAY)
    day = TODAY.replace(year=2027)
    assert gather(config, day).findings == gather(config, day, cache=False).findings


def test_attachment_that_goes_is_missed_though_its_item_is_as_it_was(tmp_path: Path):
    text = ITEM.replace("formed_on", "attachments: [{path: 表.csv}]\nformed_on")
    config = write_site(tmp_path, {FIRST: text, "site_src/items/表.csv": "村,户数\n甲村,2\n"})
    assert gather(config, TODAY).errors == 0
    (tmp_path / "site_src/items/表.csv").unlink()
    warm = gather(config, TODAY)
    assert warm.reread == 0
    assert warm.errors == 1
    assert same(warm, cold(config))


def test_number_in_a_changed_attachment_is_found(tmp_path: Path):
    text = ITEM.replace("formed_on", "attachments: [{path: 表.csv}]\nformed_on")
    config = write_site(tmp_path, {FIRST: text, "site_src/items/表.csv": "村,号码\n甲村,2\n"})
    gather(config, TODAY)
    (tmp_path / "site_src/items/表.csv").write_text("村,号码\n甲村,11010519491231002X\n", "utf-8")
    assert gather(config, TODAY).errors >= 1


def test_number_in_an_attachment_of_the_same_size_and_time_is_found_by_the_same_process(tmp_path: Path):
    text = ITEM.replace("formed_on", "attachments: [{path: 表.csv}]\nformed_on")
    config = write_site(tmp_path, {FIRST: text, "site_src/items/表.csv": "村,号码\n甲村,000000000000000000\n"})
    assert gather(config, TODAY).errors == 0
    path = tmp_path / "site_src/items/表.csv"
    before = path.stat()
    path.write_text("村,号码\n甲村,11010519491231002X\n", "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert gather(config, TODAY).errors >= 1
