"""Answers about what happened when: the articles' own clauses in order of time, each with its date and source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from retrieval.annotation.sentences import sentences
from retrieval.annotation.time import QuestionTime, bounded, window_of
from retrieval.answering.citations import cite
from retrieval.answering.event_forms import Asked, Form, asked_of_events
from retrieval.schema import (
    Answer,
    AnswerSentence,
    ArticleHead,
    Citation,
    EventStatus,
    Question,
    QuestionKind,
    Stretch,
    TimeSpan,
    Window,
)
from retrieval.search.event_questions import leaves_year_open
from retrieval.search.events import EventSearch
from retrieval.search.found_events import EventQuery, EventsFound, FoundEvent, ReportedEvent
from retrieval.search.merging import telling_words
from retrieval.search.revising import revision
from retrieval.search.wording import understood, written
from retrieval.search.words import content_words, stem, stems

_SHOWN = 6
_SHOWN_OF_TIMELINE = 10
_WITHIN = 0.5  # of its days lie in those asked for
_TELLS = 4  # words; a clause with fewer ("a judge ruled on Friday") is shown with its sentence
_LONG = 320  # characters; of a longer sentence only the clause is shown
_CERTAIN = 0.75  # of the words of a happening stand in the report that is taken for it, half of them in the clause
_CONSIDERED = 12  # events that a phrase may name

NOTHING_DATED = "Nothing in the articles is dated then"
INFERRED = "* The article names a weekday, a month or the like; the day follows from when it was published."

TextOf = Callable[[ArticleHead], str]
"""The whole text of the revision a head stands for."""


class EventAnswerer:
    """Answers what the events can answer. Safe to use from several threads."""

    def __init__(self, events: EventSearch, text_of: TextOf, today: Callable[[], date]) -> None:
        self._events, self._text_of, self._today = events, text_of, today

    def answer(self, question: Question) -> Answer | None:
        """The events asked for, or that there are none with the nearest; None where the question is of another kind."""
        if question.kind in (QuestionKind.WHO_SAID, QuestionKind.HELP):
            return None
        time = window_of(question.text, self._today())
        asked = asked_of_events(question.text, time)
        if asked is None:
            return None
        question = replace(question, kind=QuestionKind.WHEN, topic=asked.topic or question.topic)
        if asked.two is not None:
            return self._compare(question, asked, asked.two)
        anchor = None
        if time.event is not None and time.span is None:
            anchor = self._happening(question.text[time.event.start : time.event.end], question)
            if anchor is None or time.relation is None:
                return None
            time = replace(time, span=bounded(anchor.when, time.relation))
        query = self._query(question, asked, time)
        wanted = _SHOWN_OF_TIMELINE if asked.form is Form.TIMELINE else _SHOWN
        found = self._events.search(query, question.collections, wanted)
        if found.events:
            return self._list(question, found, anchor)
        return self._nothing(question, found) if found.before or found.after or not query.about else None

    def _query(self, question: Question, asked: Asked, time: QuestionTime) -> EventQuery:
        span = time.span
        first, last = (span.first, span.last) if span else (None, None)
        statuses: frozenset[EventStatus] = frozenset()
        if asked.form is Form.AHEAD:
            statuses = frozenset((EventStatus.SCHEDULED, EventStatus.HYPOTHETICAL))
            if span is None and not _tells_of_past(question.text):
                first = self._today()
        phrase = time.phrase
        return EventQuery(
            first=first,
            last=last,
            about=asked.topic,
            published=_both(question.window, time.published),
            year_open=phrase is not None and leaves_year_open(question.text[phrase.start : phrase.end]),
            statuses=statuses,
        )

    def _list(self, question: Question, found: EventsFound, anchor: ReportedEvent | None) -> Answer:
        within = [e for e in found.events if e.fits >= _WITHIN] or list(found.events)
        citations: list[Citation] = []
        shown: list[AnswerSentence] = []
        for event in within:
            sentence = self._sentence(event.shown, citations, _remark(event))
            if any(sentence.text == other.text for other in shown):
                citations.pop()
            else:
                shown.append(sentence)
        notes = [f"Understood as: {understood(found.query)}."]
        if anchor is not None:
            notes[0] += f" Counted from {written(anchor.when)}: “{_shortened(anchor.text)}”"
        if any("*]" in s.text or "*," in s.text for s in shown):
            notes.append(INFERRED)
        if found.total > len(within):
            notes.append(f"{len(shown)} of {found.total} events are shown.")
        return Answer(question, tuple(shown), tuple(citations), notes=tuple(notes))

    def _nothing(self, question: Question, found: EventsFound) -> Answer:
        nearest: list[Citation] = []
        sides = []
        for side, event in (("before", found.before), ("after", found.after)):
            if event is not None:
                self._sentence(event.shown, nearest)
                sides.append(f"the nearest {side} is of {written(event.when)} [{len(nearest)}]")
        reason = "; ".join([NOTHING_DATED, " and ".join(sides)]) if sides else NOTHING_DATED
        notes = (f"Understood as: {understood(found.query)}.",)
        return Answer(
            question, (), (), abstained=True, reason=f"{reason}.", nearest=tuple(nearest), notes=notes
        )  # fmt: skip

    def _compare(self, question: Question, asked: Asked, two: tuple[str, str]) -> Answer | None:
        """Both dates with their sources, and only then the conclusion."""
        one, other = (self._happening(phrase, question, certainly=True) for phrase in two)
        if one is None or other is None or (one.article.id, one.start) == (other.article.id, other.start):
            return None
        early, late = sorted((one, other), key=_first_day)
        conclusion = _conclusion(early.when, late.when, asked.form)
        if conclusion is None:
            return None
        citations: list[Citation] = []
        shown = (
            self._sentence(early, citations),
            self._sentence(late, citations, after=conclusion),
        )
        return Answer(question, shown, tuple(citations), notes=(INFERRED,) if any("*" in s.text for s in shown) else ())

    def _happening(self, phrase: str, question: Question, *, certainly: bool = False) -> ReportedEvent | None:
        """The event that a phrase names, None where none is it.

        `certainly`: both its days are known, and no event of other days could be meant as well.
        """
        wanted = {stem(word) for word in content_words(phrase)}
        if not wanted:
            return None
        query = EventQuery(about=phrase, published=question.window)
        found = self._events.search(query, question.collections, _CONSIDERED).events
        able = [
            event.shown
            for event in sorted(found, key=lambda e: -e.score)
            if event.status in (EventStatus.HAPPENED, EventStatus.SCHEDULED) and _tells_of(event.shown, wanted)
        ]
        if not certainly or not able:
            return next(iter(able), None)
        first = able[0]
        if first.when.first is None or first.when.last is None:
            return None
        # One word ("the strike") stands in reports of its beginning, its course and its end.
        if len(wanted) == 1 and any(_apart(first.when, other.when) for other in able):
            return None
        return first

    def _sentence(
        self, report: ReportedEvent, citations: list[Citation], remark: str = "", after: str = ""
    ) -> AnswerSentence:
        """The clause, or its sentence where the clause does not begin it, behind its date; adds the citation."""
        text = self._text_of(report.article)
        stretch = Stretch(report.start, report.end)
        sentence = next((s for s in sentences(text) if s.start <= stretch.start and stretch.end <= s.end), stretch)
        # A clause out of the middle of a sentence may lack who says so.
        partial = sentence.start < stretch.start or len(telling_words(report)) < _TELLS
        if partial and sentence.end - sentence.start <= _LONG:
            stretch = sentence
        citation = cite(len(citations) + 1, report.article, stretch, text)
        citations.append(citation)
        star = "*" if report.inferred and report.expression and (report.when.first or report.when.last) else ""
        when = "published " + written(report.when) if report.expression is None else written(report.when)
        said = f"[{when}{star}{f', {remark}' if remark else ''}] {citation.text}"
        return AnswerSentence(f"{said} [{after}]" if after else said, (citation.n,))


def _remark(event: FoundEvent) -> str:
    said = {
        EventStatus.HAPPENED: "",
        EventStatus.SCHEDULED: "scheduled",
        EventStatus.HYPOTHETICAL: "possible",
        EventStatus.DENIED: "not so",
    }[event.status]
    if event.revised_by is not None:
        said = f"{said}, {revision(event.revised_by)}".removeprefix(", ")
    return said


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 120 else f"{flat[:117].rsplit(' ', 1)[0]} …"


def _tells_of(report: ReportedEvent, wanted: set[str]) -> bool:
    clause = stems(report.text)
    around = clause | stems(report.article.title)
    return len(wanted & around) >= _CERTAIN * len(wanted) and 2 * len(wanted & clause) >= len(wanted)


def _apart(one: TimeSpan, other: TimeSpan) -> bool:
    """Whether two spans have no day in common, as far as is known."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return True
    return one.last < other.first or other.last < one.first


def _conclusion(early: TimeSpan, late: TimeSpan, form: Form) -> str | None:
    """What follows from two dates, in words; None where nothing does."""
    if early.first is None or early.last is None or late.first is None or late.last is None:
        return None
    least, most = (late.first - early.last).days, (late.last - early.first).days
    if (early.first, early.last) == (late.first, late.last):
        return "so both are of the same day" if most == 0 else None
    if least < 0:
        return None  # the days overlap
    days = f"{least} day{'s' if least != 1 else ''}" if least == most else f"{least} to {most} days"
    return f"so this came later, by {days}" if form is Form.WHICH_FIRST else f"so {days} after the first"


def _both(window: Window, published: TimeSpan | None) -> Window:
    """The window of publication of the options, and within it the one that the question names."""
    if published is None:
        return window
    firsts = [day for day in (window.first, published.first) if day]
    lasts = [day for day in (window.last, published.last) if day]
    return Window(max(firsts, default=None), min(lasts, default=None), window.source)


def _tells_of_past(text: str) -> bool:
    return any(word in ("was", "were", "had") for word in text.casefold().split())


def _first_day(report: ReportedEvent) -> date:
    return report.when.first or report.when.last or date.max
