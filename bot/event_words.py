"""What is said of events, in the terminal as in Discord."""

from __future__ import annotations

from retrieval.answering.what_happened.dated_sentences import INFERRED
from retrieval.answering.what_happened.events import NOTHING_DATED
from retrieval.schema import EventStatus
from retrieval.search.found_events import EventsFound, FoundEvent, ReportedEvent
from retrieval.search.revising import revision
from retrieval.search.wording import written

__all__ = ["INFERRED", "dated", "nothing_found", "reported_by", "said_of"]


def dated(report: ReportedEvent) -> str:
    """When it happened, as far as the article says: "22 October 2016", starred where that is inferred."""
    day = written(report.when)
    if report.expression is None:
        return f"{day} (when this was published)"
    return f"{day}*" if report.inferred and (report.when.first or report.when.last) else day


def said_of(event: FoundEvent) -> str:
    """What the articles say became of it, empty where it happened."""
    said = {
        EventStatus.HAPPENED: "",
        EventStatus.SCHEDULED: "scheduled, as the article tells it",
        EventStatus.HYPOTHETICAL: "possible",
        EventStatus.DENIED: "did not happen, or was called off",
    }[event.status]
    if event.revised_by is not None:
        said = f"{said}; {revision(event.revised_by)}".removeprefix("; ")
    return said


def reported_by(event: FoundEvent) -> str:
    """That further articles report it too."""
    others = len(event.reports) - 1
    return f" · and {others} more article{'s' if others > 1 else ''}" if others else ""


def nothing_found(found: EventsFound) -> str:
    """That there is nothing, in one sentence."""
    if found.query.is_dated:
        return f"{NOTHING_DATED}."
    return "The articles tell of no such events."
