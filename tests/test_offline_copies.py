"""Offline copies of a small site: what they hold, and how one that is not whole is told."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from built_copies import COPY, names_in, write_built
from gongkai.offline.making import Copy, OfflineError, make_copy
from gongkai.offline.manifest import ManifestError, verify


def test_copy_holds_the_site_its_door_and_its_manifest_and_no_feeds(tmp_path: Path):
    made = make_copy(write_built(tmp_path / "site", {"a": "甲"}), tmp_path / "out", COPY)
    assert made.folder.name == "公开栏-示范镇-2026-11-20"
    names = names_in(made.folder)
    assert {"打开.html", "说明.txt", "清单.json", "site/index.html", "site/items/a/表.docx"} < names
    assert not any(re.search(r"feed|404|sw\.js|manifest|search/data", name) for name in names)
    manifest = json.loads((made.folder / "清单.json").read_bytes())
    assert (manifest["date"], manifest["township"]) == ("2026-11-20", "示范镇")
    assert manifest["counts"] == {"items": 1, "pages": 2, "attachments": 1, "bytes": made.manifest.counts["bytes"]}
    assert manifest["files"].keys() == names - {"清单.json"}


def test_hidden_files_of_the_site_stay_behind(tmp_path: Path):
    site = write_built(tmp_path / "site", {"a": "甲"})
    (site / ".git/refs").mkdir(parents=True)
    (site / ".git/refs/main").write_text("0", "ascii")
    assert not [name for name in names_in(make_copy(site, tmp_path / "out", COPY).folder) if ".git" in name]


def test_readme_promises_search_only_when_there_is_one(tmp_path: Path):
    site = write_built(tmp_path / "site", {"a": "甲"})
    with_search = make_copy(site, tmp_path / "out", COPY).folder / "说明.txt"
    assert "2. 检索、筛选、长者版（大字）、打印、下载附件都能用。" in with_search.read_text("utf-8-sig")
    shutil.rmtree(site / "search")
    without = make_copy(site, tmp_path / "out", COPY).folder / "说明.txt"
    assert "2. 长者版（大字）、打印、下载附件都能用。" in without.read_text("utf-8-sig")


def test_zip_is_the_folder_with_names_in_utf8_and_the_mark_last(tmp_path: Path):
    made = make_copy(write_built(tmp_path / "site", {"a": "甲"}), tmp_path / "out", COPY)
    with zipfile.ZipFile(made.archive) as archive:
        entries = archive.infolist()
        assert {e.filename for e in entries} == {f"{made.folder.name}/{name}" for name in names_in(made.folder)}
        assert all(entry.flag_bits & 0x800 for entry in entries)
        assert {entry.date_time for entry in entries} == {(2026, 11, 20, 0, 0, 0)}
        assert entries[-1].filename == f"{made.folder.name}/site/zz-copy-{made.manifest.id}.js"


def test_same_site_on_the_same_day_gives_the_same_bytes(tmp_path: Path):
    site = write_built(tmp_path / "site", {"a": "甲", "b": "乙"})
    one, other = (make_copy(site, tmp_path / name, COPY).archive.read_bytes() for name in ("one", "two"))
    assert one == other


def test_copy_made_again_takes_the_place_of_the_first(tmp_path: Path):
    make_copy(write_built(tmp_path / "site", {"a": "甲"}), tmp_path / "out", COPY)
    made = make_copy(write_built(tmp_path / "site", {"b": "乙"}), tmp_path / "out", COPY)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [COPY.name, f"{COPY.name}.zip"]
    assert (made.folder / "site/items/b.html").is_file()
    assert not (made.folder / "site/items/a.html").exists()
    assert verify(made.archive).problems == ()


def test_foreign_folder_in_the_place_of_the_copy_is_left_alone(tmp_path: Path):
    place = tmp_path / COPY.name
    place.mkdir()
    (place / "信.txt").write_text("mine", "utf-8")
    with pytest.raises(OfflineError, match="里有别的文件，不像离线副本，没有改动"):
        make_copy(write_built(tmp_path / "site", {"a": "甲"}), tmp_path, COPY)
    assert names_in(place) == {"信.txt"}


def test_township_name_makes_a_file_name_that_windows_takes(tmp_path: Path):
    assert Copy('示范/镇: "新"?.', "x", "", "2026-11-20").name == "公开栏-示范镇新-2026-11-20"
    assert Copy("示\x00范\u202e镇*|<>\\", "x", "", "2026-11-20").name == "公开栏-示范镇-2026-11-20"


def test_page_among_the_attachments_in_another_encoding_keeps_its_bytes(tmp_path: Path):
    site = write_built(tmp_path / "site", {"a": "甲"})
    page = "<meta charset=gbk><p>镇域概况，朱镕基题</p>".encode("gbk")
    style = "/* 样式 */ p { color: red }".encode("gbk")
    (site / "items/a/概况.html").write_bytes(page)
    (site / "items/a/样式.css").write_bytes(style)
    made = make_copy(site, tmp_path / "out", COPY)
    assert (made.folder / "site/items/a/概况.html").read_bytes() == page
    assert (made.folder / "site/items/a/样式.css").read_bytes() == style


@pytest.mark.parametrize("packed", [False, True])
def test_missing_changed_and_foreign_files_are_named(packed: bool, tmp_path: Path):
    made = make_copy(write_built(tmp_path / "site", {"a": "甲", "b": "乙"}), tmp_path / "out", COPY)
    (made.folder / "site/items/a.html").unlink()
    (made.folder / "site/items/b.html").write_text("half", "utf-8")
    (made.folder / "别的.txt").write_text("x", "utf-8")
    (made.folder / "Thumbs.db").write_text("x", "utf-8")
    place = made.folder
    if packed:
        place = Path(shutil.make_archive(str(tmp_path / "again"), "zip", tmp_path / "out", made.folder.name))
    verdict = verify(place)
    assert [(p.kind, p.name) for p in verdict.problems] == [
        ("missing", "site/items/a.html"),
        ("changed", "site/items/b.html"),
    ]
    assert [p.name for p in verdict.extras] == ["别的.txt"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "没有 清单.json，不是离线副本"),
        ("{", "里的 清单.json 已损坏"),
        ("[]", "里的 清单.json 已损坏"),
        ('{"product": "other", "format": 1}', "是别的版本写的"),
        ('{"product": "gongkailan", "format": 1, "files": 3}', "里的 清单.json 已损坏"),
    ],
)
def test_manifest_that_cannot_be_read_is_said(content: str | None, message: str, tmp_path: Path):
    if content is not None:
        (tmp_path / "清单.json").write_text(content, "utf-8")
    with pytest.raises(ManifestError, match=message):
        verify(tmp_path)


def test_truncated_zip_is_said(tmp_path: Path):
    made = make_copy(write_built(tmp_path / "site", {"a": "甲"}), tmp_path / "out", COPY)
    (tmp_path / "cut.zip").write_bytes(made.archive.read_bytes()[:-100])
    with pytest.raises(ManifestError, match="打不开：不是压缩包，或者没有复制完整"):
        verify(tmp_path / "cut.zip")


class _InGbk(zipfile.ZipInfo):
    """An entry as packers of Chinese systems write it: the name in GBK, and nothing says so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name that zipfile calls
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def test_zip_that_was_packed_again_with_names_in_gbk_is_checked(tmp_path: Path):
    made = make_copy(write_built(tmp_path / "site", {"a": "甲"}), tmp_path / "out", COPY)
    with zipfile.ZipFile(tmp_path / "again.zip", "w") as archive:
        for name in sorted(names_in(made.folder) - {"site/items/a.html"}):
            archive.writestr(_InGbk(f"{made.folder.name}/{name}"), (made.folder / name).read_bytes())
    assert [(p.kind, p.name) for p in verify(tmp_path / "again.zip").problems] == [("missing", "site/items/a.html")]


def test_zip_with_a_password_is_said(tmp_path: Path):
    made = make_copy(write_built(tmp_path / "site", {"a": "甲"}), tmp_path / "out", COPY)
    content = bytearray(made.archive.read_bytes())
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # mark every entry as encrypted
        at = content.find(signature)
        while at >= 0:
            content[at + flags_at] |= 1
            at = content.find(signature, at + 1)
    (tmp_path / "locked.zip").write_bytes(content)
    with pytest.raises(ManifestError, match="加了密码或者压缩方式特殊"):
        verify(tmp_path / "locked.zip")
