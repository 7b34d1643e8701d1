"""Answers that were shown, with what they cite; of the articles' text there is only what the answer itself says."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime

from retrieval.schema import Turn, Window
from retrieval.schema.community import ShownAnswer, ShownCitation


def insert(connection: sqlite3.Connection, shown: ShownAnswer) -> None:
    """Keep an answer."""
    connection.execute(
        "INSERT INTO shown_answers"
        " (id, server, channel, member, message, asked_at, question, answer, abstained, first, last, source,"
        " earlier) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            shown.id,
            shown.server,
            shown.channel,
            shown.member,
            shown.message,
            instant(shown.asked_at),
            shown.question,
            shown.answer,
            shown.abstained,
            shown.window.first and shown.window.first.isoformat(),
            shown.window.last and shown.window.last.isoformat(),
            shown.window.source,
            json.dumps(shown.earlier),
        ),
    )
    connection.executemany(
        'INSERT INTO shown_citations (answer, n, collection, article, revision, "start", "end")'
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(shown.id, c.n, c.collection, c.article, c.revision, c.start, c.end) for c in shown.citations],
    )


def place(connection: sqlite3.Connection, answer: str, channel: int, message: int) -> None:
    """Note which message shows an answer."""
    connection.execute("UPDATE shown_answers SET channel = ?, message = ? WHERE id = ?", (channel, message, answer))


def find(connection: sqlite3.Connection, answer: str) -> ShownAnswer | None:
    """The answer of an id, None where it is no longer kept."""
    row = connection.execute("SELECT * FROM shown_answers WHERE id = ?", (answer,)).fetchone()
    return None if row is None else _shown(connection, row)


def turns(connection: sqlite3.Connection, channel: int, count: int) -> tuple[Turn, ...]:
    """The last `count` questions and answers of a channel (a thread), the oldest first, but those that lost theirs."""
    rows = connection.execute(
        "SELECT id, question, answer FROM shown_answers"
        " WHERE channel = ? AND answer IS NOT NULL AND message IS NOT NULL ORDER BY asked_at DESC, rowid DESC LIMIT ?",
        (channel, count),
    ).fetchall()
    return tuple(Turn(row["question"], row["answer"], _cited(connection, row["id"])) for row in reversed(rows))


def cited_in(connection: sqlite3.Connection, messages: Sequence[int]) -> tuple[tuple[str, str], ...]:
    """The articles, each its collection and its id, that the answers which end in one of `messages` cite."""
    rows = connection.execute(
        "SELECT id FROM shown_answers WHERE message IN (SELECT value FROM json_each(?)) AND answer IS NOT NULL",
        (json.dumps(list(messages)),),
    )
    return tuple(dict.fromkeys(article for row in rows.fetchall() for article in _cited(connection, row["id"])))


def _cited(connection: sqlite3.Connection, answer: str) -> tuple[tuple[str, str], ...]:
    # With an abstention, what is offered as nearest is kept too: nothing that is talked of.
    rows = connection.execute(
        "SELECT c.collection, c.article FROM shown_citations c JOIN shown_answers a ON a.id = c.answer"
        " WHERE c.answer = ? AND NOT a.abstained ORDER BY c.n",
        (answer,),
    )
    return tuple(dict.fromkeys((row["collection"], row["article"]) for row in rows))


def robbed(connection: sqlite3.Connection, count: int) -> list[ShownAnswer]:
    """At most `count` answers that stand in a message and cite an article that was removed, newest first."""
    rows = connection.execute(
        "SELECT * FROM shown_answers WHERE answer IS NULL AND message IS NOT NULL ORDER BY asked_at DESC LIMIT ?",
        (count,),
    ).fetchall()
    return [_shown(connection, row) for row in rows]


def take_back(connection: sqlite3.Connection, answer: str) -> None:
    """Note that no message shows an answer any more."""
    connection.execute("UPDATE shown_answers SET message = NULL WHERE id = ?", (answer,))


def delete_older(connection: sqlite3.Connection, server: int, than: datetime) -> int:
    """Delete what a server was shown before an instant; how many answers."""
    return connection.execute(
        "DELETE FROM shown_answers WHERE server = ? AND asked_at < ?", (server, instant(than))
    ).rowcount


def delete_of_member(connection: sqlite3.Connection, member: int) -> int:
    """Delete what a member asked, wherever; how many answers."""
    return connection.execute("DELETE FROM shown_answers WHERE member = ?", (member,)).rowcount


def delete_of_server(connection: sqlite3.Connection, server: int) -> int:
    """Delete what a server was shown; how many answers."""
    return connection.execute("DELETE FROM shown_answers WHERE server = ?", (server,)).rowcount


def servers(connection: sqlite3.Connection) -> list[int]:
    """The servers of which answers are kept."""
    return [int(server) for (server,) in connection.execute("SELECT DISTINCT server FROM shown_answers")]


def instant(moment: datetime) -> str:
    """An aware instant as it is kept: in UTC, so that the texts compare as the instants do."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _shown(connection: sqlite3.Connection, row: sqlite3.Row) -> ShownAnswer:
    citations = connection.execute("SELECT * FROM shown_citations WHERE answer = ? ORDER BY n", (row["id"],))
    return ShownAnswer(
        id=row["id"],
        server=row["server"],
        channel=row["channel"],
        member=row["member"],
        asked_at=datetime.fromisoformat(row["asked_at"]),
        question=row["question"],
        answer=row["answer"],
        abstained=bool(row["abstained"]),
        citations=tuple(
            ShownCitation(c["n"], c["collection"], c["article"], c["revision"], c["start"], c["end"]) for c in citations
        ),
        message=row["message"],
        window=Window(_day(row["first"]), _day(row["last"]), row["source"]),
        earlier=tuple(json.loads(row["earlier"])),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
