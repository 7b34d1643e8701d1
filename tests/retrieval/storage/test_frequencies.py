"""How often words stand in the articles, as these change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from retrieval.library import Library


def test_what_is_added_and_removed_is_counted(library: Library, write: Callable[[str, str], Path]) -> None:
    frequencies = library._store.frequencies
    assert frequencies.of(["toll"]) == ({"toll": 0}, 0)
    library.add([write("a.md", "The toll rose."), write("b.md", "The tolls fell again.")])
    assert frequencies.of(["toll", "again"]) == ({"toll": 2, "again": 1}, 2)
    assert frequencies.of([]) == ({}, 2)
    library.remove(library.articles()[0].id)
    assert frequencies.of(["toll"]) == ({"toll": 1}, 1)
