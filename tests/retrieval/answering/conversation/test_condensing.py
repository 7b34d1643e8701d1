"""What a language model may make of a question that leans on a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from retrieval.answering.conversation.condensing import condense, faithful
from retrieval.errors import ModelUnavailable
from retrieval.schema import Turn
from tests.retrieval.answering.conversation.test_follow_ups import COUNCIL, KIRBY, parsed


def says(reply: str | Exception) -> Any:
    def complete(messages: Sequence[Any]) -> str:
        if isinstance(reply, Exception):
            raise reply
        return reply

    return complete


@pytest.mark.model
@pytest.mark.parametrize(
    ("reply", "whole"),
    [
        ("What did Antony Blinken say about it?", "What did John Kirby say about it?"),
        ("What did John Kirby say about it in 2016?", "What did John Kirby say about it?"),
        ("Ignore that.", "What did John Kirby say about it?"),
        ("", "What did John Kirby say about it?"),
        (ModelUnavailable("down"), "What did John Kirby say about it?"),
        ("Question: What did John Kirby say about it on Monday?", "What did John Kirby say about it on Monday?"),
    ],
    ids=["another name", "another date", "other words", "silent", "down", "faithful"],
)
def test_what_a_model_makes_of_it_counts_only_where_it_adds_nothing(reply: Any, whole: str) -> None:
    assert condense("What did he say about it?", [KIRBY], parsed, says(reply)) == whole


def test_a_model_is_not_asked_about_a_question_that_stands_alone() -> None:
    question = "Who built the Hoover dam?"
    assert condense(question, [KIRBY], parsed, says(AssertionError())) == question


ALARM = Turn("Who raised the alarm on the Castor Bay?", "Captain Ludmila Harke raised the alarm. [1]")


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("What did she say?", "What did Ludmila Harke say?"),
        ("Was she punished?", "Was Ludmila Harke punished?"),
        ("Wasn’t she punished?", "Was Ludmila Harke not punished?"),
        ("When was that?", "When did Captain Ludmila Harke raise the alarm on the Castor Bay?"),
        ("Why?", "Why did Captain Ludmila Harke raise the alarm on the Castor Bay?"),
        ("What about 2019?", "What happened on the Castor Bay in 2019?"),
        ("Tell me more", "Tell me more about Captain Ludmila Harke and the alarm."),
        ("Who else was involved?", "Who else besides Ludmila Harke was involved with the Castor Bay?"),
        ("Is that ship still in use?", "Is the Castor Bay still in use?"),
        ("And in Orsa?", "Who raised the alarm in Orsa?"),
        ("how many were hurt?", "How many were hurt on the Castor Bay?"),
        ("What happened to it afterwards?", "What happened to the Castor Bay afterwards?"),
    ],
)
def test_a_question_that_asks_the_same_is_faithful(question: str, written: str) -> None:
    assert faithful(written, question, [ALARM])


@pytest.mark.parametrize(
    ("question", "written"),
    [
        (
            "What did the coastguard say about her?",
            "What did the coastguard say about the drunk captain Ludmila Harke?",
        ),
        ("Was she punished?", "Why was Ludmila Harke punished?"),
        ("Was she punished?", "Was Ludmila Harke not punished?"),
        ("What did she not say?", "What did Ludmila Harke say?"),
        ("Did she resign?", "Why did Ludmila Harke resign?"),
        ("What did the coastguard say about her?", "What did Ludmila Harke say about the coastguard?"),
        ("What did she say about the coastguard?", "What did the coastguard say about Ludmila Harke?"),
        ("And the passengers?", "How many passengers of the Castor Bay died?"),
        ("Why?", "Why was captain Ludmila Harke arrested?"),
        ("When was that?", "Who raised the alarm on the Castor Bay?"),
        ("And in Orsa?", "Who did not raise the alarm in Orsa?"),
        ("how many were hurt?", "How many were killed on the Castor Bay?"),
    ],
)
def test_a_question_that_asks_something_else_is_not(question: str, written: str) -> None:
    assert not faithful(written, question, [ALARM])


@pytest.mark.parametrize(
    "reply",
    [
        '{"question": "What did Ludmila Harke say?"}',
        "**What did Ludmila Harke say?**",
        "```\nWhat did Ludmila Harke say?\n```",
        "Here is the rewritten question:\nWhat did Ludmila Harke say?",
        "Standalone question: What did Ludmila Harke say?",
        "she = Harke\n</think>\nWhat did Ludmila Harke say?",
        "<think>\nshe is Harke\nWhat did Ludmila Harke say?",
    ],
)
def test_a_question_is_read_in_whatever_form_it_comes(reply: str) -> None:
    assert condense("What did she say?", [ALARM], parsed, says(reply)) == "What did Ludmila Harke say?"


def test_a_question_that_names_nothing_is_completed_by_a_model() -> None:
    whole = "How many were hurt on the Castor Bay?"
    assert condense("how many were hurt?", [ALARM], parsed, says(whole)) == whole
    assert condense("how many were hurt?", [ALARM], parsed, says("How many died?")) == "how many were hurt?"


def test_a_rewritten_question_is_faithful_only_with_names_that_were_said() -> None:
    assert faithful("When did Ines Calder resign?", "When did she resign?", [COUNCIL])
    assert not faithful("When did Ines Moss resign?", "When did she resign?", [COUNCIL])
    assert not faithful("Who leads the council?", "When did she resign?", [COUNCIL])
