"""Asks a library labelled questions, and keeps what it found and answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.evaluation.labelled import Labelled
from retrieval.schema import Answer, FoundPassage

_DEPTH = 10  # passages that are searched for

Ask = Callable[[str], Answer]
Search = Callable[[str, int], Sequence[FoundPassage]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    ``found`` tells of the articles that search ranks, best first, each once, whether one is expected; ``seconds`` is
    how long the answer took.
    """

    labelled: Labelled
    found: tuple[bool, ...]
    answer: Answer
    seconds: float


def ask_all(questions: Iterable[Labelled], ask: Ask, search: Search) -> Iterator[Outcome]:
    """Ask one question after the other."""
    for labelled in questions:
        found = _found(labelled, search(labelled.question, _DEPTH)) if labelled.answerable else ()
        began = time.perf_counter()
        answer = ask(labelled.question)
        yield Outcome(labelled, found, answer, time.perf_counter() - began)


def is_expected(labelled: Labelled, article_id: str, text: str) -> bool:
    """Whether an article answers by its id; where no ids are given, whether a text holds what is expected."""
    if labelled.articles:
        return article_id in labelled.articles
    return all(holds(text, expected) for expected in labelled.expected)


def holds(text: str, expected: str) -> bool:
    """Whether a text holds an expected string, white space and the case of letters aside."""
    return " ".join(expected.split()).casefold() in " ".join(text.split()).casefold()


def _found(labelled: Labelled, passages: Sequence[FoundPassage]) -> tuple[bool, ...]:
    ranked: dict[str, bool] = {}
    for passage in passages:
        hit = is_expected(labelled, passage.article.id, passage.text)
        ranked[passage.article.id] = ranked.get(passage.article.id, False) or hit
    return tuple(ranked.values())
