"""Quotations in the catalogue: where they stand, who said them when, and their vectors."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from retrieval.schema import Granularity, Quotation, QuotationKind, Stance, Stretch, TimeSpan
from retrieval.storage.articles import publisher_key
from retrieval.storage.encoding.token_states import Vectors
from retrieval.storage.speakers import forget_unquoted, speaker_key

_SEARCHED = """
    FROM quotations q JOIN revisions r ON r.pk = q.revision JOIN articles a ON a.searched = r.pk
    JOIN collections c ON c.pk = a.collection
"""
_COLUMNS = """
    q.pk, q.revision, q.pieces, q.kind, q.stance, q.cue, q.mention, q.addressee, q.manner, q.speaker, q.named,
    q.description, q.mentioned, q.said_first, q.said_last, q.said_value, q.said_granularity, q.said_modifier
"""
# When something was said: the day stated, else that of publication.
_FIRST = "coalesce(q.said_first, substr(r.published, 1, 10))"
_LAST = "coalesce(q.said_last, substr(r.published, 1, 10))"


@dataclass(frozen=True, slots=True)
class StoredQuotation:
    """A quotation of a searched revision.

    It is taken apart when asked for: most that a search looks at are passed over.
    """

    row: sqlite3.Row

    @property
    def pk(self) -> int:
        """Its number."""
        return int(self.row["pk"])

    @property
    def revision(self) -> int:
        """The number of the revision it stands in."""
        return int(self.row["revision"])

    @property
    def speaker(self) -> int | None:
        """The number of the speaker, None where there is no name."""
        speaker: int | None = self.row["speaker"]
        return speaker

    @property
    def day(self) -> str:
        """When it was said, else published, ISO 8601; empty where neither is known."""
        return self.row["day"] or ""

    @property
    def called(self) -> list[str]:
        """What its article calls the speaker: a description, and the words of the mention."""
        return [text for text in (self.row["description"], self.row["mentioned"]) if text]

    @property
    def pieces(self) -> tuple[Stretch, ...]:
        """Where its words stand."""
        return tuple(Stretch(*pair) for pair in json.loads(self.row["pieces"]))

    @property
    def quotation(self) -> Quotation:
        """The whole of it."""
        return _quotation(self.row)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Whose quotations are meant: speakers' numbers, or what an article calls somebody."""

    speakers: frozenset[int]
    called: frozenset[str]


@dataclass(frozen=True, slots=True)
class Filters:
    """What quotations have to be: said (else published) between two days, both inclusive; of a kind; by a publisher;
    by somebody; of articles with these ids; of these revisions."""

    first: date | None = None
    last: date | None = None
    kind: QuotationKind | None = None
    source: str | None = None
    spoken: Spoken | None = None
    articles: frozenset[str] | None = None
    revisions: frozenset[int] | None = None


class QuotationTable:
    """Keeps quotations and the speakers they have."""

    annotator = "quotations"

    def insert(
        self, connection: sqlite3.Connection, revision: int, records: Sequence[tuple[Quotation, Vectors]]
    ) -> None:
        """Write the quotations of a revision, each with its vector, shape (dimensions,)."""
        collection, text = connection.execute(
            "SELECT a.collection, r.text FROM revisions r JOIN articles a ON a.pk = r.article WHERE r.pk = ?",
            (revision,),
        ).fetchone()
        for quotation, vector in records:
            speaker = None
            if quotation.speaker:
                speaker = speaker_key(connection, collection, revision, quotation.speaker, quotation.description)
            _insert(connection, revision, text, speaker, quotation, vector)

    def delete(self, connection: sqlite3.Connection, revision: int) -> None:
        """Take out the quotations of a revision, and speakers whom nothing else quotes."""
        rows = connection.execute(
            "SELECT DISTINCT speaker FROM quotations WHERE revision = ? AND speaker IS NOT NULL", (revision,)
        ).fetchall()
        connection.execute("DELETE FROM quotations WHERE revision = ?", (revision,))
        forget_unquoted(connection, [int(pk) for (pk,) in rows])


def searched_quotations(
    connection: sqlite3.Connection, collections: Sequence[str], filters: Filters, newest: int | None = None
) -> list[StoredQuotation]:
    """The quotations of searched revisions that `filters` let through, in the order of the articles; so many of the
    `newest`, those first, where a number is given."""
    condition, values = _within(filters, collections)
    order = "q.revision, q.pk"
    if newest is not None:
        # What is to be sorted is read without the rest of it.
        chosen = f"SELECT q.pk {_SEARCHED} WHERE {condition} ORDER BY {_LAST} DESC, {order} LIMIT ?"
        condition, values = f"q.pk IN ({chosen})", (*values, newest)
        order = f"{_LAST} DESC, {order}"
    rows = connection.execute(
        f"SELECT {_COLUMNS}, {_LAST} AS day {_SEARCHED} WHERE {condition} ORDER BY {order}", values
    )
    return [StoredQuotation(row) for row in rows]


def more_quotations(connection: sqlite3.Connection, collections: Sequence[str], count: int) -> bool:
    """Whether the searched articles of `collections` have more than `count` quotations; counts no further."""
    condition, values = _within(Filters(), collections)
    (found,) = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 {_SEARCHED} WHERE {condition} LIMIT ?)", (*values, count + 1)
    ).fetchone()
    return int(found) > count


def calling(connection: sqlite3.Connection) -> list[str]:
    """All that articles call those whom they quote, by description or mention, whether they are searched or not."""
    rows = connection.execute(
        "SELECT description FROM quotations WHERE description IS NOT NULL"
        " UNION SELECT mentioned FROM quotations WHERE mentioned IS NOT NULL"
    )
    return [str(text) for (text,) in rows]


def quotation_vectors(connection: sqlite3.Connection, numbers: Sequence[int]) -> Vectors:
    """The vectors of quotations, a row for each of `numbers` that is there, in order of the numbers."""
    rows = connection.execute(
        "SELECT vector FROM quotations WHERE pk IN (SELECT value FROM json_each(?)) ORDER BY pk",
        (json.dumps(list(numbers)),),
    )
    blobs = [row["vector"] for row in rows]
    if not blobs:
        return np.zeros((0, 0), np.float32)
    return np.frombuffer(b"".join(blobs), "<f2").reshape(len(blobs), -1).astype(np.float32)


def texts_of(connection: sqlite3.Connection, revisions: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The texts of revisions, by number."""
    rows = connection.execute(
        "SELECT pk, text FROM revisions WHERE pk IN (SELECT value FROM json_each(?))", (json.dumps(list(revisions)),)
    )
    for row in rows:
        yield int(row["pk"]), str(row["text"])


def _insert(
    connection: sqlite3.Connection,
    revision: int,
    text: str,
    speaker: int | None,
    quotation: Quotation,
    vector: Vectors,
) -> None:
    said, mention = quotation.said_on, quotation.mention
    connection.execute(
        """INSERT INTO quotations (revision, pieces, kind, stance, cue, mention, addressee, manner, speaker, named,
                                   description, said_first, said_last, said_value, said_granularity, said_modifier,
                                   vector, mentioned)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            revision,
            json.dumps(quotation.pieces),
            quotation.kind.value,
            quotation.stance.value,
            json.dumps(quotation.cue),
            _json(quotation.mention),
            _json(quotation.addressee),
            _json(quotation.manner),
            speaker,
            quotation.speaker,
            quotation.description,
            said.first.isoformat() if said and said.first else None,
            said.last.isoformat() if said and said.last else None,
            said.value if said else None,
            said.granularity.value if said else None,
            said.modifier if said else None,
            np.asarray(vector).astype("<f2").tobytes(),
            text[mention.start : mention.end] if mention else None,
        ),
    )


def _quotation(row: sqlite3.Row) -> Quotation:
    return Quotation(
        pieces=tuple(Stretch(*pair) for pair in json.loads(row["pieces"])),
        kind=QuotationKind(row["kind"]),
        cue=tuple(Stretch(*pair) for pair in json.loads(row["cue"])),
        mention=_stretch(row["mention"]),
        speaker=row["named"],
        description=row["description"],
        addressee=_stretch(row["addressee"]),
        manner=_stretch(row["manner"]),
        said_on=_span(row),
        stance=Stance(row["stance"]),
    )


def _span(row: sqlite3.Row) -> TimeSpan | None:
    if row["said_value"] is None:
        return None
    return TimeSpan(
        first=date.fromisoformat(row["said_first"]) if row["said_first"] else None,
        last=date.fromisoformat(row["said_last"]) if row["said_last"] else None,
        granularity=Granularity(row["said_granularity"]),
        value=row["said_value"],
        modifier=row["said_modifier"],
    )


def _within(filters: Filters, collections: Sequence[str]) -> tuple[str, tuple[Any, ...]]:
    conditions, values = ["c.name IN (SELECT value FROM json_each(?))"], [json.dumps(list(collections))]
    if filters.first is not None:
        conditions.append(f"{_LAST} >= ?")
        values.append(filters.first.isoformat())
    if filters.last is not None:
        conditions.append(f"{_FIRST} <= ?")
        values.append(filters.last.isoformat())
    if filters.kind is not None:
        conditions.append("q.kind = ?")
        values.append(filters.kind.value)
    if filters.source is not None:
        conditions.append("publisher_key(r.source) = ?")
        values.append(publisher_key(filters.source))
    if filters.articles is not None:
        conditions.append("a.id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(sorted(filters.articles)))
    if filters.revisions is not None:
        conditions.append("q.revision IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(sorted(filters.revisions)))
    if filters.spoken is not None:
        few = filters.articles is not None or filters.revisions is not None  # so the quotations are not searched for
        conditions.append(
            "(q.speaker IN (SELECT value FROM json_each(?)) OR q.description IN (SELECT value FROM json_each(?))"
            " OR q.mentioned IN (SELECT value FROM json_each(?)))"
            if few
            else "q.pk IN (SELECT pk FROM quotations WHERE speaker IN (SELECT value FROM json_each(?))"
            " UNION SELECT pk FROM quotations WHERE description IN (SELECT value FROM json_each(?))"
            " UNION SELECT pk FROM quotations WHERE mentioned IN (SELECT value FROM json_each(?)))"
        )
        called = json.dumps(sorted(filters.spoken.called))
        values += [json.dumps(sorted(filters.spoken.speakers)), called, called]
    return " AND ".join(conditions), tuple(values)


def _json(stretch: Stretch | None) -> str | None:
    return None if stretch is None else json.dumps(stretch)


def _stretch(text: str | None) -> Stretch | None:
    return None if text is None else Stretch(*json.loads(text))
