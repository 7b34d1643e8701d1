"""Whether a sentence tells what something was done for."""

from __future__ import annotations

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.sentences.purposes import tells_purpose
from retrieval.answering.verification.words import lemma
from retrieval.search.words import stems


@pytest.mark.parametrize(
    ("question", "verb", "sentence", "tells"),
    [
        ("Why was the pool shut?", "shut", "The town shut the pool for a month to repair the tiles.", True),
        ("Why did they close the pool?", "close", "To cut costs, the firm closed the pool.", True),
        ("Why did the guild sell its hall?", "sell", "The guild sold its hall in March to pay for a school.", True),
        ("Why does the town want to shut the pool?", "want", "The town wants to shut it to save water.", True),
        ("Why did Roe refuse to pay?", "refuse", "Roe refused, saying the bill was not hers.", True),
        ("Why did they close the pool?", "close", "The firm closed the pool, citing its age.", True),
        ("Why did they close the pool?", "close", "The firm closed the pool, and Roe left, saying nothing.", False),
        ("Why did she ask them?", "ask", "She asked them to wait.", False),
        ("Why did the farm refuse to pay?", "refuse", "The farm refused to pay.", False),
        ("Why did they meet to pray?", "meet", "They met to pray.", False),  # the question says that itself
        ("Why was the pool shut?", "shut", "The pool was shut, and divers came to look at it.", False),
    ],
)
def test_a_purpose_hangs_on_the_verb_asked_about(question: str, verb: str, sentence: str, tells: bool) -> None:
    (doc,) = parse(load_parser(), [sentence])
    assert tells_purpose(lemma(verb), stems(question), doc) is tells
