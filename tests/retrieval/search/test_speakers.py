"""Whom a typed name means."""

from __future__ import annotations

import pytest

from retrieval.schema import Speaker
from retrieval.search.speakers import describes, is_named, meant, speaker_query


@pytest.mark.parametrize(
    ("typed", "name", "fits"),
    [
        ("Calder", "Ines Calder", True),
        ("calder", "Inés Cálder", True),
        ("INÉS CALDER", "Ines M. Calder", True),
        ("Mayor Ines Calder", "Ines Calder", True),
        ("Mr. Brandl", "Otto Brandl Jr.", True),
        ("I. Calder", "Ines Calder", True),
        ("Ines", "Ines Calder", True),
        ("Roe", "Ines Calder-Roe", True),
        ("Calder's", "Ines Calder", True),
        ("Otto Calder", "Ines Calder", False),
        ("Ines Calder", "Calder", False),
        ("Cald", "Ines Calder", False),
        ("Calder Ines", "Ines Calder", False),
        ("", "Ines Calder", False),
    ],
)
def test_a_name_is_meant_by_its_words_and_not_by_others(typed: str, name: str, fits: bool) -> None:
    assert is_named(speaker_query(typed), name) is fits


def test_who_bears_the_very_name_is_meant_alone_and_a_surname_means_all_who_bear_it() -> None:
    speakers = {1: Speaker("Ines Calder"), 2: Speaker("Ines M. Calder"), 3: Speaker("Otto Calder", ("O. Calder",))}
    assert meant(speaker_query("Ines Calder"), speakers) == {1}
    assert meant(speaker_query("Calder"), speakers) == {1, 2, 3}
    assert meant(speaker_query("O. Calder"), speakers) == {3}


@pytest.mark.parametrize(
    ("asked", "words", "fits"),
    [
        ("police", "the police", True),
        ("officials", "a former harbour official", True),
        ("officials", "a spokeswoman for the ministry", True),
        ("harbour officials", "a harbour official", True),
        ("harbour officials", "a prison official", False),
        ("officials", "a baker", False),
        ("Quay Department", "a spokesman for the Quay Department", True),
        ("Ines Calder", "a spokesman for Ines Calder", False),
        ("Calder", "Calder’s lawyer", False),
        ("lawyer", "Calder’s lawyer", True),
        ("lawyer", "a man with a lawyer", False),
        ("the mayor", "the mayor, who took office in May", True),
    ],
)
def test_somebody_without_a_name_is_meant_by_what_he_is_and_not_by_whom_he_works_for(
    asked: str, words: str, fits: bool
) -> None:
    assert describes(speaker_query(asked), words) is fits
