"""The one door to everything: a collection of articles that can be added to, searched and asked."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from retrieval import backup
from retrieval.answering.listening import AnswerListener, Hearing
from retrieval.arguments import all_named, all_taken, count_taken, one_named, taken
from retrieval.assembly import Assembly, opened
from retrieval.errors import IndexUnavailable, NotFound, StoreBusy
from retrieval.reading.given import Given
from retrieval.reading.web.fetching import Fetcher
from retrieval.reports import AddReport, Watcher
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
from retrieval.search.found_events import EventsFound
from retrieval.search.understanding import understand
from retrieval.search.verdicts import Verdict
from retrieval.settings import Settings
from retrieval.status import Status, status_of
from retrieval.storage import articles, stories
from retrieval.storage.encoding.embedding import Embedder, SentenceTransformerEmbedder
from retrieval.storage.feeds import WatchedFeed
from retrieval.storage.index.inspection import Finding, Inspection
from retrieval.storage.index.vectors import VectorIndex

if TYPE_CHECKING:
    from retrieval.answering.writing.chat_models import ChatModel
    from retrieval.feeds import FeedReport
    from retrieval.ingestion import Source
    from retrieval.search.langchain_retriever import ArticleRetriever

_log = logging.getLogger(__name__)


class Library:
    """Articles in the folder `settings.store`, and what can be done with them.

    Models are loaded at the first use that needs one. `serve`: this process is long-lived and serves the vector index
    to all others. `create`: make a store where there is none. `embedder`, `vectors`, `chat_model` and `fetcher` stand
    in for the real ones in tests, where another embedder has no judge; `clock` says which day is today, else it is the
    day in `settings.time_zone`. Safe to use from several threads. Close it, or use it in a `with` statement.
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
        fetcher: Fetcher | None = None,
    ) -> None:
        self.settings = settings
        zone = ZoneInfo(settings.time_zone)
        self._today = clock or (lambda: datetime.now(zone).date())
        self._store = opened(settings, create=create, serve=serve, vectors=vectors)
        self._embedder = embedder or SentenceTransformerEmbedder(settings.embedding_model)
        self._parts = Assembly(settings, self._store, self._embedder, self._today, chat_model, fetcher)
        self._store.settle()

    # -- changing what is in it ------------------------------------------------------------------------

    def add(
        self,
        sources: Source | Sequence[Source],
        *,
        collection: str = OPERATOR,
        given: Given | None = None,
        watcher: Watcher | None = None,
    ) -> AddReport:
        """Add files, folders, web addresses and uploads, one or several; what is unchanged stays as it is.

        Nothing is held while the web is waited for, so that a slow server keeps nobody else waiting.
        """
        self._store.check_model(self._embedder.name)
        return self._parts.ingestion(watcher).add(sources, collection=one_named(collection), given=given or Given())

    def refresh(
        self,
        ids: str | Sequence[str] = (),
        *,
        older_than: timedelta = timedelta(),
        collection: str = OPERATOR,
        watcher: Watcher | None = None,
    ) -> AddReport:
        """Fetch the pages of articles again, or of all that were last fetched longer ago; NotFound for another id.

        What changed becomes a new revision; what is gone from the web is reported, and stays.
        """
        from retrieval.pages import refresh

        self._store.check_model(self._embedder.name)
        now = datetime.now(UTC)
        ingestion, ids = self._parts.ingestion(watcher), all_taken(ids)
        return refresh(ingestion, collection=one_named(collection), ids=ids, before=now - older_than, now=now)

    def watch(self, feed_url: str, collection: str = OPERATOR, *, newest: int = 0) -> WatchedFeed:
        """Take in what appears in a feed from now on, and the `newest` entries it has, whenever feeds are polled.

        Raises Unreadable where there is no feed, BadInput where it is watched already.
        """
        return self._parts.feeds().watch(
            feed_url, collection=one_named(collection), newest=newest, now=datetime.now(UTC)
        )

    def unwatch(self, feed: str, collection: str = OPERATOR) -> WatchedFeed:
        """Stop watching a feed, named by its address or title; its articles stay. NotFound if it is not watched."""
        return self._parts.feeds().unwatch(feed, collection=one_named(collection))

    def feeds(self, collections: Sequence[str] | None = (OPERATOR,)) -> list[WatchedFeed]:
        """The watched feeds of `collections`; of all with None."""
        return self._parts.feeds().feeds(all_named(collections))

    def poll_feeds(
        self,
        now: datetime | None = None,
        collections: Sequence[str] | None = None,
        *,
        all_of_them: bool = False,
        watcher: Watcher | None = None,
    ) -> list[FeedReport]:
        """Read the feeds that are due, or `all_of_them` that are alive, and take in what is new; a report for each.

        `collections` None: those of all. A feed that is given up says so in one report only.
        """
        self._store.check_model(self._embedder.name)
        collections, now = all_named(collections), now or datetime.now(UTC)
        return self._parts.feeds(watcher).poll(now, collections, all_of_them=all_of_them)

    def sync(self, watcher: Watcher | None = None) -> AddReport:
        """Bring the operator's collection in step with the store's articles folder. Cheap where nothing changed."""
        from retrieval.folder import ArticlesFolder

        folder = ArticlesFolder(self._store)
        if not any(folder.changes()):
            return AddReport()
        self._store.check_model(self._embedder.name)
        return folder.sync(self._parts.ingestion(watcher))

    def remove(self, article_id: str, collection: str = OPERATOR) -> None:
        """Take an article out with everything read in it; NotFound if there is none."""
        if not self._store.remove(one_named(collection), [taken(article_id)], by_name=True):
            raise NotFound(f"There is no article {article_id!r}: `onrecord articles` lists what there is.")

    def reindex(self, watcher: Watcher | None = None) -> int:
        """Read again what an older OnRecord or another model read, and fill the index anew; how many were read."""
        count = self._parts.ingestion(watcher).read_again()
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
        written: bool = True,
        today: date | None = None,
        listener: AnswerListener | None = None,
    ) -> Answer:
        """The answer to a question: sentences with citations, or an abstention.

        `turns` is what was asked and answered before, the oldest first; `asker` is whose tokens a language model
        spends, and without `written` none takes part. `today` is the asker's day, where it is not the library's.
        `listener` hears of stages and sentences, and may stop the answer: Stopped is raised then.
        """
        began, hearing = time.perf_counter(), Hearing(listener)
        question = understand(
            taken(text), collections=all_named(collections), window=taken(window), turns=turns,
            today=today or self._today(),
        )  # fmt: skip
        self._store.check_model(self._embedder.name)
        answer = self._parts.answer(question, hearing, asker, written=written)
        helped = question.kind is QuestionKind.HELP
        if answer.abstained and not helped and not articles.has_articles(self._store.read(), question.collections):
            answer = replace(answer, reason="There are no articles to answer from yet.")
        hearing.tell_rest(answer)
        return replace(answer, seconds=time.perf_counter() - began)

    def search(
        self, text: str, *, collections: Sequence[str] = (OPERATOR,), window: Window | None = None, k: int = 8
    ) -> list[FoundPassage]:
        """The `k` passages that a question is best answered from, best first."""
        question = understand(
            taken(text), collections=all_named(collections), window=taken(window), today=self._today()
        )
        self._store.check_model(self._embedder.name)
        return self._parts.search.search(question, count_taken(k))

    def events(
        self,
        about: str | None = None,
        *,
        on: str | None = None,
        first: str | None = None,
        last: str | None = None,
        published_first: str | None = None,
        published_last: str | None = None,
        today: date | None = None,
        collections: Sequence[str] = (OPERATOR,),
        k: int = 20,
    ) -> EventsFound:
        """What happened on, or from and to, days in any spelling, as far as it is about a topic; in order of time.

        `published_first` and `published_last` bound the publication, `today` is as in `ask`. Without a topic no
        embedding model is loaded.
        """
        query = event_query(
            today or self._today(), about=taken(about), on=taken(on), first=taken(first), last=taken(last),
            published_first=taken(published_first), published_last=taken(published_last),
        )  # fmt: skip
        if query.about:
            self._store.check_model(self._embedder.name)
        return self._parts.events.search(query, all_named(collections), count_taken(k))

    def as_retriever(
        self, *, collections: Sequence[str] = (OPERATOR,), window: Window | None = None, k: int = 8
    ) -> ArticleRetriever:
        """The search as a LangChain retriever."""
        from retrieval.search.langchain_retriever import ArticleRetriever

        return ArticleRetriever(search=lambda query: self.search(query, collections=collections, window=window, k=k))

    # -- conversations ---------------------------------------------------------------------------------

    def conversation(self, key: ConversationKey) -> tuple[Turn, ...]:
        """The turns that are remembered of a conversation, the oldest first."""
        return self._parts.conversations.turns(key)

    def remember(self, key: ConversationKey, turn: Turn) -> None:
        """Add a turn to a conversation, whose oldest turns go where there are too many."""
        self._parts.conversations.remember(key, turn)

    def forget(self, key: ConversationKey) -> int:
        """Delete a conversation; how many turns it had."""
        return self._parts.conversations.forget(key)

    def forget_person(self, person: str) -> int:
        """Delete every conversation of a person, and whose tokens theirs were; how many turns there were."""
        self._parts.spending.forget(person)
        return self._parts.conversations.forget_person(person)

    # -- who said what ---------------------------------------------------------------------------------

    def quotations(
        self, query: QuotationQuery, *, collections: Sequence[str] = (OPERATOR,), k: int | None = None
    ) -> list[FoundQuotation]:
        """All quotations that match, or the first `k`: nearest to the topic first, without one newest first."""
        if query.about:
            self._store.check_model(self._embedder.name)
        return self._parts.quotations.search(taken(query), all_named(collections), count_taken(k))

    def speakers(self, collections: Sequence[str] = (OPERATOR,), named: str | None = None) -> list[Speaker]:
        """Whoever is quoted under a name, the most quoted first; only those whom `named` may stand for, if given."""
        kept = all_named(collections)
        return self._parts.quotations.meant(taken(named), kept) if named else self._parts.quotations.speakers(kept)

    def verify(self, text: str, *, speaker: str | None = None, collections: Sequence[str] = (OPERATOR,)) -> Verdict:
        """Whether somebody said `text`, and who; no language model takes part."""
        self._store.check_model(self._embedder.name)
        return self._parts.verifier.verify(taken(text), all_named(collections), taken(speaker))

    # -- looking at what is in it ----------------------------------------------------------------------

    def articles(self, collections: Sequence[str] = (OPERATOR,)) -> list[ArticleHead]:
        """The articles, newest first."""
        return list(articles.heads(self._store.read(), all_named(collections)))

    def article(
        self, article_id: str, collections: Sequence[str] = (OPERATOR,), revision: int | None = None
    ) -> tuple[ArticleHead, Article]:
        """An article with its text, in its newest revision or the one given; NotFound if there is none."""
        return articles.find(self._store.read(), taken(article_id), all_named(collections), revision)

    def told_alike(self, head: ArticleHead) -> list[ArticleHead]:
        """The near-duplicates of an article."""
        return stories.told_alike(self._store.read(), head.collection, head.id)

    def sources(self, collections: Sequence[str] = (OPERATOR,)) -> list[str]:
        """The publishers, in alphabetical order."""
        return articles.publishers(self._store.read(), all_named(collections))

    def status(self) -> Status:
        """Counts, sizes, the model, what is pending and who serves the index."""
        return status_of(self._store, self.settings)

    def disagreements(self) -> list[str]:
        """Where the catalogue and the vector index differ, one line each; empty when they agree."""
        return self._store.disagreements()

    def mend(self) -> list[Finding]:
        """Compare every vector in the index with the catalogue's and mend what differs; what was found and done."""
        return Inspection(self._store).mend()

    def backup(self, file: Path) -> None:
        """Write a consistent copy of the store to `file`, also while other processes change it."""
        backup.write(self._store, file)

    def warm_up(self) -> None:
        """Serve the index, where this process is to, and load the models: the first question then waits for neither.

        Without its index a library still answers, more slowly, from the vectors in the catalogue; the log says so.
        """
        try:
            for line in self._store.disagreements():
                _log.warning("%s: `onrecord doctor --deep` mends the index; until then it misses some", line)
        except (IndexUnavailable, StoreBusy) as error:
            _log.warning("answering from the catalogue's own vectors: %s", error)
        self._parts.warm_up()

    def close(self) -> None:
        """Let go of the store, and end the threads."""
        self._store.close()
        self._parts.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
