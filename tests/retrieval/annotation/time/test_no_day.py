"""What has the form of a date and is of no day, or of no day that is known."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.annotation.time import tag


@pytest.mark.parametrize(
    "text",
    [
        "Tests are given 6 a.m. to 2 p.m. Monday through Friday.",
        "The shop opens at 9 a.m. daily.",
        "The council meets on the first Tuesday of the month.",
        "Every Monday and Wednesday, the buses bring meals.",
        "The last month and a half has not been easy.",
    ],
)
def test_what_happens_every_week_and_how_long_it_lasts_is_of_no_day(text):
    assert all(e.span is None for e in tag(text, date(2020, 9, 1)))


@pytest.mark.parametrize(
    "text",
    [
        "The office is open on weekdays from 8 a.m. to 6 p.m.",
        "There is no service between 1 a.m. and 4:30 a.m.",
        "Pensioners travel free after 9 a.m. only.",
        "What is left is thrown away on the same day.",
        "He usually got up at 6 a.m.",
        "## Where to ask\n\nThe desk closes at 6 p.m.",
        "Where to ask\n\nThe desk closed at 6 p.m.",
    ],
)
def test_a_rule_and_what_stands_under_another_heading_are_not_of_the_day_named_before(text):
    assert [e.span for e in tag(f"The street was shut on 25 July.\n{text}\n", date(2020, 8, 1)) if e.span][1:] == []


@pytest.mark.parametrize(
    "text",
    [
        "The desk closed at 6 p.m.",
        "Every seat was taken at 6 p.m.",
        "The hall was open from 5 p.m. to 6 p.m.",
        "The two met on the same day.",
        "Where he was\nRoe was there at 6 p.m.",
    ],
)
def test_a_time_in_a_story_is_of_the_day_named_before(text):
    found = tag(f"The street was shut on 25 July. {text}", date(2020, 8, 1))
    assert {e.span.first for e in found if e.span} == {date(2020, 7, 25)}


@pytest.mark.parametrize(
    "text",
    [
        "It rained. Sunday opening will begin.",
        "She left on a Sunday and not on one Friday.",
        "He cried on the Monday and laughed on the Tuesday.",
        "It was told in the week after the crash.",
        "Profits fell in the quarter after the merger.",
        "It cost a lot in the week it was flooded.",
        "It was the last week of the strike.",
    ],
)
def test_what_a_day_of_the_week_is_for_and_the_week_after_something_are_of_no_known_day(text):
    assert tag(text, date(2020, 9, 1)) == []


def test_a_day_to_come_that_is_over_in_a_text_on_years_before_has_no_year():
    text = "She left on 20 August 2014. Ann Poe was arrested on 10 December. She will be tried on 12 December."
    assert [e.value for e in tag(text, date(2016, 11, 1))] == ["2014-08-20", "XXXX-12-10", "2016-12-12"]


@pytest.mark.parametrize(
    "text",
    [
        "Its brands include Sunday Table and Old Mill.",
        "It makes Old Mill, Sunday Table and Rye.",
        "Friday Fare sells for four pounds.",
        "The Sunday Courier printed it.",
        "The Friday Club meets in the hall.",
        "The January Project raised the money.",
        "Our Friday Treat raised the money.",
        "Ms Friday and Detective Friday were there.",
    ],
)
def test_a_day_or_a_month_in_a_name_is_no_date(text):
    assert tag(text, date(2020, 9, 1)) == []


@pytest.mark.parametrize(
    "text",
    [
        "On Friday Ann Poe left.",
        "Officials said Friday Ann Poe had left.",
        "The council Friday told Ann Poe so.",
        "They spoke in a Friday Harbour Office meeting.",
        "She said so in her Friday Harbour Office speech.",
        "She left on Monday or Friday Ann Poe says.",
        "In June Ann Poe left.",
        "The June Harbour Office meeting was short.",
        "On Friday I left.",
    ],
)
def test_a_day_or_a_month_before_a_name_is_a_date(text):
    assert tag(text, date(2020, 9, 1)) != []
