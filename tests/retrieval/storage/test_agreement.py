"""Adding, replacing and removing in any order leaves catalogue and vectors in agreement."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from retrieval.errors import IndexUnavailable, NotFound
from retrieval.library import Library
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors

IDS = st.sampled_from(["a", "b", "c", "https://post.example/1"])
TEXTS = st.text(min_size=1, max_size=300).filter(lambda text: any(c.isalnum() for c in text))


class FailingVectors(MemoryVectors):
    """An index that is away now and then."""

    away = False

    def add(self, *args: object, **kwargs: object) -> None:
        if self.away:
            raise IndexUnavailable("away")
        super().add(*args, **kwargs)  # type: ignore[arg-type]

    def forget(self, *args: object, **kwargs: object) -> None:
        if self.away:
            raise IndexUnavailable("away")
        super().forget(*args, **kwargs)  # type: ignore[arg-type]


class Changes(RuleBasedStateMachine):
    """Compares a library with a dictionary of what should be in it."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.vectors = FailingVectors()
        self.model: dict[str, str] = {}
        self.library = self.opened()

    def opened(self) -> Library:
        return Library(
            Settings(store=Path(self.folder.name) / "store"),
            create=True,
            embedder=HashingEmbedder(),
            vectors=self.vectors,
        )

    @rule(article_id=IDS, text=TEXTS)
    def add(self, article_id: str, text: str) -> None:
        file = Path(self.folder.name) / "given.jsonl"
        file.write_text(json.dumps({"id": article_id, "title": "T", "text": text}) + "\n", encoding="utf-8")
        report = self.library.add([file])
        assert report.unreadable == []
        self.model[article_id] = text

    @rule(article_id=IDS)
    def remove(self, article_id: str) -> None:
        if article_id in self.model:
            self.library.remove(article_id)
            del self.model[article_id]
        else:
            with pytest.raises(NotFound):
                self.library.remove(article_id)

    @rule(away=st.booleans())
    def lose_the_index(self, away: bool) -> None:
        self.vectors.away = away

    @rule()
    def restart(self) -> None:
        self.library.close()
        self.library = self.opened()

    @invariant()
    def agree(self) -> None:
        if self.vectors.away:
            return
        self.library.close()
        self.library = self.opened()
        assert self.library.disagreements() == []
        texts = {head.id: self.library.article(head.id)[1].text for head in self.library.articles()}
        assert texts == {i: _stored(t) for i, t in self.model.items()}
        assert self.library.status().pending == 0

    @invariant()
    def offsets_lead_to_the_words(self) -> None:
        for found in self.library.search("some words of any article a b c", k=50):
            text = self.library.article(found.article.id)[1].text
            assert text[found.start : found.end] == found.text
            assert all(text[s:e].strip() for s, e in found.sentences)

    def teardown(self) -> None:
        self.library.close()
        self.folder.cleanup()


def _stored(text: str) -> str:
    return text.replace("\x00", "\ufffd")


Changes.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestChanges = Changes.TestCase
