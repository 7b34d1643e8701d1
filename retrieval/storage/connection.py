"""Connections to the catalogue: one for each thread, transactions, one writer among all processes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import StoreBusy, UserError
from retrieval.storage.articles import publisher_key
from retrieval.storage.migrations import is_current, migrate

_BUSY_SECONDS = 30.0


class Connections:
    """The SQLite file at `path`, made if absent. Safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = FileLock(path.with_suffix(".lock"), timeout=_BUSY_SECONDS, thread_local=False)
        # FileLock is re-entrant for its process; threads need a lock of their own.
        self._writing = threading.RLock()
        self._local = threading.local()
        self._all: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._opening = threading.Lock()
        self._closed = False
        try:
            self._make()
            if not is_current(self.read()):
                with self.writer():
                    migrate(self.read())
        except sqlite3.DatabaseError as error:
            self.close()
            raise _told(error, path) from error

    def read(self) -> sqlite3.Connection:
        """This thread's connection, for reading; UserError where the store was closed."""
        if self._closed:
            raise self._closed_error()
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._open()
            self._local.connection = connection
        return connection

    @contextmanager
    def writer(self) -> Iterator[None]:
        """Hold the right to change the store against every other process; StoreBusy after 30 s.

        Held over a catalogue transaction *and* the index changes that follow from it, so that the order of the two is
        the same for all processes. A killed process lets go of it.
        """
        with self._writing:
            try:
                self._writer.acquire()
            except Timeout as error:
                raise StoreBusy(
                    f"Another onrecord command has been changing {self.path.parent} for {_BUSY_SECONDS:.0f} s:"
                    " wait for it to finish and try again."
                ) from error
            except OSError as error:
                raise UserError(f"The store {self.path.parent} cannot be written: {error.strerror}.") from error
            try:
                yield
            finally:
                self._writer.release()

    @contextmanager
    def writer_if_free(self) -> Iterator[bool]:
        """As `writer`, without waiting: False, and nothing held, while another process or thread writes."""
        if not self._writing.acquire(blocking=False):
            yield False
            return
        try:
            try:
                self._writer.acquire(timeout=0)
            except (Timeout, OSError):
                yield False
                return
            try:
                yield True
            finally:
                self._writer.release()
        finally:
            self._writing.release()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: all of it or nothing. UserError where the disk is full or the file cannot be written.

        By itself for what the index mirrors nothing of; else within `writer`, for which others wait much longer.
        """
        connection = self.read()
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # on a full disk SQLite has rolled back itself
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.DatabaseError as error:
            raise _told(error, self.path) from error

    def close(self) -> None:
        """Close the connections of all threads; no other is opened."""
        with self._opening:
            self._closed = True
            for _, connection in self._all:
                connection.close()
            self._all.clear()

    def _make(self) -> None:
        """Make the catalogue where there is none; UserError where all that was in it is gone.

        SQLite takes a file of no bytes for a new database: it would pass for a store that nothing was ever put into.
        """
        if self._size():
            return
        with self.writer():  # whoever makes it holds the right to
            size = self._size()
            if size is None:
                try:
                    self.read()
                finally:
                    if self._size() == 0:  # no room for as much as its head
                        self.path.unlink()
            elif size == 0:
                raise UserError(
                    f"The catalogue {self.path} is empty, and all that was in it lost: move it away, make it anew from"
                    " a backup with `onrecord backup FILE --restore`."
                )

    def _size(self) -> int | None:
        try:
            return self.path.stat().st_size
        except OSError:
            return None

    def _open(self) -> sqlite3.Connection:
        # check_same_thread=False only so that close() may be called from any thread.
        try:
            connection = sqlite3.connect(
                self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            connection.row_factory = sqlite3.Row
            connection.create_function("publisher_key", 1, publisher_key, deterministic=True)
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                # Two that make one store at once: SQLite does not wait for the other here, whatever its timeout.
                with self._writer:
                    connection.execute("PRAGMA journal_mode = WAL")
            # NORMAL with WAL survives a killed process; a power cut can undo the last transactions, never tear one.
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA mmap_size = 268435456")
        except sqlite3.DatabaseError as error:
            raise _told(error, self.path) from error
        except Timeout as error:
            raise StoreBusy(f"Another program is making {self.path}: wait for it to finish and try again.") from error
        with self._opening:
            if self._closed:  # meanwhile
                connection.close()
                raise self._closed_error()
            ended = [(thread, known) for thread, known in self._all if not thread.is_alive()]
            for _, known in ended:
                known.close()
            self._all = [pair for pair in self._all if pair not in ended]
            self._all.append((threading.current_thread(), connection))
        return connection

    def _closed_error(self) -> UserError:
        return UserError(f"The store {self.path.parent} was closed: open it again.")


def _told(error: sqlite3.DatabaseError, path: Path) -> UserError | sqlite3.DatabaseError:
    """What of SQLite's errors the user can help, as a sentence that says how; the others as they are."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return UserError(f"The disk that {path.parent} is on is full: make room, and run this again; nothing is lost.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return UserError(f"The catalogue {path} cannot be written: give this user the right to write in {path.parent}.")
    if code == sqlite3.SQLITE_IOERR:
        return UserError(f"The disk that {path.parent} is on cannot be read or written ({error}): see to the disk.")
    if code == sqlite3.SQLITE_BUSY:
        return StoreBusy(f"Another program has been using {path}: wait for it to finish and try again.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return UserError(
            f"The catalogue {path} is damaged ({error}): move it away, and make it anew from a backup with"
            " `onrecord backup FILE --restore`."
        )
    return error
