"""What was said by hand of the files in the articles folder: it holds for what is in a file until the file is gone."""

from __future__ import annotations

from retrieval.reading.given import NOTHING_GIVEN, Given
from retrieval.schema import OPERATOR
from retrieval.storage import articles, files
from retrieval.storage.store import ARTICLES_FOLDER, Store


class GivenValues:
    """The values kept of a collection's files, by the files' names; none of files that are not in the folder."""

    def __init__(self, store: Store, collection: str) -> None:
        self._store, self._collection = store, collection
        key = articles.collection_key(store.read(), collection)
        kept = {} if key is None else files.values_given(store.read(), key)
        self._kept = {name: Given.from_json(values) for name, values in kept.items()}

    def of(self, name: str) -> Given:
        """What was said of a file before."""
        return self._kept.get(name, NOTHING_GIVEN)

    def keep(self, name: str, values: Given) -> None:
        """Keep what is said of a file, where it is one of the folder."""
        if self._collection != OPERATOR or not name.startswith(f"{ARTICLES_FOLDER}/") or values == self.of(name):
            return
        self._kept[name] = values
        with self._store.connections.writer(), self._store.connections.transaction() as connection:
            key = articles.collection_key(connection, self._collection, create=True)
            assert key is not None
            files.remember_given(connection, key, name, values.to_json())
