"""mkdocs.yml and the adopted catalogue: whatever stands in them, settings or findings come of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.gather import gather
from gongkai.model import Finding, Severity
from gongkai.reading.settings import load_settings
from sites import ADOPTED, SETTINGS, settings_text, write_site

PATHS = [
    ("gongkai",),
    ("gongkai", "township"),
    ("gongkai", "township", "name"),
    ("gongkai", "township", "units"),
    ("gongkai", "township", "contact"),
    ("gongkai", "township", "marks"),
    ("gongkai", "township", "index_number_pattern"),
    ("gongkai", "columns"),
    ("gongkai", "columns", "guide"),
    ("gongkai", "rules"),
    ("gongkai", "page_size"),
    ("gongkai", "items_dir"),
    ("gongkai", "catalogue_dir"),
    ("plugins",),
    ("docs_dir",),
    ("site_url",),
    ("site_name",),
]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from([".", "..", "/", "a/../..", "*", "["]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settings")
    write_site(folder)
    return folder


def has_outcome(config: Path) -> None:
    gathered = gather(config)
    assert gathered.dataset is not None or gathered.errors


@given(st.sampled_from(PATHS), VALUES)
@settings(deadline=None, max_examples=200)
def test_any_value_of_any_setting_gives_a_dataset_or_an_error(folder: Path, path: tuple[str, ...], value: object):
    change: object = value if value is not None else {}
    for key in reversed(path):
        change = {key: change}
    assert isinstance(change, dict)
    if isinstance(change.get("gongkai", {}), dict):
        (folder / "mkdocs.yml").write_text(settings_text(change), "utf-8")
        has_outcome(folder / "mkdocs.yml")


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace")))
@settings(deadline=None)
def test_any_bytes_in_place_of_the_settings_give_an_error(folder: Path, content: bytes):
    (folder / "mkdocs.yml").write_bytes(content)
    has_outcome(folder / "mkdocs.yml")


@given(st.sampled_from(sorted(ADOPTED)), VALUES)
@settings(deadline=None)
def test_any_value_in_the_catalogue_gives_a_dataset_or_an_error(folder: Path, key: str, value: object):
    write_site(folder, adopted={key: value})
    has_outcome(folder / "mkdocs.yml")


def test_settings_of_the_valid_site_are_read(tmp_path: Path):
    said: list[Finding] = []
    read = load_settings(write_site(tmp_path), said.append)
    assert said == []
    assert read is not None
    assert (read.site_name, read.site_url) == (SETTINGS["site_name"], SETTINGS["site_url"])
    assert (read.docs_dir, read.items_dir) == (tmp_path / "site_src", tmp_path / "site_src" / "items")
    assert [unit.name for unit in read.profile.units] == ["党政综合办公室", "社会事务办公室", "财政所"]
    assert read.profile.unit_by_name["党政办"].id == "dangzheng"


def test_address_of_the_site_gets_its_last_slash(tmp_path: Path):
    read = load_settings(write_site(tmp_path, mkdocs={"site_url": "https://www.example.gov.cn/a"}), print)
    assert read is not None
    assert read.site_url == "https://www.example.gov.cn/a/"


def test_plugins_may_be_a_mapping(tmp_path: Path):
    text = settings_text().replace("plugins:\n- gongkai:", "plugins:\n  gongkai:")
    assert "- gongkai" not in text
    assert gather(write_site(tmp_path, mkdocs=text)).findings == []


@pytest.mark.parametrize("level", ["error", "warning", "note"])
def test_level_of_a_rule_is_that_of_the_settings(tmp_path: Path, level: str):
    change = {"site_url": None, "gongkai": {"rules": {"GK314": {"level": level, "reason": "测试"}}}}
    findings = gather(write_site(tmp_path, mkdocs=change)).findings
    assert [(f.code, f.severity) for f in findings] == [("GK314", Severity[level.upper()])]


def test_column_of_a_setting_is_that_of_its_key(tmp_path: Path):
    config = write_site(tmp_path, mkdocs={"gongkai": {"page_size": 3}})
    (finding,) = gather(config).findings
    line = config.read_text("utf-8").split("\n")[finding.line - 1]
    assert line[finding.column - 1 :] == "page_size: 3"
