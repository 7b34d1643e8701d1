"""The seam between what was found and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from retrieval.answering.extractive import Part
from retrieval.schema import Answer, FoundPassage, Question


class Answerer(Protocol):
    """Answers a question from found passages, or abstains.

    `parts` are the questions that it is made of, each with what was found for it.
    """

    def answer(self, question: Question, passages: Sequence[FoundPassage], parts: Sequence[Part] = ()) -> Answer: ...

    def close(self) -> None: ...
