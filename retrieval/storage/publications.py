"""When and by whom each passage was published, remembered: a window is found without reading the catalogue."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.schema import Window
from retrieval.storage.articles import day_number, publisher_key
from retrieval.storage.connection import Connections

Numbers = NDArray[np.int64]

_NEVER = 99_999_999


@dataclass(frozen=True, slots=True)
class Within:
    """The passages within a window: all numbers from each of `firsts` to the same of `lasts`, in order.

    They are `count` of the `total` that there are in the collections.
    """

    firsts: Numbers
    lasts: Numbers
    count: int
    total: int

    def numbers(self) -> Numbers:
        """All of them, in order."""
        lengths = self.lasts - self.firsts + 1
        ends = np.cumsum(lengths)
        numbers: Numbers = np.arange(self.count) + np.repeat(self.firsts - (ends - lengths), lengths)
        return numbers

    def has(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Of each of `numbers`, whether it is one of them."""
        if not len(self.firsts):
            return np.zeros(len(numbers), np.bool_)
        at = np.searchsorted(self.firsts, numbers, side="right") - 1
        inside: NDArray[np.bool_] = (at >= 0) & (numbers <= self.lasts[at])
        return inside


class Publications:
    """The numbers that the passages of each revision have, with its day, publisher and collection.

    A passage's number is never given again, and what a revision says of its publication never changes, so what is
    remembered only grows. What was removed since, or is not searched yet, is among it: the catalogue tells. Some 50
    bytes an article. Safe to use from several threads; other processes' changes are seen.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._lock = threading.Lock()
        self._last = 0  # the number of the last passage that is remembered
        self._publishers: dict[str, int] = {}
        self._rows = np.zeros((0, 5), np.int64)  # first and last passage, day, publisher, collection; by first passage
        self._revision = 0

    def load(self) -> None:
        """Read what the catalogue has, so that no question waits for it."""
        connection = self._connections.read()
        with self._lock:
            self._refresh(connection)

    def within(self, collections: Sequence[str], window: Window) -> Within | None:
        """The passages of `collections` within `window`; None where it is open on all sides."""
        if not window:
            return None
        connection = self._connections.read()
        with self._lock:
            self._refresh(connection)
            rows, publisher = self._rows, self._publishers.get(publisher_key(window.source), -1)
        keys = connection.execute(
            "SELECT pk FROM collections WHERE name IN (SELECT value FROM json_each(?))",
            (json.dumps(list(collections)),),
        )
        inside = np.isin(rows[:, 4], [int(pk) for (pk,) in keys])
        lengths = rows[:, 1] - rows[:, 0] + 1
        total = int(lengths[inside].sum())
        if window.first is not None or window.last is not None:  # an undated article, of day 0, lies in no window
            first, last = day_number(window.first) or 1, day_number(window.last) or _NEVER
            inside &= (rows[:, 2] >= first) & (rows[:, 2] <= last)
        if window.source is not None:
            inside &= rows[:, 3] == publisher
        return Within(rows[inside, 0], rows[inside, 1], int(lengths[inside].sum()), total)

    def of_articles(self, collections: Sequence[str], articles: Sequence[tuple[str, str]]) -> Within:
        """The passages of those `articles`, each its collection and its id, that are in `collections`."""
        rows = self._connections.read().execute(
            "SELECT min(p.pk), max(p.pk) FROM passages p JOIN revisions r ON r.pk = p.revision"
            " JOIN articles a ON a.pk = r.article JOIN collections c ON c.pk = a.collection"
            " JOIN json_each(?) AS asked ON asked.value ->> 0 = c.name AND asked.value ->> 1 = a.id"
            " WHERE c.name IN (SELECT value FROM json_each(?)) GROUP BY p.revision ORDER BY 1",
            (json.dumps(list(articles)), json.dumps(list(collections))),
        )
        found = np.array([tuple(row) for row in rows], np.int64).reshape(-1, 2)
        count = int((found[:, 1] - found[:, 0] + 1).sum())
        return Within(found[:, 0], found[:, 1], count, count)

    def _refresh(self, connection: sqlite3.Connection) -> None:
        """Read what is new; all, where revisions that are known have passages that are not."""
        (last,) = connection.execute("SELECT coalesce(max(pk), 0) FROM passages").fetchone()
        if last <= self._last:
            return
        new = self._read(connection, self._revision)
        if int((new[:, 1] - new[:, 0] + 1).sum()) == last - self._last:
            self._rows = np.concatenate([self._rows, new])
        else:
            self._rows = self._read(connection, 0)
        self._last = int(self._rows[:, 1].max(initial=0))

    def _read(self, connection: sqlite3.Connection, after: int) -> Numbers:
        # The numbers of a revision's passages follow each other: they are given in one transaction.
        rows = connection.execute(
            "SELECT p.revision, min(p.pk), max(p.pk), coalesce(r.day, 0), coalesce(r.source, ''), a.collection"
            " FROM passages p JOIN revisions r ON r.pk = p.revision JOIN articles a ON a.pk = r.article"
            " WHERE p.revision > ? GROUP BY p.revision",
            (after,),
        ).fetchall()
        found = [
            (first, last, day, self._publishers.setdefault(publisher_key(source), len(self._publishers)), collection)
            for _, first, last, day, source, collection in rows
        ]
        self._revision = max((int(row[0]) for row in rows), default=self._revision)
        read = np.array(found, np.int64).reshape(-1, 5)
        return read[np.argsort(read[:, 0])]
