"""What follows from two dates, or from one and a distance: which came first, how long between, which days are meant;
nothing where they do not say."""

from __future__ import annotations

from datetime import date

from retrieval.annotation.time import QuestionTime, bounded
from retrieval.annotation.time.values import shift_months, shifted, span_of, unit_value
from retrieval.answering.questions.event_forms import Asked, Form
from retrieval.answering.what_happened.happenings import Happening
from retrieval.schema import EventStatus, Granularity, TimeSpan

_IN_DAYS = 92  # up to here days are counted, beyond it months and years are said as well
_MONTH = 30.44  # days, on average


def order(one: TimeSpan, other: TimeSpan) -> int | None:
    """-1 where `one` came first, 1 where `other` did, 0 where both are of one day; None where that is not sure."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    if one.last < other.first:
        return -1
    if other.last < one.first:
        return 1
    same_day = one.first == one.last == other.first == other.last
    return 0 if same_day and Granularity.TIME not in (one.granularity, other.granularity) else None


def between(early: TimeSpan, late: TimeSpan) -> str:
    """The time from one to a later one: "9 days", "174 days (nearly 6 months)", "185 to 186 years"."""
    assert early.first is not None
    assert early.last is not None
    assert late.first is not None
    assert late.last is not None
    least, most = (late.first - early.last).days, (late.last - early.first).days
    if least == most:
        said = _counted(least, "day")
        return said if least <= _IN_DAYS else f"{said}, {_round(early.first, late.first)}"
    if most <= _IN_DAYS:
        return f"{least} to {_counted(most, 'day')}"
    years = _whole_years(early.last, late.first), _whole_years(early.first, late.last)
    if years[0] >= 2:
        return _counted(years[0], "year") if years[0] == years[1] else f"{years[0]} to {_counted(years[1], 'year')}"
    months = round(least / _MONTH), round(most / _MONTH)
    if months[0] == months[1]:
        return f"about {_counted(months[0], 'month')}"
    return f"{months[0]} to {_counted(months[1], 'month')}"


def counted_from(when: TimeSpan, time: QuestionTime) -> TimeSpan | None:
    """The days that lie to a happening as a question says: before it, since it, two days after it."""
    if time.relation is None:
        return None
    if time.offset is None:
        return bounded(when, time.relation)
    n, unit = time.offset
    day = when.first if n < 0 else when.last
    if day is None:
        return None
    try:
        return span_of(unit_value(shifted(day, unit, n), unit))
    except (ValueError, OverflowError):  # outside the calendar
        return None


def _round(first: date, last: date) -> str:
    years = _whole_years(first, last)
    if years >= 2:
        return f"over {_counted(years, 'year')}"
    months = round((last - first).days / _MONTH)
    return f"about {_counted(months, 'month')}"


def _whole_years(first: date, last: date) -> int:
    years = last.year - first.year
    try:
        return years - (shift_months(first, 12 * years) > last)
    except ValueError:  # the end of the calendar
        return years


def _counted(n: int, unit: str) -> str:
    return f"{n:,} {unit}{'' if n == 1 else 's'}"


def conclusion(asked: Asked, came_first: int | None, early: Happening, late: Happening) -> str:
    """What follows from two dates, in words; "" where nothing does."""
    if came_first is None:
        return ""
    if came_first == 0:
        return "so both are of the same day"
    length = between(early.report.when, late.report.when)
    planned = EventStatus.SCHEDULED in (early.event.status, late.event.status)
    if asked.form is Form.HOW_LONG:
        return f"so {length} after the first{', as planned' if planned else ''}"
    said = f"as planned, this is later, by {length}" if planned else f"this came later, by {length}"
    if asked.before is None:
        return f"so {said}"
    return f"so {'yes' if asked.before == (came_first < 0) else 'no'}: {said}"
