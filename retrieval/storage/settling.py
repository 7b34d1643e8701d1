"""Doing what the vectors still lack: each task is crossed out once the index holds what it asks for."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from retrieval.errors import IndexUnavailable
from retrieval.storage import articles, passages, tasks
from retrieval.storage.connection import Connections
from retrieval.storage.kept_states import KeptStates
from retrieval.storage.records import RecordTable
from retrieval.storage.vectors import VectorIndex

_log = logging.getLogger(__name__)


class Settling:
    """Brings the index in step with the catalogue; every method wants the writer lock held."""

    def __init__(
        self, connections: Connections, vectors: VectorIndex, states: KeptStates, tables: Sequence[RecordTable]
    ) -> None:
        self._connections, self._vectors, self._states, self._tables = connections, vectors, states, tables

    def settle(self) -> None:
        """Do what is open, in order; where the index is away, the rest waits, and the log says so."""
        connection = self._connections.read()
        try:
            while open_tasks := tasks.open_tasks(connection):
                for task in open_tasks:
                    self._do(task)
        except IndexUnavailable as error:
            _log.warning("the index is away, so %d changes wait for it: %s", tasks.pending_count(connection), error)

    def check(self) -> None:
        """IndexUnavailable where something is left undone."""
        if (count := tasks.pending_count(self._connections.read())) > 0:
            raise IndexUnavailable(
                f"The vector index went away, so {count} changes wait for it: they are made at the next start."
            )

    def index(self, collection: str, revision: int) -> None:
        """Write the vectors of a revision into the index."""
        connection = self._connections.read()
        numbers, vectors = passages.vectors_of(connection, revision)
        if numbers:
            day, source = articles.day_and_source(connection, revision)
            self._vectors.add(collection, numbers, vectors, day, source)

    def _do(self, task: tasks.IndexTask | tasks.ForgetTask) -> None:
        if isinstance(task, tasks.IndexTask):
            self.index(task.collection, task.revision)
            with self._connections.transaction() as connection:
                tasks.finish_index_task(connection, task, self._tables)
        else:
            self._states.forget(task.passages)
            self._vectors.forget(task.collection, task.passages)
            with self._connections.transaction() as connection:
                tasks.finish_task(connection, task)
