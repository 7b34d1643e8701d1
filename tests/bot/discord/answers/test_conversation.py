"""Earlier turns are read back from what the bot showed."""

from __future__ import annotations

import pytest

from bot.discord.answers.conversation import read_back, understood_as
from bot.discord.rendering.answers import answer_parts
from tests.answers import abstention, answer, citation


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("When did the bridge reopen?", "It reopened on Sunday."),
        ("Who said *that* > this?", "“We are `ready`,” said <@1> of __Lorn__."),
        (None, "# No heading"),
    ],
)
def test_what_was_rendered_is_read_back(asked: str | None, sentence: str) -> None:
    (message,) = answer_parts(answer([sentence]), asked=asked)
    assert read_back(f"{message}\n**Sources**\n[1] Bridge") == (asked, f"{sentence} [1]")


def test_an_abstention_is_read_back_without_its_nearest_articles() -> None:
    (message,) = answer_parts(abstention("The articles do not say.", [citation()]))
    assert read_back(f"{message}\n**Nearest articles**\n[1] Bridge") == (None, "The articles do not say.")


def test_a_message_of_sources_alone_says_nothing() -> None:
    assert read_back("**Sources**\n[1] Bridge, date unknown") == (None, "")


def test_the_question_as_it_was_understood_is_read_back() -> None:
    (message,) = answer_parts(answer(["It did. -# Understood as: Who?"]))
    assert understood_as(message) is None
    assert understood_as(f"{message}\n-# Understood as: When did *Ondine* sink?") == "When did *Ondine* sink?"
