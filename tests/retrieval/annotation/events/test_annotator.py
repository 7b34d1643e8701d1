"""Which clauses are events, when, and what the article says of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.annotation.annotator import Annotator
from retrieval.schema import Event, EventStatus, Stretch
from tests.retrieval.annotation.events.read_events import ANNOTATOR, MONDAY, dated, events

pytestmark = pytest.mark.model

SEED = Path(__file__).resolve().parents[5] / "shared" / "seeds" / "north-korea-talks.txt"


def test_it_is_an_annotator() -> None:
    annotator: Annotator[Event] = ANNOTATOR
    assert annotator.name == "events"
    assert annotator.version >= 1


@pytest.mark.parametrize(
    ("text", "clause", "value", "status"),
    [
        ("The envoys met in Calder on Oct. 21.", "The envoys met in Calder on Oct. 21", "2016-10-21", "happened"),
        (
            "The mayor resigned after the council rejected the plan in September.",
            "the council rejected the plan in September",
            "2016-09",
            "happened",
        ),
        ("The minister will visit the port on Saturday.", None, "2016-11-05", "scheduled"),
        ("The minister is expected to visit the port in December.", None, "2016-12", "scheduled"),
        ("The minister plans to visit the port next week.", None, "2016-W45", "scheduled"),
        ("The trial opens on Nov. 14.", None, "2016-11-14", "scheduled"),
        ("The minister may visit the port next week.", None, "2016-W45", "hypothetical"),
        ("The minister could visit the port next week.", None, "2016-W45", "hypothetical"),
        ("The minister did not visit the port on Friday.", None, "2016-10-28", "denied"),
        ("The judge ordered the firm to pay by Nov. 14.", None, "2016-11-14", "scheduled"),
        ("She called for it to be reopened in December.", None, "2016-12", "hypothetical"),
        (
            'Mr. Hale called it "wishful thinking" on Friday.',
            'Mr. Hale called it "wishful thinking" on Friday',
            "2016-10-28",
            "happened",
        ),
        (
            'On Friday Mr. Hale called it "wishful thinking".',
            'On Friday Mr. Hale called it "wishful thinking"',
            "2016-10-28",
            "happened",
        ),
        ("“It is over,” Mr. Hale said on Friday.", "“It is over,” Mr. Hale said on Friday", "2016-10-28", "happened"),
        ("NORTHAM — The fair was opened on Friday.", "The fair was opened on Friday", "2016-10-28", "happened"),
        ("NORTHAM, Oct. 31 (NPA) - They met on Friday.", "They met on Friday", "2016-10-28", "happened"),
        ("The bridge was to have reopened on Friday.", None, "2016-10-28", "denied"),
        ("The visit on Friday was cancelled.", None, "2016-10-28", "denied"),
        ("No meeting took place on Friday.", None, "2016-10-28", "denied"),
        ("The minister will not visit the port on Saturday.", None, "2016-11-05", "denied"),
        ("The strike on Nov. 4 was called off.", None, "2016-11-04", "denied"),
        (
            "If the council agrees, work could begin in January.",
            "work could begin in January",
            "2017-01",
            "hypothetical",
        ),
        ("The band played on Nov. 4.", None, "2016-11-04", "happened"),
        ("Nobody has walked out since the strike of May 1997.", "the strike of May 1997", "1997-05", "happened"),
        ("The strike never began on Friday.", None, "2016-10-28", "denied"),
    ],
)
def test_a_dated_clause_is_an_event_with_its_status(text: str, clause: str | None, value: str, status: str) -> None:
    assert dated(text) == [(clause or text.rstrip("."), value, status)]


def test_two_clauses_of_a_sentence_are_two_events() -> None:
    text = "The minister will visit the port on Saturday, and her deputy arrived on Friday."
    assert dated(text) == [
        ("The minister will visit the port on Saturday", "2016-11-05", "scheduled"),
        ("her deputy arrived on Friday", "2016-10-28", "happened"),
    ]


def test_a_relative_clause_brings_whom_it_tells_of() -> None:
    text = "The talks were led by an old diplomat who ended the war in 1994."
    assert dated(text) == [("an old diplomat who ended the war in 1994", "1994", "happened")]


def test_a_year_that_names_a_thing_anchors_nothing() -> None:
    assert dated("He helped broker the 2005 agreement.") == []
    assert dated("The council published the figures for this year.") == []
    assert dated("The council banned overnight stays.") == []
    assert dated("Today she is the sixteenth in line.") == []
    assert dated("They have lunch on the first Thursday of every month.") == []
    assert dated("She was alone in the tower until noon the next day.") == []
    assert dated("The council set a hearing for Friday.") != []


def test_a_date_inside_a_quotation_counts() -> None:
    assert dated("“We closed the mine in 2005,” she said.") == [("We closed the mine in 2005", "2005", "happened")]


def test_what_was_to_come_when_it_was_said_is_a_plan() -> None:
    assert ("We will play again tomorrow", "2016-10-29", "scheduled") in dated(
        "“We will play again tomorrow,” Bell said on Friday."
    )


def test_since_and_by_leave_an_end_open() -> None:
    (since,) = [e for e in events("They have lived there since 2004.") if e.expression is not None]
    assert (since.when.first, since.when.last) == (date(2004, 1, 1), None)
    (by,) = [e for e in events("The inquiry will report by Dec. 31, 2016.") if e.expression is not None]
    assert (by.when.first, by.when.last) == (None, date(2016, 12, 31))


def test_from_one_date_to_another_is_one_event() -> None:
    (event,) = [e for e in events("The bridge was closed from March to June.") if e.expression is not None]
    assert (event.when.first, event.when.last) == (date(2016, 3, 1), date(2016, 6, 30))


def test_the_news_itself_is_anchored_to_its_publication() -> None:
    (event,) = events("The council approved the new harbour. It is big.")
    assert event.inferred
    assert event.expression is None
    assert (event.when.first, event.when.last) == (MONDAY, MONDAY)


def test_without_a_publication_date_the_news_has_no_day() -> None:
    assert events("The council approved the new harbour.", None) == []


def test_without_a_publication_date_a_day_keeps_its_unknown_year() -> None:
    assert dated("The envoys met on Oct. 21.", None) == [("The envoys met on Oct. 21", "XXXX-10-21", "happened")]


def test_boilerplate_tells_of_nothing() -> None:
    text = "The envoys met on Oct. 21.\nOur offer ends on Nov. 30."
    found = events(text, boilerplate=(Stretch(27, len(text)),))
    assert all(e.end <= 27 for e in found)


@pytest.mark.skipif(not SEED.exists(), reason="the news story is not beside the repository")
def test_the_news_story_tells_what_happened_when() -> None:
    text = SEED.read_text(encoding="utf-8")
    found = events(text)
    october = [e for e in found if e.when.first == date(2016, 10, 21)]
    assert any("gathering" in text[e.start : e.end] for e in october)
    (visit,) = [e for e in found if e.status is EventStatus.SCHEDULED]
    assert visit.when.first == date(2016, 11, 5)
    in_october = [e for e in found if e.when.first and e.when.first.year == 2016 and e.when.first.month == 10]
    assert not any("1994" in text[e.start : e.end] for e in in_october)


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["On Monday", "he", "met.", "2005", "“", "who", ","])).map(" ".join)
)
def test_any_text_gives_clauses_in_bounds(text: str) -> None:
    for event in events(text):
        assert 0 <= event.start < event.end <= len(text)
        if event.expression is not None:
            assert event.start <= event.expression.start < event.expression.end <= event.end


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        (
            "An earlier version of this article said the crane fell on Oct. 13. It was on Oct. 12.",
            "2016-10-12",
            "happened",
        ),
        (
            "An earlier version of this article said the crane fell on Oct. 13. It was on Oct. 12.",
            "2016-10-13",
            "denied",
        ),
        ("The crane fell on Oct. 12, not Oct. 13.", "2016-10-13", "denied"),
        ("The crane fell on Oct. 12, not Oct. 13.", "2016-10-12", "happened"),
        ("The opening was first planned for September.", "2016-09", "scheduled"),
        ("The union called off a walkout planned for Oct. 20.", "2016-10-20", "denied"),
        ("The firm dropped its case in September.", "2016-09", "happened"),
        ("The opening has been pushed back to Nov. 26.", "2016-11-26", "scheduled"),
        ("The company could run out of money by January.", "2017-01", "hypothetical"),
    ],
)
def test_what_is_taken_back_moved_or_only_planned_is_told_apart(text: str, value: str, status: str) -> None:
    assert (value, status) in [(v, s) for _, v, s in dated(text)]


def test_a_correction_is_told_with_what_it_corrects() -> None:
    text = "An earlier version of this article said the crane fell on Oct. 13. It was on Oct. 12."
    assert (text.rstrip("."), "2016-10-12", "happened") in dated(text)


def test_a_line_of_credits_is_no_happening() -> None:
    text = (
        "A crane falls\n\nBy Ann Lee and Bo Diaz, The Vale of Alder Post, 31 October 2016\n\nA crane fell on Sunday.\n"
    )
    assert [value for _, value, _ in dated(text)] == ["2016-10-30"]
    assert dated("The quay by the Harbour Hotel, which Ann Lee ran, closed on 3 October 2016.")


def test_a_day_of_each_year_is_no_happening() -> None:
    assert not dated("On Oct. 3 each year the village lights a lamp.")


@pytest.mark.parametrize(
    "text",
    [
        "Vessby has a place in the final for the first time since 1998.",
        "It was the hottest day since 1976.",
        "Prices are at the highest level since May 2008.",
    ],
)
def test_since_when_it_was_so_is_no_date_of_it(text: str) -> None:
    assert [e for e in events(text) if e.expression] == []


def test_what_has_gone_on_since_then_is_dated() -> None:
    (event,) = [e for e in events("The forest has burned since 2011.") if e.expression]
    assert event.when.value == "2011"


def test_the_day_of_the_report_that_is_corrected_is_none_of_what_did_not_happen() -> None:
    assert dated("An earlier version of our report, published on Friday, said that 460 were hurt.") == []


def test_a_correction_by_that_name_takes_back_what_was_written() -> None:
    text = "Correction: last week we wrote that the hall would open on 9 November. It will open on 19 November."
    assert [(value, status) for _, value, status in dated(text)] == [
        ("2016-11-09", "denied"),
        ("2016-11-19", "scheduled"),
    ]


def test_a_dateline_under_the_headline_tells_of_nothing() -> None:
    text = "Cannery strike ends\n\nORRIN, Oct. 31, 2016 (CPA) - Workers left the cannery on Friday."
    assert dated(text) == [("Workers left the cannery on Friday", "2016-10-28", "happened")]


def test_a_question_says_of_nothing_that_it_happened() -> None:
    assert dated("It rained. Are you leaving in 2019? Did the mill burn in May?") == []
    assert dated("“Are you leaving?” she asked on Friday.") != []


def test_a_year_that_is_only_ruled_out_is_none_of_what_did_not_happen() -> None:
    assert dated("Not in 2007, when we began.") == []


def test_what_is_not_so_in_general_is_no_news_that_it_did_not_happen() -> None:
    assert events("Rivers do not read maps.") == []
    assert [e.status for e in events("The council will not build the bridge.")] == [EventStatus.DENIED]
    assert [e.status for e in events("The council has not voted.")] == [EventStatus.DENIED]


def test_a_year_to_a_day_is_no_calendar_year() -> None:
    assert [value for _, value, _ in dated("Sales rose in the year to 31 December 2005.")] == ["2005-12-31"]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Ann Poe, writing in 1911, saw hunger as the cause.", "Ann Poe, writing in 1911, saw hunger as the cause"),
        ("In 2007 I thought it was a hobby.", "In 2007 I thought it was a hobby"),
        ("Founded in 1934, the mill employs 700 people.", "Founded in 1934, the mill employs 700 people"),
        ("Nobody has come since the gale of December 2013.", "the gale of December 2013"),
        ("He died in 1911, and nobody wept.", "He died in 1911"),
    ],
)
def test_a_clause_that_says_nothing_but_its_date_stands_with_the_one_above_it(text: str, clause: str) -> None:
    assert clause in [shown for shown, _, _ in dated(text)]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The two agreed on Friday to sell the mill.", "happened"),
        ("The two agreed to sell the mill on 4 May 2010.", "scheduled"),
        ("It wasn't until September 1996 that the first ship came.", "happened"),
        ("Not until May did they tell him.", "happened"),
        ("He advised that the valve be replaced before November.", "hypothetical"),
        ("They demanded that she resign by Friday.", "hypothetical"),
        ("I'd planned it for May 2010.", "scheduled"),
        ("I'd left it there in May 2010.", "happened"),
        ("He said that the valve was replaced in September.", "happened"),
        ("It is not true that he slept here in 1940.", "denied"),
        ("It is true that he slept here in 1940.", "happened"),
    ],
)
def test_what_is_asked_for_has_not_happened(text: str, status: str) -> None:
    assert [s for _, _, s in dated(text)] == [status]


def test_a_command_and_which_thing_is_meant_are_no_happening() -> None:
    assert dated("It rained. Ask me again at the weekend.") == []
    assert dated("It rained. It replaces the car of 2012.") == []
    assert dated("It rained. They will ask for the deal of 16 September to be kept.") == []
    assert dated("It rained. They will speak of the deal of 16 November.") != []
    assert dated("It rained. The clock of 1612 has not been found.") == []
    assert dated("It rained. The clock of 1612 was sold in 2012.") != []
    assert dated("It rained. The fire of 1912 spread to the hall.") != []


def test_what_will_be_in_place_of_what_is_ruled_out_is_planned() -> None:
    found = [(value, status) for _, value, status in dated("The fair will not be in July 2017 but in June 2017.")]
    assert found == [("2017-07", "denied"), ("2017-06", "scheduled")]


def test_shortly_after_a_time_is_still_the_day_of_it() -> None:
    (event,) = [e for e in events("They were called shortly after 3 a.m. on Friday.") if e.expression]
    assert (event.when.first, event.when.last) == (date(2016, 10, 28), date(2016, 10, 28))


def test_what_is_over_is_not_told_of_a_day_well_ahead() -> None:
    assert [value for _, value, _ in dated("He was in court in April 2009, when he was fined, and in November.")] == [
        "2009-04"
    ]


def test_a_time_is_of_a_day_only_where_that_day_is_named_near() -> None:
    far = "The fair was on Friday. " + "It rained a lot and nobody came to see the band play. " * 8
    assert [value for _, value, _ in dated(far + "In May it was dry. Police came at 3 a.m.")] == [
        "2016-10-28",
        "2016-05",
    ]
