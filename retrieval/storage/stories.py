"""Which articles tell one story: near-duplicates, looked up by the bands of their MinHash signatures."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.schema import ArticleHead
from retrieval.storage.articles import heads_by_revision

Signature = NDArray[np.uint32]
"""A MinHash signature, as reading makes it."""

Similar = Callable[[Signature, Signature], bool]
"""Whether two signatures are of near-duplicates."""


def story_of(
    connection: sqlite3.Connection,
    collection: int,
    article_id: str,
    signature: Signature,
    bands: Sequence[int],
    similar: Similar,
) -> int | None:
    """The story that a text belongs to; None if no article of the collection is a near-duplicate of it.

    An article keeps its story over its revisions, so that a re-edit stays linked to what it was linked to.
    """
    row = connection.execute(
        "SELECT r.story FROM revisions r JOIN articles a ON a.pk = r.article WHERE a.collection = ? AND a.id = ?"
        " ORDER BY r.number DESC LIMIT 1",
        (collection, article_id),
    ).fetchone()
    if row is not None:
        return int(row["story"])
    candidates = connection.execute(
        "SELECT DISTINCT r.story, s.signature FROM near_duplicate_bands b JOIN signatures s ON s.revision = b.revision"
        " JOIN revisions r ON r.pk = b.revision"
        " WHERE b.collection = ? AND b.band IN (SELECT value FROM json_each(?)) ORDER BY r.story",
        (collection, json.dumps(list(bands))),
    )
    for candidate in candidates:
        if similar(signature, np.frombuffer(candidate["signature"], "<u4")):
            return int(candidate["story"])
    return None


def insert_signature(
    connection: sqlite3.Connection, collection: int, revision: int, signature: Signature, bands: Sequence[int]
) -> None:
    """Make a revision findable as a near-duplicate."""
    connection.execute(
        "INSERT INTO signatures (revision, signature) VALUES (?, ?)", (revision, signature.astype("<u4").tobytes())
    )
    connection.executemany(
        "INSERT OR IGNORE INTO near_duplicate_bands (collection, band, revision) VALUES (?, ?, ?)",
        [(collection, band, revision) for band in bands],
    )


def told_alike(connection: sqlite3.Connection, collection: str, article_id: str) -> list[ArticleHead]:
    """The searched near-duplicates of an article."""
    rows = connection.execute(
        """SELECT r.pk FROM revisions r JOIN articles a ON a.searched = r.pk JOIN collections c ON c.pk = a.collection
           WHERE c.name = ?1 AND a.id <> ?2 AND r.story = (
               SELECT mine.story FROM articles b JOIN revisions mine ON mine.pk = b.searched
               JOIN collections d ON d.pk = b.collection WHERE d.name = ?1 AND b.id = ?2)
           ORDER BY r.pk""",
        (collection, article_id),
    )
    return list(heads_by_revision(connection, [pk for (pk,) in rows]).values())
