"""How the library is put together: its parts, each made, and its code imported, at its first use."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.citations import link_to
from retrieval.answering.listening import Hearing
from retrieval.answering.sentences.answer_judge import AnswerJudge
from retrieval.errors import NotConfigured, NotFound
from retrieval.reading.web.fetching import Fetcher
from retrieval.reports import Watcher
from retrieval.schema import Answer, ArticleHead, Question
from retrieval.search.events import EventSearch
from retrieval.search.hybrid import HybridSearch
from retrieval.search.quotations import QuotationSearch
from retrieval.search.reranking import CrossEncoderReranker
from retrieval.search.spelling import unknown_words
from retrieval.search.verification import QuotationVerifier
from retrieval.settings import Settings
from retrieval.storage import articles, properties
from retrieval.storage.community.conversations import Conversations
from retrieval.storage.community.spending import Spending
from retrieval.storage.encoding.embedding import Embedder, SentenceTransformerEmbedder
from retrieval.storage.index.vectors import VectorIndex
from retrieval.storage.store import Store

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from retrieval.answering.pipeline import AnswerPipeline
    from retrieval.answering.writing.chat_models import ChatModel
    from retrieval.feeds import Feeds
    from retrieval.ingestion import Ingestion

_log = logging.getLogger(__name__)

_OF_ONE_ARTICLE = 5  # passages that may be read for an answer: a long article tells what was asked in any of many
_TEXTS = 64  # of articles that are remembered


def opened(settings: Settings, *, create: bool, serve: bool, vectors: VectorIndex | None) -> Store:
    """The store as the settings have it; `vectors` stands in for the real index."""
    return Store(
        settings.store,
        create=create,
        chroma_url=str(settings.chroma_url) if settings.chroma_url else None,
        serve=serve,
        vectors=vectors,
        states_limit=int(settings.token_vectors_gb * 1e9),
    )


class Assembly:
    """Everything that stands behind the door over one store; `model` and `fetcher` stand in for the real ones."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        embedder: Embedder,
        today: Callable[[], date],
        model: ChatModel | None,
        fetcher: Fetcher | None,
    ) -> None:
        self._settings, self._store, self._embedder, self._today = settings, store, embedder, today
        self._model, self._given_fetcher = model, fetcher

    @cached_property
    def conversations(self) -> Conversations:
        """What was asked and answered before."""
        return Conversations(self._store.connections)

    @cached_property
    def spending(self) -> Spending:
        """The tokens that a language model spent."""
        return Spending(self._store.connections, self._today)

    @cached_property
    def search(self) -> HybridSearch:
        """Question to passages."""
        name = self._settings.cross_encoder
        return HybridSearch(self._store, self._embedder, CrossEncoderReranker(name) if name else None)

    @cached_property
    def _judge(self) -> AnswerJudge | None:
        """What judges sentences; nothing where a stand-in embeds."""
        return AnswerJudge() if isinstance(self._embedder, SentenceTransformerEmbedder) else None

    @cached_property
    def quotations(self) -> QuotationSearch:
        """Who said what."""
        return QuotationSearch(self._store, self._embedder, link_to, lambda: self.search)

    @cached_property
    def verifier(self) -> QuotationVerifier:
        """Whether somebody said something."""
        return QuotationVerifier(self._store, self._embedder, self.quotations)

    @cached_property
    def events(self) -> EventSearch:
        """What happened when."""
        return EventSearch(self._store, self._embedder, lambda: self.search)

    @cached_property
    def pipeline(self) -> AnswerPipeline:
        """Question to answer."""
        from retrieval.answering.extractive import ExtractiveAnswerer
        from retrieval.answering.pipeline import AnswerPipeline, recorded
        from retrieval.answering.what_happened.events import EventAnswerer
        from retrieval.answering.who_said.quotations import QuotationAnswerer
        from retrieval.answering.writing.answerers import chat_model, written_answerer

        settings = self._settings
        model = self._model or chat_model(settings)
        quotations = QuotationAnswerer(self._store, self.quotations, self._text_of, self._today)
        events = EventAnswerer(self.events, self._text_of, self._today, self._judge)
        extractive = ExtractiveAnswerer(
            self._store,
            self._embedder,
            self._text_of,
            self._parsed,
            settings.caution,
            lambda part: recorded(part, quotations, events),
            self._judge,
        )
        written = None
        if model is not None:
            written = written_answerer(
                settings, model, extractive, self._embedder, self._text_of, self.spending, self._today
            )
        return AnswerPipeline(
            search=partial(self.search.search, per_article=_OF_ONE_ARTICLE),
            quotations=quotations,
            events=events,
            extractive=extractive,
            written=written,
            parse=self._parsed,
            today=self._today,
            text_of=self._text_of,
            heads_of=lambda cited: articles.heads_by_id(self._store.read(), cited),
            unknown=lambda text: unknown_words(self._store, text),
        )

    def answer(self, question: Question, hearing: Hearing, asker: str | None, *, written: bool) -> Answer:
        """The answer to a question; made anew, by no language model, where an article is removed that it was being made
        from."""
        try:
            return self.pipeline.answer(question, hearing, asker, written=written)
        except NotFound as error:
            _log.info("asked once more: %s", error)
        return self.pipeline.answer(question, hearing, asker, written=False)

    def ingestion(self, watcher: Watcher | None) -> Ingestion:
        """Files, pages and uploads to articles in the store."""
        from retrieval.annotation.process import AnnotatingProcess
        from retrieval.annotation.readers import annotators
        from retrieval.ingestion import Ingestion

        parser = self._settings.parser
        return Ingestion(
            self._store,
            self._embedder,
            watcher,
            annotators(parser),
            fetcher=lambda: self._fetcher,
            language=parser.partition("_")[0],  # as spaCy names its models: "en_core_web_sm"
            annotating=lambda: AnnotatingProcess(parser),
        )

    def feeds(self, watcher: Watcher | None = None) -> Feeds:
        """The feeds that are watched."""
        from retrieval.feeds import Feeds

        return Feeds(self.ingestion(watcher))

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for: days of passages, who is quoted, models, parser."""
        self._store.publications.load()
        self._embedder.embed_query("warm up")
        if self._judge is not None:
            self._judge.scores("warm up", ["warm up"])
        from retrieval.answering.verification.meanings import meanings  # not needed to list quotations

        with contextlib.suppress(NotConfigured):  # said where it is needed
            load_parser(self._settings.parser)
        meanings()
        self.quotations.load()  # last: of a large store it takes seconds, and most questions do without

    def close(self) -> None:
        """End the threads of the parts that were made; those of the embedding model are the process's."""
        made = vars(self)
        if "search" in made:
            self.search.close()
        if "pipeline" in made:
            self.pipeline.close()

    @cached_property
    def _fetcher(self) -> Fetcher:
        if self._given_fetcher is not None:
            return self._given_fetcher
        from retrieval.reading.web.http_fetcher import HttpFetcher  # httpx takes a while to import

        return HttpFetcher()

    def _text_of(self, head: ArticleHead) -> str:
        change = properties.get(self._store.read(), properties.RECORDS)
        return self._texts(head.collection, head.id, head.revision, change)

    @cached_property
    def _texts(self) -> Callable[[str, str, int, str | None], str]:
        """The texts of the revisions that were looked into last, since the store changed: one answer asks a dozen times
        for a few."""

        def text(collection: str, article_id: str, revision: int, _change: str | None) -> str:
            try:
                return articles.find(self._store.read(), article_id, (collection,), revision)[1].text
            except NotFound as error:
                raise NotFound("An article that this is answered from was just removed: ask again.") from error

        return lru_cache(maxsize=_TEXTS)(text)

    def _parsed(self, sentences: Iterable[str]) -> Iterable[Doc]:
        return parse(load_parser(self._settings.parser), sentences)
