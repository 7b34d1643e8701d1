"""Verified sentences in, answer out: citations are numbered in the order they are shown, and keep their numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from retrieval.answering.citations import cite
from retrieval.answering.listening import Hearing
from retrieval.answering.relative_days import with_days_of
from retrieval.answering.verification.cited import Verdict
from retrieval.answering.writing.given import Given
from retrieval.schema import Answer, AnswerSentence, ArticleHead, Citation, Question, Stretch
from retrieval.storage.encoding.embedding import Embedder

MOST_SENTENCES = 5  # shown
_LEAST_ABOUT = 0.30  # cosine of the question and the sentence that is nearest to it


class Numbering:
    """The answer as far as it is made. Sentences are held back until one is near the question: true words beside
    the point are no answer."""

    def __init__(
        self,
        question: Question,
        given: Mapping[str, Given],
        embedder: Embedder,
        text_of: Callable[[ArticleHead], str],
        hearing: Hearing,
    ) -> None:
        self._given, self._embedder = given, embedder
        self._text_of, self._hearing = text_of, hearing
        self._topic = embedder.embed_query(question.topic)
        self._held: list[Verdict] = []
        self._last: Verdict | None = None
        self._near = False
        self._places: dict[tuple[str, str, int, int], Citation] = {}
        self.sentences: list[AnswerSentence] = []
        self.shown_as: dict[str, str] = {}  # verified sentences, as they stand in the answer

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far, by number."""
        return tuple(self._places.values())

    @property
    def full(self) -> bool:
        """Whether no more sentences are shown."""
        return len(self.sentences) + len(self._held) >= MOST_SENTENCES

    @property
    def last(self) -> Verdict | None:
        """The last sentence of the answer as far as it is made."""
        return self._last

    @property
    def holds_back(self) -> bool:
        """Whether sentences are held back because none of them is near the question."""
        return bool(self._held)

    def has(self, text: str) -> bool:
        """Whether a sentence is part of the answer already."""
        texts = [*self.shown_as, *(v.text for v in self._held)]
        return text.casefold() in (t.casefold() for t in texts)

    def rests_on(self, verdict: Verdict) -> bool:
        """Whether what bears a sentence out bears out one that is part of the answer already."""
        shown = {self._place(key, stretch) for held in self._held for key, stretch in held.support}
        return any(self._place(*support) in shown | self._places.keys() for support in verdict.support)

    def is_cited_in(self, answer: Answer, verdict: Verdict) -> bool:
        """Whether another answer cites what bears a sentence out."""
        places = [self._place(*support) for support in verdict.support]
        return all(
            any((c.article.collection, c.article.id) == (of, at) and c.start <= start < c.end for c in answer.citations)
            for of, at, start, _ in places
        )

    def add(self, verdict: Verdict) -> None:
        """Take the next verified sentence; it is shown as soon as the answer answers."""
        self._last = verdict
        self._held.append(verdict)
        (vector,) = self._embedder.embed_documents([verdict.text])
        self._near = self._near or float(vector @ self._topic) >= _LEAST_ABOUT
        if self._near:
            self.show_held()

    def show_held(self) -> None:
        """Show what is held back: true words beside the point are more than none."""
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
        text = self._with_days(verdict)
        sentence = AnswerSentence(text, tuple(dict.fromkeys(numbers)))
        self.sentences.append(sentence)
        self.shown_as[verdict.text] = text
        self._hearing.tell(sentence, self.citations)

    def _with_days(self, verdict: Verdict) -> str:
        """A sentence with the dates of its days: those of the first source sentence that tells them."""
        text = verdict.text
        for key, stretch in verdict.support:
            name, head = self._place(key, stretch), self._given[key].found.article
            text = with_days_of(text, self._text_of(head), head.published_on, Stretch(*name[2:]))
        return text

    def _place(self, key: str, stretch: Stretch) -> tuple[str, str, int, int]:
        found = self._given[key].found
        return found.article.collection, found.article.id, found.start + stretch.start, found.start + stretch.end
