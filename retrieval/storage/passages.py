"""Passages in the catalogue: where they stand, their vectors, and what of them is open to full-text search."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.schema import Passage, Stretch, Window
from retrieval.storage.articles import day_number, publisher_key
from retrieval.storage.encoding.token_states import Vectors
from retrieval.storage.publications import Numbers

_SEARCHED = """
    FROM passages p JOIN revisions r ON r.pk = p.revision JOIN articles a ON a.searched = r.pk
    JOIN collections c ON c.pk = a.collection
"""
# The same, from given passages to their articles: SQLite keeps the order of a CROSS JOIN, and has no statistics from
# which it would find the better one.
_OF_THESE = """
    FROM passages p CROSS JOIN revisions r ON r.pk = p.revision CROSS JOIN articles a ON a.searched = r.pk
    CROSS JOIN collections c ON c.pk = a.collection
"""

_BLOCK = 4_096  # passages whose vectors are compared at once


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage of a searched revision, with its text."""

    pk: int
    revision: int
    story: int
    start: int
    end: int
    text: str
    sentences: tuple[Stretch, ...]


def insert_passages(
    connection: sqlite3.Connection, revision: int, passages: Sequence[Passage], vectors: Vectors
) -> None:
    """Write the passages of a revision with their vectors, shape (passages, dimensions)."""
    connection.executemany(
        'INSERT INTO passages (revision, "start", "end", sentences, vector) VALUES (?, ?, ?, ?, ?)',
        [
            (revision, p.start, p.end, np.asarray(p.sentences, "<i4").tobytes(), v.astype("<f2").tobytes())
            for p, v in zip(passages, vectors, strict=True)
        ],
    )


def numbers_of(connection: sqlite3.Connection, revision: int) -> list[int]:
    """The numbers of a revision's passages, in their order."""
    rows = connection.execute("SELECT pk FROM passages WHERE revision = ? ORDER BY pk", (revision,))
    return [int(pk) for (pk,) in rows]


def vectors_of(connection: sqlite3.Connection, revision: int) -> tuple[list[int], Vectors]:
    """The numbers of a revision's passages and their vectors, shape (passages, dimensions)."""
    rows = connection.execute("SELECT pk, vector FROM passages WHERE revision = ? ORDER BY pk", (revision,)).fetchall()
    return [int(row["pk"]) for row in rows], stacked(row["vector"] for row in rows)


def open_to_search(connection: sqlite3.Connection, revision: int) -> None:
    """Put the passages of a revision into the full-text index."""
    connection.execute(
        "INSERT INTO passage_index (rowid, scope, title, source, body) SELECT rowid, scope, title, source, body"
        " FROM passage_texts WHERE rowid IN (SELECT pk FROM passages WHERE revision = ?)",
        (revision,),
    )


def close_to_search(connection: sqlite3.Connection, revision: int) -> None:
    """Take the passages of a revision out of the full-text index; before their rows change or go."""
    connection.execute(
        "INSERT INTO passage_index (passage_index, rowid, scope, title, source, body)"
        " SELECT 'delete', rowid, scope, title, source, body"
        " FROM passage_texts WHERE rowid IN (SELECT pk FROM passages WHERE revision = ?)",
        (revision,),
    )


def delete_passages(connection: sqlite3.Connection, revision: int) -> list[int]:
    """Delete the passages of a revision; their numbers."""
    numbers = [int(pk) for (pk,) in connection.execute("SELECT pk FROM passages WHERE revision = ?", (revision,))]
    connection.execute("DELETE FROM passages WHERE revision = ?", (revision,))
    return numbers


def searched_passages(
    connection: sqlite3.Connection, numbers: Sequence[int], collections: Sequence[str], window: Window
) -> dict[int, StoredPassage]:
    """Those of `numbers` that are of a searched revision in `collections` and within `window`."""
    condition, values = _within(window, collections)
    rows = connection.execute(
        'SELECT p.pk, p.revision, r.story, p."start", p."end", p.sentences,'
        f' substr(r.text, p."start" + 1, p."end" - p."start") AS text {_OF_THESE}'
        f" WHERE p.pk IN (SELECT value FROM json_each(?)) AND {condition}",
        (json.dumps(list(numbers)), *values),
    )
    return {
        row["pk"]: StoredPassage(
            pk=row["pk"],
            revision=row["revision"],
            story=row["story"],
            start=row["start"],
            end=row["end"],
            text=row["text"],
            sentences=tuple(map(Stretch._make, np.frombuffer(row["sentences"], "<i4").reshape(-1, 2).tolist())),
        )
        for row in rows
    }


def at_most(connection: sqlite3.Connection, collections: Sequence[str], window: Window, count: int) -> bool:
    """Whether at most `count` searched passages lie within `window`; counts no further."""
    condition, values = _within(window, collections)
    (found,) = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 {_SEARCHED} WHERE {condition} LIMIT ?)", (*values, count + 1)
    ).fetchone()
    return int(found) <= count


def vectors_of_passages(connection: sqlite3.Connection, numbers: Numbers) -> tuple[Numbers, Vectors]:
    """The vectors of those of `numbers` that are there, in order: their numbers, and a row for each."""
    rows = connection.execute(
        "SELECT pk, vector FROM passages WHERE pk IN (SELECT value FROM json_each(?)) ORDER BY pk",
        (json.dumps(numbers.tolist()),),
    ).fetchall()
    return np.array([row["pk"] for row in rows], np.int64), stacked(row["vector"] for row in rows)


def count_within(connection: sqlite3.Connection, collections: Sequence[str], window: Window) -> int:
    """How many searched passages lie within `window`."""
    condition, values = _within(window, collections)
    (count,) = connection.execute(f"SELECT count(*) {_SEARCHED} WHERE {condition}", values).fetchone()
    return int(count)


def count_searched(connection: sqlite3.Connection, collection: str) -> int:
    """How many passages of a collection are searched."""
    return count_within(connection, (collection,), Window())


def searched_numbers(connection: sqlite3.Connection, collection: str) -> list[int]:
    """The numbers of a collection's searched passages."""
    return [int(pk) for (pk,) in connection.execute(f"SELECT p.pk {_SEARCHED} WHERE c.name = ?", (collection,))]


def index_rows(
    connection: sqlite3.Connection, collection: str, numbers: Sequence[int]
) -> list[tuple[int, int, Vectors, int | None, str | None]]:
    """Number, revision, vector, publication day and publisher of those of `numbers` that are searched."""
    rows = connection.execute(
        f"SELECT p.pk, p.revision, p.vector, r.day, r.source {_OF_THESE}"
        " WHERE c.name = ? AND p.pk IN (SELECT value FROM json_each(?))",
        (collection, json.dumps(list(numbers))),
    )
    return [(pk, revision, stacked([vector])[0], day, source) for pk, revision, vector, day, source in rows]


def words_agree(connection: sqlite3.Connection) -> bool:
    """Whether the full-text index has the words of the searched passages; while no change is pending."""
    try:
        connection.execute("INSERT INTO passage_index (passage_index, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT:
            return False
        raise
    return True


def rebuild_words(connection: sqlite3.Connection) -> None:
    """Fill the full-text index anew; while no change is pending, all passages are of searched revisions."""
    connection.execute("INSERT INTO passage_index (passage_index) VALUES ('rebuild')")


def vectors_within(
    connection: sqlite3.Connection, collections: Sequence[str], window: Window
) -> tuple[NDArray[np.int64], Vectors]:
    """The numbers and vectors of all searched passages within `window`."""
    condition, values = _within(window, collections)
    rows = connection.execute(f"SELECT p.pk, p.vector {_SEARCHED} WHERE {condition}", values).fetchall()
    return np.array([row["pk"] for row in rows], np.int64), stacked(row["vector"] for row in rows)


def nearest_within(
    connection: sqlite3.Connection, collections: Sequence[str], window: Window, vector: Vectors, limit: int
) -> list[tuple[int, float]]:
    """The searched passages within `window` nearest to `vector`, at most `limit`: (number, cosine), best first.

    All are compared, a block after the other: in memory at once they would be 2 GB at 500,000 passages.
    """
    condition, values = _within(window, collections)
    rows = connection.execute(f"SELECT p.pk, p.vector {_SEARCHED} WHERE {condition}", values)
    numbers, cosines = np.zeros(0, np.int64), np.zeros(0, np.float32)
    while block := rows.fetchmany(_BLOCK):
        numbers = np.concatenate([numbers, np.array([row["pk"] for row in block], np.int64)])
        cosines = np.concatenate([cosines, stacked(row["vector"] for row in block) @ vector])
        best = np.argsort(-cosines, kind="stable")[:limit]
        numbers, cosines = numbers[best], cosines[best]
    return list(zip(numbers.tolist(), cosines.tolist(), strict=True))


def _within(window: Window, collections: Sequence[str]) -> tuple[str, tuple[object, ...]]:
    """A condition on collections, days and publisher."""
    condition, values = _published(window)
    return f"c.name IN (SELECT value FROM json_each(?)) AND {condition}", (json.dumps(list(collections)), *values)


def _published(window: Window) -> tuple[str, tuple[object, ...]]:
    """A condition on days and publisher. An undated article lies in no window of days."""
    conditions: list[str] = []
    values: list[object] = []
    if window.first is not None:
        conditions.append("r.day >= ?")
        values.append(day_number(window.first))
    if window.last is not None:
        conditions.append("r.day <= ?")
        values.append(day_number(window.last))
    if window.source is not None:
        conditions.append("publisher_key(r.source) = ?")
        values.append(publisher_key(window.source))
    return " AND ".join(conditions) or "1", tuple(values)


def stacked(blobs: Iterable[bytes]) -> Vectors:
    """Stored vectors as the rows of a matrix."""
    rows = list(blobs)
    if not rows:
        return np.zeros((0, 0), np.float32)
    return np.frombuffer(b"".join(rows), "<f2").reshape(len(rows), -1).astype(np.float32)
