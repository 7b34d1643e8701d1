"""Doing what the vectors still lack: each task is crossed out once the index holds what it asks for."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from retrieval.errors import IndexUnavailable
from retrieval.storage import articles, passages
from retrieval.storage.connection import Connections
from retrieval.storage.index import tasks
from retrieval.storage.index.kept_states import KeptStates
from retrieval.storage.index.vectors import IndexRow, VectorIndex
from retrieval.storage.records import RecordTable

_log = logging.getLogger(__name__)

_BATCH = 64  # articles that go into the index at once

_IndexTasks = list[tasks.IndexTask]


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
                for some in _together(open_tasks):
                    self._do(some)
        except IndexUnavailable as error:
            _log.warning("the index is away, so %d changes wait for it: %s", tasks.pending_count(connection), error)

    def check(self) -> None:
        """IndexUnavailable where something is left undone."""
        if (count := tasks.pending_count(self._connections.read())) > 0:
            raise IndexUnavailable(
                f"The vector index went away, so {count} changes wait for it: they are made at the next start."
            )

    def index(self, collection: str, revisions: Sequence[int]) -> None:
        """Write the vectors of revisions into the index, all at once: each write costs Chroma as much as many rows."""
        connection = self._connections.read()
        rows: dict[int, IndexRow] = {}
        for revision in revisions:
            numbers, vectors = passages.vectors_of(connection, revision)
            if numbers:
                day, source = articles.day_and_source(connection, revision)
                rows |= {
                    n: IndexRow(v, day or 0, articles.publisher_key(source))
                    for n, v in zip(numbers, vectors, strict=True)
                }
        if rows:
            self._vectors.add(collection, rows)

    def _do(self, some: _IndexTasks | tasks.ForgetTask) -> None:
        if isinstance(some, tasks.ForgetTask):
            self._states.forget(some.passages)
            self._vectors.forget(some.collection, some.passages)
            with self._connections.transaction() as connection:
                tasks.finish_task(connection, some)
        else:
            self.index(some[0].collection, [task.revision for task in some])
            with self._connections.transaction() as connection:
                for task in some:
                    tasks.finish_index_task(connection, task, self._tables)


def _together(open_tasks: Sequence[tasks.IndexTask | tasks.ForgetTask]) -> Iterator[_IndexTasks | tasks.ForgetTask]:
    """The tasks in their order; articles of one collection that follow each other as one batch."""
    batch: _IndexTasks = []
    for task in open_tasks:
        joins = isinstance(task, tasks.IndexTask) and len(batch) < _BATCH
        if batch and not (joins and batch[0].collection == task.collection):
            yield batch
            batch = []
        if isinstance(task, tasks.IndexTask):
            batch.append(task)
        else:
            yield task
    if batch:
        yield batch
