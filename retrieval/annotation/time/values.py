"""TIMEX3 values and the days they stand for.

The value strings are those of TimeML 1.2.1: ``2016-10-21``, ``2016-W43``, ``2016-10``, ``2016-Q3``, ``2016-H1``,
``2016-FA``, ``2016``, ``201X``, ``20XX``, ``XXXX-10-21`` where the year is unknown, and two of them joined by a slash.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from retrieval.schema import Granularity, TimeSpan

UNITS = ("day", "week", "month", "quarter", "half", "season", "year", "decade", "century")

# Meteorological seasons of the northern hemisphere; winter runs into the next year.
SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

_TIME_OF_DAY = re.compile(r"T(?:\d\d(?::\d\d){0,2}|MO|MI|AF|EV|NI|DT)$")
_SHAPES: tuple[tuple[Granularity, re.Pattern[str]], ...] = (
    (Granularity.DAY, re.compile(r"(?P<y>\d{4}|XXXX)-(?P<m>\d\d)-(?P<d>\d\d)")),
    (Granularity.MONTH, re.compile(r"(?P<y>\d{4}|XXXX)-(?P<m>\d\d)(?:-XX)?")),
    (Granularity.WEEKEND, re.compile(r"(?P<y>\d{4})-W(?P<w>\d\d)-WE")),
    (Granularity.WEEK, re.compile(r"(?P<y>\d{4})-W(?P<w>\d\d)")),
    (Granularity.QUARTER, re.compile(r"(?P<y>\d{4})-Q(?P<q>[1-4])")),
    (Granularity.HALF, re.compile(r"(?P<y>\d{4})-H(?P<h>[12])")),
    (Granularity.SEASON, re.compile(r"(?P<y>\d{4})-(?P<s>SP|SU|FA|WI)")),
    (Granularity.YEAR, re.compile(r"(?:FY)?(?P<y>\d{4})(?:-XX)?(?:-XX)?")),
    (Granularity.DECADE, re.compile(r"(?P<e>\d{3})X")),
    (Granularity.CENTURY, re.compile(r"(?P<c>\d\d)XX")),
)


def span_of(value: str, modifier: str | None = None) -> TimeSpan | None:
    """The days that a TIMEX3 DATE or TIME value stands for; None where it names none (``PAST_REF``, ``XXXX``).

    A day or month of an unknown year (``XXXX-10-21``) is a span with both ends open.
    """
    if "/" in value:
        head, _, tail = value.partition("/")
        first, last = span_of(head), span_of(tail)
        if first is None or last is None:
            return None
        if first.first is not None and last.last is not None and last.last < first.first:
            return None
        return TimeSpan(first.first, last.last, Granularity.RANGE, value, modifier)
    timed = _TIME_OF_DAY.search(value)
    days = value[: timed.start()] if timed else value
    for granularity, shape in _SHAPES:
        if match := shape.fullmatch(days):
            parts = match.groupdict()
            grain = Granularity.TIME if timed else granularity
            if parts.get("y") == "XXXX":
                return TimeSpan(None, None, grain, value, modifier)
            ends = _ends(granularity, parts)
            return TimeSpan(*ends, grain, value, modifier) if ends else None
    return None


def _ends(granularity: Granularity, parts: dict[str, str]) -> tuple[date, date] | None:
    try:
        match granularity:
            case Granularity.DAY:
                day = date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
                return day, day
            case Granularity.MONTH:
                return months(int(parts["y"]), int(parts["m"]), 1)
            case Granularity.WEEKEND:
                monday = date.fromisocalendar(int(parts["y"]), int(parts["w"]), 1)
                return monday + timedelta(days=5), monday + timedelta(days=6)
            case Granularity.WEEK:
                monday = date.fromisocalendar(int(parts["y"]), int(parts["w"]), 1)
                return monday, monday + timedelta(days=6)
            case Granularity.QUARTER:
                return months(int(parts["y"]), 3 * int(parts["q"]) - 2, 3)
            case Granularity.HALF:
                return months(int(parts["y"]), 6 * int(parts["h"]) - 5, 6)
            case Granularity.SEASON:
                return months(int(parts["y"]), SEASON_STARTS[parts["s"]], 3)
            case Granularity.YEAR:
                return months(int(parts["y"]), 1, 12)
            case Granularity.DECADE:
                return date(int(parts["e"]) * 10, 1, 1), date(int(parts["e"]) * 10 + 9, 12, 31)
            case Granularity.CENTURY:
                return date(int(parts["c"]) * 100, 1, 1), date(int(parts["c"]) * 100 + 99, 12, 31)
            case _:
                return None
    except (ValueError, OverflowError):  # the 30th of February, the year 0, a 53rd week
        return None


def months(year: int, month: int, count: int) -> tuple[date, date]:
    """The first and last day of `count` months from `month` of `year` on."""
    ordinal = year * 12 + month - 1 + count - 1
    last_year, last_month = ordinal // 12, ordinal % 12 + 1
    return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def shift_months(day: date, by: int) -> date:
    """`day` moved by calendar months, to the last day of a shorter month; raises ValueError outside years 1–9999."""
    ordinal = day.year * 12 + day.month - 1 + by
    year, month = ordinal // 12, ordinal % 12 + 1
    if not 1 <= year <= 9999:
        raise ValueError(f"the year {year} is outside the calendar")
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def day_value(day: date) -> str:
    return day.isoformat()


def week_value(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def season_of(day: date) -> tuple[int, str]:
    """The season a day lies in; January and February belong to the winter that began the year before."""
    if day.month < 3:
        return day.year - 1, "WI"
    return day.year, ("SP", "SU", "FA", "WI")[(day.month - 3) // 3]


def unit_value(day: date, unit: str) -> str:
    """The value of the unit (one of `UNITS`, or ``weekend``) that holds `day`."""
    match unit:
        case "day":
            return day_value(day)
        case "week":
            return week_value(day)
        case "weekend":
            return week_value(day) + "-WE"
        case "month":
            return f"{day.year:04d}-{day.month:02d}"
        case "quarter":
            return f"{day.year:04d}-Q{(day.month - 1) // 3 + 1}"
        case "half":
            return f"{day.year:04d}-H{1 if day.month < 7 else 2}"
        case "season":
            year, season = season_of(day)
            return f"{year:04d}-{season}"
        case "year":
            return f"{day.year:04d}"
        case "decade":
            return f"{day.year // 10:03d}X"
        case "century" | "millennium":  # "a millennium ago" is no exacter than a century
            return f"{day.year // 100:02d}XX"
    raise ValueError(f"{unit!r} is no unit of time")


def shifted(day: date, unit: str, by: int) -> date:
    """`day` moved by `by` units; raises ValueError or OverflowError outside the calendar."""
    match unit:
        case "day":
            return day + timedelta(days=by)
        case "week" | "weekend":
            return day + timedelta(weeks=by)
        case "fortnight":
            return day + timedelta(weeks=2 * by)
        case _:
            return shift_months(day, by * _MONTHS[unit])


_MONTHS = {
    "month": 1,
    "quarter": 3,
    "season": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
    "millennium": 12_000,
}
_UNKNOWN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "season": "XXXX-XX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}


def unknown_value(unit: str) -> str:
    """The value of some unit of which only the kind is known."""
    return _UNKNOWN.get(unit, "XXXX-XX-XX")
