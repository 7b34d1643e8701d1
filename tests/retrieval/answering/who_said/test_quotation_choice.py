"""Which quotations are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.answering.who_said.quotation_choice import certain_ones, said_to
from retrieval.schema import Stretch
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


BAKER = (
    "Ada Lind, a baker, wept. She had lost her shop. Her brother, Nils Lind, was there. “Go home,” the judge told her."
)
SKIPPER = "Milo Farr was freed. Farr wept; he had lost his ship. Mr Farr bowed. “Go home,” the judge told him."


@pytest.mark.parametrize(
    ("text", "told", "asked", "said"),
    [
        (BAKER, "her", "lind", True),
        (BAKER, "her", "Nils Lind", False),  # "her" may be another of that name
        (SKIPPER, "him", "Milo Farr", True),
        (SKIPPER, "her", "Farr", False),
        (SKIPPER, "him", "the prosecutor", False),
        (SKIPPER, "reporters", "the reporters", True),
        (SKIPPER, "reporters", "Farr", False),
    ],
)
def test_to_whom_it_was_said_is_told_by_a_name_before_it(text: str, told: str, asked: str, said: bool) -> None:
    start = text.index("“")
    found = [replace(quotation("Go home"), addressee=told, said=Stretch(start, len(text)))]
    assert bool(said_to(asked, found, lambda _: text)) is said
