"""In how many passages a word stands, remembered until the catalogue changes."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from retrieval.storage import properties
from retrieval.storage.connection import Connections
from retrieval.storage.word_matches import document_frequencies

_REMEMBERED = 65_536  # stems


class WordFrequencies:
    """Document frequencies in the full-text index, which counts a common word in milliseconds at each asking.

    Safe to use from several threads; other processes' changes are seen.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._change: str | None = None
        self._counts: dict[str, int] = {}
        self._total = 0
        self._lock = threading.Lock()

    def of(self, stems: Sequence[str]) -> tuple[dict[str, int], int]:
        """In how many indexed passages each stem (Porter) stands, and how many passages there are."""
        connection = self._connections.read()
        with self._lock:
            change = properties.get(connection, properties.RECORDS)
            if change is None or change != self._change or len(self._counts) > _REMEMBERED:
                self._change, self._counts = change, {}
            if missing := [stem for stem in stems if stem not in self._counts]:
                counts, self._total = document_frequencies(connection, missing)
                self._counts.update(counts)
            elif not stems:
                _, self._total = document_frequencies(connection, ())
            return {stem: self._counts[stem] for stem in stems}, self._total
