"""Whoever is quoted, and what articles call them, remembered until the catalogue changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.annotation.folding import folded, folded_words
from retrieval.schema import Speaker
from retrieval.search.speakers import SpeakerQuery, meant
from retrieval.storage import properties
from retrieval.storage.quotations import calling
from retrieval.storage.speakers import searched_speakers
from retrieval.storage.store import Store

_REMEMBERED = 16  # sets of collections; a server's questions are over its own and the operator's


@dataclass(frozen=True, slots=True)
class _Known:
    change: str | None
    speakers: dict[int, Speaker]
    by_word: dict[str, set[int]]
    called: Called


class Called:
    """What articles call those whom they quote, searched by any part of it.

    All stand folded in one text, a line each: searching that is a hundred times as fast as one after the other.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        lines = [folded(text).replace("\n", " ") for text in texts]
        self._starts = np.cumsum([0, *(len(line) + 1 for line in lines)])
        self._whole = "\n".join(lines)

    def having(self, parts: Iterable[str]) -> frozenset[str]:
        """Those that have one of `parts`, which are folded, somewhere in them."""
        found = set[int]()
        for part in parts:
            at = self._whole.find(part)
            while at >= 0:
                line = int(np.searchsorted(self._starts, at, side="right")) - 1
                found.add(line)
                at = self._whole.find(part, int(self._starts[line + 1]))
        return frozenset(self._texts[line] for line in found if line < len(self._texts))


class KnownSpeakers:
    """Who is quoted in a set of collections. Safe to use from several threads; other processes' changes are seen."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._remembered: OrderedDict[tuple[str, ...], _Known] = OrderedDict()
        self._lock = threading.Lock()

    def speakers(self, collections: Sequence[str]) -> dict[int, Speaker]:
        """See `searched_speakers`; not to be changed."""
        return self._known(collections).speakers

    def meant(self, query: SpeakerQuery, collections: Sequence[str]) -> set[int]:
        """See `meant`; of all the speakers, those alone are compared who have a word of the query in a name."""
        known = self._known(collections)
        numbers = set[int]().union(*(known.by_word.get(word, ()) for word in query.words))
        return meant(query, {number: known.speakers[number] for number in sorted(numbers)})

    def called(self, parts: Iterable[str], collections: Sequence[str]) -> frozenset[str]:
        """What articles call those whom they quote ("the mayor"), as far as it has one of `parts`, which are folded."""
        return self._known(collections).called.having(parts)

    def _known(self, collections: Sequence[str]) -> _Known:
        connection, key = self._store.read(), tuple(collections)
        change = properties.get(connection, properties.RECORDS)
        with self._lock:
            known = self._remembered.get(key)
            if known is None or known.change != change:
                called = Called(calling(connection, collections))
                speakers = searched_speakers(connection, collections)
                known = _Known(change, speakers, _by_word(speakers), called)
                self._remembered[key] = known
            self._remembered.move_to_end(key)
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return known


def _by_word(speakers: Mapping[int, Speaker]) -> dict[str, set[int]]:
    """The numbers of speakers by the words of their names, and by the parts of hyphenated ones."""
    found: dict[str, set[int]] = {}
    for number, speaker in speakers.items():
        for name in (speaker.name, *speaker.other_names):
            for word in folded_words(name):
                for part in {word, *word.split("-")}:
                    found.setdefault(part, set()).add(number)
    return found
