"""Every embedder behaves alike; the bundled model is the one it says it is."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.errors import NotConfigured
from retrieval.storage.encoding import bert, bundled_model
from retrieval.storage.encoding.bert import BertEncoder
from retrieval.storage.encoding.embedding import Embedder, HashingEmbedder, SentenceTransformerEmbedder

if TYPE_CHECKING:
    from torch import Tensor


@pytest.fixture(params=[HashingEmbedder, pytest.param(SentenceTransformerEmbedder, marks=pytest.mark.model)])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    made: Embedder = request.param()
    return made


def test_vectors_are_of_unit_length_and_the_same_each_time(embedder: Embedder) -> None:
    texts = ["The quay at Lowmouth closed.", "The mayor resigned.", ""]
    vectors = embedder.embed_documents(texts)
    assert vectors.shape == (3, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-2)
    assert np.allclose(vectors, embedder.embed_documents(texts), atol=1e-2)


def test_a_question_is_nearer_to_what_shares_its_words(embedder: Embedder) -> None:
    vectors = embedder.embed_documents(["The quay at Lowmouth closed on Monday.", "Bread prices rose in Ambry."])
    cosines = vectors @ embedder.embed_query("when did the quay at Lowmouth close?")
    assert cosines[0] > cosines[1]


def test_longer_texts_have_more_tokens(embedder: Embedder) -> None:
    short, long = embedder.count_tokens(["one", "one two three, four"])
    assert 0 < short < long
    assert embedder.count_tokens([]) == []
    assert embedder.max_tokens > 100


@pytest.mark.model
def test_the_bundled_model_computes_what_sentence_transformers_does() -> None:
    from sentence_transformers import SentenceTransformer

    embedder = SentenceTransformerEmbedder()
    reference = SentenceTransformer(embedder._folder, device="cpu")
    texts = [
        "",
        "Tolls.",
        "The quay at Lowmouth closed on Monday, the mayor said.",
        "One. " * 40,
        "a very long text " * 200,
        *("a quay of its own, " * n for n in range(20, 40)),
    ]
    expected = reference.encode_document(texts, normalize_embeddings=True)
    cosines = (embedder.embed_documents(texts) * expected).sum(axis=1)
    assert cosines.min() > 0.999
    alone = np.stack([embedder.embed_query(text) for text in texts])
    assert (alone * expected).sum(axis=1).min() > 0.999


def test_the_states_of_a_text_stand_where_its_words_do(embedder: Embedder) -> None:
    text = "The quay at Lowmouth closed."
    (states,) = embedder.token_states([text])
    assert [text[start:end] for start, end in states.spans][:2] == ["The", "quay"]
    assert len(states.spans) == len(states.states)
    assert states.states.shape[1] == embedder.dimensions
    (cut,) = embedder.token_states([text * 200])
    assert len(cut.spans) == len(cut.states) <= embedder.max_tokens or isinstance(embedder, HashingEmbedder)


@pytest.mark.model
def test_a_model_that_is_not_there_is_named_in_a_sentence(tmp_path: object) -> None:
    with pytest.raises(NotConfigured, match="ONRECORD_EMBEDDING_MODEL"):
        SentenceTransformerEmbedder(f"{tmp_path}/no-model").embed_query("x")


@pytest.mark.model
def test_weights_that_were_changed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled_model, "_SHA256", "0" * 64)
    bundled_model.checked_folder.cache_clear()
    with pytest.raises(NotConfigured, match="reinstall"):
        SentenceTransformerEmbedder().embed_query("x")


@pytest.mark.model
def test_a_question_is_read_while_articles_are(monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = SentenceTransformerEmbedder()
    embedder.embed_query("warm up")
    whole, let_go, plain = threading.Event(), threading.Event(), BertEncoder._pass

    def held(self: BertEncoder, texts: Sequence[Sequence[int]]) -> tuple[Tensor, ...]:
        if len(texts) > 1:
            whole.set()
            assert let_go.wait(60)
        return plain(self, texts)

    monkeypatch.setattr(BertEncoder, "_pass", held)
    adding = threading.Thread(target=embedder.read_documents, args=(["The quay at Lowmouth closed. " * 30] * 60,))
    adding.start()
    try:
        assert whole.wait(60)
        assert embedder.embed_query("when did the quay close?").shape == (embedder.dimensions,)
    finally:
        let_go.set()
        adding.join()


@pytest.mark.model
def test_one_core_is_for_a_pass_alone_and_not_for_threads_that_start_later() -> None:
    import torch

    before, seen = torch.get_num_threads(), list[int]()
    torch.set_num_threads(3)
    try:
        SentenceTransformerEmbedder().embed_documents(["The quay at Lowmouth closed."] * 40)
        later = threading.Thread(target=lambda: seen.append(torch.get_num_threads()))
        later.start()
        later.join()
        _, soon, _ = bert._threads()
        within = [soon.submit(torch.get_num_threads).result() for _ in range(4)]
    finally:
        torch.set_num_threads(before)
    assert seen == [3]
    assert set(within) == {1}
