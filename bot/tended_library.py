"""The library as a community tends it: what the process that serves Discord opens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from bot.charts.charted_library import ChartedLibrary
from bot.library.reports import Feed, FeedNews, TakenIn
from retrieval.answering.listening import AnswerListener
from retrieval.errors import Stopped
from retrieval.reading.given import Given, Upload
from retrieval.reports import AddReport, Watcher
from retrieval.schema.community import SentFile
from retrieval.storage import articles
from retrieval.storage.feeds import WatchedFeed


class CountingListener(AnswerListener, Protocol):
    """A listener that hears how far a change has come, too."""

    def progress(self, done: int, total: int) -> None:
        """So many of so many articles are done."""
        ...


class TendedLibrary(ChartedLibrary):
    """A library that tells what became of what is added. One change at a time: two would only slow each other down."""

    _changing = threading.Lock()

    def take_in(
        self, sources: Sequence[str | SentFile], *, collection: str, listener: CountingListener | None = None
    ) -> TakenIn:
        """Add addresses and files that somebody sent; what cannot be read is told, and the rest goes in."""
        handed = [Upload(s.name, s.data) if isinstance(s, SentFile) else s for s in sources]
        sent = Given(sent=True)
        return self._taken_in(
            collection, listener, lambda w: self.add(handed, collection=collection, given=sent, watcher=w)
        )

    def fetch_again(self, ids: Sequence[str], *, collection: str, listener: CountingListener | None = None) -> TakenIn:
        """Fetch the pages of articles again, of all in the collection where none is named."""
        return self._taken_in(collection, listener, lambda w: self.refresh(ids, collection=collection, watcher=w))

    def watch_feed(self, url: str, *, collection: str) -> Feed:
        """Take in what appears in a feed from now on."""
        return _feed(self.watch(url, collection))

    def unwatch_feed(self, url: str, *, collection: str) -> Feed:
        """Take in no more of it."""
        return _feed(self.unwatch(url, collection))

    def watched_feeds(self, collections: Sequence[str]) -> list[Feed]:
        """The feeds of some collections."""
        return [_feed(feed) for feed in self.feeds(collections)]

    def poll(self) -> list[FeedNews]:
        """Read the feeds that are due; what they brought, as far as they brought anything or are given up."""
        with self._changing:
            before = articles.last_revision(self._store.read())
            reports = self.poll_feeds()
            told = [
                FeedNews(_feed(r.feed), self._told(r.report, r.feed.collection, before), r.dead)
                for r in reports
                if r.dead or r.report.changed_anything
            ]
        return told

    def forget_collections(self, names: Sequence[str]) -> int:
        """Delete collections with everything in them; how many articles there were."""
        with self._changing:
            return sum(self._store.forget(name) for name in names)

    def _taken_in(
        self, collection: str, listener: CountingListener | None, change: Callable[[Watcher], AddReport]
    ) -> TakenIn:
        with self._changing:
            before = articles.last_revision(self._store.read())
            report = change(_watcher(listener))
            return self._told(report, collection, before)

    def _told(self, report: AddReport, collection: str, before: int) -> TakenIn:
        went_in = set(report.went_in)  # other processes may have added more meanwhile
        fresh = [h for h in articles.added_after(self._store.read(), (collection,), before) if h.id in went_in]
        gone = [f"{url}: the page is gone; its article stays." for url in report.gone]
        return TakenIn(
            {outcome.value: count for outcome, count in report.outcomes.items()},
            tuple(fresh),
            (*map(str, report.unreadable), *gone),
            tuple(report.notes),
        )


def _watcher(heard: CountingListener | None) -> Watcher:
    if heard is None:
        return Watcher()

    def progress(done: int, total: int) -> None:
        if heard.stopped():
            raise Stopped("whoever added it stopped it")
        heard.progress(done, total)

    return Watcher(progress=progress)


def _feed(feed: WatchedFeed) -> Feed:
    return Feed(feed.collection, feed.url, feed.title, feed.error, feed.dead, feed.polled_at)
