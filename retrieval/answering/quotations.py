"""Answers to "who said what" out of the quotations: the sentences they stand in, or that nothing is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from retrieval.annotation.folding import folded, folded_words
from retrieval.annotation.quotations.names import title_words
from retrieval.annotation.time import window_of
from retrieval.answering.citations import cite
from retrieval.answering.several import parts
from retrieval.answering.speech import speaks
from retrieval.schema import (
    Answer,
    AnswerSentence,
    ArticleHead,
    Citation,
    FoundQuotation,
    Question,
    QuotationQuery,
    Stance,
    Stretch,
)
from retrieval.search.quotations import QuotationSearch
from retrieval.search.speech_questions import SpeechQuestion, speech_question
from retrieval.search.words import content_words, stem, stems
from retrieval.storage.articles import heads_by_revision
from retrieval.storage.passages import match_words, searched_passages
from retrieval.storage.store import Store

_SHOWN = 4  # quotations
_BESIDE_BEST = 0.7  # of the best score: what else is shown
_SURE = 0.6  # share of the topic's words that stand in the sentence of whoever is named as having said it
_NEAR, _AHEAD = 0.7, 0.05  # score of a quotation in other words that is sure, and how far the next has to be behind
_NEAREST = 3  # articles offered with an abstention
_LOOKED_AT = 40  # passages that name somebody, before it is said that none reports words
_LONGEST = 900  # characters of what is shown for one quotation

TextOf = Callable[[ArticleHead], str]
"""The whole text of the revision a head stands for."""


class QuotationAnswerer:
    """Answers from quotations where that is certain. Safe to use from several threads."""

    def __init__(self, store: Store, search: QuotationSearch, text_of: TextOf, today: Callable[[], date]) -> None:
        self._store, self._search, self._text_of, self._today = store, search, text_of, today

    def answer(self, question: Question, otherwise: Callable[[], Answer]) -> Answer:
        """The quotations asked for; else what `otherwise` answers, unless that X said so would be a guess."""
        asked = speech_question(question.topic or question.text)
        if asked is None or parts(question.text):
            return otherwise()
        window = question.window
        query = QuotationQuery(asked.speaker, asked.topic or None, window.first, window.last, None, window.source)
        if asked.speaker is None:  # days in what is said to have been said are part of that
            chosen = _sure(asked, self._search.search(query, question.collections))
            return self._compose(question, chosen, newest=False) if chosen else otherwise()
        narrowed, newest = self._within_days(question, query)
        found = self._search.search(narrowed, question.collections)
        if not found and narrowed != query and narrowed.about:
            # Said at another time, but of the days that the question names.
            wanted = {stem(word) for word in content_words(asked.topic)}
            found = [f for f in self._search.search(query, question.collections) if wanted <= stems(f.text)]
        if found:
            return self._compose(question, _best(asked, found), newest)
        return self._not_found(question, asked.speaker, narrowed, otherwise)

    def _not_found(
        self, question: Question, speaker: str, query: QuotationQuery, otherwise: Callable[[], Answer]
    ) -> Answer:
        everything = self._search.search(QuotationQuery(speaker=speaker), question.collections, _NEAREST)
        if not everything:
            return self._unquoted(question, speaker) or otherwise()
        name = everything[0].speaker or speaker
        reason = f"The articles quote {name}, but report nothing said{_on(query)}."
        if (query.first, query.last) == (question.window.first, question.window.last):
            other = otherwise()
            # Words that were not seen to be a quotation are shown only where they are on what was asked.
            if not other.abstained and _is_about(query.about, other):
                return other
        nearest = [
            cite(n, f.article, f.quotation.pieces[0], self._text_of(f.article)) for n, f in enumerate(everything, 1)
        ]
        return Answer(question, (), (), abstained=True, reason=reason, nearest=tuple(nearest))

    def _within_days(self, question: Question, query: QuotationQuery) -> tuple[QuotationQuery, bool]:
        """`query` kept to the days that the question names, and whether the newest come first."""
        time = window_of(question.text, self._today())
        first, last, topic = query.first, query.last, query.about or ""
        for span, phrase in ((time.span, time.phrase), (time.published, time.published_phrase)):
            if span is not None and phrase is not None:
                first = max(filter(None, (first, span.first)), default=None)
                last = min(filter(None, (last, span.last)), default=None)
                words = question.text[phrase.start : phrase.end]
                topic = re.sub(re.escape(words), " ", topic, flags=re.IGNORECASE).strip(" ,")
        about = topic if content_words(topic) else None
        newest = time.order is not None or about is None
        return replace(query, about=about, first=first, last=last), newest

    def _compose(self, question: Question, found: Sequence[FoundQuotation], newest: bool) -> Answer:
        if newest:
            found = sorted(found, key=_day, reverse=True)
        several = len({f.speaker for f in found}) > 1
        sentences: list[AnswerSentence] = []
        citations: list[Citation] = []
        told: set[frozenset[str]] = set()
        for quotation in found:
            text = self._text_of(quotation.article)
            stretch = _shown(quotation, text)
            words = frozenset(folded_words(quotation.text))
            # Two publishers' copies of one story quote alike.
            if any(_covers(c, quotation.article, stretch) for c in citations) or words in told:
                continue
            told.add(words)
            citations.append(cite(len(citations) + 1, quotation.article, stretch, text))
            named = _named(quotation, text, stretch, in_full=several)
            shown = " ".join(text[stretch.start : stretch.end].split())
            sentences.append(AnswerSentence(f"[{named}:] {shown}" if named else shown, (len(citations),)))
            if len(sentences) == _SHOWN:
                break
        return Answer(question, tuple(sentences), tuple(citations))

    def _unquoted(self, question: Question, speaker: str) -> Answer | None:
        """That articles name somebody and report no words of theirs; None where they do not name anybody so."""
        words = [w for w in folded_words(speaker) if w not in title_words().titles | {"the", "a", "an", "any"}]
        if not words:
            return None
        connection = self._store.read()
        expression = '"' + " ".join(words) + '"'
        numbers = match_words(connection, expression, question.collections, question.window, _LOOKED_AT)
        passages = searched_passages(connection, numbers, question.collections, question.window)
        heads = heads_by_revision(connection, [p.revision for p in passages.values()])
        nearest: list[Citation] = []
        name = None
        for number in numbers:
            passage = passages.get(number)
            if passage is None or passage.revision not in heads:
                continue
            if any(
                speaks(words[-1], passage.text[s - passage.start : e - passage.start]) for s, e in passage.sentences
            ):
                return None  # words that were not recognised as a quotation
            name = name or _as_named(words, passage.text)
            head = heads[passage.revision]
            if len(nearest) < _NEAREST and all(c.article.id != head.id for c in nearest):
                stretch = Stretch(passage.start, passage.end)
                nearest.append(cite(len(nearest) + 1, head, stretch, self._text_of(head)))
        if name is None:
            return None
        reason = f"The articles name {name}, but report no words of {name}."
        return Answer(question, (), (), abstained=True, reason=reason, nearest=tuple(nearest))


def _best(asked: SpeechQuestion, found: Sequence[FoundQuotation]) -> list[FoundQuotation]:
    """Those near the best; denials first where a denial is asked for."""
    if asked.denial and (denials := [f for f in found if f.quotation.stance is Stance.DENIED]):
        found = denials
    least = _BESIDE_BEST * found[0].score
    return [f for f in found if f.score >= least]


def _sure(asked: SpeechQuestion, found: Sequence[FoundQuotation]) -> list[FoundQuotation]:
    """Those of which it is certain who said them and that they are what is asked after."""
    wanted = {stem(word) for word in content_words(asked.topic)}
    if not wanted:
        return []
    certain = [
        f
        for f in found
        if (f.speaker or not _is_pronoun(f.mention))
        and len(wanted & stems(f.text)) >= _SURE * len(wanted)
        and (not asked.denial or f.quotation.stance is Stance.DENIED)
    ]
    if certain:
        return _best(asked, certain)
    # In other words, but far nearer to the question than anything else that was said.
    alone = bool(found) and (len(found) == 1 or found[0].score - found[1].score >= _AHEAD)
    return [found[0]] if alone and not asked.denial and found[0].speaker and found[0].score >= _NEAR else []


def _is_about(topic: str | None, answer: Answer) -> bool:
    """Whether an answer has enough of the words of a topic."""
    wanted = {stem(word) for word in content_words(topic or "")}
    return bool(wanted) and 2 * len(wanted & stems(answer.text)) >= len(wanted)


def _shown(found: FoundQuotation, text: str) -> Stretch:
    """The sentences that are shown: those with the quotation and its attribution, unless these stand far apart."""
    if found.said.end - found.said.start <= _LONGEST:
        return found.said
    pieces = found.quotation.pieces
    return Stretch(pieces[0].start, max(pieces[0].end, min(pieces[-1].end, pieces[0].start + _LONGEST)))


def _named(found: FoundQuotation, text: str, shown: Stretch, *, in_full: bool) -> str | None:
    """The speaker's name where what is shown lacks it; `in_full` where a surname could be somebody else's."""
    if found.speaker is None:
        return None
    name = folded_words(found.speaker)
    mention = found.quotation.mention
    if mention is None or found.mention is None or not shown.start <= mention.start < mention.end <= shown.end:
        return found.speaker
    # A full name after "the chief engineer" names him; after "he" it may be somebody else's.
    beside = set(folded_words(found.mention))
    if not _is_pronoun(found.mention) and not beside & set(name):
        beside = set(folded_words(text[shown.start : shown.end]))
    wanted = set(name) if in_full else {name[-1]} if name else set()
    return None if wanted <= beside else found.speaker


def _is_pronoun(mention: str | None) -> bool:
    return mention is None or folded(mention).strip() in title_words().pronouns


def _covers(citation: Citation, article: ArticleHead, stretch: Stretch) -> bool:
    same = (citation.article.collection, citation.article.id) == (article.collection, article.id)
    return same and citation.start <= stretch.start and stretch.end <= citation.end


def _as_named(words: Sequence[str], text: str) -> str | None:
    """The words as `text` has them, where they stand there with capitals, as names do."""
    pattern = re.compile(r"\b\w[\w’'-]*(?:\W{1,2}\w[\w’'-]*){" + str(len(words) - 1) + r"}")
    for start in (m.start() for m in re.finditer(r"\b[^\W\d_]", text)):
        match = pattern.match(text, start)
        if match and folded_words(match.group()) == tuple(words) and match.group()[0].isupper():
            return re.sub(r"['’]s$", "", match.group())
    return None


def _on(query: QuotationQuery) -> str:
    on_that = " on that" if query.about else ""
    return f"{on_that} in that time" if query.first or query.last else on_that


def _day(found: FoundQuotation) -> date:
    said = found.quotation.said_on
    return (said.last if said else None) or found.article.published_on or date.min
