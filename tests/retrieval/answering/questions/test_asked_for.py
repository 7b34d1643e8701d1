"""What a question asks for, by its form."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.questions.asked_for import AskedFor, asked_for
from retrieval.search.understanding import understand

FORMS = Path(__file__).with_name("question_forms.txt").read_text(encoding="utf-8")
"""Blocks of questions, each headed by the kind of thing that would answer."""
CASES = [
    (line.strip(), AskedFor(kind))
    for kind, *lines in (block.splitlines() for block in FORMS.split("\n\n"))
    for line in lines
]


def test_there_are_at_least_150_question_forms() -> None:
    assert len({question for question, _ in CASES}) >= 150


def test_no_form_stands_under_two_kinds() -> None:
    assert len({question for question, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("question", "kind"), CASES)
def test_a_question_asks_for_what_its_form_says(question: str, kind: AskedFor) -> None:
    assert asked_for(understand(question).text).kind is kind


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("how long is the pier?", "is the pier?"),
        ("name of the ship?", "the ship?"),
        ("How many boats sank?", "boats sank?"),
        ("what day of the week was the vote", "was the vote"),
    ],
)
def test_words_that_only_say_what_is_asked_for_do_not_tell_what_it_is_about(question: str, about: str) -> None:
    assert asked_for(question).about.endswith(about)
    assert not {"how", "many", "long", "name"} & set(asked_for(question).about.split())


@given(st.text(max_size=300))
def test_any_text_asks_for_something(text: str) -> None:
    assert asked_for(text).kind in AskedFor
