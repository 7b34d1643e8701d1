"""Completion finds names by the beginning of any word."""

from __future__ import annotations

from bot.prefix_index import PrefixIndex

NAMES = ["Tarn Valley Gazette", "The Lorn Times", "Lorn Evening Post", "Échos de Lorn"]


def test_names_that_begin_so_come_before_names_with_such_a_word() -> None:
    assert PrefixIndex(NAMES).matching("lorn", 25) == ["Lorn Evening Post", "The Lorn Times", "Échos de Lorn"]


def test_case_and_space_around_do_not_matter_and_several_words_may_be_typed() -> None:
    assert PrefixIndex(NAMES).matching(" VALLEY gaz", 25) == ["Tarn Valley Gazette"]
    assert PrefixIndex(NAMES).matching("éch", 25) == ["Échos de Lorn"]


def test_nothing_typed_offers_the_first_names_and_no_match_offers_none() -> None:
    assert PrefixIndex(NAMES).matching("", 2) == ["Lorn Evening Post", "Tarn Valley Gazette"]
    assert PrefixIndex(NAMES).matching("x", 25) == []
    assert PrefixIndex(()).matching("", 25) == []


def test_of_a_hundred_thousand_names_so_many_as_asked_for_are_offered() -> None:
    index = PrefixIndex(f"Paper {i} of Town {i % 977}" for i in range(100_000))
    assert len(index.matching("town 97", 25)) == 25
