"""Conversations in the catalogue: the last turns of each, and never another's."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from retrieval.schema import ConversationKey, Turn
from retrieval.storage.connection import Connections

KEPT = 20  # turns of one conversation; older ones are of no use to a question
_LONGEST = 2_000  # characters kept of a question and of an answer

_MARKERS = re.compile(r"(?:\s?\[\d{1,3}\])+")


class Conversations:
    """The turns of every conversation. Safe to use from several threads and processes."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def turns(self, key: ConversationKey) -> tuple[Turn, ...]:
        """The turns of one conversation, the oldest first."""
        rows = self._connections.read().execute(
            "SELECT question, answer, articles FROM turns WHERE place = ? AND person = ? ORDER BY pk", _columns(key)
        )
        return tuple(Turn(row["question"], row["answer"], _articles(row["articles"])) for row in rows)

    def remember(self, key: ConversationKey, turn: Turn) -> None:
        """Add a turn; the oldest beyond KEPT are deleted. The numbers of citations are not kept: they count anew."""
        answer = _MARKERS.sub("", turn.answer)[:_LONGEST]
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._connections.transaction() as connection:
            connection.execute(
                "INSERT INTO turns (place, person, question, answer, articles, asked_at) VALUES (?, ?, ?, ?, ?, ?)",
                (*_columns(key), turn.question[:_LONGEST], answer, json.dumps(turn.articles), now),
            )
            connection.execute(
                "DELETE FROM turns WHERE place = :place AND person = :person AND pk NOT IN"
                " (SELECT pk FROM turns WHERE place = :place AND person = :person ORDER BY pk DESC LIMIT :kept)",
                {"place": key.place, "person": key.person or "", "kept": KEPT},
            )

    def forget(self, key: ConversationKey) -> int:
        """Delete one conversation; how many turns it had."""
        return self._delete("place = ? AND person = ?", *_columns(key))

    def forget_person(self, person: str) -> int:
        """Delete every conversation of one person, wherever; how many turns there were."""
        return self._delete("person = ?", person) if person else 0

    def _delete(self, where: str, *values: str) -> int:
        with self._connections.transaction() as connection:
            return connection.execute(f"DELETE FROM turns WHERE {where}", values).rowcount


def _articles(told: str) -> tuple[tuple[str, str], ...]:
    return tuple((collection, article) for collection, article in json.loads(told))


def _columns(key: ConversationKey) -> tuple[str, str]:
    return key.place, key.person or ""
