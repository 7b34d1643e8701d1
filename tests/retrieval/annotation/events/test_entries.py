"""What stands in an entry that a date or a time heads."""

from __future__ import annotations

import pytest

from tests.retrieval.annotation.events.read_events import dated

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "clause", "value"),
    [
        ("- **3 May 1881.** The mill burned. Nobody died.", "**3 May 1881.** The mill burned", "1881-05-03"),
        ("- 3 May 1881. The mill burned. Nobody died.", "3 May 1881. The mill burned", "1881-05-03"),
        ("- **1785.** The mill burned.", "**1785.** The mill burned", "1785"),
        ("3 May 1881: The mill burned and fell.", "3 May 1881: The mill burned and fell", "1881-05-03"),
        ("*Update, 3 Nov: The firm has sold it.*", "3 Nov: The firm has sold it", "2016-11-03"),
        ("Was it lit? On 1 May 2004, for a year.", "Was it lit? On 1 May 2004, for a year", "2004-05-01"),
    ],
)
def test_a_date_at_the_head_of_an_entry_is_that_of_what_it_tells(text: str, clause: str, value: str) -> None:
    assert dated(text) == [(clause, value, "happened")]


def test_a_day_to_come_at_the_head_of_an_entry_is_that_of_a_plan() -> None:
    text = "- 17 November: Year 4 visit the mill\n- Friday 18 November – own-clothes day"
    assert [(value, status) for _, value, status in dated(text)] == [
        ("2016-11-17", "scheduled"),
        ("2016-11-18", "scheduled"),
    ]


def test_a_line_that_is_only_a_date_tells_of_nothing() -> None:
    assert dated("It rained.\n\nTuesday, 6 October 2015\n\nIt snowed.\n") == []


def test_a_correction_of_a_day_is_no_happening_of_it() -> None:
    assert dated("**Correction, 3 Nov:** An earlier version of this article said that 600 were hurt.") == []


LIVE = (
    "**22:15** The fire is out.\n\n**21:40** The chief has given a briefing on it.\n\n"
    "**18:05** Two people have died in the tower.\n"
)


def test_an_entry_of_a_live_report_is_of_the_day_of_the_article() -> None:
    assert [(text, value) for text, value, _ in dated(LIVE)] == [
        ("**22:15** The fire is out", "2016-10-31T22:15"),
        ("**21:40** The chief has given a briefing on it", "2016-10-31T21:40"),
        ("**18:05** Two people have died in the tower", "2016-10-31T18:05"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "10:00 The band marches in.\n11:00 The fair is opened.\n12:30 Lunch in the hall.",
        "08:30 The first crew arrived there.\n09:10 The roof was lost to it.\n10:45 The fire died down.",
        "00:20 It is out, they say now.\n23:50 It has spread to the hall.\n22:10 The hall has caught fire.",
    ],
)
def test_a_programme_and_what_may_be_of_another_day_has_no_day(text: str) -> None:
    assert dated(text) == []
