"""Whoever is quoted, and what articles call them, remembered until the catalogue changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    called: dict[str, str]


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

    def called(self, collections: Sequence[str]) -> Mapping[str, str]:
        """What articles call those whom they quote ("the mayor"), each with the same folded."""
        return self._known(collections).called

    def _known(self, collections: Sequence[str]) -> _Known:
        connection, key = self._store.read(), tuple(collections)
        change = properties.get(connection, properties.RECORDS)
        with self._lock:
            known = self._remembered.get(key)
            if known is None or known.change != change:
                called = {text: folded(text) for text in calling(connection, collections)}
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
