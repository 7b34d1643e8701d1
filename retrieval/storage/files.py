"""Which files of the store's articles folder were read, what was said of them by hand, and which articles were removed
while their file stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileState:
    """What tells whether a file changed: its size in bytes and its modification time in nanoseconds."""

    size: int
    modified: int


def name_of(path: Path, store: Path) -> str:
    """A file's name: its path in the folder `store` ("articles/a.md"), the whole path where it lies elsewhere."""
    folder, resolved = store.resolve(), path.resolve()
    name = resolved.relative_to(folder).as_posix() if resolved.is_relative_to(folder) else str(resolved)
    # A file's name may be no UTF-8, which SQLite would refuse.
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def known_files(connection: sqlite3.Connection, collection: int) -> dict[str, FileState]:
    """The files that were read, by path relative to the store."""
    rows = connection.execute("SELECT path, size, modified FROM files WHERE collection = ?", (collection,))
    return {row["path"]: FileState(row["size"], row["modified"]) for row in rows}


def remember_files(connection: sqlite3.Connection, collection: int, states: Mapping[str, FileState]) -> None:
    """Note that these files were read in these states."""
    connection.executemany(
        "INSERT OR REPLACE INTO files (collection, path, size, modified) VALUES (?, ?, ?, ?)",
        [(collection, path, state.size, state.modified) for path, state in states.items()],
    )


def forget_file(connection: sqlite3.Connection, collection: int, path: str) -> None:
    """Note that a file is gone."""
    for table in ("files", "given"):
        connection.execute(f"DELETE FROM {table} WHERE collection = ? AND path = ?", (collection, path))


def values_given(connection: sqlite3.Connection, collection: int) -> dict[str, str]:
    """What was said of files by hand, in JSON, by path relative to the store."""
    rows = connection.execute('SELECT path, "values" FROM given WHERE collection = ?', (collection,))
    return {row["path"]: row["values"] for row in rows}


def remember_given(connection: sqlite3.Connection, collection: int, path: str, values: str) -> None:
    """Note what was said of a file by hand."""
    connection.execute(
        'INSERT OR REPLACE INTO given (collection, path, "values") VALUES (?, ?, ?)', (collection, path, values)
    )
    # A file that was added by name and not yet met in the folder would not be missed there when it goes.
    connection.execute(
        "INSERT OR IGNORE INTO files (collection, path, size, modified) VALUES (?, ?, -1, 0)", (collection, path)
    )


def articles_from(connection: sqlite3.Connection, collection: int, path: str) -> list[str]:
    """The ids of the folder's articles whose newest revision was read from `path`."""
    rows = connection.execute(
        """SELECT a.id FROM articles a JOIN revisions r ON r.article = a.pk
           WHERE a.collection = ? AND a.folder AND r.origin = ?
             AND r.number = (SELECT max(number) FROM revisions WHERE article = a.pk) ORDER BY a.pk""",
        (collection, path),
    )
    return [str(row["id"]) for row in rows]


def remember_removal(connection: sqlite3.Connection, collection: int, article_id: str, digest: bytes) -> None:
    """Note that an article was removed as it was, so that its file does not bring it back."""
    connection.execute(
        "INSERT OR REPLACE INTO removals (collection, id, digest) VALUES (?, ?, ?)", (collection, article_id, digest)
    )


def removal_digest(connection: sqlite3.Connection, collection: int, article_id: str) -> bytes | None:
    """The digest of an article as it was when it was removed, None if it was not."""
    row = connection.execute(
        "SELECT digest FROM removals WHERE collection = ? AND id = ?", (collection, article_id)
    ).fetchone()
    return None if row is None else bytes(row["digest"])


def forget_removal(connection: sqlite3.Connection, collection: int, article_id: str) -> None:
    """The article is back."""
    connection.execute("DELETE FROM removals WHERE collection = ? AND id = ?", (collection, article_id))
