"""Sentences about somebody else of the same surname."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.answering.questions.asked_for import asked_for
from retrieval.answering.sentences.evidence import Evidence, Measures
from retrieval.answering.sentences.namesakes import without_namesakes
from retrieval.schema import ArticleHead, FoundPassage, Stretch

HEAD = ArticleHead("operator", "one", 1, "Harbour closes", "Post", date(2026, 3, 4), (), None, None, 1)


def stays(question: str, sentence: str, passage: str = "Marit Roe, 54, showed no emotion.") -> bool:
    text = f"{passage} {sentence}"
    stretch = Stretch(len(passage) + 1, len(text))
    found = FoundPassage(HEAD, 0, len(text), text, (stretch,), 1.0, 0.5, 1, {})
    evidence = Evidence(found, stretch, sentence, (), 1.0, Measures())
    return bool(without_namesakes(question, asked_for(question).kind, [evidence]))


@pytest.mark.parametrize(
    "question", ["How long did Marit Roe get?", "When was Marit Roe jailed?", "Was Marit Roe fined?"]
)
def test_what_befell_a_namesake_is_left_out(question: str) -> None:
    assert not stays(question, "Her brother, Joran Roe, 49, was jailed for 18 months and fined $4,000.")


@pytest.mark.parametrize(
    ("question", "sentence", "passage"),
    [
        ("How long did Joran Roe get?", "Joran Roe, 49, was jailed for 18 months.", "Marit Roe spoke."),
        ("How long did Marit Roe get?", "Mr Roe was jailed for 18 months.", "Marit Roe spoke."),
        ("How long did Marit Roe get?", "M. Roe was jailed for 18 months.", "Marit Roe spoke."),
        ("How long did Alex Roe get?", "Alexander Roe was jailed for 18 months.", "Alex Roe spoke."),
        ("How long did Marit Roe get?", "Joran Roe and Marit each got six years.", "Marit Roe spoke."),
        ("How long did Marit Roe get?", "She and Joran Roe got six years.", "Marit Roe spoke."),
        ("How long did Bob Roe get?", "Robert Roe was jailed for 18 months.", "Rain fell."),
        ("How much did Marit Roe pay Joran Roe?", "Joran Roe was paid $90,000.", "Marit Roe spoke."),
        ("How long did Marit Roe's brother get?", "Joran Roe was jailed for 18 months.", "Marit Roe spoke."),
        ("How long did the Roe Trust last?", "Joran Roe was jailed for 18 months.", "Marit Roe spoke."),
        ("Who was tried with Marit Roe?", "Joran Roe was jailed for 18 months.", "Marit Roe spoke."),
    ],
)
def test_whoever_may_be_meant_stays(question: str, sentence: str, passage: str) -> None:
    assert stays(question, sentence, passage)
