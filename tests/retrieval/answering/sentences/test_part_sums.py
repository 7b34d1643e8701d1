"""What is paid from some purse is not taken for all that is paid."""

from __future__ import annotations

import pytest

from retrieval.answering.questions.asked_for import AskedFor
from retrieval.answering.sentences.evidence import Evidence, Measures
from retrieval.answering.sentences.part_sums import is_part_of_a_sum, wholes_first
from retrieval.answering.sentences.roles import UNFILLED
from retrieval.schema import ArticleHead, FoundPassage, Stretch

HEAD = ArticleHead("operator", "one", 1, "A mill is sold", "Post", None, (), None, None, 1)
QUESTION = "How much is Lowe paying for the mill?"


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Lowe will pay €30 million of its own money for the mill and borrow the rest.", True),
        ("Lowe will pay for it with $200m from its own funds and a bank loan.", True),
        ("Lowe paid a deposit of £4,000.", True),
        ("The first instalment is £4,000.", True),
        ("Lowe will pay €95 million in cash for the mill.", False),
        ("Lowe, which lent the town £3m, will pay €95 million for the mill.", False),
        ("Lowe will pay €95 million from June.", False),
    ],
)
def test_a_part_of_a_sum_is_told_by_what_it_comes_from(sentence: str, part: bool) -> None:
    assert is_part_of_a_sum(QUESTION, sentence) is part


def test_where_the_part_is_asked_for_it_is_no_part() -> None:
    assert not is_part_of_a_sum("How much of its own money is Lowe paying?", "It pays €3m of its own money.")


def evidence(text: str, share: float) -> Evidence:
    stretch = Stretch(0, len(text))
    passage = FoundPassage(HEAD, 0, len(text), text, (stretch,), 1.0, 0.5, 1, {})
    return Evidence(passage, stretch, text, (), 1.0, Measures(role=1.0), kind=AskedFor.AMOUNT, share=share)


def test_the_whole_sum_comes_before_its_part() -> None:
    part, profit = evidence("It pays €3m of its own money.", 0.6), evidence("It made €2m.", 0.1)
    whole = evidence("Lowe is to buy the mill for €9 million.", 0.2)
    found = wholes_first(QUESTION, [part, profit, whole])
    assert [e.text for e in found] == [whole.text, part.text, profit.text]
    assert [e.measures.role for e in found] == [1.0, UNFILLED, 1.0]
    assert wholes_first(QUESTION, [profit, whole]) == [profit, whole]
