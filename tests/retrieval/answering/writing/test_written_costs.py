"""What a written answer costs, whose tokens it spends, and what comes when these are spent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from retrieval.errors import ModelUnavailable
from retrieval.schema import AnswerOrigin, Turn
from tests.retrieval.answering.scripted import QUESTION, TRUE, Scripted, reply

pytestmark = pytest.mark.model


def test_the_call_that_completes_the_question_is_counted_too(ask: Callable[..., Any]) -> None:
    whole = "How much will the repair of the quay cost?"
    answer = ask(Scripted(whole, reply(TRUE)), "how much will it cost?", turns=[Turn(QUESTION, TRUE)])
    assert answer.usage.calls == 2


def test_a_call_that_fails_costs_nothing(ask: Callable[..., Any]) -> None:
    model = Scripted(ModelUnavailable("401", "Its key was refused: check OPENAI_API_KEY."), reply(TRUE))
    answer = ask(model, model_daily_tokens=50)
    assert answer.usage.input_tokens == 0
    assert "check OPENAI_API_KEY" in answer.notes[-1]
    assert ask.library.ask(QUESTION).origin is AnswerOrigin.WRITTEN  # type: ignore[attr-defined]


def test_one_askers_spent_tokens_are_not_anothers(ask: Callable[..., Any]) -> None:
    model = Scripted(*[reply(TRUE)] * 4)
    first = ask(model, asker="ann", model_daily_tokens_each=100)
    again = ask.library.ask(QUESTION, asker="ann")  # type: ignore[attr-defined]
    other = ask.library.ask(QUESTION, asker="bob")  # type: ignore[attr-defined]
    assert [a.origin for a in (first, again, other)] == [
        AnswerOrigin.WRITTEN,
        AnswerOrigin.EXTRACTIVE,
        AnswerOrigin.WRITTEN,
    ]
    assert any("spent" in note for note in again.notes)
    assert len(model.sent) == 2


def test_when_the_days_tokens_are_spent_the_articles_answer_alone(ask: Callable[..., Any]) -> None:
    model = Scripted(reply(TRUE))
    answer = ask(model, model_daily_tokens=0)
    assert model.sent == []
    assert any("spent" in note for note in answer.notes)
