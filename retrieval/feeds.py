"""Feeds that are watched: what is new in them goes into their collections."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from retrieval.errors import BadInput, NotFound, OnRecordError, Stopped, Unfetched, Unreadable
from retrieval.ingestion import Ingestion, Intake, in_parallel
from retrieval.reading.urls import web_address
from retrieval.reading.web.feed_pages import FeedNews, find_feed, newest_first, read_news
from retrieval.reading.web.fetching import Fetched, Validators
from retrieval.reports import AddReport
from retrieval.schema import Article
from retrieval.storage import articles
from retrieval.storage import feeds as stored
from retrieval.storage.feeds import WatchedFeed

_log = logging.getLogger(__name__)

PACE = timedelta(hours=1)
"""How often a feed is polled that does not say how often it changes."""
SHORTEST_PACE, LONGEST_PACE = timedelta(minutes=15), timedelta(days=1)
_SOON = timedelta(minutes=1)  # until the entries are read that one poll left over
_GIVEN_UP = timedelta(days=7)  # of failing
_LEAST_FAILURES = 5
_JITTER = 0.1  # of the time to the next poll, so that many feeds are not due at once


@dataclass(slots=True)
class FeedReport:
    """What a poll of one feed came to.

    `failed` says why it could not be read this time; `dead` that it is given up, and why, in the one poll that gives
    it up.
    """

    feed: WatchedFeed
    report: AddReport = field(default_factory=AddReport)
    failed: str | None = None
    dead: str | None = None


class Feeds:
    """The watched feeds of a store. Nothing is held while the web is waited for."""

    def __init__(self, ingestion: Ingestion) -> None:
        self._ingestion, self._store = ingestion, ingestion.store

    def watch(self, url: str, *, collection: str, newest: int, now: datetime) -> WatchedFeed:
        """Take in what appears in a feed from now on, and the `newest` entries that it has.

        Unreadable where there is none, BadInput where it is watched already.

        `url` may also be a page that names its feed.
        """
        found = find_feed(self._ingestion.fetcher(), url)
        if any(feed.url == found.url and not feed.dead for feed in stored.feeds(self._store.read(), (collection,))):
            raise BadInput(f"{found.url} is watched already.")
        old = newest_first(found.document.entries)[newest:]
        with self._store.connections.writer(), self._store.connections.transaction() as connection:
            key = articles.collection_key(connection, collection, create=True)
            assert key is not None
            title = found.document.title or found.url
            pace = int(pace_of(found.document.pace, found.fetched).total_seconds())
            feed = stored.watch(connection, key, found.url, title, now, pace)
            stored.mark_seen(connection, feed, {key for entry in old for key in entry.keys}, now)
        return next(feed for feed in stored.feeds(self._store.read(), (collection,)) if feed.url == found.url)

    def unwatch(self, url: str, *, collection: str) -> WatchedFeed:
        """Stop watching a feed, named by its address or its title; its articles stay. NotFound if it is not watched."""
        address = web_address(url)
        for feed in stored.feeds(self._store.read(), (collection,)):
            if url in (feed.url, feed.title) or address == feed.url:
                with self._store.connections.writer(), self._store.connections.transaction() as connection:
                    stored.unwatch(connection, feed.pk)
                return feed
        raise NotFound(f"{url} is not watched: `onrecord feeds` lists what is.")

    def feeds(self, collections: Sequence[str] | None) -> list[WatchedFeed]:
        """The feeds of `collections`, or of all."""
        return stored.feeds(self._store.read(), collections)

    def poll(self, now: datetime, collections: Sequence[str] | None, *, all_of_them: bool) -> list[FeedReport]:
        """Read the feeds that are due, or `all_of_them` that are alive; a report for each still watched then."""
        due = [f for f in self.feeds(collections) if not f.dead and (all_of_them or f.due_at <= now)]
        reports = []
        for feed, news in zip(due, in_parallel(self._tried, due), strict=True):
            report = FeedReport(feed)
            try:
                if self._take(report, news, now):
                    reports.append(report)
            except Stopped:
                raise
            except Exception as error:  # noqa: BLE001 - whatever one feed fails on, what the others came to is told once
                _log.exception("%s could not be polled", feed.url)
                report.failed = str(error) if isinstance(error, OnRecordError) else "OnRecord failed: its log tells how"
                reports.append(report)
        return reports

    def _tried(self, feed: WatchedFeed) -> FeedNews | Exception:
        """What the web says, or what kept us from hearing it."""
        try:
            return self._news(feed)
        except Exception as error:  # noqa: BLE001 - raised where this feed is taken, and no other
            return error

    def _news(self, feed: WatchedFeed) -> FeedNews:
        """What the web says, by a thread that changes nothing."""
        connection = self._store.read()
        key = articles.collection_key(connection, feed.collection)

        def is_known(article_id: str) -> bool:
            return key is not None and articles.latest_digest(connection, key, article_id) is not None

        return read_news(
            self._ingestion.fetcher(),
            feed.url,
            Validators(feed.etag, feed.modified),
            seen=stored.seen(connection, feed.pk),
            # The entries that were asked for when the feed was first watched may be older than the watch.
            since=feed.watched_at if feed.polled_at is not None else None,
            is_known=is_known,
        )

    def _take(self, report: FeedReport, news: FeedNews | Exception, now: datetime) -> bool:
        """Store what is new; whether the feed is still watched, else nothing is done."""
        feed = report.feed
        if not stored.is_watched(self._store.read(), feed):
            return False
        if isinstance(news, Unreadable):
            self._note_failure(report, news, now)
            return True
        if isinstance(news, Exception):
            raise news
        with Intake(self._ingestion, feed.collection, report.report, named=False) as intake:
            for one in news.new:
                if isinstance(one.item, Article):
                    intake.take(one.item, one.visit)
                else:
                    self._ingestion.unreadable(report.report, one.item)
        # Only now, that the articles are stored, are their entries seen: after a crash they are read again.
        self._note_read(feed, news, now)
        return True

    def _note_read(self, feed: WatchedFeed, news: FeedNews, now: datetime) -> None:
        document = news.found.document if news.found is not None else None
        later = {one.entry.keys for one in news.new if isinstance(one.item, Unfetched) and one.item.later}
        taken = [entry for entry in (*news.known, *(one.entry for one in news.new)) if entry.keys not in later]
        again = news.left or bool(later)
        stated = document.pace if document is not None else None
        pace = pace_of(stated, news.fetched) if document is not None else timedelta(seconds=feed.pace)
        wait = _SOON if news.left else pace
        # Without validators the next poll gets the whole feed, and with it what was left over.
        validators = Validators() if again else news.fetched.validators
        if document is None:
            validators = Validators(feed.etag, feed.modified)
        with self._store.connections.writer(), self._store.connections.transaction() as connection:
            if not stored.is_watched(connection, feed):
                return
            if document is not None:
                stored.mark_seen(connection, feed.pk, {key for entry in taken for key in entry.keys}, now)
            stored.note_read(
                connection,
                feed.pk,
                at=now,
                due_at=now + _jittered(wait),
                pace=int(pace.total_seconds()),
                title=document.title if document is not None else None,
                etag=validators.etag,
                modified=validators.modified,
            )
            if news.fetched.moved is not None:
                stored.move(connection, feed.pk, news.fetched.moved)

    def _note_failure(self, report: FeedReport, error: Unreadable, now: datetime) -> None:
        feed = report.feed
        taken_down = isinstance(error, Unfetched) and error.status == 410
        failing = feed.failing_since is not None and now - feed.failing_since >= _GIVEN_UP
        dead = taken_down or (failing and feed.failures + 1 >= _LEAST_FAILURES)
        asked = timedelta(seconds=error.retry_after or 0) if isinstance(error, Unfetched) else timedelta()
        due_at = now + max(_jittered(backoff(feed)), min(asked, LONGEST_PACE))
        report.failed = error.reason
        if dead:
            days = (now - (feed.failing_since or now)).days
            report.dead = error.reason if taken_down else f"it has failed for {days} days: {error.reason}"
        with self._store.connections.writer(), self._store.connections.transaction() as connection:
            stored.note_failure(connection, feed.pk, at=now, due_at=due_at, reason=error.reason, dead=dead)


def pace_of(stated: float | None, fetched: Fetched) -> timedelta:
    """The time between two polls: the longest that the feed or its server states, within bounds; else an hour."""
    seconds = [value for value in (stated, fetched.lifetime) if value]
    if not seconds:
        return PACE
    return min(max(timedelta(seconds=min(max(seconds), 10**7)), SHORTEST_PACE), LONGEST_PACE)


def backoff(feed: WatchedFeed) -> timedelta:
    """The time to the next poll of a feed that has just failed once more: doubled each time, a day at most."""
    return min(timedelta(seconds=feed.pace * 2 ** min(feed.failures, 10)), LONGEST_PACE)


def _jittered(wait: timedelta) -> timedelta:
    jittered: timedelta = wait * random.uniform(1 - _JITTER, 1 + _JITTER)
    return jittered
