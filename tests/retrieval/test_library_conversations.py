"""Questions in a conversation, asked of the library: what they are taken to be about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import Turn

BEES = (
    "Eleven beekeepers are taking Keston town council to court over bees that died in June.\n\n"
    "The council says it used only a product based on vinegar. It will not pay.\n"
)
MEALS = (
    "Children in Marsham will eat potatoes from farms nearby, after a vote on Thursday.\n\n"
    "The council said that all cooks would be offered work in the new kitchens.\n"
)


@pytest.mark.model
def test_what_a_body_says_is_told_of_the_one_that_the_talk_is_about(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    library.add([write("bees.txt", BEES)], given=Given(title="Bees die at Keston", published=date(2026, 6, 19)))
    library.add([write("meals.txt", MEALS)], given=Given(title="Meals change", published=date(2026, 6, 20)))
    question = "What does the council say?"
    alone = library.ask(question)
    assert {c.article.title for c in alone.citations} == {"Bees die at Keston", "Meals change"}
    turns = [Turn("What happened to the bees at Keston?", "Eleven beekeepers are taking Keston to court. [1]")]
    answer = library.ask(question, turns=turns)
    assert [c.article.title for c in answer.citations] == ["Bees die at Keston"]
    assert [s.citations for s in answer.sentences] == [(1,)]
    assert "vinegar" in answer.text
