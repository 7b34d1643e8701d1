"""The channels that are watched for links, and the digests that are sent."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from retrieval.schema.community import Digest, DigestRhythm, WatchedChannel
from retrieval.storage.community.shown_answers import instant


def watch(connection: sqlite3.Connection, watched: WatchedChannel) -> None:
    """Watch a channel."""
    connection.execute(
        "INSERT OR REPLACE INTO watched_channels (server, channel, collection) VALUES (?, ?, ?)",
        (watched.server, watched.channel, watched.collection),
    )


def unwatch(connection: sqlite3.Connection, server: int, channel: int) -> bool:
    """Watch a channel no more; whether it was watched."""
    return bool(
        connection.execute("DELETE FROM watched_channels WHERE server = ? AND channel = ?", (server, channel)).rowcount
    )


def watched(connection: sqlite3.Connection) -> list[WatchedChannel]:
    """All channels that are watched."""
    rows = connection.execute("SELECT server, channel, collection FROM watched_channels ORDER BY channel")
    return [WatchedChannel(row["server"], row["channel"], row["collection"]) for row in rows]


def tell_of_feeds(connection: sqlite3.Connection, place: WatchedChannel) -> None:
    """Tell in a channel what becomes of the feeds of a collection."""
    connection.execute(
        "INSERT OR REPLACE INTO feed_channels (collection, server, channel) VALUES (?, ?, ?)",
        (place.collection, place.server, place.channel),
    )


def feeds_told_in(connection: sqlite3.Connection, collection: str) -> int | None:
    """The channel in which it is told, None where there is none."""
    row = connection.execute("SELECT channel FROM feed_channels WHERE collection = ?", (collection,)).fetchone()
    return None if row is None else int(row["channel"])


def send(connection: sqlite3.Connection, digest: Digest) -> None:
    """Send a digest to a server in place of the one it had."""
    connection.execute(
        "INSERT OR REPLACE INTO digests (server, channel, rhythm, hour, due, told) VALUES (?, ?, ?, ?, ?, ?)",
        (digest.server, digest.channel, digest.rhythm, digest.hour, instant(digest.due), digest.after),
    )


def sent(connection: sqlite3.Connection, digest: Digest, due: datetime, after: int) -> None:
    """Note what was told of a digest and when it is due again, unless it was stopped or its time was changed."""
    connection.execute(
        "UPDATE digests SET told = ?, due = iif(due = ?, ?, due) WHERE server = ?",
        (after, instant(digest.due), instant(due), digest.server),
    )


def send_no_more(connection: sqlite3.Connection, server: int) -> bool:
    """Send a server no digest; whether it had one."""
    return bool(connection.execute("DELETE FROM digests WHERE server = ?", (server,)).rowcount)


def digests(connection: sqlite3.Connection) -> list[Digest]:
    """All digests, the first due first."""
    return [
        Digest(
            row["server"],
            row["channel"],
            DigestRhythm(row["rhythm"]),
            row["hour"],
            datetime.fromisoformat(row["due"]),
            row["told"],
        )
        for row in connection.execute("SELECT * FROM digests ORDER BY due")
    ]


def delete_of_server(connection: sqlite3.Connection, server: int) -> None:
    """Watch no channel of a server, and send it no digest."""
    connection.execute("DELETE FROM watched_channels WHERE server = ?", (server,))
    connection.execute("DELETE FROM feed_channels WHERE server = ?", (server,))
    connection.execute("DELETE FROM digests WHERE server = ?", (server,))
