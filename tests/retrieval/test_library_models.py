"""A library whose embedding model or parser is another one than before, or is not there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from retrieval.errors import NotConfigured, WrongModel
from retrieval.library import Library
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.encoding.token_states import Vectors
from retrieval.storage.index.vectors import MemoryVectors
from retrieval.storage.store import Outcome

Write = Callable[[str, str], Path]
HARBOUR = "The harbour at Lowmouth closed on Monday after cracks were found in the quay."


class OtherEmbedder(HashingEmbedder):
    name = "other"


def test_a_parser_that_is_not_installed_is_told_and_nothing_goes_in_half_read(tmp_path: Path, write: Write) -> None:
    settings = Settings(store=tmp_path / "store", parser="no_such_parser")
    with Library(settings, create=True, embedder=HashingEmbedder(), vectors=MemoryVectors()) as library:
        with pytest.raises(NotConfigured, match="no_such_parser is not installed"):
            library.add(write("harbour.txt", HARBOUR))
        assert library.articles() == []


def test_another_model_is_refused_until_reindex_has_embedded_everything_anew(tmp_path: Path, write: Write) -> None:
    settings, vectors = Settings(store=tmp_path / "store"), MemoryVectors()
    with Library(settings, create=True, embedder=HashingEmbedder(), vectors=vectors) as library:
        library.add([write("harbour.txt", HARBOUR)])
    with Library(settings, embedder=OtherEmbedder(), vectors=vectors) as library:
        with pytest.raises(WrongModel, match="onrecord reindex"):
            library.ask("why did the harbour close?")
        assert library.reindex() == 1
        assert library.search("harbour quay")
        assert library.status().embedding_model == "other"
        assert library.disagreements() == []


class Interrupted(HashingEmbedder):
    """Does something else before it embeds the next articles, as another process might."""

    meanwhile: Callable[[], object] | None = None

    def read_documents(self, texts: Sequence[str]) -> tuple[Vectors, list[bytes]]:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return super().read_documents(texts)


@pytest.mark.parametrize("changing", ["add", "reindex"])
def test_what_was_embedded_before_another_process_changed_the_model_stays_out(
    tmp_path: Path, write: Write, changing: str
) -> None:
    settings, vectors, embedder = Settings(store=tmp_path / "store"), MemoryVectors(), Interrupted()
    with (
        Library(settings, create=True, embedder=embedder, vectors=vectors) as library,
        Library(settings, embedder=OtherEmbedder(), vectors=vectors) as beside,
    ):
        library.add(write("harbour.txt", HARBOUR))
        if changing == "reindex":
            beside.reindex()
        embedder.meanwhile = beside.reindex
        with pytest.raises(WrongModel, match="'other'"):
            library.reindex() if changing == "reindex" else library.add(write("b.txt", "The ferry was late."))
        assert len(beside.articles()) == 1
        assert beside.search("harbour quay")


def test_an_empty_store_is_bound_to_no_model_by_being_asked(tmp_path: Path, write: Write) -> None:
    settings = Settings(store=tmp_path / "store")
    with Library(settings, create=True, embedder=HashingEmbedder(), vectors=MemoryVectors()) as library:
        assert library.ask("who was elected?").abstained
    with Library(settings, embedder=OtherEmbedder(), vectors=MemoryVectors()) as library:
        assert library.add(write("harbour.txt", HARBOUR)).count(Outcome.ADDED) == 1
        assert library.status().embedding_model == "other"


def test_reindex_fills_an_empty_index_from_the_catalogue_without_embedding(tmp_path: Path, write: Write) -> None:
    class NoEmbedder(HashingEmbedder):
        def embed_documents(self, texts: object) -> object:  # type: ignore[override]
            raise AssertionError("nothing is to be embedded")

    settings = Settings(store=tmp_path / "store")
    with Library(settings, create=True, embedder=HashingEmbedder(), vectors=MemoryVectors()) as library:
        library.add([write("harbour.txt", HARBOUR)])
    with Library(settings, embedder=NoEmbedder(), vectors=MemoryVectors()) as library:
        assert library.disagreements() != []
        library.reindex()
        assert library.disagreements() == []
