"""An article's events: its dated clauses, and the news itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from retrieval.annotation.events.anchors import (
    anchors,
    has_day_near,
    is_credit,
    is_of_many,
    is_stamp,
    measured_from,
    names_day,
)
from retrieval.annotation.events.clauses import (
    clause,
    describes_thing,
    governor,
    is_command,
    is_meant_for,
    is_verb,
    leads_in,
    means_nowadays,
    names_period_of,
    names_year_of,
    tells_which,
    told,
    wider,
    with_governor,
)
from retrieval.annotation.events.corrections import (
    asks,
    is_asked,
    is_correction,
    is_first_then,
    is_instead,
    is_not_before,
    is_ruled_out,
    needs_sentence_before,
)
from retrieval.annotation.events.factuality import governed
from retrieval.annotation.events.status import is_perfect, is_present, status_of
from retrieval.annotation.parser import load_parser, parse
from retrieval.annotation.sentences import sentences
from retrieval.annotation.time import Relation, bounded, joined, tag
from retrieval.annotation.time.datelines import after_dateline, after_stamp
from retrieval.annotation.time.quoted import counted_from_saying
from retrieval.annotation.time.values import day_value
from retrieval.schema import Article, Event, EventStatus, Granularity, Stretch, TimeExpression, TimeSpan, TimexType

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_OPEN = {
    "ON_OR_AFTER": Relation.SINCE, "ON_OR_BEFORE": Relation.UNTIL, "BEFORE": Relation.BEFORE, "AFTER": Relation.AFTER,
}  # fmt: skip
_HEAD = 500  # characters at the top in which a dateline may stand
_BESIDE = 300  # characters of a sentence that is told together with the next one
_COARSE = (Granularity.YEAR, Granularity.QUARTER, Granularity.MONTH, Granularity.DECADE)
_SOON = 14  # days after publication that a text brought up to date may tell of
_LONG_AGO = 366  # days before publication of what is no news
_FORECAST = re.compile(
    r"\b(?:forecasts?|project(?:ions?|ed|s)|predict\w*|estimat\w*|expect\w*|outlook|polls?|scenarios?|models?|guidance)\b",
    re.I,
)
_PRINTED = frozenset(("published", "printed", "posted", "released", "broadcast", "aired", "wrote", "reported"))
_WORD = re.compile(r"[^\W\d_]")
_LONGEST = 2_000  # characters of a "sentence" that is still parsed; a table without full stops is no clause


class EventAnnotator:
    """Yields the clauses of an article that tell of something with a date, in order of the text.

    A date that names a thing ("the 2005 agreement") anchors nothing; a day of unknown year anchors with that day. The
    first sentence, where its own clause has no date, is the news itself and anchored weakly to the day of publication.
    The parser is loaded when the first article is read.
    """

    def __init__(self, parser: Callable[[], Language] = load_parser) -> None:
        self._parser = parser

    @property
    def name(self) -> str:
        return "events"

    @property
    def version(self) -> int:
        return 13

    def annotate(self, article: Article) -> Sequence[Event]:
        """The events in order of their clauses, each clause once for each of its dates."""
        text = article.text
        read, said = counted_from_saying(text, tag(text, article.published), article.published)
        dated = [e for e in joined(text, read) if anchors(text, e)]
        dated = [
            e
            for i, e in enumerate(dated)
            if names_day(text, e) or _begins(text, e) is not None or has_day_near(text, i, dated)
        ]
        whole = [s for sentence in sentences(text) if (s := _without_dateline(text, sentence)).start < s.end]
        cut = [s for s in whole if not any(b.start < s.end and s.start < b.end for b in article.boilerplate)]
        cut = [s for s in cut if not is_stamp(text, s, read)]
        held = [(s, [e for e in dated if s.start <= e.start and e.end <= s.end]) for s in cut]
        held = [(s, [e for e in es if not is_credit(text, s, e)]) for s, es in held]
        wanted = [
            (s, es, cut[i - 1] if i else None)
            for i, (s, es) in enumerate(held)
            if (es or i == 0) and s.end - s.start <= _LONGEST and not asks(text[s.start : s.end])
        ]
        entries = [_entry(text, s, es) for s, es, _ in wanted]
        docs = parse(self._parser(), (text[entry.start : entry.end] for entry in entries))
        events: list[Event] = []
        for (sentence, expressions, before), entry, doc in zip(wanted, entries, docs, strict=True):
            stamped = expressions[:1] if entry != sentence else []
            asked = before if before and not any(map(is_verb, doc)) and asks(text[before.start : before.end]) else None
            others = _events(article, entry, expressions[len(stamped) :], doc, said)
            found = [_whole(e, text, before, asked) for e in _distinct(others)]
            found.extend(event for stamp in stamped for event in _stamped(article, stamp, entry, doc))
            if cut and sentence == cut[0] and not stamped:
                found.extend(_news(article, sentence, found, doc))
            events.extend(found)
        return sorted(events, key=lambda e: (e.start, e.end, e.inferred))


def _without_dateline(text: str, sentence: Stretch) -> Stretch:
    """A sentence near the top without the dateline before it, also where the headline stands above it."""
    begins_line = sentence.start <= _HEAD and text[: sentence.start].rstrip(" \t")[-1:] in ("", "\n")
    return Stretch(after_dateline(text, *sentence), sentence.end) if begins_line else sentence


def _entry(text: str, sentence: Stretch, expressions: Sequence[TimeExpression]) -> Stretch:
    """A sentence without the date or time that heads it: "**3 May 1881.** The mill burned"."""
    if not expressions:
        return sentence
    begins = _begins(text, expressions[0])
    return sentence if begins is None or begins >= sentence.end else Stretch(begins, sentence.end)


def _begins(text: str, expression: TimeExpression) -> int | None:
    """Where the entry begins that a date or time heads; None where it heads none."""
    return after_stamp(text, expression.start, expression.end, clock=expression.type is TimexType.TIME)


def _stamped(article: Article, stamp: TimeExpression, entry: Stretch, doc: Doc) -> Iterator[Event]:
    """The sentence that a date heads, at that date; none where it only corrects what was written."""
    text = article.text[entry.start : entry.end]
    if stamp.span is None or not len(doc) or is_correction(text):
        return
    root = told(next(iter(doc.sents)).root)
    written = article.published_on
    if stamp.type is TimexType.TIME and written is not None and stamp.span.first is not None:
        written = max(written, stamp.span.first)
    status = status_of(root, stamp.span, written, None)
    if status is EventStatus.SCHEDULED and is_perfect(root):
        status = EventStatus.HAPPENED  # "Update, 30 June: the firm has sold it" was written later
    start = stamp.start
    while start > 0 and article.text[start - 1] in "*_":
        start -= 1
    end = entry.start + len(text.rstrip(" .*_"))
    yield Event(start, end, stamp.span, status, Stretch(stamp.start, stamp.end), not stamp.certain)


def _events(
    article: Article, sentence: Stretch, expressions: Sequence[TimeExpression], doc: Doc, said: dict[int, date]
) -> Iterator[Event]:
    """The clauses of a sentence that `expressions` date, with what they told when they were `said` or published."""
    text = article.text[sentence.start : sentence.end]
    taken_back = is_correction(text)
    beside = [(text[: e.start - sentence.start], text[e.end - sentence.start :]) for e in expressions]
    first_then = [is_first_then(*both) for both in beside]
    rules_out = any(
        is_ruled_out(both[0]) and not (then or is_not_before(both[0]))
        for both, then in zip(beside, first_then, strict=True)
    )
    for expression, then in zip(expressions, first_then, strict=True):
        start, end = expression.start - sentence.start, expression.end - sentence.start
        verb = governor(doc, start, end)
        not_before = then or is_not_before(text[:start])
        span = _unopened(expression) if not_before else _opened(expression)
        if verb is None or span is None or (span.granularity is Granularity.TIME and describes_thing(doc, start, end)):
            continue
        if (
            names_period_of(doc, start, end)
            or names_year_of(doc, start, end)
            or not (is_verb(verb) or names_day(article.text, expression))
        ):
            continue  # "2019 champion Ann Lowe", "Route 14: 6am to 11pm"
        if is_of_many(expression, text[:start], text[end:]) or is_asked(text[end:]):
            continue
        measured = measured_from(text[:start])
        if measured is not None and not measured < verb.idx < start and span.granularity is not Granularity.RANGE:
            continue
        if taken_back and verb.lower_ in _PRINTED:
            continue  # the day of the report that is corrected
        if is_command(verb) or means_nowadays(verb, doc, start, end):
            continue
        if span.granularity in _COARSE and is_meant_for(doc, start, end):
            continue
        written = said.get(expression.start, article.published_on)
        over = span.last is not None and written is not None and span.last < written
        if over and is_present(verb) and not names_day(article.text, expression):
            continue  # "The game is at 5 p.m." is of no day that is over
        if (over or span.granularity in _COARSE) and tells_which(verb, doc, start, end):
            continue
        first, last = wider(verb, doc, start, end, *clause(verb, doc, start, end))
        words = doc.char_span(start, end, alignment_mode="expand")
        status = status_of(verb, span, written, words)
        if status is EventStatus.SCHEDULED and over and words is not None and words.root.dep_ == "poss":
            continue  # "Friday's ruling will allow it" tells of what is to come after Friday
        if (doubt := governed(verb, span, written, words)) is not None:
            first, last = with_governor(doubt.by, doc, first, last)
            twice = status is doubt.status is EventStatus.DENIED  # "denies that it did not pay"
            status = EventStatus.HYPOTHETICAL if twice else doubt.status
        if not_before and status is EventStatus.DENIED:
            status = _status_from(verb, span, written)
        if then:
            status = EventStatus.HAPPENED
            first, last = 0, len(text.rstrip(" .*_"))
        if not then and is_ruled_out(text[:start]) and not is_verb(verb):
            continue  # "Not in 2017, when we began": nothing is said not to have happened then
        if (is_ruled_out(text[:start]) and not not_before) or (taken_back and not rules_out):
            status = EventStatus.DENIED
        elif status is EventStatus.DENIED and is_instead(text[:start]):
            ahead = written is not None and span.first is not None and span.first > written
            status = EventStatus.SCHEDULED if ahead else EventStatus.HAPPENED
        if status is EventStatus.HAPPENED and _is_to_come(article, expression, span):
            forecast = _FORECAST.search(text[first:last]) is not None
            status = EventStatus.HYPOTHETICAL if forecast else EventStatus.SCHEDULED
        if _is_misread(article, expression, span, status) or not _WORD.search(text[:start] + text[end:]):
            continue
        if taken_back or rules_out:  # what is corrected and by what belong together
            first, last = 0, len(text)
        yield Event(
            start=sentence.start + first,
            end=sentence.start + last,
            when=span,
            status=status,
            expression=Stretch(expression.start, expression.end),
            inferred=not expression.certain,
        )


def _is_misread(article: Article, expression: TimeExpression, span: TimeSpan, status: EventStatus) -> bool:
    """Whether what is told as over has been dated well after the publication, by a date without its year."""
    if status is not EventStatus.HAPPENED or expression.certain or span.first is None or article.published_on is None:
        return False
    soon = _SOON if span.granularity in (Granularity.DAY, Granularity.TIME) else 0
    return (span.first - article.published_on).days > soon


def _is_to_come(article: Article, expression: TimeExpression, span: TimeSpan) -> bool:
    """Whether days lie after the publication that a text brought up to date later cannot have told of as over."""
    day, written = span.first or span.last, article.published_on
    if day is None or written is None or day <= written:
        return False
    if span.first is None:
        return True  # "through 2028"
    exact = span.granularity in (Granularity.DAY, Granularity.TIME) and any(
        c.isdigit() for c in article.text[expression.start : expression.end]
    )
    return expression.certain and not (exact and (day - written).days <= _SOON)


def _status_from(verb: Token, span: TimeSpan, written: date | None) -> EventStatus:
    """Of what happens on a date and not before: "will not reopen until Friday"."""
    if written is None or span.last is None or span.last <= written:
        return EventStatus.HAPPENED
    may = any(child.dep_ == "aux" and child.lower_ in ("may", "might", "could") for child in verb.children)
    return EventStatus.HYPOTHETICAL if may else EventStatus.SCHEDULED


def _whole(event: Event, text: str, before: Stretch | None, asked: Stretch | None) -> Event:
    """The event with the sentence before it, where only that says what happened ("It was on 2 May"), or with the
    question that a date without a verb answers."""
    date = event.expression
    if before is None or date is None or before.end - before.start > _BESIDE:
        return event
    said = asked is not None or needs_sentence_before(text[event.start : event.end], text[date.start : date.end])
    return replace(event, start=before.start) if said else event


def _unopened(expression: TimeExpression) -> TimeSpan | None:
    """The span itself, where "not until" makes it the time from which on something is so."""
    span = expression.span
    return span if span is None or span.modifier != "ON_OR_BEFORE" else replace(span, modifier=None)


def _opened(expression: TimeExpression) -> TimeSpan | None:
    """The span with the end open that "since", "by", "before" or "after" leaves open."""
    span = expression.span
    if span is None or span.modifier not in _OPEN or span.first is None:
        return span
    if span.granularity is Granularity.TIME and span.modifier in ("AFTER", "BEFORE"):
        return span  # "shortly after 3 a.m. on Friday" is on Friday
    opened = bounded(span, _OPEN[span.modifier])
    return span if opened is None else TimeSpan(opened.first, opened.last, span.granularity, span.value, span.modifier)


def _distinct(events: Iterator[Event]) -> Iterator[Event]:
    """Of two dates in one clause where one holds the other, the finer: "on Monday … this month"."""
    found = list(events)
    for event in found:
        if not any(other is not event and _finer(other, event) for other in found):
            yield event


def _finer(one: Event, other: Event) -> bool:
    unlike = one.status is not other.status and other.status in (EventStatus.DENIED, EventStatus.HYPOTHETICAL)
    if (one.start, one.end) != (other.start, other.end) or unlike:
        return False  # "denied on 3 May 2018 that it sold the mine in 2018" tells of two
    a, b = one.when, other.when
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return False
    return b.first <= a.first and a.last <= b.last and (a.first, a.last) != (b.first, b.last)


def _news(article: Article, sentence: Stretch, found: Sequence[Event], doc: Doc) -> Iterator[Event]:
    """The news itself, where its own clause is not dated."""
    day = article.published_on
    if day is None or not len(doc):
        return
    root = told(next(iter(doc.sents)).root)
    first, last = clause(root, doc, root.idx, root.idx + len(root))
    start, end = sentence.start + first, sentence.start + last
    if any(event.start <= start and event.end >= end for event in found) or not is_verb(root):
        return
    if any(event.start == start for event in found):
        return
    old = [e.expression for e in found if e.when.last is not None and (day - e.when.last).days > _LONG_AGO]
    if any(leads_in(root, doc, e.start - sentence.start, e.end - sentence.start) for e in old if e is not None):
        return
    when = TimeSpan(day, day, Granularity.DAY, day_value(day))
    status = status_of(root, when, day, None)
    if (status is EventStatus.DENIED and is_present(root)) or governed(root, when, day, None) is not None:
        return  # "Rivers do not read maps", "Nobody would have died if" are no news of the day
    yield Event(start, end, when, status, None, True)
