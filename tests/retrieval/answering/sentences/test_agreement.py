"""Sentences that agree on an answer, and what that makes of its chance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.answering.questions.asked_for import AskedFor
from retrieval.answering.sentences.agreement import agreed, answer_words
from retrieval.answering.sentences.evidence import Evidence, Measures
from retrieval.answering.sentences.selector import among, confidence, ranked
from retrieval.schema import ArticleHead, FoundPassage, Stretch
from retrieval.search.words import stem

HEAD = ArticleHead("operator", "one", 1, "The bridge", "Post", None, (), None, None, 1)
GOOD = Measures(cosine=0.7, asking=0.8, coverage=0.7, context=0.8, offered=0.8, tie=0.5, rank=1.0)


def says(text: str, answer: str) -> Evidence:
    passage = FoundPassage(HEAD, 0, len(text), text, (Stretch(0, len(text)),), 1.0, 0.5, 1, {})
    found = Evidence(passage, Stretch(0, len(text)), text, (), 1.0, GOOD, AskedFor.PERSON)
    return replace(found, answer=answer_words(answer))


AGREEING = [
    says("Ines Calder, who chairs the authority, said so.", "Ines Calder"),
    says("The chair of the authority, Ines Calder, denied it.", "Ines Calder"),
    says("Calder, Ines by her first name, has been in the chair since 2021.", "Calder"),
]
RIVALS = [
    says("Ines Calder, who chairs the authority, said so.", "Ines Calder"),
    says("The chair of the authority, Per Lind, denied it.", "Per Lind"),
    says("Anna Berg has been in the chair since 2021.", "Anna Berg"),
]


def test_sentences_that_name_one_answer_are_surer_of_it_than_those_that_name_several() -> None:
    together, apart = among(ranked(AGREEING)), among(ranked(RIVALS))
    assert together[0].ahead == pytest.approx(1.0)
    assert apart[0].ahead == pytest.approx(1 / 3)
    assert confidence(together[0]) > confidence(apart[0])


def test_what_no_name_or_figure_answers_is_only_as_sure_as_its_sentence() -> None:
    assert agreed(frozenset(), 0.25, [({"authority"}, 0.5)]) == 0.25


@pytest.mark.parametrize(
    ("one", "other"), [("1,200", "1200"), ("five", "5"), ("Ines Calder", "INES CALDER"), ("the 5 boats", "five boats")]
)
def test_one_answer_has_one_form_however_it_is_written(one: str, other: str) -> None:
    assert answer_words(one) == answer_words(other)


def test_what_the_question_says_itself_is_no_part_of_the_answer() -> None:
    assert answer_words("harbour master Per Lind", {stem("harbour"), stem("master")}) == answer_words("Per Lind")
