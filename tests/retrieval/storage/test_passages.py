"""Passages found by their words, with and without a window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.schema import OPERATOR, Window
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import IndexRow, MemoryVectors
from retrieval.storage.passages import at_most, nearest_within, searched_passages, vectors_within
from retrieval.storage.word_matches import match_words


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
    connection, publications = filled._store.read(), filled._store.publications
    everything = match_words(connection, '"toll" OR "again"', (OPERATOR,), None, 100)
    assert len(everything) == 28
    for first, last in ((3, 3), (2, 9), (1, 28)):
        window = Window(date(2026, 2, first), date(2026, 2, last))
        inside = searched_passages(connection, everything, (OPERATOR,), window)
        expected = [number for number in everything if number in inside]
        assert len(expected) == last - first + 1
        within = publications.within((OPERATOR,), window)
        assert match_words(connection, '"toll" OR "again"', (OPERATOR,), within, 100) == expected
        assert match_words(connection, '"toll" OR "again"', (OPERATOR,), within, 1) == expected[:1]
    nothing = publications.within((OPERATOR,), Window(source="Nobody"))
    assert match_words(connection, '"toll"', (OPERATOR,), nothing, 100) == []


def test_what_lacks_the_rare_words_is_left_out_where_enough_has_them(filled: Library) -> None:
    connection, both = filled._store.read(), '"toll" OR "28"'
    everything = match_words(connection, both, (OPERATOR,), None, 100)
    assert match_words(connection, both, (OPERATOR,), None, 1, ranked='"28"') == everything[:1]
    assert len(match_words(connection, both, (OPERATOR,), None, 2, ranked='"28"')) == 2
    within = filled._store.publications.within((OPERATOR,), Window(date(2026, 2, 3), date(2026, 2, 9)))
    inside = match_words(connection, both, (OPERATOR,), within, 100)
    assert match_words(connection, both, (OPERATOR,), within, 100, ranked='"28"') == inside
    assert len(inside) == 7


def test_one_collection_does_not_see_into_another(filled: Library) -> None:
    connection = filled._store.read()
    assert len(match_words(connection, '"toll"', ("server-1",), None, 100)) == 1
    assert len(match_words(connection, '"toll"', (OPERATOR, "server-1"), None, 100)) == 29
    assert match_words(connection, '"toll"', ("server-2",), None, 100) == []


def test_passages_are_counted_no_further_than_asked(filled: Library) -> None:
    connection = filled._store.read()
    assert at_most(connection, (OPERATOR,), Window(), 28)
    assert not at_most(connection, (OPERATOR,), Window(), 27)


@pytest.mark.parametrize("block", [1, 5, 1_000])
def test_the_nearest_of_all_are_found_a_block_after_the_other(
    filled: Library, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.storage.passages._BLOCK", block)
    connection, vector = filled._store.read(), HashingEmbedder().embed_query("toll again and again")
    for window in (Window(), Window(date(2026, 2, 3), date(2026, 2, 19)), Window(source="Nobody")):
        numbers, vectors = vectors_within(connection, (OPERATOR, "server-1"), window)
        cosines = vectors @ vector if len(numbers) else []
        ordered = sorted(zip(numbers.tolist(), cosines, strict=True), key=lambda pair: -pair[1])
        for limit in (1, 7, 100):
            found = nearest_within(connection, (OPERATOR, "server-1"), window, vector, limit)
            assert [n for n, _ in found] == [n for n, _ in ordered[:limit]]
            assert [c for _, c in found] == pytest.approx([c for _, c in ordered[:limit]])


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
