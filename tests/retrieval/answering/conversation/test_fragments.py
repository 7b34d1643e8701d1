"""Fragments and corrections, put in the place of what is of their kind in the question before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.conversation.condensing import condense
from retrieval.answering.conversation.correcting import is_correction
from retrieval.schema import Turn

pytestmark = pytest.mark.model

COST = "How much did the Brack bridge cost?"
STRIKE = "When did the bus strike in Marle begin?"
MAYOR = "What did the mayor of Marle say about the pier?"
PENN = "What did Penn say about the pier?"


def parsed(texts: Iterable[str]) -> Iterable[Any]:
    return parse(load_parser(), texts)


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("And the lake?", COST, "How much did the lake cost?"),
        ("and Castle Bridge?", COST, "How much did Castle Bridge cost?"),
        ("and the one in Pellmouth?", STRIKE, "When did the bus strike in Pellmouth begin?"),
        ("And in Pellmouth?", STRIKE, "When did the bus strike in Pellmouth begin?"),
        ("What about the ferry strike?", STRIKE, "When did the ferry strike begin?"),
        ("and the mayor of Brack?", MAYOR, "What did the mayor of Brack say about the pier?"),
        ("and the bridge?", "Who voted against the lake?", "Who voted against the bridge?"),
        ("and Holt?", "What did the ferryman say about the pier?", "What did Holt say about the pier?"),
        ("and the company?", PENN, "What did the company say about the pier?"),
        ("and the lake?", PENN, "What did Penn say about the lake?"),
        ("and the danes?", "For how much (Brack)?", "and the danes?"),
        ("and Castle Bridge?", "Did the architect agree?", "and Castle Bridge?"),
        ("how long was the other strike, the one in Brack?", PENN, "how long was the other strike, the one in Brack?"),
        ("and the other one?", COST, "and the other one?"),
        ("and Holt?", "What did Ada Lind say about Penn?", "and Holt?"),
    ],
)
def test_a_fragment_stands_for_the_whole_of_what_is_of_its_kind(question: str, before: str, whole: str) -> None:
    assert condense(question, [Turn(before, "It is told. [1]")], parsed) == whole


@pytest.mark.parametrize(
    ("correction", "before", "whole"),
    [
        ("no, i meant Castle Bridge", COST, "How much did Castle Bridge cost?"),
        ("No, I meant the other bridge. Castle Bridge", COST, "How much did Castle Bridge cost?"),
        ("no not him, Lind", PENN, "What did Lind say about the pier?"),
        ("not the mayor, the architect", MAYOR, "What did the architect say about the pier?"),
        ("sorry i meant the mayor of Brack", MAYOR, "What did the mayor of Brack say about the pier?"),
        ("no, Hallam Ferry", MAYOR, "What did the mayor of Hallam Ferry say about the pier?"),
        ("i meant 2022", "How many boats sank in 2021?", "How many boats sank in 2022?"),
        ("not in 2021, in 2022", "How many boats sank in 2021?", "How many boats sank in 2022?"),
        ("i meant in the first round", "How many did Lind get?", "How many did Lind get in the first round?"),
        ("no, i meant Castle Bridge", "Did the architect agree?", "What about Castle Bridge?"),
        ("no, i meant the other bridge", COST, "no, i meant the other bridge"),
        ("no, the other one", PENN, "no, the other one"),
        ("wrong strike", STRIKE, "wrong strike"),
        ("that's wrong, it was in May", STRIKE, "that's wrong, it was in May"),
    ],
)
def test_a_correction_puts_what_was_meant_into_the_question_before_or_is_left(
    correction: str, before: str, whole: str
) -> None:
    assert condense(correction, [Turn(before, "It is told. [1]")], parsed) == whole
    assert is_correction(correction)


@pytest.mark.parametrize(
    "question",
    [
        "why not?",
        "no thanks",
        "no, thanks",
        "what does that mean?",
        "is it true or not?",
        "no, who paid for it?",
        "did the mayor not say so?",
        "who is not from Marle, and why?",
        "what was meant by that?",
    ],
)
def test_what_asks_something_itself_corrects_nothing(question: str) -> None:
    assert not is_correction(question)


def test_a_correction_that_was_not_understood_is_nothing_to_lean_on() -> None:
    turns = [Turn(COST, "£6 million. [1]"), Turn("no, the other one", "It is not clear what that corrects.")]
    assert condense("and the lake?", [*turns, Turn("thanks", "Ask me.")], parsed) == "How much did the lake cost?"
