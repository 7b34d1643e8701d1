"""What the judge is taught with, and what it learnt."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.answering.sentences.answer_judge import AnswerJudge
from tests.benchmarks.fit_judge import (
    FOLDER,
    Case,
    all_articles,
    cases,
    counted,
    everyday,
    held_articles,
    read_with,
    taught_articles,
)
from tests.benchmarks.varied_news import NewsArticle, articles

CASE = Case("Who came?", ("Ines came.", "It was Ines."), tuple(f"near {n}" for n in range(9)), ("far",) * 4)


def test_what_is_held_out_is_not_learnt_from() -> None:
    held = {a.id for a in held_articles()}
    first, second, fifth, sixth = (
        {a.id for a in taught_articles(run)} for run in ("first", "second", "fifth", "sixth")
    )
    assert held
    assert not held & (first | second | fifth | sixth)
    assert second - first  # the quizzes
    assert sixth - fifth  # what nearly answers


def test_every_article_is_also_asked_about_in_everyday_words() -> None:
    for run in ("fourth", "fifth"):
        asked = everyday(run)
        assert all(article.questions for article in asked.values())
        later = [file for kind in ("near", "close", "page") for file in FOLDER.glob(f"{kind}_*.txt")]
        assert {a.id for a in all_articles()} - asked.keys() == {a.id for file in later for a in articles(file)}


def test_the_short_answer_stands_in_a_sentence_that_answers() -> None:
    def words(text: str) -> set[str]:
        return set(re.findall(r"\w+", text.casefold()))

    for article in (
        *taught_articles("first"),
        *taught_articles("second"),
        *taught_articles("fourth"),
        *taught_articles("fifth"),
        *(a for run in ("sixth", "seventh", "eighth") for a in taught_articles(run)),
        *held_articles(),
    ):
        for question in article.questions:
            if question.gold and question.fact.casefold() not in ("yes", "no"):
                assert words(question.fact) & words(" ".join(question.gold)), (article.id, question.text)


def test_a_question_is_read_with_one_sentence_that_answers_it_first() -> None:
    for seed in range(20):
        right, *others = read_with(CASE, random.Random(seed))
        assert right in CASE.right
        assert len(others) == 5
        assert not set(others) & set(CASE.right)


def test_a_question_without_an_answer_is_read_with_others_alone() -> None:
    read = read_with(Case("Who came?", (), ("a", "b"), ("c",)), random.Random(0))
    assert set(read) == {"a", "b", "c"}
    assert len(read) == 6


def test_cases_never_offer_a_sentence_that_answers_as_one_that_does_not() -> None:
    news: list[NewsArticle] = held_articles()[:12]
    for case in cases(news, random.Random(0)):
        assert not set(case.right) & {*case.near, *case.far}


def test_what_a_judge_takes_for_the_answer_is_read_before_the_rest() -> None:
    class Longest:
        def scores(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
            return np.array([len(sentence) for sentence in sentences], np.float32)

    for case in cases(held_articles()[:3], random.Random(0), Longest()):
        lengths = [len(sentence) for sentence in case.near[:12]]
        assert lengths == sorted(lengths, reverse=True)
        assert len(case.far) == 1


@pytest.mark.model
def test_the_judge_finds_the_sentence_in_articles_it_did_not_learn_from() -> None:
    first, higher = counted(AnswerJudge(), held_articles()[::9])
    assert first > 0.65
    assert higher > 0.8
