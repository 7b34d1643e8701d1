"""What an abstention says."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.answering.abstaining import (
    NOTHING_FOUND,
    NOTHING_PLAIN,
    is_abstention,
    is_in_another_script,
    nothing_found,
    nothing_within,
    unclear_what,
    unclear_whom,
    with_nearest,
)
from retrieval.answering.questions.asked_for import asked_for
from retrieval.schema import ArticleHead, FoundPassage, Stretch, Window

HEAD = ArticleHead("operator", "one", 1, "Harbour closes", "Post", None, (), None, None, 1)
TEXT = "The harbour closed after Ines Calder found a crack in the quay."
FOUND = [FoundPassage(HEAD, 0, len(TEXT), TEXT, (Stretch(0, len(TEXT)),), 1.0, 0.5, 1, {})]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did Anna Berg do in the harbour?", "do not name Anna Berg"),
        ("Who built the harbour?", "a person beside “built” and “harbour”"),
        ("How much did the crack cost Ines Calder?", "an amount beside"),
        ("qwrt zxcv plkj", "None of the question's words"),
        ("why?", "None of the question's words"),
    ],
)
def test_it_says_what_was_looked_for_or_what_is_not_named(question: str, said: str) -> None:
    reason = nothing_found(question, asked_for(question), FOUND)
    assert reason.startswith(NOTHING_FOUND)
    assert said in reason


@pytest.mark.parametrize(
    ("question", "another"),
    [("谁当选了市长？", True), ("Кто стал мэром?", True), ("谁 is Calder?", False), ("who?", False)],
)
def test_a_question_in_letters_that_no_passage_has_is_answered_by_none(question: str, another: bool) -> None:
    assert (
        is_in_another_script(question, ["The bridge reopened on 3 May.", "Ines Calder was elected mayor."]) is another
    )


def test_an_abstention_is_known_from_an_answer_by_what_is_shown() -> None:
    reason = nothing_found("Who built the harbour?", asked_for("Who built the harbour?"), FOUND)
    assert all(is_abstention(told) for told in (reason, with_nearest(reason, TEXT, HEAD), unclear_whom("Who is he?")))
    assert is_abstention("The articles quote Ann Roe, but I found nothing said on that.")
    assert is_abstention("The articles name Alm Bridge, but I found no words of Alm Bridge.")
    assert not is_abstention(TEXT)
    assert not is_abstention("The articles name Ann Roe as a witness, she said.")


def test_a_when_without_anything_to_be_asked_of_is_asked_back() -> None:
    reason = unclear_what("when?")
    assert reason == "It is not clear what “when?” is about: ask it in full."
    assert is_abstention(reason)


def test_it_tells_the_nearest_sentence_with_its_source_cut_where_it_is_long() -> None:
    assert with_nearest(NOTHING_FOUND, TEXT, HEAD) == f"{NOTHING_PLAIN} The nearest one (Post, undated): {TEXT}"
    told = with_nearest(NOTHING_FOUND, "quay " * 100, HEAD)
    assert told.endswith("quay …")
    assert len(told) < 400


@pytest.mark.parametrize(
    "question", ["What does he want to see first?", "And why did she resign?", "How many goals did he score?"]
)
def test_a_pronoun_that_nothing_explains_is_asked_back(question: str) -> None:
    assert unclear_whom(question) in {
        f"It is not clear whom “{pronoun}” means: ask again with a name." for pronoun in ("he", "she")
    }


def test_the_other_one_that_nothing_explains_is_asked_back() -> None:
    said = "It is not clear what “the other one” means: ask again with a name."
    assert unclear_whom("how long is the other one?") == said == unclear_whom("What did the other one say?")
    assert unclear_whom("how long is the other bridge?") is None


@pytest.mark.parametrize(
    "question", ["What does Calder say he will do?", "When the mayor left, what did he say?", "Who is the mayor?"]
)
def test_a_pronoun_that_its_question_may_explain_is_not(question: str) -> None:
    assert unclear_whom(question) is None


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (Window(source="The Gull"), "None of them is by The Gull:"),
        (Window(date(2026, 3, 1), date(2026, 3, 9)), "published from 1 March 2026 and up to 9 March 2026:"),
        (Window(last=date(2026, 3, 9), source="The Gull"), "by The Gull published up to 9 March 2026:"),
    ],
)
def test_a_window_without_articles_is_said_to_have_none(window: Window, said: str) -> None:
    assert said in nothing_within(window)
