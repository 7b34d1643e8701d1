"""What the model made of passages is kept, found by what it read, bounded, and gone with its passages."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from retrieval.library import Library
from retrieval.reading.given import Upload
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.encoding.token_states import TokenStates
from retrieval.storage.index.kept_states import KeptStates, key_of
from retrieval.storage.index.vectors import MemoryVectors

HARBOUR = "The harbour at Lowmouth closed on Monday. Mayor Ines Calder said the quay was unsafe."


def states(tokens: int = 100) -> bytes:
    return TokenStates(np.zeros((tokens, 2), np.int64), np.ones((tokens, 384), np.float32)).packed()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[KeptStates]:
    kept = KeptStates(tmp_path / "states.sqlite", 10_000_000)
    yield kept
    kept.close()


def test_states_are_found_by_the_text_and_the_model_that_read_it(kept: KeptStates) -> None:
    kept.keep([(1, key_of("minilm", "one"), states())])
    assert list(kept.known("minilm", ["one", "two"])) == ["one"]
    assert kept.known("another", ["one"]) == {}


def test_what_is_forgotten_is_found_no_more_and_copies_stay(kept: KeptStates) -> None:
    kept.keep([(1, key_of("m", "one"), states()), (2, key_of("m", "one"), states())])
    kept.forget([1])
    assert kept.known("m", ["one"])
    kept.forget([2])
    assert not kept.known("m", ["one"])


def test_the_oldest_go_where_there_are_too_many(tmp_path: Path) -> None:
    kept = KeptStates(tmp_path / "states.sqlite", 800_000)
    for n in range(100):
        kept.keep([(n, key_of("m", str(n)), states())])
    found = kept.known("m", [str(n) for n in range(100)])
    kept.close()
    assert 10 < len(found) < 60
    assert sorted(map(int, found)) == list(range(100 - len(found), 100))


def test_a_damaged_file_is_told_and_made_anew_at_the_next_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "states.sqlite"
    file.write_bytes(b"no database" * 1000)
    damaged = KeptStates(file, 1_000_000)
    with caplog.at_level(logging.WARNING):
        damaged.keep([(1, key_of("m", "one"), states())])
        assert damaged.known("m", ["one"]) == {}
    assert len(caplog.records) == 1
    anew = KeptStates(file, 1_000_000)
    anew.keep([(1, key_of("m", "one"), states())])
    assert anew.known("m", ["one"])
    anew.close()


def test_while_another_process_holds_the_file_only_what_is_asked_then_is_left_undone(
    kept: KeptStates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.storage.index.kept_states._WAIT", 0.1)
    kept.keep([(1, key_of("m", "one"), states())])
    holder = sqlite3.connect(tmp_path / "states.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    beside = KeptStates(tmp_path / "states.sqlite", 10_000_000)
    for some in (kept, beside):
        some.keep([(2, key_of("m", "two"), states())])
        some.forget([1])
    holder.execute("ROLLBACK")
    holder.close()
    beside.keep([(3, key_of("m", "three"), states())])
    kept.keep([(4, key_of("m", "four"), states())])
    assert set(kept.known("m", ["two", "three", "four"])) == {"three", "four"}
    kept.forget([3])
    assert set(kept.known("m", ["one", "three", "four"])) == {"four"}
    beside.close()


def test_with_a_limit_of_nothing_there_is_no_file(tmp_path: Path) -> None:
    file = tmp_path / "states.sqlite"
    file.write_bytes(b"")
    kept = KeptStates(file, 0)
    kept.keep([(1, key_of("m", "one"), states())])
    assert kept.known("m", ["one"]) == {}
    assert not file.exists()


class Counting(HashingEmbedder):
    """Notes which texts are read for an answer."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def token_states(self, texts: Sequence[str]) -> list[TokenStates]:
        self.read += texts
        return super().token_states(texts)


def opened(folder: Path, embedder: Counting) -> Library:
    settings = Settings(store=folder)
    return Library(settings, create=True, embedder=embedder, vectors=MemoryVectors())


def test_an_answer_reads_no_passage_that_was_read_when_it_was_added(tmp_path: Path) -> None:
    embedder = Counting()
    with opened(tmp_path / "store", embedder) as library:
        library.add([Upload("harbour.txt", HARBOUR.encode())])
        embedder.read.clear()
        question = "Which harbour closed on Monday?"
        assert library.ask(question).sentences
        assert embedder.read == [question]


def test_without_what_was_kept_the_answer_is_the_same(tmp_path: Path) -> None:
    embedder = Counting()
    with opened(tmp_path / "store", embedder) as library:
        library.add([Upload("harbour.txt", HARBOUR.encode())])
        before = library.ask("Who said the quay was unsafe?")
        library.remove(library.articles()[0].id)
        assert library._store.states.known(embedder.name, embedder.read) == {}
        library.add([Upload("harbour.txt", HARBOUR.encode())])
    (tmp_path / "store" / "states.sqlite").unlink()
    with opened(tmp_path / "store", embedder) as library:
        after = library.ask("Who said the quay was unsafe?")
    assert [s.text for s in after.sentences] == [s.text for s in before.sentences] != []
