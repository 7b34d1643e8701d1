"""Answers, passages, articles and status as JSON: the machine-readable contract."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from retrieval.feeds import FeedReport
from retrieval.reports import AddReport
from retrieval.schema import Answer, Article, ArticleHead, Citation, FoundPassage
from retrieval.status import Status
from retrieval.storage.feeds import WatchedFeed
from retrieval.storage.store import Outcome

Json = dict[str, Any]


def dump(value: Json) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=(sys.stdout.encoding or "utf-8").lower() not in ("utf-8", "utf8"))


def answer_json(answer: Answer, given_id: object = None) -> Json:
    """The contract of `ask`; `nearest` are the articles offered with an abstention."""
    return {
        **_identified(given_id),
        "question": answer.question.text,
        "asked": answer.question.asked or answer.question.text,
        "kind": answer.question.kind.value,
        "abstained": answer.abstained,
        "answer": answer.text,
        "sentences": [{"text": s.text, "citations": list(s.citations)} for s in answer.sentences],
        "citations": [_citation_json(c) for c in answer.citations],
        "nearest": [_citation_json(c) for c in answer.nearest],
        "notes": list(answer.notes),
        "origin": answer.origin.value,
        "left_out": [
            {"text": item.text, "why": list(item.reasons), "instead": item.instead} for item in answer.left_out
        ],
        "usage": asdict(answer.usage) if answer.usage is not None else None,
        "seconds": round(answer.seconds, 4),
    }


def passages_json(question: str, passages: Sequence[FoundPassage], given_id: object = None) -> Json:
    """The contract of `search`."""
    return {
        **_identified(given_id),
        "question": question,
        "passages": [
            {
                **head_json(p.article),
                "start": p.start,
                "end": p.end,
                "text": p.text,
                "score": p.score,
            }
            for p in passages
        ],
    }


def error_json(message: str, given_id: object = None) -> Json:
    """A line of `--jsonl` that could not be answered."""
    return {**_identified(given_id), "error": message}


def head_json(head: ArticleHead) -> Json:
    """What is known of an article."""
    return {
        "article_id": head.id,
        "title": head.title,
        "source": head.source,
        "published": head.published.isoformat() if head.published else None,
        "url": head.url,
    }


def articles_json(heads: Sequence[ArticleHead]) -> Json:
    """The contract of `articles`."""
    return {
        "articles": [
            {**head_json(h), "authors": list(h.authors), "origin": h.origin, "revision": h.revision} for h in heads
        ]
    }


def article_json(
    head: ArticleHead, article: Article, stretch: tuple[int, int] | None, alike: Sequence[ArticleHead]
) -> Json:
    """The contract of `show`: the whole text, and the stretch asked for."""
    start, end = stretch or (0, len(article.text))
    return {
        **head_json(head),
        "authors": list(head.authors),
        "origin": head.origin,
        "revision": head.revision,
        "told_alike": [h.id for h in alike],
        "article_text": article.text,
        "boilerplate": [list(s) for s in article.boilerplate],
        "start": start,
        "end": end,
        "text": article.text[start:end],
    }


def report_json(report: AddReport) -> Json:
    """What became of what was added."""
    return {
        **{outcome.value.replace(" ", "_"): report.count(outcome) for outcome in Outcome},
        "removed": report.removed,
        "left_out": [str(error) for error in report.unreadable],
        "went_in": report.went_in,
        "gone": report.gone,
        "notes": report.notes,
    }


def feeds_json(feeds: Sequence[WatchedFeed]) -> Json:
    """The contract of `feeds`."""
    return {"feeds": [_feed_json(feed) for feed in feeds]}


def poll_json(reports: Sequence[FeedReport]) -> Json:
    """The contract of `poll`."""
    return {
        "feeds": [
            {"url": r.feed.url, "title": r.feed.title, **report_json(r.report), "failed": r.failed, "dead": r.dead}
            for r in reports
        ]
    }


def _feed_json(feed: WatchedFeed) -> Json:
    return {
        "url": feed.url,
        "title": feed.title,
        "collection": feed.collection,
        "watched_at": feed.watched_at.isoformat(),
        "polled_at": feed.polled_at.isoformat() if feed.polled_at else None,
        "due_at": feed.due_at.isoformat(),
        "failures": feed.failures,
        "error": feed.error,
        "dead": feed.dead,
    }


def status_json(status: Status) -> Json:
    """The contract of `status`."""
    return asdict(status)


def _citation_json(c: Citation) -> Json:
    return {
        "n": c.n,
        **head_json(c.article),
        "start": c.start,
        "end": c.end,
        "text": c.text,
        "link": c.link,
        "page": c.page,
    }


def _identified(given_id: object) -> Json:
    return {} if given_id is None else {"id": given_id}
