"""What holds for every date and every text."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from datetime import time as clock_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.annotation.time import lexicon, tag
from retrieval.annotation.time.holidays import easter, nth_weekday
from retrieval.annotation.time.lexicon import MONTHS, WEEKDAYS, word_list
from retrieval.annotation.time.values import UNITS, shift_months, span_of, unit_value
from retrieval.schema import TimeSpan
from tests.growth import assert_linear

days = st.dates(date(1950, 1, 1), date(2090, 12, 31))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def span(text: str, published: date | datetime) -> TimeSpan:
    (expression,) = tag(text, published)
    assert expression.span is not None
    return expression.span


def holds(found: TimeSpan, day: date) -> bool:
    return found.first is not None and found.last is not None and found.first <= day <= found.last


@given(days, days)
def test_a_full_date_is_that_day_whenever_it_is_read(published: date, day: date) -> None:
    for written in (
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
        day.isoformat(),
        f"{day:%A}, {day:%b}. {day.day}, {day.year}" if day.month != 5 else day.isoformat(),
    ):
        found = span(f"They met on {written}.", published)
        assert (found.first, found.last) == (day, day)


@given(days, st.integers(1, 400))
def test_days_ago_count_back_over_year_ends_and_leap_days(published: date, n: int) -> None:
    found = span(f"They met {n} days ago.", published)
    assert found.first == found.last == published - timedelta(days=n)


@given(days, st.integers(1, 60))
def test_weeks_ago_hold_the_same_weekday_that_many_weeks_back(published: date, n: int) -> None:
    found = span(f"They met {n} weeks ago.", published)
    assert holds(found, published - timedelta(weeks=n))
    assert found.first is not None
    assert found.first.weekday() == 0


@given(days, st.integers(1, 60))
def test_months_ago_hold_the_day_that_many_months_back(published: date, n: int) -> None:
    assert holds(span(f"They met {n} months ago.", published), shift_months(published, -n))


@given(days, st.integers(0, 6))
def test_a_bare_weekday_of_the_past_is_the_latest_including_today(published: date, weekday: int) -> None:
    found = span(f"They met on {WEEKDAYS[weekday].title()}.", published)
    assert found.first is not None
    assert found.first.weekday() == weekday
    assert timedelta(0) <= published - found.first <= timedelta(days=6)


@given(days, st.integers(0, 6))
def test_a_bare_weekday_of_the_future_lies_within_the_week_to_come(published: date, weekday: int) -> None:
    found = span(f"They will meet on {WEEKDAYS[weekday].title()}.", published)
    assert found.first is not None
    assert found.first.weekday() == weekday
    assert timedelta(0) <= found.first - published <= timedelta(days=6)


@given(days, st.integers(1, 12))
def test_a_bare_month_has_the_month_named_and_lies_on_the_side_of_the_tense(published: date, month: int) -> None:
    name = MONTHS[month - 1].title()
    past, ahead = span(f"They met in {name}.", published), span(f"They will meet in {name}.", published)
    for found in (past, ahead):
        assert found.first is not None
        assert found.last is not None
        assert found.first.month == found.last.month == month
        assert found.first.day == 1
        assert (found.last + timedelta(days=1)).day == 1
    assert past.first is not None
    assert past.first <= published
    assert ahead.last is not None
    assert ahead.last >= published


@given(days, st.integers(1, 12), st.integers(1, 28))
def test_a_day_and_month_without_a_year_is_the_nearest_or_half_a_year_off_where_the_tense_looks(
    published: date, month: int, day: int
) -> None:
    found = span(f"They met on {MONTHS[month - 1].title()} {day}.", published)
    assert found.first is not None
    assert (found.first.month, found.first.day) == (month, day)
    distance = abs((found.first - published).days)
    assert distance <= 183 or (found.first < published and distance < 366 - 120)


@given(days)
def test_leap_day_without_a_year_is_a_leap_day(published: date) -> None:
    found = span("They met on Feb. 29.", published)
    assert found.first is not None
    assert (found.first.month, found.first.day) == (2, 29)


@given(days)
def test_this_last_and_next_unit_stand_side_by_side(published: date) -> None:
    for unit in ("week", "month", "year"):
        last, this, after = (span(f"They met {word} {unit}.", published) for word in ("last", "this", "next"))
        assert holds(this, published)
        assert last.last is not None
        assert this.first == last.last + timedelta(days=1)
        assert this.last is not None
        assert after.first == this.last + timedelta(days=1)


@given(days, st.times(), offsets)
def test_today_is_the_day_on_the_publishers_clock(day: date, clock: clock_time, zone: timezone) -> None:
    published = datetime.combine(day, clock, zone)
    found = span("They met today.", published)
    assert found.first == published.date()


@given(days, st.sampled_from([*UNITS, "weekend"]))
def test_the_unit_that_holds_a_day_holds_it(day: date, unit: str) -> None:
    found = span_of(unit_value(day, unit))
    assert found is not None
    assert found.first is not None
    assert holds(found, day) or (unit == "weekend" and day.weekday() < 5 and 0 < (found.first - day).days < 7)


@given(st.integers(1600, 2399))
def test_easter_is_a_sunday_between_its_bounds(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(0, 6))
def test_the_last_weekday_of_a_month_is_its_fourth_or_fifth(year: int, month: int, weekday: int) -> None:
    last = nth_weekday(year, month, weekday, -1)
    assert last.month == month
    assert last.weekday() == weekday
    assert (last + timedelta(days=7)).month != month


WORDS = st.sampled_from(
    [
        "\n\n",
        *word_list(
            "last next this the a three 12 21 31 1999 2016 0 99999 May Oct. Monday week years ago later before "
            "half of mid - early quarter first third Easter noon 10:30 p.m. EST and to about every twice now ’90s "
            "30/2/2016 2016-13-40 , . — ( fiscal Q3 summer million centuries hundred Ramadan year-end from since "
            "by 's o'clock FY17 millennium"
        ),
    ]
)


@settings(max_examples=300)
@given(st.text() | st.lists(WORDS, max_size=30).map(" ".join), st.none() | st.dates())
def test_any_text_gives_expressions_in_bounds_sorted_and_disjoint(text: str, published: date | None) -> None:
    found = tag(text, published)
    end = 0
    for expression in found:
        assert end <= expression.start < expression.end <= len(text)
        assert text[expression.start : expression.end].strip() == text[expression.start : expression.end]
        end = expression.end
        if expression.span is not None and expression.span.first is not None and expression.span.last is not None:
            assert expression.span.first <= expression.span.last


MONOTONOUS = ["1 ", "the ", "twenty-", "Oct. ", "aaaa", "last ", "1999-", " \n", "p.m. ", "0", "’"]


@pytest.mark.parametrize("part", MONOTONOUS)
def test_long_and_monotonous_text_takes_time_in_proportion(part: str) -> None:
    assert_linear(lambda text: tag(text, date(2016, 10, 31)), part, size=500)


@pytest.mark.parametrize("unit", lexicon.UNITS)
@pytest.mark.parametrize("form", ["It fell two {}s ago.", "It fell a {} earlier.", "It will fall a {} from now."])
def test_every_unit_can_be_counted_from_a_day(unit: str, form: str) -> None:
    tag(form.format(unit), date(2024, 5, 4))


def test_a_millennium_ago_is_a_century() -> None:
    (found,) = tag("The mill fell a millennium ago.", date(2024, 5, 4))
    assert found.value == "10XX"
