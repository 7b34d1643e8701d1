"""Asking the full-text index: which passages have words, best BM25 first."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

import numpy as np

from retrieval.storage.publications import Numbers, Within

# Weights of BM25 over (scope, title, source, body): a word of the title tells more of what an article is about.
_COLUMN_WEIGHTS = "0.0, 2.0, 1.0, 1.0"


def match_words(
    connection: sqlite3.Connection,
    expression: str,
    collections: Sequence[str],
    within: Within | None,
    limit: int,
    ranked: str | None = None,
) -> list[int]:
    """The passages that match an FTS5 expression, best BM25 first; only those `within` a window, where there is one.

    `ranked`, a narrower expression, keeps the work down: what does not match it is left out where enough does.
    """
    full, rare = (_full(connection, e, collections) for e in (expression, ranked or expression))
    if full is None or rare is None or (within is not None and not within.count):
        return []
    if within is None and full == rare:
        rows = connection.execute(
            f"SELECT rowid FROM passage_index WHERE passage_index MATCH ? AND rank MATCH 'bm25({_COLUMN_WEIGHTS})'"
            " ORDER BY rank LIMIT ?",
            (full, limit),
        )
        return [int(pk) for (pk,) in rows]
    # FTS5 lists matches fifty times as fast as it ranks them, and would match anew for each passage of the window.
    found = _matching(connection, rare)
    inside = found if within is None else found[within.has(found)]
    if len(inside) < limit and full != rare:
        found = _matching(connection, full)
        inside = found if within is None else found[within.has(found)]
    return _ranked(connection, full, inside, limit)


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


def _full(connection: sqlite3.Connection, expression: str, collections: Sequence[str]) -> str | None:
    """An expression for passages of `collections` alone; None where it can match nothing."""
    keys = {str(name): int(key) for key, name in connection.execute("SELECT pk, name FROM collections")}
    asked = [keys[name] for name in collections if name in keys]
    if not asked or not expression:
        return None
    full = f"{{title source body}} : ({expression})"
    if len(asked) < len(keys):  # a word that all passages have is slow to match
        full = f"scope : ({' OR '.join(f'c{key}' for key in asked)}) AND {full}"
    return full


def _matching(connection: sqlite3.Connection, full: str) -> Numbers:
    """The numbers of the passages that match, in order."""
    cursor = connection.cursor()
    cursor.row_factory = None  # there may be tens of thousands
    rows = cursor.execute("SELECT rowid FROM passage_index WHERE passage_index MATCH ?", (full,))
    return np.fromiter((number for (number,) in rows), np.int64)


def _ranked(connection: sqlite3.Connection, full: str, numbers: Numbers, limit: int) -> list[int]:
    """Those of `numbers`, which are in order, that match, best BM25 first; no others are ranked."""
    if not len(numbers):
        return []
    rows = connection.execute(
        "SELECT rowid FROM passage_index WHERE passage_index MATCH ? AND rowid BETWEEN ? AND ?"
        # The sign keeps SQLite from having FTS5 match anew for each number.
        " AND +rowid IN (SELECT value FROM json_each(?))"
        f" ORDER BY bm25(passage_index, {_COLUMN_WEIGHTS}), rowid LIMIT ?",
        (full, int(numbers[0]), int(numbers[-1]), json.dumps(numbers.tolist()), limit),
    )
    return [int(number) for (number,) in rows]
