"""Days in any spelling, and topics that name days."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.errors import BadInput
from retrieval.search.event_questions import event_query

TODAY = date(2016, 11, 1)


@pytest.mark.parametrize(
    ("options", "first", "last"),
    [
        ({"on": "2016-10-22"}, date(2016, 10, 22), date(2016, 10, 22)),
        ({"on": "22 October 2016"}, date(2016, 10, 22), date(2016, 10, 22)),
        ({"on": "Oct. 21-22"}, date(2016, 10, 21), date(2016, 10, 22)),
        ({"on": "last week"}, date(2016, 10, 24), date(2016, 10, 30)),
        ({"on": "October 2016"}, date(2016, 10, 1), date(2016, 10, 31)),
        ({"first": "March 2016", "last": "April 2016"}, date(2016, 3, 1), date(2016, 4, 30)),
        ({"first": "2016"}, date(2016, 1, 1), None),
        ({"last": "yesterday"}, None, date(2016, 10, 31)),
        ({"about": "the storm in February 2014"}, date(2014, 2, 1), date(2014, 2, 28)),
        ({"about": "the 2005 agreement"}, None, None),
    ],
)
def test_days_are_read_in_any_spelling(options: dict[str, str], first: date | None, last: date | None) -> None:
    query = event_query(TODAY, **options)  # type: ignore[arg-type]
    assert (query.first, query.last) == (first, last)


def test_a_date_of_the_topic_is_kept_out_of_its_words_unless_it_names_the_subject() -> None:
    assert event_query(TODAY, about="the storm in February 2014").about == "the storm"
    assert event_query(TODAY, about="the 2005 agreement").about == "the 2005 agreement"
    assert event_query(TODAY, about="last week").about is None


def test_happening_and_publication_are_kept_apart() -> None:
    query = event_query(TODAY, on="2005", published_first="September 2016", published_last="September 2016")
    assert (query.first, query.last) == (date(2005, 1, 1), date(2005, 12, 31))
    assert (query.published.first, query.published.last) == (date(2016, 9, 1), date(2016, 9, 30))
    asked = event_query(TODAY, about="what was reported in September about events in 2005")
    assert (asked.first, asked.published.first) == (date(2005, 1, 1), date(2016, 9, 1))


@pytest.mark.parametrize(
    ("on", "is_open"), [("21 October", True), ("October", True), ("21 October 2016", False), ("last week", False)]
)
def test_only_a_day_named_without_its_year_leaves_the_year_open(on: str, is_open: bool) -> None:
    assert event_query(TODAY, on=on).year_open is is_open


@pytest.mark.parametrize(
    "options",
    [
        {"on": "the mayor"}, {"on": ""}, {"first": "soon"}, {"on": "x" * 5000},
        {"on": "2016", "first": "2015"}, {"first": "2016", "last": "2015"}, {"about": "x " * 500},
    ],
)  # fmt: skip
def test_what_names_no_days_is_one_plain_sentence(options: dict[str, str]) -> None:
    with pytest.raises(BadInput) as caught:
        event_query(TODAY, **options)  # type: ignore[arg-type]
    assert len(str(caught.value)) < 200
