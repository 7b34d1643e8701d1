"""What a language model may make of a question that leans on a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from retrieval.answering.condensing import condense, faithful
from retrieval.errors import ModelUnavailable
from tests.retrieval.answering.test_follow_ups import COUNCIL, KIRBY, parsed


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
    assert condense("Who built the dam?", [KIRBY], parsed, says(AssertionError())) == "Who built the dam?"


def test_a_rewritten_question_is_faithful_only_with_names_that_were_said() -> None:
    assert faithful("When did Ines Calder resign?", "When did she resign?", [COUNCIL])
    assert not faithful("When did Ines Moss resign?", "When did she resign?", [COUNCIL])
    assert not faithful("Who leads the council?", "When did she resign?", [COUNCIL])
