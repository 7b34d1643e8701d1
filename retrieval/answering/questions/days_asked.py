"""The days that a question names, which an article published then tells of without naming them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from retrieval.annotation.time import tag_question
from retrieval.schema import ArticleHead, Question
from retrieval.search.words import stems

_LATER = timedelta(days=7)  # after a day by which most of what tells of it is published


@dataclass(frozen=True, slots=True)
class DaysAsked:
    """From when to when what a question asks about is told, and the stems of the words that say so."""

    first: date
    last: date
    words: frozenset[str]


def days_asked(question: Question) -> tuple[DaysAsked, ...]:
    """The days that a question names; none where the asker's own day is unknown."""
    if question.today is None:
        return ()
    text = question.text
    spans = [(e.span, stems(text[e.start : e.end])) for e in tag_question(text, question.today)]
    return tuple(
        DaysAsked(span.first, span.last + _LATER, frozenset(words))
        for span, words in spans
        if span is not None and span.first is not None and span.last is not None
    )


def _told_by(asked: tuple[DaysAsked, ...], published: date | None) -> set[str]:
    """The stems of those words of a question that an article's day of publication stands for."""
    if published is None:
        return set()
    return {word for days in asked if days.first <= published <= days.last for word in days.words}


def known_beside(article: ArticleHead, days: tuple[DaysAsked, ...]) -> set[str]:
    """The stems of what is known of an article beside its text."""
    return stems(f"{article.title} {article.source or ''}") | _told_by(days, article.published_on)
