"""What a later article says otherwise: a plan put off or called off, a day corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from retrieval.annotation.events.corrections import is_correction
from retrieval.annotation.time.lexicon import SAYING
from retrieval.schema import EventStatus, Granularity, TimeSpan
from retrieval.search.found_events import FoundEvent, ReportedEvent
from retrieval.search.merging import telling_words
from retrieval.search.wording import written
from retrieval.search.words import stems

_SAME = 0.6  # of the words that tell of the plan stand in the later report
_SHARED = 3  # words at least; where the later report says that a day was moved, fewer
_SHARED_WHERE_MOVED = 2
_COMPOUND = 5  # letters of a word that is also found as the end of a longer one: "bridge" in "footbridge"
_SAID_BEFORE = 6  # words from a verb of saying to the date it has: "said the council in a statement on —"
_TO_WHOM = re.compile(r"\bto\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*")  # "confirmed to The Post on —"
_OF_WHAT_IS_SAID = frozenset(("that", "to", "would", "will", "is", "are", "was", "were", "has", "have", "had"))
_SOON = 45  # days after the day planned by which its being moved is told

_MOVED = re.compile(
    r"\b(?:postpon\w+|delay\w*|defer(?:red|s|ring)?|reschedul\w+|adjourn\w*|slipp?(?:ed|s|ing)?"
    r"|(?:push(?:ed|es|ing)?|put(?:s|ting)?|set|mov(?:ed|es|ing)?|brought|bring(?:s|ing)?|held|shift(?:ed|s|ing)?)"
    r"\s+(?:[\w-]+\s+){0,3}?(?:back|off|forward|ahead|up|to|until|till|over)|new (?:date|day|time)|later than planned"
    r"|earlier than planned|instead)\b",
    re.IGNORECASE,
)


def revised(events: Sequence[FoundEvent], others: Iterable[ReportedEvent] = ()) -> list[FoundEvent]:
    """`events`, each with the newest report that says otherwise, from among themselves or `others`.

    A later article may give another day for a plan, or say that it is off; a correction may take a day back. One that
    gives another day comes before one that only denies.
    """
    reports = [*(event.shown for event in events), *others]
    corrections = [report for report in reports if is_correction(report.text)]
    marked = []
    for event in events:
        among = reports if event.shown.status is EventStatus.SCHEDULED else corrections  # what happened is not put off
        later = [r for r in among if r is not event.shown and supersedes(r, event.shown)]
        best = max(later, key=_weight, default=None)
        marked.append(replace(event, revised_by=best) if best is not None else event)
    return marked


def revision(report: ReportedEvent) -> str:
    """What a later report says of a happening, in words."""
    if report.status is not EventStatus.DENIED:
        return f"later given as {written(report.when)}"
    return "later corrected" if is_correction(report.text) else "later said not to be"


def supersedes(later: ReportedEvent, plan: ReportedEvent) -> bool:
    """Whether `later` says of the happening in `plan` that it is of another day, or not to be."""
    # Of thousands of pairs that are compared, next to none get past what is known at once.
    if later.status is EventStatus.HYPOTHETICAL or not _is_newer(later, plan, same_day=True):
        return False
    if (later.article.collection, later.article.id) == (plan.article.collection, plan.article.id):
        return False
    corrects = is_correction(later.text)
    if not corrects and (plan.status is not EventStatus.SCHEDULED or not _is_newer(later, plan, same_day=False)):
        return False
    if later.status is EventStatus.DENIED:
        return (
            (plan.status is EventStatus.SCHEDULED or (corrects and plan.status is EventStatus.HAPPENED))
            and _holds(later.when, plan.when)
            and _alike(plan, later, _SHARED_WHERE_MOVED)
        )
    if not _apart(plan.when, later.when):
        return False
    if corrects:
        return plan.status is not EventStatus.DENIED and _alike(plan, later, _SHARED_WHERE_MOVED)
    return plan.status is EventStatus.SCHEDULED and not is_of_saying(later) and _is_moved(later, plan)


def is_of_saying(report: ReportedEvent) -> bool:
    """Whether the date is that on which something was said: "It is put off, the council said on Friday"."""
    if report.expression_at is None:
        return False
    told = _TO_WHOM.sub(" ", report.text[: max(0, report.expression_at.start - report.start)])
    before = told.casefold().split()
    said = max((i for i, word in enumerate(before) if word in SAYING), default=None)
    if said is None:
        return False
    between = before[said + 1 :]
    return len(between) <= _SAID_BEFORE and not _OF_WHAT_IS_SAID & set(between)


def _is_moved(later: ReportedEvent, plan: ReportedEvent) -> bool:
    a, b = plan.when, later.when
    published = later.article.published_on
    begins, moved_to = a.first or a.last, b.first or b.last  # "until 15 September" has only an end
    if begins is None or moved_to is None or published is None:
        return False
    if Granularity.YEAR in (a.granularity, b.granularity):
        return False
    last = a.last or begins
    if _MOVED.search(later.text) or _MOVED.search(later.article.title):
        return (published - last).days <= _SOON and _alike(plan, later, _SHARED_WHERE_MOVED)
    # Without a word of it being moved, "the council meets on 9 April" tells of the next meeting.
    return published <= begins < moved_to and _alike(plan, later, _SHARED, titled=False)


def _alike(plan: ReportedEvent, later: ReportedEvent, least: int, *, titled: bool = True) -> bool:
    """Whether the later report tells of the same thing, by the words of the shorter one."""
    wanted, told = telling_words(plan), telling_words(later)
    around = told | stems(later.article.title) if titled else told
    shared = sum(_stands_in(word, around) for word in wanted)
    if not any(_stands_in(word, told) for word in wanted):
        return False  # the title alone does not say which of its events is meant
    return shared >= least and shared >= _SAME * (len(wanted) if titled else min(len(wanted), len(told)))


def _stands_in(word: str, words: frozenset[str] | set[str]) -> bool:
    return word in words or (len(word) >= _COMPOUND and any(other.endswith(word) for other in words))


def _holds(outer: TimeSpan, inner: TimeSpan) -> bool:
    if outer.first is None or outer.last is None or inner.first is None or inner.last is None:
        return False
    return outer.first <= inner.first and inner.last <= outer.last


def _apart(one: TimeSpan, other: TimeSpan) -> bool:
    if one.first is None and other.first is None:
        return None not in (one.last, other.last) and one.last != other.last
    if one.first is None or other.first is None:
        return False
    return (one.last or one.first) < other.first or (other.last or other.first) < one.first


def _is_newer(later: ReportedEvent, plan: ReportedEvent, *, same_day: bool) -> bool:
    before, after = plan.article.published_on, later.article.published_on
    return before is not None and after is not None and (before < after or (same_day and before == after))


def _weight(report: ReportedEvent) -> tuple[bool, bool, date]:
    published = report.article.published_on or date.min
    return (report.status is not EventStatus.DENIED, _MOVED.search(report.text) is not None, published)
