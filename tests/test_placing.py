"""Where a finished site goes, and what is never touched on the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gongkai import placing
from gongkai.placing import PlacingError


def built(staging: Path) -> None:
    (staging / "index.html").write_text("new", "utf-8")


def test_new_site_takes_the_place_of_the_old_one(tmp_path: Path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("old", "utf-8")
    (site / "gone.html").write_text("old", "utf-8")
    staging = placing.staging_for(site, [])
    built(staging)
    placing.put_in_place(staging, site)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert {path.name: path.read_text("utf-8") for path in site.iterdir()} == {"index.html": "new"}


def test_site_of_a_build_killed_between_its_renames_comes_back(tmp_path: Path):
    old = tmp_path / "site.gongkai-old"
    old.mkdir()
    (old / "index.html").write_text("old", "utf-8")
    placing.recover(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text("utf-8") == "old"


@pytest.mark.parametrize("name", ["catalogue", "."])
def test_folders_of_the_township_are_never_built_over(tmp_path: Path, name: str):
    kept = tmp_path / "catalogue"
    kept.mkdir()
    (kept / "adopted.yaml").write_text("mine", "utf-8")
    with pytest.raises(PlacingError, match="那里放着站点的内容或目录"):
        placing.staging_for((tmp_path / name).resolve(), [kept])
    assert (kept / "adopted.yaml").read_text("utf-8") == "mine"


def test_folder_with_other_files_is_left_alone(tmp_path: Path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(PlacingError, match="不像是生成过的网站"):
        placing.staging_for(site, [])
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_file_in_the_place_of_the_site_is_left_alone(tmp_path: Path):
    (tmp_path / "site").write_text("mine", "utf-8")
    with pytest.raises(PlacingError, match="是一个文件"):
        placing.staging_for(tmp_path / "site", [])


def test_second_build_waits_for_nothing_and_says_so(tmp_path: Path):
    (tmp_path / "site.gongkai-lock").write_text(str(os.getppid()), "ascii")
    with pytest.raises(PlacingError, match="另一个生成正在进行"):
        placing.staging_for(tmp_path / "site", [])


def test_lock_of_a_build_that_died_is_taken_over(tmp_path: Path):
    (tmp_path / "site.gongkai-lock").write_text("99999999", "ascii")
    staging = placing.staging_for(tmp_path / "site", [])
    placing.drop(staging, tmp_path / "site")
    assert list(tmp_path.iterdir()) == []
