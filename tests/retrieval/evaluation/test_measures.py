"""Measures of a run over labelled questions, counted by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from retrieval.errors import BadInput
from retrieval.evaluation import Labelled, Outcome, measure, read_labelled
from retrieval.schema import Answer, AnswerOrigin, LeftOut, Usage
from tests.answers import answer, article, citation

BRIDGE, OTHER = replace(article(), id="bridge"), replace(article(), id="other")
RIGHT = Labelled("When did the bridge reopen?", ("Sunday",), ("bridge",))
UNANSWERABLE = Labelled("Who won?", answerable=False)


def says(*cited: str, text: str = "It reopened on Sunday.") -> Answer:
    heads = {"bridge": BRIDGE, "other": OTHER}
    return answer([text], citations=[citation(n, head=heads[c]) for n, c in enumerate(cited, 1)])


def abstains() -> Answer:
    return replace(answer([]), abstained=True, reason="No.", citations=())


def test_search_is_measured_by_the_rank_of_the_first_answering_article() -> None:
    outcomes = [Outcome(RIGHT, found, says("bridge"), 0.1) for found in ((True,), (False, True), (False,) * 5, ())]
    measures = measure(outcomes)
    assert measures.hits_at_1 == 0.25
    assert measures.hits_at_4 == 0.5
    assert measures.mrr == pytest.approx((1 + 0.5) / 4)


def test_citations_are_measured_by_the_expected_articles() -> None:
    two = Labelled("Which?", articles=("bridge", "other"))
    measures = measure([Outcome(RIGHT, (), says("bridge", "other"), 1.0), Outcome(two, (), says("bridge"), 1.0)])
    assert measures.citation_precision == pytest.approx(2 / 3)
    assert measures.citation_recall == pytest.approx(2 / 3)


def test_an_answer_is_right_when_it_holds_all_that_is_expected() -> None:
    outcomes = [
        Outcome(RIGHT, (), says("bridge", text="It was on  SUNDAY."), 1.0),
        Outcome(RIGHT, (), says("bridge", text="It was in May."), 1.0),
        Outcome(RIGHT, (), abstains(), 1.0),
    ]
    assert measure(outcomes).right == pytest.approx(1 / 3)


def test_abstentions_are_measured_both_ways() -> None:
    outcomes = [
        Outcome(RIGHT, (), abstains(), 1.0),
        Outcome(UNANSWERABLE, (), abstains(), 1.0),
        Outcome(UNANSWERABLE, (), says("bridge"), 1.0),
        Outcome(UNANSWERABLE, (), says("bridge"), 1.0),
    ]
    measures = measure(outcomes)
    assert measures.abstention_precision == 0.5
    assert measures.abstention_recall == pytest.approx(1 / 3)


def test_sentences_of_a_model_count_as_verified_when_they_are_shown_as_written() -> None:
    written = replace(
        answer(["As written.", "Put right."]),
        origin=AnswerOrigin.WRITTEN,
        left_out=(LeftOut("Wrong.", ("a number",), "Put right."), LeftOut("Invented.", ("a name",))),
        usage=Usage("m", 1, 10, 10),
    )
    measures = measure([Outcome(RIGHT, (), written, 1.0), Outcome(RIGHT, (), says("bridge"), 1.0)])
    assert measures.verified == pytest.approx(1 / 3)
    assert measures.written == 0.5


def test_nothing_to_count_is_no_figure() -> None:
    measures = measure([])
    assert measures.questions == 0
    assert measures.mrr is measures.right is measures.seconds_p95 is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "Line 2 is no JSON"),
        ("[]", "Line 2 has no question"),
        ('{"question": " "}', "Line 2 has no question"),
        ('{"question": "Who?"}', "Line 2 does not say what answers it"),
        ('{"question": "Who?", "expected": 5}', "“expected” is a list"),
        ('{"question": "Who?", "answerable": "no"}', "“answerable” is true or false"),
    ],
)
def test_a_line_that_is_no_question_is_named(line: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read_labelled(['{"question": "Who?", "expected": ["she"]}', line])


def test_an_empty_file_is_refused_and_empty_lines_are_not() -> None:
    with pytest.raises(BadInput, match="no questions"):
        read_labelled(["", " "])
    line = json.dumps({"question": "Who?", "expected": "she"})
    assert read_labelled(["", line, ""]) == [Labelled("Who?", ("she",))]
