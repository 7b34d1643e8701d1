"""Passages found by their words, with and without a window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.schema import OPERATOR, Window
from retrieval.storage.passages import at_most, match_words, numbers_within


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


def test_one_collection_does_not_see_into_another(filled: Library) -> None:
    connection = filled._store.read()
    assert len(match_words(connection, '"toll"', ("server-1",), Window(), 100)) == 1
    assert len(match_words(connection, '"toll"', (OPERATOR, "server-1"), Window(), 100)) == 29
    assert match_words(connection, '"toll"', ("server-2",), Window(), 100) == []


def test_passages_are_counted_no_further_than_asked(filled: Library) -> None:
    connection = filled._store.read()
    assert at_most(connection, (OPERATOR,), Window(), 28)
    assert not at_most(connection, (OPERATOR,), Window(), 27)
