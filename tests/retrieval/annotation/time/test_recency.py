"""When what answers a question was most likely published."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.annotation.time import prior_of

WEDNESDAY = date(2016, 11, 2)
WEEK_BACK = date(2016, 10, 26)


@pytest.mark.parametrize(
    "question",
    [
        "Which quay was recently rebuilt?",
        "What happened at the port this week?",
        "What is the latest on the talks?",
        "What does the mayor want now?",
        "Who is the first lady now?",
        "Is the bridge still open?",
        "What is going on in Geneva?",
        "Which company just announced layoffs?",
        "Bread recently rose in price; how much dearer is it than a year ago?",
        "What will the envoy do on Saturday?",
        "Who will sing later this year?",
    ],
)
def test_words_of_recency_ask_for_the_last_days(question: str) -> None:
    prior = prior_of(question, WEDNESDAY)
    assert prior is not None
    assert (prior.first, prior.last, prior.strength) == (WEEK_BACK, WEDNESDAY, 0.5)


@pytest.mark.parametrize(
    "question",
    [
        "Has the council agreed to the talks?",
        "Have the two sides met?",
        "Why hasn't the bridge been repaired?",
        "Has the 2005 agreement been revisited?",
        "What has changed since the summit?",
        "What has the council done in the last year?",
        "When will the bridge open?",
        "What is the mayor planning?",
        "Which firm is being sued?",
    ],
)
def test_the_present_perfect_and_what_is_under_way_ask_for_the_last_days_less_strongly(question: str) -> None:
    prior = prior_of(question, WEDNESDAY)
    assert prior is not None
    assert (prior.first, prior.strength) == (WEEK_BACK, 0.3)


@pytest.mark.parametrize(
    "question",
    [
        "Who owns the quay?",
        "Why did the deal fall apart?",
        "Which city has the most people?",
        "Who won the 2016 election?",
        "Which still life was sold?",
        "Who is the first lady?",
    ],
)
def test_of_two_articles_that_answer_alike_the_newer_is_taken(question: str) -> None:
    prior = prior_of(question, WEDNESDAY)
    assert prior is not None
    assert (prior.first, prior.strength) == (WEEK_BACK, 0.1)


@pytest.mark.parametrize(
    "question",
    [
        "What did the 2005 agreement say?",
        "Has the country ever tested a bomb?",
        "What was the first test?",
        "What was agreed before the summit?",
        "How soon after the fire did it reopen?",
        "What happened in the 1990s?",
        "How many people died in 2006?",
    ],
)
def test_a_question_of_old_asks_for_no_days_of_publication(question: str) -> None:
    assert prior_of(question, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What did the spokesman say on Monday?", date(2016, 10, 31), WEDNESDAY),
        ("What did the mayor say yesterday?", date(2016, 11, 1), WEDNESDAY),
        ("What was decided in March 2016?", date(2016, 3, 1), date(2016, 4, 7)),
        ("What did last week's articles say about the dam?", date(2016, 10, 24), date(2016, 10, 30)),
        ("How many tests were there this year?", date(2016, 10, 2), WEDNESDAY),
    ],
)
def test_days_that_are_named_are_reported_then_or_soon_after(question: str, first: date, last: date) -> None:
    prior = prior_of(question, WEDNESDAY)
    assert prior is not None
    assert (prior.first, prior.last) == (first, last)


@given(st.text(), st.dates())
def test_any_question_is_read_and_asks_for_no_day_after_today(text: str, today: date) -> None:
    prior = prior_of(text, today)
    if prior is not None:
        assert prior.first <= prior.last
        assert 0 < prior.strength <= 1
