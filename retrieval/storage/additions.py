"""What is to be added, in the order in which it was asked for, until it is done."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from retrieval.schema.community import Addition, SentFile


def keep(connection: sqlite3.Connection, addition: Addition) -> Addition:
    """Keep an addition; it comes back with its number."""
    pk = connection.execute(
        "INSERT INTO additions (server, collection, channel, message, again) VALUES (?, ?, ?, ?, ?)",
        (addition.server, addition.collection, addition.channel, addition.message, addition.again),
    ).lastrowid
    assert pk is not None
    connection.executemany(
        "INSERT INTO addition_sources (addition, n, name, data) VALUES (?, ?, ?, ?)",
        [(pk, n, *_columns(source)) for n, source in enumerate(addition.sources)],
    )
    return replace(addition, pk=pk)


def begin(connection: sqlite3.Connection, pk: int) -> int:
    """Count a try; how many there are now, 0 where it is done or was forgotten."""
    connection.execute("UPDATE additions SET tries = tries + 1 WHERE pk = ?", (pk,))
    row = connection.execute("SELECT tries FROM additions WHERE pk = ?", (pk,)).fetchone()
    return 0 if row is None else int(row["tries"])


def reset(connection: sqlite3.Connection) -> None:
    """Count no try at all."""
    connection.execute("UPDATE additions SET tries = 0")


def finish(connection: sqlite3.Connection, pk: int) -> None:
    """It is done."""
    connection.execute("DELETE FROM additions WHERE pk = ?", (pk,))


def kept(connection: sqlite3.Connection) -> list[Addition]:
    """All that is not done, in order."""
    return [
        Addition(
            row["server"], row["collection"], _sources(connection, row["pk"]), row["channel"], row["message"],
            bool(row["again"]), row["pk"], row["tries"],
        )
        for row in connection.execute("SELECT * FROM additions ORDER BY pk").fetchall()
    ]  # fmt: skip


def delete_of_server(connection: sqlite3.Connection, server: int) -> None:
    """Add nothing more to a server."""
    connection.execute("DELETE FROM additions WHERE server = ?", (server,))


def _columns(source: str | SentFile) -> tuple[str, bytes | None]:
    return (source, None) if isinstance(source, str) else (source.name, source.data)


def _sources(connection: sqlite3.Connection, pk: int) -> tuple[str | SentFile, ...]:
    rows = connection.execute("SELECT name, data FROM addition_sources WHERE addition = ? ORDER BY n", (pk,))
    return tuple(row["name"] if row["data"] is None else SentFile(row["name"], row["data"]) for row in rows)
