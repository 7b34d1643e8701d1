"""Passages in the catalogue: where they stand, their vectors, and the full-text index over them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.schema import Passage, Stretch, Window
from retrieval.storage.articles import day_number
from retrieval.storage.token_states import Vectors

# Weights of BM25 over (scope, title, source, body): a word of the title tells more of what an article is about.
_COLUMN_WEIGHTS = "0.0, 2.0, 1.0, 1.0"

_SEARCHED = """
    FROM passages p JOIN revisions r ON r.pk = p.revision JOIN articles a ON a.searched = r.pk
    JOIN collections c ON c.pk = a.collection
"""
# The same, from given passages to their articles, and from days and publishers to the passages: SQLite keeps the order
# of a CROSS JOIN, and has no statistics from which it would find the better one.
_OF_THESE = """
    FROM passages p CROSS JOIN revisions r ON r.pk = p.revision CROSS JOIN articles a ON a.searched = r.pk
    CROSS JOIN collections c ON c.pk = a.collection
"""
_PUBLISHED = """
    FROM revisions r CROSS JOIN articles a ON a.searched = r.pk CROSS JOIN collections c ON c.pk = a.collection
    CROSS JOIN passages p ON p.revision = r.pk
"""


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
            sentences=tuple(Stretch(*pair) for pair in np.frombuffer(row["sentences"], "<i4").reshape(-1, 2).tolist()),
        )
        for row in rows
    }


def match_words(
    connection: sqlite3.Connection,
    expression: str,
    collections: Sequence[str],
    window: Window,
    limit: int,
    narrow: Sequence[int] | None = None,
) -> list[int]:
    """The passages that match an FTS5 expression, best BM25 first.

    `narrow`: all the passages within `window`, where they are known to be few.
    """
    keys = {str(name): int(key) for key, name in connection.execute("SELECT pk, name FROM collections")}
    asked = [keys[name] for name in collections if name in keys]
    if not asked or not expression or (narrow is not None and not narrow):
        return []
    full = f"{{title source body}} : ({expression})"
    if len(asked) < len(keys):  # a word that all passages have is slow to match
        full = f"scope : ({' OR '.join(f'c{key}' for key in asked)}) AND {full}"
    if narrow is not None:
        return _match_among(connection, full, narrow, limit)
    ranked = connection.execute(
        f"SELECT rowid FROM passage_index WHERE passage_index MATCH ? AND rank MATCH 'bm25({_COLUMN_WEIGHTS})'"
        f" ORDER BY rank{'' if window else ' LIMIT ?'}",
        (full,) if window else (full, limit),
    )
    if not window:
        return [int(pk) for (pk,) in ranked]
    # FTS5 would match anew for each passage of the window, so the best matches are looked up in the window instead.
    found: list[int] = []
    size = limit * 4
    while len(found) < limit and (some := [int(pk) for (pk,) in ranked.fetchmany(size)]):
        found += numbers_within(connection, some, collections, window)
        size *= 4
    ranked.close()
    return found[:limit]


def _match_among(connection: sqlite3.Connection, full: str, numbers: Sequence[int], limit: int) -> list[int]:
    """Those of `numbers` that match, best BM25 first; no others are ranked."""
    ranked = connection.execute(
        "SELECT rowid FROM passage_index WHERE passage_index MATCH ? AND rowid BETWEEN ? AND ?"
        # The sign keeps SQLite from having FTS5 match anew for each number.
        " AND +rowid IN (SELECT value FROM json_each(?))"
        f" ORDER BY bm25(passage_index, {_COLUMN_WEIGHTS}), rowid LIMIT ?",
        (full, min(numbers), max(numbers), json.dumps(list(numbers)), limit),
    )
    return [int(pk) for (pk,) in ranked]


def numbers_within(
    connection: sqlite3.Connection, numbers: Sequence[int], collections: Sequence[str], window: Window
) -> list[int]:
    """Those of `numbers` that are searched passages within `window`, in the order given."""
    condition, values = _within(window, collections)
    rows = connection.execute(
        f"SELECT p.pk {_OF_THESE} WHERE p.pk IN (SELECT value FROM json_each(?)) AND {condition}",
        (json.dumps(list(numbers)), *values),
    )
    inside = {int(pk) for (pk,) in rows}
    return [number for number in numbers if number in inside]


def document_frequencies(connection: sqlite3.Connection, stems: Sequence[str]) -> tuple[dict[str, int], int]:
    """In how many indexed passages each stem (Porter) stands, and how many passages there are."""
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab ('main', 'passage_index', 'row')"
    )
    counts = {}
    for stem in stems:
        row = connection.execute("SELECT doc FROM temp.vocabulary WHERE term = ?", (stem,)).fetchone()
        counts[stem] = 0 if row is None else int(row["doc"])
    (total,) = connection.execute("SELECT count(*) FROM passages").fetchone()
    return counts, int(total)


def at_most(connection: sqlite3.Connection, collections: Sequence[str], window: Window, count: int) -> bool:
    """Whether at most `count` searched passages lie within `window`; counts no further."""
    condition, values = _within(window, collections)
    (found,) = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 {_SEARCHED} WHERE {condition} LIMIT ?)", (*values, count + 1)
    ).fetchone()
    return int(found) <= count


def few_within(
    connection: sqlite3.Connection, collections: Sequence[str], window: Window, count: int
) -> list[int] | None:
    """The numbers of the searched passages within `window`, in order; None where there are more than `count`, or so
    many articles that there surely are about as many."""
    condition, values = _published(window)
    (articles,) = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM revisions r WHERE {condition} LIMIT ?)", (*values, count // 2 + 1)
    ).fetchone()
    if articles > count // 2:
        return None
    condition, values = _within(window, collections)
    rows = connection.execute(f"SELECT p.pk {_PUBLISHED} WHERE {condition} LIMIT ?", (*values, count + 1)).fetchall()
    return None if len(rows) > count else sorted(int(pk) for (pk,) in rows)


def vectors_of_passages(connection: sqlite3.Connection, numbers: Sequence[int]) -> Vectors:
    """The vectors of passages, a row for each of `numbers`, which are in order and all there."""
    rows = connection.execute(
        "SELECT vector FROM passages WHERE pk IN (SELECT value FROM json_each(?)) ORDER BY pk",
        (json.dumps(list(numbers)),),
    )
    return stacked(row["vector"] for row in rows)


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
        conditions.append("r.source = ? COLLATE NOCASE")
        values.append(window.source)
    return " AND ".join(conditions) or "1", tuple(values)


def stacked(blobs: Iterable[bytes]) -> Vectors:
    """Stored vectors as the rows of a matrix."""
    rows = list(blobs)
    if not rows:
        return np.zeros((0, 0), np.float32)
    return np.frombuffer(b"".join(rows), "<f2").reshape(len(rows), -1).astype(np.float32)
