"""The year at the end of a range or a list is that of all its dates."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.annotation.time import joined, tag

PUBLISHED = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Between 3 March and 9 April 2020 the shop was shut.", ["2020-03-03", "2020-04-09"]),
        ("It rained from April to July 2018.", ["2018-04", "2018-07"]),
        ("It was open from May 3 to June 4, 2018.", ["2018-05-03", "2018-06-04"]),
        ("From 30 December to 2 January 2019 it was dark.", ["2018-12-30", "2019-01-02"]),
        ("It rained in March and April 2020.", ["2020-03", "2020-04"]),
        ("Sales fell in November, December and January 2019.", ["2018-11", "2018-12", "2019-01"]),
        ("Between early March and late May 2018 it rained.", ["2018-03", "2018-05"]),
        # the dates of two things
        ("It opened on May 3 and closed on June 4, 2018.", ["2026-05-03", "2018-06-04"]),
        ("On May 3, June 2018 figures were published.", ["2026-05-03", "2018-06"]),
        ("They met on Friday and on 3 May 2018.", ["2026-05-15", "2018-05-03"]),
        ("It was shut from May 2017 to July 2018.", ["2017-05", "2018-07"]),
    ],
)
def test_a_year_at_the_end_counts_for_the_dates_before_it(text: str, values: list[str]) -> None:
    assert [e.value for e in tag(text, PUBLISHED)] == values


def test_a_range_whose_year_stands_at_its_end_is_one() -> None:
    text = "The plant was shut between June and September 2019."
    (both,) = joined(text, tag(text, PUBLISHED))
    assert both.span is not None
    assert (both.span.first, both.span.last) == (date(2019, 6, 1), date(2019, 9, 30))


def test_a_year_at_the_end_counts_without_a_day_of_publication() -> None:
    assert [e.value for e in tag("From 3 March to 9 April 2020 it was shut.", None)] == ["2020-03-03", "2020-04-09"]
