"""Whether a happening is of the days asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.schema import Granularity, TimeSpan
from retrieval.search.days import LEAST_FIT, fit, least_begun
from tests.told import span

OCTOBER = (date(2016, 10, 1), date(2016, 10, 31))
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def unknown(value: str) -> TimeSpan:
    return TimeSpan(None, None, Granularity.DAY, value)


@pytest.mark.parametrize(
    ("when", "days"),
    [
        (span(date(2016, 10, 22)), OCTOBER),
        (span(date(2016, 9, 30), date(2016, 10, 2)), OCTOBER),
        (unknown("XXXX-10-21/XXXX-10-22"), OCTOBER),
        (unknown("XXXX-10"), OCTOBER),
        (unknown("XXXX-12-30/XXXX-01-02"), (date(2017, 1, 1), date(2017, 1, 1))),
        (unknown("XXXX-02-29"), (date(2016, 2, 1), date(2016, 2, 29))),
        (TimeSpan(date(2016, 10, 3), None, Granularity.DAY, "2016-10-03", "ON_OR_AFTER"), OCTOBER),
    ],
)
def test_what_is_of_these_days_is_found(when: TimeSpan, days: tuple[date | None, date | None]) -> None:
    assert fit(when, *days) >= LEAST_FIT


@pytest.mark.parametrize(
    ("when", "days"),
    [
        (span(date(1994, 1, 1), date(1994, 12, 31), granularity=Granularity.YEAR), OCTOBER),
        (span(date(2016, 1, 1), date(2016, 12, 31)), (date(2016, 10, 22), date(2016, 10, 22))),
        (unknown("XXXX-09"), OCTOBER),
        (unknown("XXXX-02-29"), (date(2015, 2, 1), date(2015, 2, 28))),
        (unknown("XXXX-WXX-6"), OCTOBER),
        (unknown("XXXX-10-21"), (date(2016, 1, 1), date(2016, 12, 31))),
        (unknown("XXXX-10-21"), (None, date(2016, 12, 31))),
        (TimeSpan(date(1997, 1, 1), None, Granularity.YEAR, "1997", "ON_OR_AFTER"), OCTOBER),
        (TimeSpan(None, date(2016, 12, 31), Granularity.DAY, "2016-12-31", "BEFORE"), OCTOBER),
    ],
)
def test_what_is_not_of_these_days_is_not_offered(when: TimeSpan, days: tuple[date, date]) -> None:
    assert fit(when, *days) < LEAST_FIT


@pytest.mark.parametrize(
    ("modifier", "day", "fits"),
    [
        ("END", 1, False),
        ("END", 25, True),
        ("START", 3, True),
        ("START", 30, False),
        ("MID", 15, True),
        ("MID", 1, False),
    ],
)
def test_late_in_a_month_is_not_its_first_day(modifier: str, day: int, fits: bool) -> None:
    october = TimeSpan(*OCTOBER, Granularity.MONTH, "2016-10", modifier)
    asked = date(2016, 10, day)
    assert (fit(october, asked, asked) >= LEAST_FIT) is fits
    assert fit(october, *OCTOBER) == 1.0


def test_a_year_fits_a_month_less_than_a_day_of_it_does() -> None:
    year = span(date(2016, 1, 1), date(2016, 12, 31))
    assert LEAST_FIT <= fit(year, *OCTOBER) < 0.5 < fit(span(date(2016, 10, 22)), *OCTOBER)


def test_days_without_a_year_fit_those_of_any_year() -> None:
    twenty_first = (date(2026, 10, 21), date(2026, 10, 21))
    assert fit(span(date(2016, 10, 21)), *twenty_first, any_year=True) == 1.0
    assert fit(span(date(2016, 10, 20)), *twenty_first, any_year=True) == 0.0
    turn = (date(2026, 12, 31), date(2027, 1, 1))
    assert fit(span(date(2017, 1, 1)), *turn, any_year=True) == 1.0
    assert fit(span(date(2017, 2, 28)), date(2028, 2, 29), date(2028, 2, 29), any_year=True) == 1.0


@given(DAYS, st.integers(0, 800), DAYS, st.integers(0, 800))
def test_days_meet_exactly_where_they_overlap(first: date, length: int, low: date, width: int) -> None:
    last, high = first + timedelta(days=length), low + timedelta(days=width)
    share = fit(span(first, last), low, high)
    assert 0.0 <= share <= 1.0
    assert (share > 0) == (first <= high and low <= last)
    assert (share == 1.0) == (low <= first and last <= high)


@given(DAYS, st.integers(0, 40))
def test_a_day_of_unknown_year_fits_its_own_year(day: date, width: int) -> None:
    assert fit(unknown(f"XXXX-{day:%m-%d}"), day, day + timedelta(days=width)) > 0


@given(DAYS, st.integers(0, 400), DAYS)
def test_no_days_are_too_far_for_any_year(low: date, width: int, day: date) -> None:
    fit(span(day), low, low + timedelta(days=width), any_year=True)
    fit(unknown("XXXX-02-29"), low, None)
    fit(unknown("XXXX-02-29"), None, low)


@given(DAYS, st.none() | st.integers(0, 40_000), DAYS, st.integers(0, 800))
def test_what_fits_began_no_earlier_than_is_looked_for(first: date, length: int | None, low: date, width: int) -> None:
    last = None if length is None else first + timedelta(days=length)
    high = low + timedelta(days=width)
    when = TimeSpan(first, last, Granularity.RANGE, "?")
    begun = least_begun(low, high)
    assert begun is not None
    assert first >= begun or fit(when, low, high) < LEAST_FIT
