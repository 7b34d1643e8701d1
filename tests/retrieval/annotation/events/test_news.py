"""The first sentence is news of the day of publication, unless it tells of a time long ago."""

from __future__ import annotations

import pytest

from tests.retrieval.annotation.events.read_events import events

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "When the lamp was lit on 3 November 1871, four hundred people rowed out.",
        "Four hundred people rowed out when the lamp was lit on 3 November 1871.",
        "After the mill burned down in 1902, its owner built a new one.",
        "The war ended in 1918; the men came home.",
    ],
)
def test_what_was_at_a_time_long_ago_is_no_news(text: str) -> None:
    assert [e for e in events(text) if e.expression is None] == []


@pytest.mark.parametrize(
    "text",
    [
        "A man was jailed after he burned down a mill in 2009.",
        "The council voted to rename the bridge that was built in 1902.",
        "After the mill burned down in 1902, its owner has now built a new one.",
    ],
)
def test_news_of_what_was_long_ago_is_news(text: str) -> None:
    assert len([e for e in events(text) if e.expression is None]) == 1
