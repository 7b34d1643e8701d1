"""The feeds that are watched, and what was seen in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from retrieval.storage.pages import instant

_REMEMBERED = 90 * 86400  # seconds; what no document of the feed has held for so long does not come back


@dataclass(frozen=True, slots=True)
class WatchedFeed:
    """A feed whose new entries go into a collection.

    ``pace``: seconds between two polls. ``failures`` in a row since ``failing_since``, the last for the reason
    ``error``; ``dead``: given up, for that reason.
    """

    pk: int
    collection: str
    url: str
    title: str
    watched_at: datetime
    pace: int
    due_at: datetime
    etag: str | None = None
    modified: str | None = None
    polled_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    error: str | None = None
    dead: bool = False


def watch(connection: sqlite3.Connection, collection: int, url: str, title: str, at: datetime, pace: int) -> int:
    """Note a feed, due at once, or wake a dead one; its number."""
    now = _seconds(at)
    connection.execute(
        "INSERT INTO feeds (collection, url, title, watched_at, pace, due_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (collection, url) DO UPDATE SET title = excluded.title, watched_at = excluded.watched_at,"
        " pace = excluded.pace, due_at = excluded.due_at, etag = NULL, modified = NULL, polled_at = NULL, failures = 0,"
        " failing_since = NULL, error = NULL, dead = 0",
        (collection, url, title, now, pace, now),
    )
    (pk,) = connection.execute("SELECT pk FROM feeds WHERE collection = ? AND url = ?", (collection, url)).fetchone()
    return int(pk)


def unwatch(connection: sqlite3.Connection, pk: int) -> None:
    """Forget a feed; its articles stay."""
    connection.execute("DELETE FROM feeds WHERE pk = ?", (pk,))


def is_watched(connection: sqlite3.Connection, feed: WatchedFeed) -> bool:
    """Whether a feed is still there; its number alone may be another's by now."""
    row = connection.execute("SELECT 1 FROM feeds WHERE pk = ? AND url = ?", (feed.pk, feed.url)).fetchone()
    return row is not None


def feeds(connection: sqlite3.Connection, collections: Sequence[str] | None = None) -> list[WatchedFeed]:
    """The feeds of `collections`, or of all, in the order in which they were first watched."""
    names = None if collections is None else set(collections)
    rows = connection.execute(
        "SELECT f.*, c.name AS collection_name FROM feeds f JOIN collections c ON c.pk = f.collection ORDER BY f.pk"
    )
    return [_feed(row) for row in rows if names is None or row["collection_name"] in names]


def seen(connection: sqlite3.Connection, pk: int) -> set[str]:
    """The keys of the entries that were seen in a feed."""
    return {str(key) for (key,) in connection.execute("SELECT entry FROM feed_entries WHERE feed = ?", (pk,))}


def mark_seen(connection: sqlite3.Connection, pk: int, keys: Iterable[str], at: datetime) -> None:
    """Note the entries of a document that was read as seen, and forget those that no document has held for long."""
    connection.executemany(
        "INSERT OR REPLACE INTO feed_entries (feed, entry, seen_at) VALUES (?, ?, ?)",
        [(pk, key, _seconds(at)) for key in keys],
    )
    connection.execute("DELETE FROM feed_entries WHERE feed = ? AND seen_at < ?", (pk, _seconds(at) - _REMEMBERED))


def note_read(
    connection: sqlite3.Connection,
    pk: int,
    *,
    at: datetime,
    due_at: datetime,
    pace: int,
    title: str | None,
    etag: str | None,
    modified: str | None,
) -> None:
    """Note that a feed was read, or is unchanged."""
    connection.execute(
        "UPDATE feeds SET polled_at = ?, due_at = ?, pace = ?, title = coalesce(?, title), etag = ?, modified = ?,"
        " failures = 0, failing_since = NULL, error = NULL WHERE pk = ?",
        (_seconds(at), _seconds(due_at), pace, title, etag, modified, pk),
    )


def note_failure(
    connection: sqlite3.Connection, pk: int, *, at: datetime, due_at: datetime, reason: str, dead: bool
) -> None:
    """Note that a feed could not be read, and whether it is given up."""
    connection.execute(
        "UPDATE feeds SET failures = failures + 1, failing_since = coalesce(failing_since, ?), error = ?, due_at = ?,"
        " dead = ? WHERE pk = ?",
        (_seconds(at), reason, _seconds(due_at), dead, pk),
    )


def move(connection: sqlite3.Connection, pk: int, url: str) -> None:
    """A feed stands at another address from now on; where that one is watched already, it takes over."""
    other = connection.execute(
        "SELECT o.pk FROM feeds f JOIN feeds o ON o.collection = f.collection AND o.pk <> f.pk"
        " WHERE o.url = ? AND f.pk = ?",
        (url, pk),
    ).fetchone()
    if other is not None:
        unwatch(connection, pk)
    else:
        connection.execute("UPDATE feeds SET url = ? WHERE pk = ?", (url, pk))


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _feed(row: sqlite3.Row) -> WatchedFeed:
    def moment(name: str) -> datetime | None:
        return None if row[name] is None else instant(row[name])

    return WatchedFeed(
        pk=row["pk"],
        collection=row["collection_name"],
        url=row["url"],
        title=row["title"],
        watched_at=instant(row["watched_at"]),
        pace=row["pace"],
        due_at=instant(row["due_at"]),
        etag=row["etag"],
        modified=row["modified"],
        polled_at=moment("polled_at"),
        failures=row["failures"],
        failing_since=moment("failing_since"),
        error=row["error"],
        dead=bool(row["dead"]),
    )
