"""What of the last build may stay: the same key, and nobody has touched it since. The record of it is never believed blindly."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from gongkai import placing
from gongkai.cache_folder import FOLDER, OFF
from gongkai.staging import Made, Staging, source_key

pytestmark = pytest.mark.usefixtures("with_cache")
KEY, OTHER_KEY = b"key", b"other"


def begin(root: Path, site: str = "site") -> Staging:
    return Staging(placing.staging_for(root / site, []), root / site, root)


def finish(staging: Staging) -> None:
    placing.put_in_place(staging.folder, staging.site_dir, staging.kept, staging.record)


def only_record(root: Path) -> Path:
    (record,) = (root / FOLDER).glob("site-*.bin")
    return record


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a site of a home page and another page, as a build has left it."""
    first = begin(tmp_path)
    first.put("index.html", b"home")
    first.put("items/a.html", b"a", KEY, b"note")
    finish(first)
    return tmp_path


def test_file_of_the_same_key_stays_with_its_time_and_its_note(root: Path):
    before = (root / "site/items/a.html").stat().st_mtime_ns
    second = begin(root)
    second.put("index.html", b"new")
    assert second.keeps("items/a.html", KEY)
    assert second.note("items/a.html") == b"note"
    finish(second)
    assert (root / "site/items/a.html").read_bytes() == b"a"
    assert (root / "site/items/a.html").stat().st_mtime_ns == before


def test_file_of_another_key_is_made_again(root: Path):
    assert not begin(root).keeps("items/a.html", OTHER_KEY)


def test_file_without_a_key_is_made_again_each_time(root: Path):
    assert not begin(root).keeps("index.html", b"")


@pytest.mark.parametrize("change", ["longer", "touched", "gone"])
def test_file_that_somebody_has_touched_is_made_again(root: Path, change: str):
    path = root / "site/items/a.html"
    if change == "longer":
        path.write_bytes(b"not ours")
    elif change == "touched":
        os.utime(path, ns=(1, path.stat().st_mtime_ns + 1))
    else:
        path.unlink()
    assert not begin(root).keeps("items/a.html", KEY)


def test_same_content_under_another_key_stays_and_the_new_key_counts(root: Path):
    before = (root / "site/items/a.html").stat().st_mtime_ns
    second = begin(root)
    second.put("index.html", b"home")
    second.put("items/a.html", b"a", OTHER_KEY)
    assert not any(second.folder.rglob("*.html"))
    finish(second)
    assert (root / "site/items/a.html").stat().st_mtime_ns == before
    assert begin(root).keeps("items/a.html", OTHER_KEY)


def test_file_that_nobody_asks_for_goes(root: Path):
    second = begin(root)
    second.put("index.html", b"home")
    finish(second)
    assert not (root / "site/items").exists()


def test_site_in_another_folder_is_not_taken_for_this_one(root: Path):
    (root / "site").rename(root / "moved")
    assert not begin(root, "moved").keeps("items/a.html", KEY)


def test_sites_made_in_other_folders_do_not_take_the_record_away(root: Path):
    for n in range(5):
        other = begin(root, f"copy{n}")
        other.put("index.html", b"copy")
        finish(other)
        shutil.rmtree(root / f"copy{n}")
    assert len(list((root / FOLDER).glob("site-*.bin"))) == 3
    assert begin(root).keeps("items/a.html", KEY)


def test_group_is_made_once(root: Path):
    asked = []

    def make() -> list[Made]:
        asked.append(1)
        return [Made("data/x.json", b"{}"), Made("list.html", b"list", "2026-01-02")]

    for expected in (1, 1):
        staging = begin(root)
        staging.put("index.html", b"home")
        assert staging.group("lists", KEY, make) == [("data/x.json", None), ("list.html", "2026-01-02")]
        finish(staging)
        assert len(asked) == expected
    assert (root / "site/data/x.json").read_bytes() == b"{}"
    begin(root).group("lists", OTHER_KEY, make)
    assert len(asked) == 2


def test_group_of_which_one_file_was_touched_is_made_again(root: Path):
    staging = begin(root)
    staging.put("index.html", b"home")
    staging.group("lists", KEY, lambda: [Made("one", b"1"), Made("two", b"2")])
    finish(staging)
    (root / "site/two").write_bytes(b"spoiled")
    staging = begin(root)
    staging.put("index.html", b"home")
    staging.group("lists", KEY, lambda: [Made("one", b"1"), Made("two", b"2")])
    finish(staging)
    assert (root / "site/two").read_bytes() == b"2"


def sealed(root: Path, key: bytes = KEY) -> bool:
    """A build that makes two files and seals them, unless they stand, and then two more. Whether they stood."""
    staging = begin(root)
    stood = staging.keeps_all(key)
    if not stood:
        staging.put("items/a.html", b"a", KEY)
        staging.group("lists", OTHER_KEY, lambda: [Made("list.html", b"list")])
        staging.seal(key)
    staging.put("index.html", b"home")
    staging.put("sw.js", b"worker")
    finish(staging)
    return stood


def test_all_that_was_sealed_stays_under_the_same_key(root: Path):
    assert [sealed(root) for _ in range(3)] == [False, True, True]
    found = {path.name: path.read_bytes() for path in (root / "site").rglob("*.html")}
    assert found == {"a.html": b"a", "list.html": b"list", "index.html": b"home"}


def test_nothing_that_was_sealed_stays_as_it_is_under_another_key(root: Path):
    assert not sealed(root)
    assert not begin(root).keeps_all(OTHER_KEY)


def test_what_was_sealed_without_a_key_is_made_again_each_time(root: Path):
    assert [sealed(root, b"") for _ in range(2)] == [False, False]


def test_what_was_sealed_is_made_again_when_one_file_of_it_was_touched(root: Path):
    assert not sealed(root)
    (root / "site/list.html").write_bytes(b"spoiled")
    assert not sealed(root)
    assert (root / "site/list.html").read_bytes() == b"list"


def test_what_comes_after_the_seal_may_be_missing(root: Path):
    assert not sealed(root)
    (root / "site/sw.js").unlink()
    assert sealed(root)
    assert (root / "site/sw.js").read_bytes() == b"worker"


def test_group_that_was_sealed_is_known_after_a_build_that_made_nothing(root: Path):
    assert [sealed(root), sealed(root)] == [False, True]
    staging = begin(root)
    assert staging.group("lists", OTHER_KEY, lambda: [Made("list.html", b"made anew")]) == [("list.html", None)]
    assert staging.kept == {"list.html"}


def test_what_others_wrote_first_gives_way_to_what_is_put(root: Path):
    for content in (b"marked", b"marked"):
        staging = begin(root)
        staging.put("index.html", b"home")
        (staging.folder / "sw.js").write_bytes(b"raw")
        staging.adopt()
        assert "sw.js" in staging.digests()
        staging.put("sw.js", content)
        finish(staging)
        assert (root / "site/sw.js").read_bytes() == b"marked"


def test_what_others_wrote_gives_way_to_a_file_that_stays(root: Path):
    second = begin(root)
    second.put("index.html", b"home")
    (second.folder / "items").mkdir()
    (second.folder / "items/a.html").write_bytes(b"of somebody else")
    assert second.keeps("items/a.html", KEY)
    second.adopt()
    finish(second)
    assert (root / "site/items/a.html").read_bytes() == b"a"


def copied(root: Path, source: Path) -> bool:
    """Whether a build that has ``source`` as an attachment copies it."""
    staging = begin(root)
    staging.put("index.html", b"home")
    staging.copy(source, "items/a/附件.pdf")
    done = (staging.folder / "items/a/附件.pdf").is_file()
    finish(staging)
    assert (root / "site/items/a/附件.pdf").read_bytes() == source.read_bytes()
    return done


def test_file_that_has_just_changed_is_copied_each_time_as_it_may_change_again_unseen(root: Path):
    source = root / "attachment.pdf"
    for content in (b"one", b"two"):
        source.write_bytes(content)
        os.utime(source, (1, 1))
        assert copied(root, source)


def test_file_that_lies_still_is_copied_again_only_when_it_changed(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gongkai.staging.RACY_NS", 0)  # files count as old as soon as they are written
    source = root / "attachment.pdf"
    source.write_bytes(b"one")
    assert [copied(root, source), copied(root, source)] == [True, False]
    source.write_bytes(b"other")
    assert copied(root, source)


def test_file_that_changes_while_the_site_is_made_is_the_one_copied_last(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gongkai.staging.RACY_NS", 0)
    source = root / "attachment.pdf"
    source.write_bytes(b"one")
    assert copied(root, source)
    staging = begin(root)
    staging.put("index.html", b"home")
    staging.copy(source, "items/a/附件.pdf")
    source.write_bytes(b"other")
    staging.copy(source, "items/a/附件.pdf")
    staging.adopt()
    finish(staging)
    assert (root / "site/items/a/附件.pdf").read_bytes() == b"other"


def test_key_of_a_file_that_lies_still_is_the_same_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    source = tmp_path / "a.pdf"
    source.write_bytes(b"one")
    later = time.time_ns() + 10_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: later)
    first = source_key(source)
    assert first
    assert source_key(source) == first
    source.write_bytes(b"longer")
    assert source_key(source) != first


@pytest.mark.parametrize("damage", ["cut", "other bytes", "other program"])
def test_record_that_cannot_be_believed_is_dropped_with_one_line(
    root: Path, damage: str, caplog: pytest.LogCaptureFixture
):
    record = only_record(root)
    data = record.read_bytes()
    if damage == "cut":
        record.write_bytes(data[:-1])
    elif damage == "other bytes":
        record.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    else:
        record.write_bytes(data[:20] + b"\0" + data[21:])
    assert not begin(root).keeps("items/a.html", KEY)
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("缓存 site-")


def test_file_that_was_not_written_to_its_end_is_noticed_before_it_is_in_place(root: Path):
    staging = begin(root)
    staging.put("index.html", b"home of another day")
    os.truncate(staging.folder / "index.html", 4)
    with pytest.raises(OSError, match=r"index\.html"):
        staging.check()


def test_without_a_cache_nothing_is_kept_or_recorded(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(OFF, "1")
    before = only_record(root).read_bytes()
    staging = begin(root)
    assert not staging.keeps("items/a.html", KEY)
    staging.put("index.html", b"home")
    finish(staging)
    assert only_record(root).read_bytes() == before
