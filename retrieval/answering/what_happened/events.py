"""Answers about what happened when: the articles' own clauses in order of time, each with its date and source."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from retrieval.annotation.time import QuestionTime, window_of
from retrieval.answering.questions.event_forms import Asked, Form, asked_of_events, happening_asked_for, tell_no_day
from retrieval.answering.sentences.answer_judge import Judge
from retrieval.answering.what_happened.comparing_days import conclusion, counted_from, order
from retrieval.answering.what_happened.dated_sentences import (
    TextOf,
    date_of,
    dated_sentence,
    notes_on,
    remark,
    repeats,
)
from retrieval.answering.what_happened.happenings import (
    Happening,
    Happenings,
    Match,
    only_meant,
    shown_first,
    thing_asked_for,
)
from retrieval.answering.what_happened.report_sentences import held_to_answer
from retrieval.schema import (
    Answer,
    AnswerOrigin,
    AnswerSentence,
    Citation,
    EventStatus,
    Question,
    QuestionKind,
    TimeSpan,
    Window,
)
from retrieval.search.event_questions import leaves_year_open
from retrieval.search.events import EventSearch
from retrieval.search.found_events import EventQuery, EventsFound, FoundEvent, ReportedEvent
from retrieval.search.verb_forms import asked_stems, told_stems
from retrieval.search.wording import understood, written

_SHOWN = 6
_SHOWN_OF_TIMELINE = 14
_SHOWN_DATES = 4  # for one happening that was asked for
_SOURCES = 3  # cited for one happening that was asked for
_TOLD = 0.5  # of the words asked for stand in the clause whose date is shown
_WITHIN = 0.5  # of its days lie in those asked for

_NEWS_OF = timedelta(days=6)  # before the last day on which anything was reported

_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")  # somebody's words on it, no report

NOTHING_DATED = "Nothing in the articles is dated then"
_NOT_SURE = "The articles do not date both closely enough to say more."


class EventAnswerer:
    """Answers what the events can answer. Safe to use from several threads."""

    def __init__(
        self, events: EventSearch, text_of: TextOf, today: Callable[[], date], judge: Judge | None = None
    ) -> None:
        self._events, self._text_of, self._today, self._judge = events, text_of, today, judge
        self._happenings = Happenings(events, text_of)

    def answer(self, question: Question) -> Answer | None:
        """The events asked for, or that there are none with the nearest; None where the question is of another kind."""
        if question.kind in (QuestionKind.WHO_SAID, QuestionKind.HELP):
            return None
        time = window_of(question.text, question.today or self._today())
        asked = asked_of_events(question.text, time)
        if asked is None:
            return None
        whole, question = question, replace(question, kind=QuestionKind.WHEN, topic=asked.topic or question.topic)
        if asked.two is not None:
            return self._compare(question, asked, asked.two)
        if asked.form is Form.WHEN:
            return self._when(question, asked, time, whole)
        if asked.form is Form.NEWS:
            return self._news(question, asked)
        if asked.form is Form.BEFELL:
            return self._befell(question, asked)
        anchor = None
        if time.event is not None and time.span is None:
            phrase = question.text[time.event.start : time.event.end]
            anchor = next(iter(self._happenings.named(phrase, question)), None)
            span = counted_from(anchor.report.when, time) if anchor is not None else None
            if anchor is None or span is None:
                return None
            time = replace(time, span=span)
            if asked.topic is None and time.offset is None:
                # "Since the summit" in a collection of all sorts: what has to do with it, where there is any.
                about = self._list(question, self._find(question, replace(asked, topic=phrase), time), anchor)
                if about is not None:
                    return about
        found = self._find(question, asked, time)
        listed = self._list(question, found, anchor, every_day=asked.form is Form.TIMELINE)
        if listed is not None:
            return listed
        if asked.topic is not None and time.span is None and anchor is None:
            return None  # "What will happen to the pier?" may be told without a day
        return self._nothing(question, found, anchor) if found.before or found.after or not found.query.about else None

    def asks_for_all(self, question: Question) -> bool:
        """Whether a question asks for the news, a time line, what is ahead: for all events of some topic or time."""
        asked = asked_of_events(question.text, window_of(question.text, question.today or self._today()))
        return asked is not None and asked.two is None and asked.form is not Form.WHEN

    def dated(self, answer: Answer) -> Answer:
        """An answer in the articles' own words to a question for a day, with the days that its sentences name."""
        what = happening_asked_for(answer.question.text)
        if what is None or answer.abstained or answer.origin is not AnswerOrigin.EXTRACTIVE:
            return answer
        thing = thing_asked_for(answer.question.text, what)
        cited = {c.n: c for c in answer.citations}
        shown = tuple(
            replace(s, text=f"{day} {s.text}")
            if (day := self._day_of(cited[s.citations[0]], what, thing)) and day not in s.text
            else s
            for s in answer.sentences
        )
        return replace(answer, sentences=shown, notes=(*answer.notes, *notes_on(shown)))

    def _day_of(self, citation: Citation, what: str, thing: str) -> str | None:
        """The day of what was asked for, as far as a cited sentence names one day, and the thing asked for (a stem)."""
        plain, names = asked_stems(what)
        held = [
            r
            for r in self._events.of_article(citation.article)
            if r.expression_at is not None and citation.start <= r.expression_at.start < citation.end
        ]
        words = plain | names
        done = plain - only_meant(what)
        held = [r for r in held if not plain or plain & told_stems(r.text)]
        held = [r for r in held if not self._happenings.is_of_other_day(r, plain, done, what)]
        shares = [len(words & told_stems(r.text)) / max(1, len(words)) for r in held]
        best = max(shares, default=0.0)
        if thing and not any(thing in told_stems(r.text) for r in held):
            return None  # the day of a deposition is not that of the trial
        told = [r for r, share in zip(held, shares, strict=True) if share == best]
        if best < _TOLD or len({r.when.value for r in told}) > 1:
            return None
        return date_of(told[0], remark(FoundEvent((told[0],))))

    def _find(self, question: Question, asked: Asked, time: QuestionTime) -> EventsFound:
        wanted = _SHOWN_OF_TIMELINE if asked.form is Form.TIMELINE else _SHOWN
        return self._events.search(self._query(question, asked, time), question.collections, wanted)

    def _query(self, question: Question, asked: Asked, time: QuestionTime) -> EventQuery:
        span = time.span
        first, last = (span.first, span.last) if span else (None, None)
        statuses: frozenset[EventStatus] = frozenset()
        if asked.form is Form.AHEAD:
            statuses = frozenset((EventStatus.SCHEDULED, EventStatus.HYPOTHETICAL))
            if span is None and not _tells_of_past(question.text):
                first = question.today or self._today()
        elif asked.form is Form.HAPPENED and last is None and first is not None and _tells_of_past(question.text):
            last = max(first, question.today or self._today())  # what is planned has not happened
        phrase = time.phrase
        year_open = (
            time.event is None and phrase is not None and leaves_year_open(question.text[phrase.start : phrase.end])
        )
        return EventQuery(
            first=first,
            last=last,
            about=asked.topic,
            published=_both(question.window, time.published),
            year_open=year_open,
            statuses=statuses,
        )

    def _list(
        self, question: Question, found: EventsFound, anchor: Happening | None, *, every_day: bool = False
    ) -> Answer | None:
        """The events in order of time; a sentence that names several days once, unless `every_day` is asked for."""
        if not found.events:
            return None
        within = [e for e in found.events if e.fits >= _WITHIN] or list(found.events)
        repeated = [] if every_day else repeats(within, self._text_of)
        within = [e for e in within if e not in repeated]
        citations: list[Citation] = []
        shown: list[AnswerSentence] = []
        for event in within:
            sentence = dated_sentence(event, citations, self._text_of)
            again = event.shown.expression is None and any(_holds(c, citations[-1]) for c in citations[:-1])
            if again or any(sentence.text == other.text for other in shown):
                citations.pop()
            else:
                shown.append(sentence)
        notes = [self._understood(found, anchor), *notes_on(tuple(shown))]
        if found.query.is_dated and all(e.fits < _WITHIN for e in within):
            notes.append("Nothing is dated to just these days; what is shown is dated less closely.")
        if (total := found.total - len(repeated)) > len(within):
            notes.append(f"{len(shown)} of {total} events are shown.")
        return Answer(question, tuple(shown), tuple(citations), notes=tuple(notes))

    def _understood(self, found: EventsFound, anchor: Happening | None) -> str:
        said = f"Understood as: {understood(found.query)}."
        if anchor is None:
            return said
        return f"{said} Counted from {written(anchor.report.when)}: “{_shortened(anchor.report.text)}”"

    def _nothing(self, question: Question, found: EventsFound, anchor: Happening | None) -> Answer:
        nearest: list[Citation] = []
        sides = []
        for side, event in (("before", found.before), ("after", found.after)):
            if event is not None:
                dated_sentence(event, nearest, self._text_of)
                sides.append(f"the nearest {side} is of {written(event.when)} [{len(nearest)}]")
        reason = "; ".join([NOTHING_DATED, " and ".join(sides)]) if sides else NOTHING_DATED
        notes = (self._understood(found, anchor),)
        return Answer(
            question, (), (), abstained=True, reason=f"{reason}.", nearest=tuple(nearest), notes=notes
        )  # fmt: skip

    def _news(self, question: Question, asked: Asked) -> Answer | None:
        """What the newest articles tell, of a topic those of the last day on which it was reported."""
        query = EventQuery(about=asked.topic, published=question.window)
        newest = self._events.last_reported(query, question.collections)
        if newest is None:
            return None
        first = newest if asked.topic else newest - _NEWS_OF
        published = Window(max(first, question.window.first or first), newest, question.window.source)
        found = self._events.search(replace(query, published=published), question.collections, _SHOWN)
        return self._list(question, found, None)

    def _befell(self, question: Question, asked: Asked) -> Answer | None:
        """What happened to something, in order of time: the clauses that name it; None where there are none."""
        assert asked.topic is not None
        _, names = asked_stems(asked.topic)
        query = EventQuery(about=asked.topic, published=question.window, statuses=frozenset((EventStatus.HAPPENED,)))
        found = self._events.search(query, question.collections, 4 * _SHOWN)
        told = [e for e in found.events if names <= told_stems(e.shown.text) and not _FIRST_PERSON.search(e.shown.text)]
        best = sorted(told, key=lambda e: -e.score)[:_SHOWN]
        return self._list(question, replace(found, events=tuple(e for e in told if e in best), total=len(told)), None)

    def _when(self, question: Question, asked: Asked, time: QuestionTime, entire: Question) -> Answer | None:
        """The days of one happening, each with its sources; None where no event answers to its name."""
        assert asked.topic is not None
        named = self._happenings.named(asked.topic, question, days=time.span, superseded=True, asked=entire)
        found = named[:_SHOWN_DATES]
        if self._judge is not None:
            told = held_to_answer(self._judge, entire, [h.report for h in found], self._text_of)
            found = [h for h, answers in zip(found, told, strict=True) if answers]
        if all(h.event.status in tell_no_day(question.text) for h in found):
            return None  # when it did not happen is no answer; the passages may have one
        citations: list[Citation] = []
        shown: list[AnswerSentence] = []
        for h in sorted(found, key=lambda h: (h.event.revised_by is not None, _first_day(h.report))):
            newer = h.event.revised_by
            if newer is not None and all(_key(newer) != _key(o.report) for o in found):
                shown.append(dated_sentence(FoundEvent((newer,)), citations, self._text_of))
            whole = h.match < Match.CLAUSE
            shown.append(dated_sentence(shown_first(h), citations, self._text_of, whole=whole, others=_SOURCES - 1))
        return Answer(question, tuple(shown), tuple(citations), notes=notes_on(tuple(shown)))

    def _compare(self, question: Question, asked: Asked, two: tuple[str, str]) -> Answer | None:
        """Both dates with their sources, and only then the conclusion, where one follows."""
        firsts = self._dated(two[0], question, None)
        seconds = self._dated(two[1], question, firsts[0].report if firsts else None)
        if bool(firsts) is not bool(seconds) and asked.form is not Form.IN_ORDER:
            return self._one_side(question, firsts or seconds, two[1] if firsts else two[0])
        if not firsts or not seconds or {_key(h.report) for h in firsts} & {_key(h.report) for h in seconds}:
            return None
        orders = {order(a.report.when, b.report.when) for a in firsts for b in seconds}
        several = len(_days(firsts)) > 1 or len(_days(seconds)) > 1
        if several and (None in orders or len(orders) > 1 or asked.form is Form.HOW_LONG):
            return None  # which of them is meant decides the answer
        first, second = (min(found, key=lambda h: _first_day(h.report)) for found in (firsts, seconds))
        came_first = order(first.report.when, second.report.when)
        early, late = (second, first) if came_first == 1 else (first, second)
        after = conclusion(asked, came_first, early, late)
        citations: list[Citation] = []
        shown = (
            dated_sentence(shown_first(early), citations, self._text_of, whole=early.match < Match.CLAUSE),
            dated_sentence(shown_first(late), citations, self._text_of, whole=late.match < Match.CLAUSE, after=after),
        )
        notes = notes_on(shown) if came_first is not None else (*notes_on(shown), _NOT_SURE)
        return Answer(question, shown, tuple(citations), notes=notes)

    def _one_side(self, question: Question, dated: list[Happening], other: str) -> Answer:
        """The date of the one happening that is found, and that the other is not."""
        citations: list[Citation] = []
        first = min(dated, key=lambda h: _first_day(h.report))
        whole = first.match < Match.CLAUSE
        shown = (dated_sentence(shown_first(first), citations, self._text_of, whole=whole),)
        notes = (*notes_on(shown), f"No date was found for “{_shortened(other)}”, so the two cannot be compared.")
        return Answer(question, shown, tuple(citations), notes=notes)

    def _dated(self, phrase: str, question: Question, beside: ReportedEvent | None) -> list[Happening]:
        """The events that a phrase surely names, with known days."""
        return [
            h
            for h in self._happenings.named(phrase, question, beside=beside, planned=True)
            if h.event.status in (EventStatus.HAPPENED, EventStatus.SCHEDULED)
            and h.match >= Match.SENTENCE
            and self._happenings.is_told(h, phrase)
            and h.report.when.first is not None
            and h.report.when.last is not None
        ]


def _holds(one: Citation, other: Citation) -> bool:
    return (one.article.id, one.article.collection) == (other.article.id, other.article.collection) and (
        one.start <= other.start and other.end <= one.end
    )


def _days(found: list[Happening]) -> set[tuple[date | None, date | None]]:
    return {(h.report.when.first, h.report.when.last) for h in found}


def _key(report: ReportedEvent) -> tuple[str, str, int, str]:
    return (report.article.collection, report.article.id, report.start, report.when.value)


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 120 else f"{flat[:117].rsplit(' ', 1)[0]} …"


def _both(window: Window, published: TimeSpan | None) -> Window:
    """The window of publication of the options, and within it the one that the question names."""
    if published is None:
        return window
    firsts = [day for day in (window.first, published.first) if day]
    lasts = [day for day in (window.last, published.last) if day]
    return Window(max(firsts, default=None), min(lasts, default=None), window.source)


def _tells_of_past(text: str) -> bool:
    past = ("was", "were", "had", "happened", "occurred", "took", "went")
    return any(word in past for word in text.casefold().split())


def _first_day(report: ReportedEvent) -> date:
    return report.when.first or report.when.last or date.max
