"""How many questions each member asked on each day, for quotas."""

from __future__ import annotations

import sqlite3
from datetime import date


def count(connection: sqlite3.Connection, server: int, member: int, day: date) -> None:
    """Count a question."""
    connection.execute(
        "INSERT INTO questions_asked (server, member, day, questions) VALUES (?, ?, ?, 1)"
        " ON CONFLICT (server, day, member) DO UPDATE SET questions = questions + 1",
        (server, member, day.isoformat()),
    )


def on(connection: sqlite3.Connection, server: int, day: date) -> dict[int, int]:
    """The questions of a server's day, by member."""
    rows = connection.execute(
        "SELECT member, questions FROM questions_asked WHERE server = ? AND day = ?", (server, day.isoformat())
    )
    return {row["member"]: row["questions"] for row in rows}


def delete_older(connection: sqlite3.Connection, than: date) -> None:
    """Forget the days before `than`: quotas need today's only."""
    connection.execute("DELETE FROM questions_asked WHERE day < ?", (than.isoformat(),))


def delete_of_member(connection: sqlite3.Connection, member: int) -> int:
    """Forget the days of a member; how many."""
    return connection.execute("DELETE FROM questions_asked WHERE member = ?", (member,)).rowcount


def delete_of_server(connection: sqlite3.Connection, server: int) -> None:
    """Forget a server's days."""
    connection.execute("DELETE FROM questions_asked WHERE server = ?", (server,))
