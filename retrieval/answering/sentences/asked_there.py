"""Questions that an article asks itself: they answer nothing, what follows answers them."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from retrieval.answering.questions.asked_for import asked_for
from retrieval.answering.questions.question_words import QuestionWords
from retrieval.schema import Question
from retrieval.search.words import stems

_ASKS = re.compile(r"[^“”\"]*\?\s*")
_PRONOUN = re.compile(r"\b(?:it|its|they|their|he|his|she|her|this|that)\b", re.IGNORECASE)
_YOU = re.compile(r"\byour?\b", re.IGNORECASE)
_BEFORE = 3  # sentences in which stands what a pronoun means
_LEAST = 0.5  # of the question's words in the article's own question
_HEADING = 200  # characters before a passage in which its heading stands
_FURTHER = 0.5  # of what the sentence before has


def asks(sentence: str) -> bool:
    """Whether a sentence is a question that the article itself asks, no words of somebody."""
    return _ASKS.fullmatch(sentence) is not None


def questions_before(text: str, start: int) -> list[str]:
    """The questions that stand right before a place in an article, in order: a heading may end another passage."""
    found: list[str] = []
    for line in reversed(text[max(0, start - _HEADING) : start].split("\n")):
        if line.strip() and not asks(line.strip()):
            break
        found += [line.strip()] if line.strip() else []
    return found[::-1]


def with_its_question(sentence: str, before: Sequence[str], headed: float) -> str:
    """A sentence with the article's own question right before it, as a model reads them: "The noise." is an answer to
    "Why did you leave?" and to nothing alone. `headed` is how much of what is asked that question has."""
    asked = before[-1] if before and headed >= _LEAST and asks(before[-1]) else ""
    return f"{asked} {sentence}".lstrip()


def headed(
    question: Question, sentences: Sequence[str], words: QuestionWords, you: Set[str] = frozenset()
) -> list[float]:
    """For each sentence how much of `question` the article's own question before it has, in [0, 1].

    Only a question for the same kind of thing counts; of two in a row ("What is Davos? Where is it?") the second takes
    its words from both, and what a pronoun means from the sentences before; "you" is whom `you`, the stems of the
    article's title, names. It halves with each sentence between.
    """
    kind = asked_for(question.text).kind
    found: list[float] = []
    told: set[str] = set()
    near = 0.0
    for i, sentence in enumerate(sentences):
        if not asks(sentence):
            found.append(near)
            near, told = near * _FURTHER, set()
            continue
        near = near if told else 0.0
        told |= stems(" ".join(sentences[max(0, i - _BEFORE) : i + 1]) if _PRONOUN.search(sentence) else sentence)
        share = words.covered(told | you if _YOU.search(sentence) and words.covered(told) else told)
        if share >= _LEAST and asked_for(sentence).kind is kind:
            near = max(near, share)
        found.append(0.0)
    return found
