"""What the grammar of a question tells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.questions.question_syntax import Role, asking_sentence, question_syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc


def parsed(sentences: Iterable[str]) -> Iterable[Doc]:
    return parse(load_parser(), sentences)


@pytest.mark.parametrize(
    ("question", "focus", "predicate", "role"),
    [
        ("Who built the lighthouse at Cape Orrin?", None, "built", Role.SUBJECT),
        ("Which popular singer will launch a residency this year?", "singer", "launch", Role.SUBJECT),
        ("What do the dockers want?", None, "want", Role.OBJECT),
        ("What did Roe study?", None, "study", Role.OBJECT),
        ("What company did Lowe start?", "company", "start", Role.OBJECT),
        ("How many cups have the Reds won?", "cups", "won", Role.OBJECT),
        ("who did the club ask to look into how the purse was lost?", None, "ask", Role.OBJECT),
        ("What charges is Roe facing?", "charges", "facing", Role.OBJECT),
        ("Who is going to replace Roe?", None, "replace", Role.SUBJECT),
        ("How much did the Morrin bridge cost?", None, "cost", Role.OTHER),
        ("how much did the ferry cost?", None, "cost", Role.OTHER),
        ("Does the club have to sell its hall?", None, "sell", Role.OTHER),
        ("were the two divers shot?", None, "shot", Role.OTHER),
        ("Why did the council take control of the pool?", None, "control", Role.OTHER),
        ("why is the runway closing", None, "closing", Role.OTHER),
        ("Why did the runway close?", None, "close", Role.OTHER),
        ("when is the court hearing", "hearing", None, Role.OTHER),
        ("Are pets allowed at the camp?", None, "allowed", Role.OTHER),
        ("Which kind of animal was it?", "animal", None, Role.OTHER),
        ("What was the magnitude of the quake?", "magnitude", None, Role.OTHER),
        ("Which of the following cities saw the biggest rise?", "cities", "saw", Role.SUBJECT),
        ("A fish was caught on Monday. Which animal was it?", "animal", None, Role.SUBJECT),
    ],
)
def test_what_is_asked_for_and_what_is_said_of_it(
    question: str, focus: str | None, predicate: str | None, role: Role
) -> None:
    syntax = question_syntax(question, parsed)
    assert (question[slice(*syntax.focus)] if syntax.focus else None) == focus
    assert (question[slice(*syntax.predicate)] if syntax.predicate else None) == predicate
    if predicate:
        assert syntax.role is role


@pytest.mark.parametrize(
    ("question", "asking"),
    [
        ("The mayor resigned on Monday. Who takes over from her?", "Who takes over from her?"),
        ("Who said “It is over. We go home”?", "Who said “It is over. We go home”?"),
        ("who won", "who won"),
        ("How many jets did the U.S. send?", "How many jets did the U.S. send?"),
        ("What did Dr. Moss tell the inquiry?", "What did Dr. Moss tell the inquiry?"),
        ("The plant moved to the U.S. Why did it move?", "Why did it move?"),
        ("why did J. R. Moss leave", "why did J. R. Moss leave"),
        ("“It is over. We go home.” That is all. Who said it?", "Who said it?"),
    ],
)
def test_what_precedes_the_sentence_that_asks_is_no_part_of_it(question: str, asking: str) -> None:
    assert question[slice(*asking_sentence(question))] == asking


@pytest.mark.parametrize("question", ["", "?", "qwrt zxcv", "when", "of which", "Dr. " * 50_000, "“a. " * 50_000])
def test_any_text_is_read(question: str) -> None:
    assert question_syntax(question, parsed).asking.start == 0
