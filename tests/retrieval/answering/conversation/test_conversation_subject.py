"""Questions that name nothing, asked of what the conversation is about."""

from __future__ import annotations

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.conversation.conversation_subject import (
    at_hand,
    has_a_subject,
    in_context,
    keeps_to,
    means_as_known,
    names_something,
    subject,
    tells_of,
)
from retrieval.schema import Turn
from tests.answers import answer

SANK = Turn("What sank off Orrin Point?", "Ondine. The Ondine sank. [1]")


@pytest.mark.parametrize(
    ("question", "turns", "whole"),
    [
        ("Who was the captain?", [SANK], "Who was the captain (Orrin Point)?"),
        ("What did the owner say?", [SANK], "What did the owner say about Orrin Point?"),
        ("Who paid?", [SANK, Turn("Was it insured?", "The articles do not say.")], "Who paid (Orrin Point)?"),
        ("Who paid?", [SANK, Turn("Who won the vote?", "Ada Lind won it. [1]")], None),
        ("Who was the captain of the Marisa?", [SANK], None),
        ("What happened in 2013?", [SANK], None),
        ("Is it open now?", [SANK], "Is it open now (Orrin Point)?"),
        ("How many were hurt in May?", [SANK], "How many were hurt in May (Orrin Point)?"),
        ("Who paid?", [SANK, Turn("Who paid in 2013?", "The articles do not say.")], "Who paid (Orrin Point)?"),
        ("Who paid?", [Turn("What did Ada Lind say?", "Ada Lind said no. [1]")], None),
        ("Who paid?", [SANK, Turn("What did the owner say about Orrin Point?", "Nothing.")], "Who paid (Orrin Point)?"),
        ("Who paid?", [], None),
    ],
)
def test_a_question_that_names_nothing_is_first_asked_of_what_the_conversation_is_about(
    question: str, turns: list[Turn], whole: str | None
) -> None:
    assert in_context(question, turns) == whole


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Is it open now?", False),
        ("What was it last year?", False),
        ("How much did it cost on 5 May?", False),
        ("Should I worry about the 40 new ones?", False),
        ("Did Theresa May resign?", True),
        ("Did the Marisa sink in 2013?", True),
        ("What happened on Monday?", True),
        ("What happened to Ada Lind in May?", True),
        ("What happened to the barge in May?", False),
    ],
)
def test_a_date_names_nothing_to_be_talked_of_save_where_all_of_that_day_is_asked_for(
    question: str, names: bool
) -> None:
    assert names_something(question) is names


@pytest.mark.parametrize(
    ("question", "keeps"),
    [("Who was the captain?", True), ("What did the vaccine cost?", False), ("Was anybody hurt?", True)],
)
def test_an_answer_that_has_nothing_of_what_was_meant_as_known_is_of_something_else(question: str, keeps: bool) -> None:
    assert keeps_to(question, answer(["Captain Rell was the last to leave."])) is keeps


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "has"),
    [
        ("How many people were killed?", False),
        ("How much will it cost?", False),
        ("Is it open today?", False),
        ("How many were hurt in September?", False),
        ("What caused the fire?", True),
        ("Who is the mayor?", True),
    ],
)
def test_a_question_is_asked_of_another_article_only_with_a_noun_of_its_own(question: str, has: bool) -> None:
    assert has_a_subject(question, lambda texts: parse(load_parser(), texts)) is has


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("What does the union want?", True),
        ("What did the swimming club say?", True),
        ("Why were the players angry?", True),
        ("What did the mayor of Orrin say?", False),
        ("What did a mayor say?", False),
        ("What caused the fire?", False),
        ("Who is Ada Lind?", False),
    ],
)
def test_a_role_or_a_body_without_saying_whose_is_taken_to_be_known(question: str, known: bool) -> None:
    assert means_as_known(question, lambda texts: parse(load_parser(), texts)) is known


def test_the_articles_of_a_story_are_talked_of_together() -> None:
    first, second, other = (("operator", name) for name in ("first", "second", "other"))
    both, one = Turn("What happened?", "Much. [1]", (first, second)), Turn("Who left?", "Roe. [1]", (second,))
    assert set(at_hand([both, one])) == {first, second}
    assert at_hand([both, one, Turn("Who sank?", "Lind. [1]", (other,))]) == (other,)
    assert at_hand([Turn("What happened?", "Much. [1]", (first, second, other))]) == ()


def test_what_tells_of_a_conversation_has_all_of_its_names() -> None:
    about = subject([SANK])
    assert about == ("Orrin Point",)
    assert tells_of(about, "Off Orrin Point the sea was rough.")
    assert not tells_of(about, "Orrin Rell was the captain.")
    assert subject([]) == ()
