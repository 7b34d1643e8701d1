"""The days on which something was said, as a question names them."""

from __future__ import annotations

from dataclasses import replace

from retrieval.annotation.time import QuestionTime
from retrieval.schema import QuotationQuery
from retrieval.search.words import content_words


def without_days(text: str, time: QuestionTime) -> str:
    """`text` without the phrases that name days."""
    for phrase in sorted(filter(None, (time.phrase, time.published_phrase)), reverse=True):
        text = f"{text[: phrase.start]} {text[phrase.end :]}"
    return " ".join(text.split())


def within_days(query: QuotationQuery, time: QuestionTime) -> QuotationQuery:
    """`query` kept to the days that the question names."""
    first, last = query.first, query.last
    for span in filter(None, (time.span, time.published)):
        first = max(filter(None, (first, span.first)), default=None)
        last = min(filter(None, (last, span.last)), default=None)
    about = query.about if query.about and content_words(query.about) else None
    return replace(query, about=about, first=first, last=last)
