"""The joint at which annotators plug in: what they yield is stored, kept current, and goes with its article."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from retrieval.ingestion import Ingestion
from retrieval.reading.given import Given
from retrieval.schema import OPERATOR, Article, Passage, Stretch
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors
from retrieval.storage.store import Store


class CapitalsTable:
    annotator = "capitals"

    def __init__(self) -> None:
        self.rows: dict[int, list[tuple[int, int]]] = {}

    def insert(self, connection: sqlite3.Connection, revision: int, records: Sequence[Passage]) -> None:
        self.rows[revision] = [(r.start, r.end) for r in records]

    def delete(self, connection: sqlite3.Connection, revision: int) -> None:
        self.rows.pop(revision, None)


class CapitalsAnnotator:
    name = "capitals"

    def __init__(self, version: int = 1) -> None:
        self.version = version

    def annotate(self, article: Article) -> list[Passage]:
        return [
            Passage(i, i + 1, (Stretch(i, i + 1),)) for i, c in enumerate(article.text) if c.isupper()
        ] * self.version


def test_records_are_stored_read_again_by_a_newer_version_and_removed(tmp_path: Path) -> None:
    table = CapitalsTable()
    store = Store(tmp_path / "store", create=True, vectors=MemoryVectors(), tables=(table,))
    file = tmp_path / "a.txt"
    file.write_text("The quay at Lowmouth.", encoding="utf-8")

    def ingestion(version: int) -> Ingestion:
        return Ingestion(store, HashingEmbedder(), annotators=[CapitalsAnnotator(version)])

    ingestion(1).add([file], collection=OPERATOR, given=Given())
    assert list(table.rows.values()) == [[(0, 1), (12, 13)]]
    assert ingestion(1).read_again() == 0
    assert ingestion(2).read_again() == 1
    assert ingestion(2).read_again() == 0
    assert [len(rows) for rows in table.rows.values()] == [4]
    file.write_text("A quay.", encoding="utf-8")
    ingestion(2).add([file], collection=OPERATOR, given=Given())
    assert list(table.rows.values()) == [[(0, 1), (0, 1)]]
    store.remove(OPERATOR, [str(file)], by_name=True)
    assert table.rows == {}
    store.close()
