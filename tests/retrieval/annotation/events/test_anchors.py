"""Which dates are those of a happening, and which only tell of a thing, a comparison or the page."""

from __future__ import annotations

import pytest

from tests.retrieval.annotation.events.read_events import MONDAY, dated, events

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Shares fell on Friday, their lowest since November 2002.", ["2016-10-28"]),
        ("Turnout on Friday was 61%, a record high since 1998.", ["2016-10-28"]),
        ("Profit on Friday was 4 million, compared with 9 million a year earlier.", ["2016-10-28"]),
        ("The yield fell on Friday to 1.4% from 1.5% late Thursday.", ["2016-10-28"]),
        ("Sales rose 3% from 2009.", []),
        ("More people came than in 2009.", []),
        ("More than 300 people, up from 200 in 2009, came on Friday.", ["2016-10-28"]),
        # no comparison
        ("Interest in it has grown since 2011.", ["2011"]),
        ("He has been under arrest since May 2011.", ["2011-05"]),
        ("More than 40 people died in 2009.", ["2009"]),
        ("Sales rose 3% from March to June.", ["2016-03/2016-06"]),
        ("Compared with others, the firm did well in 2009.", ["2009"]),
        ("He moved from 40 King Street in 1990.", ["1990"]),
    ],
)
def test_what_something_is_compared_with_does_not_date_it(text: str, values: list[str]) -> None:
    assert [value for _, value, _ in dated(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The parade was led by 2012 champion Ann Lowe.", []),
        ("She beat 2009 champion Ann Lowe on Friday.", ["2016-10-28"]),
        ("Sales grew, he said during the firm's third quarter results call on Friday.", ["2016-10-28"]),
        ("The firm reported third-quarter results on Friday.", ["2016-10-28"]),
        ("Third-quarter sales rose.", ["2016-Q3"]),
        ("By 2030 emissions will fall.", ["2030"]),
        ("In 2009 prices rose.", ["2009"]),
        ("In the third quarter sales rose.", ["2016-Q3"]),
    ],
)
def test_what_a_date_says_of_a_thing_does_not_date_the_clause(text: str, values: list[str]) -> None:
    assert [value for _, value, _ in dated(text)] == values


def test_a_day_of_what_a_clause_is_about_is_that_of_the_thing() -> None:
    assert dated("Police gave a conference on the Oct. 4 killing of a banker.") == [
        ("the Oct. 4 killing of a banker", "2016-10-04", "happened")
    ]
    assert dated("He was jailed for the Oct. 4 fire.") == [("the Oct. 4 fire", "2016-10-04", "happened")]
    assert dated("At the start of the Oct. 4 meeting, they voted.") == [
        ("At the start of the Oct. 4 meeting, they voted", "2016-10-04", "happened")
    ]
    assert dated("The mill fell in the Oct. 4 storm.") == [
        ("The mill fell in the Oct. 4 storm", "2016-10-04", "happened")
    ]


def test_when_a_page_was_published_and_updated_is_no_happening() -> None:
    text = "Oct. 29, 2016 Updated Oct. 30, 2016, 8:27 p.m. ET\n\nThe mill burned down."
    (news,) = events(text)
    assert text[news.start : news.end] == "The mill burned down"
    assert news.when.first == MONDAY
    assert dated("The rules were last updated on 3 May 2016.") != []
    assert dated("When did it burn? On 2 May.") != []


def test_how_exactly_a_day_is_meant_is_no_other_day() -> None:
    assert [value for _, value, _ in dated("They must be gone by Friday and not a day later.")] == ["2016-11-04"]


def test_the_hours_of_a_timetable_are_no_happenings() -> None:
    text = "The fair was on Friday. Police came at 3 p.m. and left.\n\nRoute 12: 6am to 10pm\nRoute 14 6am to 11pm"
    assert [value for _, value, _ in dated(text)] == ["2016-10-28", "2016-10-28T15:00"]


@pytest.mark.parametrize(
    "text",
    [
        "The tournament has ended on June 16 three times.",
        "Twice in its history the fair was held on August 2.",
        "Games are played on Thursdays and Sunday throughout the season.",
        "Shops are usually shut on Christmas Day.",
        "They showed the game of 16 June 1978. First pitch is at 5 p.m.",
    ],
)
def test_what_is_so_many_times_is_of_no_one_day(text: str) -> None:
    assert [value for _, value, _ in dated(text) if value != "1978-06-16"] == []


def test_what_happened_several_times_on_one_day_is_of_that_day() -> None:
    assert [value for _, value, _ in dated("He was hit three times on Friday.")] == ["2016-10-28"]
    assert [value for _, value, _ in dated("It has been shut three times since Friday.")] == ["2016-10-28"]


def test_the_night_of_a_day_is_when_something_is_said_to_have_happened() -> None:
    assert dated("It rained. On the morning of 3 May 1950, a guard is said to have fled.") == [
        ("On the morning of 3 May 1950, a guard is said to have fled", "1950-05-03", "happened")
    ]
    assert dated("It rained. The clock of 1612 has not been found.") == []
