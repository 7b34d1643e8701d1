"""Passages found by their words, with and without a window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.schema import OPERATOR, Window
from retrieval.settings import Settings
from retrieval.storage.embedding import HashingEmbedder
from retrieval.storage.passages import at_most, few_within, match_words, numbers_within
from retrieval.storage.vectors import IndexRow, MemoryVectors


@pytest.fixture
def filled(library: Library, write: Callable[[str, str], Path]) -> Library:
    for day in range(1, 29):
        text = (
            f"---\ntitle: Toll {day}\ndate: 2026-02-{day:02}\n---\n\nThe toll rose again{' and again' * (day % 5)}.\n"
        )
        library.add([write(f"{day}.md", text)])
    library.add([write("elsewhere.md", "The toll rose in another server.")], collection="server-1")
    return library


def test_a_window_keeps_what_was_found_without_one_in_its_order(filled: Library) -> None:
    connection = filled._store.read()
    everything = match_words(connection, '"toll" OR "again"', (OPERATOR,), Window(), 100)
    assert len(everything) == 28
    for first, last in ((3, 3), (2, 9), (1, 28)):
        window = Window(date(2026, 2, first), date(2026, 2, last))
        expected = numbers_within(connection, everything, (OPERATOR,), window)
        assert len(expected) == last - first + 1
        assert match_words(connection, '"toll" OR "again"', (OPERATOR,), window, 100) == expected
        assert match_words(connection, '"toll" OR "again"', (OPERATOR,), window, 1) == expected[:1]
        narrow = few_within(connection, (OPERATOR,), window, 100)
        assert narrow == sorted(expected)
        assert match_words(connection, '"toll" OR "again"', (OPERATOR,), window, 100, narrow) == expected


def test_one_collection_does_not_see_into_another(filled: Library) -> None:
    connection = filled._store.read()
    assert len(match_words(connection, '"toll"', ("server-1",), Window(), 100)) == 1
    assert len(match_words(connection, '"toll"', (OPERATOR, "server-1"), Window(), 100)) == 29
    assert match_words(connection, '"toll"', ("server-2",), Window(), 100) == []


def test_passages_are_counted_no_further_than_asked(filled: Library) -> None:
    connection = filled._store.read()
    assert at_most(connection, (OPERATOR,), Window(), 28)
    assert not at_most(connection, (OPERATOR,), Window(), 27)


def test_a_window_with_too_many_passages_is_not_looked_at_one_by_one(filled: Library) -> None:
    connection = filled._store.read()
    assert few_within(connection, (OPERATOR,), Window(date(2026, 2, 1), date(2026, 2, 9)), 8) is None
    assert few_within(connection, (OPERATOR,), Window(source="Nobody"), 8) == []


def test_many_articles_reach_the_index_in_one_write(tmp_path: Path, write: Callable[[str, str], Path]) -> None:
    class Counting(MemoryVectors):
        writes = 0

        def add(self, collection: str, rows: Mapping[int, IndexRow]) -> None:
            self.writes += 1
            super().add(collection, rows)

    vectors = Counting()
    with Library(
        Settings(store=tmp_path / "counted"), create=True, embedder=HashingEmbedder(), vectors=vectors
    ) as library:
        library.add([write(f"{n}.txt", f"Report {n} on the toll.") for n in range(20)])
        assert vectors.writes == 1
        assert vectors.count(OPERATOR) == 20
        assert library.disagreements() == []
