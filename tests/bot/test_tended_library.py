"""The library as a community tends it: what became of what was sent, and whole collections forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.tended_library import TendedLibrary
from retrieval.errors import Stopped
from retrieval.reading.given import Upload
from retrieval.schema import AnswerSentence, Citation
from retrieval.schema.community import SentFile
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors
from tests.loopback_web import HARBOUR, LoopbackWeb, article_page


@pytest.fixture
def tended_web(tmp_path: Path, site: LoopbackWeb) -> Iterator[TendedLibrary]:
    """One whose web is `site`."""
    with TendedLibrary(
        Settings(store=tmp_path / "store"),
        create=True,
        embedder=HashingEmbedder(),
        vectors=MemoryVectors(),
        fetcher=site.fetcher(),
    ) as library:
        yield library


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


def test_what_another_process_adds_meanwhile_is_not_told_as_what_was_sent(tended: TendedLibrary) -> None:
    class Other(Hearer):
        def progress(self, done: int, total: int) -> None:
            tended.add([Upload("ferry.txt", b"Ferry\n\nIt was late.")], collection="server-5")

    taken = tended.take_in((SentFile("quay.txt", b"Quay\n\nClosed."),), collection="server-5", listener=Other())
    assert [head.title for head in taken.fresh] == ["Quay"]


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


def test_two_files_of_one_name_are_two_articles_and_the_same_again_is_not_a_third(tended: TendedLibrary) -> None:
    rows = b'{"title": "Quay", "text": "The quay was closed."}\n{"title": "Ferry", "text": "It was late again."}\n'
    sent = [
        SentFile("message.txt", b"Quay closed\n\nThe quay at Lowmouth was closed on Monday."),
        SentFile("message.txt", b"Mayor resigns\n\nThe mayor of Ambry resigned on Friday."),
        SentFile("rows.jsonl", rows),
        SentFile("rows.jsonl", b'{"title": "Toll", "text": "The toll was raised."}\n' + rows),
    ]
    for file in [*sent, *sent]:
        tended.take_in((file,), collection="server-5")
    titles = [head.title for head in tended.articles(("server-5",))]
    assert sorted(titles) == ["Ferry", "Mayor resigns", "Quay", "Quay closed", "Toll"]
    assert {head.revision for head in tended.articles(("server-5",))} == {1}


def test_no_file_takes_the_place_of_what_was_read_from_the_web(tended_web: TendedLibrary, site: LoopbackWeb) -> None:
    home, address = "server-5", site.url("/bridge", "post.example")
    site.pages["/bridge"] = article_page("Harbour closes", *HARBOUR)
    tended_web.take_in((address,), collection=home)
    words = "The harbour was never closed, the port authority said."
    row = json.dumps({"url": address, "text": words}).encode()
    front = f"---\nurl: {address}\nid: {address}\n---\n{words}".encode()
    site.pages["/row.jsonl"] = web.Response(body=row, content_type="application/jsonl")
    site.pages["/front.md"] = web.Response(body=front, content_type="text/markdown")
    for forged in (
        SentFile("x.jsonl", row),
        SentFile("x.jsonl", json.dumps({"id": address, "text": words}).encode()),
        SentFile("x.csv", f'url,text\n{address},"{words}"\n'.encode()),
        SentFile("x.md", front),
        site.url("/row.jsonl", "evil.example"),
        site.url("/row.jsonl", "post.example"),
    ):
        (reason,) = tended_web.take_in((forged,), collection=home).left_out
        assert "no file takes its place" in reason or "a page of another site" in reason
    tended_web.take_in((site.url("/front.md", "evil.example"),), collection=home)
    (fake,) = [head for head in tended_web.articles((home,)) if head.id != address]
    assert fake.id == fake.url == site.url("/front.md", "evil.example")
    assert tended_web.article(address, (home,))[0].revision == 1
    # a row of a page that nobody has fetched is an article like any other, till its page is
    other = site.url("/other", "post.example")
    assert tended_web.take_in(
        (SentFile("x.jsonl", json.dumps({"url": other, "text": words}).encode()),), collection=home
    ).fresh
    site.pages["/other"] = article_page("Ferry", *HARBOUR)
    assert tended_web.take_in((other,), collection=home).counts == {"changed": 1}
