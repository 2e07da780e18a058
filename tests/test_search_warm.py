"""What a warm build of the search data asks for, and what it writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from browser import content_of
from gongkai.placing import put_in_place, staging_for
from gongkai.search.index import check_index, write_index
from gongkai.search.plan import DELTA_SMALLEST
from gongkai.search.records import Listed, SearchRecord, listed
from gongkai.staging import Staging
from search_data import write_data
from search_records import make_records

NAMED = SearchRecord("items/named.html", "羽衣甘蓝救助公示", "2025-02-02", ("经评议，羽衣甘蓝一户符合条件。",))


class Placed:
    """A site whose search data are put in place build after build; ``asked`` are the addresses whose records were."""

    def __init__(self, folder: Path, records: list[SearchRecord]) -> None:
        self.folder, self.records = folder, {record.url: record for record in records}
        self.cache = folder / "cache"
        self.cache.mkdir()
        self.build()

    def build(self, *changed: SearchRecord) -> tuple[set[str], set[str]]:
        """Build after some changed; gives the addresses whose records were asked for, and the names of files written."""
        self.records |= {record.url: record for record in changed}
        asked: set[str] = set()

        def entry(record: SearchRecord) -> Listed:
            def load() -> SearchRecord:
                asked.add(record.url)
                return record

            return replace(listed(record), load=load)

        site = self.folder / "site"
        staging = Staging(staging_for(site, ()), site, self.folder)
        staging.put("index.html", b"")
        entries = [entry(record) for record in self.records.values()]
        write_index(entries, staging.under("search/data/"), engine="bigram", cache=self.cache)
        written = {path.name for path in staging.folder.rglob("*.bin")}
        put_in_place(staging.folder, staging.site_dir, staging.kept)
        staging.record()
        check_index(self.folder / "site/search/data")
        return asked, written


@pytest.mark.usefixtures("with_cache")
def test_what_did_not_change_is_neither_asked_for_nor_written(tmp_path: Path) -> None:
    site = Placed(tmp_path, make_records(60))
    assert site.build() == (set(), set())
    asked, written = site.build(NAMED)
    assert asked == {NAMED.url}
    assert "start.bin" in written
    (delta,) = {name.partition("-")[0] for name in written if name != "start.bin"}
    assert site.build() == (set(), set())  # the delta is kept, too
    other = replace(NAMED, url="items/other.html")
    asked, written = site.build(other)
    assert asked == {other.url}
    assert not [name for name in written if name.startswith(delta)]


@pytest.mark.usefixtures("with_cache")
def test_shards_are_built_anew_out_of_what_was_kept_and_only_new_records_are_asked_for(tmp_path: Path) -> None:
    site = Placed(tmp_path, make_records(60))
    edited = [replace(record, title="更正") for record in make_records(DELTA_SMALLEST + 1)]
    first, rest = edited[:3], edited[3:]
    site.build(*first)
    asked, _ = site.build(*rest)
    assert asked == {record.url for record in rest}
    write_data(list(site.records.values()), tmp_path / "plain", engine="bigram")
    assert content_of(site.folder / "site/search/data") == content_of(tmp_path / "plain")


@pytest.mark.usefixtures("with_cache")
def test_files_that_went_from_the_site_come_back_out_of_the_cache(tmp_path: Path) -> None:
    site = Placed(tmp_path, make_records(60))
    gone = sorted((tmp_path / "site/search/data").glob("*-t*"))[:2]
    for path in gone:
        path.unlink()
    assert site.build() == (set(), {path.name for path in gone})
