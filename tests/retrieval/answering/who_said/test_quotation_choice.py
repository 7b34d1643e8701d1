"""Which quotations are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.answering.who_said.quotation_choice import certain_ones
from retrieval.search.speech_questions import speech_question
from tests.answers import quotation


@pytest.mark.parametrize(
    ("question", "certain"),
    [
        ("Who said the bridge is safe?", True),
        ("Who said that the bridge was sound?", True),  # in other words, and nothing else is near
        ("Who said that nobody would ever beat the record?", False),
    ],
)
def test_who_said_so_is_told_only_where_some_of_it_was_said(question: str, certain: bool) -> None:
    asked = speech_question(question)
    assert asked is not None
    found = [replace(quotation(), score=0.75)]
    assert bool(certain_ones(asked, found)) is certain
