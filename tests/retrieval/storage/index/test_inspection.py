"""`onrecord doctor --deep` finds whatever is wrong with the index, mends it, and says so."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import chromadb
import numpy as np
import pytest

from retrieval.errors import IndexUnavailable
from retrieval.library import Library
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index import vectors
from retrieval.storage.index.ownership import IndexOwner
from retrieval.storage.index.vectors import ChromaVectors, IndexRow
from tests.retrieval.storage.stocked import opened, stock


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with articles in two collections."""
    folder = tmp_path_factory.mktemp("stocked") / "store"
    with pytest.MonkeyPatch.context() as patch:
        # Chroma writes a segment's own files after a thousand rows; here after a few, so that there are some to damage.
        often = {"hnsw": {"space": "cosine", "batch_size": 4, "sync_threshold": 4}}
        patch.setattr(vectors, "_HNSW", often)
        with opened(folder) as library:
            stock(library)
    return folder


@pytest.fixture
def store(stocked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(stocked, tmp_path / "store"))


def segments(store: Path) -> Iterator[Path]:
    return (path for path in (store / "vectors").iterdir() if path.is_dir())


def the_folder_is_gone(store: Path) -> None:
    shutil.rmtree(store / "vectors")


def a_segment_is_gone(store: Path) -> None:
    shutil.rmtree(max(segments(store), key=lambda path: sum(f.stat().st_size for f in path.iterdir())))


def a_segment_is_truncated(store: Path) -> None:
    for segment in segments(store):
        os.truncate(segment / "data_level0.bin", 100)


def a_segment_that_ends_whoever_reads_it(store: Path) -> None:
    for segment in segments(store):
        os.truncate(segment / "header.bin", 10)


def chromas_database_is_truncated(store: Path) -> None:
    file = store / "vectors" / "chroma.sqlite3"
    os.truncate(file, file.stat().st_size // 2)


def chromas_database_is_no_database(store: Path) -> None:
    (store / "vectors" / "chroma.sqlite3").write_text("garbage" * 1_000, encoding="utf-8")


def the_index_of_another_store_stands_there(store: Path) -> None:
    the_folder_is_gone(store)
    other = ChromaVectors(IndexOwner(store), "other")
    other.add("operator", {n: IndexRow(np.eye(8, dtype=np.float32)[n], 0, "") for n in (1, 2)})
    other.close()


def rows_are_missing(store: Path) -> None:
    changed(store, lambda chroma: chroma.delete(ids=chroma.get(limit=3)["ids"]))


def rows_are_foreign(store: Path) -> None:
    changed(store, lambda chroma: chroma.add(ids=["900001", "900002"], embeddings=np.ones((2, 384), np.float32)))


def rows_of_no_number_are_there(store: Path) -> None:
    changed(store, lambda chroma: chroma.add(ids=["x"], embeddings=np.ones((1, 384), np.float32)))


def vectors_are_altered(store: Path) -> None:
    changed(store, lambda chroma: chroma.update(ids=chroma.get(limit=2)["ids"], embeddings=np.eye(384)[:2]))


def the_day_of_a_row_is_altered(store: Path) -> None:
    changed(store, lambda chroma: chroma.update(ids=chroma.get(limit=1)["ids"], metadatas=[{"day": 19990101}]))


def the_distance_is_another(store: Path) -> None:
    owner = IndexOwner(store)
    client = owner.client()
    (name,) = [c.name for c in client.list_collections() if c.name.endswith("operator")]
    held = client.get_collection(name, embedding_function=None).get(include=["embeddings", "metadatas"])
    client.delete_collection(name)
    made = client.create_collection(name, configuration={"hnsw": {"space": "l2"}}, embedding_function=None)
    made.add(ids=held["ids"], embeddings=held["embeddings"], metadatas=held["metadatas"])
    owner.close()


def the_full_text_is_another(store: Path) -> None:
    connection = sqlite3.connect(store / "catalogue.sqlite")
    connection.execute("INSERT INTO passage_index (passage_index) VALUES ('delete-all')")
    connection.commit()
    connection.close()


def changed(store: Path, change: Callable[[chromadb.Collection], object]) -> None:
    owner = IndexOwner(store)
    client = owner.client()
    (name,) = [c.name for c in client.list_collections() if c.name.endswith("operator")]
    change(client.get_collection(name, embedding_function=None))
    owner.close()


DAMAGES = [
    (the_folder_is_gone, "index is empty"),
    (a_segment_is_gone, "cannot be read"),
    (a_segment_is_truncated, "cannot be read"),
    (a_segment_that_ends_whoever_reads_it, "cannot be read"),
    (chromas_database_is_truncated, "cannot be read"),
    (chromas_database_is_no_database, "cannot be read"),
    (the_index_of_another_store_stands_there, "1 collection of another store"),
    (rows_are_missing, "3 passages without a vector"),
    (rows_are_foreign, "2 vectors of no passage"),
    (rows_of_no_number_are_there, "not this store's"),
    (vectors_are_altered, "2 vectors unlike"),
    (the_day_of_a_row_is_altered, "1 vector unlike"),
    (the_distance_is_another, "does not find"),
    (the_full_text_is_another, "full-text index differed"),
]


@pytest.mark.parametrize(("damage", "said"), DAMAGES, ids=lambda value: getattr(value, "__name__", ""))
def test_damage_is_found_mended_and_told(damage: Callable[[Path], None], said: str, store: Path) -> None:
    damage(store)
    with opened(store, serve=True) as library:
        before = [h.id for h in library.articles()]
        findings = library.mend()
        assert any(said in finding.found for finding in findings), findings
        assert all(finding.mended and finding.found.endswith(".") for finding in findings), findings
        assert library.mend() == []
        assert library.disagreements() == []
        assert [h.id for h in library.articles()] == before
        found = library.search("quay at Lowmouth in article 3", k=3)
        assert found[0].article.id == "a3"
        assert found[0].cosine is not None


def test_what_the_server_lost_from_its_cache_is_no_damage(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = [True]

    def rows(self: ChromaVectors, collection: str, numbers: Sequence[int]) -> dict[int, IndexRow]:
        if lost and lost.pop():
            raise IndexUnavailable("Chroma: Error creating hnsw segment reader: Nothing found on disk")
        return plain(self, collection, numbers)

    plain = ChromaVectors.rows
    monkeypatch.setattr(ChromaVectors, "rows", rows)
    with opened(store, serve=True) as library:
        assert library.mend() == []
        assert not lost
        assert library.disagreements() == []


def test_nothing_is_said_of_a_sound_store(store: Path) -> None:
    with opened(store, serve=True) as library:
        assert library.mend() == []


def test_a_damaged_catalogue_is_left_alone_and_the_way_out_named(store: Path) -> None:
    with opened(store) as library:
        library.settings  # noqa: B018 - opened once, so that its write-ahead log is written back when it closes
    file = store / "catalogue.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("UPDATE passages SET revision = 999999 WHERE pk = 1")
    connection.commit()
    connection.close()
    with opened(store) as library:
        (finding,) = library.mend()
    assert "catalogue is damaged" in finding.found
    assert "onrecord backup FILE --restore" in finding.done
    assert not finding.mended


def test_a_store_on_a_shared_server_leaves_the_other_stores_alone(store: Path) -> None:
    server = IndexOwner(store, serve=True)
    server.client()
    note = server.served_at()
    assert note is not None
    url = note.url
    other = ChromaVectors(IndexOwner(store, url=url), "other")
    other.add("operator", {1: IndexRow(np.eye(8, dtype=np.float32)[0], 0, "")})
    library = Library(Settings(store=store, chroma_url=url), embedder=HashingEmbedder())
    assert library.mend() == []
    assert other.count("operator") == 1
    library.close()
    other.close()
    server.close()
