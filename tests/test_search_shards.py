"""Shards from build to build: what stays, what goes into the delta, and that nothing that went can be read any more."""

from __future__ import annotations

import logging
import os
import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from browser import content_of
from gongkai.search.index import check_index
from gongkai.search.packing import SearchError
from gongkai.search.plan import DELTA_SMALLEST
from gongkai.search.records import FileText, SearchRecord
from search_data import readable, start_of, texts_of, write_data
from search_records import SPECIAL, make_records

ENGINES = ["pagefind", "bigram"]
SECRET = "羽衣甘蓝"
NAMED = SearchRecord(
    "items/named.html",
    f"{SECRET}救助公示",
    "2025-02-02",
    (f"经评议，{SECRET}一户符合条件。", "社会事务办公室公示。"),
    names=("社会救助",),
    files=(FileText("名册", (f"{SECRET} | 300",)),),
)


class Site:
    """A site that is built again and again with a cache."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.data, self.cache, self.engine = folder / "data", folder / "cache", engine
        self.cache.mkdir()
        self.records = {record.url: record for record in [*make_records(60), *SPECIAL]}
        self.build()

    def build(self, *changed: SearchRecord, without: str = "") -> None:
        """Build after some records changed or came, and one went."""
        self.records |= {record.url: record for record in changed}
        self.records.pop(without, None)
        write_data(list(self.records.values()), self.data, engine=self.engine, cache=self.cache)
        check_index(self.data)

    def shards(self) -> list[dict]:
        return start_of(self.data)["shards"]


@pytest.fixture(params=ENGINES)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    return Site(tmp_path, request.param)


def test_without_a_change_the_same_files_come_out_of_the_cache(site: Site) -> None:
    before = content_of(site.data)
    site.build()
    assert content_of(site.data) == before


def test_an_addition_is_a_small_delta_beside_the_shards_as_they_were(site: Site) -> None:
    before = content_of(site.data)
    site.build(NAMED)
    delta, base = site.shards()
    assert (delta["records"], base["records"]) == (1, 63)
    after = content_of(site.data)
    assert {name for name in before if before[name] != after.get(name)} == {"start.bin"}
    assert SECRET in readable(site.data)


def test_an_edit_leaves_nothing_to_read_of_what_it_took_out(site: Site) -> None:
    site.build(NAMED, *(replace(r, blocks=(*r.blocks, "补充。")) for r in make_records(30)))  # folded in: all anew
    assert len(site.shards()) == 1
    assert SECRET in readable(site.data)
    masked = replace(NAMED, title="某某救助公示", blocks=("经评议，某某一户符合条件。", NAMED.blocks[1]), files=())
    site.build(masked)
    assert len(site.shards()) == 2
    left = readable(site.data)
    for part in (SECRET, "羽衣", "衣甘", "甘蓝", "蓝", "名册"):
        assert part not in left
    assert texts_of(site.data)["items/named.html"]["title"] == "某某救助公示"
    site.build(*make_records(3, seed=8)[1:])  # nor does a later build bring it back
    assert "羽衣" not in readable(site.data)


def test_what_goes_in_a_later_edit_is_struck_out_of_the_first_shard_too(site: Site) -> None:
    """After the first edit the old version's other sentences stay in the index; the second takes one of them out."""
    site.build(NAMED, *(replace(r, blocks=(*r.blocks, "补充。")) for r in make_records(30)))
    edited = replace(NAMED, blocks=(NAMED.blocks[0], "已经更正。"))
    site.build(edited)
    assert SECRET in readable(site.data)
    masked = replace(edited, title="某某救助公示", blocks=("经评议，某某一户符合条件。",), files=())
    site.build(masked)
    left = readable(site.data)
    for part in (SECRET, "羽衣", "衣甘", "甘蓝", "蓝", "名册"):
        assert part not in left
    site.build(without=NAMED.url)
    assert "某某救助" not in readable(site.data)


def test_a_record_that_left_is_nowhere(site: Site) -> None:
    site.build(NAMED, *(replace(r, blocks=(*r.blocks, "补充。")) for r in make_records(30)))
    site.build(without=NAMED.url)
    assert start_of(site.data)["count"] == 63
    left = readable(site.data)
    for part in (SECRET, "羽衣", "衣甘", "甘蓝", "蓝", "items/named", "名册"):
        assert part not in left
    site.build(NAMED)  # it comes back
    assert texts_of(site.data)[NAMED.url]["title"] == NAMED.title


def test_what_a_build_with_cache_holds_is_what_one_without_holds(site: Site, tmp_path: Path) -> None:
    rnd = random.Random(3)
    for turn in range(4):
        some = rnd.sample(sorted(site.records), 4)
        edited = [
            replace(site.records[url], blocks=(f"第{turn}次更正。", *site.records[url].blocks[1:])) for url in some
        ]
        site.build(*edited, without=rnd.choice(sorted(site.records.keys() - set(some))))
    write_data(list(site.records.values()), tmp_path / "plain", engine=site.engine)
    assert texts_of(site.data) == texts_of(tmp_path / "plain")
    assert start_of(site.data)["facets"] == start_of(tmp_path / "plain")["facets"]


def test_a_delta_that_has_grown_is_folded_in(site: Site, tmp_path: Path) -> None:
    site.build(*(replace(record, title="更正") for record in make_records(DELTA_SMALLEST)))
    assert len(site.shards()) == 2
    site.build(*(replace(record, title="更正") for record in make_records(DELTA_SMALLEST + 1)))
    write_data(list(site.records.values()), tmp_path / "plain", engine=site.engine)
    assert content_of(site.data) == content_of(tmp_path / "plain")


@pytest.mark.parametrize("pattern", ["*.shard", "shards.json", "*.files"])
@pytest.mark.parametrize("accident", ["cut", "lost", "emptied", "other"])
def test_a_damaged_cache_is_dropped_with_a_word_and_never_believed(
    pattern: str, accident: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    site = Site(tmp_path, "bigram")
    some = next(iter(site.records))
    site.build(without=some)
    victim = next(iter(site.cache.glob(pattern)))
    data = victim.read_bytes()
    if accident == "lost":
        victim.unlink()
    else:
        victim.write_bytes({"cut": data[: len(data) // 2], "emptied": b"", "other": data[::-1]}[accident])
    with caplog.at_level(logging.WARNING, "gongkai.cache"):
        site.build()
    if accident != "lost":
        assert "已丢弃，重新计算。" in caplog.text
    assert len(texts_of(site.data)) == len(site.records)
    site.build()
    assert some not in texts_of(site.data)


def test_a_kept_file_that_changed_unseen_ends_the_build_and_the_next_one_makes_it_anew(tmp_path: Path) -> None:
    """Neither its size nor its time tells: only its digest does, when the file is needed."""
    site = Site(tmp_path, "bigram")
    victim = next(site.cache.glob("*.files"))
    before = victim.stat()
    victim.write_bytes(victim.read_bytes()[:-1] + b"?")
    os.utime(victim, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(SearchError, match="缺失或不完整。请重新生成站点"):
        site.build()
    site.build()
    assert len(texts_of(site.data)) == len(site.records)


def test_a_kept_file_that_changed_unseen_is_no_hindrance_to_striking(tmp_path: Path) -> None:
    site = Site(tmp_path, "bigram")
    victim = next(site.cache.glob("*.files"))
    before = victim.stat()
    victim.write_bytes(bytes(before.st_size))
    os.utime(victim, ns=(before.st_atime_ns, before.st_mtime_ns))
    some = next(iter(site.records))
    site.build(without=some)
    assert texts_of(site.data).keys() == site.records.keys()


def test_a_cache_that_was_copied_is_looked_at_whole_and_used(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    site = Site(tmp_path, "bigram")
    site.build(NAMED)
    before = content_of(site.data)
    for path in site.cache.iterdir():
        os.utime(path, (1, 1))
    with caplog.at_level(logging.WARNING, "gongkai.cache"):
        site.build()
    assert content_of(site.data) == before
    assert not caplog.text


def test_a_cache_that_cannot_be_written_is_no_cache(tmp_path: Path) -> None:
    write_data(SPECIAL, tmp_path / "out", engine="bigram", cache=tmp_path / "absent/folder")
    write_data(SPECIAL, tmp_path / "plain", engine="bigram")
    assert content_of(tmp_path / "out") == content_of(tmp_path / "plain")
