"""The extractive answer: the articles' own sentences, chosen, ordered and cited; or an abstention."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from retrieval.answering.citations import cite
from retrieval.answering.conflicts import conflicts
from retrieval.answering.evidence import Evidence, gather, question_words
from retrieval.answering.speech import speaker_asked_about, speaks
from retrieval.schema import Answer, AnswerSentence, ArticleHead, Citation, FoundPassage, Question, Stretch
from retrieval.search.words import content_words, stem, stems
from retrieval.storage.embedding import Embedder
from retrieval.storage.passages import document_frequencies
from retrieval.storage.store import Store

_SENTENCES = 3  # shown at most
_NEAREST = 3  # articles offered with an abstention

# An answer is given only where the sentence is close enough to the question and the question's own names are there;
# chosen on the questions in tests/data that are for development.
_LEAST_COSINE = 0.30
_LEAST_CONTEXT = 0.45
_LEAST_NAMES = 0.75
_BESIDE_BEST = 0.86  # of the best score: what else is shown

NOTHING_FOUND = "The articles do not answer that."
NO_ARTICLES = "There are no articles to answer from yet."

TextOf = Callable[[ArticleHead], str]
"""The whole text of the revision a head stands for."""


class ExtractiveAnswerer:
    """Answers with sentences of the passages. Safe to use from several threads."""

    def __init__(self, store: Store, embedder: Embedder, text_of: TextOf) -> None:
        self._store, self._embedder, self._text_of = store, embedder, text_of

    def answer(self, question: Question, passages: Sequence[FoundPassage]) -> Answer:
        """The sentences of `passages` (best first) that answer, or an abstention with the nearest articles."""
        if not passages:
            return Answer(question, (), (), abstained=True, reason=NOTHING_FOUND)
        evidence = self._evidence(question, passages)
        chosen = _choose(question, evidence)
        if not chosen:
            return self._abstain(question, passages)
        return self._compose(question, chosen)

    def _evidence(self, question: Question, passages: Sequence[FoundPassage]) -> list[Evidence]:
        wanted = sorted({stem(word) for word in content_words(question.text)})
        frequencies, total = document_frequencies(self._store.read(), wanted)
        words = question_words(question.text, frequencies, total)
        return gather(question, words, passages, self._embedder)

    def _compose(self, question: Question, chosen: Sequence[Evidence]) -> Answer:
        older = _older(chosen)
        ordered = [*(e for e in chosen if e not in older), *(e for e in chosen if e in older)]
        citations = tuple(
            cite(n, e.passage.article, e.stretch, self._text_of(e.passage.article)) for n, e in enumerate(ordered, 1)
        )
        sentences = tuple(
            AnswerSentence(f"{_dated(e)} {e.text}" if e in older else e.text, (n,)) for n, e in enumerate(ordered, 1)
        )
        return Answer(question, sentences, citations)

    def _abstain(self, question: Question, passages: Sequence[FoundPassage]) -> Answer:
        nearest: list[Citation] = []
        for passage in passages:
            if all(passage.article.id != c.article.id for c in nearest):
                stretch = Stretch(passage.start, passage.end)
                nearest.append(cite(len(nearest) + 1, passage.article, stretch, self._text_of(passage.article)))
            if len(nearest) == _NEAREST:
                break
        return Answer(question, (), (), abstained=True, reason=NOTHING_FOUND, nearest=tuple(nearest))


def _choose(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences to show, best first; none where nothing answers."""
    able = [e for e in evidence if _answers(question, e)]
    if not able:
        return []
    best = able[0]
    chosen = [best]
    for item in able[1:]:
        if len(chosen) == _SENTENCES or item.score < _BESIDE_BEST * best.score:
            break
        if all(_adds(item, other) for other in chosen):
            chosen.append(item)
    return chosen


def _answers(question: Question, e: Evidence) -> bool:
    if e.cosine < _LEAST_COSINE or e.context < _LEAST_CONTEXT or e.names < _LEAST_NAMES:
        return False
    if not e.offered:
        return False
    speaker = speaker_asked_about(question.text)
    return speaker is None or speaks(speaker, e.text)


def _adds(item: Evidence, other: Evidence) -> bool:
    """Whether a sentence says something that another does not, or says it otherwise."""
    a, b = stems(item.text), stems(other.text)
    overlap = len(a & b) / max(1, min(len(a), len(b)))
    return overlap < 0.7 or conflicts(item.text, other.text)


def _older(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Those that a newer article contradicts."""
    return [
        e
        for e in chosen
        if any(
            _day(other) > _day(e) and other.passage.article.id != e.passage.article.id and conflicts(other.text, e.text)
            for other in chosen
        )
    ]


def _day(e: Evidence) -> date:
    return e.passage.article.published_on or date.min


def _dated(e: Evidence) -> str:
    day = e.passage.article.published_on
    return f"[Earlier, on {day:%-d %B %Y}:]" if day else "[In an undated article:]"
