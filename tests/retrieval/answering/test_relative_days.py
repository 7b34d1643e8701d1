"""Relative days get their dates, and nothing else does."""

from datetime import date

import pytest

from retrieval.answering.relative_days import with_days
from retrieval.schema import Stretch

WEDNESDAY = date(2026, 10, 14)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The council voted on Tuesday to build.", "The council voted on Tuesday [13 October 2026] to build."),
        ("Yesterday the dam broke.", "Yesterday [13 October 2026] the dam broke."),
        ("They will meet tomorrow.", "They will meet tomorrow [15 October 2026]."),
        ("They met on 3 October.", "They met on 3 October."),
        ("They met last week.", "They met last week."),
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
