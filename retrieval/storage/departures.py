"""The servers that the bot has left, and since when."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from retrieval.storage.shown_answers import instant


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


def known_servers(connection: sqlite3.Connection) -> set[int]:
    """The servers that the bot was in, as far as anything is kept of them.

    One of which there are articles alone may be waiting for the bot to be invited.
    """
    rows = connection.execute(
        "SELECT server FROM server_settings UNION SELECT server FROM shown_answers UNION"
        " SELECT server FROM watched_channels UNION SELECT server FROM digests"
    )
    return {int(server) for (server,) in rows if server}
