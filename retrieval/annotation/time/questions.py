"""The days a question asks about, read by the same tagger against the asker's today."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from retrieval.annotation.time.context import Context
from retrieval.annotation.time.names import names_thing
from retrieval.annotation.time.ranges import joined
from retrieval.annotation.time.tagger import read_tokens
from retrieval.annotation.time.tokens import tokenise
from retrieval.schema import Granularity, Stretch, TimeExpression, TimeSpan


class Relation(StrEnum):
    """How the days asked for lie to the days named."""

    ON = "on"
    BEFORE = "before"
    AFTER = "after"
    SINCE = "since"
    UNTIL = "until"
    BETWEEN = "between"
    AROUND = "around"


class Order(StrEnum):
    """Which of several answers is asked for."""

    LATEST = "latest"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class QuestionTime:
    """When a question asks about.

    ``span`` are the days of the happening asked for, already bounded by the relation (an end is None where it is
    open), None where the question names none. ``phrase`` is the part of the question to keep out of the embedded text.
    ``names_subject`` is True where the only dates name the subject ("the 2005 agreement") and so narrow nothing.
    ``published`` and ``published_phrase`` are the same for a window of publication ("reported in September").
    ``event`` is what stands in place of a date ("before the election"): to be found first, then see `bounded`.
    """

    span: TimeSpan | None = None
    phrase: Stretch | None = None
    names_subject: bool = False
    order: Order | None = None
    relation: Relation | None = None
    published: TimeSpan | None = None
    published_phrase: Stretch | None = None
    event: Stretch | None = None


_RELATIONS = {
    "before": Relation.BEFORE, "prior to": Relation.BEFORE, "ahead of": Relation.BEFORE,
    "earlier than": Relation.BEFORE,
    "until": Relation.UNTIL, "till": Relation.UNTIL, "by": Relation.UNTIL, "up to": Relation.UNTIL,
    "through": Relation.UNTIL,
    "after": Relation.AFTER, "following": Relation.AFTER, "later than": Relation.AFTER,
    "since": Relation.SINCE, "from": Relation.SINCE, "starting": Relation.SINCE,
    "around": Relation.AROUND, "about": Relation.AROUND, "near": Relation.AROUND, "circa": Relation.AROUND,
    "on": Relation.ON, "in": Relation.ON, "at": Relation.ON, "during": Relation.ON, "within": Relation.ON,
    "over": Relation.ON,
    "for": Relation.ON, "of": Relation.ON, "between": Relation.BETWEEN,
}  # fmt: skip
_BEFORE_DATE = re.compile(rf"(?:^|(?<=\W))({'|'.join(sorted(_RELATIONS, key=len, reverse=True))})\s+(?:the\s+)?$", re.I)
_DAY_BEFORE = re.compile(r"(?:(?:from|between)\s+)?\b(\d{1,2})(?:st|nd|rd|th)?\s*(?:to|and|until|[-–])\s*$", re.I)
_LATEST = re.compile(
    r"\b(?:latest|most recent(?:ly)?|newest|recently|lately|last time|these days|what(?:['’]s| is) new)\b", re.I
)
_FIRST = re.compile(
    r"\b(?:earliest|oldest|first)\b(?!\s+(?:lady|minister|quarter|half|world|amendment|class|aid|degree|person|name|nine"
    r"|six|three|two|week|day|month|year))",
    re.I,
)
_NEXT = re.compile(r"\b(?:(?:happens|happen|comes|come|is|was|follows)\s+next|what(?:['’]s| is) next)\b", re.I)
_EVENT = re.compile(
    r"\b(before|after|since|until|during)\s+((?:the|that|this|his|her|their|its)\s+[^?.,;]{2,60})", re.I
)
_HOW_LONG = re.compile(r"\bhow (?:long|soon|many|much)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"\s+(?:was|were|is|are|did|does|do|had|has|have|will|would|and|but|who|which)\b", re.IGNORECASE)
_PUBLISHED_BEFORE = re.compile(
    r"\b(?:reported|published|written|printed|covered|(?:articles?|news|reports?|stories|coverage)(?:\s+(?:published|from|of))?)"
    r"\s+(?:\w+\s+){0,1}$",
    re.I,
)
_PUBLISHED_AFTER = re.compile(r"['’]s?\s+(?:\w+\s+)?(?:articles?|news|reports?|stories|coverage|papers?)\b", re.I)
_WIDEN = {
    Granularity.TIME: 1, Granularity.DAY: 3, Granularity.WEEKEND: 5, Granularity.WEEK: 7, Granularity.RANGE: 3,
    Granularity.MONTH: 15, Granularity.QUARTER: 31, Granularity.SEASON: 31, Granularity.HALF: 62, Granularity.YEAR: 183,
}  # fmt: skip


def tag_question(text: str, today: date) -> list[TimeExpression]:
    """The temporal expressions of a question; "the past three days" have their days too, counted from `today`."""
    return read_tokens(Context(tokenise(text), today, asking=True))


def window_of(text: str, today: date) -> QuestionTime:
    """The days that `text` asks about, for someone whose day is `today`."""
    found = [e for e in tag_question(text, today) if e.span is not None and e.span.first is not None]
    dated = [e for e in joined(text, found) if not names_subject(text, e)]
    reported = [e for e in dated if _is_publication(text, e)]
    asked = [e for e in dated if e not in reported]
    time = QuestionTime(names_subject=bool(found) and not dated, order=_order(text))
    if reported:
        span, _, phrase = _bounded_phrase(text, reported[0])
        time = replace(time, published=span, published_phrase=phrase)
    if asked:
        span, relation, phrase = _bounded_phrase(text, min(asked, key=_length))
        return replace(time, span=span, relation=relation, phrase=phrase)
    if (match := _NEXT.search(text)) and not reported:
        ahead = TimeSpan(today, None, Granularity.RANGE, f"{today.isoformat()}/", "ON_OR_AFTER")
        start = match.end() - len("next")
        return replace(time, span=ahead, relation=Relation.SINCE, phrase=Stretch(start, match.end()), order=Order.FIRST)
    if (match := _EVENT.search(text)) and not time.names_subject and not _HOW_LONG.search(text):
        relation = _RELATIONS[match[1].lower()]
        name = _CLAUSE.split(match[2], maxsplit=1)[0].rstrip()
        stretch = Stretch(match.start(2), match.start(2) + len(name))
        return replace(time, relation=relation, event=stretch)
    return time


def bounded(span: TimeSpan, relation: Relation) -> TimeSpan | None:
    """The days in `relation` to `span`: "before 2016" ends with 31 December 2015; None where there are none."""
    first, last = span.first, span.last
    ends: tuple[date | None, date | None]
    try:
        match relation:
            case Relation.BEFORE:
                ends = (None, first - timedelta(days=1) if first else None)
            case Relation.UNTIL:
                ends = (None, last)
            case Relation.AFTER:
                ends = (last + timedelta(days=1) if last else None, None)
            case Relation.SINCE:
                ends = (first, None)
            case Relation.AROUND:
                by = timedelta(days=_WIDEN.get(span.granularity, 0))
                ends = (first - by if first else None, last + by if last else None)
            case _:
                return span
    except OverflowError:  # the first or last day of the calendar
        return None
    if ends == (None, None):
        return None
    modifiers = {Relation.AROUND: "APPROX", Relation.SINCE: "ON_OR_AFTER", Relation.UNTIL: "ON_OR_BEFORE"}
    modifier = modifiers.get(relation, relation.upper())
    return TimeSpan(ends[0], ends[1], Granularity.RANGE, span.value, modifier)


def without_time(text: str, time: QuestionTime) -> str:
    """The question without its phrases of time: what is embedded and searched for."""
    cuts = sorted(s for s in (time.phrase, time.published_phrase) if s is not None)
    out, end = [], 0
    for cut in cuts:
        out.append(text[end : cut.start])
        end = max(end, cut.end)
    return re.sub(r"\s+([?.!,])", r"\1", " ".join(" ".join([*out, text[end:]]).split()))


def _bounded_phrase(text: str, expression: TimeExpression) -> tuple[TimeSpan | None, Relation, Stretch]:
    span, start, relation = expression.span, expression.start, Relation.ON
    assert span is not None
    if span.granularity is Granularity.DAY and (days := _DAY_BEFORE.search(text[:start])):
        earlier = _same_month(span, int(days[1]))
        if earlier is not None:
            span, start, relation = earlier, days.start(), Relation.BETWEEN
            return span, relation, Stretch(start, expression.end)
    if before := _BEFORE_DATE.search(text[:start]):
        start, relation = before.start(1), _RELATIONS[before[1].lower()]
    if span.granularity is Granularity.RANGE and relation in (Relation.SINCE, Relation.BETWEEN):
        relation = Relation.BETWEEN
    elif relation is Relation.BETWEEN:
        relation = Relation.ON
    if expression.modifier == "APPROX":
        relation = Relation.AROUND
    end = expression.end
    if text[end : end + 2] in ("'s", "’s"):
        end += 2
    return bounded(span, relation), relation, Stretch(start, end)


def _same_month(span: TimeSpan, day: int) -> TimeSpan | None:
    """The days from `day` of the same month to a day: "from 21 to 23 October"."""
    if span.first is None or not 1 <= day < span.first.day:
        return None
    first = span.first.replace(day=day)
    return TimeSpan(first, span.last, Granularity.RANGE, f"{first.isoformat()}/{span.value}", span.modifier)


def names_subject(text: str, expression: TimeExpression) -> bool:
    """Whether a date of a question names its subject ("the 2005 agreement"), and says nothing of when."""
    if names_thing(text, expression):
        return True
    span = expression.span
    if span is None or span.granularity is not Granularity.YEAR:
        return False
    before, after = text[: expression.start], text[expression.end :]
    if re.search(r"\b(?:the|that)\s+(?!events?\b|things?\b|news\b|days?\b)[\w-]+\s+of\s+$", before, re.I):
        return True
    # "Who won 2016 election?": a year with neither preposition nor article, before a noun.
    return bool(re.match(r"\s+[a-z]{4,}",
        after)) and not re.search(r"\b(?:in|since|by|until|before|after|during|from|of|to|"
        r"and|through|around|about|on|or|between|early|late|mid)[\s-]+$", before, re.I)  # fmt: skip


def _is_publication(text: str, expression: TimeExpression) -> bool:
    before, after = text[: expression.start], text[expression.end :]
    return bool(_PUBLISHED_BEFORE.search(before) or _PUBLISHED_AFTER.match(after))


def _order(text: str) -> Order | None:
    if _LATEST.search(text):
        return Order.LATEST
    return Order.FIRST if _FIRST.search(text) else None


def _length(expression: TimeExpression) -> int:
    span = expression.span
    if span is None or span.first is None or span.last is None:
        return 10**9
    return (span.last - span.first).days
