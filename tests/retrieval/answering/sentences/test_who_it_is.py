"""Sentences that tell who somebody is, or how old."""

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.questions.asked_for import AskedFor, asked_for
from retrieval.answering.sentences.who_it_is import asked_about, description, tells_age, tells_who

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Ann Roe", "Ann Roe, a retired baker, opened the fair."),
        ("Ann Roe", "“It was late,” said Ann Roe, chief economist at the harbour board."),
        ("Ann Roe", "“It was late,” said Ann Roe, M.D., Ph.D., director of the county’s clinic."),
        ("Ann Roe", "Its chairman, Ann Roe, 71, said after the vote that the noise would stay."),
        ("ann roe", "The club's new secretary, Ann Roe, asked why nobody had been paid."),
        ("Ann Roe", "“We are sorry,” Harbourline CEO Ann Roe said in a statement."),
        ("Ann Roe", "Mayor Ann Roe opened the bridge."),
        ("Ann Roe", "Biologist Ann Roe of the Marl Institute was not convinced."),
        ("Ann Roe", "Ann Roe was a guest of the town."),
        ("Ann Roe", "“What is she to do?” asked Ann Roe, who has collected 1,500 names against the closure."),
        ("Roe", "Ms. Roe, the board’s spokeswoman, said so."),
        ("Ann Roe", "The party included Bo Diaz and Ann Roe, who helped to end the strike."),
        ("marsh fever", "Marsh fever, or MF, is a rare illness which the midge carries."),
    ],
)
def test_who_or_what_bears_a_name_is_told(name: str, sentence: str) -> None:
    assert tells_who(name, next(iter(parse(load_parser(), [sentence]))))


@pytest.mark.parametrize(
    "sentence",
    [
        "On Monday, Ann Roe told the council that the street was closed.",
        "In a letter to the company, Ann Roe said that it was over.",
        "The bridge was opened by Ann Roe, Lowmouth Council said.",
        "Ann Roe was late.",
        "Ann Roe, Bo Diaz and others came.",
        "Joanne Roemer, a baker, came.",
    ],
)
def test_a_name_alone_tells_nothing(sentence: str) -> None:
    assert not tells_who("Ann Roe", next(iter(parse(load_parser(), [sentence]))))


def test_whom_a_question_is_about() -> None:
    assert asked_about("Who is Ann Roe?") == "Ann Roe"
    assert asked_about("who's ann roe") == "ann roe"
    assert asked_about("What was the Marl Fund?") == "Marl Fund"
    assert asked_about("Who built the pier?") is None


def test_a_name_is_no_verb() -> None:
    assert asked_for("Who is Ned Field?").kind is AskedFor.DEFINITION
    assert asked_for("Who is sued?").kind is AskedFor.PERSON


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("How old is Ann Roe?", "Ann Roe, 61, opened the fair.", True),
        ("How old is the baker Ann Roe?", "Mayor Roe (61) opened the fair.", True),
        ("How old is Ann Roe?", "The 61-year-old baker Ann Roe opened the fair.", True),
        ("How old is Ann Roe?", "“It needs nine days,” said its director, Ann Roe, 49.", True),
        ("How old is Ann Roe?", "Bo Diaz, 61, met Ann Roe.", False),
        ("How old is Ann Roe?", "Ann Roe, 61 others and a dog came.", False),
        ("how old is the baker", "The baker, 61, came.", False),
    ],
)
def test_an_age_beside_the_name_asked_about(question: str, sentence: str, told: bool) -> None:
    assert tells_age(question, sentence) is told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("“We are sorry,” Harbourline CEO Ann Roe said in a statement.", "Harbourline CEO"),
        ("“It was late,” said Ann Roe, chief economist at the board.", "chief economist at the board"),
        ("The club's new secretary, Ann Roe, asked why nobody had been paid.", "The club's new secretary"),
        ("Ann Roe was a guest of the town, who paid for her.", "a guest of the town"),
        ("Its chairman, Ann Roe, said so.", ""),
        ("Dr. Ann Roe said so.", ""),
        ("Ann Roe, who has collected 1,500 names, said so.", ""),
    ],
)
def test_what_a_sentence_calls_somebody(sentence: str, told: str) -> None:
    assert description("Ann Roe", next(iter(parse(load_parser(), [sentence])))) == told
