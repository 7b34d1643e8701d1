"""Conversations: bounded, apart from each other, gone when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.schema import ConversationKey, Turn
from retrieval.storage.community.conversations import KEPT, Conversations
from retrieval.storage.connection import Connections

ANN, BOB, ALL = ConversationKey("thread-1", "ann"), ConversationKey("thread-1", "bob"), ConversationKey("thread-1")
ELSEWHERE = ConversationKey("thread-2", "ann")


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[Conversations]:
    connections = Connections(tmp_path / "catalogue.sqlite")
    yield Conversations(connections)
    connections.close()


def test_turns_come_back_in_order_and_survive_a_restart(tmp_path: Path) -> None:
    turns = tuple(Turn(f"question {i}?", f"Answer {i}.", (("operator", f"{i}.txt"),) * i) for i in range(3))
    for turn in turns:
        connections = Connections(tmp_path / "catalogue.sqlite")
        Conversations(connections).remember(ANN, turn)
        connections.close()
    connections = Connections(tmp_path / "catalogue.sqlite")
    assert Conversations(connections).turns(ANN) == turns
    connections.close()


def test_people_and_places_never_see_each_others_turns(conversations: Conversations) -> None:
    keys = (ANN, BOB, ALL, ELSEWHERE)
    for key in keys:
        conversations.remember(key, Turn("who?", f"{key.place} {key.person}."))
    for key in keys:
        assert conversations.turns(key) == (Turn("who?", f"{key.place} {key.person}."),)


def test_only_the_last_turns_are_kept(conversations: Conversations) -> None:
    for i in range(KEPT + 7):
        conversations.remember(ANN, Turn(f"{i}?", "Yes."))
    conversations.remember(BOB, Turn("mine?", "Yes."))
    assert [turn.question for turn in conversations.turns(ANN)] == [f"{i}?" for i in range(7, KEPT + 7)]
    assert len(conversations.turns(BOB)) == 1


def test_numbers_of_citations_are_not_kept(conversations: Conversations) -> None:
    conversations.remember(ANN, Turn("when?", "It reopened on Sunday. [1] [2] Then it closed. [3]"))
    assert conversations.turns(ANN)[0].answer == "It reopened on Sunday. Then it closed."


def test_long_turns_are_cut(conversations: Conversations) -> None:
    conversations.remember(ANN, Turn("q" * 9000, "a" * 9000))
    assert len(conversations.turns(ANN)[0].question) == len(conversations.turns(ANN)[0].answer) == 2000


def test_a_conversation_is_forgotten_alone(conversations: Conversations) -> None:
    for key in (ANN, BOB, ALL, ELSEWHERE):
        conversations.remember(key, Turn("who?", "She."))
    assert conversations.forget(ANN) == 1
    assert conversations.turns(ANN) == ()
    assert all(conversations.turns(key) for key in (BOB, ALL, ELSEWHERE))


def test_a_person_is_forgotten_everywhere_and_nobody_else(conversations: Conversations) -> None:
    for key in (ANN, BOB, ALL, ELSEWHERE):
        conversations.remember(key, Turn("who?", "She."))
    assert conversations.forget_person("ann") == 2
    assert not conversations.turns(ANN) + conversations.turns(ELSEWHERE)
    assert all(conversations.turns(key) for key in (BOB, ALL))
    assert conversations.forget_person("") == 0
    assert conversations.turns(ALL)
