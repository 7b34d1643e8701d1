"""Compares every vector in the index with the catalogue's, and mends the index: it is derived, so nothing is lost."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from retrieval.errors import IndexUnavailable
from retrieval.schema import Window
from retrieval.storage import articles, passages
from retrieval.storage.articles import publisher_key
from retrieval.storage.index import tasks
from retrieval.storage.index.vectors import IndexRow
from retrieval.storage.store import Store

_PAGE = 500  # passages compared while the writer lock is held: other processes are kept waiting for milliseconds
_TOLERANCE = 1e-3  # between two components of a vector that went into the index as fp16 and came back
_PROBES = 24  # passages of a collection that are searched for
_NEIGHBOURS = 5
_COSINE = 5e-3
_UNSAVED = 1_000  # rows of a collection before Chroma first writes its vectors to the disk
_FORGOTTEN = "Nothing found on disk"  # what Chroma says of one that is neither there nor in its cache

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found to be wrong and what was done about it, a sentence each; `mended` where nothing is left to do."""

    found: str
    done: str
    mended: bool = True


@dataclass(frozen=True, slots=True)
class _Row:
    """What the index should hold of a passage."""

    number: int
    revision: int
    row: IndexRow


class Inspection:
    """One look over a whole store, other processes may go on using meanwhile."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def mend(self) -> list[Finding]:
        """Look everything over and mend what can be; what was found, in the order it was found."""
        findings = list(self._catalogue())
        if any(not finding.mended for finding in findings):
            return findings
        try:
            findings += self._pending()
            findings += self._words()
            findings += self._index()
        except IndexUnavailable as error:
            return [*findings, *self._made_anew(str(error)), *self._words()]
        if findings and list(self._index()):
            findings.append(Finding("The index differs from the catalogue again.", "See to the disk.", mended=False))
        return findings

    def _catalogue(self) -> Iterator[Finding]:
        connection = self._store.read()
        try:
            wrong = [str(line) for (line,) in connection.execute("PRAGMA integrity_check(3)") if line != "ok"]
            wrong += [
                f"a row of {row[0]} that refers to nothing" for row in connection.execute("PRAGMA foreign_key_check")
            ]
        except sqlite3.DatabaseError as error:
            wrong = [str(error)]
        if wrong:
            yield Finding(
                f"The catalogue is damaged: {'; '.join(wrong[:3])}.",
                "Move it away and make it anew from a backup with `onrecord backup FILE --restore`.",
                mended=False,
            )
            return

    def _pending(self) -> Iterator[Finding]:
        """Changes that had not reached the index. IndexUnavailable where they cannot."""
        connection = self._store.read()
        if (pending := tasks.pending_count(connection)) > 0:
            self._store.finish()
            yield Finding(f"{_count(pending, 'change')} had not reached the index.", "Brought there.")

    def _words(self) -> Iterator[Finding]:
        with self._store.connections.writer(), self._store.connections.transaction() as connection:
            # While a change is pending, the words of a revision that is not searched yet are not there, and rightly.
            if tasks.pending_count(connection) or passages.words_agree(connection):
                return
            passages.rebuild_words(connection)
        yield Finding("The full-text index differed from the articles.", "Made anew from them.")

    def _index(self) -> Iterator[Finding]:
        """What is wrong in the index, mended as it is found. IndexUnavailable where it cannot be read."""
        names = articles.collection_names(self._store.read())
        for name in names:
            yield from self._collection(name)
        if (strays := self._store.vectors.drop_strays(names)) > 0:
            yield Finding(f"{_count(strays, 'collection')} of another store stood in the index.", "Deleted.")

    def _collection(self, name: str) -> Iterator[Finding]:
        try:
            yield from self._compared(name)
        except IndexUnavailable as error:
            if _FORGOTTEN in str(error) and passages.count_searched(self._store.read(), name) <= _UNSAVED:
                # No damage: Chroma 1.5.9 saves nothing of so small a collection and may lose it from its bounded cache.
                # The search reads it from the catalogue.
                _log.debug("%s had left the index server's cache and is filled anew", name)
                self._store.refill(name)
                return
            # It may be this one alone; where it is the whole index, this fails too.
            yield self._refilled(name, f"{name}: cannot be read in the index ({str(error).removesuffix('.')}).")

    def _compared(self, name: str) -> Iterator[Finding]:
        vectors = self._store.vectors
        with self._store.connections.writer():
            expected = set(passages.searched_numbers(self._store.read(), name))
            present = vectors.ids(name)
        known = {int(i) for i in present if i.isascii() and i.isdecimal()}
        foreign = sorted(known - expected)
        if len(known) < len(present) or (expected and not expected & known):
            yield self._refilled(name, _nothing_of_it(name, len(expected), len(present)))
            return
        if foreign:
            vectors.forget(name, foreign)
            yield Finding(f"{name}: {_count(len(foreign), 'vector')} of no passage in the index.", "Taken out.")
        missing, altered = 0, 0
        for page in self._pages(name, sorted(expected)):
            found = vectors.rows(name, [row.number for row in page])
            lost = {row.number for row in page if row.number not in found}
            other = {row.number for row in page if row.number in found and not _alike(found[row.number], row.row)}
            missing, altered = missing + len(lost), altered + len(other)
            for revision in sorted({row.revision for row in page if row.number in lost | other}):
                self._store.index_again(name, revision)
        if missing:
            yield Finding(f"{name}: {_count(missing, 'passage')} without a vector in the index.", "Put there.")
        if altered:
            yield Finding(f"{name}: {_count(altered, 'vector')} unlike the catalogue's.", "Written anew.")
        if not self._searches(name):
            yield self._refilled(name, f"{name}: the index does not find what is in it.")

    def _pages(self, name: str, numbers: list[int]) -> Iterator[list[_Row]]:
        """What the index should hold, a page at a time, each with the writer lock held while it is looked at."""
        for at in range(0, len(numbers), _PAGE):
            with self._store.connections.writer():
                yield [
                    _Row(number, revision, IndexRow(vector, day or 0, publisher_key(source)))
                    for number, revision, vector, day, source in passages.index_rows(
                        self._store.read(), name, numbers[at : at + _PAGE]
                    )
                ]

    def _searches(self, name: str) -> bool:
        """Whether searching for some passages finds them, at the cosine that their vectors have."""
        with self._store.connections.writer():
            numbers, vectors = passages.vectors_within(self._store.read(), (name,), Window())
            place = {int(number): at for at, number in enumerate(numbers)}
            for at in range(0, len(numbers), max(1, len(numbers) // _PROBES)):
                found = self._store.vectors.nearest(name, vectors[at], _NEIGHBOURS, Window())
                if not found or found[0][1] < 1 - _COSINE:
                    return False
                if any(n not in place or abs(c - vectors[place[n]] @ vectors[at]) > _COSINE for n, c in found):
                    return False
        return True

    def _refilled(self, name: str, found: str) -> Finding:
        self._store.refill(name)
        return Finding(found, "Filled anew from the catalogue.")

    def _made_anew(self, reason: str) -> Iterator[Finding]:
        """The whole index thrown away and filled again: it cannot be read."""
        found = f"The index cannot be read: {reason.removesuffix('.')}."
        try:
            self._store.vectors.renew()
            self._store.rebuild_vectors()
        except IndexUnavailable as error:
            yield Finding(found, str(error), mended=False)
        else:
            yield Finding(found, "Made anew from the catalogue.")


def _alike(found: IndexRow, expected: IndexRow) -> bool:
    if found.vector.shape != expected.vector.shape or (found.day, found.source) != (expected.day, expected.source):
        return False
    return bool(np.abs(_unit(found) - _unit(expected)).max(initial=0.0) <= _TOLERANCE)


def _unit(row: IndexRow) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return row.vector / max(float(np.linalg.norm(row.vector)), 1e-12)


def _nothing_of_it(name: str, expected: int, present: int) -> str:
    if present:
        return f"{name}: the index holds {_count(present, 'vector')} that are not this store's."
    return f"{name}: the index is empty, and the catalogue has {_count(expected, 'passage')}."


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
