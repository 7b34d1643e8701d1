"""What is to come, what begins only then, and what is left open."""

from __future__ import annotations

import pytest

from tests.retrieval.annotation.events.read_events import dated

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("The museum will not reopen until next week.", "2016-W45", "scheduled"),
        ("The shop will open, but not until Friday.", "2016-11-04", "scheduled"),
        ("The shop may not open until 2027.", "2027", "hypothetical"),
        ("She did not learn to read until 1950.", "1950", "happened"),
        ("The first stone was not laid until May 1867.", "1867-05", "happened"),
        ("She could not vote until 1918.", "1918", "happened"),
        ("He did not come on Friday.", "2016-10-28", "denied"),
    ],
)
def test_what_is_not_so_until_a_day_is_so_on_it(text: str, value: str, status: str) -> None:
    assert [(v, s) for _, v, s in dated(text)] == [(value, status)]


def test_what_will_follow_from_a_day_is_not_planned_for_it() -> None:
    assert dated("It rained. Friday's ruling will allow the sale.") == []
    assert [s for _, _, s in dated("It rained. Friday's ruling allowed the sale.")] == ["happened"]


def test_what_is_expected_of_this_year_is_to_come() -> None:
    assert [s for _, _, s in dated("The firm expects sales of 3 billion in 2016.")] == ["scheduled"]
    assert [s for _, _, s in dated("The firm set a record in 2016.")] == ["happened"]


def test_what_is_not_ruled_out_is_left_open() -> None:
    assert [s for _, _, s in dated("The minister did not rule out a strike in June 2017.")] == ["hypothetical"]
    assert [s for _, _, s in dated("The minister ruled out a strike in June 2017.")] == ["denied"]
    assert [s for _, _, s in dated("The minister ruled out a strike on Friday.")] == ["happened"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The projections showed growth of 3% next year.", "hypothetical"),
        ("A poll found support for a ban in 2018.", "hypothetical"),
        ("The plan outlined spending of 3 billion in 2019.", "scheduled"),
        ("The council approved a ban next month.", "scheduled"),
        ("She signed a deal through 2018.", "scheduled"),
    ],
)
def test_what_lies_after_the_article_has_not_happened(text: str, status: str) -> None:
    assert [s for _, _, s in dated(text)] == [status]
