"""Days as people read them."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.schema import Granularity, TimeSpan, Window
from retrieval.search.found_events import EventQuery
from retrieval.search.wording import understood, written

D = date


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (TimeSpan(D(2016, 10, 22), D(2016, 10, 22), Granularity.DAY, "2016-10-22"), "22 October 2016"),
        (TimeSpan(D(2016, 10, 21), D(2016, 10, 22), Granularity.RANGE, "2016-10-21/2016-10-22"), "21–22 October 2016"),
        (TimeSpan(D(2016, 10, 1), D(2016, 10, 31), Granularity.MONTH, "2016-10"), "October 2016"),
        (TimeSpan(D(2016, 10, 1), D(2016, 10, 31), Granularity.MONTH, "2016-10", "END"), "late October 2016"),
        (TimeSpan(D(2013, 1, 1), D(2013, 12, 31), Granularity.YEAR, "2013"), "2013"),
        (TimeSpan(D(2013, 1, 1), D(2013, 12, 31), Granularity.YEAR, "2013", "APPROX"), "about 2013"),
        (TimeSpan(D(1990, 1, 1), D(1999, 12, 31), Granularity.DECADE, "199X"), "1990s"),
        (TimeSpan(D(2027, 3, 1), D(2027, 5, 31), Granularity.SEASON, "2027-SP"), "spring 2027"),
        (TimeSpan(D(2026, 3, 9), D(2026, 3, 15), Granularity.WEEK, "2026-W11"), "week of 9 March 2026"),
        (TimeSpan(D(2026, 3, 9), D(2026, 3, 9), Granularity.TIME, "2026-03-09T06:30"), "9 March 2026, 06:30"),
        (TimeSpan(D(2026, 3, 9), D(2026, 3, 9), Granularity.TIME, "2026-03-09TEV"), "9 March 2026, evening"),
        (TimeSpan(D(2004, 1, 1), None, Granularity.YEAR, "2004", "ON_OR_AFTER"), "since 2004"),
        (TimeSpan(None, D(1949, 12, 31), Granularity.YEAR, "1950", "BEFORE"), "before 1950"),
        (TimeSpan(D(2026, 6, 1), None, Granularity.MONTH, "2026-06", "ON_OR_AFTER"), "since June 2026"),
        (TimeSpan(None, None, Granularity.RANGE, "XXXX-10-21/XXXX-10-22"), "21–22 October, year unknown"),
        (TimeSpan(None, None, Granularity.MONTH, "XXXX-09"), "September, year unknown"),
        (TimeSpan(None, None, Granularity.DAY, "XXXX-WXX-6"), "date unknown"),
        (TimeSpan(None, None, Granularity.DAY, "XXXX-99-01"), "date unknown"),
        (TimeSpan(D(2026, 12, 30), D(2027, 1, 2), Granularity.RANGE, ""), "30 December 2026 – 2 January 2027"),
        (TimeSpan(D(2026, 4, 1), D(2026, 7, 31), Granularity.RANGE, "2026-04/2026-07"), "April – July 2026"),
    ],
)
def test_days_are_written_at_the_granularity_at_which_they_are_known(when: TimeSpan, text: str) -> None:
    assert written(when) == text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (EventQuery(), "events"),
        (EventQuery(D(2016, 10, 22), D(2016, 10, 22)), "events on 22 October 2016"),
        (EventQuery(D(2016, 10, 21), D(2016, 10, 22)), "events from 21 October 2016 to 22 October 2016"),
        (EventQuery(D(2016, 10, 1), D(2016, 10, 31), "the talks"), "events in October 2016 about “the talks”"),
        (EventQuery(D(2016, 1, 1), D(2016, 12, 31)), "events in 2016"),
        (EventQuery(D(2016, 10, 22), None), "events since 22 October 2016"),
        (EventQuery(D(2026, 10, 21), D(2026, 10, 21), any_year=True), "events on 21 October of any year"),
        (
            EventQuery(published=Window(D(2016, 9, 1), D(2016, 9, 30))),
            "events, in articles published in September 2016",
        ),
    ],
)
def test_it_is_said_how_a_search_was_understood(query: EventQuery, text: str) -> None:
    assert understood(query) == text
