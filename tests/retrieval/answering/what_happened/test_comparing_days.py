"""What follows from two dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.annotation.time.values import span_of
from retrieval.answering.what_happened.comparing_days import between, order
from retrieval.schema import TimeSpan


def span(value: str) -> TimeSpan:
    found = span_of(value)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2024-05-02", "2024-05-11", -1),
        ("2024-05-11", "2024-05-02", 1),
        ("2024-05-02", "2024-05-02", 0),
        ("2024-05", "2024-05-02", None),
        ("2024-05", "2024-05", None),
        ("XXXX-05-02", "2024-05-02", None),
        ("2024-05-02T10:00", "2024-05-02T11:00", None),
    ],
)
def test_the_order_is_said_only_where_it_is_sure(one: str, other: str, expected: int | None) -> None:
    assert order(span(one), span(other)) == expected


@pytest.mark.parametrize(
    ("early", "late", "said"),
    [
        ("2024-05-02", "2024-05-11", "9 days"),
        ("2024-02-28", "2024-03-01", "2 days"),
        ("2023-12-31", "2024-01-01", "1 day"),
        ("2024-05-20", "2024-10-26", "159 days, about 5 months"),
        ("1792", "1978-06-30", "185 to 186 years"),
        ("2024-08", "2024-11", "2 to 4 months"),
        ("2024-05-02", "2024-05-10/2024-05-11", "8 to 9 days"),
    ],
)
def test_the_time_between_is_said_as_closely_as_it_is_known(early: str, late: str, said: str) -> None:
    assert between(span(early), span(late)) == said


@given(st.dates(), st.dates())
def test_two_days_are_in_one_order_and_so_many_days_apart(one: date, other: date) -> None:
    a, b = span(one.isoformat()), span(other.isoformat())
    found, back = order(a, b), order(b, a)
    assert found is not None
    assert back == -found
    if found:
        early, late = (a, b) if found < 0 else (b, a)
        assert between(early, late).startswith(f"{abs((other - one).days):,} day")
