"""What becomes of one page, of the search data and of the manifest in an offline copy."""

from __future__ import annotations

import base64
import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.offline.making import Copy, OfflineError, base_of, make_copy, make_update
from gongkai.offline.manifest import ManifestError, verify
from gongkai.offline.packs import LIST, packs
from gongkai.offline.pages import Pages, offline_style

FILES = {"index.html", "items/a.html", "items/附 件.docx", "items/index.html", "assets/a.css", "assets/a.js"}
PAGES = Pages(FILES, "https://www.example.gov.cn/shifan/")


def rewritten(html: str) -> str:
    return PAGES.rewritten("items/a.html", html, "assets/note.js")


# ---- Pages


@pytest.mark.parametrize(
    "html",
    [
        '<a href="index.html">全部</a>',
        "<a class=x href='../index.html?q=低保&amp;unit=1#top'>首页</a>",
        '<a href="%E9%99%84%20%E4%BB%B6.docx" download>附件</a>',
        '<a href="#here">到这里</a> <a href="?elder=1" data-elder="1">长者版</a> <a href="">再试</a>',
        '<a href="tel:0666-5550100">电话</a> <a href="mailto:a@example.gov.cn">邮箱</a>',
        '<link rel="stylesheet" href="../assets/a.css"><script src="../assets/a.js" defer></script>',
        '<link rel="canonical" href="https://www.example.gov.cn/shifan/items/a.html">',
        '<meta property="og:url" content="https://www.example.gov.cn/shifan/items/a.html">',
        '<img src="data:image/gif;base64,AAAA" alt="x">',
        '<!-- <a href="https://x.example"> --><p title="a > b">1 < 2</p><br>',
        "<script>if (a < b) document.write('<a href=\"https://x.example\">')</script>",
    ],
)
def test_what_works_in_a_folder_keeps_its_bytes(html: str):
    assert rewritten(html) == html


@pytest.mark.parametrize(
    ("html", "copy"),
    [
        (
            '<a href="https://x.example/a">国家<b>平台</b></a>。',
            "<span>国家<b>平台</b>（https://x.example/a）</span>。",
        ),
        ('<a href="https://x.example/">https://x.example</a>', "<span>https://x.example</span>"),
        ('<a href="//x.example">x</a>', "<span>x（//x.example）</span>"),
        ('<a href="../feed.xml">订阅</a>', "<span>订阅</span>"),
        ('<a href="/etc/passwd">x</a> <a href="../../x.html">y</a>', "<span>x</span> <span>y</span>"),
        ('<a href="javascript:alert(1)">x</a>', "<span>x</span>"),
        ('<a href="https://www.example.gov.cn/shifan/items/index.html">x</a>', '<a href="index.html">x</a>'),
        ('<a href="https://www.example.gov.cn/shifan/">x</a>', '<a href="../index.html">x</a>'),
        (
            '<a href="../">x</a> <a href="./?q=1#b">y</a>',
            '<a href="../index.html">x</a> <a href="index.html?q=1#b">y</a>',
        ),
        ('<img src="https://x.example/a.png" alt="党政&amp;机关"><p>', "党政&amp;机关<p>"),
        ('<img src="a.png" srcset="https://x.example/b.png 2x">', ""),
        ('<script src="https://x.example/a.js"></script><p>', "<p>"),
        ('<link rel="preconnect" href="https://x.example"><link rel="manifest" href="../manifest.json">', ""),
        ('<iframe src="https://x.example"></iframe>', "<iframe></iframe>"),
        ('<form action="https://x.example/s"><input name="q"></form>', '<form><input name="q"></form>'),
        ('<meta http-equiv="refresh" content="0; url=https://x.example">', ""),
        ("<style>a{background:url(https://x.example/a.png)}</style>", '<style>a{background:url("data:,")}</style>'),
        ('<p style="background:url(//x.example/a)">x', "<p>x"),
        (
            '<ul><li data-gk-online><a href="../feed.xml">订</a><ul><li>x</li></ul></li><li>y</li></ul>',
            "<ul><li>y</li></ul>",
        ),
        ('<div data-gk-data="../search/data/">', '<div data-gk-packs="../search/packs/">'),
    ],
)
def test_what_needs_the_network_is_taken_out_and_addresses_stay_readable(html: str, copy: str):
    assert rewritten(html) == copy


def test_page_gets_the_note_of_its_day_as_its_last_script():
    assert rewritten("<p></body></html>") == '<p><script src="../assets/note.js" defer></script>\n</body></html>'


def test_style_sheet_asks_for_nothing_outside():
    css = '@import url("https://x.example/f.css");a{b:url(a.png)}@import "//x.example/g.css";c{d:url("//x.example/f.woff")}'
    assert offline_style(css) == 'a{b:url(a.png)}c{d:url("data:,")}'


@given(st.text(alphabet="<>/a=\"' hrefscipt-!x\n", max_size=60))
@settings(max_examples=300)
def test_broken_html_never_fails(text: str):
    page = rewritten(text + '<a href="https://x.example">')
    assert isinstance(page, str)


# ---- Packs


def unpacked(scripts: dict[str, str], name: str) -> bytes | None:
    """What the browser half would find under a name."""
    starts = json.loads(re.fullmatch(r"gkSearch\.packs\((.*)\);\n", scripts[LIST])[1])
    file = next((pack for first, pack in reversed(starts) if first <= name), None)
    held = (
        dict(json.loads(f"[{args}]") for args in re.findall(r"gkSearch\.pack\((.*)\);\n", scripts[file]))
        if file
        else {}
    )
    return base64.b64decode(held[name]) if name in held else None


NAMES = st.from_regex(r"\A([0-9a-f]{4}-)?[a-z]{1,5}[0-9]{0,4}(-[0-9]{3})?\.bin\Z")


@given(st.dictionaries(NAMES, st.binary(max_size=40), max_size=40), st.integers(1, 200))
@settings(max_examples=200)
def test_every_file_of_the_search_data_is_found_in_its_pack(files: dict[str, bytes], size: int):
    scripts = dict(packs(files, size))
    assert [name for name in files if unpacked(scripts, name) != files[name]] == []
    assert len(scripts) == 1 + len(json.loads(scripts[LIST][len("gkSearch.packs(") : -3]))


def test_packs_are_bounded_and_what_every_query_needs_is_by_itself():
    files = {f"ab12-i{n:04d}.bin": bytes(1000) for n in range(300)} | {"start.bin": bytes(50), "ab12-t00000.bin": b"x"}
    scripts = dict(packs(files))
    assert list(scripts) == [
        "ab12-i0000.pack.js", "ab12-i0131.pack.js", "ab12-i0262.pack.js", "ab12-t00000.pack.js", "start.pack.js", "list.js",
    ]  # fmt: skip
    assert max(map(len, scripts.values())) < 180_000


# ---- Copies and updates of a small made-up site

COPY = Copy("示范镇", "示范镇政府信息公开", "https://www.example.gov.cn/", "2026-11-20")


def write_built(folder: Path, items: dict[str, str]) -> Path:
    """A folder as a build leaves it, with these items."""
    files = {
        "index.html": "<h1>首页</h1></body>",
        "404.html": "x",
        "feed.xml": "<feed/>",
        "sw.js": "x",
        "manifest.json": "{}",
        "data/items.json": json.dumps({"items": list(items)}),
        **{f"items/{name}.html": f"<h1>{text}</h1></body>" for name, text in items.items()},
        **{f"items/{name}/表.docx": text for name, text in items.items()},
        "search/data/start.bin": "start",
    }
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def names_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


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


def test_endless_township_name_still_makes_a_copy_and_an_update(tmp_path: Path):
    copy = replace(COPY, township="很长的名字" * 60)
    made = make_copy(write_built(tmp_path / "site", {"a": "甲"}), tmp_path / "out", copy)
    assert update_to(tmp_path, {"a": "乙"}, made.folder, copy).name == f"公开栏-{'很长的名字' * 8}-2026-11-20-更新"


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
