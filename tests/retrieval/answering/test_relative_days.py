"""Relative days get their dates, and nothing else does."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.relative_days import with_days
from retrieval.schema import Stretch

WEDNESDAY = date(2026, 10, 14)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The council voted on Tuesday to build.", "The council voted on Tuesday [13 October 2026] to build."),
        ("Yesterday the dam broke.", "Yesterday [13 October 2026] the dam broke."),
        ("Tuesday’s vote was close.", "Tuesday’s [13 October 2026] vote was close."),
        ("They will meet tomorrow.", "They will meet tomorrow [15 October 2026]."),
        ("They met on 3 October.", "They met on 3 October."),
        ("They met last week.", "They met last week."),
        ("On 3 October it burned. They met on the same night.", "On 3 October it burned. They met on the same night."),
        ("It was agreed in the night.", "It was agreed in the night."),
        ("They met in March.", "They met in March."),
        ("The Sunday Times wrote of it.", "The Sunday Times wrote of it."),
        ("They meet every Monday.", "They meet every Monday."),
    ],
)
def test_a_single_day_that_is_told_relatively_is_dated(text: str, shown: str) -> None:
    assert with_days(text, WEDNESDAY, Stretch(0, len(text)), text) == shown


def test_without_a_day_of_publication_nothing_is_dated() -> None:
    text = "The council voted on Tuesday to build."
    assert with_days(text, None, Stretch(0, len(text)), text) == text


_PIECES = (
    "the council", "voted", "on", "Monday", "Friday", "yesterday", "tomorrow", "the same night", "that day", "in May",
    "next week", "3 October", "last night", "every Sunday", "the Sunday Times", ".", ",", "“", "”", "[", "2019",
    "Mr. Day",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map(" ".join))
def test_only_near_days_are_added_and_nothing_else_is_changed(text: str) -> None:
    shown = with_days(text, WEDNESDAY, Stretch(0, len(text)), text)
    added = re.findall(r" \[\d{1,2} \w+ \d{4}\]", shown)
    assert len(shown) == len(text) + sum(map(len, added))
    days = [WEDNESDAY + timedelta(n) for n in range(-62, 63)]
    assert all(any(f"{d.day} {d:%B} {d.year}]" in day for d in days) for day in added)
    assert not re.search(r"\bthe same night \[\d|\bthat day \[\d", shown)
