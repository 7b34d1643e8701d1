"""The joint at which the records of annotators are stored: one table for each annotator."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from retrieval.schema import Record
from retrieval.storage import properties
from retrieval.storage.encoding.token_states import Vectors
from retrieval.storage.events import EventTable
from retrieval.storage.quotations import QuotationTable


class RecordTable(Protocol):
    """Keeps what the annotator of the same name yields. Its rows name their revision, and go when that goes.

    Records that are embedded are inserted as pairs of the record and its vector.
    """

    @property
    def annotator(self) -> str: ...

    def insert(self, connection: sqlite3.Connection, revision: int, records: Sequence[Any]) -> None: ...

    def delete(self, connection: sqlite3.Connection, revision: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What one version of an annotator read in one article; `vectors` has a row for each record that is embedded."""

    annotator: str
    version: int
    records: tuple[Record, ...] = ()
    vectors: Vectors | None = None


TABLES: tuple[RecordTable, ...] = (QuotationTable(), EventTable())


def write(
    connection: sqlite3.Connection, revision: int, readings: Sequence[Reading], tables: Sequence[RecordTable]
) -> None:
    """Put `readings` in place of what the same annotators read in `revision` before."""
    properties.count_up(connection, properties.RECORDS)
    by_name = {table.annotator: table for table in tables}
    for reading in readings:
        if (table := by_name.get(reading.annotator)) is not None:
            table.delete(connection, revision)
            found: Sequence[Any] = reading.records
            if reading.vectors is not None:
                found = list(zip(reading.records, reading.vectors, strict=True))
            table.insert(connection, revision, found)
        connection.execute(
            "INSERT OR REPLACE INTO annotations (revision, annotator, version) VALUES (?, ?, ?)",
            (revision, reading.annotator, reading.version),
        )


def delete(connection: sqlite3.Connection, revision: int, tables: Sequence[RecordTable]) -> None:
    """Take out everything that annotators read in a revision."""
    properties.count_up(connection, properties.RECORDS)
    for table in tables:
        table.delete(connection, revision)
    connection.execute("DELETE FROM annotations WHERE revision = ?", (revision,))


def outdated(connection: sqlite3.Connection, annotator: str, version: int) -> list[int]:
    """The searched revisions that an annotator has not read in this version."""
    rows = connection.execute(
        "SELECT a.searched FROM articles a LEFT JOIN annotations n ON n.revision = a.searched AND n.annotator = ?"
        " WHERE a.searched IS NOT NULL AND n.version IS NOT ? ORDER BY a.searched",
        (annotator, version),
    )
    return [int(pk) for (pk,) in rows]
