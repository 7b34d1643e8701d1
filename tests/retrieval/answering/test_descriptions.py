"""Who or what a question only describes: found first, then asked about by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.descriptions import described, name_told
from retrieval.library import Library
from retrieval.reading.given import Given
from tests.answers import answer, citation

if TYPE_CHECKING:
    from spacy.tokens import Doc

pytestmark = pytest.mark.model

Write = Callable[[str, str], Path]

STORY = """The cup final in Ulmen was won by the Otters on Saturday.

The goalkeeper who saved the penalty, Rita Salgado, will retire in June. Salgado is 37 and has played 402 matches.

The stand was built by Lowe & Sons. Lowe & Sons was founded in 1902 by a miller.
"""


def parsed(sentences: Iterable[str]) -> Iterable[Doc]:
    return parse(load_parser(), sentences)


@pytest.mark.parametrize(
    ("question", "identity", "named"),
    [
        ("How old is the man who raised the alarm?", "Who raised the alarm?", "How old is Jo Rand?"),
        ("Where does the nurse who found him live?", "Which nurse found him?", "Where does Jo Rand live?"),
        ("When was the firm that built the dam founded?", "Which firm built the dam?", "When was Jo Rand founded?"),
        ("Who runs the plant that was sold in May?", "Which plant was sold in May?", "Who runs the Jo Rand plant?"),
    ],
)
def test_a_description_is_a_question_of_its_own(question: str, identity: str, named: str) -> None:
    found = described(question, parsed)
    assert found is not None
    assert found.identity == identity
    assert found.named("Jo Rand") == named


@pytest.mark.parametrize(
    "question",
    [
        "Who is the man who raised the alarm?",
        "Which man who lives there raised the alarm?",
        "How old is Jo Rand, who raised the alarm?",
        "What did the mayor say?",
        "",
    ],
)
def test_who_or_what_is_asked_for_itself_is_no_description(question: str) -> None:
    assert described(question, parsed) is None


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Jo Rand raised the alarm.", "Jo Rand"),
        ("A farmer, Jo Rand, raised the alarm.", "Jo Rand"),
        ("A farmer below the dam raised the alarm.", None),
        ("Jo Rand should raise the alarm.", None),
        ("Jo Rand did not raise the alarm.", None),
        ("The alarm was raised in Ulmen.", None),
    ],
)
def test_a_name_is_taken_only_from_who_did_it(sentence: str, name: str | None) -> None:
    told = answer((sentence,), citations=(citation(text=sentence),), question="Who raised the alarm?")
    assert name_told(told, parsed) == name


def test_both_searches_are_shown_and_cited(library: Library, write: Write) -> None:
    library.add([write("final.txt", STORY)], given=Given(published=date(2031, 6, 2)))
    told = library.ask("When was the firm that built the stand founded?")
    assert "built by Lowe & Sons" in told.sentences[0].text
    assert "founded in 1902" in told.sentences[1].text
    assert len(told.citations) == 2


def test_what_is_not_told_of_whom_was_found_is_said_to_be_missing(library: Library, write: Write) -> None:
    library.add([write("final.txt", STORY)], given=Given(published=date(2031, 6, 2)))
    told = library.ask("How much does the goalkeeper who saved the penalty earn?")
    assert told.abstained or any("do not answer this part" in note for note in told.notes)
