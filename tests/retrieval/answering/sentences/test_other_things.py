"""What was done to another thing is told apart from what was done to the thing asked about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.questions.question_syntax import question_syntax
from retrieval.answering.sentences.evidence import Evidence, Measures
from retrieval.answering.sentences.other_things import OF_ANOTHER, with_other_things
from retrieval.answering.sentences.passage_reader import PassageReader
from retrieval.answering.sentences.roles import ABSENT
from retrieval.schema import ArticleHead, FoundPassage, Stretch
from retrieval.storage.encoding.embedding import SentenceTransformerEmbedder

if TYPE_CHECKING:
    from spacy.tokens import Doc

HEAD = ArticleHead("operator", "one", 1, "News", "Post", None, (), None, None, 1)


def parsed(sentences: Iterable[str]) -> Iterable[Doc]:
    return parse(load_parser(), sentences)


@pytest.fixture(scope="module")
def reader() -> PassageReader:
    return PassageReader(SentenceTransformerEmbedder())


def role(question: str, text: str, reader: PassageReader) -> float:
    stretch = Stretch(0, len(text))
    passage = FoundPassage(HEAD, 0, len(text), text, (stretch,), 1.0, 0.5, 1, {})
    e = Evidence(passage, stretch, text, (), 1.0, Measures(role=1.0))
    (found,) = with_other_things(question, question_syntax(question, parsed), [e], parsed, reader)
    return found.measures.role


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("where did police find the stamps?", "Police found two passports in a flat in Ulm.", OF_ANOTHER),
        ("Where were the stamps found?", "Two passports were found in a flat in Ulm.", OF_ANOTHER),
        ("Where did the diver find the key?", "Lind said a diver had found a bicycle under the gate.", OF_ANOTHER),
        ("When did the council sell the hall?", "The council sold a tractor in May.", OF_ANOTHER),
        ("Who won the title?", "Jo Rand won a packet of flour in the raffle.", OF_ANOTHER),
        ("Who won the bake?", "Jo Rand won a packet of flour in the raffle.", ABSENT),
        ("Who scored the winning goal?", "Jo Rand scored from a penalty in the 14th minute.", OF_ANOTHER),
    ],
)
def test_what_was_done_to_another_thing_is_seen(
    question: str, text: str, expected: float, reader: PassageReader
) -> None:
    assert role(question, text, reader) == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who won the race?", "Jo Rand won the Ulm rally on Sunday."),
        ("Who won the race?", "Jo Rand won in a time of four hours."),
        ("Who built the bridge?", "Ann Lowe built a viaduct across the Wenn."),
        ("Who wrote the book?", "Ann Lowe wrote a novel in 1962."),
        ("Who sent the letter?", "Ann Lowe sent an email to the council."),
        ("Who bought the painting?", "A dealer bought a picture by Ann Lowe."),
        ("Who won the election?", "Ann Lowe won a second term."),
        ("Who won the prize?", "Ann Lowe won a medal."),
        ("Who scored the winning goal?", "Jo Rand scored in stoppage time."),
        ("Where was the body found?", "A man was found dead in a canal."),
        ("Where were the suspects arrested?", "Two men were arrested in a flat in Ulm."),
        ("Where did they find the boat?", "They found it in a barn."),
        ("Where did police find the loot?", "Police found the watches in a shed."),
        ("Where did police find the gun?", "Police found a pistol in a skip."),
    ],
)
def test_what_may_be_the_thing_asked_about_keeps_its_role(question: str, text: str, reader: PassageReader) -> None:
    assert role(question, text, reader) == 1.0
