"""Whatever is added, asked and removed: what one server has is never shown in another."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from retrieval.errors import NotFound
from retrieval.library import Library
from retrieval.schema import QuotationQuery, server_collection
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors

SERVERS = st.sampled_from([1, 2, 11])
IDS = st.sampled_from(["a", "b", "https://post.example/1"])
TOPICS = st.sampled_from(["quay", "toll", "ferry"])


class Servers(RuleBasedStateMachine):
    """Every server's articles bear a word that stands in no other's, in text, title, source and speaker."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.held: set[tuple[int, str]] = set()
        self.library = Library(
            Settings(store=Path(self.folder.name) / "store"),
            create=True,
            embedder=HashingEmbedder(),
            vectors=MemoryVectors(),
        )

    @rule(server=SERVERS, article_id=IDS, topic=TOPICS)
    def add(self, server: int, article_id: str, topic: str) -> None:
        word = mark(server)
        said = f"“The {topic} is closed, {word},” Anna {word} said on Monday."
        text = f"{said} The {topic} of {word} closed on 3 March 2026."
        item = {"id": article_id, "title": f"{word} {topic}", "source": f"{word} Post", "published": "2026-03-04"}
        file = Path(self.folder.name) / "given.jsonl"
        file.write_text(json.dumps({**item, "text": text}), encoding="utf-8")
        assert self.library.add([file], collection=server_collection(server)).unreadable == []
        self.held.add((server, article_id))

    @rule(server=SERVERS, article_id=IDS)
    def remove(self, server: int, article_id: str) -> None:
        try:
            self.library.remove(article_id, server_collection(server))
        except NotFound:
            assert (server, article_id) not in self.held
        self.held.discard((server, article_id))

    @rule(asker=SERVERS, other=SERVERS, topic=TOPICS)
    def look(self, asker: int, other: int, topic: str) -> None:
        """Everything a member of one server can call, asking for what is another's."""
        mine, word = (server_collection(asker),), mark(other)
        shown = [
            self.library.ask(f"What did Anna {word} say about the {topic}?", collections=mine),
            self.library.ask(f"What happened on 3 March 2026 to the {topic} of {word}?", collections=mine),
            self.library.search(f"{topic} {word}", collections=mine, k=50),
            self.library.quotations(QuotationQuery(speaker=f"Anna {word}"), collections=mine),
            self.library.quotations(QuotationQuery(about=topic), collections=mine),
            self.library.events(on="3 March 2026", collections=mine).events,
            self.library.verify(f"The {topic} is closed, {word}", collections=mine),
            self.library.speakers(mine),
            self.library.sources(mine),
            self.library.articles(mine),
        ]
        for each in shown:
            told = str(each).replace(f"Anna {word} say", "").replace(f"{topic} of {word}?", "")
            told = told.replace(f"closed, {word}'", "").replace(f"Anna {word}'", "")
            for server in {1, 2, 11} - {asker, other}:
                assert mark(server) not in told
            assert server_collection(other) == mine[0] or f"{word} Post" not in told
        for article_id in ("a", "b", "https://post.example/1"):
            try:
                head, article = self.library.article(article_id, mine)
            except NotFound:
                assert (asker, article_id) not in self.held
            else:
                assert head.collection == mine[0]
                assert mark(asker) in article.text
                assert all(alike.collection == mine[0] for alike in self.library.told_alike(head))

    @invariant()
    def each_has_what_it_was_given(self) -> None:
        for server in (1, 2, 11):
            heads = self.library.articles((server_collection(server),))
            assert {head.id for head in heads} == {i for s, i in self.held if s == server}

    def teardown(self) -> None:
        self.library.close()
        self.folder.cleanup()


def mark(server: int) -> str:
    """A name that only one server's articles have."""
    return {1: "Aldersey", 2: "Brannock", 11: "Calloway"}[server]


Servers.TestCase.settings = settings(max_examples=8, stateful_step_count=10, deadline=None)
TestServers = Servers.TestCase
