"""Passage vectors: nearest-neighbour search in Chroma, and an exact one in memory for tests."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import numpy as np

from retrieval.errors import IndexUnavailable
from retrieval.schema import Window
from retrieval.storage.articles import day_number, publisher_key
from retrieval.storage.encoding.token_states import Vectors
from retrieval.storage.index.ownership import IndexOwner

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Where

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

# Chroma takes 5,461 rows at most, and a large write holds whatever lock it takes for seconds.
_ROWS = 500
_PAGE = 10_000  # ids read at once
_READ_PATIENCE = 2.0  # seconds that a search waits for the index: it has the vectors in the catalogue to fall back on
# HNSW at Chroma's defaults loses neighbours on hard data; these cost a millisecond (measured, see tests/benchmarks).
_HNSW: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 400, "max_neighbors": 32}
}


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A vector as the index holds it, with the day (YYYYMMDD; 0: unknown) and the key of the publisher that it is found
    by."""

    vector: Vectors
    day: int
    source: str


class VectorIndex(Protocol):
    """Vectors by collection and passage number.

    `add` replaces what it finds under a number. `nearest` gives (number, cosine) pairs, best first, at most `limit`.
    `ids` and `rows` are what it really holds, for checking it. `drop_strays` deletes what is no collection of this
    store; how many. `renew` throws away an index that cannot be read at all, so that it can be filled anew.
    Every method raises IndexUnavailable when the index cannot be reached, StoreBusy while another process holds it.
    """

    def add(self, collection: str, rows: Mapping[int, IndexRow]) -> None: ...

    def forget(self, collection: str, numbers: Sequence[int]) -> None: ...

    def nearest(self, collection: str, vector: Vectors, limit: int, window: Window) -> list[tuple[int, float]]: ...

    def count(self, collection: str) -> int: ...

    def ids(self, collection: str) -> list[str]: ...

    def rows(self, collection: str, numbers: Sequence[int]) -> dict[int, IndexRow]: ...

    def drop(self, collection: str) -> None: ...

    def drop_strays(self, collections: Sequence[str]) -> int: ...

    def renew(self) -> None: ...

    def close(self) -> None: ...


class ChromaVectors:
    """The vectors in Chroma, one Chroma collection for each Collection; `store_id` tells stores on one server apart.

    Measured at 1,000 servers of 15 passages (`python -m tests.benchmarks.many_servers`), against one Chroma collection
    for all with a `where`: the tenth question in a server takes 3 ms against 13, the first 28 against 14, and no
    condition that might be forgotten keeps servers apart; the price is 289 MB and 275 open files in Chroma's server
    against 93 and 23, and 220 MB on disk against 33. But Chroma 1.5.9 cannot search a collection that its bounded cache
    has closed before a thousand rows were written (201 of the 1,000 failed), so the search reads collections of few
    passages from the catalogue: 2.3 ms at the first question and at the tenth.
    """

    def __init__(self, owner: IndexOwner, store_id: str) -> None:
        self._owner, self._store_id = owner, store_id
        self._opened: dict[tuple[int, str], Collection] = {}

    def add(self, collection: str, rows: Mapping[int, IndexRow]) -> None:
        """Write passages, by their numbers."""
        numbers = list(rows)

        def write(chroma: Collection) -> None:
            for at in range(0, len(numbers), _ROWS):
                some = numbers[at : at + _ROWS]
                ids = [str(number) for number in some]
                # Chroma's add silently keeps what it has under an id; its upsert would merge metadata.
                chroma.delete(ids=ids)
                chroma.add(
                    ids=ids,
                    embeddings=np.stack([rows[number].vector for number in some]),
                    metadatas=[{"day": rows[number].day, "source": rows[number].source} for number in some],
                )

        self._on(collection, write)

    def forget(self, collection: str, numbers: Sequence[int]) -> None:
        """Take passages out; those that are not there are passed over."""

        def write(chroma: Collection) -> None:
            for at in range(0, len(numbers), _ROWS):
                chroma.delete(ids=[str(number) for number in numbers[at : at + _ROWS]])

        self._on(collection, write)

    def nearest(self, collection: str, vector: Vectors, limit: int, window: Window) -> list[tuple[int, float]]:
        """The passages nearest to `vector` by cosine, within `window`."""
        where = _where(window)

        def read(chroma: Collection) -> list[tuple[int, float]]:
            result = chroma.query(query_embeddings=vector[None, :], n_results=limit, where=where, include=["distances"])
            distances = result["distances"]
            assert distances is not None
            return [(int(i), 1.0 - d) for i, d in zip(result["ids"][0], distances[0], strict=True)]

        return self._on(collection, read, _READ_PATIENCE)

    def count(self, collection: str) -> int:
        """How many vectors a collection has."""
        return self._on(collection, lambda chroma: chroma.count())

    def ids(self, collection: str) -> list[str]:
        """Every id that the collection has, whoever put it there."""

        def read(chroma: Collection) -> list[str]:
            found: list[str] = []
            while page := chroma.get(include=[], limit=_PAGE, offset=len(found))["ids"]:
                found += page
            return found

        return self._on(collection, read)

    def rows(self, collection: str, numbers: Sequence[int]) -> dict[int, IndexRow]:
        """The rows of those of `numbers` that are there."""

        def read(chroma: Collection) -> dict[int, IndexRow]:
            found: dict[int, IndexRow] = {}
            for at in range(0, len(numbers), _ROWS):
                ids = [str(number) for number in numbers[at : at + _ROWS]]
                result = chroma.get(ids=ids, include=["embeddings", "metadatas"])
                vectors, metadatas = result["embeddings"], result["metadatas"]
                assert vectors is not None
                assert metadatas is not None
                for i, vector, known in zip(result["ids"], vectors, metadatas, strict=True):
                    day, source = (known or {}).get("day"), (known or {}).get("source")
                    found[int(i)] = IndexRow(
                        np.asarray(vector, np.float32),
                        day if isinstance(day, int) else -1,
                        source if isinstance(source, str) else "",
                    )
            return found

        return self._on(collection, read)

    def drop(self, collection: str) -> None:
        """Delete a collection with all its vectors."""
        self._retrying(lambda client: self._delete(client, self._name(collection)))

    def drop_strays(self, collections: Sequence[str]) -> int:
        """Delete what is none of `collections`; on a server given by URL, of what bears this store's id."""
        known = {self._name(collection) for collection in collections}
        mine = self._name("") if self._owner.shared else ""

        def delete(client: Client) -> int:
            names = [c.name for c in client.list_collections()]
            strays = [name for name in names if name.startswith(mine) and name not in known]
            for name in strays:
                self._delete(client, name)
            return len(strays)

        return self._retrying(delete)

    def renew(self) -> None:
        """Delete the folder of vectors, whatever is in it; IndexUnavailable where that is not this process's to do."""
        self._opened.clear()
        self._owner.renew()

    def close(self) -> None:
        """Let go of the index."""
        self._opened.clear()
        self._owner.close()

    def _name(self, collection: str) -> str:
        return f"onrecord-{self._store_id}-{collection}"

    def _delete(self, client: Client, name: str) -> None:
        from chromadb.errors import NotFoundError

        self._opened.clear()
        try:
            client.delete_collection(name)
        except NotFoundError:
            _log.debug("collection %s was not there to drop", name)

    def _on(self, collection: str, work: Callable[[Collection], _T], patience: float | None = None) -> _T:
        from chromadb.errors import NotFoundError

        def run(client: Client) -> _T:
            key = (id(client), collection)
            for fresh in (False, True):
                opened = None if fresh else self._opened.get(key)  # other threads may clear it at any moment
                if opened is None:
                    opened = self._opened[key] = client.get_or_create_collection(
                        self._name(collection),
                        configuration=_HNSW,
                        embedding_function=None,
                    )
                try:
                    return work(opened)
                except NotFoundError:  # another process dropped and made it anew
                    if fresh:
                        raise
            raise AssertionError("unreachable")

        return self._retrying(run, patience)

    def _retrying(self, work: Callable[[Client], _T], patience: float | None = None) -> _T:
        """Run `work`; once more with a new client if the server went away."""
        import httpx
        from chromadb.errors import ChromaError

        client = self._owner.client(patience)
        try:
            return work(client)
        except (httpx.TransportError, ConnectionError):
            self._opened.clear()
            client = self._owner.reconnect(client, patience)
        except ChromaError as error:
            raise IndexUnavailable(f"Chroma: {error}") from error
        try:
            return work(client)
        except (httpx.TransportError, ConnectionError, ChromaError) as error:
            raise IndexUnavailable(f"The vector index cannot be reached: {error}") from error


class MemoryVectors:
    """Exact search in memory: the reference that tests compare with."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[int, IndexRow]] = {}

    def add(self, collection: str, rows: Mapping[int, IndexRow]) -> None:
        """See VectorIndex."""
        self._rows.setdefault(collection, {}).update(rows)

    def forget(self, collection: str, numbers: Sequence[int]) -> None:
        """See VectorIndex."""
        for number in numbers:
            self._rows.get(collection, {}).pop(number, None)

    def nearest(self, collection: str, vector: Vectors, limit: int, window: Window) -> list[tuple[int, float]]:
        """See VectorIndex."""
        low, high = day_number(window.first) or 1, day_number(window.last) or 99_999_999
        scored = [
            (number, float(row.vector @ vector))
            for number, row in self._rows.get(collection, {}).items()
            if ((low == 1 and high == 99_999_999) or low <= row.day <= high)
            and (window.source is None or row.source == publisher_key(window.source))
        ]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def count(self, collection: str) -> int:
        """See VectorIndex."""
        return len(self._rows.get(collection, {}))

    def ids(self, collection: str) -> list[str]:
        """See VectorIndex."""
        return [str(number) for number in self._rows.get(collection, {})]

    def rows(self, collection: str, numbers: Sequence[int]) -> dict[int, IndexRow]:
        """See VectorIndex."""
        rows = self._rows.get(collection, {})
        return {n: rows[n] for n in numbers if n in rows}

    def drop(self, collection: str) -> None:
        """See VectorIndex."""
        self._rows.pop(collection, None)

    def drop_strays(self, collections: Sequence[str]) -> int:
        """See VectorIndex."""
        strays = self._rows.keys() - set(collections)
        for stray in strays:
            del self._rows[stray]
        return len(strays)

    def renew(self) -> None:
        """See VectorIndex."""
        self._rows.clear()

    def close(self) -> None:
        """See VectorIndex."""


def _where(window: Window) -> Where | None:
    conditions: list[dict[str, Any]] = []
    if window.first is not None or window.last is not None:
        # Day 0 is "unknown": it lies in no window of days.
        conditions.append({"day": {"$gte": day_number(window.first) or 1}})
        if window.last is not None:
            conditions.append({"day": {"$lte": day_number(window.last) or 0}})
    if window.source is not None:
        conditions.append({"source": publisher_key(window.source)})
    if not conditions:
        return None
    return cast("Where", conditions[0] if len(conditions) == 1 else {"$and": conditions})
