"""What a question's words of time ask for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.annotation.time import Order, Relation, bounded, tag_question, window_of, without_time
from retrieval.annotation.time.values import span_of
from retrieval.schema import TimexType

WEDNESDAY = date(2016, 11, 2)


def days(text: str, today: date = WEDNESDAY) -> tuple[str | None, str | None] | None:
    span = window_of(text, today).span
    return None if span is None else tuple(d and d.isoformat() for d in (span.first, span.last))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What happened on 21 October?", "2016-10-21", "2016-10-21"),
        ("What happened at the harbour last week?", "2016-10-24", "2016-10-30"),
        ("What happened in october 2016?", "2016-10-01", "2016-10-31"),
        ("What happened in the past three days?", "2016-10-30", "2016-11-02"),
        ("What happened yesterday morning?", "2016-11-01", "2016-11-01"),
        ("What happened on Friday?", "2016-10-28", "2016-10-28"),
        ("What will happen on Friday?", "2016-11-04", "2016-11-04"),
        ("What happens on Friday?", "2016-11-04", "2016-11-04"),
        ("What happened in December?", "2015-12-01", "2015-12-31"),
        ("What was due to happen in December?", "2016-12-01", "2016-12-31"),
        ("What was due to happen in October?", "2016-10-01", "2016-10-31"),
        ("What happened between March and June?", "2016-03-01", "2016-06-30"),
        ("What happened from 2004 to 2006?", "2004-01-01", "2006-12-31"),
        ("What happened between 21 and 23 October 2016?", "2016-10-21", "2016-10-23"),
        ("What happened before 2006?", None, "2005-12-31"),
        ("What happened until 2006?", None, "2006-12-31"),
        ("What happened after Oct. 21?", "2016-10-22", None),
        ("What has happened since 2006?", "2006-01-01", None),
        ("What happened around Christmas?", "2015-12-22", "2015-12-28"),
        ("What happened in the first half of 2016?", "2016-01-01", "2016-06-30"),
        ("What comes next?", "2016-11-02", None),
    ],
)
def test_a_question_asks_for_these_days(question: str, first: str | None, last: str | None) -> None:
    assert days(question) == (first, last)


@pytest.mark.parametrize(
    "question",
    [
        "What did the 2005 agreement say?",
        "What is in the 2020 budget?",
        "Who won the 2016 election?",
        "Who signed the agreement of 2005?",
    ],
)
def test_a_date_that_names_the_subject_narrows_nothing(question: str) -> None:
    time = window_of(question, WEDNESDAY)
    assert time.span is None
    assert time.phrase is None
    assert time.names_subject
    assert without_time(question, time) == question


@pytest.mark.parametrize(
    ("question", "embedded"),
    [
        ("What happened at the harbour last week?", "What happened at the harbour?"),
        ("What happened on 21 October?", "What happened?"),
        ("Since 2006, what has the mayor built?", ", what has the mayor built?"),
        ("What was decided between March and June about the bridge?", "What was decided about the bridge?"),
        ("What was reported in September about the fire in 2005?", "What was reported about the fire?"),
        ("Who owns the bridge?", "Who owns the bridge?"),
    ],
)
def test_the_words_of_time_are_kept_out_of_what_is_searched_for(question: str, embedded: str) -> None:
    assert without_time(question, window_of(question, WEDNESDAY)) == embedded


def test_when_it_was_reported_is_kept_apart_from_when_it_happened() -> None:
    time = window_of("What was reported in September about events in 2005?", WEDNESDAY)
    assert time.span is not None
    assert time.span.value == "2005"
    assert time.published is not None
    assert time.published.value == "2016-09"


def test_last_weeks_articles_are_a_window_of_publication() -> None:
    time = window_of("last week's articles about the bridge", WEDNESDAY)
    assert time.span is None
    assert time.published is not None
    assert time.published.value == "2016-W43"


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("latest news on the bridge", Order.LATEST),
        ("What is the most recent ruling?", Order.LATEST),
        ("When was the first strike?", Order.FIRST),
        ("Who is the first lady?", None),
        ("What comes next?", Order.FIRST),
        ("Who owns the bridge?", None),
    ],
)
def test_latest_and_first_sort(question: str, order: Order | None) -> None:
    assert window_of(question, WEDNESDAY).order is order


def test_before_the_election_waits_for_the_election_to_be_found() -> None:
    question = "What happened before the election was called?"
    time = window_of(question, WEDNESDAY)
    assert time.span is None
    assert time.relation is Relation.BEFORE
    assert time.event is not None
    assert question[time.event.start : time.event.end] == "the election"


def test_a_question_without_a_date_asks_for_any_time() -> None:
    time = window_of("Who owns the bridge?", WEDNESDAY)
    assert (time.span, time.phrase, time.relation, time.names_subject) == (None, None, None, False)


def test_the_past_three_days_of_a_question_have_days() -> None:
    (expression,) = tag_question("in the past three days", WEDNESDAY)
    assert expression.type is TimexType.DURATION
    assert expression.span is not None
    assert expression.span.last == WEDNESDAY


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("who was shot in oct 2022", "2022-10"),
        ("how much did it lose on dec 16 2021", "2021-12-16"),
        ("what happened on the 5th of nov 2020", "2020-11-05"),
        ("who sat 5 exams", None),
        ("what did jan say in the dec issue", None),
    ],
)
def test_short_months_in_small_letters_have_a_figure_beside_them(question: str, value: str | None) -> None:
    spans = [e.span.value for e in tag_question(question, WEDNESDAY) if e.span is not None]
    assert spans == ([] if value is None else [value])


@given(st.dates(), st.sampled_from(Relation))
def test_bounds_never_fail_and_never_run_backwards(day: date, relation: Relation) -> None:
    span = span_of(day.isoformat())
    assert span is not None
    found = bounded(span, relation)
    if found is not None and found.first is not None and found.last is not None:
        assert found.first <= found.last


@given(st.text(), st.dates())
def test_any_question_is_read(text: str, today: date) -> None:
    time = window_of(text, today)
    for stretch in (time.phrase, time.published_phrase, time.event):
        assert stretch is None or 0 <= stretch.start < stretch.end <= len(text)
    without_time(text, time)
