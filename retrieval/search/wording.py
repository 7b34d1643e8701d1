"""Days as people write them, at the granularity at which they are known."""

from __future__ import annotations

import calendar
import re
from datetime import date

from retrieval.schema import Granularity, TimeSpan
from retrieval.search.found_events import EventQuery

_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_PARTS = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime"}
_MODIFIERS = {
    "APPROX": "about ", "START": "early ", "MID": "mid-", "END": "late ", "BEFORE": "before ", "AFTER": "after ",
    "ON_OR_BEFORE": "by ", "ON_OR_AFTER": "since ", "LESS_THAN": "less than ", "MORE_THAN": "more than ",
}  # fmt: skip
_OPEN = frozenset(("BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER"))
_UNKNOWN = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")
_CLOCK = re.compile(r"T(\d\d):(\d\d)")
_SEASON = re.compile(r"^(\d{4}|XXXX)-(SP|SU|FA|WI)\b")


def written_day(day: date) -> str:
    """ "22 October 2016"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def written(when: TimeSpan) -> str:
    """The days of a happening: "22 October 2016", "October 2016", "since 2004", "21–22 October, year unknown"."""
    return _MODIFIERS.get(when.modifier or "", "") + _plain(when)


def written_range(first: date | None, last: date | None) -> str:
    """Two days, as a range: "21–22 October 2016"; a whole month or year by its name; "" where both are None."""
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return f"until {written_day(last)}" if last else f"since {written_day(first)}" if first else ""
    if first == last:
        return written_day(first)
    whole_months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if whole_months and (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if whole_months:
        end = f"{calendar.month_name[last.month]} {last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return end
        begin = calendar.month_name[first.month] + ("" if first.year == last.year else f" {first.year}")
        return f"{begin} – {end}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{written_day(last)}"
    if first.year == last.year:
        return f"{first.day} {calendar.month_name[first.month]} – {written_day(last)}"
    return f"{written_day(first)} – {written_day(last)}"


def understood(query: EventQuery) -> str:
    """How a search was understood: "events on 22 October 2016 about “the talks”"."""
    said = "events"
    if query.any_year and query.first and query.last:
        said += f" on {_yearless(query.first, query.last)} of any year"
    elif query.is_dated:
        said += within(query.first, query.last)
    if query.about:
        said += f" about “{query.about}”"
    if query.published.first or query.published.last:
        said += f", in articles published{within(query.published.first, query.published.last)}"
    return said


def within(first: date | None, last: date | None) -> str:
    """Two days as a bound: " on 3 May 2031", " in May 2031", " since 3 May 2031"; "" where there are none."""
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return f" {written_range(first, last)}"
    if first == last:
        return f" on {written_day(first)}"
    text = written_range(first, last)
    if not re.match(r"\d+(?:–\d+)? \w+ \d{4}$|\d+ ", text) and " – " not in text:
        return f" in {text}"
    return f" from {written_day(first)} to {written_day(last)}"


def _yearless(first: date, last: date) -> str:
    text = f"{first.day} {calendar.month_name[first.month]}"
    return text if first == last else f"{text} to {last.day} {calendar.month_name[last.month]}"


def _plain(when: TimeSpan) -> str:
    if when.first is None and when.last is None:
        return _of_unknown_year(when.value)
    day = when.first or when.last
    assert day is not None
    if when.first is None or when.last is None or when.modifier in _OPEN:
        return _open_end(when, day)  # one end is open: the value says what the other one is
    if season := _SEASON.match(when.value):
        years = str(when.first.year) if when.first.year == when.last.year else f"{when.first.year}/{when.last.year}"
        return f"{_SEASONS[season[2]]} {years}"
    match when.granularity:
        case Granularity.TIME:
            return written_range(when.first, when.last) + _part_of_day(when.value)
        case Granularity.WEEK:
            return f"week of {written_day(when.first)}"
        case Granularity.DECADE:
            return f"{when.first.year}s"
        case Granularity.CENTURY:
            return f"{when.last.year // 100}00s"
        case _:
            return written_range(when.first, when.last)


_ISO = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def _open_end(when: TimeSpan, known: date) -> str:
    if season := _SEASON.match(when.value):
        return f"{_SEASONS[season[2]]} {season[1]}"
    match = _ISO.match(when.value)
    if match is None or not match[2]:
        return str(match[1]) if match and "-" not in when.value[4:5] else written_day(known)
    if not match[3]:
        return f"{calendar.month_name[int(match[2])]} {match[1]}" if 1 <= int(match[2]) <= 12 else written_day(known)
    return f"{int(match[3])} {calendar.month_name[int(match[2])]} {match[1]}" + _part_of_day(when.value)


def _part_of_day(value: str) -> str:
    clocks = _CLOCK.findall(value)
    if clocks:
        return ", " + "–".join(f"{hour}:{minute}" for hour, minute in clocks)
    part = re.search(r"T(MO|MI|AF|EV|NI|DT)", value)
    return f", {_PARTS[part[1]]}" if part else ""


def _of_unknown_year(value: str) -> str:
    found = _UNKNOWN.findall(value)
    if not found or any(not 1 <= int(month) <= 12 for month, _ in found):
        return "date unknown"
    (month, day), (last_month, last_day) = found[0], found[-1]
    name, last_name = calendar.month_name[int(month)], calendar.month_name[int(last_month)]
    if not day:
        text = name if month == last_month else f"{name} – {last_name}"
    elif (month, day) == (last_month, last_day):
        text = f"{int(day)} {name}"
    elif month == last_month:
        text = f"{int(day)}–{int(last_day or day)} {name}"
    else:
        text = (
            f"{int(day)} {name} – {last_name}" if not last_day else f"{int(day)} {name} – {int(last_day)} {last_name}"
        )
    return f"{text}, year unknown"
