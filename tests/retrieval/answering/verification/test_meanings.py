"""What words mean by the file reduced from WordNet, and what of it a written sentence may rest on."""

from __future__ import annotations

import pytest

from retrieval.answering.verification.likeness import Likeness
from retrieval.answering.verification.meanings import FILE, Word, meanings
from retrieval.answering.verification.words import lemma


def word(kind: str, text: str) -> Word:
    verb, joint, particle = text.partition("_")
    return kind, f"{lemma(verb)}{joint}{particle}"


@pytest.mark.parametrize(
    ("kind", "a", "b"),
    [
        ("verb", "purchase", "buy"),
        ("verb", "refuse", "turn_down"),
        ("noun", "lawyer", "attorney"),
        ("noun", "automobile", "car"),
        ("adjective", "huge", "immense"),
    ],
)
def test_words_of_one_frequent_meaning_say_the_same(kind: str, a: str, b: str) -> None:
    assert meanings().same(word(kind, a), word(kind, b))
    assert meanings().same(word(kind, b), word(kind, a))


def test_what_is_derived_says_the_same_but_not_whatever_shares_a_thought() -> None:
    assert meanings().same(word("noun", "resignation"), word("verb", "resign"))
    assert meanings().same(word("verb", "decide"), word("noun", "decision"))
    assert not meanings().same(word("verb", "believe"), word("noun", "idea"))


@pytest.mark.parametrize(
    ("kind", "a", "b"),
    [
        ("verb", "rise", "fall"),
        ("verb", "accept", "reject"),
        ("verb", "win", "lose"),
        ("adjective", "quick", "slow"),
        ("adjective", "cheap", "costly"),
        ("noun", "victory", "defeat"),
        ("verb", "open", "close"),
    ],
)
def test_opposites_are_opposed_both_ways_and_never_the_same(kind: str, a: str, b: str) -> None:
    one, other = word(kind, a), word(kind, b)
    assert meanings().opposed(one, other)
    assert meanings().opposed(other, one)
    assert not meanings().same(one, other)


@pytest.mark.parametrize(
    ("narrow", "wide"), [("freighter", "ship"), ("astrolabe", "instrument"), ("villager", "person")]
)
def test_a_kind_bears_the_wider_word_and_not_the_other_way(narrow: str, wide: str) -> None:
    assert meanings().is_kind_of(word("noun", narrow), word("noun", wide))
    assert not meanings().is_kind_of(word("noun", wide), word("noun", narrow))


def test_a_rare_meaning_counts_for_nothing() -> None:
    assert not meanings().same(word("noun", "bank"), word("noun", "cant"))  # of a road in a bend
    assert not meanings().same(word("noun", "plane"), word("noun", "sycamore"))


def test_the_kinds_of_words_are_kept_apart() -> None:
    assert not meanings().same(word("noun", "purchase"), word("verb", "resign"))
    assert not meanings().is_kind_of(word("verb", "freighter"), word("noun", "ship"))


def test_an_opposite_is_not_taken_for_the_same_however_near_its_vector() -> None:
    alike = Likeness(lambda a, b: 1.0)
    assert not alike.words("quick", "adjective", "slow", "adjective")
    assert alike.words("quick", "adjective", "swift", "adjective")


def test_every_line_leads_to_lines_that_are_there_and_the_licence_is_kept() -> None:
    found = meanings()
    lines = [line for line in FILE.read_text("utf-8").splitlines() if not line.startswith(("#", "="))]
    for related in (found.wider, found.opposite, found.derived, found.like):
        assert all(0 <= other < len(lines) for others in related.values() for other in others)
    head = FILE.read_text("utf-8")[:3000]
    assert "WordNet 3.1 Copyright 2011 by Princeton University" in head
    assert "Permission to use, copy, modify and distribute" in head
