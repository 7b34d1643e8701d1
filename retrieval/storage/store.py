"""The store: the catalogue and the vectors of one folder, kept in agreement whatever is killed when."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from retrieval.errors import NoStore, UserError
from retrieval.schema import OPERATOR, Article, Passage
from retrieval.storage import articles, files, pages, passages, properties, records, stories
from retrieval.storage.connection import Connections
from retrieval.storage.encoding.token_states import Vectors
from retrieval.storage.frequencies import WordFrequencies
from retrieval.storage.index import tasks, vector_model
from retrieval.storage.index.kept_states import Kept, KeptStates
from retrieval.storage.index.ownership import IndexOwner
from retrieval.storage.index.settling import Settling
from retrieval.storage.index.vectors import ChromaVectors, VectorIndex
from retrieval.storage.publications import Publications
from retrieval.storage.records import TABLES, Reading, RecordTable

ARTICLES_FOLDER = "articles"
CATALOGUE = "catalogue.sqlite"
STATES = "states.sqlite"


class Outcome(StrEnum):
    """What became of an article that was handed in."""

    ADDED = "added"
    CHANGED = "changed"  # a new revision
    UNCHANGED = "unchanged"
    REMOVED_BEFORE = "removed before"  # its file is still in the folder, but it was taken out by name


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as it was read and annotated, ready to be stored.

    `vectors` has one row for each passage; `signature` and `bands` are its MinHash signature and the keys of its bands;
    `readings` what the other annotators yielded, and which version of each annotator it was; `visit` how its page was
    fetched, None for what is no page; `states` what the model made of each passage's tokens: the key of what it read
    and the packed states.
    """

    article: Article
    passages: tuple[Passage, ...]
    vectors: Vectors
    signature: stories.Signature
    bands: tuple[int, ...]
    readings: tuple[Reading, ...]
    visit: pages.Visited | None = None
    states: tuple[tuple[int, bytes], ...] = ()


def store_exists(folder: Path) -> bool:
    """Whether `folder` is a store: has a catalogue, or articles to make one from."""
    return (folder / CATALOGUE).is_file() or (folder / ARTICLES_FOLDER).is_dir()


class Store:
    """Articles with all that was read in them, in `folder`. Safe to use from several threads and processes.

    Raises NoStore where there is none in `folder` and `create` is False. `vectors`: an index to use in place of
    Chroma. `states_limit`: bytes of token states that are kept. What an earlier process left half-done is finished at
    `settle`, which every change begins with.
    """

    def __init__(
        self,
        folder: Path,
        *,
        create: bool = False,
        chroma_url: str | None = None,
        serve: bool = False,
        vectors: VectorIndex | None = None,
        tables: Sequence[RecordTable] = TABLES,
        states_limit: int = 0,
    ) -> None:
        self._tables = tuple(tables)
        if create:
            try:
                (folder / ARTICLES_FOLDER).mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise UserError(f"The store {folder} cannot be made: {error.strerror}.") from error
        elif not store_exists(folder):
            raise NoStore(
                f"There is no store in {folder.resolve()}: run onrecord where docs_store is, name another folder"
                " in ONRECORD_STORE, or make one with `onrecord init`."
            )
        self.folder = folder
        self.connections = Connections(folder / CATALOGUE)
        self.id = self._identity()
        self.owner = IndexOwner(folder, url=chroma_url, serve=serve)
        self.frequencies = WordFrequencies(self.connections)
        self.publications = Publications(self.connections)
        self.states = KeptStates(folder / STATES, states_limit)
        self.vectors: VectorIndex = vectors if vectors is not None else ChromaVectors(self.owner, self.id)
        self._settling = Settling(self.connections, self.vectors, self.states, self._tables)

    def read(self) -> sqlite3.Connection:
        """This thread's connection to the catalogue, for reading."""
        return self.connections.read()

    def model(self) -> str | None:
        """The embedding model whose vectors these are, None where there are none yet."""
        return vector_model.get(self.read()) or None

    def check_model(self, name: str) -> None:
        """WrongModel unless the vectors are of the embedding model `name`, or there were never any."""
        vector_model.check(self.read(), name)

    def unchanged(self, collection: str, article: Article, *, named: bool) -> Outcome | None:
        """UNCHANGED or REMOVED_BEFORE where there is nothing to do for `article`, else None.

        `named`: the user asked for it, so that it was removed before does not matter.
        """
        connection = self.read()
        key = articles.collection_key(connection, collection)
        if key is None:
            return None
        digest = articles.digest(article)
        if articles.latest_digest(connection, key, article.id) == digest:
            if articles.origin_of(connection, key, article.id) != (article.origin, article.first_line):
                with self.connections.writer(), self.connections.transaction() as writing:
                    articles.move(writing, key, article, in_folder=_in_folder(collection, article))
            return Outcome.UNCHANGED
        if not named and files.removal_digest(connection, key, article.id) == digest:
            return Outcome.REMOVED_BEFORE
        return None

    def add(self, collection: str, batch: Sequence[ReadArticle], similar: stories.Similar, model: str) -> list[Outcome]:
        """Write articles and make them searched; each becomes a new revision where it changed.

        `similar` tells whether two signatures are of near-duplicates; `model` embedded them, which a new store takes
        on: WrongModel where the others are of another by now. BadInput where `collection` is no name for one.
        """
        articles.collection_named(collection)
        with self.connections.writer():
            with self.connections.transaction() as connection:
                vector_model.take_on(connection, model)
                key = articles.collection_key(connection, collection, create=True)
                assert key is not None
                kept: list[Kept] = []
                outcomes = [self._insert(connection, collection, key, item, similar, kept) for item in batch]
            self.states.keep(kept)
            self._settling.settle()
        return outcomes

    def visited(self, collection: str, article_id: str, visit: pages.Visited) -> None:
        """Note that the page of an article was fetched again, and is as it was."""
        with self.connections.writer(), self.connections.transaction() as connection:
            key = articles.collection_key(connection, collection)
            if key is not None and articles.latest_digest(connection, key, article_id) is not None:
                pages.remember(connection, key, article_id, visit)

    def remove(self, collection: str, ids: Iterable[str], *, by_name: bool) -> list[str]:
        """Take articles out, with everything read in them; the ids of those that were there.

        `by_name`: the user named it, so its file in the folder does not bring it back until it changes.
        """
        removed = []
        with self.connections.writer():
            with self.connections.transaction() as connection:
                key = articles.collection_key(connection, collection)
                for article_id in ids:
                    if key is None:
                        break
                    digest = articles.latest_digest(connection, key, article_id)
                    if digest is None or not tasks.remove_article(connection, collection, article_id, self._tables):
                        continue
                    pages.forget(connection, key, article_id)
                    if by_name:
                        files.remember_removal(connection, key, article_id, digest)
                    removed.append(article_id)
            self._settling.settle()
        return removed

    def forget(self, collection: str) -> int:
        """Delete a collection with everything in it; how many articles there were."""
        key = articles.collection_key(self.read(), collection)
        if key is None:
            return 0
        removed = self.remove(collection, articles.ids(self.read(), key), by_name=False)
        with self.connections.writer():
            self.vectors.drop(collection)
            with self.connections.transaction() as writing:
                articles.delete_collection(writing, key)
        return len(removed)

    def settle(self) -> None:
        """Finish what a killed process, or an index that was away, left undone. Nothing while another writes."""
        if tasks.pending_count(self.read()) == 0:
            return
        with self.connections.writer_if_free() as free:
            if free:
                self._settling.settle()

    def finish(self) -> None:
        """As `settle`, but waits for its turn to write; IndexUnavailable where something is left undone."""
        with self.connections.writer():
            self._settling.settle()
            self._settling.check()

    def read_again(self, revision: int, item: ReadArticle, model: str) -> None:
        """Replace the passages of a searched revision with those of a newer reading of it, embedded by `model`."""
        with self.connections.writer():
            with self.connections.transaction() as connection:
                vector_model.check_again(connection, model)
                collection = articles.collection_of(connection, revision)
                if collection is None:  # removed meanwhile
                    return
                passages.close_to_search(connection, revision)
                tasks.add_forget_task(connection, collection, passages.delete_passages(connection, revision))
                kept = _insert_passages(connection, revision, item)
                passages.open_to_search(connection, revision)
                records.write(connection, revision, item.readings, self._tables)
                tasks.add_index_task(connection, collection, revision)
            self.states.keep(kept)
            self._settling.settle()

    def write_readings(self, revision: int, readings: Sequence[Reading], model: str) -> None:
        """Put `readings` in place of what the same annotators read in a searched revision before."""
        with self.connections.writer(), self.connections.transaction() as connection:
            vector_model.check_again(connection, model)
            if articles.collection_of(connection, revision) is not None:  # else removed meanwhile
                records.write(connection, revision, readings, self._tables)

    def begin_model_change(self, model: str) -> None:
        """Empty the index for vectors of another model; until `end_model_change` the store is not searched.

        IndexUnavailable where articles still wait for the index: their vectors would go in beside the new ones.
        """
        with self.connections.writer():
            self.finish()
            with self.connections.transaction() as connection:
                vector_model.begin_change(connection, model)
            for name in articles.collection_names(self.read()):
                self.vectors.drop(name)

    def end_model_change(self, model: str) -> None:
        """All articles have been read again with `model`."""
        with self.connections.writer(), self.connections.transaction() as connection:
            vector_model.end_change(connection, model)

    def rebuild_vectors(self) -> None:
        """Fill the index anew from the vectors in the catalogue; IndexUnavailable where it could not be."""
        with self.connections.writer():
            for name in articles.collection_names(self.read()):
                self.refill(name)

    def refill(self, collection: str) -> None:
        """Empty a collection of the index and fill it from the catalogue; IndexUnavailable where it could not be."""
        with self.connections.writer():
            with self.connections.transaction() as connection:
                # Written before anything is dropped: a process that is killed in between leaves it to the next one.
                tasks.add_index_tasks(connection, collection)
            self.vectors.drop(collection)
            self._settling.settle()
            self._settling.check()

    def index_again(self, collection: str, revision: int) -> None:
        """Write the vectors of a searched revision into the index once more."""
        with self.connections.writer():
            if articles.collection_of(self.read(), revision) == collection:
                self._settling.index(collection, [revision])

    def disagreements(self) -> list[str]:
        """Where catalogue and vectors differ, one line each; empty when they agree."""
        found = []
        for name in articles.collection_names(self.read()):
            expected, actual = passages.count_searched(self.read(), name), self.vectors.count(name)
            if expected != actual:
                found.append(f"{name}: {expected} passages in the catalogue, {actual} vectors in the index")
        return found

    def close(self) -> None:
        """Let go of the index and the catalogue."""
        self.states.close()
        self.vectors.close()
        self.owner.close()
        self.connections.close()

    def _insert(
        self,
        connection: sqlite3.Connection,
        collection: str,
        key: int,
        item: ReadArticle,
        similar: stories.Similar,
        kept: list[Kept],
    ) -> Outcome:
        article = item.article
        before = articles.latest_digest(connection, key, article.id)
        if before == articles.digest(article):  # another process, or another line of this batch, was here first
            return Outcome.UNCHANGED
        story = stories.story_of(connection, key, article.id, item.signature, item.bands, similar)
        in_folder = _in_folder(collection, article)
        revision = articles.insert_revision(connection, key, article, in_folder=in_folder, story=story)
        stories.insert_signature(connection, key, revision.pk, item.signature, item.bands)
        kept += _insert_passages(connection, revision.pk, item)
        records.write(connection, revision.pk, item.readings, self._tables)
        if item.visit is not None:
            pages.remember(connection, key, article.id, item.visit)
        tasks.add_index_task(connection, collection, revision.pk)
        files.forget_removal(connection, key, article.id)
        return Outcome.ADDED if before is None else Outcome.CHANGED

    def _identity(self) -> str:
        """What tells this store from others on one Chroma server."""
        known = properties.get(self.connections.read(), properties.STORE_ID)
        if known is None:
            with self.connections.writer(), self.connections.transaction() as connection:
                properties.put_if_absent(connection, properties.STORE_ID, uuid.uuid4().hex[:12])
            known = properties.get(self.connections.read(), properties.STORE_ID)
        assert known is not None
        return known


def _insert_passages(connection: sqlite3.Connection, revision: int, item: ReadArticle) -> list[Kept]:
    """Write the passages of a revision; what of their token states is to be kept."""
    passages.insert_passages(connection, revision, item.passages, item.vectors)
    if not item.states:
        return []
    numbers = passages.numbers_of(connection, revision)
    return [(number, key, packed) for number, (key, packed) in zip(numbers, item.states, strict=True)]


def _in_folder(collection: str, article: Article) -> bool:
    """Whether an article came from the store's own articles folder, and goes when its file goes."""
    return collection == OPERATOR and (article.origin or "").startswith(f"{ARTICLES_FOLDER}/")
