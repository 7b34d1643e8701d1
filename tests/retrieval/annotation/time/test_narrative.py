"""Dates that are told by the dates before them."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.annotation.time import tag
from tests.retrieval.annotation.time.tagged import MONDAY, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "They met on March 3, 2015. Two weeks later they parted.",
            [("March 3, 2015", "2015-03-03"), ("Two weeks later", "2015-W12")],
        ),
        (
            "They met on March 3, 2015. The following day they parted.",
            [("March 3, 2015", "2015-03-03"), ("The following day", "2015-03-04")],
        ),
        (
            "They signed in 2005. The following year they tore it up.",
            [("2005", "2005"), ("The following year", "2006")],
        ),
        (
            "They met on March 3, 2015. They had quarrelled the day before.",
            [("March 3, 2015", "2015-03-03"), ("the day before", "2015-03-02")],
        ),
        (
            "They met on March 3, 2015, and fought that night.",
            [("March 3, 2015", "2015-03-03"), ("that night", "2015-03-03TNI")],
        ),
        (
            "They met in 2006. Since then they have quarrelled.",
            [("2006", "2006"), ("then", "2006")],
        ),
        (
            "They met on March 3, 2015. It rained at the time.",
            [("March 3, 2015", "2015-03-03"), ("the time", "2015-03-03")],
        ),
        (
            "They met in 2015. In May of the same year they parted.",
            [("2015", "2015"), ("May of the same year", "2015-05")],
        ),
        (
            "They met in March 2015. They signed on Oct. 3 of that year.",
            [("March 2015", "2015-03"), ("Oct. 3 of that year", "2015-10-03")],
        ),
        (
            "They met in March 2015, and parted that August, in Orrin.",
            [("March 2015", "2015-03"), ("that August", "2015-08")],
        ),
        (
            "They met in March 2015 and knew that August was hot.",
            [("March 2015", "2015-03"), ("August", "2016-08")],
        ),
        (
            "They met on March 3, 2015. In the morning it rained.",
            [("March 3, 2015", "2015-03-03"), ("the morning", "2015-03-03TMO")],
        ),
        (
            "They hoped to open it late Monday or early Tuesday.",
            [("late Monday", "2016-10-31"), ("early Tuesday", "2016-11-01")],
        ),
        (
            "It will be shut on Thursday, Nov. 10, and Friday and the morning of Saturday.",
            [("Thursday, Nov. 10", "2016-11-10"), ("Friday", "2016-11-11"), ("Saturday", "2016-11-12")],
        ),
        (
            "The vote on Nov. 14 was announced Monday.",
            [("Nov. 14", "2016-11-14"), ("Monday", "2016-10-31")],
        ),
        (
            "It rained on Friday and on Thursday.",
            [("Friday", "2016-10-28"), ("Thursday", "2016-10-27")],
        ),
        (
            "Profit was $3 in the third quarter, up from $2 a year earlier.",
            [("the third quarter", "2016-Q3"), ("a year earlier", "2015-Q3")],
        ),
        (
            "Profit rose in the third quarter. In the year-ago quarter there was a loss.",
            [("the third quarter", "2016-Q3"), ("the year-ago quarter", "2015-Q3")],
        ),
    ],
)
def test_in_narrative_the_date_before_counts(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


def test_then_is_no_date_that_is_far_back_or_over() -> None:
    far = "It opened in 1911.\n\nThe mayor promised it.\n\nUntil then, the bus was late."
    over = "It opened in 1911. Until then, the mobile library will come."
    assert [e.value for text in (far, over) for e in tag(text, date(2026, 11, 20))] == ["1911", "1911"]


def test_in_a_running_report_each_day_has_its_own_heading() -> None:
    day = "{}\n\nIt rained yesterday.\n\n"
    text = "The latest.\n\n" + day.format("Tuesday, July 21, 2020") + day.format("Monday, July 20, 2020")
    days = [value for phrase, value in read(text, date(2020, 3, 12)) if phrase == "yesterday"]
    assert days == ["2020-07-20", "2020-07-19"]


def test_three_years_later_is_not_resolved_to_after_the_article() -> None:
    assert read("They met in 2015. A century later nobody remembered.")[1] == ("A century later", "XXXX")


@pytest.mark.parametrize(
    "text",
    [
        "The pipe burst on March 3. The board said on Friday that it had told the police the next morning.",
        "The board said on Friday that a pipe had burst. She said that it had told the farms at 11.20 p.m.",
        "Police said on Friday that they were called at 3 a.m.",
        "She told the court on Friday: “We went home. The next day we came back.”",
        "The crew had been hurt, Roe said on Friday. She had promised to come the following morning.",
        "Tuesday, 4 October 2016\n\nA cook said that she heard a splash at 11 p.m.",
        "Roe told reporters on Friday that he had resigned the following week.",
    ],
)
def test_what_was_before_a_saying_does_not_count_from_its_day(text: str) -> None:
    assert [e.span.first for e in tag(text, date(2016, 10, 31)) if e.span is not None][1:] in ([], [date(2016, 10, 28)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The board said on Friday that it would meet the following day.", "2016-10-29"),
        ("The board refused on Friday. The next day it agreed.", "2016-10-29"),
        ("The board said no on Friday and met the next day.", "2016-10-29"),
        ("Two men were arrested on Friday, police said. They were freed the next day.", "2016-10-29"),
        ("He said on Friday that he had met her the day before.", "2016-10-27"),
        ("The hall burned on Friday. Police were called at 3 a.m.", "2016-10-28T03:00"),
        ("On Friday, anyone can come after 3 a.m.", "2016-10-28T03:00"),
        ("He said on Friday that he had resigned and would leave the next day.", "2016-10-29"),
        ("The mill closed on May 3. It had been sold in 1990 and had burned the following year.", "1991"),
    ],
)
def test_what_follows_a_saying_and_what_follows_a_happening_is_dated(text: str, expected: str) -> None:
    assert read(text)[-1][1] == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("- **October 1782.** The duke sent ships. They went home in November.", ["1782-10", "1782-11"]),
        ("- October 1782. The duke sent ships. They went home in March.", ["1782-10", "1783-03"]),
        ("2018: It opens in the north on April 6.", ["2018", "2018-04-06"]),
        ("October 1782. The duke sent ships.\nThe show closed in March.", ["1782-10", "2016-03"]),
        ("The mill, built in May 1881, burned down in March.", ["1881-05", "2016-03"]),
        ("In the winter of 2012 it was left on, and it still ran in January.", ["2012-WI", "XXXX-01"]),
        ("They showed a letter of February 2015 that it must be mended by the next winter.", ["2015-02", "2015-WI"]),
    ],
)
def test_a_month_in_an_entry_is_of_the_year_that_heads_it(text: str, values: list[str]) -> None:
    assert [value for _, value in read(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "A fire broke out in 1934. Tom Bell smelled smoke that night.",
        "It was opened in May 1901. The next day it burned.",
        "He came on Friday. In 2009 he had been ill. That night he died.",
        "The war ended in 1918; the men came home at Easter.",
        "It opened in 1950. It burned down at Easter.",
    ],
)
def test_a_day_that_nothing_near_it_places_is_not_made_up(text: str) -> None:
    assert not [e for e in tag(text, MONDAY) if text[e.start : e.end].lower() in DAYS and e.span is not None]


DAYS = {"that night", "the next day", "easter"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A fire broke out on 3 May 1934. Tom Bell smelled smoke that night.", "1934-05-03TNI"),
        ("On Friday, in its first match since 2009, the club won. The next day it lost.", "2016-10-29"),
        ("The shop was founded in 1986. It will be shut at Easter.", "2017-04-16"),
        ("The men came home at Easter.", "2016-03-27"),
    ],
)
def test_a_day_that_something_near_it_places_is_resolved(text: str, value: str) -> None:
    assert value in [e.value for e in tag(text, MONDAY)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The road was closed until Friday, when crews cleared it.", "2016-10-28"),
        ("The city had no champion until Sunday when it won.", "2016-10-30"),
        ("No one was told until Friday.", "2016-10-28"),
        ("No trains will run until Friday.", "2016-11-04"),
        ("The road will be closed until Friday, when crews clear it.", "2016-11-04"),
        ("They meet on Saturday, when the fair will open.", "2016-11-05"),
    ],
)
def test_what_was_so_when_a_day_came_says_which_day_is_meant(text: str, value: str) -> None:
    assert [e.value for e in tag(text, MONDAY)] == [value]
