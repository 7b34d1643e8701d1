"""Events as JSON: the machine-readable contract of `events` and `timeline`."""

from __future__ import annotations

from datetime import date
from typing import Any

from retrieval.search.found_events import EventsFound, FoundEvent, ReportedEvent
from retrieval.search.wording import understood

Json = dict[str, Any]


def events_json(found: EventsFound) -> Json:
    """What was understood, and the events; `before` and `after` are the nearest where there are none."""
    query = found.query
    return {
        "understood": {
            "from": _iso(query.first),
            "to": _iso(query.last),
            "about": query.about,
            "any_year": query.any_year,
            "published_from": _iso(query.published.first),
            "published_to": _iso(query.published.last),
            "said": understood(query),
        },
        "events": [_event_json(event) for event in found.events],
        "total": found.total,
        "before": _event_json(found.before) if found.before else None,
        "after": _event_json(found.after) if found.after else None,
        "unread_articles": found.unread,
    }


def _event_json(event: FoundEvent) -> Json:
    shown = event.shown
    article = shown.article
    return {
        "article_ids": [report.article.id for report in event.reports],
        "text": shown.text,
        "start": shown.start,
        "end": shown.end,
        "when": _when_json(shown),
        "status": shown.status.value,
        "published": article.published.isoformat() if article.published else None,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "score": round(event.score, 4),
        "revised_by": _revision_json(event.revised_by),
    }


def _when_json(report: ReportedEvent) -> Json:
    when = report.when
    return {
        "value": when.value,
        "from": _iso(when.first),
        "to": _iso(when.last),
        "granularity": when.granularity.value,
        "text": report.expression,
        "modifier": when.modifier,
        "inferred": report.inferred,
    }


def _revision_json(report: ReportedEvent | None) -> Json | None:
    if report is None:
        return None
    return {
        "article_id": report.article.id,
        "start": report.start,
        "end": report.end,
        "text": report.text,
        "when": _when_json(report),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
