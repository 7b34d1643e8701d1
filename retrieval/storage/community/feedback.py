"""What members think of answers, one opinion each, which they may change."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from retrieval.schema.community import Feedback, Opinion
from retrieval.storage.community.shown_answers import instant


def put(connection: sqlite3.Connection, feedback: Feedback) -> None:
    """Keep an opinion in place of the one that the member had of the answer."""
    connection.execute(
        "INSERT OR REPLACE INTO feedback (answer, member, opinion, reason, given_at) VALUES (?, ?, ?, ?, ?)",
        (feedback.answer, feedback.member, feedback.opinion, feedback.reason, instant(feedback.given_at)),
    )


def of_server(connection: sqlite3.Connection, server: int) -> list[Feedback]:
    """The opinions of the answers that a server was shown, oldest first."""
    rows = connection.execute(
        "SELECT f.* FROM feedback f JOIN shown_answers s ON s.id = f.answer WHERE s.server = ? ORDER BY f.given_at",
        (server,),
    )
    return [_feedback(row) for row in rows]


def of_member(connection: sqlite3.Connection, answer: str, member: int) -> Feedback | None:
    """What a member thinks of an answer, None where they have not said."""
    row = connection.execute("SELECT * FROM feedback WHERE answer = ? AND member = ?", (answer, member)).fetchone()
    return None if row is None else _feedback(row)


def delete_of_member(connection: sqlite3.Connection, member: int) -> int:
    """Delete a member's opinions; how many."""
    return connection.execute("DELETE FROM feedback WHERE member = ?", (member,)).rowcount


def _feedback(row: sqlite3.Row) -> Feedback:
    return Feedback(
        row["answer"], row["member"], Opinion(row["opinion"]), row["reason"], datetime.fromisoformat(row["given_at"])
    )
