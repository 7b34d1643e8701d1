"""A passage is read once, however often it is asked of."""

from collections.abc import Sequence

import numpy as np

from retrieval.answering.sentences.passage_reader import PassageReader
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.encoding.token_states import TokenStates


class Counting(HashingEmbedder):
    def __init__(self) -> None:
        self.read: list[str] = []

    def token_states(self, texts: Sequence[str]) -> list[TokenStates]:
        self.read += texts
        return super().token_states(texts)


def test_what_was_read_is_remembered_and_the_same() -> None:
    embedder = Counting()
    reader = PassageReader(embedder)
    _, first = reader.read("why?", ["The quay closed.", "The ferry sank.", "The quay closed."])
    _, second = reader.read("when?", ["The ferry sank.", "The mayor spoke."])
    assert embedder.read == ["why?", "The quay closed.", "The ferry sank.", "when?", "The mayor spoke."]
    assert np.array_equal(first[1].states, second[0].states)
    assert first[0] is first[2]


def test_only_so_many_are_remembered() -> None:
    embedder = Counting()
    reader = PassageReader(embedder)
    for n in range(600):
        reader.read("q", [f"Passage {n}."])
    reader.read("q", ["Passage 599."])
    assert embedder.read[-1] == "q"
    reader.read("q", ["Passage 0."])
    assert embedder.read[-1] == "Passage 0."
