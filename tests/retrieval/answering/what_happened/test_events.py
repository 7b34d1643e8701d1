"""What happened on a day, where the articles date other things less closely."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.reading.given import Given

pytestmark = pytest.mark.model

Write = Callable[[str, str], Path]

FIRE = (
    "MARLOW — A fire destroyed the Regent theatre on Wednesday, two days before it was to reopen.\n\n"
    "A guard was treated for smoke. The Regent was built in 1911, burned in 1938 and was rebuilt in 1951.\n"
)
FERRY = (
    "Storms have damaged the pier of Sund. The ferry to Marlow will be suspended in November."
    " Trains to Marlow will not run before the end of the month.\n\n"
    "Tram drivers in Marlow have been on strike since 2 November.\n"
)


@pytest.fixture
def filled(library: Library, write: Write) -> Library:
    library.add([write("fire.txt", FIRE)], given=Given(title="Fire destroys theatre", published=date(2026, 11, 5)))
    library.add([write("ferry.txt", FERRY)], given=Given(title="A pier", published=date(2026, 11, 8)))
    return library


TODAY = date(2026, 11, 24)


def test_what_is_of_the_day_comes_before_what_is_of_its_month(filled: Library) -> None:
    answer = filled.ask("What happened on 4 November in Marlow?", today=TODAY)
    assert answer.sentences[0].text.startswith("[4 November 2026*] MARLOW")
    assert all("ferry" not in s.text for s in answer.sentences)


def test_a_month_is_no_answer_for_a_day(filled: Library) -> None:
    answer = filled.ask("What happened on 6 November in Marlow?", today=TODAY)
    assert [s.text.split("]")[0] for s in answer.sentences] == ["[since 2 November 2026*"]


def test_a_month_answers_for_a_week(filled: Library) -> None:
    answer = filled.ask("What happened between 9 and 15 November in Marlow?", today=TODAY)
    assert "ferry" in answer.text
    assert "not run" not in answer.text  # what was not to be in all the month is not of those days


def test_a_sentence_that_names_several_days_is_shown_once_and_in_a_time_line_for_each(filled: Library) -> None:
    built = "was rebuilt in 1951"
    assert filled.ask("What happened between 1900 and 1960?", today=TODAY).text.count(built) == 1
    assert filled.ask("A timeline of the Regent", today=TODAY).text.count(built) > 1
