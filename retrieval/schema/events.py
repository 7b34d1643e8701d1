"""What happened when: time spans, the expressions that name them, events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from retrieval.schema.articles import Stretch


class Granularity(StrEnum):
    """How finely a TimeSpan is known."""

    TIME = "time"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A stretch of days, both ends inclusive.

    An end is None where it is open ("since 2004") or where the year is unknown ("Oct. 21-22" in an undated
    article); then ``value`` still says what is known (``XXXX-10-21``). ``value`` is a TIMEX3 value or two
    joined by a slash. ``modifier`` is TIMEX3's ``mod`` (APPROX, START, MID, END, BEFORE, AFTER, ON_OR_BEFORE,
    ON_OR_AFTER …), None where there is none.
    """

    first: date | None
    last: date | None
    granularity: Granularity
    value: str
    modifier: str | None = None


class TimexType(StrEnum):
    """The four kinds of temporal expression of TimeML."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A temporal expression where it stands in a text.

    ``span`` is None where the expression stands for no days of its own (a duration, a set, "now").
    ``certain`` is False where the days were inferred by tense or nearness and could well be others.
    """

    start: int
    end: int
    type: TimexType
    value: str
    span: TimeSpan | None = None
    modifier: str | None = None
    certain: bool = True


class EventStatus(StrEnum):
    """What the article says of a happening: that it was, will be, might be, or was not."""

    HAPPENED = "happened"
    SCHEDULED = "scheduled"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Event:
    """A clause that says something happened, or will, with when.

    ``[start, end)`` is the clause, not always the whole sentence. ``expression`` is where the date stands, None
    for the weak anchor of the news itself (its publication date), where ``inferred`` is True.
    """

    start: int
    end: int
    when: TimeSpan
    status: EventStatus
    expression: Stretch | None = None
    inferred: bool = False
