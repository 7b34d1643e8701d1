"""The judge: which sentence answers a question, and whether any does."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.answering.sentences.answer_judge import AnswerJudge

pytestmark = pytest.mark.model

TOLD = (
    "The ferry Marigold ran aground off Cape Orrin on Sunday with 212 people aboard.",
    "Its sister ship, the Tansy, was repaired in Lindow last year after a fire that injured nine.",
    "Harbour master Ines Calder said it struck a reef because the crew had taken a light on the shore for a buoy.",
    "Divers are to look at the hull as soon as the wind drops.",
    "The line has run ferries on the coast since 1931.",
)


@pytest.fixture(scope="module")
def judge() -> AnswerJudge:
    return AnswerJudge()


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("How many people were on the ferry that ran aground?", 0),
        ("Why did the Marigold run aground?", 2),
        ("Who explained how the accident came about?", 2),
        ("which ship burned last year", 1),
        ("When will the hull be examined?", 3),
    ],
)
def test_the_sentence_that_answers_has_the_highest_score(judge: AnswerJudge, question: str, right: int) -> None:
    assert int(judge.scores(question, TOLD).argmax()) == right


def test_what_is_answered_scores_higher_than_what_is_not(judge: AnswerJudge) -> None:
    answered = judge.scores("How many people were on the ferry that ran aground?", TOLD).max()
    not_told = judge.scores("What did the captain of the Marigold earn?", TOLD).max()
    other = judge.scores("Who won the mayoral election in Quito?", TOLD).max()
    assert answered > 0 > max(not_told, other)


def test_a_score_does_not_depend_on_what_is_judged_beside_it(judge: AnswerJudge) -> None:
    question = "Why did the Marigold run aground?"
    together = judge.scores(question, TOLD)
    alone = np.concatenate([judge.scores(question, [sentence]) for sentence in TOLD])
    assert np.allclose(together, alone, atol=0.1)
    assert np.allclose(judge.scores(question, TOLD[::-1])[::-1], together, atol=0.1)


def test_nothing_to_judge_gives_nothing(judge: AnswerJudge) -> None:
    assert judge.scores("Why?", []).shape == (0,)


@pytest.mark.parametrize("text", ["", "x" * 100_000, "why " * 50_000, "\u202e\u0300" * 500])
def test_any_text_can_be_judged(judge: AnswerJudge, text: str) -> None:
    assert np.isfinite(judge.scores(text, [text, TOLD[0]])).all()
