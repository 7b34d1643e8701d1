"""Whom "he" and "she" mean where the articles talked of show who is a person, a woman, a man."""

from __future__ import annotations

import pytest

from retrieval.answering.conversation.condensing import condense
from retrieval.schema import OPERATOR, Turn
from tests.retrieval.answering.conversation.test_follow_ups import parsed

pytestmark = pytest.mark.model

FERRY = (
    "The ferry to Orrin stops in May, said Ada Lind, managing director of Sund Lines. Lind, who is 60, said she would"
    " retire. The line’s owner, Marl Rail, said that it would sell the boats. Workers in Orrin went home.\n\n"
    "“He is a liar,” said the union’s secretary, Jo Horvat. Her brother, Ivo Horvat, steers a boat. He is 40."
    " The mayor, Tom Rell, wants to help. He has called a vote."
)
HERE, THERE = ((OPERATOR, "ferry.txt"),), ((OPERATOR, "tower.txt"),)
BELLS = (
    "The bells stay silent, said the captain, Ada Lind. “An engineer looked at them,” said the treasurer, Per Holm."
    " The church council of Overy has no money."
)
TOLD = [
    (
        "what did she say?",
        [
            Turn(
                "who is ada lind?", "Managing director of Sund Lines. … said Ada Lind, managing director of Sund Lines."
            )
        ],
        "what did Ada Lind say?",
    ),
    (
        "what did she say?",
        [Turn("who spoke?", "Sund Lines’ director, Ada Lind, spoke in Orrin. [1]")],
        "what did Ada Lind say?",
    ),
    (
        "what does he want?",
        [Turn("who met in Orrin?", "Ada Lind met Tom Rell in Orrin. [1]")],
        "what does Tom Rell want?",
    ),
    ("what did he say?", [Turn("what did her brother say?", "[Ivo Horvat:] “No.” [1]")], "what did Ivo Horvat say?"),
    (
        "how old is he?",
        [Turn("when does her boat leave?", "Jo Horvat’s boat leaves on Monday. [1]"), Turn("and on Tuesday?", "No.")],
        "how old is he?",
    ),
    ("was she paid?", [Turn("what did the cook say?", "The articles do not answer that.")], "was the cook paid?"),
    ("did he resign?", [Turn("what did the chairwoman say?", "No. [1]")], "did he resign?"),
    ("was she hurt?", [Turn("what did my wife read?", "The articles do not answer that.")], "was she hurt?"),
    ("was he paid?", [Turn("what did her lawyer say?", "Nothing was said. [1]")], "was he paid?"),
    (
        "where is she from?",
        [Turn("who owns the boats?", "The line’s owner, Marl Rail, said so. [1]")],
        "where is she from?",
    ),
    ("where was she taken?", [Turn("who went home?", "Workers in Orrin went home. [1]")], "where was she taken?"),
    ("what did she do?", [Turn("Who is Tom Rell?", "The mayor, Tom Rell, wants to help. [1]")], "what did she do?"),
    (
        "what did she say?",
        [
            Turn("what did Ada Lind say?", "She will retire. [1]", HERE),
            Turn("how high is the tower?", "The tower is 9 metres high. [1]", THERE),
        ],
        "what did she say?",
    ),
    (
        "when will she retire?",
        [
            Turn("what did Ada Lind say?", "She will retire. [1]", HERE),
            Turn("who went home?", "Workers in Orrin went home. [1]", HERE),
        ],
        "when will Ada Lind retire?",
    ),
]


@pytest.mark.parametrize(("question", "turns", "whole"), TOLD, ids=[f"{q} {t[-1].question}" for q, t, _ in TOLD])
def test_he_and_she_are_whom_an_article_shows_to_be_one(question: str, turns: list[Turn], whole: str) -> None:
    assert condense(question, turns, parsed, texts=[FERRY]) == whole


def test_the_other_one_is_the_second_person_of_the_article() -> None:
    turns = [Turn("what did Ada Lind say?", "The bells stay silent, said the captain, Ada Lind. [1]", HERE)]
    question = "what did the other one say?"
    assert condense(question, turns, parsed, texts=[BELLS]) == "what did Per Holm say?"
    assert condense(question, turns, parsed, texts=[f"{BELLS} The mayor, Tom Rell, left."]) == question
    assert condense(question, turns, parsed, texts=["Said the captain, Ada Lind: “No.”"]) == question


def test_two_pronouns_of_which_either_may_be_meant_are_left() -> None:
    turns = [Turn("what did Per Holm say?", "“No,” said the treasurer, Per Holm. [1]", HERE)]
    assert condense("did she believe him?", turns, parsed, texts=[BELLS]) == "did she believe him?"
    unclear = Turn("did she believe him?", "It is not clear whom “she” means: ask again with a name.")
    assert condense("who is she?", [*turns, unclear], parsed, texts=[BELLS]) == "who is she?"
