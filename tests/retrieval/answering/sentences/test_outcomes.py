"""What became of a proposal, told by another verb than was asked with."""

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.sentences.outcomes import settles, tells_outcome


@pytest.mark.model
@pytest.mark.parametrize(
    ("thing", "sentence", "settled"),
    [
        ("bond", "Voters in Marl rejected a school bond on Tuesday.", True),
        ("appeal", "The council appealed, but its appeal was turned down in March.", True),
        ("bond", "Turnout was low in 2023, when the bond failed by 212 votes.", True),
        ("plan", "The board approved the plan.", True),
        ("plan", "The board may reject the plan.", False),
        ("plan", "The board must approve the plan.", False),
        ("plan", "The plan rejected by nobody was his own idea, a rival of the bond said.", False),
        ("council", "The council rejected the plan.", False),
        ("bond", "The bond would have cost the owner of a home $212 a year.", False),
    ],
)
def test_a_verb_of_outcome_beside_the_thing(thing: str, sentence: str, settled: bool) -> None:
    assert settles(thing, next(iter(parse(load_parser(), [sentence])))) is settled


def test_only_a_question_for_an_outcome_is_answered_by_one() -> None:
    assert tells_outcome("pass", "Voters rejected the bond.")
    assert tells_outcome("succeed", "Its appeal was turned down.")
    assert not tells_outcome("pass", "Voters went home.")
    assert not tells_outcome("visit", "Voters rejected the bond.")
