"""Where days lie on a picture's axis: long empty stretches folded, dense ones thinned."""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_FOLD = 0.34  # of the whole axis: an empty stretch longer than that is folded
_FOLDS = 3
_FOLDED = 0.05  # of the axis that a fold takes up
_NARROW = 0.3  # of the axis: a stretch with room for one label only
_LEAST = 0.1  # of the axis for each stretch


@dataclass(frozen=True, slots=True)
class Tick:
    """A place in [0, 1] on the axis and its label, without and with the year."""

    place: float
    label: str
    dated: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Stretches of days, first and last as ordinals, laid side by side with a fold between each two.

    `counts` says how many happenings each holds, which decides how wide it is. `at` gives the place of a day in [0, 1].
    """

    stretches: tuple[tuple[int, int], ...]
    counts: tuple[int, ...]

    def at(self, day: date) -> float:
        """Where `day` lies; what lies in a fold or beyond the ends is put at its edge."""
        number, left = day.toordinal(), 0.0
        for (first, last), width in zip(self.stretches, self._widths(), strict=True):
            if number <= last:
                return left + width * max(0, number - first) / max(1, last - first)
            left += width + _FOLDED
        return 1.0

    @property
    def folds(self) -> tuple[float, ...]:
        """The middles of the folds."""
        places, left = [], 0.0
        for width in self._widths()[:-1]:
            left += width + _FOLDED
            places.append(left - _FOLDED / 2)
        return tuple(places)

    def ticks(self) -> list[list[Tick]]:
        """For each stretch the days to label, those first that are to be shown where not all have room."""
        return [
            [Tick(self.at(day), label, dated) for day, label, dated in _calendar(first, last, width)]
            for (first, last), width in zip(self.stretches, self._widths(), strict=True)
        ]

    def _widths(self) -> list[float]:
        room = 1.0 - _FOLDED * (len(self.stretches) - 1) - _LEAST * len(self.stretches)
        return [_LEAST + room * count / sum(self.counts) for count in self.counts]


def axis_of(spans: Sequence[tuple[date, date]]) -> Axis:
    """The axis that holds `spans`, none of them cut by a fold; at least one span."""
    ordered = sorted((first.toordinal(), last.toordinal()) for first, last in spans)
    stretches: list[tuple[int, int]] = [ordered[0]]
    for first, last in ordered[1:]:
        if first <= stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], max(last, stretches[-1][1]))
        else:
            stretches.append((first, last))
    while len(stretches) > 1:
        gaps = [b[0] - a[1] for a, b in itertools.pairwise(stretches)]
        # Join what lies closest until only the few gaps are left that would take up too much of the axis.
        whole = sum(last - first for first, last in stretches) + sum(gaps)
        closest = min(range(len(gaps)), key=lambda i: gaps[i])
        if len(gaps) <= _FOLDS and gaps[closest] > _FOLD * whole / len(gaps):
            break
        stretches[closest : closest + 2] = [(stretches[closest][0], stretches[closest + 1][1])]
    counts = tuple(sum(first <= span[0] <= last for span in ordered) for first, last in stretches)
    return Axis(tuple(_widened(first, last, alone=len(stretches) == 1) for first, last in stretches), counts)


def thinned(places: Sequence[float], scores: Sequence[float], room: int) -> list[int]:
    """The numbers of the `room` events to draw, in order: the best, and of those that lie close together fewer."""
    if len(places) <= room:
        return list(range(len(places)))
    kept: list[int] = []
    left = set(range(len(places)))
    near = 1.0 / room
    while len(kept) < room:

        def worth(i: int) -> float:
            crowd = sum(abs(places[i] - places[j]) < near for j in kept)
            return scores[i] / (1 + 0.7 * crowd)

        best = max(sorted(left), key=worth)
        left.discard(best)
        kept.append(best)
    return sorted(kept)


def _widened(first: int, last: int, *, alone: bool) -> tuple[int, int]:
    """A little air at both ends, and a week at least."""
    air = max(1, round(0.03 * (last - first)))
    if alone and last - first < 7:
        air = (8 - (last - first)) // 2
    return max(1, first - air), min(date.max.toordinal(), last + air)


def _calendar(start: int, end: int, width: float) -> list[tuple[date, str, str]]:
    """The days to label, without and with their year: days, months or years, by the length of the stretch."""
    first, last = date.fromordinal(start), date.fromordinal(end)
    days = end - start
    if width < _NARROW or days > 1100:
        years = [date(y, 1, 1) for y in range(first.year + 1, last.year + 1)]
        step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if len(years) / s <= 5), 1000)
        shown = [y for y in years if y.year % step == 0] if width >= _NARROW else []
        middle = date.fromordinal((start + end) // 2)
        return [(y, str(y.year), str(y.year)) for y in shown or [middle]]
    if days <= 60:
        shown = [date.fromordinal(n) for n in range(start + 1, end + 1, max(1, days // 5))]
        names = [f"{d.day} {calendar.month_abbr[d.month]}" for d in shown]
    else:
        months = [date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13)]
        inside = [m for m in months if first <= m <= last]
        shown = inside[:: max(1, -(-len(inside) // 6))]
        names = [calendar.month_abbr[d.month] for d in shown]
    return [(d, name, f"{name} {d.year}") for d, name in zip(shown, names, strict=True)]
