"""What the vectors still lack, written in the same transaction as the change that made it so (an outbox)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.storage import properties, records
from retrieval.storage.passages import close_to_search, delete_passages, open_to_search
from retrieval.storage.records import RecordTable


@dataclass(frozen=True, slots=True)
class IndexTask:
    """Put the passages of `revision` into the vectors and search it."""

    pk: int
    collection: str
    revision: int


@dataclass(frozen=True, slots=True)
class ForgetTask:
    """Take `passages` out of the vectors."""

    pk: int
    collection: str
    passages: tuple[int, ...]


def add_index_task(connection: sqlite3.Connection, collection: str, revision: int) -> None:
    """Note that the vectors lack a revision."""
    connection.execute(
        "INSERT INTO index_tasks (kind, collection, revision) VALUES ('index', ?, ?)", (collection, revision)
    )


def add_index_tasks(connection: sqlite3.Connection, collection: str | None = None) -> None:
    """Note that the vectors lack every searched revision of a collection, or of all."""
    connection.execute(
        "INSERT INTO index_tasks (kind, collection, revision) SELECT 'index', c.name, a.searched"
        " FROM articles a JOIN collections c ON c.pk = a.collection"
        " WHERE a.searched IS NOT NULL AND coalesce(c.name = ?, 1) ORDER BY a.searched",
        (collection,),
    )


def add_forget_task(connection: sqlite3.Connection, collection: str, passages: Sequence[int]) -> None:
    """Note that the vectors hold passages that are gone."""
    if passages:
        connection.execute(
            "INSERT INTO index_tasks (kind, collection, passages) VALUES ('forget', ?, ?)",
            (collection, np.asarray(passages, "<i8").tobytes()),
        )


def open_tasks(connection: sqlite3.Connection) -> list[IndexTask | ForgetTask]:
    """The tasks in the order they were written."""
    tasks: list[IndexTask | ForgetTask] = []
    for row in connection.execute("SELECT pk, kind, collection, revision, passages FROM index_tasks ORDER BY pk"):
        if row["kind"] == "index":
            tasks.append(IndexTask(row["pk"], row["collection"], row["revision"]))
        else:
            tasks.append(
                ForgetTask(row["pk"], row["collection"], tuple(np.frombuffer(row["passages"], "<i8").tolist()))
            )
    return tasks


def pending_count(connection: sqlite3.Connection) -> int:
    """How many tasks are open."""
    (count,) = connection.execute("SELECT count(*) FROM index_tasks").fetchone()
    return int(count)


def finish_index_task(connection: sqlite3.Connection, task: IndexTask, tables: Sequence[RecordTable]) -> None:
    """The vectors hold the revision: search it from now on, and forget the one before, whose text alone stays."""
    row = connection.execute(
        "SELECT a.pk, a.searched FROM articles a JOIN revisions r ON r.article = a.pk WHERE r.pk = ?", (task.revision,)
    ).fetchone()
    if row is not None and row["searched"] != task.revision:
        if row["searched"] is not None:
            add_forget_task(connection, task.collection, retire(connection, row["searched"], tables))
        connection.execute("UPDATE articles SET searched = ? WHERE pk = ?", (task.revision, row["pk"]))
        properties.count_up(connection, properties.RECORDS)
        open_to_search(connection, task.revision)
    finish_task(connection, task)


def finish_task(connection: sqlite3.Connection, task: IndexTask | ForgetTask) -> None:
    """The vectors hold what `task` asked for."""
    connection.execute("DELETE FROM index_tasks WHERE pk = ?", (task.pk,))


def remove_article(
    connection: sqlite3.Connection, collection: str, article_id: str, tables: Sequence[RecordTable]
) -> bool:
    """Delete an article with all its revisions, passages and records; False if there is none of that id."""
    row = connection.execute(
        "SELECT a.pk, a.searched FROM articles a JOIN collections c ON c.pk = a.collection"
        " WHERE c.name = ? AND a.id = ?",
        (collection, article_id),
    ).fetchone()
    if row is None:
        return False
    if row["searched"] is not None:
        add_forget_task(connection, collection, retire(connection, row["searched"], tables))
    revisions = [pk for (pk,) in connection.execute("SELECT pk FROM revisions WHERE article = ?", (row["pk"],))]
    for revision in revisions:
        # A pending revision may have reached the vectors before its task was crossed out.
        add_forget_task(connection, collection, delete_passages(connection, revision))
        records.delete(connection, revision, tables)
        connection.execute("DELETE FROM index_tasks WHERE kind = 'index' AND revision = ?", (revision,))
    connection.execute("UPDATE articles SET searched = NULL WHERE pk = ?", (row["pk"],))
    connection.execute("DELETE FROM articles WHERE pk = ?", (row["pk"],))
    return True


def retire(connection: sqlite3.Connection, revision: int, tables: Sequence[RecordTable]) -> list[int]:
    """Stop searching a revision: its passages and records go, its text stays for citations. The passages' numbers."""
    close_to_search(connection, revision)
    connection.execute("DELETE FROM near_duplicate_bands WHERE revision = ?", (revision,))
    connection.execute("DELETE FROM signatures WHERE revision = ?", (revision,))
    records.delete(connection, revision, tables)
    return delete_passages(connection, revision)
