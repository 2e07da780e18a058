"""Updates of offline copies: only what changed, and the older copy becomes the new one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from built_copies import COPY, names_in, write_built
from gongkai.offline.making import Copy, OfflineError, base_of, make_copy, make_update
from gongkai.offline.manifest import verify


@pytest.fixture
def villages_copy(tmp_path: Path) -> Path:
    """The copy of October as a village has it."""
    october = Copy("示范镇", "示范镇政府信息公开", "https://www.example.gov.cn/", "2026-10-20")
    made = make_copy(write_built(tmp_path / "site", {"a": "甲", "b": "乙", "c": "丙"}), tmp_path / "out", october)
    return shutil.copytree(made.folder, tmp_path / "village")


def update_to(tmp_path: Path, items: dict[str, str], older: Path, today: Copy = COPY) -> Path:
    base = base_of(older, today)
    made = make_copy(write_built(tmp_path / "site", items), tmp_path / "out", today)
    update = make_update(made, base, tmp_path / "out")
    assert update is not None
    return update.folder


def test_update_holds_only_what_changed(tmp_path: Path, villages_copy: Path):
    update = update_to(tmp_path, {"a": "甲", "b": "乙二", "d": "丁"}, villages_copy)
    assert update.name == "公开栏-示范镇-2026-11-20-更新"
    (mark,) = [name for name in names_in(update) if "zz-copy" in name]
    assert names_in(update) == {
        "打开.html", "说明.txt", "清单.json", "怎样更新.txt", "要删除的文件.txt", mark, "site/assets/gongkai-copy.js",
        "site/data/items.json", "site/items/b.html", "site/items/b/表.docx", "site/items/d.html", "site/items/d/表.docx",
        "site/items/c.html", "site/items/c/表.docx",
    }  # fmt: skip
    listed = (update / "要删除的文件.txt").read_text("utf-8-sig").split()
    assert listed == ["site/items/c.html", "site/items/c/表.docx"]
    assert "复制到2026年10月20日的副本里" in (update / "怎样更新.txt").read_text("utf-8-sig")


def test_copied_over_the_older_copy_it_gives_the_new_one_and_what_left_is_gone(tmp_path: Path, villages_copy: Path):
    update = update_to(tmp_path, {"a": "甲", "b": "乙二", "d": "丁"}, villages_copy)
    shutil.copytree(update, villages_copy, dirs_exist_ok=True)
    verdict = verify(villages_copy)
    assert (verdict.problems, verdict.extras, verdict.update) == ((), (), False)
    full = tmp_path / "out" / COPY.name
    same = [n for n in names_in(full) if n not in ("打开.html", "清单.json")]
    assert [n for n in same if (full / n).read_bytes() != (villages_copy / n).read_bytes()] == []
    assert "丙" not in (villages_copy / "site/items/c.html").read_text("utf-8")
    assert (villages_copy / "site/items/c/表.docx").read_bytes() == b""
    for name in ("site/items/c.html", "site/items/c/表.docx"):  # deleted as the list says: as good
        (villages_copy / name).unlink()
    assert verify(villages_copy).problems == ()


def test_what_left_but_is_still_there_is_named(tmp_path: Path, villages_copy: Path):
    update = update_to(tmp_path, {"a": "甲", "b": "乙"}, villages_copy)
    old = (villages_copy / "site/items/c.html").read_bytes()
    shutil.copytree(update, villages_copy, dirs_exist_ok=True)
    (villages_copy / "site/items/c.html").write_bytes(old)
    assert [(p.kind, p.name) for p in verify(villages_copy).problems] == [("withdrawn", "site/items/c.html")]


def test_update_by_itself_is_checked_as_an_update(tmp_path: Path, villages_copy: Path):
    update = update_to(tmp_path, {"a": "甲", "b": "乙二"}, villages_copy)
    assert verify(update).update
    assert verify(update).problems == ()
    (update / "site/items/b.html").unlink()
    assert [p.name for p in verify(update).problems] == ["site/items/b.html"]


def test_update_on_another_copy_than_its_own_is_not_whole(tmp_path: Path, villages_copy: Path):
    september = Copy("示范镇", "示范镇政府信息公开", "https://www.example.gov.cn/", "2026-09-20")
    older = make_copy(write_built(tmp_path / "site", {"a": "旧"}), tmp_path / "out", september)
    update = update_to(tmp_path, {"a": "甲", "b": "乙二", "c": "丙"}, villages_copy)
    shutil.copytree(update, older.folder, dirs_exist_ok=True)
    problems = {p.name for p in verify(older.folder).problems}
    assert "site/items/a.html" in problems
    assert any("zz-copy" in name for name in problems)


def test_update_can_be_made_from_an_archive_or_a_manifest_alone(tmp_path: Path):
    october = Copy("示范镇", "示范镇政府信息公开", "", "2026-10-20")
    made = make_copy(write_built(tmp_path / "site", {"a": "甲"}), tmp_path / "old", october)
    shutil.copy(made.folder / "清单.json", tmp_path / "清单.json")
    by_archive = update_to(tmp_path, {"a": "甲二"}, made.archive)
    content = {name: (by_archive / name).read_bytes() for name in names_in(by_archive)}
    by_manifest = update_to(tmp_path, {"a": "甲二"}, tmp_path / "清单.json")
    assert {name: (by_manifest / name).read_bytes() for name in names_in(by_manifest)} == content


def test_endless_township_name_still_makes_a_copy_and_an_update(tmp_path: Path):
    copy = replace(COPY, township="很长的名字" * 60)
    made = make_copy(write_built(tmp_path / "site", {"a": "甲"}), tmp_path / "out", copy)
    assert update_to(tmp_path, {"a": "乙"}, made.folder, copy).name == f"公开栏-{'很长的名字' * 8}-2026-11-20-更新"


def test_nothing_changed_is_no_update(tmp_path: Path):
    made = make_copy(write_built(tmp_path / "site", {"a": "甲"}), tmp_path / "out", COPY)
    assert make_update(made, base_of(made.folder, COPY), tmp_path / "out") is None


def test_second_copy_of_a_day_is_an_update_of_the_first_whose_place_it_takes(tmp_path: Path):
    made = make_copy(write_built(tmp_path / "site", {"a": "甲"}), tmp_path / "out", COPY)
    update = update_to(tmp_path, {"a": "甲二"}, made.folder)
    assert "甲二" in (update / "site/items/a.html").read_text("utf-8")


def test_village_goes_from_update_to_update(tmp_path: Path, villages_copy: Path):
    states = [{"a": "甲二", "b": "乙"}, {"a": "甲二", "b": "乙", "c": "丙又来"}, {"a": "甲三"}]
    for day, items in zip(("2026-11-01", "2026-11-10", "2026-11-20"), states, strict=True):
        update = update_to(tmp_path, items, villages_copy, replace(COPY, date=day))
        shutil.copytree(update, villages_copy, dirs_exist_ok=True)
        assert verify(villages_copy).problems == ()
    assert "丙" not in (villages_copy / "site/items/c.html").read_text("utf-8")
    assert "甲三" in (villages_copy / "site/items/a.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("older", "message"),
    [
        (Copy("别的镇", "x", "", "2026-10-20"), "是别的镇的副本，不能用来做示范镇的更新包"),
        (Copy("示范镇", "x", "", "2026-12-20"), "比这次的（2026-11-20）还新"),
    ],
)
def test_copy_that_cannot_be_updated_is_refused(older: Copy, message: str, tmp_path: Path):
    site = write_built(tmp_path / "site", {"a": "甲"})
    old = make_copy(site, tmp_path / "old", older)
    with pytest.raises(OfflineError, match=re.escape(message)):
        base_of(old.folder, COPY)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "../../x"},
        {"id": "0123456789ab"},
        {"date": "2026年10月"},
        {"base": {"id": "0123456789ab", "date": "x"}},
        {"files": {"../../../outside.html": {"size": 1, "sha256": "x"}}},
        {"files": {"/etc/x.html": {"size": 1, "sha256": "x"}}},
        {"files": {"C:x.html": {"size": 1, "sha256": "x"}}},
        {"changed": ["site\\..\\..\\x.html"]},
        {"removed": {"site/../../x.html": {"size": 1, "sha256": "x"}}},
    ],
)
def test_manifest_that_was_tampered_with_gives_no_update_and_leads_nowhere(
    change: dict[str, Any], tmp_path: Path, villages_copy: Path
):
    path = villages_copy / "清单.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **change}), "utf-8")
    with pytest.raises(OfflineError, match=r"里的 清单\.json 已损坏"):
        base_of(villages_copy, COPY)
