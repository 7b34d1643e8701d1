"""What is read in a text that was published on a Monday."""

from __future__ import annotations

from datetime import date, datetime

from retrieval.annotation.time import tag

MONDAY = date(2016, 10, 31)


def read(text: str, published: date | datetime | None = MONDAY) -> list[tuple[str, str]]:
    """The time expressions of a text, each with its value."""
    return [(text[e.start : e.end], e.value) for e in tag(text, published)]
