"""Questions for the source of the last answer, told from questions on something written."""

from __future__ import annotations

import pytest

from retrieval.answering.conversation.sources_asked import asks_for_source
from retrieval.schema import Turn

CITED = (("operator", "buses"),)
BUSES = Turn("What did Penn say?", "He called the strike needless. [1]", CITED)


@pytest.mark.parametrize(
    "question",
    [
        "which article is that from?",
        "What paper was that in?",
        "any source for that",
        "source?",
        "and the link please?",
        "can you give me the link",
        "what's your source?",
        "where did you get that?",
        "where does that come from",
        "who wrote it?",
        "who wrote that article?",
        "when was that published?",
        "was that article published in october?",
        "how old is that article?",
        "what is the headline?",
        "which newspaper says that?",
    ],
)
def test_the_source_of_the_last_answer_is_asked_for(question: str) -> None:
    assert asks_for_source(question, [BUSES])


@pytest.mark.parametrize(
    ("question", "turns"),
    [
        ("who wrote it?", [Turn("Who is in the play?", "Ada Lind is. [1]", CITED)]),
        ("when was it published?", [BUSES, Turn("What did the report say?", "The articles do not answer that.")]),
        ("who wrote the letter?", [BUSES]),
        ("when was the report on the bridge published?", [BUSES]),
        ("who is the author of The Salt Road?", [BUSES]),
        ("which article of the treaty is that?", [BUSES]),
        ("what is the source of the river?", [BUSES]),
        ("where is that?", [BUSES]),
        ("who said that?", [BUSES]),
        ("which newspaper did he buy?", [BUSES]),
    ],
)
def test_what_is_asked_of_something_written_or_of_anything_else_is_not(question: str, turns: list[Turn]) -> None:
    assert not asks_for_source(question, turns)
