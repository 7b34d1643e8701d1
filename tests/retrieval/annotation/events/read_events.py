"""The events that are read in a text that was published on a Monday."""

from __future__ import annotations

from datetime import date

from retrieval.annotation.events import EventAnnotator
from retrieval.schema import Article, Event, Stretch

MONDAY = date(2016, 10, 31)
ANNOTATOR = EventAnnotator()


def events(text: str, published: date | None = MONDAY, boilerplate: tuple[Stretch, ...] = ()) -> list[Event]:
    return list(ANNOTATOR.annotate(Article("a", text, "t", published=published, boilerplate=boilerplate)))


def dated(text: str, published: date | None = MONDAY) -> list[tuple[str, str, str]]:
    return [
        (text[e.start : e.end], e.when.value, e.status.value)
        for e in events(text, published)
        if e.expression is not None
    ]
