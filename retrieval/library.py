"""The one door to everything: a collection of articles that can be added to, searched and asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from retrieval import backup
from retrieval.annotation.parser import load_parser, parse
from retrieval.annotation.said import DatedQuotationAnnotator
from retrieval.answering.answerers import with_model
from retrieval.answering.chat_models import ChatModel
from retrieval.answering.citations import link_to
from retrieval.answering.events import EventAnswerer
from retrieval.answering.extractive import NO_ARTICLES, ExtractiveAnswerer
from retrieval.answering.listening import AnswerListener, Hearing, Stage
from retrieval.answering.quotations import QuotationAnswerer
from retrieval.answering.several import parts
from retrieval.answering.written import Answerer
from retrieval.errors import NotFound
from retrieval.folder import ArticlesFolder
from retrieval.ingestion import AddReport, Ingestion, Watcher
from retrieval.reading.given import Given
from retrieval.schema import (
    OPERATOR,
    Answer,
    Article,
    ArticleHead,
    ConversationKey,
    FoundPassage,
    FoundQuotation,
    QuestionKind,
    QuotationQuery,
    Speaker,
    Turn,
    Window,
)
from retrieval.search.event_questions import event_query
from retrieval.search.events import EventSearch
from retrieval.search.found_events import EventsFound
from retrieval.search.hybrid import HybridSearch
from retrieval.search.quotations import QuotationSearch
from retrieval.search.reranking import CrossEncoderReranker
from retrieval.search.understanding import understand
from retrieval.search.verdicts import Verdict
from retrieval.search.verification import QuotationVerifier
from retrieval.settings import Settings
from retrieval.storage import articles, passages, stories, tasks
from retrieval.storage.chroma_server import ServerNote
from retrieval.storage.conversations import Conversations
from retrieval.storage.embedding import Embedder, SentenceTransformerEmbedder
from retrieval.storage.store import Store
from retrieval.storage.vectors import VectorIndex

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from retrieval.search.langchain_retriever import ArticleRetriever


_PASSAGES_READ = 12  # by the answerer


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of a store: `pending` are changes that the vector index still lacks; sizes are bytes."""

    store: str
    articles: dict[str, int]
    passages: dict[str, int]
    pending: int
    catalogue_bytes: int
    vectors_bytes: int
    embedding_model: str | None
    index_served_at: str | None


class Library:
    """Articles in the folder `settings.store`, and what can be done with them.

    Models are loaded at the first use that needs one. `serve`: this process is long-lived and serves the vector index
    to all others. `create`: make a store where there is none. `embedder`, `vectors` and `chat_model` stand in for the
    real ones in tests; `clock` says which day is today, else it is the day in `settings.time_zone`. Safe to use from
    several threads. Close it, or use it in a `with` statement.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        serve: bool = False,
        create: bool = False,
        embedder: Embedder | None = None,
        vectors: VectorIndex | None = None,
        clock: Callable[[], date] | None = None,
        chat_model: ChatModel | None = None,
    ) -> None:
        self.settings = settings
        self._chat_model = chat_model
        zone = ZoneInfo(settings.time_zone)
        self._today = clock or (lambda: datetime.now(zone).date())
        url = str(settings.chroma_url) if settings.chroma_url else None
        self._store = Store(settings.store, create=create, chroma_url=url, serve=serve, vectors=vectors)
        self._embedder = embedder or SentenceTransformerEmbedder(settings.embedding_model)
        self._store.settle()

    # -- changing what is in it ------------------------------------------------------------------------

    def add(
        self,
        paths: Sequence[Path],
        *,
        collection: str = OPERATOR,
        given: Given | None = None,
        watcher: Watcher | None = None,
    ) -> AddReport:
        """Add files and folders; what is there already and unchanged stays as it is."""
        self._store.check_model(self._embedder.name)
        return self._ingestion(watcher).add(paths, collection=collection, given=given or Given())

    def sync(self, watcher: Watcher | None = None) -> AddReport:
        """Bring the operator's collection in step with the store's articles folder. Cheap where nothing changed."""
        folder = ArticlesFolder(self._store)
        if not any(folder.changes()):
            return AddReport()
        self._store.check_model(self._embedder.name)
        return folder.sync(self._ingestion(watcher))

    def remove(self, article_id: str, collection: str = OPERATOR) -> None:
        """Take an article out with everything read in it; NotFound if there is none."""
        if not self._store.remove(collection, [article_id], by_name=True):
            raise NotFound(f"There is no article {article_id!r}: `onrecord articles` lists what there is.")

    def reindex(self, watcher: Watcher | None = None) -> int:
        """Read again what an older OnRecord or another model read, and fill the index anew; how many were read."""
        count = self._ingestion(watcher).read_again()
        self._store.rebuild_vectors()
        return count

    # -- asking it -------------------------------------------------------------------------------------

    def ask(
        self,
        text: str,
        *,
        collections: Sequence[str] = (OPERATOR,),
        window: Window | None = None,
        turns: Sequence[Turn] = (),
        asker: str | None = None,
        listener: AnswerListener | None = None,
    ) -> Answer:
        """The answer to a question: sentences with citations, or an abstention.

        `turns` is what was asked and answered before, the oldest first; `asker` is whose tokens a language model
        spends. `listener` hears of stages and sentences, and may stop the answer: Stopped is raised then.
        """
        began, hearing = time.perf_counter(), Hearing(listener)
        question = understand(text, collections=collections, window=window, turns=turns, today=self._today())
        self._store.check_model(self._embedder.name)

        asked = [replace(question, text=part, topic=part) for part in parts(question.text)]

        def from_passages() -> Answer:
            hearing.reach(Stage.SEARCHING, max(1, len(asked)))
            found = [] if question.kind is QuestionKind.HELP else self._search.search(question, _PASSAGES_READ)
            each = [(q, self._search.search(q, _PASSAGES_READ)) for q in asked if found]
            hearing.reach(Stage.READING, len(found))
            return self._answerer.answer(question, found, each)

        if question.kind is QuestionKind.WHO_SAID and not asked:
            answer = self._quotation_answerer.answer(question, from_passages)
        else:
            answer = self._event_answerer.answer(question) or from_passages()
        if answer.abstained and question.kind is not QuestionKind.HELP and not any(self.articles(collections)):
            answer = replace(answer, reason=NO_ARTICLES)
        hearing.tell_rest(answer)
        return replace(answer, seconds=time.perf_counter() - began)

    def search(
        self, text: str, *, collections: Sequence[str] = (OPERATOR,), window: Window | None = None, k: int = 8
    ) -> list[FoundPassage]:
        """The `k` passages that a question is best answered from, best first."""
        question = understand(text, collections=collections, window=window, today=self._today())
        self._store.check_model(self._embedder.name)
        return self._search.search(question, k)

    def events(
        self,
        about: str | None = None,
        *,
        on: str | None = None,
        first: str | None = None,
        last: str | None = None,
        published_first: str | None = None,
        published_last: str | None = None,
        collections: Sequence[str] = (OPERATOR,),
        k: int = 20,
    ) -> EventsFound:
        """What happened on, or from and to, days in any spelling, as far as it is about a topic; in order of time.

        `published_first` and `published_last` bound the publication. Without a topic no embedding model is loaded.
        """
        query = event_query(
            self._today(), about=about, on=on, first=first, last=last,
            published_first=published_first, published_last=published_last,
        )  # fmt: skip
        if query.about:
            self._store.check_model(self._embedder.name)
        return self._event_search.search(query, collections, k)

    def as_retriever(
        self, *, collections: Sequence[str] = (OPERATOR,), window: Window | None = None, k: int = 8
    ) -> ArticleRetriever:
        """The search as a LangChain retriever."""
        from retrieval.search.langchain_retriever import ArticleRetriever

        return ArticleRetriever(search=lambda query: self.search(query, collections=collections, window=window, k=k))

    # -- conversations ---------------------------------------------------------------------------------

    def conversation(self, key: ConversationKey) -> tuple[Turn, ...]:
        """The turns that are remembered of a conversation, the oldest first."""
        return self._conversations.turns(key)

    def remember(self, key: ConversationKey, turn: Turn) -> None:
        """Add a turn to a conversation, whose oldest turns go where there are too many."""
        self._conversations.remember(key, turn)

    def forget(self, key: ConversationKey) -> int:
        """Delete a conversation; how many turns it had."""
        return self._conversations.forget(key)

    def forget_place(self, place: str) -> int:
        """Delete every conversation of a place; how many turns there were."""
        return self._conversations.forget_place(place)

    def forget_person(self, person: str) -> int:
        """Delete every conversation of a person; how many turns there were."""
        return self._conversations.forget_person(person)

    def forget_before(self, instant: datetime) -> int:
        """Delete the turns of all conversations that are older than an aware instant; how many there were."""
        return self._conversations.forget_before(instant)

    # -- who said what ---------------------------------------------------------------------------------

    def quotations(
        self, query: QuotationQuery, *, collections: Sequence[str] = (OPERATOR,), k: int | None = None
    ) -> list[FoundQuotation]:
        """All quotations that match, or the first `k`: nearest to the topic first, without one newest first."""
        if query.about:
            self._store.check_model(self._embedder.name)
        return self._quotations.search(query, collections, k)

    def speakers(self, collections: Sequence[str] = (OPERATOR,)) -> list[Speaker]:
        """Whoever is quoted under a name, the most quoted first."""
        return self._quotations.speakers(collections)

    def verify(self, text: str, *, speaker: str | None = None, collections: Sequence[str] = (OPERATOR,)) -> Verdict:
        """Whether somebody said `text`, and who; no language model takes part."""
        self._store.check_model(self._embedder.name)
        return QuotationVerifier(self._store, self._embedder, self._quotations).verify(text, collections, speaker)

    # -- looking at what is in it ----------------------------------------------------------------------

    def articles(self, collections: Sequence[str] = (OPERATOR,)) -> list[ArticleHead]:
        """The articles, newest first."""
        return list(articles.heads(self._store.read(), collections))

    def article(
        self, article_id: str, collections: Sequence[str] = (OPERATOR,), revision: int | None = None
    ) -> tuple[ArticleHead, Article]:
        """An article with its text, in its newest revision or the one given; NotFound if there is none."""
        return articles.find(self._store.read(), article_id, collections, revision)

    def told_alike(self, head: ArticleHead) -> list[ArticleHead]:
        """The near-duplicates of an article."""
        connection = self._store.read()
        key = articles.collection_key(connection, head.collection)
        return [] if key is None else stories.told_alike(connection, head.collection, head.id)

    def sources(self, collections: Sequence[str] = (OPERATOR,)) -> list[str]:
        """The publishers, in alphabetical order."""
        return sorted({head.source for head in self.articles(collections) if head.source}, key=str.casefold)

    def status(self) -> Status:
        """Counts, sizes, the model, what is pending and who serves the index."""
        connection = self._store.read()
        names = articles.collection_names(connection)
        served = self._store.owner.served_at()
        return Status(
            store=str(self._store.folder.resolve()),
            articles={name: len(articles.searched_revisions(connection, name)) for name in names},
            passages={name: passages.count_searched(connection, name) for name in names},
            pending=tasks.pending_count(connection),
            catalogue_bytes=_bytes(self._store.connections.path),
            vectors_bytes=sum(_bytes(p) for p in (self._store.folder / "vectors").rglob("*")),
            embedding_model=self._store.model(),
            index_served_at=_served_at(self.settings, served),
        )

    def disagreements(self) -> list[str]:
        """Where the catalogue and the vector index differ, one line each; empty when they agree."""
        return self._store.disagreements()

    def backup(self, file: Path) -> None:
        """Write a consistent copy of the store to `file`, also while other processes change it."""
        backup.write(self._store, file)

    def warm_up(self) -> None:
        """Serve the index, where this process is to, and load the models: the first question then waits for neither."""
        self._store.owner.client()
        self._embedder.embed_query("warm up")

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def _conversations(self) -> Conversations:
        return Conversations(self._store.connections)

    @cached_property
    def _search(self) -> HybridSearch:
        name = self.settings.cross_encoder
        return HybridSearch(self._store, self._embedder, CrossEncoderReranker(name) if name else None)

    @cached_property
    def _quotations(self) -> QuotationSearch:
        return QuotationSearch(self._store, self._embedder, link_to)

    @cached_property
    def _event_search(self) -> EventSearch:
        return EventSearch(self._store, self._embedder, lambda: self._search)

    @cached_property
    def _answerer(self) -> Answerer:
        extractive = ExtractiveAnswerer(self._store, self._embedder, self._text_of, self._parsed, self.settings.caution)
        return with_model(self.settings, extractive, self._embedder, self._text_of, self._chat_model)

    @cached_property
    def _quotation_answerer(self) -> QuotationAnswerer:
        return QuotationAnswerer(self._store, self._quotations, self._text_of, self._today)

    @cached_property
    def _event_answerer(self) -> EventAnswerer:
        return EventAnswerer(self._event_search, self._text_of, self._today)

    def _text_of(self, head: ArticleHead) -> str:
        return self.article(head.id, (head.collection,), head.revision)[1].text

    def _parsed(self, sentences: Iterable[str]) -> Iterable[Doc]:
        return parse(load_parser(self.settings.parser), sentences)

    def _ingestion(self, watcher: Watcher | None) -> Ingestion:
        from retrieval.annotation.events import EventAnnotator

        parser = self.settings.parser
        annotators = (DatedQuotationAnnotator(parser), EventAnnotator(lambda: load_parser(parser)))
        return Ingestion(self._store, self._embedder, watcher, annotators)


def _served_at(settings: Settings, served: ServerNote | None) -> str | None:
    return str(settings.chroma_url) if settings.chroma_url else served.url if served else None


def _bytes(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
