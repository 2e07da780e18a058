"""Where a finished site goes, and what is never touched on the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gongkai import placing
from gongkai.placing import PlacingError

OLD = {"index.html": "old", "same.html": "same", "gone.html": "old", "data/x": "old", "folder": "a file"}
NEW = {"index.html": "new", "same.html": "same", "more.html": "new", "data": "a file", "folder/x": "new"}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def content(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()}


def staged(tmp_path: Path) -> tuple[Path, Path]:
    """An old site, and a new one that waits beside it."""
    site = tmp_path / "site"
    write(site, OLD)
    staging = placing.staging_for(site, [])
    write(staging, NEW)
    return staging, site


def test_new_site_takes_the_place_of_the_old_one(tmp_path: Path):
    staging, site = staged(tmp_path)
    placing.put_in_place(staging, site)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert content(site) == NEW


def test_files_that_are_the_same_keep_their_time_stamps(tmp_path: Path):
    staging, site = staged(tmp_path)
    os.utime(site / "same.html", (1, 1))
    placing.put_in_place(staging, site)
    assert (site / "same.html").stat().st_mtime == 1


def test_hidden_names_at_the_top_of_the_site_are_left_alone(tmp_path: Path):
    staging, site = staged(tmp_path)
    write(site, {".git/HEAD": "mine"})
    placing.put_in_place(staging, site)
    assert content(site) == {**NEW, ".git/HEAD": "mine"}


class Killed(BaseException):
    """What a process that is killed does: nothing more."""


@pytest.mark.parametrize("moves", range(5))
def test_build_killed_while_it_moved_in_is_finished_by_the_next(tmp_path: Path, moves: int, monkeypatch):
    staging, site = staged(tmp_path)
    move, left = placing._move, [moves]

    def killed(*args):
        if not left[0]:
            raise Killed
        left[0] -= 1
        move(*args)

    monkeypatch.setattr(placing, "_move", killed)
    if moves < 4:
        with pytest.raises(Killed):
            placing.put_in_place(staging, site)
        assert "index.html" in content(site)
    else:
        placing.put_in_place(staging, site)
    monkeypatch.undo()
    placing.recover(site)
    assert content(site) == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_new_pages_are_there_before_the_pages_that_link_to_them(tmp_path: Path, monkeypatch):
    staging, site = staged(tmp_path)
    order: list[str] = []
    move = placing._move
    monkeypatch.setattr(placing, "_move", lambda *args: (order.append(args[2]), move(*args)))
    placing.put_in_place(staging, site)
    assert order == ["data", "folder/x", "more.html", "index.html"]


def test_file_that_stays_locked_is_named_and_the_next_build_goes_on(tmp_path: Path, monkeypatch):
    staging, site = staged(tmp_path)
    monkeypatch.setattr(placing, "_PAUSE_SECONDS", 0)
    move = placing._move

    def locked(staging: Path, site: Path, file: str) -> None:
        if file == "index.html":
            raise PermissionError
        move(staging, site, file)

    monkeypatch.setattr(placing, "_move", locked)
    with pytest.raises(PlacingError, match=r"“index\.html”正被别的程序占用，网站只更新了一部分。"):
        placing.put_in_place(staging, site)
    placing.drop(staging, site)
    monkeypatch.undo()
    placing.recover(site)
    assert content(site) == NEW


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
    write(site, {"letter.txt": "mine"})
    with pytest.raises(PlacingError, match="不像是生成过的网站"):
        placing.staging_for(site, [])
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_site_without_its_home_page_is_a_site_still(tmp_path: Path):
    site = tmp_path / "site"
    write(site, {"data/items.json": "{}", "sitemap.xml": ""})
    staging = placing.staging_for(site, [])
    write(staging, {"index.html": "home"})
    placing.put_in_place(staging, site)
    assert content(site) == {"index.html": "home"}


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


def test_site_that_vanished_while_a_build_counted_on_it_is_asked_to_be_built_again(tmp_path: Path):
    staging = placing.staging_for(tmp_path / "site", [])
    write(staging, {"index.html": "new"})
    with pytest.raises(PlacingError, match="在生成的时候被删去了。请再生成一次。"):
        placing.put_in_place(staging, tmp_path / "site", {"items/a.html"})
    assert not (tmp_path / "site").exists()
