"""Where days lie on a picture's axis."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.charts.time_axis import axis_of, thinned

SPANS = st.lists(
    st.tuples(st.dates(), st.integers(0, 4000)).map(
        lambda pair: (pair[0], date.fromordinal(min(pair[0].toordinal() + pair[1], date.max.toordinal())))
    ),
    min_size=1,
    max_size=20,
)


@given(SPANS)
def test_days_lie_in_order_on_the_axis(spans: list[tuple[date, date]]) -> None:
    axis = axis_of(spans)
    places = [axis.at(day) for day in sorted(day for span in spans for day in span)]
    assert places == sorted(places)
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in places)
    assert all(0 <= fold <= 1 for fold in axis.folds)
    for stretch in axis.ticks():
        assert all(tick.label in tick.dated or tick.label == tick.dated for tick in stretch)


def test_long_emptiness_is_folded_and_what_lies_close_together_is_not_squashed() -> None:
    days = [date(2026, 1, 1) + timedelta(days=20 * n) for n in range(8)]
    axis = axis_of([(date(1612, 1, 1), date(1612, 12, 31)), *((d, d) for d in days)])
    assert len(axis.folds) == 1
    assert axis.at(days[-1]) - axis.at(days[0]) > 0.5


@given(SPANS, st.integers(1, 14))
def test_no_more_are_drawn_than_there_is_room_for(spans: list[tuple[date, date]], room: int) -> None:
    axis = axis_of(spans)
    kept = thinned([axis.at(first) for first, _ in spans], [1.0] * len(spans), room)
    assert kept == sorted(set(kept))
    assert len(kept) == min(room, len(spans))


def test_of_a_crowd_fewer_are_drawn_than_of_what_stands_alone() -> None:
    places = [0.5 + n / 1000 for n in range(20)] + [0.05, 0.95]
    assert {20, 21} <= set(thinned(places, [1.0] * 22, 5))
