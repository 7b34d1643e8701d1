"""Whom or what a question is about has to be told of, by whatever word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.settings import Settings

NURSES = """The nurses of Hallam walked out on Tuesday. Their union wants a rise of 7 percent.

The hospital said that it would move its patients to Estwick for two weeks.
"""


@pytest.fixture(scope="module")
def hospital(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """With the real model: what is near what is what it knows of words."""
    folder = tmp_path_factory.mktemp("hospital")
    text = folder / "nurses.txt"
    text.write_text(NURSES, encoding="utf-8")
    library = Library(Settings(store=folder / "store"), create=True)
    library.add([text], given=Given(title="Walkout at the hospital", published=date(2026, 3, 4)))
    return library


@pytest.mark.parametrize("others", ["farmers", "pilots", "teachers", "shopkeepers"])
def test_what_one_group_wants_is_not_told_of_another(hospital: Library, others: str) -> None:
    assert hospital.ask(f"How much do the {others} want?").abstained


@pytest.mark.parametrize("same", ["nurses", "medics", "staff", "union", "people"])
def test_a_group_may_be_called_by_another_word(hospital: Library, same: str) -> None:
    answer = hospital.ask(f"How much do the {same} want?")
    assert "7 percent" in answer.sentences[0].text


def test_a_place_that_no_article_has_is_missed_in_small_letters_too(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    library.add([write("tarrow.txt", "Tarrow is the capital of Mershire, an old county of many weirs.\n")])
    assert not library.ask("what is the capital of mershire").abstained
    assert library.ask("what is the capital of mongolia").abstained


def test_what_has_a_name_need_not_have_it_in_each_passage(tmp_path: Path) -> None:
    first = "Half of the children were given the shot, known as QX-4, and the rest none. " + "It rained in Ulm. " * 90
    text = tmp_path / "shot.txt"
    text.write_text(
        f"A shot against fever\n\n{first}\n\nSide effects were mild. It came at a cost of about $4.\n", "utf-8"
    )
    with Library(Settings(store=tmp_path / "store"), create=True) as library:
        library.add([text])
        assert "$4" in library.ask("How much does QX-4 cost?").text
