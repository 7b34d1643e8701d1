"""Requests for all that there is about something."""

from __future__ import annotations

import pytest

from retrieval.answering.questions.requests import as_question


@pytest.mark.parametrize(
    ("request_", "what"),
    [
        ("Summarise the quay inquiry", "the quay inquiry"),
        ("please summarize the strike for me about pay?", "the strike for me about pay"),
        ("Can you give me a short summary of the strike?", "the strike"),
        ("What do the articles say about the quay?", "the quay"),
        ("What do you know about Ines Calder?", "Ines Calder"),
        ("what's known about the leak", "the leak"),
        ("Anything on the ferry?", "the ferry"),
    ],
)
def test_a_request_for_all_about_something_is_one_question(request_: str, what: str) -> None:
    assert as_question(request_) == f"Tell me about {what}"


@pytest.mark.parametrize(
    "question",
    [
        "What did the mayor say about the quay?",
        "Who summarised the report?",
        "What is written on the wall?",
        "Tell me about the quay",
        "What is the summary judgment about?",
    ],
)
def test_a_question_stays_as_it_is(question: str) -> None:
    assert as_question(question) == question
