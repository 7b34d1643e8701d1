"""Which sentences of the sources a written one is read with."""

from __future__ import annotations

from retrieval.answering.verification.cited import CitedPassage
from retrieval.answering.verification.meaning import Meaning, excerpts, sources
from retrieval.schema import Stretch
from retrieval.storage.encoding.embedding import HashingEmbedder


def passage(key: str, *told: str) -> CitedPassage:
    text, stretches = " ".join(told), []
    for sentence in told:
        start = stretches[-1].end + 1 if stretches else 0
        stretches.append(Stretch(start, start + len(sentence)))
    return CitedPassage(key, text, tuple(stretches))


OTHER = passage("p1", "The ferry was late.", "Ann Roe runs it.")
QUAY = passage(
    "p2",
    "Jo Lind is the mayor.",
    "She closed the quay on Monday.",
    "It rained.",
    "The quay has forty cracks.",
    "Gulls came back.",
)


def read_with(sentence: str) -> list[list[str]]:
    meaning = Meaning(HashingEmbedder().embed_documents)
    return [[s.text for s in each] for each in excerpts(sentence, sources([OTHER, QUAY]), meaning)]


def test_each_excerpt_is_in_the_sources_own_order_and_the_longest_says_who_she_is() -> None:
    nearest, two, carrying, longest = read_with("The quay has forty cracks, and closed on Monday.")
    assert nearest == ["The quay has forty cracks."]
    assert two == ["She closed the quay on Monday.", "The quay has forty cracks."]
    assert carrying == two
    assert "Jo Lind is the mayor." in longest
    everything = [s.text for s in sources([OTHER, QUAY])]
    assert longest == sorted(longest, key=everything.index)


def test_what_stands_before_in_another_passage_is_not_read() -> None:
    *_, longest = read_with("Jo Lind is the mayor.")
    assert "Ann Roe runs it." not in longest
