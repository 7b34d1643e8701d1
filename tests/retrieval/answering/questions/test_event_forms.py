"""What form of question about time it is."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.annotation.time import window_of
from retrieval.answering.questions.event_forms import Asked, Form, asked_of_events, tell_no_day
from retrieval.schema import EventStatus

HAPPENED = EventStatus.HAPPENED
TODAY = date(2026, 3, 10)


def asked(text: str) -> Asked | None:
    return asked_of_events(text, window_of(text, TODAY))


@pytest.mark.parametrize(
    ("question", "happening"),
    [
        ("When did the crane fall?", "the crane fall"),
        ("when was the quay built", "the quay built"),
        ("In what year did the council buy the mill?", "the council buy the mill"),
        ("On which day will the board meet?", "the board meet"),
        ("What is the date of the next meeting?", "the next meeting"),
        ("Since when has Ms Calder been mayor?", "Ms Calder been mayor"),
        ("When is the vote supposed to take place?", "the vote"),
    ],
)
def test_the_day_of_a_happening_is_asked_for(question: str, happening: str) -> None:
    assert asked(question) == Asked(Form.WHEN, happening)


@pytest.mark.parametrize(
    ("question", "form", "two"),
    [
        ("Which came first, the fire or the flood?", Form.WHICH_FIRST, ("the fire", "the flood")),
        ("What happened first: the fire or the flood?", Form.WHICH_FIRST, ("the fire", "the flood")),
        ("Did the fire or the flood come first?", Form.WHICH_FIRST, ("the fire", "the flood")),
        ("Did the fire come before the flood?", Form.IN_ORDER, ("the fire", "the flood")),
        ("Was the quay built before it sank?", Form.IN_ORDER, ("the quay built", "it sank")),
        ("How long after the fire did the mayor resign?", Form.HOW_LONG, ("the fire", "the mayor resign")),
        ("How many days passed between the fire and the flood?", Form.HOW_LONG, ("the fire", "the flood")),
        ("How long did the mayor resign after the fire?", Form.HOW_LONG, ("the fire", "the mayor resign")),
    ],
)
def test_two_happenings_are_compared(question: str, form: Form, two: tuple[str, str]) -> None:
    found = asked(question)
    assert found is not None
    assert (found.form, found.two) == (form, two)


@pytest.mark.parametrize(
    "question",
    [
        "Did the mayor resign before 2016?",
        "Was it closed after Monday?",
        "Who built the quay?",
        "How long is the quay?",
    ],
)
def test_these_compare_nothing(question: str) -> None:
    found = asked(question)
    assert found is None or found.two is None


def test_what_is_to_be_done_if_something_happens_is_no_event() -> None:
    assert asked("What happens if they run out of names in 2026?") is None
    assert asked("What happened in 2026?") == Asked(Form.HAPPENED)


def test_what_has_happened_is_not_when_something_is_to_be() -> None:
    assert HAPPENED in tell_no_day("When will the ferry be all electric?")
    assert HAPPENED not in tell_no_day("When was the ferry built?")
    assert HAPPENED not in tell_no_day("When will the trial start?")
