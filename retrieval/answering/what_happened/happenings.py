"""Which event a phrase names: "the crane topple", "the opening of the footbridge"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import partial

from retrieval.annotation.quotations.names import is_body, names_in
from retrieval.annotation.time.lexicon import SAYING
from retrieval.answering.questions.event_forms import asks_when_it_will_be
from retrieval.answering.sentences.contraries import dates_the_contrary
from retrieval.answering.what_happened.days_apart import is_days_apart
from retrieval.answering.what_happened.phrases_told import told_together
from retrieval.answering.what_happened.report_sentences import (
    belongs_to,
    distance,
    is_done_by_another,
    is_long_over,
    is_of_old,
    may_be_of_another,
    sentence_of,
    sentence_text,
)
from retrieval.answering.what_happened.sections import under_another_heading
from retrieval.schema import ArticleHead, EventStatus, Question, Stretch, TimeSpan
from retrieval.search.events import EventSearch
from retrieval.search.found_events import EventQuery, FoundEvent, ReportedEvent
from retrieval.search.revising import is_of_saying
from retrieval.search.verb_forms import asked_stems, is_participle, told_stems
from retrieval.search.words import content_words

TextOf = Callable[[ArticleHead], str]
"""The whole text of the revision a head stands for."""

_CONSIDERED = 24  # events that a phrase may name
_NEAR = 300  # characters on either side of a clause in which its words may stand
_ABOUT = 1_000  # characters before a clause in which somebody may be named
_HALF = 0.5
_AT_LEAST = 2  # words in the clause, where the others are only near
_ALSO = re.compile(r"\W*(?:and|or|then|again)?\W*(?:again\s+)?(?:(?:on|in|at|the|night|of)\s+)*", re.IGNORECASE)
_THE = re.compile(r"^\W*the\s+", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:its?|they|their|he|his|she|her|this|that)\b", re.IGNORECASE)
_ELSEWHEN = re.compile(r"\b(?:after|before|since|until|till|despite|unless|if|than)\b", re.IGNORECASE)
_TO_DO = re.compile(r"\bto\s+(?:\w+ly\s+)?(?P<verb>[a-z]+)")
_TO_COME = re.compile(r"\s+(?:(?:is|are|set|due)\s+)*to\s+(?!(?:the|an?|its?|his|her|their|this|that)\b)[a-z]")
_PREPOSITION = re.compile(r"\s(?:in|of|at|on|for|with|to|from|by|between|near)\s", re.IGNORECASE)
_WHEN_IS = re.compile(r"\W*when(?:['’]s|\s+(?:is|are|was|were))\b", re.IGNORECASE)
_WHEN_DID = re.compile(r"\W*when\s+did\b", re.IGNORECASE)
_WHEN_WILL = re.compile(r"\W*(?:and\s+|so\s+)?when(?:['’](?:s|ll|re)|\s+(?:do|does|will|is|are))\b", re.IGNORECASE)
_OWNER = re.compile(r"\b[\w-]+['’]s\b")
_REMEMBERS = re.compile(
    r"\b(?:commemorat|celebrat|remember|memorial|honou?r|recall|anniversar|mark(?:s|ed|ing)?\b)\w*", re.IGNORECASE
)
_MEANWHILE = re.compile(r"\W*(?:just\s+)?(?:as|when|while|where)\b", re.IGNORECASE)


class Match(IntEnum):
    """Where the words of a phrase stand, best last."""

    NONE = 0
    AROUND = 1  # half of them in the clause, the others near it
    TITLE = 2  # half of them in the clause, the others in the sentence or the title
    SENTENCE = 3
    CLAUSE = 4


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that a phrase names, by the report that names it best."""

    event: FoundEvent
    report: ReportedEvent
    match: Match


class Happenings:
    """Finds the events that phrases name. Safe to use from several threads."""

    def __init__(self, events: EventSearch, text_of: TextOf) -> None:
        self._events, self._text_of = events, text_of

    def named(
        self,
        phrase: str,
        question: Question,
        *,
        days: TimeSpan | None = None,
        beside: ReportedEvent | None = None,
        superseded: bool = False,
        planned: bool = False,
        asked: Question | None = None,
    ) -> list[Happening]:
        """The events that answer to `phrase` equally well, likeliest first; empty where none does.

        `days` bound them; `beside`: a pronoun means something in the same article; `superseded`: with days that
        another of them replaces; `planned`: with plans beside what happened. `asked` is the question where `phrase` is
        all of it.
        """
        plain, names = asked_stems(phrase)
        pronoun = _PRONOUN.match(phrase.strip()) is not None
        if len(plain | names) < (2 if pronoun and beside is None else 1):
            return []
        query = EventQuery(
            first=days.first if days else None,
            last=days.last if days else None,
            about=phrase,
            published=question.window,
            asked=asked,
        )
        found = beside_it = self._events.search(query, question.collections, _CONSIDERED, one=True).events
        if beside is not None and pronoun:
            found = tuple(e for e in found if e.shown.article.id == beside.article.id)
        if not SAYING & set(re.findall(r"[a-z]+", phrase.casefold())):
            # The day on which a plan was announced is not that of the plan.
            found = tuple(e for e in found if not all(is_of_saying(r) for r in e.reports))
        done, whose, thing = plain - only_meant(phrase), _subject(phrase), _thing_of(phrase)
        thing = "" if thing in names else thing  # "the murder of Roe" is what happened to Roe
        of_other = partial(self.is_of_other_day, asked=plain, done=done, phrase=phrase)
        told = ((e, [r for r in e.reports if not (of_other(r) or self._of_another(r, whose))]) for e in found)
        told = ((e, [r for r in reports if not belongs_to(r.text, thing, plain | names)]) for e, reports in told)
        told = (
            (
                e,
                [
                    r
                    for r in reports
                    if not (is_of_old(r) or self._is_to_come(r, question) or _only_remembers(r, plain))
                ],
            )
            for e, reports in told
        )
        found = tuple(replace(e, reports=tuple(reports)) for e, reports in told if reports)
        deed = _thing_of(phrase) if _WHEN_DID.match(question.text) else ""  # the verb, which no title tells the day of
        matched = [self._best(event, plain, names, deed) for event in sorted(found, key=lambda e: -e.score)]
        told_of = [h for h in matched if h.match is not Match.NONE]
        denied = [h for h in told_of if h.event.status is EventStatus.DENIED]
        affirmed = [h for h in told_of if h.event.status is not EventStatus.DENIED]
        affirmed = [h for h in affirmed if not self._nearer(denied, h, plain | names)]
        matched = affirmed or denied or matched
        best = max((h.match for h in matched), default=Match.NONE)
        if best is Match.NONE:
            return []
        nearest = self._nearest([h for h in matched if h.match is best], plain | names)
        events = self._events.revised([h.event for h in nearest], question.collections, beside_it)
        marked = [replace(h, event=event) for h, event in zip(nearest, events, strict=True)]
        current = _current(marked, superseded, planned)
        # Where the words have to be gathered, several days mean that most are of something else.
        unsure = best < Match.SENTENCE and len({(h.report.when.first, h.report.when.last) for h in current}) > 1
        return [] if unsure else current

    def is_told(self, happening: Happening, phrase: str) -> bool:
        """Whether the sentence of a happening tells of what the phrase names, near its date."""
        report = happening.report
        text = self._text_of(report.article)
        sentence = sentence_of(text, report)
        start, end = min(sentence.start, report.start), max(sentence.end, report.end)
        at = report.expression_at
        date = Stretch(at.start - start, at.end - start) if at is not None and start <= at.start < end else None
        return told_together(phrase, text[start:end], date)

    def _is_to_come(self, report: ReportedEvent, question: Question) -> bool:
        """Whether what is dated by its article's own day is only announced there, "Pump room to reopen", or asked about
        as something that is to be: when a film comes out is not when it was reviewed."""
        if report.expression is not None:
            return asks_when_it_will_be(question.text) and is_long_over(report)
        announced = _TO_COME.match(self._text_of(report.article), report.end) is not None
        return announced or _WHEN_WILL.match(question.text) is not None

    def match(self, report: ReportedEvent, plain: frozenset[str], names: frozenset[str], deed: str = "") -> Match:
        """How well a report answers to words in lower case and names, by their stems; `deed` stands in its sentence."""
        text = self._text_of(report.article)
        clause = told_stems(report.text)
        sentence = told_stems(sentence_text(text, report))
        near = told_stems(text[max(0, report.start - _NEAR) : report.end + _NEAR])
        title = told_stems(report.article.title)
        about = title | told_stems(text[max(0, report.start - _ABOUT) : report.end])
        if not plain:
            return Match.CLAUSE if names <= clause else Match.SENTENCE if names <= sentence else Match.NONE
        if not names <= about or under_another_heading(text, report.start, names - sentence):
            return Match.NONE
        if plain <= clause:
            return Match.CLAUSE
        if plain <= sentence and (plain & clause or plain <= self._meanwhile(report)):
            return Match.SENTENCE
        itself = told_stems(_OWNER.sub(" ", report.text))  # "the mill's whistle" is not the mill
        untold = deed in plain - sentence
        if untold or len(plain & itself) < _HALF * len(plain) or not names <= sentence | title:
            return Match.NONE
        if plain <= sentence | title:
            return Match.TITLE
        return Match.AROUND if plain <= near | title and len(plain & clause) >= _AT_LEAST else Match.NONE

    def _best(self, event: FoundEvent, plain: frozenset[str], names: frozenset[str], deed: str) -> Happening:
        graded = [(self.match(report, plain, names, deed), report) for report in event.reports]
        match, report = max(graded, key=lambda pair: pair[0])
        return Happening(event, report, match)

    def is_of_other_day(self, report: ReportedEvent, asked: frozenset[str], done: frozenset[str], phrase: str) -> bool:
        """Whether the day of a report is not that of what a phrase asks for: it was only decided then, or remembered,
        others did it, or it is of the contrary. The others are stems: its words in lower case, and those of them that
        tell what was done."""
        if done & self._only_decided(report) or is_done_by_another(report, asked, subject_of(phrase)):
            return True
        if dates_the_contrary(phrase, report.text):
            return True
        return _only_remembers(report, asked) or is_days_apart(report, asked)

    def _only_decided(self, report: ReportedEvent) -> set[str]:
        """The stems of what was only decided on the day of a report: "voted on Tuesday to close the pool"."""
        if report.expression_at is None:
            return set()
        text = self._text_of(report.article)
        sentence, dated = sentence_of(text, report), report.expression_at.end
        return only_meant(text[dated : sentence.end]) - told_stems(text[sentence.start : dated])

    def _of_another(self, report: ReportedEvent, whose: frozenset[str]) -> bool:
        """Whether a clause begins with somebody else than asked about, by stem; or names one, in a sentence without."""
        if not whose:
            return False
        if may_be_of_another(self._text_of(report.article), report, whose):
            return True
        named = [n for n in names_in(report.text) if not is_body(n.words)]
        if named and named[0].start == 0:
            return not whose & told_stems(named[0].text)
        told = told_stems(sentence_text(self._text_of(report.article), report))
        return not whose & told and any(len(n.words) > 1 or n.title for n in named)

    def _meanwhile(self, report: ReportedEvent) -> set[str]:
        """The stems of what happened at the same time: "… on Saturday as the bridge was opened"."""
        text = self._text_of(report.article)
        sentence = sentence_of(text, report)
        told = set[str]()
        for part in (text[sentence.start : report.start], text[report.end : sentence.end]):
            if _MEANWHILE.match(part):
                told |= told_stems(_ELSEWHEN.split(part)[0])
        return told

    def _nearest(self, found: Sequence[Happening], words: frozenset[str]) -> list[Happening]:
        """Of several dates in one sentence the one next to the words asked for, and those listed with it."""
        kept: list[Happening] = []
        by_sentence: dict[tuple[str, int], list[Happening]] = {}
        for happening in found:
            report = happening.report
            start = sentence_of(self._text_of(report.article), report).start
            by_sentence.setdefault((report.article.id, start), []).append(happening)
        for together in by_sentence.values():
            together.sort(key=lambda h: distance(self._text_of(h.report.article), h.report, words))
            first = together[0]
            kept += [h for h in together if h is first or self._listed(first.report, h.report)]
        return sorted(kept, key=lambda h: found.index(h))

    def _nearer(self, others: Sequence[Happening], one: Happening, words: frozenset[str]) -> bool:
        """Whether the date of one of `others` stands nearer to the words asked for in the same sentence: "in 1963 she
        joined the club, which did not admit women until 1971"."""
        text = self._text_of(one.report.article)
        sentence = sentence_text(text, one.report)
        return any(
            h.report.article.id == one.report.article.id
            and sentence_text(text, h.report) == sentence
            and distance(text, h.report, words) < distance(text, one.report, words)
            for h in others
        )

    def _listed(self, one: ReportedEvent, other: ReportedEvent) -> bool:
        """Whether two dates stand in a list: "in 1831 and on the night of 9 November 1856"."""
        if one.expression_at is None or other.expression_at is None:
            return False
        early, late = sorted((one.expression_at, other.expression_at))
        return _ALSO.fullmatch(self._text_of(one.article)[early.end : late.start]) is not None


def _subject(phrase: str) -> frozenset[str]:
    """The stem of the last name of whoever a phrase begins with: "Boris Johnson resign"."""
    first = next(iter(names_in(phrase)), None)
    begins = first is not None and phrase[: first.start].strip() == (first.title or "")
    return frozenset(told_stems(first.words[-1])) if first is not None and begins else frozenset()


def subject_of(phrase: str) -> frozenset[str]:
    """The same also of a body: "the Kites come to Marl"."""
    return _subject(_THE.sub("", phrase))


def _thing_of(phrase: str) -> str:
    """The stem of what a phrase says something of: "event" of "the event in Ulm", "ridge" of "the ridge confirmed"."""
    words = content_words(_PREPOSITION.split(phrase)[0])
    while len(words) > 1 and is_participle(words[-1].lower()):
        words.pop()
    return next(iter(told_stems(words[-1])), "") if words else ""


def thing_asked_for(question: str, what: str) -> str:
    """The stem of the thing of whose day a question asks: "trial" of "when is the trial?"; empty where a verb says what
    happened."""
    return _thing_of(what) if _WHEN_IS.match(question) else ""


def _only_remembers(report: ReportedEvent, words: frozenset[str]) -> bool:
    """Whether a clause tells with its day only of how something is remembered: "on Sunday the town marked the fall of
    the mill", asked when the mill fell."""
    remembers = _REMEMBERS.search(report.text)
    if remembers is None or words & told_stems(remembers[0]):
        return False
    if report.expression_at is not None and report.expression_at.start - report.start > remembers.start():
        return False  # "marks 19 June 1865, when": the day that is remembered
    return not words <= told_stems(report.text[: remembers.start()])


def only_meant(text: str) -> set[str]:
    """The stems of what stands in a text as something to be done, and not otherwise: "to close the pool"."""
    meant = {stem for match in _TO_DO.finditer(text) for stem in told_stems(match["verb"])}
    return meant - told_stems(_TO_DO.sub(" ", text))


def _current(found: Sequence[Happening], superseded: bool, planned: bool) -> list[Happening]:
    """Without what was superseded by another of them, or is a coarser date for the same; what happened first."""
    shown = {_key(h.report) for h in found}
    kept = [
        h
        for h in found
        if (superseded or h.event.revised_by is None or _key(h.event.revised_by) not in shown)
        and not any(o is not h and _within(o.report.when, h.report.when) for o in found)
    ]
    kept = kept or list(found)
    told = [h for h in kept if h.event.status is not EventStatus.DENIED] or kept
    done = [h for h in told if h.event.status is EventStatus.HAPPENED]
    return told if planned else done or told


def _within(inner: TimeSpan, outer: TimeSpan) -> bool:
    """Whether the one names finer days of the other."""
    if inner.first is None or inner.last is None or outer.first is None or outer.last is None:
        return False
    inside = outer.first <= inner.first and inner.last <= outer.last
    return inside and (inner.first, inner.last) != (outer.first, outer.last)


def _key(report: ReportedEvent) -> tuple[str, str, int, str]:
    return (report.article.collection, report.article.id, report.start, report.when.value)


def shown_first(happening: Happening) -> FoundEvent:
    """The event with the report that names it in front."""
    rest = tuple(r for r in happening.event.reports if r is not happening.report)
    return replace(happening.event, reports=(happening.report, *rest))
