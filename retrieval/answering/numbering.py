"""Verified sentences in, answer out: citations are numbered in the order they are shown, and keep their numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from retrieval.answering.asked_for import asked_for
from retrieval.answering.citations import cite
from retrieval.answering.given import Given
from retrieval.answering.listening import Hearing
from retrieval.answering.offers import offers
from retrieval.answering.verification.cited import Verdict
from retrieval.schema import AnswerSentence, ArticleHead, Citation, Question, Stretch
from retrieval.storage.embedding import Embedder

MOST_SENTENCES = 5  # shown
_LEAST_ABOUT = 0.30  # cosine of the question and the sentence that is nearest to it


class Numbering:
    """The answer as far as it is made. Sentences are held back until one of them answers the question: true words
    beside the point are no answer."""

    def __init__(
        self,
        question: Question,
        given: Mapping[str, Given],
        embedder: Embedder,
        text_of: Callable[[ArticleHead], str],
        hearing: Hearing,
    ) -> None:
        self._question, self._given, self._embedder = question, given, embedder
        self._text_of, self._hearing = text_of, hearing
        self._wanted = asked_for(question.text).kind
        self._topic = embedder.embed_query(question.topic)
        self._held: list[Verdict] = []
        self._offered = self._near = False
        self._places: dict[tuple[str, str, int, int], Citation] = {}
        self.sentences: list[AnswerSentence] = []

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far, by number."""
        return tuple(self._places.values())

    @property
    def full(self) -> bool:
        """Whether no more sentences are shown."""
        return len(self.sentences) + len(self._held) >= MOST_SENTENCES

    def has(self, text: str) -> bool:
        """Whether a sentence is part of the answer already."""
        texts = [*(s.text for s in self.sentences), *(v.text for v in self._held)]
        return text.casefold() in (t.casefold() for t in texts)

    def rests_on(self, verdict: Verdict) -> bool:
        """Whether what bears a sentence out bears out one that is part of the answer already."""
        shown = {self._place(key, stretch) for held in self._held for key, stretch in held.support}
        return any(self._place(*support) in shown | self._places.keys() for support in verdict.support)

    def add(self, verdict: Verdict) -> None:
        """Take the next verified sentence; it is shown as soon as the answer answers."""
        self._held.append(verdict)
        self._offered = self._offered or bool(offers(self._wanted, verdict.text, self._question.text))
        (vector,) = self._embedder.embed_documents([verdict.text])
        self._near = self._near or float(vector @ self._topic) >= _LEAST_ABOUT
        if self._offered and self._near:
            for held in self._held:
                self._show(held)
            self._held = []

    def _show(self, verdict: Verdict) -> None:
        numbers = []
        for key, stretch in verdict.support:
            name, head = self._place(key, stretch), self._given[key].found.article
            if name not in self._places:
                self._places[name] = cite(len(self._places) + 1, head, Stretch(*name[2:]), self._text_of(head))
            numbers.append(self._places[name].n)
        sentence = AnswerSentence(verdict.text, tuple(dict.fromkeys(numbers)))
        self.sentences.append(sentence)
        self._hearing.tell(sentence, self.citations)

    def _place(self, key: str, stretch: Stretch) -> tuple[str, str, int, int]:
        found = self._given[key].found
        return found.article.collection, found.article.id, found.start + stretch.start, found.start + stretch.end
