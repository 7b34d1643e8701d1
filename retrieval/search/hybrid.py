"""Hybrid search: nearest vectors and best BM25, fused, spread over articles, repeats folded."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import IndexUnavailable, StoreBusy
from retrieval.schema import ArticleHead, FoundPassage, Question, Window
from retrieval.search.freshness import by_prior
from retrieval.search.full_text import expression
from retrieval.search.fusion import fuse
from retrieval.search.names_together import name_alone
from retrieval.search.reranking import Reranker
from retrieval.search.words import content_words
from retrieval.storage import properties
from retrieval.storage.articles import heads_by_revision
from retrieval.storage.encoding.embedding import Embedder
from retrieval.storage.encoding.token_states import Vectors
from retrieval.storage.passages import (
    StoredPassage,
    at_most,
    nearest_within,
    searched_passages,
    vectors_of_passages,
)
from retrieval.storage.publications import Within
from retrieval.storage.store import Store
from retrieval.storage.word_matches import match_words

_log = logging.getLogger(__name__)

_WIDER = (8, 32, 128)  # times the candidates: among so many those of a wide window are looked for, then among more
_ENOUGH = 4  # a fourth of the candidates: so many of a wide window are worth more than all of them a second later
_REMEMBERED = 4  # questions, some 0.2 MB each
_NAME = 1.0  # the weight of having a name as it stands, as that of the words
_EXPECTED = 2  # half of the candidates: fewer than can be expected of a window are not looked for


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """The constants of the search; tests/benchmarks shows what each is worth.

    `candidates` passages come from each side; `dense` and `words` are their weights in the fusion; `per_article`
    passages of one article are given at most; `exact` is how many passages a window may hold to be searched exactly
    from the catalogue, `quick` of how many that is done at once, `small` how many a collection; `reranked` passages
    are looked at again by a cross-encoder.
    """

    candidates: int = 60
    dense: float = 0.7
    words: float = 1.0
    per_article: int = 3
    exact: int = 8_000
    quick: int = 2_000
    small: int = 1_000
    reranked: int = 24


class HybridSearch:
    """Finds the passages that answer a question. Safe to use from several threads."""

    def __init__(
        self, store: Store, embedder: Embedder, reranker: Reranker | None = None, settings: SearchSettings | None = None
    ) -> None:
        self._store, self._embedder, self._reranker = store, embedder, reranker
        self._settings = settings or SearchSettings()
        self._beside = ThreadPoolExecutor(2, thread_name_prefix="words")
        self._ranked: OrderedDict[object, list[FoundPassage]] = OrderedDict()
        self._lock = threading.Lock()

    def close(self) -> None:
        """End its threads; what is asked afterwards fails."""
        self._beside.shutdown(wait=False)

    def search(self, question: Question, k: int, per_article: int | None = None) -> list[FoundPassage]:
        """At most `k` passages, best first, and `per_article` of one article; see SearchSettings."""
        ranked = self.rank(question)
        if self._reranker is not None:
            ranked = _rerank(self._reranker, question.text, ranked, self._settings.reranked)
        of_one = question.articles or _names_an_article(question.text, ranked)
        limit = k if of_one else per_article or self._settings.per_article
        return spread(ranked, k, limit)

    def rank(self, question: Question) -> list[FoundPassage]:
        """All candidates by fused score, weighted by when the answer was most likely published.

        On its way to an answer a question is searched for by several; the last ones are remembered until the store
        changes.
        """
        asked = (
            question.topic or question.text,
            question.collections,
            question.window,
            question.prior,
            question.articles,
        )
        key = (*asked, properties.get(self._store.read(), properties.RECORDS))
        with self._lock:
            known = self._ranked.get(key)
        if known is None:
            known = self._rank(question)
            with self._lock:
                self._ranked[key] = known
                while len(self._ranked) > _REMEMBERED:
                    self._ranked.popitem(last=False)
        return list(known)

    def _rank(self, question: Question) -> list[FoundPassage]:
        topic = question.topic or question.text
        publications = self._store.publications
        if question.articles:
            within: Within | None = publications.of_articles(question.collections, question.articles)
        else:
            within = publications.within(question.collections, question.window)
        matching = self._beside.submit(self._words, question, topic, within)  # SQLite lets the model compute meanwhile
        dense = self._dense(question, self._embedder.embed_query(topic), within)
        words = matching.result()
        fused = fuse(
            {"dense": [n for n, _ in dense], "words": words},
            {"dense": self._settings.dense, "words": self._settings.words},
        )
        found = self._with_articles(question, fused, dict(dense), words)
        return by_prior(_by_name(topic, found), question.prior)

    def _words(self, question: Question, topic: str, within: Within | None) -> list[int]:
        """Passage numbers by BM25, best first."""
        words, limit = expression(self._store, topic), self._settings.candidates
        return match_words(self._store.read(), words.any, question.collections, within, limit, words.rare)

    def _dense(self, question: Question, vector: Vectors, within: Within | None) -> list[tuple[int, float]]:
        """Passage numbers with their cosine, best first."""
        limit, connection = self._settings.candidates, self._store.read()
        if within is not None and within.count <= self._settings.exact:
            found = self._quickly(question, vector, within) if within.count > self._settings.quick else None
            return found or self._nearest_of(*vectors_of_passages(connection, within.numbers()), vector)
        small = [c for c in question.collections if at_most(connection, (c,), Window(), self._settings.small)]
        found = self._exact(question, vector, small) if small else []
        for collection in question.collections:
            if collection in small:
                continue
            try:
                found += self._nearest(collection, vector, question.window, within)
            except (IndexUnavailable, StoreBusy) as error:
                _log.info("searching the catalogue's own vectors: %s", error)
                return self._exact(question, vector)
        return sorted(found, key=lambda pair: -pair[1])[:limit]

    def _quickly(self, question: Question, vector: Vectors, within: Within) -> list[tuple[int, float]] | None:
        """The same of a window that could be searched exactly, from a few more of the nearest than are wanted; None
        where these do not hold enough of it, or there are several collections."""
        if len(question.collections) > 1 or not _is_expected(within, _WIDER[0]):
            return None
        try:
            found = self._inside(question.collections[0], vector, within, _WIDER[0])
        except (IndexUnavailable, StoreBusy):
            return None
        return found if len(found) >= self._settings.candidates // _ENOUGH else None

    def _nearest(
        self, collection: str, vector: Vectors, window: Window, within: Within | None
    ) -> list[tuple[int, float]]:
        """The same of one collection. Chroma looks at every vector where it is given a window, so a wide one is looked
        for among the nearest of all; where the most of these that are looked at hold little of it, little in it means
        what is asked, and the words find the rest."""
        limit = self._settings.candidates
        if within is None:
            return self._store.vectors.nearest(collection, vector, limit, window)
        found: list[tuple[int, float]] = []
        for wider in _WIDER:
            if len(found) < limit // _ENOUGH and (_is_expected(within, wider) or wider == _WIDER[-1]):
                found = self._inside(collection, vector, within, wider)
        return found

    def _inside(self, collection: str, vector: Vectors, within: Within, wider: int) -> list[tuple[int, float]]:
        """Those `within` a window among `wider` times the nearest of a collection."""
        limit = self._settings.candidates
        nearest = self._store.vectors.nearest(collection, vector, limit * wider, Window())
        inside = within.has(np.array([number for number, _ in nearest], np.int64))
        return [pair for pair, is_inside in zip(nearest, inside, strict=True) if is_inside][:limit]

    def _exact(
        self, question: Question, vector: Vectors, collections: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """The same from the catalogue's vectors, all of which are compared; of all collections where none are given."""
        asked = question.collections if collections is None else collections
        return nearest_within(self._store.read(), asked, question.window, vector, self._settings.candidates)

    def _nearest_of(self, numbers: NDArray[np.int64], vectors: Vectors, vector: Vectors) -> list[tuple[int, float]]:
        if not len(numbers):
            return []
        cosines = vectors @ vector
        best = np.argsort(-cosines, kind="stable")[: self._settings.candidates]
        return [(int(numbers[i]), float(cosines[i])) for i in best]

    def _with_articles(
        self, question: Question, fused: Mapping[int, float], cosines: Mapping[int, float], words: Sequence[int]
    ) -> list[FoundPassage]:
        # The index may still hold what was removed a moment ago; the catalogue says what is searched.
        stored = searched_passages(self._store.read(), list(fused), question.collections, question.window)
        heads = heads_by_revision(self._store.read(), [p.revision for p in stored.values()])
        places = {number: place for place, number in enumerate(words, start=1)}
        return [
            _found(stored[n], heads[stored[n].revision], score, cosines.get(n), places.get(n))
            for n, score in fused.items()
            if n in stored and stored[n].revision in heads
        ]


def _by_name(topic: str, found: list[FoundPassage]) -> list[FoundPassage]:
    """`found`, best first; where a question asks about a name and nothing else, those that have it as it stands count
    as if found once more: of two words that are rare apart and together, "Ned" and "Field", a passage may have one."""
    name = name_alone(topic)
    if name is None:
        return found
    together = [n for n, p in enumerate(found) if name.search(f"{p.article.title}\n{p.text}")]
    more = fuse({"name": together}, {"name": _NAME})
    weighted = [replace(p, score=p.score + more.get(n, 0.0)) for n, p in enumerate(found)]
    return sorted(weighted, key=lambda p: -p.score)


def _is_expected(within: Within, wider: int) -> bool:
    """Whether so many times the candidates can be expected to hold enough of a window."""
    return wider * within.count * _EXPECTED >= within.total


def spread(ranked: Iterable[FoundPassage], k: int, per_article: int) -> list[FoundPassage]:
    """The first `k` of `ranked`, at most `per_article` of one article, and no passage that repeats another's words."""
    chosen: list[FoundPassage] = []
    taken: dict[tuple[str, str], int] = {}
    told: dict[int, set[str]] = {}
    for passage in ranked:
        if len(chosen) >= k:
            break
        key = (passage.article.collection, passage.article.id)
        if taken.get(key, 0) >= per_article:
            continue
        said = {_normal(passage.text[s - passage.start : e - passage.start]) for s, e in passage.sentences}
        # Two publishers' copies of one story: what is new in the second is kept, what repeats the first is folded.
        if len(said & told.get(passage.story, set())) * 2 > len(said):
            continue
        told.setdefault(passage.story, set()).update(said)
        taken[key] = taken.get(key, 0) + 1
        chosen.append(passage)
    return chosen


def _found(
    passage: StoredPassage, head: ArticleHead, score: float, cosine: float | None, place: int | None
) -> FoundPassage:
    parts = {"fused": score}
    if cosine is not None:
        parts["cosine"] = cosine
    if place is not None:
        parts["words_rank"] = float(place)
    return FoundPassage(
        article=head,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        sentences=passage.sentences,
        score=score,
        cosine=cosine,
        story=passage.story,
        parts=parts,
    )


def _rerank(reranker: Reranker, question: str, ranked: list[FoundPassage], count: int) -> list[FoundPassage]:
    head, tail = ranked[:count], ranked[count:]
    scores = reranker.score(question, [f"{p.article.title}. {p.text}" for p in head])
    order = sorted(range(len(head)), key=lambda i: -scores[i])
    return [head[i] for i in order] + tail


def _names_an_article(question: str, ranked: Sequence[FoundPassage]) -> bool:
    """Whether a question is about one article, by its title."""
    asked = _normal(question)
    return any(len(content_words(p.article.title)) >= 3 and _normal(p.article.title) in asked for p in ranked[:20])


def _normal(text: str) -> str:
    return " ".join(text.casefold().split())
