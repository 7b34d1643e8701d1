"""Dates that are put together from two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.annotation.time import tag
from retrieval.annotation.time.lexicon import MONTHS, WEEKDAYS

MONDAY = date(2000, 4, 17)

days = st.dates(min_value=date(1970, 1, 1), max_value=date(2100, 1, 1))


def values(text: str, published: date | None = MONDAY) -> list[str]:
    return [e.value for e in tag(text, published, article=False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council met on Monday of last week.", ["2000-04-10"]),
        ("They will sign on Friday next week.", ["2000-04-28"]),
        ("It closed on Tuesday of this week.", ["2000-04-18"]),
        ("The vote is on the first Tuesday in November 2000.", ["2000-11-07"]),
        ("It opens on the second Tuesday of next month.", ["2000-05-09"]),
        ("It closed on the last Friday of March 1999.", ["1999-03-26"]),
        ("The fair is held in the third week of January.", ["2000-W03"]),
        ("The fair was held on the first weekend in May 1999.", ["1999-W17-WE"]),
        ("The last week of April was wet.", ["2000-W17"]),
        ("The bell rang two Sundays ago.", ["2000-04-09"]),
        ("It burned the day after Christmas.", ["1999-12-26"]),
        ("They left two days before Christmas 1998.", ["1998-12-23"]),
        ("It shut the Friday before Labor Day.", ["1999-09-03"]),
        ("The talks are on April 24 and 25.", ["2000-04-24", "2000-04-25"]),
        ("They met on March 21, 22 and 23.", ["2000-03-21", "2000-03-22", "2000-03-23"]),
        ("They met on 3 and 4 March 1999.", ["1999-03-03", "1999-03-04"]),
        ("It lasted from April 3 to 5.", ["2000-04-03/2000-04-05"]),
        ("They met on the 15th.", ["2000-04-15"]),
        ("They will meet on the 15th.", ["2000-05-15"]),
        ("The June meeting will be on the 15th.", ["2000-06", "2000-06-15"]),
        ("They met in May. They will meet on the 15th.", ["1999-05", "2000-05-15"]),
        ("It is due by the 20th of this month.", ["2000-04-20"]),
        ("He left a year and a half ago.", ["1998-10"]),
        ("It shuts by year-end.", ["2000-12-31"]),
        ("Prices rose since year-end.", ["1999-12-31"]),
        ("Elian was found Thanksgiving Day clinging to a tube.", ["1999-11-25"]),
        ("They signed a June agreement.", ["2000-06"]),
        ("He left the firm after cuts in May.", ["2000-05"]),
        ("He died in May.", ["1999-05"]),
        ("It had been scheduled to close on Friday.", ["2000-04-14"]),
        ("The two meet Friday.", ["2000-04-21"]),
    ],
)
def test_these_stand_for(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On May 5, 12 were hurt.", ["2000-05-05"]),
        ("On May 5, 30 people left.", ["2000-05-05"]),
        ("Between May 3 and 5 people left.", ["2000-05-03"]),
        ("She lives on the 18th floor.", []),
        ("It is open 24 hours a day.", []),
        ("In the days after the fire, nobody came.", []),
        ("It was a Christmas tree.", []),
    ],
)
def test_these_name_no_further_day(text: str, expected: list[str]) -> None:
    assert values(text) == expected


def test_without_a_day_of_publication_no_year_is_made_up() -> None:
    assert values("They met on April 24 and 25.", None) == ["XXXX-04-24", "XXXX-04-25"]
    for text in ("On Monday of last week.", "two Sundays ago", "on the 15th", "the first Monday in May"):
        assert not any(value[:1].isdigit() for value in values(text, None))


@given(days, st.integers(0, 6), st.sampled_from([("last", -1), ("this", 0), ("next", 1)]))
def test_a_weekday_of_a_week_is_that_weekday_within_that_week(today: date, n: int, week: tuple[str, int]) -> None:
    (found,) = tag(f"It was on {WEEKDAYS[n].title()} of {week[0]} week.", today, article=False)
    assert found.span is not None
    assert found.span.first is not None
    assert found.span.first == found.span.last
    assert found.span.first.weekday() == n
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=week[1])
    assert monday <= found.span.first < monday + timedelta(days=7)


@given(days, st.integers(1, 4), st.integers(0, 6), st.integers(1, 12), st.integers(1980, 2080))
def test_the_nth_weekday_of_a_month_lies_in_that_month(
    today: date, nth: int, weekday: int, month: int, year: int
) -> None:
    ordinal = ("first", "second", "third", "fourth")[nth - 1]
    text = f"It is on the {ordinal} {WEEKDAYS[weekday].title()} in {MONTHS[month - 1].title()} {year}."
    (found,) = tag(text, today, article=False)
    assert found.span is not None
    day = found.span.first
    assert day is not None
    assert (day.year, day.month, day.weekday(), (day.day - 1) // 7 + 1) == (year, month, weekday, nth)


@given(days, st.integers(2, 6))
def test_weekdays_ago_are_past_and_so_many_weeks_apart(today: date, n: int) -> None:
    words = ("", "", "two", "three", "four", "five", "six")
    (found,) = tag(f"It rang {words[n]} Sundays ago.", today, article=False)
    assert found.span is not None
    assert found.span.first is not None
    assert found.span.first.weekday() == 6
    assert 7 * (n - 1) < (today - found.span.first).days <= 7 * n
