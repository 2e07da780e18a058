"""Dates, periods and spans in the spellings of real pages (R4.4, R4.9)."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.model import Period
from gongkai.reading.values import BadDate, parse_date, parse_flag, parse_period, parse_span

DAY = dt.date(2026, 9, 28)
NUMERALS = "〇一二三四五六七八九"

GOOD = [
    "2026-09-28",
    "2026-9-28",
    "2026/09/28",
    "2026/9/28",
    "2026.09.28",
    "2026.9.28",
    "2026年9月28日",
    "2026年09月28日",
    "2026年9月28号",
    "2026 年 9 月 28 日",
    "20260928",
    "二〇二六年九月二十八日",
    "二○二六年九月二十八日",
    "二零二六年九月二十八日",
    "二O二六年九月二十八日",
    "２０２６－０９－２８",
    "2026-09-28 09:16",
    "2026-09-28 09:16:05",
    "2026-09-28T09:16:05",
    "2026年9月28日 9时16分",
    "  2026-09-28\t",
]

BAD = {
    "2026-02-30": "不存在：2026年2月只有28天",
    "2024-02-30": "不存在：2024年2月只有29天",
    "2026/9/31": "不存在：2026年9月只有30天",
    "2026-13-01": "不存在：没有13月",
    "2026-00-10": "不存在：没有0月",
    "2026-09-00": "不存在：没有0日",
    "26-09-28": "的年份要写四位",
    "26.9.28": "的年份要写四位",
    "202341": "没有分隔符，分不清月和日",
    "2026928": "没有分隔符，分不清月和日",
    "2021-06-2109时16分": "里日期和时间连在一起了，分不清是几日几时",
    "2021-06-2109:16": "里日期和时间连在一起了，分不清是几日几时",
    "0026-09-28": "的年份（26年）不像是真实的",
    "2998-09-28": "的年份（2998年）不像是真实的",
    "2026-09": "不是日期",
    "2026": "不是日期",
    "9月28日": "不是日期",
    "上个月底": "不是日期",
    "": "不是日期",
}

PERIODS = {
    "2026": Period(2026),
    "2026年": Period(2026),
    "2026年度": Period(2026),
    "2026-H1": Period(2026, half=1),
    "2026h2": Period(2026, half=2),
    "2026年上半年": Period(2026, half=1),
    "2026年下半年": Period(2026, half=2),
    "2026-Q3": Period(2026, quarter=3),
    "2026q3": Period(2026, quarter=3),
    "2026年第三季度": Period(2026, quarter=3),
    "2026年3季度": Period(2026, quarter=3),
    "2026年三季度": Period(2026, quarter=3),
    "2026-09": Period(2026, month=9),
    "2026-9": Period(2026, month=9),
    "2026年9月": Period(2026, month=9),
    "2026年9月份": Period(2026, month=9),
    "2026年12月": Period(2026, month=12),
    "２０２６年９月": Period(2026, month=9),
}

NO_PERIODS = ["2026-Q5", "2026-13", "2026-00", "2026-H3", "26", "2026年春季", "本季度", "1848", ""]

SPANS = ["2026-10-09至2026-10-15", "2026-10-09 至 2026-10-15止", "2026年10月9日到2026年10月15日", "2026-10-09~2026-10-15",
         "2026.10.9—2026.10.15", "2026.10.9——2026.10.15"]  # fmt: skip


def chinese(n: int) -> str:
    """5 as 五, 28 as 二十八."""
    tens, units = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十") + (NUMERALS[units] if units else "")


FORMS = [
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month:02d}.{d.day:02d}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d:%Y%m%d}",
    lambda d: "".join(NUMERALS[int(c)] for c in str(d.year)) + f"年{chinese(d.month)}月{chinese(d.day)}日",
    lambda d: f"{d.isoformat()} 08:30",
]


@pytest.mark.parametrize("text", GOOD)
def test_date_is_read_in_every_spelling(text: str):
    assert parse_date(text) == DAY


@pytest.mark.parametrize("text", BAD)
def test_bad_date_says_why(text: str):
    with pytest.raises(BadDate) as caught:
        parse_date(text)
    assert str(caught.value) == BAD[text]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("2026-02-30", "2026-02-28"), ("2026-09-00", "2026-09-01"), ("2021-06-2109时16分", "2021-06-21")],
)
def test_impossible_date_shows_the_nearest_right_one(text: str, nearest: str):
    with pytest.raises(BadDate) as caught:
        parse_date(text)
    assert caught.value.nearest == dt.date.fromisoformat(nearest)


@settings(deadline=None)
@given(st.dates(dt.date(1949, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(FORMS))
def test_every_date_in_every_form_parses_back(day: dt.date, form):
    assert parse_date(form(day)) == day


@settings(deadline=None)
@given(st.text() | st.from_regex(r"[0-9〇一二十]{1,5}[-/.年][0-9十]{0,3}[-/.月]?[0-9]{0,3}[日T ]?.{0,3}"))
def test_parse_date_raises_nothing_but_bad_date(text: str):
    with contextlib.suppress(BadDate):
        assert isinstance(parse_date(text), dt.date)


@pytest.mark.parametrize("text", PERIODS)
def test_period_is_read_in_every_spelling(text: str):
    assert parse_period(text) == PERIODS[text]


@pytest.mark.parametrize("text", NO_PERIODS)
def test_what_is_no_period_gives_none(text: str):
    assert parse_period(text) is None


periods = st.integers(1949, 2199).flatmap(
    lambda year: st.one_of(
        st.just(Period(year)),
        st.integers(1, 2).map(lambda n: Period(year, half=n)),
        st.integers(1, 4).map(lambda n: Period(year, quarter=n)),
        st.integers(1, 12).map(lambda n: Period(year, month=n)),
    )
)


@settings(deadline=None)
@given(periods)
def test_period_round_trips_in_the_canonical_form_and_in_that_of_residents(period: Period):
    assert parse_period(str(period)) == period
    assert parse_period(period.label) == period


@settings(deadline=None)
@given(st.text())
def test_parse_period_never_raises(text: str):
    assert parse_period(text) is None or isinstance(parse_period(text), Period)


@pytest.mark.parametrize("text", SPANS)
def test_span_is_read_in_every_spelling(text: str):
    assert parse_span(text) == (dt.date(2026, 10, 9), dt.date(2026, 10, 15))


@pytest.mark.parametrize("text", ["2026-10-09", "", "公示七天", "2026-10-09至2026-10-12至2026-10-15"])
def test_what_is_no_span_gives_none(text: str):
    assert parse_span(text) is None


def test_span_with_an_impossible_day_says_why():
    with pytest.raises(BadDate, match="2026年9月只有30天"):
        parse_span("2026-09-25至2026-09-31")


@pytest.mark.parametrize(
    ("text", "flag"),
    [("true", True), ("True", True), ("yes", True), ("是", True), ("false", False), ("no", False), ("否", False)],
)
def test_flag_is_read_in_the_usual_spellings(text: str, flag: bool):
    assert parse_flag(text) is flag


def test_other_words_are_no_flag():
    assert parse_flag("也许") is None
