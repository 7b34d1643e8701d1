"""Who does something by office."""

from __future__ import annotations

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.sentences.posts import holds_post, names_office
from retrieval.answering.verification.words import lemma


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Mo Lind called for Ann Roe, head of the club, to go.", True),
        ("The new operator and owner of the club is Ann Roe.", True),
        ("The former head of the club, Ann Roe, was there.", False),
        ("Ann Roe, head of the school, was there.", False),
        ("The head of the club was there.", False),
    ],
)
def test_whoever_is_named_as_its_head_runs_it(sentence: str, expected: bool) -> None:
    (doc,) = parse(load_parser(), [sentence])
    assert holds_post(lemma("runs"), lemma("club"), doc) is expected


@pytest.mark.parametrize(
    ("verb", "thing", "sentence", "expected"),
    [
        ("owns", "inn", "Illness has forced owner Stella Dunn to shut the place.", True),
        ("owns", "inn", "The owner of the mill, Stella Dunn, was there.", False),
        ("ran", "study", "“It helps,” said study author Ada Lind of the clinic.", True),
        ("ran", "study", "“It helps,” said book author Ada Lind of the clinic.", False),
        ("designed", "bridge", "“It is safe,” said Ada Lind of the Bridge Authority.", False),
        ("won", "cup", "The winner of the cup, Ada Lind, was there.", True),
    ],
)
def test_whoever_is_named_as_the_doer_does_it(verb: str, thing: str, sentence: str, expected: bool) -> None:
    (doc,) = parse(load_parser(), [sentence])
    assert holds_post(lemma(verb), lemma(thing), doc) is expected


def test_an_office_is_known_by_its_short_form_before_a_name() -> None:
    assert names_office("governor", "Gov. Ann Roe announced it.")
    assert not names_office("governor", "Sen. Ann Roe announced it.")
    assert not names_office("coach", "Gov. Ann Roe announced it.")
