"""Whether a surname alone is that of somebody whom another article names in full: both tell of the same things."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from retrieval.annotation.folding import folded
from retrieval.annotation.quotations.names import names_in, title_words

_ARTICLES = 5  # of the speaker that are compared, the newest
_SHARED = 2  # rare names, besides the surname, that both articles have
_RARE = 4  # articles that may have a rare name; in a large collection the share below
_SHARE = 0.01
_SHORTEST = 4  # letters of a word that is compared


def tell_of_the_same(connection: sqlite3.Connection, revision: int, speaker: int, surname: str) -> bool:
    """Whether the article of `revision` shares rare names with one in which `speaker` is quoted.

    Follow-up stories name their people by surname; an unrelated article with the same surname shares no rare names.
    """
    text, collection = connection.execute(
        "SELECT r.text, a.collection FROM revisions r JOIN articles a ON a.pk = r.article WHERE r.pk = ?", (revision,)
    ).fetchone()
    own = _names(text, surname)
    (articles,) = connection.execute("SELECT count(*) FROM articles WHERE collection = ?", (collection,)).fetchone()
    for other in _texts(connection, speaker, revision):
        rare = 0
        for word in sorted(own & _names(other, surname)):
            rare += _is_in_few(connection, collection, word, max(_RARE, int(_SHARE * articles)))
            if rare == _SHARED:
                return True
    return False


def _texts(connection: sqlite3.Connection, speaker: int, revision: int) -> Iterator[str]:
    rows = connection.execute(
        "SELECT r.text FROM revisions r WHERE r.pk IN (SELECT DISTINCT revision FROM quotations WHERE speaker = ?)"
        " AND r.pk <> ? ORDER BY r.pk DESC LIMIT ?",
        (speaker, revision, _ARTICLES),
    )
    for (text,) in rows:
        yield text


def _names(text: str, surname: str) -> set[str]:
    """The words of the names in a text, folded, without the surname and what names no one thing."""
    words = {folded(word.strip(".")) for name in names_in(text) for word in name.words}
    return {w for w in words if len(w) >= _SHORTEST and w != surname and w not in title_words().nationalities}


def _is_in_few(connection: sqlite3.Connection, collection: int, word: str, few: int) -> bool:
    """Whether a word stands in at most `few` searched articles of a collection; counts no further."""
    match = f"scope:c{collection} AND {json.dumps(word)}"
    (count,) = connection.execute(
        "SELECT count(*) FROM (SELECT DISTINCT p.revision FROM passage_index i JOIN passages p ON p.pk = i.rowid"
        " WHERE passage_index MATCH ? LIMIT ?)",
        (match, few + 1),
    ).fetchone()
    return int(count) <= few
