""" "Is that true?": what in the articles denies or confirms what was told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.answering.conversation.whether_true import ALSO_SAID, NOT_TOLD, asks_whether_true, truth_told
from retrieval.schema import Answer
from retrieval.search.understanding import understand
from tests.answers import answer

TEXT = (
    "“We were two meetings from a deal,” Stuart Penn said. Rosa Dell denied that. The depot stands in Kiln Lane.\n\n"
    "Ada Lind said that she had warned the architect in May that the deck was light. It rained. Piers Holm denied that"
    " he had received a warning.\n\n"
    "Tom Rell said that a repair would cost £16 million. The day was long. Fiona Brand said that the figure of £16"
    " million left out the piers. Rell denied that the mayor had paid for lunch.\n\n"
    "Jan Roe promised two new boats.\n"
)


def told(claim: str) -> Answer:
    head = replace(answer(["x"]).citations[0].article, published=None)
    return truth_told(understand("Is that true?"), f"{claim} [1]", [head], lambda _: TEXT)


@pytest.mark.parametrize(
    ("claim", "shown", "notes"),
    [
        ("“We were two meetings from a deal,” Stuart Penn said.", ["Rosa Dell denied that."], ()),
        (
            "Ada Lind said that she had warned the architect in May [2026] that the deck was light.",
            ["Piers Holm denied that he had received a warning."],
            (),
        ),
        (
            "Tom Rell said that a repair would cost £16 million.",
            ["Fiona Brand said that the figure of £16 million left out the piers."],
            (ALSO_SAID,),
        ),
    ],
)
def test_who_denies_what_was_told_is_shown_else_who_speaks_of_its_figures(
    claim: str, shown: list[str], notes: tuple[str, ...]
) -> None:
    found = told(claim)
    assert [s.text for s in found.sentences] == shown
    assert found.notes == notes


@pytest.mark.parametrize("claim", ["Jan Roe promised two new boats.", "The depot stands in Kiln Lane.", "Nothing."])
def test_where_nobody_denies_or_confirms_it_that_is_said(claim: str) -> None:
    found = told(claim)
    assert found.abstained
    assert found.reason == NOT_TOLD


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("is that true?", True),
        ("And was that really true?", True),
        ("are you sure about that?", True),
        ("did anyone deny that?", True),
        ("is it true that the otters left?", False),
        ("is that the mayor?", False),
        ("did Roe deny that?", False),
        ("was that in May?", False),
    ],
)
def test_a_question_whether_what_was_told_is_true(question: str, asks: bool) -> None:
    assert asks_whether_true(question) is asks
