"""How the days of a happening lie to the days asked for."""

from __future__ import annotations

import calendar
import math
import re
from dataclasses import replace
from datetime import date, timedelta

from retrieval.schema import Granularity, TimeSpan

LEAST_FIT = 0.02
"""Below this share of its days a happening is not offered: a year does not answer for a day."""

_OPEN_FIT = 0.5  # begins or ends within the days asked for, the rest is unknown
_GOING_ON = 0.1  # began the day before them and may go on
_FADES = 10.0  # days by which it began earlier that halve this
_HALVES = {"START": (0, 2), "MID": (1, 1), "END": (2, 0)}  # quarters left out at either end
_SHORT = frozenset((Granularity.TIME, Granularity.DAY, Granularity.RANGE))
_UNKNOWN_YEAR = 0.6
_TELLING = 100  # days at most asked for, of which a day of an unknown year may be one
_MONTH_DAY = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")


def fit(when: TimeSpan, first: date | None, last: date | None, *, any_year: bool = False) -> float:
    """The share in [0, 1] of the days of `when` that lie from `first` to `last`, both inclusive, None where open.

    A day of an unknown year counts where that day of some year lies there. `any_year`: `first` and `last`
    stand for these days of every year.
    """
    if first is None and last is None:
        return 1.0
    when = _in_part(when)
    if when.first is None and when.last is None:
        if first is None or last is None or (last - first).days > _TELLING:
            return 0.0  # every day of the year lies in a year
        return _UNKNOWN_YEAR * max((_share(a, b, first, last) for a, b in _in_years(when, first, last)), default=0.0)
    if any_year and first is not None and last is not None:
        year = (when.first or when.last or first).year
        shifted = (_shifted(first, last, year + step) for step in (-1, 0, 1))
        return max((_known(when, *days) for days in shifted if days is not None), default=0.0)
    return _known(when, first, last)


def least_begun(first: date | None, last: date | None) -> date | None:
    """The earliest day on which a happening can have begun that fits as much as is offered; None where any can.

    Of one that is longer so little lies in these days, or it began so long before them, that `fit` is too small.
    """
    if first is None or last is None:
        return None
    longest = max(((last - first).days + 1) / LEAST_FIT, _FADES * (_GOING_ON / LEAST_FIT - 1))
    return date.fromordinal(max(1, first.toordinal() - math.ceil(longest)))


def _in_part(when: TimeSpan) -> TimeSpan:
    """ "Early" and "late" as the first and the second half of a longer time, "mid-" as what lies around its middle."""
    if when.first is None or when.last is None or when.modifier not in _HALVES or when.granularity in _SHORT:
        return when
    quarter = ((when.last - when.first).days + 1) // 4
    skipped, cut = _HALVES[when.modifier]
    return replace(
        when,
        first=when.first + timedelta(days=skipped * quarter),
        last=when.last - timedelta(days=cut * quarter),
    )


def _known(when: TimeSpan, first: date | None, last: date | None) -> float:
    if when.first is not None and when.last is not None:
        return _share(when.first, when.last, first, last)
    known = when.first or when.last
    assert known is not None
    low, high = first or date.min, last or date.max
    if low <= known <= high:
        return _OPEN_FIT
    if when.last is None and known < low:
        return _GOING_ON / (1 + (low - known).days / _FADES)
    return 0.0  # "by May" says nothing of a day in March


def _share(start: date, end: date, first: date | None, last: date | None) -> float:
    low, high = max(start, first or date.min), min(end, last or date.max)
    return max(0, (high - low).days + 1) / max(1, (end - start).days + 1)


def _in_years(when: TimeSpan, first: date, last: date) -> list[tuple[date, date]]:
    """The days of an unknown year, in each year that they could be of."""
    found = _MONTH_DAY.findall(when.value)
    if not found:
        return []
    spans = []
    for year in range(max(first.year - 1, date.min.year), min(last.year, date.max.year - 1) + 1):
        start = _day(year, *found[0], end=False)
        end = _day(year, *found[-1], end=True)
        if start and end and end < start:
            end = _day(year + 1, *found[-1], end=True)
        if start and end:
            spans.append((start, end))
    return spans


def _day(year: int, month: str, day: str, *, end: bool) -> date | None:
    number = int(month)
    if not 1 <= number <= 12:
        return None
    length = calendar.monthrange(year, number)[1]
    wanted = int(day) if day else length if end else 1
    return date(year, number, wanted) if 1 <= wanted <= length else None


def _shifted(first: date, last: date, year: int) -> tuple[date, date] | None:
    """The same days in `year`; 29 February is 28 February where there is none."""
    if not date.min.year < year < date.max.year - 1:
        return None
    return _in(first, year), _in(last, year + last.year - first.year)


def _in(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))
