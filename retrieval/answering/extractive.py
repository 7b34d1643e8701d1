"""The extractive answer: the articles' own sentences, chosen, ordered and cited; or an abstention."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from retrieval.answering.asked_for import AskedFor, asked_for
from retrieval.answering.citations import cite
from retrieval.answering.conflicts import conflicts
from retrieval.answering.corrections import corrects, takes_back, with_what_is_right
from retrieval.answering.evidence import Evidence, another_ordinal, gather, names_in, question_words, with_roles
from retrieval.answering.passage_reader import PassageReader
from retrieval.answering.question_syntax import Parse, question_syntax
from retrieval.answering.referents import with_speaker
from retrieval.answering.relative_days import with_days
from retrieval.answering.roles import ABSENT, UNDONE
from retrieval.answering.selector import confidence, ranked
from retrieval.answering.speech import speaker_asked_about, speaks
from retrieval.schema import (
    Answer,
    AnswerSentence,
    ArticleHead,
    Citation,
    FoundPassage,
    Question,
    QuestionKind,
    Stretch,
)
from retrieval.search.words import content_words, stem, stems
from retrieval.settings import Caution
from retrieval.storage.embedding import Embedder
from retrieval.storage.passages import document_frequencies
from retrieval.storage.store import Store

_SENTENCES = 3  # shown at most
_NEAREST = 3  # articles offered with an abstention

# Chosen on the questions in tests/data that are for development, like the selector's weights.
LEAST_CONFIDENCE = {Caution.BOLD: 0.12, Caution.BALANCED: 0.2, Caution.CAREFUL: 0.35}
"""An answer less likely to be right than this is not given."""

_LEAST_NAMES = 0.75  # of the question's names and numbers must stand in the passage, its title or its publisher
_LEAST_PREDICATE = 0.4  # nearness of the verb asked about and the sentence's nearest word: "built" and "put up"
_BESIDE_BEST = 0.15  # of the best sentence's share: what else is shown

_LOOKED_INTO = 8  # sentences that are parsed for who does what in them
_OF_EACH_PART = 2  # sentences shown for each fact, where several are asked for

NOTHING_FOUND = "The articles do not answer that."
NOTHING_FOUND_ON = "The articles do not answer this part:"
HELP = (
    "I answer from the articles I was given, with the source of every sentence: ask me what happened, when, or who said"
    " what, for example “Who said that …?” or “When did … happen?”."
)
NO_ARTICLES = "There are no articles to answer from yet."

Part = tuple[Question, Sequence[FoundPassage]]
"""A question for one fact, with the passages found for it."""

TextOf = Callable[[ArticleHead], str]
"""The whole text of the revision a head stands for."""


class ExtractiveAnswerer:
    """Answers with sentences of the passages. Safe to use from several threads."""

    def __init__(
        self, store: Store, embedder: Embedder, text_of: TextOf, parse: Parse, caution: Caution = Caution.BALANCED
    ) -> None:
        self._store, self._text_of = store, text_of
        self._reader, self._parse = PassageReader(embedder, store.states.known), parse
        self._least_confidence = LEAST_CONFIDENCE[caution]

    def answer(self, question: Question, passages: Sequence[FoundPassage], parts: Sequence[Part] = ()) -> Answer:
        """The sentences of `passages` (best first) that answer, or an abstention with the nearest articles.

        `parts` are the questions that `question` is made of, each with what was found for it: each is answered for
        itself, and what finds no answer is said to be missing.
        """
        if question.kind is QuestionKind.HELP:
            return Answer(question, (), (), abstained=True, reason=HELP)
        chosen: list[Evidence] = []
        missing: list[str] = []
        for part, found in parts:
            answering = self._choose(part, found)[:_OF_EACH_PART]
            if answering:
                chosen += [e for e in answering if all(_adds(e, other) for other in chosen)]
            else:
                missing.append(part.text)
        if not chosen:
            chosen = self._choose(question, passages)
            missing = []
        if not chosen:
            return self._abstain(question, passages)
        return replace(self._compose(question, chosen), notes=tuple(f"{NOTHING_FOUND_ON} {text}" for text in missing))

    def _choose(self, question: Question, passages: Sequence[FoundPassage]) -> list[Evidence]:
        return _choose(question, self.evidence(question, passages), self._least_confidence) if passages else []

    def evidence(self, question: Question, passages: Sequence[FoundPassage]) -> list[Evidence]:
        """The sentences an answer is chosen from, best first, whether they may answer or not."""
        wanted = asked_for(question.text)
        words = content_words(wanted.about) or content_words(question.text)
        frequencies, total = document_frequencies(self._store.read(), sorted({stem(word) for word in words}))
        names = names_in(passages, words)
        weighed = question_words(wanted, question.text, frequencies, total, names)
        syntax = question_syntax(question.topic, self._parse)
        first = ranked(gather(question, syntax, weighed, passages, self._reader))
        return ranked([*with_roles(question, syntax, first[:_LOOKED_INTO], self._parse), *first[_LOOKED_INTO:]])

    def _compose(self, question: Question, chosen: Sequence[Evidence]) -> Answer:
        older = _older(chosen)
        ordered = [*(e for e in chosen if e not in older), *(e for e in chosen if e in older)]
        citations = tuple(
            cite(n, e.passage.article, e.stretch, self._text_of(e.passage.article)) for n, e in enumerate(ordered, 1)
        )
        sentences = tuple(
            AnswerSentence(f"{_dated(e)} {self._shown(e)}" if e in older else self._shown(e), (n,))
            for n, e in enumerate(ordered, 1)
        )
        return Answer(question, sentences, citations)

    def _shown(self, e: Evidence) -> str:
        article = e.passage.article
        text = with_days(self._text_of(article), article.published, e.stretch, e.text)
        return with_speaker(text, e.before[-1] if e.before else None)

    def _abstain(self, question: Question, passages: Sequence[FoundPassage]) -> Answer:
        nearest: list[Citation] = []
        for passage in passages:
            if all(passage.article.id != c.article.id for c in nearest):
                stretch = Stretch(passage.start, passage.end)
                nearest.append(cite(len(nearest) + 1, passage.article, stretch, self._text_of(passage.article)))
            if len(nearest) == _NEAREST:
                break
        return Answer(question, (), (), abstained=True, reason=NOTHING_FOUND, nearest=tuple(nearest))


def _choose(question: Question, evidence: Sequence[Evidence], least_confidence: float) -> list[Evidence]:
    """The sentences to show, best first; none where nothing answers."""
    able = [e for e in evidence if may_answer(question, e)]
    if not able or confidence(able[0]) < least_confidence:
        return []
    best = able[0]
    chosen = [best]
    for item in able[1:]:
        if len(chosen) == _SENTENCES or item.share < _BESIDE_BEST * best.share:
            break
        if all(_adds(item, other) for other in chosen):
            chosen.append(item)
    taken_back = [e for e in evidence if e not in chosen and any(corrects(e.text, other.text) for other in chosen)]
    return [_whole(e) for e in (*chosen, *taken_back[:1])]


def _whole(e: Evidence) -> Evidence:
    """A correction with what it says to be right; any other sentence as it is."""
    if not takes_back(e.text):
        return e
    stretch = with_what_is_right(e.passage, e.stretch)
    start = e.passage.start
    return replace(e, stretch=stretch, text=e.passage.text[stretch.start - start : stretch.end - start])


def may_answer(question: Question, e: Evidence) -> bool:
    """Whether nothing forbids it: a name its article lacks, nothing of the kind asked for, another speaker."""
    if e.names < _LEAST_NAMES or not e.measures.offered or not e.measures.passage:
        return False
    if e.measures.role <= UNDONE and e.measures.predicate < _LEAST_PREDICATE:
        return False
    if e.measures.role <= ABSENT and asked_for(question.text).kind is AskedFor.PERSON:
        return False
    if another_ordinal(question.text, e.text):
        return False
    speaker = speaker_asked_about(question.text)
    return speaker is None or speaks(speaker, e.text, e.before, e.passage.text)


def _adds(item: Evidence, other: Evidence) -> bool:
    """Whether a sentence says something that another does not, or says it otherwise."""
    a, b = stems(item.text), stems(other.text)
    overlap = len(a & b) / max(1, min(len(a), len(b)))
    return overlap < 0.7 or conflicts(item.text, other.text)


def _older(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Those that a newer article contradicts or takes back."""
    return [e for e in chosen if any(_outdates(other, e) for other in chosen)]


def _outdates(newer: Evidence, older: Evidence) -> bool:
    if corrects(newer.text, older.text):
        return _day(newer) >= _day(older)
    elsewhere = newer.passage.article.id != older.passage.article.id
    return elsewhere and _day(newer) > _day(older) and conflicts(newer.text, older.text)


def _day(e: Evidence) -> date:
    return e.passage.article.published_on or date.min


def _dated(e: Evidence) -> str:
    day = e.passage.article.published_on
    return f"[Earlier, on {day:%-d %B %Y}:]" if day else "[In an undated article:]"
