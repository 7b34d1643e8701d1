"""Which articles were fetched from the web, and by what it can be told whether they changed since."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Visited:
    """A page as it was fetched: where, when, and what the server gave to ask by whether it changed."""

    url: str
    at: datetime
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class StoredPage:
    """The page of an article. ``gone_at``: when the server first said that there is no such page."""

    article_id: str
    visit: Visited
    gone_at: datetime | None


def remember(connection: sqlite3.Connection, collection: int, article_id: str, visit: Visited) -> None:
    """Note that an article's page was fetched."""
    connection.execute(
        "INSERT OR REPLACE INTO pages (collection, id, url, etag, modified, fetched_at) VALUES (?, ?, ?, ?, ?, ?)",
        (collection, article_id, visit.url, visit.etag, visit.modified, int(visit.at.timestamp())),
    )


def mark_gone(connection: sqlite3.Connection, collection: int, article_id: str, at: datetime) -> None:
    """Note that the server has no such page any more."""
    connection.execute(
        "UPDATE pages SET gone_at = coalesce(gone_at, ?) WHERE collection = ? AND id = ?",
        (int(at.timestamp()), collection, article_id),
    )


def forget(connection: sqlite3.Connection, collection: int, article_id: str) -> None:
    """The article was removed."""
    connection.execute("DELETE FROM pages WHERE collection = ? AND id = ?", (collection, article_id))


def pages_of(
    connection: sqlite3.Connection, collection: int, *, before: datetime | None = None, ids: Sequence[str] = ()
) -> list[StoredPage]:
    """The pages of the articles `ids`; without them those fetched before an instant that are not gone, oldest first."""
    rows: list[sqlite3.Row] = []
    if ids:
        for article_id in ids:
            rows += connection.execute("SELECT * FROM pages WHERE collection = ? AND id = ?", (collection, article_id))
    else:
        last = 2**62 if before is None else int(before.timestamp())
        rows += connection.execute(
            "SELECT * FROM pages WHERE collection = ? AND fetched_at <= ? AND gone_at IS NULL ORDER BY fetched_at, id",
            (collection, last),
        )
    return [_page(row) for row in rows]


def _page(row: sqlite3.Row) -> StoredPage:
    visit = Visited(row["url"], instant(row["fetched_at"]), row["etag"], row["modified"])
    return StoredPage(row["id"], visit, None if row["gone_at"] is None else instant(row["gone_at"]))


def instant(seconds: int) -> datetime:
    """Seconds since 1970 as an instant."""
    return datetime.fromtimestamp(seconds, UTC)
