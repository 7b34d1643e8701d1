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
from retrieval.schema import (
    Answer,
    AnswerSentence,
    ArticleHead,
    Citation,
    FoundQuotation,
    Question,
    Stance,
    Stretch,
)
from retrieval.search.quotations import QuotationQuery, QuotationSearch
from retrieval.search.speech_questions import SpeechQuestion, speech_question
from retrieval.search.words import content_words, stem, stems
from retrieval.storage.articles import heads_by_revision
from retrieval.storage.passages import match_words, searched_passages
from retrieval.storage.store import Store

_SHOWN = 4  # quotations
_BESIDE_BEST = 0.7  # of the best score: what else is shown
_SURE = 0.6  # share of the topic's words that stand in the sentence of whoever is named as having said it
_NEAREST = 3  # articles offered with an abstention
_LONGEST = 900  # characters of what is shown for one quotation

TextOf = Callable[[ArticleHead], str]
"""The whole text of the revision a head stands for."""


class QuotationAnswerer:
    """Answers from quotations where that is certain. Safe to use from several threads."""

    def __init__(self, store: Store, search: QuotationSearch, text_of: TextOf, today: Callable[[], date]) -> None:
        self._store, self._search, self._text_of, self._today = store, search, text_of, today

    def answer(self, question: Question, otherwise: Callable[[], Answer]) -> Answer:
        """The quotations asked for; else what `otherwise` answers, unless that X said so would be a guess."""
        asked = speech_question(question.text)
        if asked is None:
            return otherwise()
        query, newest = self._query(question, asked)
        found = self._search.search(query, question.collections)
        if asked.speaker is None:
            chosen = _sure(asked, found)
            return self._compose(question, chosen, newest) if chosen else otherwise()
        if found:
            return self._compose(question, _best(asked, found), newest)
        everything = self._search.search(QuotationQuery(speaker=asked.speaker), question.collections, 1)
        if everything:
            other = otherwise()
            if not other.abstained:
                return other
            name = everything[0].speaker or asked.speaker
            return replace(other, reason=f"The articles quote {name}, but report nothing said{_on(asked, query)}.")
        return self._unquoted(question, asked.speaker) or otherwise()

    def _query(self, question: Question, asked: SpeechQuestion) -> tuple[QuotationQuery, bool]:
        """What is searched for, and whether the newest come first."""
        time = window_of(question.text, self._today())
        first, last = question.window.first, question.window.last
        topic = asked.topic
        for span, phrase in ((time.span, time.phrase), (time.published, time.published_phrase)):
            if span is not None and phrase is not None:
                first = max(filter(None, (first, span.first)), default=None)
                last = min(filter(None, (last, span.last)), default=None)
                words = question.text[phrase.start : phrase.end]
                topic = re.sub(re.escape(words), " ", topic, flags=re.IGNORECASE).strip(" ,")
        about = topic if content_words(topic) else None
        newest = time.order is not None or about is None
        return QuotationQuery(asked.speaker, about, first, last, None, question.window.source), newest

    def _compose(self, question: Question, found: Sequence[FoundQuotation], newest: bool) -> Answer:
        if newest:
            found = sorted(found, key=_day, reverse=True)
        sentences: list[AnswerSentence] = []
        citations: list[Citation] = []
        for quotation in found:
            text = self._text_of(quotation.article)
            stretch = _shown(quotation, text)
            if any(_covers(c, quotation.article, stretch) for c in citations):
                continue
            citations.append(cite(len(citations) + 1, quotation.article, stretch, text))
            named = _named(quotation, text, stretch)
            words = " ".join(text[stretch.start : stretch.end].split())
            sentences.append(AnswerSentence(f"[{named}:] {words}" if named else words, (len(citations),)))
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
        numbers = match_words(connection, expression, question.collections, question.window, _NEAREST)
        passages = searched_passages(connection, numbers, question.collections, question.window)
        heads = heads_by_revision(connection, [p.revision for p in passages.values()])
        nearest: list[Citation] = []
        name = None
        for number in numbers:
            passage = passages.get(number)
            if passage is None or passage.revision not in heads:
                continue
            name = name or _as_named(words, passage.text)
            head = heads[passage.revision]
            if all(c.article.id != head.id for c in nearest):
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
    return _best(asked, certain) if certain else []


def _shown(found: FoundQuotation, text: str) -> Stretch:
    """The sentences that are shown: those with the quotation and its attribution, unless these stand far apart."""
    if found.said.end - found.said.start <= _LONGEST:
        return found.said
    pieces = found.quotation.pieces
    return Stretch(pieces[0].start, max(pieces[0].end, min(pieces[-1].end, pieces[0].start + _LONGEST)))


def _named(found: FoundQuotation, text: str, shown: Stretch) -> str | None:
    """The speaker's name where what is shown has none of it."""
    if found.speaker is None:
        return None
    have = set(folded_words(text[shown.start : shown.end]))
    mention = found.quotation.mention
    beside = mention is not None and shown.start <= mention.start and mention.end <= shown.end
    if beside and found.mention is not None and not _is_pronoun(found.mention):
        name = folded_words(found.speaker)
        # A surname or a body's name beside the words is enough; "the minister" is not.
        return None if name and (name[-1] in folded_words(found.mention) or name[-1] in have) else found.speaker
    return found.speaker


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


def _on(asked: SpeechQuestion, query: QuotationQuery) -> str:
    if query.first or query.last:
        return " on that in that time" if query.about else " in that time"
    return " on that" if asked.topic else ""


def _day(found: FoundQuotation) -> date:
    said = found.quotation.said_on
    return (said.last if said else None) or found.article.published_on or date.min
