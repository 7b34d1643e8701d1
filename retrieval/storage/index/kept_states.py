"""The token states of passages, kept beside the catalogue from when they were embedded, so that no question waits for
the model to read them once more.

They are derived, as the vectors are: where some are missing the model reads the passage again, so this file may be
deleted at any time, is in no backup, and is written without waiting for the disk.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

from retrieval.storage.encoding.token_states import TokenStates

_log = logging.getLogger(__name__)

_PAGE = 8_192  # bytes: a passage's states are some 33,000, which SQLite strings together out of pages
_WAIT = 5.0  # seconds for another process that writes

Kept = tuple[int, int, bytes]
"""A passage's number, the key of what was read, and its packed states."""


def key_of(model: str, text: str) -> int:
    """What tells a text, as a model reads it, from all others."""
    digest = hashlib.blake2b(f"{model}\n{text}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


class KeptStates:
    """Token states in the SQLite file at `path`, at most `limit` bytes of them: those of the newest passages.

    Looked up by what was read, so that nothing stale is ever found; forgotten by the passages' numbers. With a limit
    of 0 nothing is kept. Where the file cannot be used there are none, which the log says once; while another process
    holds it, what is asked of it then is left undone. Safe to use from several threads and processes.
    """

    def __init__(self, path: Path, limit: int) -> None:
        self._path, self._limit = path, limit
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None
        self._left: list[int] = []  # passages that are still to be forgotten
        self._unusable = limit <= 0
        if self._unusable:
            self._delete()

    def keep(self, rows: Sequence[Kept]) -> None:
        """Keep the states of passages; the oldest go where there are too many."""
        with self._lock:
            if self._unusable or not rows:
                return
            try:
                connection = self._connection()
                with connection:
                    connection.executemany("INSERT OR REPLACE INTO states VALUES (?, ?, ?)", rows)
                while self._size(connection) > self._limit and self._forget_oldest(connection, len(rows)):
                    pass
            except (sqlite3.DatabaseError, OSError) as error:
                self._left_undone(error)

    def known(self, model: str, texts: Sequence[str]) -> dict[str, TokenStates]:
        """The states of those of `texts` that were kept."""
        keys = {key_of(model, text): text for text in texts}
        with self._lock:
            if self._unusable or not keys:
                return {}
            try:
                rows = self._connection().execute(
                    "SELECT key, packed FROM states WHERE key IN (SELECT value FROM json_each(?)) GROUP BY key",
                    (json.dumps(list(keys)),),
                )
                return {keys[key]: TokenStates.unpacked(packed) for key, packed in rows}
            except (sqlite3.DatabaseError, OSError) as error:
                self._left_undone(error)
                return {}

    def forget(self, passages: Sequence[int]) -> None:
        """Delete the states of passages that are gone."""
        with self._lock:
            if self._unusable or not passages:
                return
            self._left += passages
            try:
                connection = self._connection()
                with connection:
                    connection.execute(
                        "DELETE FROM states WHERE passage IN (SELECT value FROM json_each(?))",
                        (json.dumps(self._left),),
                    )
                self._left.clear()
            except (sqlite3.DatabaseError, OSError) as error:
                self._left_undone(error)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._close()

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            connection = sqlite3.connect(self._path, timeout=_WAIT, check_same_thread=False)
            try:
                connection.execute(f"PRAGMA page_size = {_PAGE}")
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute("PRAGMA secure_delete = FAST")
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS states (passage INTEGER PRIMARY KEY, key INTEGER NOT NULL, packed BLOB)"
                )
                connection.execute("CREATE INDEX IF NOT EXISTS states_by_key ON states (key)")
            except BaseException:
                connection.close()
                raise
            self._opened = connection
        return self._opened

    def _size(self, connection: sqlite3.Connection) -> int:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        return int((pages - free) * size)

    def _forget_oldest(self, connection: sqlite3.Connection, count: int) -> int:
        with connection:
            gone = connection.execute(
                "DELETE FROM states WHERE passage IN (SELECT passage FROM states ORDER BY passage LIMIT ?)", (count,)
            )
        return gone.rowcount

    def _left_undone(self, error: Exception) -> None:
        """Do without: this once where another process held the file for long, else until the next start, which finds no
        file where this one was damaged."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_BUSY:
            _log.info("%s is held by another process", self._path)
            return
        _log.warning("%s cannot be used (%s): passages are read anew for each question", self._path, error)
        self._close()
        self._unusable = True
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            self._delete()

    def _delete(self) -> None:
        for ending in ("", "-wal", "-shm"):
            try:
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
            except OSError as error:
                _log.warning("%s cannot be deleted: %s", self._path, error)

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None
