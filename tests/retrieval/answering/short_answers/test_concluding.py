"""What follows from two compared figures, and what does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.joining import joined
from retrieval.answering.questions.several import parts
from retrieval.answering.short_answers.concluding import concluded
from retrieval.schema import Answer, AnswerSentence, Question
from tests.answers import article, citation

if TYPE_CHECKING:
    from spacy.tokens import Doc


def parsed(sentences: Iterable[str]) -> Iterable[Doc]:
    return parse(load_parser(), sentences)


def compared(question: str, *sentences: str) -> Answer:
    """The answer to a comparison with one sentence for each side."""
    sides = []
    for n, (part, text) in enumerate(zip(parts(question), sentences, strict=True)):
        cited = citation(1, head=article(f"Article {n}", url=f"https://gazette.example/{n}"), text=f"{text}{' ' * n}")
        sides.append(Answer(Question(part, part), (AnswerSentence(text, (1,)),), (cited,)))
    whole = joined(Question(question, question), sides)
    assert whole is not None
    return concluded(whole, sides, parsed)


@pytest.mark.parametrize(
    ("question", "one", "other", "conclusion"),
    [
        (
            "Which is taller, the tower or the dam?",
            "The tower is 120 metres tall.",
            "The dam is 48 metres high.",
            "[Taller: the tower, 120 metres against 48 metres.]",
        ),
        (
            "Which is longer, the tunnel or the pier?",
            "The tunnel is 900 metres long.",
            "The pier is 1.2 kilometres long.",
            "[Longer: the pier, 1.2 kilometres against 900 metres.]",
        ),
        (
            "Which dairy employs fewer people, Alm or Norgold?",
            "Alm employs 410 people.",
            "Norgold employs 230 people.",
            "[Fewer people: Norgold, 230 people against 410 people.]",
        ),
    ],
)
def test_two_figures_of_one_unit_tell_which_is_more(question: str, one: str, other: str, conclusion: str) -> None:
    told = compared(question, one, other)
    assert told.sentences[0] == AnswerSentence(conclusion, (1, 2))
    assert [s.text for s in told.sentences[1:]] == [one, other]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("Which is taller, the tower or the dam?", "The tower is 120 metres tall.", "The dam is tall."),
        ("Which is taller, the tower or the dam?", "The tower is 120 metres tall.", "The dam was lowered by 6 metres."),
        ("Which is taller, the tower or the dam?", "The tower is about 50 metres tall.", "The dam is 48 metres high."),
        ("Which is taller, the tower or the dam?", "It is 120 metres tall.", "The dam is 48 metres high."),
        ("Which is taller, the tower or the dam?", "The tower is 40 metres tall.", "The dam is 40 metres high."),
        ("Which is heavier, the bell or the gate?", "The bell weighs 3 tons.", "The gate is 3 metres wide."),
        ("Which dairy employs more people, Alm or Norgold?", "Alm employs 410 people.", "Norgold employs 9 cats."),
    ],
)
def test_nothing_follows_where_a_figure_is_not_certain(question: str, one: str, other: str) -> None:
    assert all(not s.text.startswith("[") for s in compared(question, one, other).sentences)


def of_one(question: str, text: str) -> Answer:
    """The answer to a comparison where the same sentence was found for both sides."""
    cited = citation(1, head=article("Shows", url="https://gazette.example/shows"), text=text)
    sides = [Answer(Question(p, p), (AnswerSentence(text, (1,)),), (cited,)) for p in parts(question)]
    whole = joined(Question(question, question), sides)
    assert whole is not None
    return concluded(whole, sides, parsed)


@pytest.mark.parametrize(
    ("question", "text", "conclusion"),
    [
        (
            "Which show drew more visitors, Alm or Birch?",
            "On 5 May Alm drew 4,000 visitors to its show, Birch 2,500.",
            "[More visitors: Alm, 4,000 against 2,500.]",
        ),
        (
            "Did fewer visitors come to Alm than to Birch?",
            "Alm and Birch drew 4,000 and 2,500 visitors respectively.",
            "[Fewer visitors: Birch, 2,500 against 4,000.]",
        ),
        (
            "Which cost more, the tent at Alm or the tent at Birch?",
            "The organisers paid £9,500 for the tent at Birch and £12,000 for the one in Alm.",
            "[Cost more: the tent at Alm, £12,000 against £9,500.]",
        ),
        (
            "Who receives less, Rand or Lowe?",
            "Rand receives 15,000 euros, Lowe 8,000.",
            "[Receives less: Lowe, 8,000 against 15,000 euros.]",
        ),
        (
            "Which is taller, the tower or the dam?",
            "The tower is 120 metres tall, the dam 48 metres.",
            "[Taller: the tower, 120 metres against 48 metres.]",
        ),
    ],
)
def test_one_sentence_that_tells_both_sides_is_enough(question: str, text: str, conclusion: str) -> None:
    told = of_one(question, text)
    assert [s.text for s in told.sentences] == [conclusion, text]
    assert told.sentences[0].citations == (1,)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which show drew more visitors, Alm or Birch?", "Alm drew 4,000 visitors, Birch sold 2,500 cakes, Ash 900."),
        ("Which show drew more visitors, Alm or Birch?", "Alm drew 4,000 visitors more than the 2,500 at Birch."),
        ("Which show drew more visitors, Alm or Birch?", "Between Alm and Birch 4,000 people rode on 2 trains."),
        ("Which show drew more visitors, Alm or Birch?", "Alm has 4,000 trees, Birch 2,500."),
        ("Which is taller, the tower or the dam?", "The tower is 120 metres tall, the dam holds 48 tons."),
    ],
)
def test_one_sentence_tells_nothing_where_the_figures_are_of_other_things(question: str, text: str) -> None:
    assert all(not s.text.startswith("[") for s in of_one(question, text).sentences)
