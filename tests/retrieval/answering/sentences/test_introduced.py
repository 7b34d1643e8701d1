"""Whoever an article first describes, and names in the next sentence."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.answering.questions.asked_for import asked_for
from retrieval.answering.questions.question_words import question_words
from retrieval.answering.sentences.evidence import Evidence, Measures
from retrieval.answering.sentences.introduced import introduced, naming, told_of_whom, with_whom
from retrieval.schema import ArticleHead, FoundPassage, Stretch

HEAD = ArticleHead("operator", "one", 1, "Harbour closes", "Post", date(2026, 3, 4), (), None, None, 1)


def sentences(*texts: str) -> list[Evidence]:
    text = "\n\n".join(texts)
    stretches = tuple(Stretch(text.index(t), text.index(t) + len(t)) for t in texts)
    passage = FoundPassage(HEAD, 0, len(text), text, stretches, 1.0, 0.5, 1, {})
    return [Evidence(passage, s, t, (), 1.0, Measures()) for s, t in zip(stretches, texts, strict=True)]


def test_a_sentence_on_whoever_is_named_next_is_on_the_one_asked_about() -> None:
    first, second = sentences("A former treasurer was jailed for six years.", "Marit Roe, 54, showed no emotion.")
    question = "How long was Marit Roe jailed?"
    words = question_words(asked_for(question), question, {}, 1)
    assert told_of_whom(first) == "Marit Roe, a former treasurer was jailed for six years."
    told, other = with_whom(words, [first, second])
    assert told.measures.context == 1.0
    assert other == second
    assert naming(first, [second, first]) == [second]
    asks_another = "How long was Per Lind jailed?"
    assert with_whom(question_words(asked_for(asks_another), asks_another, {}, 1), [first]) == [first]


@pytest.mark.parametrize(
    ("sentence", "following"),
    [
        ("A man was killed when his car hit a bus.", "Per Lind, 45, was driving the bus."),
        ("A nurse was hit by a driver on Monday.", "Per Lind, 45, was arrested."),
        ("The treasurer was jailed for six years.", "Per Lind, 45, was arrested."),
        ("A bridge was shut on Monday.", "Per Lind, 45, was arrested."),
        ("A treasurer was jailed for six years.", "Per Lind was arrested."),
        ("A treasurer was jailed for six years.", "He is 45."),
    ],
)
def test_nobody_is_introduced_where_another_may_be_named(sentence: str, following: str) -> None:
    first, second = sentences(sentence, following)
    assert introduced(first) == ""
    assert told_of_whom(first) == sentence
    assert naming(first, [first, second]) == []
