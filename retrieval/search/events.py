"""Searching the events: by the days of the happening, by topic, by publication."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date

import numpy as np

from retrieval.schema import ArticleHead, EventStatus, Granularity, Question, Window
from retrieval.search.days import LEAST_FIT, fit, least_begun
from retrieval.search.event_words import overlap
from retrieval.search.found_events import EventQuery, EventsFound, FoundEvent, ReportedEvent
from retrieval.search.full_text import expression
from retrieval.search.hybrid import HybridSearch
from retrieval.search.merging import merge, telling_words, without_repeats
from retrieval.search.revising import revised
from retrieval.search.words import content_words, stem, stems
from retrieval.storage import properties
from retrieval.storage.articles import heads_by_revision
from retrieval.storage.encoding.embedding import Embedder
from retrieval.storage.events import (
    StoredEvent,
    count_unread,
    events_within,
    last_published,
    more_events,
    nearest_events,
    surroundings,
)
from retrieval.storage.passages import searched_passages
from retrieval.storage.store import Store
from retrieval.storage.word_matches import match_words

_WITHIN = 0.5  # of its days lie in those asked for: shown before what only reaches into them
_LEAST_OF_DAY = 0.05  # share that one day has of the days of what is told for it
_NEAREST = 8  # looked at on either side for one that is told as a fact
_MANY = 3_000  # events that are looked at one by one
_CLOSELY = 24  # whose clauses are embedded; a tenth of a second
_ARTICLES_OF_ONE = 30
_BEGINNING = 3  # letters that no ending reaches
_LEAST_WORDS = 0.45  # of the topic: more than a word that stands somewhere in the passage
_LEAST_COSINE = 0.42
_BESIDE_BEST = 0.6  # of the best relevance
_EACH_MORE = 0.1  # for each further article that reports it

# What a reader means by "what happened": a day told as a fact when it was news, rather than a year in passing.
_FINE = {
    Granularity.TIME: 1.0, Granularity.DAY: 1.0, Granularity.WEEKEND: 0.95, Granularity.WEEK: 0.9,
    Granularity.RANGE: 0.9, Granularity.MONTH: 0.75, Granularity.SEASON: 0.6, Granularity.QUARTER: 0.6,
    Granularity.HALF: 0.5, Granularity.YEAR: 0.4,
}  # fmt: skip
_SURE = {EventStatus.HAPPENED: 1.0, EventStatus.SCHEDULED: 1.0, EventStatus.DENIED: 0.8, EventStatus.HYPOTHETICAL: 0.6}
_OF_THE_NEWS = 60.0  # days from the publication at which an event counts half as news
_LATER = 12  # passages in which a plan may be said to be moved
_LEAD = 400  # characters: what an article begins with
_SAYS_LITTLE = 7  # words: "a judge ruled on Friday"


class EventSearch:
    """Finds events. No embedding model is used where no topic is given. Safe to use from several threads."""

    def __init__(self, store: Store, embedder: Embedder, passages: Callable[[], HybridSearch]) -> None:
        self._store, self._embedder, self._passages = store, embedder, passages
        self._counted: tuple[object, int] = (None, 0)

    def search(self, query: EventQuery, collections: Sequence[str], k: int, *, one: bool = False) -> EventsFound:
        """The `k` best in order of time; where there are none, the nearest dated events on either side.

        `one`: the topic names one happening, which the articles nearest to it tell of; others are not looked into, and
        what later articles say otherwise is left to `revised`, since few of those found are meant.
        """
        found = _close_enough(self._found(query, collections, one=one), query)
        if not found and query.year_open:
            elsewhen = replace(query, any_year=True)
            found = _close_enough(self._found(elsewhen, collections, one=one), query)
            query = elsewhen if found else query
        best = sorted(found, key=lambda e: -e.score)[:k]
        events = tuple(sorted(best if one else self.revised(best, collections), key=_in_time))
        before, after = (None, None) if events else self._nearest(query, collections)
        return EventsFound(query, events, len(found), before, after, self._unread(collections))

    def _unread(self, collections: Sequence[str]) -> int:
        """How many articles have not been read for events; counted once between two changes of the store."""
        connection = self._store.read()
        key = (properties.get(connection, properties.RECORDS), tuple(collections))
        if self._counted[0] != key:
            self._counted = (key, count_unread(connection, collections))
        return self._counted[1]

    def last_reported(self, query: EventQuery, collections: Sequence[str]) -> date | None:
        """The last day on which an article was published that tells of what is asked for; None where none is dated."""
        if query.about is None:
            return last_published(self._store.read(), collections, query.published)
        days = (r.article.published_on for e in self._found(query, collections) for r in e.reports)
        return max((day for day in days if day is not None), default=None)

    def of_article(self, article: ArticleHead) -> list[ReportedEvent]:
        """All that one article tells of, in order of time."""
        stored = events_within(self._store.read(), (article.collection,), None, None, Window(), articles=[article.id])
        return [_report(s, article) for s in stored]

    def _found(self, query: EventQuery, collections: Sequence[str], *, one: bool = False) -> list[FoundEvent]:
        first, last = (None, None) if query.any_year else (query.first, query.last)
        articles, limit = self._bounds(query, collections, _ARTICLES_OF_ONE if one else None)
        stored = events_within(
            self._store.read(),
            collections,
            first,
            last,
            query.published,
            begun=least_begun(first, last),
            articles=articles,
            limit=limit,
        )
        fits = {s.pk: fit(s.event.when, query.first, query.last, any_year=query.any_year) for s in stored}
        kept = [s for s in stored if fits[s.pk] >= LEAST_FIT]
        heads = heads_by_revision(self._store.read(), sorted({s.revision for s in kept}))
        kept = [s for s in kept if s.revision in heads]
        relevance = self._relevance(query, kept, heads, fits, one=one) if query.about else {s.pk: 1.0 for s in kept}
        scores: dict[tuple[str, str, int, str], tuple[float, float]] = {}
        reports = []
        for s in kept:
            if s.pk not in relevance:
                continue
            report = _report(s, heads[s.revision])
            share = fits[s.pk]
            score = relevance[s.pk] * math.sqrt(share * prominence(report))
            reports.append(report)
            key = _key(report)
            scores[key] = max(scores.get(key, (0.0, 0.0)), (score, share))
        events = without_repeats(merge(reports))
        scored = []
        for event in events:
            score, share = max(scores[_key(r)] for r in event.reports)
            several = 1 + _EACH_MORE * (len(event.reports) - 1)
            scored.append(replace(event, score=score * several, fits=share))
        wanted = query.statuses
        return [e for e in scored if not wanted or e.status in wanted]

    def revised(
        self, events: Sequence[FoundEvent], collections: Sequence[str], beside: Sequence[FoundEvent] = ()
    ) -> list[FoundEvent]:
        """The events, plans with what later articles say of them, which may be of other days than were asked for;
        `beside` them were found others that may say so too."""
        connection = self._store.read()
        later = {_key(event.shown): event.shown for event in beside}
        for event in events:
            published = event.shown.article.published_on
            if event.status is not EventStatus.SCHEDULED or published is None:
                continue
            words = expression(self._store, " ".join(sorted(telling_words(event.shown))))
            since = Window(first=published)
            within = self._store.publications.within(collections, since)
            passages = match_words(connection, words.any, collections, within, _LATER, words.rare)
            stored = searched_passages(connection, passages, collections, since)
            heads = heads_by_revision(connection, [p.revision for p in stored.values()])
            ids = sorted({head.id for head in heads.values()})
            for s in events_within(connection, collections, None, None, since, articles=ids):
                if s.revision in heads:
                    report = _report(s, heads[s.revision])
                    later[_key(report)] = report
        return revised(events, later.values())

    def _bounds(
        self, query: EventQuery, collections: Sequence[str], most: int | None
    ) -> tuple[list[str] | None, int | None]:
        """Of a large collection the articles that the search finds for the topic, at `most` so many; without a topic,
        how many events to look at."""
        if query.is_dated or not more_events(self._store.read(), collections, _MANY):
            return None, None
        if not query.about:
            return None, _MANY
        topic = Question(query.about, query.about, window=query.published, collections=tuple(collections))
        ranked = dict.fromkeys(p.article.id for p in self._passages().rank(query.asked or topic))
        return sorted(list(ranked)[:most]), None

    def _relevance(
        self,
        query: EventQuery,
        stored: Sequence[StoredEvent],
        heads: dict[int, ArticleHead],
        fits: Mapping[int, float],
        *,
        one: bool,
    ) -> dict[int, float]:
        """How much each event is about the topic, in [0, 1]; those that are not are left out. The likeliest are looked
        at closely, but for `one` happening that is asked for."""
        assert query.about is not None
        weights = self._weights(query.about)
        if query.first is None or query.last is None:
            # Among all days there is always something near: the topic's name stands in the clause or the title.
            names = {stem(word) for word in content_words(query.about) if word[:1].isupper()} or set(weights)
            stored = _naming(names, stored, heads)
        if not stored:
            return {}
        texts, places, vectors = surroundings(self._store.read(), [s.pk for s in stored])
        vector = self._embedder.embed_query(query.about)
        cosines = vectors @ vector if len(vectors) else np.zeros(0)
        in_passage = {pk: float(cosines[place]) for pk, place in places.items()}
        stems_of = functools.cache(lambda text: stems(text) & weights.keys())  # many events stand in one passage
        words = {
            s.pk: overlap(weights, s.text, heads[s.revision].title, *texts.get(s.pk, ("", "")), stems_of)
            for s in stored
        }
        rough = {s.pk: 0.6 * words[s.pk] + 0.4 * max(0.0, in_passage.get(s.pk, 0.0)) for s in stored}
        by_rough = sorted(stored, key=lambda s: -rough[s.pk])
        close = by_rough[:_CLOSELY]
        if one:  # which has to match by its words afterwards: the passages' vectors tell enough of the order
            close, near = by_rough, [in_passage.get(s.pk, 0.0) for s in by_rough]
        else:
            clauses = self._embedder.embed_documents([f"{heads[s.revision].title}. {s.text}" for s in close])
            near = (clauses @ vector).tolist()
        relevance = {}
        for s, cosine in zip(close, near, strict=True):
            if words[s.pk] >= _LEAST_WORDS or cosine >= _LEAST_COSINE:
                relevance[s.pk] = min(1.0, 0.5 * words[s.pk] + 0.5 * max(0.0, cosine))
        best = max(relevance.values(), default=0.0)
        least = min(relevance.values(), default=0.0)
        for s in by_rough[len(close) :]:
            if words[s.pk] >= _LEAST_WORDS:
                relevance[s.pk] = min(least, rough[s.pk])
        # What only reaches into the days asked for takes nothing from what is of them.
        within = max((value for pk, value in relevance.items() if fits[pk] >= _WITHIN), default=best)
        return {pk: value for pk, value in relevance.items() if value >= _BESIDE_BEST * within}

    def _weights(self, about: str) -> dict[str, float]:
        """The stems of the topic with their inverse document frequency."""
        wanted = sorted({stem(word) for word in content_words(about)})
        frequencies, total = self._store.frequencies.of(wanted)
        return {word: math.log(1 + (total + 1) / (frequencies.get(word, 0) + 1)) for word in wanted}

    def _nearest(self, query: EventQuery, collections: Sequence[str]) -> tuple[FoundEvent | None, FoundEvent | None]:
        """The nearest on either side of the days, of the same topic where one is given."""
        if not query.is_dated:
            return None, None
        if query.about:
            topical = sorted(
                self._found(replace(query, first=None, last=None, any_year=False), collections), key=_in_time
            )
            low, high = query.first or query.last, query.last or query.first
            earlier = [e for e in topical if e.when.last and low and e.when.last < low]
            later = [e for e in topical if e.when.first and high and e.when.first > high]
            before = max(earlier, key=lambda e: e.when.last or date.min, default=None) if query.first else None
            return before, min(later, key=lambda e: e.when.first or date.max, default=None) if query.last else None
        connection = self._store.read()
        sides: list[FoundEvent | None] = []
        for bound, side in ((query.first, "before"), (query.last, "after")):
            stored = (
                nearest_events(connection, collections, query.published, **{side: bound}, limit=_NEAREST)
                if bound is not None
                else []
            )
            heads = heads_by_revision(connection, [s.revision for s in stored])
            reports = [_report(s, heads[s.revision]) for s in stored if s.revision in heads]
            told = [r for r in reports if r.status in (EventStatus.HAPPENED, EventStatus.SCHEDULED)]
            nearest = next(iter(told or reports), None)
            sides.append(FoundEvent((nearest,)) if nearest else None)
        return sides[0], sides[1]


def _close_enough(events: Sequence[FoundEvent], query: EventQuery) -> list[FoundEvent]:
    """Those dated closely enough for the days asked for: for one day nothing of a month, and nothing that was not to be
    in a time of which the days are a small part."""
    one_day = query.first is not None and query.first == query.last

    def is_close(event: FoundEvent) -> bool:
        if event.fits >= _WITHIN or event.when.first is None or event.when.last is None:
            return True  # also what began before and may go on
        return event.status is not EventStatus.DENIED and not (one_day and event.fits < _LEAST_OF_DAY)

    return [event for event in events if is_close(event)]


def _naming(names: Set[str], stored: Sequence[StoredEvent], heads: dict[int, ArticleHead]) -> list[StoredEvent]:
    """Those that have one of `names`, which are stems, in the clause or in the title."""
    titled = {revision for revision in {s.revision for s in stored} if names & stems(heads[revision].title)}
    # A stemmer leaves the beginnings of words as they are, and most clauses have none of these.
    begins = {name[:_BEGINNING] for name in names}
    return [
        s
        for s in stored
        if s.revision in titled or (any(b in s.text.casefold() for b in begins) and names & stems(s.text))
    ]


def prominence(report: ReportedEvent) -> float:
    """How much of a happening in its own right a report tells, in (0, 1]."""
    when, published = report.when, report.article.published_on
    value = _FINE.get(when.granularity, 0.3) * _SURE[report.status]
    if report.expression is None:
        value *= 0.7
    day = when.first or when.last
    distance = abs((day - published).days) if day and published else _OF_THE_NEWS
    value *= max(0.2, 1 / (1 + distance / _OF_THE_NEWS))
    if len(report.text.split()) < _SAYS_LITTLE:
        value *= 0.6
    return value if report.start < _LEAD else 0.85 * value


def _report(stored: StoredEvent, head: ArticleHead) -> ReportedEvent:
    event = stored.event
    return ReportedEvent(
        article=head,
        story=stored.story,
        start=event.start,
        end=event.end,
        text=stored.text,
        when=event.when,
        status=event.status,
        expression=stored.expression,
        inferred=event.inferred,
        expression_at=event.expression,
    )


def _key(report: ReportedEvent) -> tuple[str, str, int, str]:
    return (report.article.collection, report.article.id, report.start, report.when.value)


def _in_time(event: FoundEvent) -> tuple[bool, bool, date, date, int]:
    when = event.when
    first = when.first or when.last
    return (
        event.fits < _WITHIN,
        first is None,
        first or date.max,
        when.last or date.max,
        event.shown.start,
    )
