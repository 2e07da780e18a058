"""The report card: every figure equals a plain count over the items of its term."""

from __future__ import annotations

import datetime as dt
import statistics
from pathlib import Path

import pytest

from cards import late_site, made, term
from gongkai.dataset import Dataset
from gongkai.model import Item
from gongkai.reports.card_tables import sentences
from gongkai.reports.coverage import coverage
from gongkai.reports.terms import last_quarter, parse_term, terms
from gongkai.rules.registry import run_rules
from sites import ROOT, TODAY, dataset

DAYS = {
    "2026-Q3": ("2026-07-01", "2026-09-30"),
    "2026-Q2": ("2026-04-01", "2026-06-30"),
    "2025": ("2025-01-01", "2025-12-31"),
    "2026": ("2026-01-01", "2026-12-31"),
}


def items_in(data: Dataset, text: str) -> list[Item]:
    first, last = DAYS[text]
    return [i for i in data.published if first <= i.published_on.isoformat() <= last]


# --- every figure a second time


@pytest.mark.parametrize("text", DAYS)
def test_published_and_statements_equal_a_plain_count(demo: Dataset, text: str):
    found, items = made(demo, text), items_in(demo, text)
    assert found.whole.now.published == len(items)
    assert found.whole.now.statements == len([i for i in items if i.statement])
    for part in found.units:
        assert part.now.published == len([i for i in items if i.responsible_unit == part.name])
    by_field = {f.name: [i for i in items if i.entry_id[:2] == f.id] for f in demo.catalogue.fields}
    assert {p.name: p.now.published for p in found.fields if p.now.published} == {
        name: len(mine) for name, mine in by_field.items() if mine
    }


@pytest.mark.parametrize("text", DAYS)
def test_sums_of_fields_and_of_units_are_the_whole(demo: Dataset, text: str):
    found = made(demo, text)
    for parts in (found.fields, found.units):
        for name in ("published", "statements", "judged", "late", "interpretations", "uninterpreted", "corrections"):
            assert sum(getattr(p.now, name) for p in parts) == getattr(found.whole.now, name)
        assert sum(p.now.owed.expected for p in parts) == found.whole.now.owed.expected
    assert sum(p.now.blank for p in found.fields) == found.whole.now.blank


def test_lateness_median_and_corrections_by_hand(tmp_path: Path):
    now = made(dataset(late_site(tmp_path)), "2026-Q3").whole.now
    assert (now.published, now.judged, now.late, now.statements, now.corrections) == (6, 4, 1, 1, 1)
    assert now.median_days == statistics.median([4, 7, 11, 76])
    assert now.in_time == 0.75


def test_late_items_are_those_that_the_rule_finds(tmp_path: Path):
    data = dataset(late_site(tmp_path))
    said = [f for f in run_rules(data) if f.code == "GK401"]
    assert made(data, "2026-Q3").whole.now.late == len({f.file for f in said}) == 1


@pytest.mark.parametrize("text", DAYS)
def test_owed_periods_equal_the_coverage_of_those_days(demo: Dataset, text: str):
    first, last = (dt.date.fromisoformat(day) for day in DAYS[text])
    found = coverage(demo).figures(first=first, last=last)
    assert made(demo, text).whole.now.owed == found


def test_blank_rows_of_today_equal_those_of_the_coverage(demo: Dataset):
    now = made(demo, "2026").whole.now
    entries = coverage(demo).entries()
    assert (now.rows, now.blank) == (entries.total, entries.blank)


def test_term_before_is_counted_as_a_card_of_its_own(demo: Dataset):
    later, before = made(demo, "2026-Q3"), made(demo, "2026-Q2")
    assert later.whole.before == before.whole.now
    assert [p.before for p in later.units] == [p.now for p in before.units]


def test_units_that_published_nothing_are_named(demo: Dataset):
    found = made(demo, "2026-Q3")
    busy = {i.responsible_unit for i in items_in(demo, "2026-Q3")}
    assert found.silent == tuple(u.name for u in demo.profile.units if u.name not in busy)
    assert found.silent
    assert any("、".join(found.silent) in sentence for sentence in sentences(found))


def test_later_day_counts_what_was_published_until_then(demo: Dataset):
    early = made(dataset(ROOT / "mkdocs.yml", dt.date(2026, 8, 31)), "2026-Q3")
    days = [i for i in items_in(demo, "2026-Q3") if i.published_on <= dt.date(2026, 8, 31)]
    assert early.whole.now.published == len(days) < made(demo, "2026-Q3").whole.now.published
    assert not early.over


# --- terms


@pytest.mark.parametrize("text", ["2026-Q3", "2026q3", "2026年第三季度", "2026年3季度", "2026第3季度"])
def test_quarter_is_understood_as_people_write_it(text: str):
    assert str(parse_term(text)) == "2026-Q3"


@pytest.mark.parametrize("text", ["", "2026-Q5", "第三季度", "26-Q3", "2026-09", "3026"])
def test_what_is_no_term_is_none(text: str):
    assert parse_term(text) is None


def test_terms_lie_around_the_days():
    assert last_quarter(dt.date(2026, 1, 5)) == term("2025-Q4")
    assert term("2026-Q1").before == term("2025-Q4")
    assert term("2026").before == term("2025")
    days = [dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2027, 1, 1)]
    assert [str(t) for t in terms(days, TODAY)] == ["2026", "2026-Q1", "2025", "2025-Q4"]
