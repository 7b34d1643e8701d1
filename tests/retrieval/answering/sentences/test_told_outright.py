"""Whether a sentence says just what is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.questions.question_syntax import question_syntax
from retrieval.answering.sentences.told_outright import told_outright
from retrieval.search.words import stems

if TYPE_CHECKING:
    from spacy.tokens import Doc


def parsed(sentences: Iterable[str]) -> Iterable[Doc]:
    return parse(load_parser(), sentences)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "Who did Lind replace?",
            "The play stars Eddie Moe, Jude Rand and Lind, who replaced Ann Lowe as Norra.",
            True,
        ),
        ("Who did Lind replace?", "Ann Lowe replaced Lind.", False),
        ("Who did Lind replace?", "Lind may replace Ann Lowe.", False),
        ("Who did Lind replace?", "Lind replaced her.", False),
        ("Who judges the contest?", "Ann Lowe, who has judged the contest for 30 years, was there.", True),
        ("Who judges the contest?", "Ann Lowe judged the match.", False),
        ("Who is Lind's lawyer?", "“We do not agree,” he told Lind’s attorney, Robert Moe.", True),
        ("Who is Lind's lawyer?", "Ann Lowe’s lawyer, Robert Moe, told Lind.", False),
        ("Who was Lind's finance minister?", "Ulm’s new finance minister, Tomas Roe, took it back.", False),
        ("Who is Lind's lawyer?", "Lind’s lawyer was there.", False),
        ("Who is the principal of Norra School?", "The school’s principal, Gina Moe, was there.", True),
        ("Who is the president of Norra?", "President Gina Moe met the mayor of Norra.", False),
        ("Who represented South Norra?", "It brought South Norra’s Foreign Minister Karin Lind there.", True),
        ("Who represented South Norra?", "It brought North Norra’s Foreign Minister Karin Lind there.", False),
        ("Who represented Norra at the games?", "It brought Norra’s Foreign Minister Karin Lind there.", False),
        ("When did Lind leave?", "Lind left Norra.", False),
        ("Who painted Salt Tide?", "“Salt Tide”, by Ann Lowe, was found in a cellar.", True),
        ("Who painted Salt Tide?", "“Salt Tide” was found by Ann Lowe in a cellar.", False),
        ("Who found Salt Tide?", "“Salt Tide”, by Ann Lowe, hung in a cellar.", False),
    ],
)
def test_the_other_side_of_the_verb_or_the_post_is_told(question: str, sentence: str, expected: bool) -> None:
    (doc,) = parsed([sentence])
    assert told_outright(question_syntax(question, parsed), question, stems(question), doc) is expected
