"""Events as articles of an invented place tell them, for the tests."""

from __future__ import annotations

from datetime import date

from retrieval.schema import ArticleHead, EventStatus, Granularity, TimeSpan
from retrieval.search.found_events import EventQuery, EventsFound, FoundEvent, ReportedEvent


def span(first: date | None, last: date | None = None, **changes: object) -> TimeSpan:
    """A day, or the days from `first` to `last`."""
    values: dict[str, object] = {
        "first": first,
        "last": last or first,
        "granularity": Granularity.RANGE if last and last != first else Granularity.DAY,
        "value": first.isoformat() if first else "",
    }
    return TimeSpan(**(values | changes))  # type: ignore[arg-type]


def report(
    text: str = "The quay at Lowmouth was closed", when: TimeSpan | None = None, **changes: object
) -> ReportedEvent:
    """A report of an article published on 4 March 2026, unless told otherwise."""
    article = str(changes.pop("article", "a"))
    published = changes.pop("published", date(2026, 3, 4))
    head = ArticleHead(
        "operator", article, 1, f"Title of {article}", "Lowmouth Post", published, (),  # type: ignore[arg-type]
        f"https://post.example/{article}", None, 1,
    )  # fmt: skip
    values: dict[str, object] = {
        "article": head, "story": hash(article) % 1000, "start": 0, "end": len(text), "text": text,
        "when": when or span(date(2026, 3, 2)), "status": EventStatus.HAPPENED, "expression": "Monday",
        "inferred": True,
    }  # fmt: skip
    return ReportedEvent(**(values | changes))  # type: ignore[arg-type]


def found(
    *events: FoundEvent | ReportedEvent, query: EventQuery | None = None, total: int | None = None
) -> EventsFound:
    """Events as a search finds them."""
    all_events = tuple(e if isinstance(e, FoundEvent) else FoundEvent((e,), 1.0) for e in events)
    return EventsFound(query or EventQuery(), all_events, len(all_events) if total is None else total)
