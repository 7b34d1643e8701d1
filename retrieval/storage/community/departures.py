"""The servers that the bot has left, and since when."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from retrieval.storage.community.shown_answers import instant


def leave(connection: sqlite3.Connection, server: int, at: datetime) -> None:
    """Note that a server was left; where that is known, since then."""
    connection.execute("INSERT OR IGNORE INTO departures (server, left_at) VALUES (?, ?)", (server, instant(at)))


def come_back(connection: sqlite3.Connection, server: int) -> bool:
    """Note that a server is back; whether it had been left."""
    return bool(connection.execute("DELETE FROM departures WHERE server = ?", (server,)).rowcount)


def before(connection: sqlite3.Connection, instant_: datetime) -> list[int]:
    """The servers that were left before an instant."""
    rows = connection.execute("SELECT server FROM departures WHERE left_at < ?", (instant(instant_),))
    return [int(server) for (server,) in rows]


def see(connection: sqlite3.Connection, servers: Iterable[int]) -> None:
    """Note that the bot is in some servers."""
    connection.executemany("INSERT OR IGNORE INTO servers (server) VALUES (?)", [(server,) for server in servers])


def forget(connection: sqlite3.Connection, server: int) -> None:
    """Forget that the bot was in a server, and that it left."""
    come_back(connection, server)
    connection.execute("DELETE FROM servers WHERE server = ?", (server,))


def known_servers(connection: sqlite3.Connection) -> set[int]:
    """The servers that the bot was in, as far as that can be told.

    One of which there are articles alone may be waiting for the bot to be invited.
    """
    tables = (
        "servers",
        "server_settings",
        "shown_answers",
        "watched_channels",
        "digests",
        "feed_channels",
        "additions",
    )
    rows = connection.execute(" UNION ".join(f"SELECT server FROM {table}" for table in tables))
    return {int(server) for (server,) in rows if server}
