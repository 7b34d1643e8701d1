"""A question on its way through the pipeline, and the stages that it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.answering.extractive import Part
from retrieval.answering.listening import Hearing
from retrieval.answering.writing.metering import Meter
from retrieval.answering.writing.written import WrittenAnswerer
from retrieval.schema import Answer, ArticleHead, FoundPassage, Question

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable


Search = Callable[[Question, int], Sequence[FoundPassage]]
"""At most so many passages for a question, best first."""

HeadsOf = Callable[[Sequence[tuple[str, str]]], Sequence[ArticleHead]]
"""The articles of given collections and ids; those that are gone are left out."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question on its way; each stage adds what it is named for."""

    question: Question
    hearing: Hearing
    asker: str | None = None
    writer: WrittenAnswerer | None = None
    parts: tuple[Question, ...] = ()
    passages: tuple[FoundPassage, ...] = ()
    found: tuple[Part, ...] = ()
    answer: Answer | None = None
    meter: Meter | None = None
    from_passages: bool = False  # the answer, which a language model may therefore write


def given(done: Asking) -> Answer | None:
    """The answer, where there is one and it is no abstention."""
    return None if done.answer is None or done.answer.abstained else done.answer


def stage(step: Callable[[Asking], Asking]) -> Runnable[Asking, Asking]:
    """A step as a runnable of its name."""
    from langchain_core.runnables import RunnableLambda

    return RunnableLambda(step, name=step.__name__.strip("_"))
