"""What an asker sees of an answer while it is made, and how they stop it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from retrieval.errors import Stopped
from retrieval.schema import Answer, AnswerSentence, Citation


class Stage(StrEnum):
    """What is being done, in this order; a stage may be left out."""

    CONDENSING = "condensing"  # the question and its conversation become a question that stands alone
    SEARCHING = "searching"  # count: questions searched for
    READING = "reading"  # count: passages found
    WRITING = "writing"  # by the language model
    VERIFYING = "verifying"  # count: sentences written
    REPAIRING = "repairing"  # count: sentences that failed


class AnswerListener(Protocol):
    """Hears of an answer while it is made. Called in the thread that asks; what it raises ends the answer."""

    def stage(self, stage: Stage, count: int | None = None) -> None:
        """A stage begins."""
        ...

    def sentence(self, sentence: AnswerSentence, citations: tuple[Citation, ...]) -> None:
        """A sentence of the answer, verified, with the citations that were not told before.

        It and its numbers stand in the finished answer as they are told, in this order.
        """
        ...

    def stopped(self) -> bool:
        """Whether the asker does not want the answer any more; asked often, so quick."""
        ...


class Hearing:
    """What a listener was told of one answer; no listener is one who hears nothing and never stops it."""

    def __init__(self, listener: AnswerListener | None) -> None:
        self._listener = listener
        self._sentences = 0
        self._numbers: set[int] = set()

    def reach(self, stage: Stage, count: int | None = None) -> None:
        """Begin a stage; raises Stopped where nobody wants its outcome."""
        self.check_wanted()
        if self._listener is not None:
            self._listener.stage(stage, count)

    def check_wanted(self) -> None:
        """Raise Stopped where the asker does not want the answer any more."""
        if self._listener is not None and self._listener.stopped():
            raise Stopped("the asker stopped it")

    def tell(self, sentence: AnswerSentence, citations: Iterable[Citation]) -> None:
        """Tell of the next sentence; of the answer's citations so far those are told that are new."""
        new = tuple(c for c in citations if c.n in sentence.citations and c.n not in self._numbers)
        self._numbers |= {c.n for c in new}
        self._sentences += 1
        if self._listener is not None:
            self._listener.sentence(sentence, new)

    def tell_rest(self, answer: Answer) -> None:
        """Tell of the sentences of a finished answer that were not told while it was made."""
        for sentence in answer.sentences[self._sentences :]:
            self.tell(sentence, answer.citations)
