"""Which engine a site gets, and which records a shard: bounded, stable, every record once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.plan import engine_for, make_plan, partition


def test_large_sites_get_our_own_index_and_a_setting_overrides() -> None:
    assert [engine_for(count, "auto") for count in (1, 500, 501, 20_000)] == [
        "pagefind",
        "pagefind",
        "bigram",
        "bigram",
    ]
    assert engine_for(20_000, "pagefind") == "pagefind"


years_newest_first = st.lists(st.integers(2000, 2026), max_size=120).map(
    lambda years: [str(year) for year in sorted(years, reverse=True)]
)


@given(years_newest_first, st.integers(1, 30))
def test_shards_hold_every_record_once_and_are_bounded(years: list[str], limit: int) -> None:
    parts = partition(years, limit)
    assert [rank for start, end in parts for rank in range(start, end)] == list(range(len(years)))
    assert all(0 < end - start <= limit for start, end in parts)


@given(years_newest_first, st.integers(1, 30), st.integers(1, 40))
def test_new_records_change_only_the_newest_shards(years: list[str], limit: int, more: int) -> None:
    old = {(len(years) - start, len(years) - end) for start, end in partition(years, limit)[1:]}
    grown = ["2027"] * more + years
    assert old <= {(len(grown) - start, len(grown) - end) for start, end in partition(grown, limit)}


@given(st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)))
def test_a_plan_covers_every_record_exactly_once(kept: set[int], live: set[int], edited: set[int]) -> None:
    documents = [(f"{n}", f"{n in edited}") for n in sorted(live)]
    shard = [(f"{n}", "False") for n in sorted(kept)]
    plan = make_plan(documents, ["2026"] * len(documents), "bigram", [shard] if shard else [])
    if plan.shards is not None:
        assert [rank for start, end in plan.shards for rank in range(start, end)] == list(range(len(documents)))
    else:
        (gone,) = plan.gone
        found = [shard[n][0] for n in range(len(shard)) if n not in gone] + [documents[rank][0] for rank in plan.delta]
        assert sorted(found) == sorted(url for url, _ in documents)
