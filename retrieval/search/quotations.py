"""Search over quotations: exact filters, and nearness to a topic by meaning and by words."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from retrieval.annotation.folding import folded_words
from retrieval.annotation.said import extent, said_in, with_sentence_before
from retrieval.annotation.sentences import SentencesNear
from retrieval.schema import ArticleHead, FoundQuotation, Question, QuotationQuery, Speaker, Stretch, Window
from retrieval.search.hybrid import HybridSearch
from retrieval.search.known_speakers import KnownSpeakers
from retrieval.search.quotation_topics import TopicSettings, names_any, near_topic
from retrieval.search.sentence_before import leads_up_to
from retrieval.search.speakers import SpeakerQuery, describes, is_named, may_describe, speaker_query
from retrieval.search.words import content_words, stem, stems
from retrieval.storage.articles import heads_by_revision
from retrieval.storage.encoding.embedding import Embedder
from retrieval.storage.quotations import (
    Filters,
    Spoken,
    StoredQuotation,
    more_quotations,
    quotation_vectors,
    searched_quotations,
    texts_of,
)
from retrieval.storage.store import Store

LinkTo = Callable[[ArticleHead, Stretch, str], str | None]
"""Where a reader of a stretch of an article with that text is taken."""


class QuotationSearch:
    """Finds quotations. Safe to use from several threads."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        link_to: LinkTo,
        passages: Callable[[], HybridSearch],
        settings: TopicSettings | None = None,
    ) -> None:
        self._store, self._embedder, self._link_to, self._passages = store, embedder, link_to, passages
        self._settings = settings or TopicSettings()
        self._known = KnownSpeakers(store)

    def load(self) -> None:
        """Read who is quoted, for which the first question would otherwise wait."""
        self._known.load()

    def search(
        self,
        query: QuotationQuery,
        collections: Sequence[str],
        k: int | None = None,
        *,
        revisions: Collection[int] | None = None,
    ) -> list[FoundQuotation]:
        """All that match, or the best `k`: nearest to the topic first, without one newest first.

        `revisions`: only of the articles with these.
        """
        return self.complete(self._matching(query, collections, k, revisions), collections)

    def _matching(
        self,
        query: QuotationQuery,
        collections: Sequence[str],
        k: int | None = None,
        revisions: Collection[int] | None = None,
        topic: str | None = None,
    ) -> list[tuple[StoredQuotation, float]]:
        """Those of `search`; `topic`: what they are compared with afterwards."""
        among = None if revisions is None else frozenset(revisions)
        filters = Filters(query.first, query.last, query.kind, query.source, None, query.articles, among)
        about = query.about if query.about and query.about.strip() else None
        if query.speaker:
            rows = self._spoken_by(query.speaker, filters, collections, topic or query.about)
        else:
            narrowed = self._on(about, filters, collections)
            rows = searched_quotations(self._store.read(), collections, narrowed, None if about else k)
        if about:
            scored = near_topic(about, rows, self._store, self._embedder, self._settings) if rows else []
        else:
            # Sorting is stable: within one day in the order of the articles.
            scored = [(row, 0.0) for row in sorted(rows, key=lambda r: r.day, reverse=True)]
        return scored[:k]

    def in_context(
        self,
        query: QuotationQuery,
        collections: Sequence[str],
        k: int,
        text_of: Callable[[ArticleHead], str],
        *,
        titled: bool = False,
    ) -> list[tuple[FoundQuotation, bool]]:
        """The best `k` by what stands around them: a question before an answer, "it" that the sentence before names.

        Each with whether it takes the sentence before to see what it is about; `titled`: the title tells that as well.
        Only for a speaker's newest words, since every one is read once more.
        """
        alike = replace(query, about=None)
        rows = self._matching(alike, collections, self._settings.read_again, topic=query.about)
        newest = self.complete(rows, collections)
        numbers = sorted(row.pk for row, _ in rows)
        kept = quotation_vectors(self._store.read(), numbers)
        if not newest or not query.about or not len(rows) == len(newest) == len(kept):  # removed between two readings
            return []
        alone_vectors = kept[np.searchsorted(numbers, [row.pk for row, _ in rows])]
        texts = {head: text_of(head) for head in {f.article for f in newest}}
        newest = self._without_others_before(newest, [row for row, _ in rows], collections, texts)
        said = [texts[f.article][f.said.start : f.said.end] for f in newest]
        before = [texts[f.article][(f.context or f.said).start : f.said.end] for f in newest]
        if titled:
            before = [f"{f.article.title}. {words}" for f, words in zip(newest, before, strict=True)]
        asked = self._embedder.embed_query(query.about)
        cosines_alone = alone_vectors @ asked
        # Many have no sentence before them, and are then what was embedded when they were read.
        longer = list(dict.fromkeys(b for b, s in zip(before, said, strict=True) if b != s))
        cosine_of = dict(zip(longer, self._embedder.embed_documents(longer) @ asked, strict=True)) if longer else {}
        wanted = {stem(word) for word in content_words(query.about)}
        found = []
        for i, f in enumerate(newest):
            alone = float(cosines_alone[i])
            beside = float(cosine_of.get(before[i], alone))
            shared = wanted & stems(before[i])
            worded = bool(wanted) and shared == wanted
            if not names_any(query.about, texts[f.article]):
                continue
            near_enough = self._settings.in_context if shared else self._settings.cosine
            if max(alone, beside) >= near_enough or worded:
                near = replace(f, score=round(max(alone, beside) + worded, 6))
                found.append((near, not (alone >= self._settings.in_context or wanted <= stems(said[i]))))
        return sorted(found, key=lambda pair: -pair[0].score)[:k]

    def _without_others_before(
        self,
        found: Sequence[FoundQuotation],
        rows: Sequence[StoredQuotation],
        collections: Sequence[str],
        texts: Mapping[ArticleHead, str],
    ) -> list[FoundQuotation]:
        """`found`, which is stored as `rows`, each without the sentence before it where that is on something else."""
        here = Filters(revisions=frozenset(row.revision for row in rows))
        said: dict[int, list[StoredQuotation]] = {}
        for row in searched_quotations(self._store.read(), collections, here):
            said.setdefault(row.revision, []).append(row)
        return [
            f if leads_up_to(f, row, said.get(row.revision, ()), texts[f.article]) else replace(f, context=None)
            for f, row in zip(found, rows, strict=True)
        ]

    def of_articles(self, topic: str | None, query: QuotationQuery, collections: Sequence[str]) -> list[FoundQuotation]:
        """All that is said in the articles which `topic` is spoken of in, else in the newest ones, in their order."""
        bounds = Filters(query.first, query.last, query.kind, query.source, articles=query.articles)
        filters = self._on(topic, bounds, collections)
        rows = searched_quotations(self._store.read(), collections, filters)
        near = (
            [row for row, _ in near_topic(topic, rows, self._store, self._embedder, self._settings)]
            if topic
            else sorted(rows, key=lambda r: r.day, reverse=True)
        )
        articles = list(dict.fromkeys(row.revision for row in near))[: self._settings.articles]
        return self.complete([(row, 0.0) for a in articles for row in rows if row.revision == a], collections)

    def beside(self, found: Sequence[FoundQuotation], collections: Sequence[str]) -> list[FoundQuotation]:
        """All that the speakers of `found` say in the same articles."""
        pairs = {(f.article, f.speaker) for f in found if f.speaker is not None}
        here = Filters(articles=frozenset(article.id for article, _ in pairs))
        rows = [
            (row, 0.0)
            for name in {name for _, name in pairs if name}
            for row in sorted(self._spoken_by(name, here, collections), key=lambda r: r.day, reverse=True)
        ]
        return [g for g in self.complete(rows, collections) if (g.article, g.speaker) in pairs]

    def of_one(self, speaker: str, articles: Collection[str], collections: Sequence[str]) -> list[FoundQuotation]:
        """All that whoever is called so says in articles with these ids."""
        rows = self._spoken_by(speaker, Filters(articles=frozenset(articles)), collections)
        return self.complete([(row, 0.0) for row in rows], collections)

    def of_passages(self, revisions: Collection[int], collections: Sequence[str]) -> list[FoundQuotation]:
        """All that is said in the articles with these revisions."""
        rows = searched_quotations(self._store.read(), collections, Filters(revisions=frozenset(revisions)))
        return self.complete([(row, 0.0) for row in rows], collections)

    def within(self, articles: Collection[str], collections: Sequence[str]) -> list[FoundQuotation]:
        """All that is said in the articles with these ids."""
        rows = searched_quotations(self._store.read(), collections, Filters(articles=frozenset(articles)))
        return self.complete([(row, 0.0) for row in rows], collections)

    def speakers(self, collections: Sequence[str]) -> list[Speaker]:
        """Whoever is quoted under a name, the most quoted first."""
        return sorted(self._known.all(collections), key=lambda s: (-s.quoted, s.name.casefold()))

    def meant(self, speaker: str, collections: Sequence[str]) -> list[Speaker]:
        """The quoted speakers that a name stands for."""
        numbers = self._known.meant(speaker_query(speaker), collections)
        return list(self._known.of(numbers, collections).values())

    def complete(
        self, scored: Sequence[tuple[StoredQuotation, float]], collections: Sequence[str]
    ) -> list[FoundQuotation]:
        """Quotations with their articles, words and links, in the order given."""
        connection = self._store.read()
        revisions = sorted({row.revision for row, _ in scored})
        heads = heads_by_revision(connection, revisions)
        texts = {pk: text for pk, text in texts_of(connection, revisions) if pk in heads}
        cut = {pk: SentencesNear(text) for pk, text in texts.items()}
        speakers = self._known.of({row.speaker for row, _ in scored if row.speaker is not None}, collections)
        return [
            self._found(row, score, heads[row.revision], texts[row.revision], cut[row.revision], speakers)
            for row, score in scored
            if row.revision in texts
        ]

    def _on(self, topic: str | None, filters: Filters, collections: Sequence[str]) -> Filters:
        """Of a large collection, narrowed to the articles that the search finds for the topic."""
        if not topic or not topic.strip() or filters.revisions is not None or filters.articles is not None:
            return filters
        if not more_quotations(self._store.read(), collections, self._settings.many):
            return filters
        return replace(filters, articles=self.articles_on(topic, collections, Window(source=filters.source)))

    def articles_on(self, topic: str, collections: Sequence[str], window: Window | None = None) -> frozenset[str]:
        """The ids of the articles that the search finds for a topic."""
        question = Question(topic, topic, window=window or Window(), collections=tuple(collections))
        return frozenset(passage.article.id for passage in self._passages().rank(question))

    def _spoken_by(
        self, speaker: str, filters: Filters, collections: Sequence[str], topic: str | None = None
    ) -> list[StoredQuotation]:
        query = speaker_query(speaker)
        named = self._known.meant(query, collections)
        if not named:  # "officials": there may be as many as there are articles
            filters = self._on(topic, filters, collections)
        if filters.articles is None:  # else each quotation is looked at below, which is less than to find the words
            spoken = Spoken(frozenset(named), self._known.called(may_describe(query)))
            filters = replace(filters, spoken=spoken)
        rows = searched_quotations(self._store.read(), collections, filters)
        unnamed = [row for row in rows if row.speaker is None or not named]
        described = {row.pk: row.called for row in unnamed}
        if not named and query.owner and (owned := self._owned(query, unnamed)):
            return owned
        if not named and not any(_apposed(query, d) for d in described.values()):
            fits = functools.cache(lambda text: describes(query, text))  # a few descriptions are most of them
            return [row for row in unnamed if any(map(fits, described.get(row.pk, ())))]
        return [
            row
            for row in rows
            if row.speaker in named or (row.speaker is None and _apposed(query, described.get(row.pk, ())))
        ]

    def _owned(self, query: SpeakerQuery, rows: Sequence[StoredQuotation]) -> list[StoredQuotation]:
        """ "Roe's daughter": who is called a daughter in an article that names Roe."""
        owner, noun = speaker_query(query.owner or ""), speaker_query(query.noun)
        if owner.empty or noun.empty:
            return []
        fits = [row for row in rows if any(describes(noun, text) for text in row.called)]
        texts = texts_of(self._store.read(), sorted({row.revision for row in fits}))
        naming = {revision for revision, text in texts if owner.words[-1] in folded_words(text)}
        return [row for row in fits if row.revision in naming]

    def _found(
        self,
        row: StoredQuotation,
        score: float,
        head: ArticleHead,
        text: str,
        near: SentencesNear,
        speakers: dict[int, Speaker],
    ) -> FoundQuotation:
        quotation = row.quotation
        pieces = tuple(text[p.start : p.end] for p in quotation.pieces)
        mention = text[quotation.mention.start : quotation.mention.end] if quotation.mention else None
        known = speakers.get(row.speaker) if row.speaker is not None else None
        cut = near(*extent(quotation))
        said = said_in(quotation, cut)
        return FoundQuotation(
            article=head,
            quotation=quotation,
            text=" … ".join(pieces),
            pieces=pieces,
            speaker=known.name if known else quotation.speaker,
            mention=mention,
            addressee=_words(text, quotation.addressee),
            manner=_words(text, quotation.manner),
            said=said,
            link=self._link_to(head, quotation.pieces[0], text),
            score=round(score, 6),
            context=with_sentence_before(text, said, cut),
            cue=" … ".join(text[c.start : c.end] for c in quotation.cue),
        )


def _apposed(query: SpeakerQuery, descriptions: Sequence[str]) -> bool:
    """Whether a name stands beside what somebody is: "Its director, Jane Roe"."""
    return any(is_named(query, part) for text in descriptions for part in text.split(",")[1:])


def _words(text: str, stretch: Stretch | None) -> str | None:
    return text[stretch.start : stretch.end] or None if stretch else None
