"""Whoever is quoted, and what articles call them, remembered until the catalogue changes."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from retrieval.annotation.folding import folded, folded_words
from retrieval.schema import Speaker
from retrieval.search.speakers import SpeakerQuery, meant
from retrieval.storage import properties
from retrieval.storage.quotations import calling
from retrieval.storage.speakers import quoted_names, searched_speakers
from retrieval.storage.store import Store

_REMEMBERED = 16  # sets of collections; a server's questions are over its own and the operator's


class Called:
    """What articles call those whom they quote, searched by any part of it.

    All stand folded in one text, a line each: searching that is a hundred times as fast as one after the other.
    """

    def __init__(self, folded_texts: Mapping[str, str]) -> None:
        """`folded_texts`: the texts, each with the same folded."""
        self._texts = list(folded_texts)
        lines = [text.replace("\n", " ") for text in folded_texts.values()]
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
    """Who is quoted in a set of collections. Safe to use from several threads; other processes' changes are seen.

    After a change only names and descriptions that are new are read: there are hundreds of thousands in a large store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._change: str | None = None
        self._names: set[tuple[int, str]] = set()
        self._by_word: dict[str, set[int]] = {}
        self._folded: dict[str, str] = {}
        self._called = Called({})
        self._speakers: OrderedDict[tuple[str, ...], dict[int, Speaker | None]] = OrderedDict()
        self._lock = threading.Lock()

    def load(self) -> None:
        """Read the names now, and not at the first question."""
        with self._lock:
            self._refresh(self._store.read())

    def all(self, collections: Sequence[str]) -> list[Speaker]:
        """Whoever is quoted under a name."""
        return list(searched_speakers(self._store.read(), collections).values())

    def of(self, numbers: Iterable[int], collections: Sequence[str]) -> dict[int, Speaker]:
        """Those of the speakers with `numbers` who are quoted under a name in `collections`."""
        connection, wanted = self._store.read(), set(numbers)
        with self._lock:
            self._refresh(connection)
            known = self._speakers.setdefault(tuple(collections), {})
            self._speakers.move_to_end(tuple(collections))
            while len(self._speakers) > _REMEMBERED:
                self._speakers.popitem(last=False)
            if missing := sorted(wanted - known.keys()):
                found = searched_speakers(connection, collections, missing)
                known.update({number: found.get(number) for number in missing})
            return {number: speaker for number in sorted(wanted) if (speaker := known[number]) is not None}

    def meant(self, query: SpeakerQuery, collections: Sequence[str]) -> set[int]:
        """See `meant`; of all the speakers, those alone are compared who have a word of the query in a name."""
        with self._lock:
            self._refresh(self._store.read())
            numbers = set[int]().union(*(self._by_word.get(word, ()) for word in query.words))
        return meant(query, self.of(numbers, collections))

    def called(self, parts: Iterable[str]) -> frozenset[str]:
        """What articles call those whom they quote ("the mayor"), as far as it has one of `parts`, which are folded."""
        with self._lock:
            self._refresh(self._store.read())
            called = self._called
        return called.having(parts)

    def _refresh(self, connection: sqlite3.Connection) -> None:
        change = properties.get(connection, properties.RECORDS)
        if change is not None and change == self._change:
            return
        names = set(quoted_names(connection))
        called = {text: self._folded.get(text) or folded(text) for text in calling(connection)}
        gone, new = self._names - names, names - self._names
        for number, name in gone:
            for part in _parts(name):
                numbers = self._by_word.get(part, set())
                numbers.discard(number)
                if not numbers:
                    self._by_word.pop(part, None)
        if fewer := {number for number, _ in gone}:  # who may have the same word in another name
            new |= {(number, name) for number, name in names if number in fewer}
        for number, name in new:
            for part in _parts(name):
                self._by_word.setdefault(part, set()).add(number)
        self._speakers.clear()
        self._names, self._folded, self._called = names, called, Called(called)
        self._change = change  # only now: what could not be read is read again


def _parts(name: str) -> set[str]:
    """The words of a name that it is found by."""
    return {part for word in folded_words(name) for part in (word, *word.split("-"))}
