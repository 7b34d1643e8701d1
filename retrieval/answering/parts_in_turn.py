"""Two questions in one, answered in turn: the second is asked of the first one's articles, where it names nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.answering.conversation.conversation_subject import (
    asks_for_words_of_a_body,
    names_a_role,
    names_something,
)
from retrieval.answering.joining import only_of
from retrieval.answering.questions.asked_for import asked_for
from retrieval.answering.questions.capitals import with_capitals
from retrieval.answering.questions.nationalities import known
from retrieval.schema import Answer, FoundPassage, Question
from retrieval.search.words import content_words, stem, stems

OF_ANOTHER = "The article of the first part does not answer this one, which may be of something else:"

_LACKED = 0.5  # of its words that an article may lack which a part is asked of

Part = tuple[Question, Sequence[FoundPassage]]
Answered = Callable[[Question, Sequence[FoundPassage]], Answer]


def answered_in_turn(sides: Sequence[Answer], parts: Sequence[Part], answered: Answered) -> list[Answer]:
    """`sides`, the answers to all parts, where one that names nothing is asked once more of the first one's articles if
    others answer it; with a note where these alone do."""
    first = sides[0]
    found = [p for _, passages in parts for p in passages if (p.article.collection, p.article.id) in first.cited]
    answers = [first]
    for told, (question, passages) in zip(sides[1:], parts[1:], strict=True):
        theirs = list({(p.article, p.start): p for p in found}.values())
        carries = "?" in question.text.rstrip(" ?")  # the words of the first part: "when did he lose it? what job …"
        if first.abstained or not theirs or carries or _names(question.text, passages):
            answers.append(told)
            continue
        if not told.abstained and not set(told.cited) & set(first.cited):
            may = asks_for_words_of_a_body(question.text) or _may_tell(question.text, theirs)
            there = answered(replace(question, articles=first.cited), theirs) if may else told
            kept = None if there.abstained else only_of(there, first.cited)
            told = kept or replace(told, notes=(*told.notes, f"{OF_ANOTHER} {question.text}"))
        answers.append(replace(told, question=question))
    return answers


def _names(text: str, passages: Sequence[FoundPassage]) -> bool:
    """Whether a part names something itself, without capitals, too."""
    written = with_capitals(text, [p.text for p in passages[:3]])
    pairs = zip(text.split(), written.split(), strict=True)
    return names_something(text) or (
        names_something(written) and not all(names_a_role(old) for old, new in pairs if old != new)
    )


def _may_tell(text: str, passages: Sequence[FoundPassage]) -> bool:
    """Whether passages have enough of what a part asks about."""
    told = stems(" ".join(p.text for p in passages))
    asked = [stem(word) for word in content_words(asked_for(text).about)]
    return sum(not known(word, told) for word in asked) <= _LACKED * len(asked)
