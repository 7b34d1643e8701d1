"""One happening reported by several articles is one event."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from datetime import date

from retrieval.annotation.time.lexicon import word_set
from retrieval.schema import EventStatus
from retrieval.search.found_events import FoundEvent, ReportedEvent
from retrieval.search.words import content_words, stem

_ALIKE = 0.5  # of the words of the shorter report stand in the other
_SHARED = 3  # words at least; of one story, or of reports that say just the same, fewer
_SHARED_IN_STORY = 2
_CALENDAR = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december jan feb mar apr jun jul aug sep sept oct nov dec today yesterday tomorrow"
    " week month year day"
)


def merge(reports: Iterable[ReportedEvent]) -> list[FoundEvent]:
    """Reports of the same happening together: the same days and similar words, or overlapping clauses of one article.

    The newest report says whether it happened; the oldest that says so is shown. Order: by the first report of each.
    """
    groups: list[tuple[list[ReportedEvent], list[frozenset[str]]]] = []
    by_days: dict[tuple[date | None, date | None, str], list[int]] = {}
    for report in reports:
        words = telling_words(report)
        when = report.when
        key = (when.first, when.last, "" if when.first or when.last else when.value)
        for place in by_days.setdefault(key, []):
            members, told = groups[place]
            if any(_same(report, words, m, t) for m, t in zip(members, told, strict=True)):
                members.append(report)
                told.append(words)
                break
        else:
            by_days[key].append(len(groups))
            groups.append(([report], [words]))
    return [FoundEvent(_ordered(members)) for members, _ in groups]


def without_repeats(events: Sequence[FoundEvent]) -> list[FoundEvent]:
    """Without the second of two successive days of one clause ("it raged on Friday night and Saturday")."""
    seen: dict[tuple[str, str, int, int], date] = {}
    kept = []
    for event in sorted(events, key=lambda e: e.when.first or date.max):
        shown = event.shown
        key = (shown.article.collection, shown.article.id, shown.start, shown.end)
        day = event.when.first
        before = seen.get(key)
        if day is not None:
            seen[key] = day
        if day is None or before is None or (day - before).days > 1:
            kept.append(event)
    return kept


def telling_words(report: ReportedEvent) -> frozenset[str]:
    """The stems that tell what happened, without those of the date."""
    return _telling(report.text)


@functools.lru_cache(maxsize=4_096)
def _telling(text: str) -> frozenset[str]:
    """Reports are compared with one another, each with many."""
    words = (w for w in content_words(text) if w.casefold() not in _CALENDAR and not w.isdigit())
    return frozenset(stem(word) for word in words)


def _same(a: ReportedEvent, a_words: frozenset[str], b: ReportedEvent, b_words: frozenset[str]) -> bool:
    if (a.article.collection, a.article.id) == (b.article.collection, b.article.id):
        return a.start < b.end and b.start < a.end
    if not _agree(a, b):
        return False
    shared = len(a_words & b_words)
    least = _SHARED_IN_STORY if a.story == b.story or a_words == b_words else _SHARED
    return shared >= least and _overlap(a_words, b_words) >= _ALIKE


def _agree(a: ReportedEvent, b: ReportedEvent) -> bool:
    """Whether two reports may be of one happening by what they say became of it: a plan may come about or fall through,
    but what happened did not also not happen."""
    statuses = {a.status, b.status}
    if statuses == {EventStatus.HAPPENED, EventStatus.DENIED}:
        return False
    if len(statuses) == 1 or EventStatus.HYPOTHETICAL in statuses:
        return True
    plan, outcome = (a, b) if a.status is EventStatus.SCHEDULED else (b, a)
    return _published(plan) <= _published(outcome)


def _ordered(members: Sequence[ReportedEvent]) -> tuple[ReportedEvent, ...]:
    """The one to show first, one report for each article."""
    by_age = sorted(members, key=_published)
    status = by_age[-1].status
    shown = next(m for m in by_age if m.status is status)
    seen = {(shown.article.collection, shown.article.id)}
    rest = []
    for member in by_age:
        key = (member.article.collection, member.article.id)
        if key not in seen:
            seen.add(key)
            rest.append(member)
    return (shown, *rest)


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))


def _published(report: ReportedEvent) -> date:
    return report.article.published_on or date.max
