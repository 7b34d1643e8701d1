"""The library as a community tends it: what became of what was sent, and whole collections forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.tended_library import TendedLibrary
from retrieval.errors import Stopped
from retrieval.schema import AnswerSentence, Citation
from retrieval.schema.community import SentFile
from retrieval.settings import Settings
from retrieval.storage.embedding import HashingEmbedder
from retrieval.storage.vectors import MemoryVectors


@pytest.fixture
def tended(tmp_path: Path) -> Iterator[TendedLibrary]:
    with TendedLibrary(
        Settings(store=tmp_path / "store"), create=True, embedder=HashingEmbedder(), vectors=MemoryVectors()
    ) as library:
        yield library


class Hearer:
    """Hears how many articles are read; stops at once where it is told to."""

    def __init__(self, *, stops: bool = False) -> None:
        self.heard: list[tuple[int, int]] = []
        self._stops = stops

    def stage(self, stage: object, count: int | None = None) -> None: ...

    def sentence(self, sentence: AnswerSentence, citations: tuple[Citation, ...]) -> None: ...

    def progress(self, done: int, total: int) -> None:
        self.heard.append((done, total))

    def stopped(self) -> bool:
        return self._stops


def test_a_file_that_was_sent_goes_in_and_what_cannot_be_read_is_told(tended: TendedLibrary) -> None:
    hearer = Hearer()
    sent = (SentFile("quay.txt", b"Quay\n\nIt was closed."), SentFile("scan.pdf", b"no pdf at all"))
    taken = tended.take_in(sent, collection="server-5", listener=hearer)
    assert taken.counts == {"added": 1}
    assert [head.title for head in taken.fresh] == ["Quay"]
    (left_out,) = taken.left_out
    assert left_out.startswith("scan.pdf")
    assert hearer.heard
    again = tended.take_in(sent[:1], collection="server-5")
    assert again.counts == {"unchanged": 1}
    assert again.fresh == ()


def test_an_addition_can_be_stopped(tended: TendedLibrary) -> None:
    with pytest.raises(Stopped):
        tended.take_in((SentFile("a.txt", b"Quay\n\nClosed."),), collection="server-5", listener=Hearer(stops=True))


def test_collections_are_forgotten_and_no_other(tended: TendedLibrary) -> None:
    for collection in ("server-5", "server-5-channel-9", "server-6"):
        tended.take_in((SentFile("a.txt", b"Quay\n\nClosed."),), collection=collection)
    assert tended.forget_collections(("server-5", "server-5-channel-9")) == 2
    assert [head.collection for head in tended.articles(("server-5", "server-5-channel-9", "server-6"))] == ["server-6"]
    assert tended.watched_feeds(("server-6",)) == []
    assert tended.poll() == []
